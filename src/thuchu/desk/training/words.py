"""What items ask and what can be answered, in words; the pages translate them."""

from collections.abc import Mapping

from thuchu.desk.marking import gettext_noop
from thuchu.desk.training.items import Stratum

QUESTIONS: Mapping[Stratum, str] = {
    Stratum.CHECKABLE: gettext_noop("Can evidence settle this?"),
    Stratum.VERDICT: gettext_noop("Which verdict does the evidence give?"),
    Stratum.ENOUGH: gettext_noop("Is the evidence enough for that verdict?"),
    Stratum.HELPFUL: gettext_noop("Does this note help whoever asks?"),
}
STRATA: Mapping[Stratum, str] = {
    Stratum.CHECKABLE: gettext_noop("Can it be checked"),
    Stratum.VERDICT: gettext_noop("Which verdict"),
    Stratum.ENOUGH: gettext_noop("Is the evidence enough"),
    Stratum.HELPFUL: gettext_noop("Does a note help"),
}
# The five verdicts have words of their own everywhere.
CHOICES: Mapping[str, str] = {
    "checkable": gettext_noop("Yes, it can be checked"),
    "not_checkable": gettext_noop("No, it is an opinion, a prediction, a belief or a joke"),
    "enough": gettext_noop("Yes, it is enough"),
    "not_enough": gettext_noop("No, more is needed"),
    "helpful": gettext_noop("It helps"),
    "not_helpful": gettext_noop("It doesn't help"),
}

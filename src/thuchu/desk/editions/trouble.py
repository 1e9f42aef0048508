"""Why a paper isn't there, in plain words, from what its job left behind: the kind of what was raised, and a place."""

from django.utils.translation import gettext

from thuchu.desk.marking import gettext_noop
from thuchu.desk.papers import PaperNotMade

OTHER = "other"
# By `PaperNotMade.code`.
WHY = {
    "too_long": gettext_noop("It took too long."),
    "too_much_memory": gettext_noop("It needed more memory than a paper may take."),
    "ended": gettext_noop("The system ended the process that made it."),
    "refused": gettext_noop("Something in it is missing or can't be shown."),
    "failed": gettext_noop("The process that made it failed: a fault of ours."),
    OTHER: gettext_noop("Something else went wrong, a fault of ours."),
}


def trouble_of(last_error: str) -> str:
    """The code of what a job's last error says; "" for none."""
    if not last_error:
        return ""
    raised = last_error.partition(" ")[0]
    return next((each.code for each in PaperNotMade.__subclasses__() if each.__name__ == raised), OTHER)


def why(code: str) -> str:
    """In a sentence."""
    return gettext(WHY[code])

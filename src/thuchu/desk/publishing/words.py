"""What pages, feeds and the dump say of statuses: each rule in a sentence for people."""

from thuchu.desk.marking import gettext_noop
from thuchu.rounds.evidence import EVENT_EVIDENCE

RULES = {
    "too_few_ratings": gettext_noop("Fewer people have rated it than any status needs."),
    "sides_agree": gettext_noop("People who usually rate differently find it helpful, most of either side."),
    "sides_reject": gettext_noop("People who usually rate differently find it not helpful, most of either side."),
    "too_few_viewpoints": gettext_noop(
        "Those who rated it don't usually disagree, as far as can be told: people of another habit are missing."
    ),
    "too_few_independent": gettext_noop(
        "Too few people rated it who don't turn up together and say the same each time."
    ),
    EVENT_EVIDENCE: gettext_noop(
        "Enough people find it helpful, but for the event it is about it rests on too little: an official page, or "
        "sources of two different owners, as was declared before the event began."
    ),
    "undecided": gettext_noop("Those who rated it have not come to agree."),
}

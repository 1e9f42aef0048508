"""What pages, feeds and the dump say of statuses: each rule in a sentence for people."""

from thuchu.desk.marking import gettext_noop

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
    "undecided": gettext_noop("Those who rated it have not come to agree."),
}

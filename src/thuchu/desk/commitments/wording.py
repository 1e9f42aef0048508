"""What pages, letters, calendars and papers say of commitments: each in Vietnamese and in English at once."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from django.utils.translation import get_language, gettext, ngettext, override

from thuchu.desk.commitments.measures import COUNT, FIGURES, SECONDS, SHARE, shown_number
from thuchu.desk.commitments.models import FIGURE, Commitment
from thuchu.desk.commitments.timeliness import DONE_LATE, OVERDUE, WORDS, Timeliness
from thuchu.desk.marking import gettext_noop
from thuchu.desk.reviews.models import Organisation
from thuchu.figures.definitions import AT_LEAST, AT_MOST

# A text by language: "vi" and "en".
Words = Mapping[str, str]
LANGUAGES = ("vi", "en")

SPEAKERS = {
    "duty": gettext_noop("the people on duty"),
    "coordinators": gettext_noop("the coordinators"),
    "contributors": gettext_noop("the contributors"),
    "operator": gettext_noop("the operator"),
    "chair": gettext_noop("the chair of the review"),
    "secretary": gettext_noop("the secretary of the review"),
    "organisation": gettext_noop("the organisation that owns it"),
    "figure": gettext_noop("the frozen figure"),
}
STATES = {
    "agreed": gettext_noop("Agreed, not begun"),
    "under_way": gettext_noop("Being done"),
    "reported_done": gettext_noop("Reported done, to be confirmed"),
    "confirmed": gettext_noop("Confirmed"),
    "dropped": gettext_noop("Dropped"),
    "replaced": gettext_noop("Replaced"),
}
UPDATES = {
    "agreed": gettext_noop("Agreed in a review"),
    "updated": gettext_noop("News"),
    "reported": gettext_noop("Reported done"),
    "confirmed": gettext_noop("Confirmed"),
    "refused": gettext_noop("The report was refused"),
    "judged": gettext_noop("Judged by the frozen figure"),
    "extended": gettext_noop("Another day, by a resolution"),
    "dropped": gettext_noop("Dropped by a resolution"),
    "replaced": gettext_noop("Replaced by a resolution"),
}
OUTCOMES = {
    "met": gettext_noop("The target was met."),
    "not_met": gettext_noop("The target was not met."),
    "cant_tell": gettext_noop("Can't tell: the interval holds the target, or the figure says nothing."),
}
FIGURE_NAMES = {
    "within_24h": gettext_noop("share of claims answered within 24 hours"),
    "within_72h": gettext_noop("share of claims answered within 72 hours"),
    "within_7d": gettext_noop("share of claims answered within 7 days"),
    "within_30d": gettext_noop("share of claims answered within 30 days"),
    "wait_median": gettext_noop("half of the claims are answered within"),
    "before_deadline": gettext_noop("share answered before the day somebody needed it"),
    "coverage_area": gettext_noop("share of an area's claims answered within 72 hours"),
    "correction_time": gettext_noop("half of the errors are corrected within"),
    "correction_reach": gettext_noop("share of people whom a correction reached"),
    "evidence_rot": gettext_noop("share of sources that no longer show what is quoted"),
    "false_answers": gettext_noop("share of answers that were about something else"),
    "accent_gap": gettext_noop("difference between messages with and without accents"),
    "practice": gettext_noop("share of practice that agrees with what is known"),
    "inquiries": gettext_noop("questions sent to organisations"),
}
# Who is to see to what is overdue, further up the longer it is.
LADDER = {
    "owner": gettext_noop("Its owner is reminded."),
    "organisation": gettext_noop("The owner's organisation, or the coordinators for a role of the desk, see to it."),
    "chair": gettext_noop("The chair of the next review sees to it."),
    "agenda": gettext_noop("It stands on the agenda of the next review."),
    "decide_again": gettext_noop(
        "Overdue at two reviews: the next one decides again. Another day, something smaller, or dropped with a reason."
    ),
}
# English has a word for one.
_ONE_DAY = {OVERDUE: gettext_noop("Overdue by 1 day"), DONE_LATE: gettext_noop("Done 1 day late")}
UNITS = {
    SECONDS: gettext_noop("in hours"),
    SHARE: gettext_noop("in per cent"),
    COUNT: gettext_noop("as a number"),
}
_AIMS = {
    AT_MOST: gettext_noop("%(figure)s: at most %(target)s"),
    AT_LEAST: gettext_noop("%(figure)s: at least %(target)s"),
}
# "1,234.5" in English is "1.234,5" in Vietnamese: the catalogue says which.
_POINT = gettext_noop("1,234.5")
_SWAPPED = str.maketrans(",.", ".,")


def both(say: Callable[[], str]) -> Words:
    """What `say` gives in each language."""
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = say()
    return found


def role(code: str) -> Words:
    """A role of the desk, or in whose name somebody speaks."""
    return both(lambda: gettext(SPEAKERS[code]))


def organisation(row: Organisation) -> Words:
    """Its own names."""
    return {"vi": row.name_vi, "en": row.name_en}


def state(code: str) -> Words:
    """Where it stands."""
    return both(lambda: gettext(STATES[code]))


def timeliness(found: Timeliness) -> Words:
    """Whether it is on time, with the days it is late."""
    return both(lambda: timeliness_word(found))


def timeliness_word(found: Timeliness) -> str:
    """The same in the language of the page."""
    if found.days == 1:
        return gettext(_ONE_DAY[found.code])
    return gettext(WORDS[found.code]) % {"days": found.days} if found.days else gettext(WORDS[found.code])


def measure(row: Commitment) -> Words:
    """How anybody sees that it is done; of a deliverable the words of whoever wrote it, whatever their language."""
    if row.measure_kind != FIGURE:
        return dict.fromkeys(LANGUAGES, row.evidence_wanted)
    return both(lambda: _target(row))


def figure_value(key: str, value: str) -> str:
    """A figure's value or target with its unit, in the language of the page."""
    written = number(shown_number(key, value))
    unit = FIGURES[key][1]
    if unit == SECONDS:
        hours = 1 if shown_number(key, value) == 1 else 2
        return ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": written}
    return f"{written} %" if unit == SHARE else written


def number(value: Fraction) -> str:
    """A number with two digits behind the point at most, written as pages write it."""
    written = f"{float(value):,.2f}".rstrip("0").rstrip(".")
    return written if gettext(_POINT) == _POINT else written.translate(_SWAPPED)


def _target(row: Commitment) -> str:
    figure = gettext(FIGURE_NAMES[row.figure_key])
    if row.figure_area is not None:
        figure += f" ({row.figure_area.name_en if get_language() == 'en' else row.figure_area.name_vi})"
    return gettext(_AIMS[row.comparator]) % {"figure": figure, "target": figure_value(row.figure_key, row.target)}

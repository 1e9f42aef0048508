"""What the pages say of commitments."""

from django import template
from django.utils.translation import gettext

from thuchu.desk.commitments import wording
from thuchu.desk.commitments.timeliness import DONE_LATE, OVERDUE, WORDS, Timeliness
from thuchu.desk.marking import gettext_noop

register = template.Library()

# Of several, by how many days is another number each.
COUNTED = {OVERDUE: gettext_noop("Overdue"), DONE_LATE: gettext_noop("Done late")}


@register.filter
def commitment_state(code: str) -> str:
    """Where a commitment stands."""
    return gettext(wording.STATES[code])


@register.filter
def timeliness_word(found: Timeliness) -> str:
    """Whether it is on time."""
    return wording.timeliness_word(found)


@register.filter
def timeliness_code(code: str) -> str:
    """The same without days, for a count."""
    return gettext(COUNTED[code]) if code in COUNTED else gettext(WORDS[code])


@register.filter
def update_kind(kind: str) -> str:
    """What an update is."""
    return gettext(wording.UPDATES[kind])


@register.filter
def outcome_said(outcome: str) -> str:
    """What a frozen figure said of a commitment."""
    return gettext(wording.OUTCOMES[outcome])


@register.filter
def ladder_word(step: str) -> str:
    """Who sees to what is overdue."""
    return gettext(wording.LADDER[step])


@register.filter
def figure_name(key: str) -> str:
    """What a figure is."""
    return gettext(wording.FIGURE_NAMES[key])


@register.filter
def figure_unit(unit: str) -> str:
    """What a target is typed in."""
    return gettext(wording.UNITS[unit])


@register.filter
def figure_said(value: str, key: str) -> str:
    """A figure's value with its unit; "" for none."""
    return wording.figure_value(key, value) if value else ""

"""What the board says in small pieces: counts that may be small, hours, months, ranges of people."""

from datetime import date

from django import template
from django.utils import dateformat
from django.utils.translation import get_language, gettext, ngettext

from thuchu.desk.board.reads import Figure, Range
from thuchu.desk.web.templatetags.words import number
from thuchu.privacy.small_counts import SHOWN_MIN

register = template.Library()

# From two days on nobody counts in hours.
_DAYS_FROM_HOURS = 48


@register.filter
def figure(value: Figure) -> str:
    """A count in words: a number, “under 10”, or that nobody counted."""
    if value.is_small:
        return gettext("under %(least)s") % {"least": SHOWN_MIN}
    return gettext("not counted") if value.value is None else number(value.value)


@register.filter
def waited(hours: int | None) -> str:
    """Whole hours in words, whole days where there are many."""
    if hours is None:
        return gettext("too few to say")
    if hours >= _DAYS_FROM_HOURS:
        days = hours // 24
        return ngettext("%(shown)s day", "%(shown)s days", days) % {"shown": number(days)}
    if hours == 0:
        return gettext("under an hour")
    return ngettext("%(shown)s hour", "%(shown)s hours", hours) % {"shown": number(hours)}


@register.filter
def month(first: date) -> str:
    """11/2026 in Vietnamese, November 2026 in English."""
    return dateformat.format(first, "F Y") if get_language() == "en" else f"{first.month}/{first.year}"


@register.filter
def people(each: Range) -> str:
    """How many people a range means."""
    if not each.least:
        return gettext("under %(least)s") % {"least": (each.most or 0) + 1}
    if each.most is None:
        return gettext("%(least)s and more") % {"least": each.least}
    return gettext("%(least)s to %(most)s") % {"least": each.least, "most": each.most}

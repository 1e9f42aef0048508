"""Verdicts, days, times and numbers in the reader's language: alike on pages and in letters."""

from datetime import date, datetime, timedelta, timezone

from django.utils import dateformat
from django.utils.translation import get_language, gettext

from thuchu.desk.marking import gettext_noop

# The desk's readers live by one clock; Viet Nam has no summer time, so no table of zones is needed.
VIET_NAM = timezone(timedelta(hours=7))

VERDICTS = {
    "false": gettext_noop("False"),
    "misleading": gettext_noop("Misleading"),
    "outdated": gettext_noop("Outdated"),
    "unproven": gettext_noop("Unproven"),
    "true": gettext_noop("True"),
}


def day_in_viet_nam(moment: datetime) -> date:
    """The day that it is there."""
    return moment.astimezone(VIET_NAM).date()


def verdict_word(verdict: str | None) -> str:
    """One of our five words; "" for a fact-check that none of them fits for sure."""
    return gettext(VERDICTS[verdict]) if verdict else ""


def day(value: date | datetime | None) -> str:
    """12/11/2026 in Vietnamese, 12 November 2026 in English; "" for no date."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(VIET_NAM).date()
    return dateformat.format(value, "j F Y") if get_language() == "en" else f"{value.day}/{value.month}/{value.year}"


def clock(value: datetime) -> str:
    """The time of day in Viet Nam: 9:05."""
    local = value.astimezone(VIET_NAM)
    return f"{local.hour}:{local.minute:02}"


def number(value: int) -> str:
    """3.418 in Vietnamese, 3,418 in English."""
    written = f"{value:,}"
    return written if get_language() == "en" else written.replace(",", ".")

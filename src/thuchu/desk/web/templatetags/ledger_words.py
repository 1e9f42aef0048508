"""What a body of the public ledger says, as people read it: notes, versions, statuses, rules in words, never in code.

The bytes that were hashed stand in the public dump; here long lists end with how many more there are.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, ngettext

from thuchu.desk.ledger.reads import EntryView
from thuchu.desk.notes.reasons import LEVEL_WORDS, REASON_WORDS
from thuchu.desk.web.templatetags import words
from thuchu.desk.web.templatetags.note_words import STATUSES, rule_word

register = template.Library()
# An entry holds up to a thousand changes; a page shows fifty entries, on a phone.
ROWS_SHOWN_MAX = 20
_Row = list[object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a body: `value` on one line, or `rows` of it, of which `left` more aren't shown."""

    name: str
    value: str = ""
    rows: tuple[str, ...] = ()
    left: int = 0


@register.filter
def fields(entry: EntryView) -> tuple[Field, ...]:
    """Everything an entry's body says, in its own order."""
    return tuple(_field(name, value, _ROWS.get((entry.kind, name))) for name, value in entry.body.items())


def _field(name: str, value: object, in_words: Callable[..., str] | None) -> Field:
    if value is True or value is False:
        return Field(name=name, value=gettext("yes") if value else gettext("no"))
    if not isinstance(value, list):
        return Field(name=name, value=_plain(value))
    shown = value[:ROWS_SHOWN_MAX]
    if in_words is not None:
        rows = tuple(in_words(*row) for row in shown)
        return Field(name=name, rows=rows, left=len(value) - len(shown))
    return Field(name=name, value=_plain(shown), left=len(value) - len(shown))


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_plain(each)}" for name, each in value.items())
    return ", ".join(map(_plain, value)) if isinstance(value, list) else str(value)


def _change(note: object, version: object, status: str, rule: str) -> SafeString:
    word = gettext(STATUSES[status]) if status in STATUSES else status
    return format_html("{}: {}", _version(note, version), f"{word}. {rule_word(rule)}" if rule else word)


def _rating(note: object, version: object, rater: object, level: str, reasons: list[str]) -> SafeString:
    said = gettext(_LEVELS[level]) if level in _LEVELS else level
    why = [gettext(_REASONS[reason]) if reason in _REASONS else reason for reason in reasons]
    who = gettext("rater number %(number)s") % {"number": rater}
    return format_html("{}, {}: {}", _version(note, version), who, " · ".join([said, *why]))


def _plot(note: object, version: object, n_parts: int) -> SafeString:
    parts = ngettext("%(number)s part", "%(number)s parts", n_parts) % {"number": words.number(n_parts)}
    return format_html("{}: {}", _version(note, version), parts)


def _version(note: object, version: object) -> SafeString:
    said = gettext("Note %(number)s, version %(version)s") % {"number": note, "version": version}
    return format_html('<a href="/n/{}">{}</a>', note, said)


_ROWS: Mapping[tuple[str, str], Callable[..., str]] = {
    ("statuses.changed", "changes"): _change,
    ("ratings.entered", "ratings"): _rating,
    ("plots.moved", "plots"): _plot,
}
_LEVELS = {str(level): word for level, word in LEVEL_WORDS.items()} | {"retracted": gettext_noop("taken back")}
_REASONS = {str(reason): word for reason, word in REASON_WORDS.items()}

"""Numbers, days and plain text as a document writes them, alike in every format."""

import re
from datetime import date, datetime

from thuchu.documents.plain import plain
from thuchu.documents.tree import ROWS_SHOWN, Cell, Chart, Language, Paragraph, Section, Table, Text, Told
from thuchu.documents.words import say

_MONTHS = "January February March April May June July August September October November December".split()
# A number and its sign stay on one line.
_BEFORE_PERCENT = re.compile(r"(?<=\d) (?=%)")
_ADDRESS_AT_END = re.compile(r"https?://[^\s\"<>]+$")
# Half a page at most, in the narrowest columns.
_ROWS_TOGETHER_MAX = 8
_CHARS_TOGETHER_MAX = 1_000
_NO_BREAK_SPACE = "\u00a0"


def number(value: int, language: Language) -> str:
    """3.418 in Vietnamese, 3,418 in English."""
    written = f"{value:,}"
    return written if language == "en" else written.replace(",", ".")


def counted(key: str, language: Language, count: int, **values: str) -> str:
    """What is said of so many things: of a single one, the words of `key` with `_one`."""
    return say(f"{key}_one" if count == 1 else key, language, count=number(count, language), **values)


def day(value: date, language: Language) -> str:
    """12/11/2026 in Vietnamese, 12 November 2026 in English."""
    if language == "en":
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"
    return f"{value.day}/{value.month}/{value.year}"


def short_day(value: date, language: Language) -> str:
    """The same for a narrow column: 12 Nov 2026."""
    if language == "en":
        return f"{value.day} {_MONTHS[value.month - 1][:3]} {value.year}"
    return day(value, language)


def clock(value: datetime) -> str:
    """9:05, in the zone that the value is in."""
    return f"{value.hour}:{value.minute:02}"


def told(text: Text, language: Language) -> Told:
    """A text with its language, plain."""
    if isinstance(text, Told):
        return Told(_together(text.text), text.language)
    return Told(_together(text), language)


def cell(value: Cell, language: Language) -> Told:
    """A cell as people read it; "" for nothing."""
    match value:
        case None:
            return Told("", language)
        case date():
            return Told(short_day(value, language), language)
        case int():
            return Told(number(value, language), language)
        case _:
            return told(value, language)


def with_address(notice: str) -> tuple[str, str]:
    """A sentence of ours and the address that it ends with, which a reader may follow; "" for none."""
    kept = plain(notice)
    found = _ADDRESS_AT_END.search(kept)
    return (kept[: found.start()], found[0]) if found else (kept, "")


def is_of_numbers(table: Table, column: int) -> bool:
    """Whether a column holds nothing but numbers, which stand one under the other at the right."""
    cells = [row[column] for row in table.rows_shown if row[column] is not None]
    return bool(cells) and all(isinstance(one, int) for one in cells)


def stays_whole(table: Table) -> bool:
    """Whether a table is so small that it belongs on one page: a last row alone on the next one is not found."""
    chars = sum(len(cell(one, "vi").text) for row in table.rows_shown for one in row)
    return len(table.rows) <= _ROWS_TOGETHER_MAX and chars <= _CHARS_TOGETHER_MAX


def keeps_with_next(section: Section, place: int) -> bool:
    """Whether a block and the one after it belong on one page: what leads in stays with what it leads to."""
    block, after = section.blocks[place], section.blocks[place + 1 : place + 2]
    if not isinstance(block, Paragraph) or not after:
        return False
    words = block.text.text if isinstance(block.text, Told) else block.text
    return isinstance(after[0], Table | Chart) or words.rstrip().endswith(":")


def rest(table: Table, language: Language) -> str:
    """Where the rows are that a document on paper leaves out."""
    shown, every = number(ROWS_SHOWN, language), number(len(table.rows), language)
    return say("table_cut", language, shown=shown, all=every, address=table.rest_at)


def _together(text: str) -> str:
    return _BEFORE_PERCENT.sub(_NO_BREAK_SPACE, plain(text))

"""Reads the room's own files: TOML, every text in Vietnamese and English, nothing missing and nothing unknown.

What is wrong is said with the file, the place in it and what belongs there; a desk with a bad file shows no lesson
and begins no sitting at all.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

LANGUAGES = ("vi", "en")
# A lesson with all its items has about 14,000 characters a language; longer would take more than its 15 minutes.
FILE_BYTES_MAX = 100_000
# A message, an answer or an explanation fits a phone's screen; a section is the longest text.
LINE_CHARS_MAX = 600
TEXT_CHARS_MAX = 1_500


class BadContent(Exception):
    """A file of this room isn't as it must be: `Bad content in lesson1.toml, items[2].why: …`."""

    def __init__(self, file: str, place: str, what: str) -> None:
        super().__init__(f"Bad content in {file}, {place or 'the whole file'}: {what}")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or the lines of a list."""

    lines: tuple[str, ...]
    is_list: bool


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Since when an item counts no more, and why: what was held to be known turned out otherwise."""

    on: date
    why: Mapping[str, str]


class Table:
    """One table of a file, which knows where it stands; every key of it has to be asked for."""

    def __init__(self, values: Mapping[str, Any], *, file: str, place: str = "") -> None:
        self._values, self._file, self._place = values, file, place
        self._asked: set[str] = set()

    def wrong(self, key: str, what: str) -> BadContent:
        """The error to raise about one key of this table."""
        return BadContent(self._file, ".".join(part for part in (self._place, key) if part), what)

    def has(self, key: str) -> bool:
        """Is that key there?"""
        return key in self._values

    def number(self, key: str, least: int = 1) -> int:
        """A whole number from `least` on."""
        value = self._value(key)
        if type(value) is not int or value < least:
            raise self.wrong(key, f"a whole number from {least} on belongs here, got {value!r}")
        return value

    def word(self, key: str, among: Iterable[str] = ()) -> str:
        """A short code; one of `among` where they are given."""
        value, known = self._value(key), tuple(among)
        if not isinstance(value, str) or not value or value != value.strip():
            raise self.wrong(key, f"a word belongs here, got {value!r}")
        if known and value not in known:
            raise self.wrong(key, f"{value!r} is none of {', '.join(known)}")
        return value

    def texts(self, key: str, most: int = LINE_CHARS_MAX) -> Mapping[str, str]:
        """A text in both languages: `key.vi` and `key.en`."""
        value = self._value(key)
        if not isinstance(value, dict) or set(value) != set(LANGUAGES):
            raise self.wrong(key, f"exactly {key}.vi and {key}.en belong here")
        return {language: self._text(f"{key}.{language}", value[language], most) for language in LANGUAGES}

    def languages(self) -> Mapping[str, str]:
        """A text whose languages stand in this table itself: `vi` and `en`."""
        return {each: self._text(each, self._value(each), LINE_CHARS_MAX) for each in LANGUAGES}

    def blocks(self, key: str) -> Mapping[str, tuple[Block, ...]]:
        """A longer text in both languages, as paragraphs and lists."""
        return {language: blocks_of(text) for language, text in self.texts(key, TEXT_CHARS_MAX).items()}

    def withdrawn(self) -> Withdrawn | None:
        """The mark of an item that counts no more: `withdrawn.on`, `.vi` and `.en`; None without it."""
        if not self.has("withdrawn"):
            return None
        value = self._value("withdrawn")
        if not isinstance(value, dict) or set(value) != {"on", *LANGUAGES} or type(value["on"]) is not date:
            raise self.wrong("withdrawn", "withdrawn.on (a day), withdrawn.vi and withdrawn.en belong here")
        why = {each: self._text(f"withdrawn.{each}", value[each], LINE_CHARS_MAX) for each in LANGUAGES}
        return Withdrawn(value["on"], why)

    def tables(self, key: str) -> list["Table"]:
        """The tables of a list, each with its number in the place it names."""
        value = self._value(key)
        if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
            raise self.wrong(key, f"one or more [[{key}]] belong here")
        start = f"{self._place}.{key}" if self._place else key
        return [Table(each, file=self._file, place=f"{start}[{n}]") for n, each in enumerate(value, 1)]

    def done(self) -> None:
        """Nothing is left that nobody asked for: a key that is misspelt isn't passed over."""
        left = sorted(set(self._values) - self._asked)
        if left:
            raise self.wrong(left[0], "nothing of this name belongs here")

    def _value(self, key: str) -> Any:
        self._asked.add(key)
        if key not in self._values:
            raise self.wrong(key, "it is missing")
        return self._values[key]

    def _text(self, key: str, value: object, most: int) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(key, "a text belongs here")
        text = value.strip()
        if len(text) > most:
            raise self.wrong(key, f"{len(text)} characters; at most {most} are read on a phone")
        return text


def read_file(path: Path) -> Table:
    """A file of this room as its outermost table; raises BadContent."""
    if path.stat().st_size > FILE_BYTES_MAX:
        raise BadContent(path.name, "", f"larger than {FILE_BYTES_MAX} bytes")
    try:
        return Table(tomllib.loads(path.read_text("utf-8")), file=path.name)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadContent(path.name, "", str(error)) from error


def files_in(folder: Path, pattern: str) -> list[Path]:
    """The files of one kind, in the order of their names; raises BadContent when there is none."""
    found = sorted(folder.glob(pattern))
    if not found:
        raise BadContent(folder.name, "", f"no {pattern} is there")
    return found


def blocks_of(text: str) -> tuple[Block, ...]:
    """Paragraphs are parted by empty lines; lines that all begin with "- " are a list."""
    blocks = []
    for part in text.split("\n\n"):
        lines = [line.strip() for line in part.split("\n") if line.strip()]
        is_list = all(line.startswith("- ") for line in lines)
        if lines:
            words = tuple(line[2:] for line in lines) if is_list else (" ".join(lines),)
            blocks.append(Block(words, is_list))
    return tuple(blocks)

"""Six lessons of a quarter of an hour, as data: sections, two worked examples, five items with the answer explained."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from thuchu.desk.training.content import BadContent, Block, Table, files_in, read_file

FOLDER = Path(__file__).with_name("lessons")
EXAMPLES, ITEMS = 2, 5
SECTIONS_MIN = 3
# Two answers at least, and no more than a thumb finds its way among.
ANSWERS_MIN, ANSWERS_MAX = 2, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands below it."""

    title: Mapping[str, str]
    text: Mapping[str, tuple[Block, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A message that somebody got, and how one goes about it."""

    title: Mapping[str, str]
    message: Mapping[str, str]
    text: Mapping[str, tuple[Block, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonItem:
    """A question with its answers by key; `outcome` is the key of the known one, for the reason `why`."""

    id: str
    question: Mapping[str, str]
    answers: Mapping[str, Mapping[str, str]]
    outcome: str
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One file of lessons/; `version` rises with each change of it."""

    number: int
    version: int
    minutes: int
    title: Mapping[str, str]
    goal: Mapping[str, str]
    sections: tuple[Section, ...]
    examples: tuple[Example, ...]
    items: tuple[LessonItem, ...]


@cache
def lessons() -> tuple[Lesson, ...]:
    """All lessons of this version of the software, by number."""
    return load(FOLDER)


def lesson(number: int) -> Lesson | None:
    """The lesson with this number; None when there is none."""
    return next((each for each in lessons() if each.number == number), None)


def load(folder: Path) -> tuple[Lesson, ...]:
    """The lessons of a folder, by number; raises BadContent for the first thing that is wrong."""
    found = [_read(path) for path in files_in(folder, "lesson*.toml")]
    numbers = [each.number for each in found]
    if numbers != list(range(1, len(found) + 1)):
        raise BadContent(folder.name, "number", f"lessons are numbered 1, 2, 3 …, got {numbers}")
    return tuple(found)


def _read(path: Path) -> Lesson:
    table = read_file(path)
    found = Lesson(
        number=table.number("number"),
        version=table.number("version"),
        minutes=table.number("minutes"),
        title=table.texts("title"),
        goal=table.texts("goal"),
        sections=tuple(_section(each) for each in table.tables("sections")),
        examples=tuple(_example(each) for each in table.tables("examples")),
        items=tuple(_item(each) for each in table.tables("items")),
    )
    if len(found.sections) < SECTIONS_MIN:
        raise table.wrong("sections", f"at least {SECTIONS_MIN} belong here, got {len(found.sections)}")
    if len(found.examples) != EXAMPLES:
        raise table.wrong("examples", f"{EXAMPLES} belong here, got {len(found.examples)}")
    if len(found.items) != ITEMS or len({item.id for item in found.items}) != ITEMS:
        raise table.wrong("items", f"{ITEMS} with an id each belong here, got {len(found.items)}")
    table.done()
    return found


def _section(table: Table) -> Section:
    found = Section(title=table.texts("title"), text=table.blocks("text"))
    table.done()
    return found


def _example(table: Table) -> Example:
    found = Example(title=table.texts("title"), message=table.texts("message"), text=table.blocks("text"))
    table.done()
    return found


def _item(table: Table) -> LessonItem:
    answers = table.tables("answers")
    given = {each.word("key"): each.languages() for each in answers}
    for each in answers:
        each.done()
    if not ANSWERS_MIN <= len(given) <= ANSWERS_MAX or len(given) != len(answers):
        raise table.wrong("answers", f"{ANSWERS_MIN} to {ANSWERS_MAX} with a key each belong here")
    found = LessonItem(
        id=table.word("id"),
        question=table.texts("question"),
        answers=given,
        outcome=table.word("outcome", among=given),
        why=table.texts("why"),
    )
    table.done()
    return found

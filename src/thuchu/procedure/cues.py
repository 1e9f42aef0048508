"""What a clue is, and how clues of a kind of event are written down: concepts, and rules that want several of them.

A concept is a list of ways to say one thing, as patterns over plain words (`reading.words_of`): a space is one space,
`~` is up to four words between.  A rule says: where all of its concepts are found and none of its exceptions, the
question is about this field, with this weight.  Weights say how much a rule knows:

  6  the thing itself is named (a ballot box that is brought, a list of voters)
  5  the thing and what is asked of it
  4  what is asked, and that it is about the event
  3  a general word that many fields share; it counts only where nothing else is said
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

_GAP = r"(?: \w+){0,4} "


@dataclass(frozen=True, slots=True)
class Rule:
    """Every concept of `wants` and none of `unless` gives `field` its weight."""

    field: str
    weight: int
    wants: tuple[str, ...]
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concept:
    """One thing in the ways it is said, parted by bars or line ends; in brackets a line goes on.

    Each way stands between spaces.

    Its pattern is made with the first question, since most commands read none.
    """

    ways: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """What finds any of its ways in a row of plain words."""
        parts = [" ".join(re.sub(r"\s*\n\s*", "", way).split()) for way in _split(self.ways) if way.strip()]
        # The space after a word isn't eaten: the next one needs it.
        return re.compile(" (?:" + "|".join(part.replace(" ~ ", _GAP) for part in parts) + r")(?= )")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """The clues of one kind of event.

    context   without one of these concepts a question isn't about the event at all
    off       with one of these it is about something that is no field, or somebody else's event
    excused   what lets one of those pass: who was elected is no field, when that is announced is one
    """

    concepts: Mapping[str, Concept]
    context: tuple[str, ...]
    off: tuple[str, ...]
    rules: tuple[Rule, ...]
    excused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def found(self, words: str) -> frozenset[str]:
        """The concepts in a row of plain words."""
        return frozenset(name for name, concept in self.concepts.items() if concept.pattern.search(words))

    def silenced(self, found: frozenset[str]) -> bool:
        """Is it about what is no field, with nothing that excuses it?"""
        return any(name in found and found.isdisjoint(self.excused.get(name, ())) for name in self.off)


def rules(field: str, *rows: tuple[int, str] | tuple[int, str, str]) -> tuple[Rule, ...]:
    """Rules of one field from (weight, concepts, exceptions), names parted by spaces."""
    return tuple(
        Rule(field, row[0], tuple(row[1].split()), tuple(row[2].split()) if len(row) > 2 else ()) for row in rows
    )


def scores(cues: Cues, found: frozenset[str]) -> dict[str, int]:
    """The weight of each field that any rule speaks for: that of its strongest rule."""
    best: dict[str, int] = {}
    for rule in cues.rules:
        if found.issuperset(rule.wants) and found.isdisjoint(rule.unless):
            best[rule.field] = max(best.get(rule.field, 0), rule.weight)
    return best


def _split(text: str) -> Sequence[str]:
    """The ways in a text; a bar or a line end inside brackets belongs to the way."""
    ways, depth, start = [], 0, 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if letter in "|\n" and depth == 0:
            ways.append(text[start:at])
            start = at + 1
    return [*ways, text[start:]]

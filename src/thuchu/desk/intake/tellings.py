"""What an asker was told, and when: the values, and their form in a row."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, cast

# How the name of a fact of an event begins; names of fact-checks have no colon.
FACT = "fact:"

Kind = Literal["answer", "suggest", "none"]


@dataclass(frozen=True, slots=True)
class Told:
    """One fact-check by name, with the verdict it had then; or one fact of an event ("fact:12"), without any."""

    fact_check: str
    verdict: str | None


@dataclass(frozen=True, slots=True)
class Telling:
    """What was said at one moment: the kind of answer and the fact-checks shown, likeliest first."""

    at: datetime
    kind: Kind
    told: tuple[Told, ...]

    def same_as(self, other: "Telling") -> bool:
        """Do both say the same, whenever they said it?"""
        return (self.kind, self.told) == (other.kind, other.told)


def is_of_facts(telling: Telling) -> bool:
    """Was it facts of an event that were said, under names such as "fact:12", and no fact-check?"""
    return bool(telling.told) and telling.told[0].fact_check.startswith(FACT)


def to_row(telling: Telling) -> list[Any]:
    """`telling` as JSON for its row."""
    return [
        int(telling.at.timestamp()),
        telling.kind,
        [[told.fact_check, told.verdict] for told in telling.told],
    ]


def from_row(row: list[Any]) -> Telling:
    """The telling that `to_row` wrote."""
    seconds, kind, told = row
    at = datetime.fromtimestamp(seconds, UTC)
    return Telling(at, cast(Kind, kind), tuple(Told(name, verdict) for name, verdict in told))

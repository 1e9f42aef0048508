"""What there is to say to an asker, as a value: ids and codes, never words; and when a change is worth a letter."""

from dataclasses import dataclass
from typing import Any, Literal, cast

# answer       one fact-check answers it, or the asker said that it is theirs
# fact         pinned facts of an event answer it
# disputed     those who checked it disagree: all sides are shown
# suggest      it may be one of some fact-checks
# being_rated  contributors wrote notes on it that nobody may call agreed yet
# waiting      nothing is known
# not_a_fact, private   closed, for one of the two reasons there are
Kind = Literal["answer", "fact", "disputed", "suggest", "being_rated", "waiting", "not_a_fact", "private"]
# Whoever was told one of these was told something that may come not to hold.
_SAID_SOMETHING = frozenset({"answer", "fact", "disputed", "not_a_fact", "private"})
# How a row that tells facts begins, so that it is found among others.
FACT_MARK = '["fact"'
_STILL_WAITS = frozenset({"being_rated", "waiting"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """What holds of a question.

    told   (name of a fact-check, its verdict) of an answer or of each side of a dispute, (name of a fact, None) of
           facts; empty for all other kinds
    claim  number of the claim it waits under; 0 under none, and for what a claim has no part in
    """

    kind: Kind
    told: tuple[tuple[str, str | None], ...] = ()
    claim: int = 0


def to_row(saying: Saying) -> list[Any]:
    """`saying` as JSON for its row."""
    return [saying.kind, [list(each) for each in saying.told], saying.claim]


def from_row(row: list[Any]) -> Saying:
    """The saying that `to_row` wrote."""
    kind, told, claim = row
    return Saying(kind=cast(Kind, kind), told=tuple((name, verdict) for name, verdict in told), claim=claim)


def has_moved(before: Saying, now: Saying) -> bool:
    """Does it still wait, under another claim than before?"""
    return {before.kind, now.kind} <= _STILL_WAITS and 0 not in (before.claim, now.claim) and before.claim != now.claim


def no_longer_holds(before: Saying, now: Saying) -> bool:
    """Was something said that is not so any more (rule 9)?"""
    return before.kind in _SAID_SOMETHING and before != now


def is_worth_a_letter(before: Saying, now: Saying) -> bool:
    """Must an asker who was told `before` be told `now`?

    Yes for what answers or closes a question, for the first notes on it, for what no longer holds, and for a place
    among others.  No for what the asker did on their own page: a suggestion that they put aside waits, and they know.
    """
    if before == now:
        return False
    if now.kind == "waiting":
        return no_longer_holds(before, now) or has_moved(before, now)
    if now.kind == "suggest":
        return before.kind != "suggest"
    return now.kind != before.kind or now.kind != "being_rated" or has_moved(before, now)

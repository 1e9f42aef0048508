"""How what was published of a note stood, from day to day: read from the ledger, which keeps every turn of it (rule 9).

The table of fact-checks knows how each stands now, and what it said in other words; a time in which it said nothing,
and came back with the same words, stands in the ledger alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from thuchu.desk.ledger import reads as ledger
from thuchu.desk.ledger.reads import EntryView
from thuchu.desk.notes.withhold import places_of
from thuchu.desk.publishing.reads import ChangeView

_PUBLISHED = ("fact_check.agreed", "fact_check.no_longer_agreed")
_HIDDEN = ("claim.withheld", "claim.withholding_undone")
_OF_PASSAGES = ("withheld", "shown_again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """One turn.

    kind     agreed · agreed_again · another_version · disputed · undisputed · no_longer_agreed · withheld · shown_again
    verdict  what it says from then on; "" where it says nothing, or where only a passage was hidden
    round    the round that said so; None for what its author did, or two coordinators
    until    of a hidden passage: when it is shown again at the latest; `reason` a code
    """

    kind: str
    at: datetime
    verdict: str = ""
    round: int | None = None
    until: datetime | None = None
    reason: str = ""


def stood(name: str, *, note: int, claim: int, history: Iterable[ChangeView]) -> tuple[Stood, ...]:
    """Every turn of a fact-check of this desk, newest first.  One to three queries.

    note, claim  what it was made of, and the claim that was written on
    history      what rounds changed about that note, as `reads.history` gives it
    """
    entries = ledger.about([f"fact_check:{name}", f"claim:{claim}"], (*_PUBLISHED, *_HIDDEN))
    published = [each for each in entries if each.kind in _PUBLISHED]
    hidden = [each for each in entries if each.kind in _HIDDEN]
    # Merged, the claim was said in another's words.
    others = {_number(each.body["claim"]) for each in published if "claim" in each.body} - {claim}
    if others:
        hidden = sorted([*hidden, *ledger.about([f"claim:{each}" for each in others], _HIDDEN)], key=lambda e: e.seq)
    turns = [*_turns(published, {each.round: each.status for each in history}), *_passages(hidden, note)]
    # Of two at one moment the later one stands first, too.
    return tuple(sorted(turns, key=lambda each: each.at)[::-1])


def is_published(turns: Iterable[Stood]) -> bool:
    """Is it published at the moment, as its turns, newest first, say?"""
    published = (each.kind for each in turns if each.kind not in _OF_PASSAGES)
    return next(published, "no_longer_agreed") != "no_longer_agreed"


def _turns(entries: list[EntryView], said: dict[int, str]) -> list[Stood]:
    turns: list[Stood] = []
    last: EntryView | None = None
    for entry in entries:
        if entry.kind == "fact_check.no_longer_agreed":
            number = _number(entry.body["round"])
            # A round that took it out says so of the note; else its author edited or withdrew it meanwhile.
            by_round = said.get(number, "helpful") != "helpful"
            turns.append(Stood(kind="no_longer_agreed", at=entry.at, round=number if by_round else None))
        elif kind := _kind(entry, last, is_first=not turns):
            verdict, number = str(entry.body["verdict"]), _number(entry.body["round"])
            turns.append(Stood(kind=kind, at=entry.at, verdict=verdict, round=number))
        last = entry
    return turns


def _kind(entry: EntryView, last: EntryView | None, *, is_first: bool) -> str:
    """What an entry of agreement tells besides the one before it; "" where only a passage of it was hidden or shown."""
    stands = last is not None and last.kind == "fact_check.agreed"
    before = last.body if last is not None and stands else {}
    if entry.body["disputed"]:
        return "" if before.get("disputed") and before["version"] == entry.body["version"] else "disputed"
    if is_first:
        return "agreed"
    if not stands:
        return "agreed_again"
    if before["disputed"]:
        return "undisputed"
    return "" if before["version"] == entry.body["version"] else "another_version"


def _passages(entries: list[EntryView], note: int) -> list[Stood]:
    """Of the claim's own words and of every version of this note; those of other notes on the claim are left out."""
    places = places_of(str(each.body["what"]) for each in entries if each.kind == "claim.withheld")
    turns: list[Stood] = []
    ours: set[int] = set()
    for each in entries:
        if each.kind == "claim.withheld":
            what = str(each.body["what"])
            if what and (what not in places or places[what].note != note):
                continue
            ours.add(_number(each.body["proposal"]))
            until = each.at + timedelta(days=_number(each.body["days"]))
            turns.append(Stood(kind="withheld", at=each.at, until=until, reason=str(each.body["reason"])))
        elif _number(each.body["act"]) in ours:
            turns.append(Stood(kind="shown_again", at=each.at))
    return turns


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0

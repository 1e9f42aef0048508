"""What no longer holds, or holds otherwise, newest first: what was said, what holds now (rule 9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from thuchu.desk.claims.reads import proposals
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.ledger.reads import EntryView
from thuchu.desk.library import changes
from thuchu.desk.library.changes import Change
from thuchu.desk.notes.withhold import Place, places_of

PAGE_ITEMS = 50
# Ten thousand corrections deep nobody reads on, and every page before it would have to be gone through.
PAGES_MAX = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """A passage that two people hid: of a claim's words, or of a note's version (`place`); until when, and why."""

    kind: str
    at: datetime
    claim: int
    place: Place | None
    reason: str
    until: datetime | None
    is_undone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionsPage:
    """One page; `number` counts from 1."""

    items: tuple[Change | Hidden, ...]
    number: int
    has_more: bool


def corrections(number: int = 1) -> CorrectionsPage:
    """One page of all that changed; what went with a private matter is left out."""
    number = min(max(number, 1), PAGES_MAX)
    limit = number * PAGE_ITEMS + 1
    lost = ledger.newest_of(["fact_check.no_longer_agreed"], limit=limit)
    hidden = ledger.newest_of(["claim.withheld"], limit=limit)
    everything: list[Change | EntryView] = [*changes.latest(limit), *lost, *hidden]
    # Sorting keeps the order of what happened at one moment.
    everything.sort(key=lambda each: each.at, reverse=True)
    shown = everything[limit - 1 - PAGE_ITEMS : limit - 1]
    has_more = len(everything) >= limit and number < PAGES_MAX
    return CorrectionsPage(items=_views(shown), number=number, has_more=has_more)


def _views(items: list[Change | EntryView]) -> tuple[Change | Hidden, ...]:
    entries = [item for item in items if isinstance(item, EntryView)]
    lost = [(_name(each.subject), each.at) for each in entries if each.kind == "fact_check.no_longer_agreed"]
    found = {(each.id, each.at): each for each in changes.lost(lost)} if lost else {}
    hidden = _hidden([each for each in entries if each.kind == "claim.withheld"])
    views: list[Change | Hidden | None] = []
    for item in items:
        if isinstance(item, Change):
            views.append(item)
        elif item.kind == "claim.withheld":
            views.append(hidden[item.seq])
        else:
            views.append(found.get((_name(item.subject), item.at)))
    return tuple(view for view in views if view is not None)


def _hidden(entries: list[EntryView]) -> Mapping[int, Hidden]:
    if not entries:
        return {}
    acts = proposals([_number(each.body["proposal"]) for each in entries])
    places = places_of(str(each.body["what"]) for each in entries)
    views = {}
    for each in entries:
        act = acts.get(_number(each.body["proposal"]))
        views[each.seq] = Hidden(
            kind="withheld",
            at=each.at,
            claim=int(_name(each.subject)),
            place=places.get(str(each.body["what"])),
            reason=str(each.body["reason"]),
            until=act.until if act else None,
            is_undone=act is not None and act.state == "undone",
        )
    return views


def _name(subject: str) -> str:
    return subject.partition(":")[2]


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0

"""The first part of a drill: a flood of questions, what it cost, and whether what matters stands first in the queue."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from thuchu.desk import journey
from thuchu.desk.claims.need import weigh
from thuchu.desk.claims.queue import PAGES_MAX, queue
from thuchu.desk.drill.asking import Flood
from thuchu.desk.drill.findings import Finding, at_most, exactly, told
from thuchu.desk.drill.pouring import Poured
from thuchu.desk.replies.figures import asked

# What somebody waits for an answer at the door, in milliseconds: of twenty at most one waits longer.
P95_MS_MAX = 200.0
# A screen of the queue: who comes in the morning sees so many.
FIRST = 10


def judge_flood(flood: Flood, poured: Poured, before: int, *, now: datetime) -> list[Finding]:
    """What came of it.

    before  questions that the desk had been asked when it began
    """
    journey.catch_up_claims()
    weigh(now=now)
    return [
        told("flood", "questions", f"{len(flood.order)} / {poured.seconds:.0f} s"),
        told("flood", "messages", len(flood.messages)),
        exactly("flood", "lost", len(flood.order) + len(poured.checked_ms) - (asked().asked - before), 0),
        exactly("flood", "failed", len(poured.failed), 0),
        told("flood", "asked_p50_ms", f"{_part(poured.asked_ms, 0.5):.0f}"),
        at_most("flood", "asked_p95_ms", _part(poured.asked_ms, 0.95), P95_MS_MAX),
        at_most("flood", "checked_p95_ms", _part(poured.checked_ms, 0.95), P95_MS_MAX),
        told("flood", "opened_p95_ms", f"{_part(poured.opened_ms, 0.95):.0f}"),
        exactly("flood", "first_ten", *_first_ten(flood, poured, now=now)),
    ]


def _first_ten(flood: Flood, poured: Poured, *, now: datetime) -> tuple[int, int]:
    """Of the messages asked most that nothing answers: how many lead to what stands first in the queue, of how many."""
    leads_to: dict[int, int] = {}
    for message, token in zip(poured.messages, poured.tokens, strict=True):
        if message not in leads_to:
            view = journey.look_again(token, now=now)
            leads_to[message] = view.claim.id if view is not None and view.claim is not None else 0
    waiting = [message for message in flood.most_asked(len(flood.messages)) if leads_to.get(message)]
    matter = list(dict.fromkeys(leads_to[message] for message in waiting))[:FIRST]
    first = list(islice(_of_the_flood(set(leads_to.values()), now), len(matter)))
    return len(set(matter) & set(first)), len(matter)


def _of_the_flood(claims: set[int], now: datetime) -> Iterator[int]:
    """Its claims in the queue's own order; what waited before the flood keeps its place, and isn't counted."""
    for number in range(1, PAGES_MAX + 1):
        page = queue(now=now, number=number)
        yield from (row.claim_id for row in page.rows if row.claim_id in claims)
        if not page.has_more:
            return


def _part(values: list[float], share: float) -> float:
    return sorted(values)[int(share * (len(values) - 1))] if values else 0.0

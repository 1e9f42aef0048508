"""Entries are read in stretches, and nobody can tell: none is missing, none comes twice, bodies are their own."""

from collections.abc import Iterable

import pytest
from django.utils import timezone

from thuchu.desk.ledger import reads
from thuchu.desk.ledger.append import append

pytestmark = pytest.mark.django_db
KINDS = ("publisher.admitted", "link_list.removed")


@pytest.fixture
def written() -> list[tuple[int, str, str, int]]:
    """(number, kind, subject, place) of eleven entries, every third of a kind that nobody asks for."""
    now, fields = (
        timezone.now(),
        {"publisher.admitted": "reason", "link_list.removed": "entries", "claim.opened": "language"},
    )
    kinds = [("claim.opened", *KINDS)[place % 3] for place in range(11)]
    entries = [append(kind, f"thing:{place}", {fields[kind]: place}, now=now) for place, kind in enumerate(kinds)]
    return [(entry.seq, entry.kind, entry.subject, place) for place, entry in enumerate(entries)]


@pytest.fixture(params=[(1, 1), (2, 3), (4, 2), (500, 50)])
def _stretches(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once, bodies = request.param
    monkeypatch.setattr(reads, "_ENTRIES_AT_ONCE", at_once)
    monkeypatch.setattr(reads, "_BODIES_AT_ONCE", bodies)


@pytest.mark.usefixtures("_stretches")
@pytest.mark.parametrize("last", [0, 1, 5, 11])
def test_both_ways_of_reading_give_every_entry_of_the_kinds_once(
    written: list[tuple[int, str, str, int]], last: int
) -> None:
    everything = [each for each in written if each[1] in KINDS]
    up_to = written[last - 1][0] if last else 0
    wanted = [each for each in everything if each[0] <= up_to]

    assert plainly(reads.entries_of(KINDS)) == everything
    assert plainly(reads.read_through(KINDS, up_to=up_to)) == wanted


def plainly(found: Iterable[reads.LedgerEntry]) -> list[tuple[object, ...]]:
    return [(seq, kind, subject, *body.values()) for seq, _, kind, subject, body in found]

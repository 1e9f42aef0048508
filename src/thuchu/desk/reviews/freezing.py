"""Figures as of one entry of the ledger, frozen once: what happens later counts in the next review.

Public tables follow from entries alone, attested ones from rows that are private; both are kept, by their SHA-256.
"""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from thuchu import __version__
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.reads import area_rows
from thuchu.desk.claims.views import AreaRow
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.moment import one_moment
from thuchu.desk.reviews import auditing, refusals
from thuchu.desk.reviews.counting import attested_tables, attested_tables_of_event
from thuchu.desk.reviews.models import (
    FROZEN,
    HELD,
    MINUTES_OUT,
    NOT_QUORATE,
    OPEN,
    PUBLISHED,
    Amendment,
    Review,
    Snapshot,
    SnapshotTable,
    Table,
)
from thuchu.desk.reviews.rows import THE_MACHINE, papers_are_due, require_coordinator, review_row, step, subject, words
from thuchu.desk.wording import day as written_day
from thuchu.desk.wording import day_in_viet_nam
from thuchu.figures import TABLES, BaseTable, Period
from thuchu.figures import Snapshot as Figures
from thuchu.figures.against import GUARDED, Published
from thuchu.figures.freezing import Occasion
from thuchu.figures.freezing import freeze as freeze_figures
from thuchu.figures.from_ledger import KINDS
from thuchu.figures.tables import parse
from thuchu.log.entry import Value
from thuchu.privacy import CleanText

WHY_CHARS_MAX = 1_000
AREAS, AREA_NAMES = "areas", "area_names"
AREA_COLUMNS = ("area", "kind", "name_vi", "name_en", "valid_from", "valid_to")
_AUDIT = "false_answers_audit"
# What stands in the table for an area that hasn't ended: a cell is never empty.
_STILL = "still"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a freeze will store: figures, the tables that they follow from, and the areas by name."""

    snapshot: Figures
    tables: Mapping[str, BaseTable]
    area_names: BaseTable
    at: datetime


def reckon(slug: str) -> Reckoned:
    """Figures as of the ledger's last entry, before anything is written: a desk at work waits only while rows are.

    raises  NoSuchReview, WrongState
    """
    return _compute(_planned(slug, OPEN))


def freeze(person: AccountView | None, slug: str, reckoned: Reckoned, *, now: datetime) -> None:
    """Keep what was reckoned, once and for all; from here on the agenda takes nothing new.

    person   a coordinator, or None: the calendar
    raises   NotYet for a review of an event whose days aren't over, NoSuchReview, WrongState, NotForYou
    """
    by = THE_MACHINE if person is None else require_coordinator(person).pseudonym_id
    with transaction.atomic():
        review = review_row(slug, OPEN)
        if review.cycle_id is not None and day_in_viet_nam(now) < review.period_end:
            # The next one begins where this one's days end: what isn't over would be counted nowhere.
            raise refusals.NotYet(day=written_day(review.period_end))
        _store(review, reckoned, why="")
        entry = append("review.frozen", subject(review), {**_said(slug, reckoned), "by": by}, now=now)
        step(review, FROZEN)
        review.frozen_at, review.area_tree = entry.seq, reckoned.area_names.sha256
        review.save(update_fields=["state", "frozen_at", "area_tree"])
        auditing.erase(review)
        papers_are_due(slug, entry)


def correct(person: AccountView, slug: str, why: CleanText, *, now: datetime) -> None:
    """The same figures reckoned again, beside those that were frozen and never in their place.

    Once published, an amendment of a figure by two people comes first.
    raises  WordsWanted, WordsTooLong, Unconfirmed, NothingNew, NoSuchReview, WrongState, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    reason = words(why, WHY_CHARS_MAX)
    states = (FROZEN, HELD, NOT_QUORATE, MINUTES_OUT, PUBLISHED)
    reckoned = _compute(_planned(slug, *states), up_to=_frozen_up_to(slug))
    with transaction.atomic():
        review = review_row(slug, *states)
        last = Snapshot.objects.filter(review=review).order_by("-number").first()
        if last is None or last.sha256 == reckoned.snapshot.sha256:
            raise refusals.NothingNew
        since = review.published_at or 0
        agreed = Amendment.objects.filter(review=review, what="figure", entry__gt=since).count()
        corrected = ledger.count_of("review.corrected", subject(review), after=since)
        if review.state == PUBLISHED and agreed <= corrected:
            raise refusals.Unconfirmed
        _store(review, reckoned, why=reason)
        body = {**_said(slug, reckoned), "why_digest": digest(reason), "by": by}
        papers_are_due(slug, append("review.corrected", subject(review), body, now=now))


def _planned(slug: str, *states: str) -> Review:
    review = Review.objects.filter(slug=slug).first()
    if review is None:
        raise refusals.NoSuchReview
    if review.state not in states:
        raise refusals.WrongState
    return review


def _frozen_up_to(slug: str) -> int:
    return Snapshot.objects.filter(review__slug=slug, number=1).values_list("ledger_number", flat=True).first() or 0


def _compute(review: Review, *, up_to: int | None = None) -> Reckoned:
    with one_moment(), _without_collecting():
        return _compute_now(review, up_to)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing that is read refers back to itself, and looking for what does, every so many rows through everything
    that the process holds, takes a fifth of a freeze."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _compute_now(review: Review, up_to: int | None) -> Reckoned:
    last = ledger.entry(ledger.last_number() if up_to is None else up_to)
    areas, period = area_rows(), Period(review.period_start, review.period_end)
    occasion = Occasion(
        review=review.slug,
        period=period,
        ledger_number=last.seq,
        ledger_hash=last.hash,
        code=__version__,
        event=review.event_id,
    )
    snapshot, tables = freeze_figures(
        ledger.read_through(KINDS, up_to=last.seq),
        occasion,
        tree={row.code: row.parent or row.code for row in areas},
        attested=_attested(review, period),
        earlier=_published_before(review),
    )
    names = BaseTable.of(AREA_NAMES, AREA_COLUMNS, map(_area_cells, areas))
    return Reckoned(snapshot, tables, names, last.at)


def _attested(review: Review, period: Period) -> dict[str, BaseTable]:
    """What is private, counted now; of the answers that two people judged nothing is left but the frozen table."""
    if review.event_id is not None:
        return attested_tables_of_event(period, review.event_id)
    frozen = SnapshotTable.objects.filter(snapshot__review=review, snapshot__number=1)
    if not frozen.exists():
        return attested_tables(period, audit=auditing.counted(review))
    found = attested_tables(period)
    for content in frozen.filter(key=_AUDIT).values_list("table__content", flat=True):
        found[_AUDIT] = parse(_AUDIT, TABLES[_AUDIT].columns, bytes(content))
    return found


def _published_before(review: Review) -> list[Published]:
    """The tables with small counts behind them that were published before: what one hides, they may not give back.

    Every review's as it was frozen, which anybody has from the dump; of this one, where its figures are reckoned again,
    all that stand beside each other.
    """
    snapshots = Snapshot.objects.select_related("review").order_by("pk")
    return [_published(each) for each in snapshots if each.number == 1 or each.review_id == review.pk]


def _published(snapshot: Snapshot) -> Published:
    rows = SnapshotTable.objects.filter(snapshot=snapshot, key__in=(*GUARDED, AREAS))
    contents = rows.values_list("key", "table__content")
    found = {key: parse(key, TABLES[key].columns, bytes(content)) for key, content in contents}
    # Of an event alone only since reviews of events count so; earlier ones counted everything.
    event = Figures.read(bytes(snapshot.content)).event
    tree = {str(area): str(parent) for area, parent in found.pop(AREAS).rows}
    review = snapshot.review
    return Published(Period(review.period_start, review.period_end), found, tree, event)


def _area_cells(row: AreaRow) -> tuple[str, ...]:
    ends = row.valid_to.isoformat() if row.valid_to else _STILL
    return (row.code, row.kind, row.name_vi, row.name_en, row.valid_from.isoformat(), ends)


def _store(review: Review, reckoned: Reckoned, *, why: str) -> None:
    snapshot = reckoned.snapshot
    row = Snapshot.objects.create(
        review=review,
        number=Snapshot.objects.filter(review=review).count() + 1,
        ledger_number=snapshot.ledger_number,
        ledger_hash=snapshot.ledger_hash,
        computed_at=reckoned.at,
        code=snapshot.code,
        definitions=snapshot.definitions,
        sha256=snapshot.sha256,
        content=snapshot.written(),
        why=why,
    )
    for name, table in _named(reckoned):
        Table.objects.get_or_create(sha256=table.sha256, defaults={"content": table.csv})
        SnapshotTable.objects.create(snapshot=row, key=name, table_id=table.sha256)


def _named(reckoned: Reckoned) -> Iterator[tuple[str, BaseTable]]:
    yield from sorted(reckoned.tables.items())
    yield AREA_NAMES, reckoned.area_names


def _said(slug: str, reckoned: Reckoned) -> dict[str, Value]:
    snapshot = reckoned.snapshot
    return {
        "review": slug,
        "ledger_number": snapshot.ledger_number,
        "ledger_hash": snapshot.ledger_hash,
        "snapshot_digest": snapshot.sha256,
        "tables": sorted(snapshot.tables.values()),
        "definitions": snapshot.definitions,
        "area_tree": reckoned.area_names.sha256,
    }

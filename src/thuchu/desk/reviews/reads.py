"""What other rooms, pages and papers may ask of reviews."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.db.models import OuterRef, Q, Subquery

from thuchu.desk.claims.models import Area, Event
from thuchu.desk.claims.views import NameView
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.reviews.freezing import AREA_COLUMNS, AREA_NAMES
from thuchu.desk.reviews.models import (
    ACCEPTED,
    FROZEN,
    HELD,
    HELD_BACK,
    MINUTES_OUT,
    NOT_QUORATE,
    PROPOSED,
    REFUSED,
    AgendaItem,
    AgendaLink,
    Amendment,
    Cycle,
    Edition,
    Participant,
    Remark,
    Resolution,
    Review,
    Snapshot,
    SnapshotTable,
    Table,
)
from thuchu.desk.reviews.organisations import organisation_view
from thuchu.desk.reviews.views import (
    Amended,
    AmendmentView,
    EditionView,
    FrozenView,
    ItemView,
    LinkView,
    MinutesView,
    RemarkView,
    ResolutionView,
    ReviewLine,
    ReviewView,
    SeatView,
)
from thuchu.desk.wording import day_in_viet_nam
from thuchu.figures import Snapshot as Figures
from thuchu.figures import tables

# Four a year and some between: a list of decades.
REVIEWS_SHOWN_MAX = 200
_TAKEN_APART_MAX = 8
# What a feed tells of: the agenda opens, figures freeze, minutes are out, it is published, or isn't held.
_STEPS = (
    "review.planned",
    "review.arranged",
    "review.opened",
    "review.frozen",
    "review.held",
    "review.minutes_out",
    "review.published",
    "review.cancelled",
)
_UNDER_WAY = (FROZEN, HELD, NOT_QUORATE, MINUTES_OUT)


def reviews(*, now: datetime) -> tuple[ReviewLine, ...]:
    """All of them, the newest meeting first."""
    rows = Review.objects.select_related("event", "area").order_by("-meeting_at", "-pk")[:REVIEWS_SHOWN_MAX]
    return tuple(_line(row, now) for row in rows)


def overdue(*, now: datetime) -> tuple[ReviewLine, ...]:
    """Those whose papers should be final by now and aren't, for the desk's front page."""
    today = day_in_viet_nam(now)
    rows = Review.objects.select_related("event", "area").filter(state__in=_UNDER_WAY, final_on__lt=today)
    return tuple(_line(row, now) for row in rows.order_by("final_on"))


def of_event(event_id: int, *, now: datetime) -> tuple[ReviewLine, ...]:
    """Reviews of an event, the newest meeting first."""
    rows = Review.objects.select_related("event").filter(event=event_id).order_by("-meeting_at", "-pk")
    return tuple(_line(row, now) for row in rows[:REVIEWS_SHOWN_MAX])


def has_cycle(event_id: int) -> bool:
    """Is an event reviewed at short intervals?"""
    return Cycle.objects.filter(event=event_id).exists()


def slugs(*, states: Sequence[str] = ()) -> tuple[str, ...]:
    """Names of reviews in these states, or of all, first to last."""
    rows = Review.objects.filter(state__in=states) if states else Review.objects.all()
    return tuple(rows.order_by("pk").values_list("slug", flat=True))


def review(slug: str, *, now: datetime) -> ReviewView | None:
    """One of them, whole."""
    row = _row(slug)
    if row is None:
        return None
    items = _items(row)
    latest, snapshots, names = _snapshots(row)
    return ReviewView(
        line=_line(row, now),
        previous=row.previous.slug if row.previous else "",
        following=row.following.slug if hasattr(row, "following") else "",
        frozen_at=row.frozen_at,
        items=tuple(item for item in items if item.state == ACCEPTED),
        proposals=tuple(item for item in items if item.state == PROPOSED),
        refused=tuple(item for item in items if item.state == REFUSED),
        seats=_seats(row),
        frozen=snapshots[0] if snapshots else None,
        corrected=tuple(snapshots[1:]),
        before=latest,
        area_names=names,
        resolutions=resolutions_of(row.slug),
        minutes=_minutes(row),
        remarks=tuple(_remark(each) for each in Remark.objects.filter(review=row).order_by("pk")),
        amendments=_amendments(row),
        editions=editions_of(slug),
    )


def resolutions_of(slug: str) -> tuple[ResolutionView, ...]:
    """What a review resolved, in order."""
    rows = Resolution.objects.select_related("review", "supersedes").filter(review__slug=slug)
    return tuple(_resolution(row) for row in rows.order_by("number"))


def editions_of(slug: str) -> tuple[EditionView, ...]:
    """Its papers, the newest first."""
    rows = Edition.objects.filter(review__slug=slug).order_by("-made_at", "-pk")
    return tuple(
        EditionView(
            document=each.document,
            format=each.format,
            language=each.language,
            sha256=each.sha256,
            made_at=each.made_at,
        )
        for each in rows
    )


def resolution(number: str) -> ResolutionView | None:
    """One of them by its number."""
    row = Resolution.objects.select_related("review", "supersedes").filter(number=number).first()
    return _resolution(row) if row else None


def frozen(slug: str) -> FrozenView | None:
    """A review's figures as they were frozen; None before."""
    row = Snapshot.objects.filter(review__slug=slug, number=1).first()
    return _frozen(row) if row else None


def written(slug: str, number: int = 1) -> bytes | None:
    """The canonical bytes of a snapshot."""
    content = Snapshot.objects.filter(review__slug=slug, number=number).values_list("content", flat=True).first()
    return None if content is None else bytes(content)


def table(slug: str, key: str) -> bytes | None:
    """A base table of the figures as frozen, as its canonical bytes."""
    rows = SnapshotTable.objects.filter(snapshot__review__slug=slug, snapshot__number=1, key=key)
    content = rows.values_list("table__content", flat=True).first()
    return None if content is None else bytes(content)


def table_names(slug: str) -> tuple[str, ...]:
    """Of the base tables that the figures as frozen rest on, and the one of areas."""
    rows = SnapshotTable.objects.filter(snapshot__review__slug=slug, snapshot__number=1)
    return tuple(rows.order_by("key").values_list("key", flat=True))


def frozen_slugs() -> tuple[str, ...]:
    """Of the reviews whose figures are frozen, first to last."""
    rows = Review.objects.filter(frozen_at__isnull=False).order_by("frozen_at")
    return tuple(rows.values_list("slug", flat=True))


def frozen_tables() -> Iterator[tuple[str, bytes]]:
    """(SHA-256, canonical bytes) of every base table of figures as frozen, each once."""
    used = SnapshotTable.objects.filter(snapshot__number=1).values("table_id")
    for digest, content in Table.objects.filter(pk__in=used).order_by("pk").values_list("pk", "content").iterator(10):
        yield digest, bytes(content)


def waiting(slug: str) -> int:
    """How many proposals, questions and objections of a review nobody has looked at."""
    proposals = AgendaItem.objects.filter(review__slug=slug, state=PROPOSED).count()
    return proposals + Remark.objects.filter(review__slug=slug, state=HELD_BACK).count()


def amended(*, limit: int) -> tuple[Amended, ...]:
    """The last amendments of any review, newest first."""
    rows = Amendment.objects.select_related("review").exclude(confirmed_at=None).order_by("-entry")[:limit]
    return tuple(
        Amended(
            number=row.pk,
            review=row.review.slug,
            before=row.before,
            after=row.after,
            why=row.why,
            at=row.confirmed_at or row.proposed_at,
        )
        for row in rows
    )


def changed_at(names: Sequence[str]) -> dict[str, datetime]:
    """When each of these reviews took its last step, as the ledger says it."""
    found: dict[str, datetime] = {}
    # A review has some ten steps.
    for entry in ledger.newest_of(_STEPS, limit=12 * max(len(names), 1)):
        found.setdefault(entry.subject.removeprefix("review:"), entry.at)
    return found


def _row(slug: str) -> Review | None:
    around = ("event", "area", "previous", "following", "minutes")
    return Review.objects.select_related(*around).filter(slug=slug).first()


def _line(row: Review, now: datetime) -> ReviewLine:
    return ReviewLine(
        slug=row.slug,
        kind=row.kind,
        state=row.state,
        period_start=row.period_start,
        period_end=row.period_end - timedelta(days=1),
        opens_on=row.opens_on,
        freezes_on=row.freezes_on,
        meeting_at=row.meeting_at,
        minutes_due_on=row.minutes_due_on,
        final_on=row.final_on,
        place=row.place,
        link=row.link,
        event=_name(row.event) if row.event else None,
        area=_area(row.area) if row.area else None,
        is_short=row.is_short,
        is_closing=row.is_closing,
        reason=row.reason,
        quorate=row.quorate,
        overdue=_late(row, day_in_viet_nam(now)),
        published_at=row.published_at,
    )


def _late(row: Review, today: date) -> str:
    """What should have been done by a day and wasn't."""
    if row.state == FROZEN:
        return "meeting" if today > day_in_viet_nam(row.meeting_at) else ""
    if row.state in (HELD, NOT_QUORATE):
        return "minutes" if today > row.minutes_due_on else ""
    return "final" if row.state == MINUTES_OUT and today > row.final_on else ""


def _items(row: Review) -> list[ItemView]:
    links: dict[int, list[LinkView]] = {}
    for link in AgendaLink.objects.filter(item__review=row).order_by("pk"):
        links.setdefault(link.item_id, []).append(LinkView(kind=link.kind, target=link.target))
    rows = AgendaItem.objects.select_related("part").filter(review=row).order_by("position", "pk")
    return [_item(each, links.get(each.pk, ())) for each in rows]


def _item(row: AgendaItem, links: Iterable[LinkView]) -> ItemView:
    return ItemView(
        number=row.pk,
        position=row.position,
        kind=row.kind,
        title=row.title,
        text=row.text,
        minutes_planned=row.minutes_planned,
        proposed_by=row.proposed_by,
        proposed_on=row.proposed_on,
        state=row.state,
        refusal=row.refusal,
        is_closed=row.is_closed,
        links=tuple(links),
        said=row.part.text if hasattr(row, "part") else "",
    )


def _seats(row: Review) -> tuple[SeatView, ...]:
    rows = Participant.objects.select_related("organisation__area").filter(review=row).order_by("pk")
    return tuple(
        SeatView(
            number=each.pk,
            role=each.role,
            organisation=organisation_view(each.organisation) if each.organisation else None,
            name=each.name_shown,
            presence=each.presence,
            way=each.way,
            people=each.people,
        )
        for each in rows
    )


def _snapshots(row: Review) -> tuple[Figures | None, list[FrozenView], Mapping[str, NameView]]:
    """What the review before had at last, this one's, first to last, and names of areas as they were then."""
    # All of an event isn't compared with one day of it.
    is_beside = row.previous is not None and not row.is_closing
    both = Snapshot.objects.filter(Q(review=row) | Q(review=row.previous)) if is_beside else row.snapshots.all()
    named = SnapshotTable.objects.filter(snapshot=OuterRef("pk"), key=AREA_NAMES).values("table__content")
    found = list(both.annotate(area_names=Subquery(named[:1])).order_by("number"))
    earlier = [each for each in found if each.review_id != row.pk]
    own = [each for each in found if each.review_id == row.pk]
    frozen = [_frozen(each) for each in own]
    # Three thousand areas are read only where a figure tells of one.
    has_areas = bool(frozen) and any(figure.area for figure in frozen[0].figures.figures)
    names = _area_names(bytes(own[0].area_names)) if has_areas else {}
    return (_figures(bytes(earlier[-1].content)) if earlier else None), frozen, names


def _frozen(row: Snapshot) -> FrozenView:
    return FrozenView(
        number=row.number,
        figures=_figures(bytes(row.content)),
        sha256=row.sha256,
        computed_at=row.computed_at,
        why=row.why,
    )


# What is frozen never changes: its bytes are taken apart once a process, as long as somebody reads that review.
@lru_cache(maxsize=_TAKEN_APART_MAX)
def _figures(content: bytes) -> Figures:
    return Figures.read(content)


@lru_cache(maxsize=_TAKEN_APART_MAX)
def _area_names(content: bytes) -> Mapping[str, NameView]:
    read = tables.parse(AREA_NAMES, AREA_COLUMNS, content)
    named = zip(read.column("area"), read.column("name_vi"), read.column("name_en"), strict=True)
    return {str(code): NameView(code=str(code), name_vi=str(vi), name_en=str(en)) for code, vi, en in named}


def _resolution(row: Resolution) -> ResolutionView:
    votes = None
    if row.votes_for is not None:
        votes = (row.votes_for, row.votes_against or 0, row.votes_abstaining or 0)
    return ResolutionView(
        number=row.number,
        review=row.review.slug,
        text=row.text,
        method=row.method,
        votes=votes,
        outcome=row.outcome,
        reasons_against=row.reasons_against,
        takes_effect_on=row.takes_effect_on,
        supersedes=row.supersedes.number if row.supersedes else "",
        item=row.item_id,
        recorded_by=row.recorded_by,
        is_confirmed=row.confirmed_by is not None,
    )


def _minutes(row: Review) -> MinutesView | None:
    if not hasattr(row, "minutes"):
        return None
    found = row.minutes
    return MinutesView(
        phase=found.phase,
        begun_at=found.begun_at,
        ended_at=found.ended_at,
        out_on=found.out_on,
        objections_until=found.objections_until,
        final_on=found.final_on,
    )


def _remark(row: Remark) -> RemarkView:
    return RemarkView(
        number=row.pk,
        kind=row.kind,
        figure=row.figure,
        text=row.text,
        said_by=row.said_by,
        said_on=row.said_on,
        state=row.state,
        answer=row.answer,
        answered_on=row.answered_on,
    )


def _amendments(row: Review) -> tuple[AmendmentView, ...]:
    rows = Amendment.objects.select_related("resolved_in").filter(review=row).order_by("pk")
    return tuple(
        AmendmentView(
            number=each.pk,
            what=each.what,
            about=each.subject,
            before=each.before,
            after=each.after,
            why=each.why,
            resolved_in=each.resolved_in.number if each.resolved_in else "",
            proposed_by=each.proposed_by,
            at=each.confirmed_at,
            entry=each.entry,
        )
        for each in rows
    )


def _name(row: Event) -> NameView:
    return NameView(code=str(row.pk), name_vi=row.name_vi, name_en=row.name_en)


def _area(row: Area) -> NameView:
    return NameView(code=row.code, name_vi=row.name_vi, name_en=row.name_en)

"""What pages, papers and calendars may ask of commitments.  Timeliness is computed here, for the day that is asked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Prefetch, QuerySet

from thuchu.desk.commitments import meetings, wording
from thuchu.desk.commitments.meetings import Meeting
from thuchu.desk.commitments.models import (
    OPEN_STATES,
    ORGANISATION,
    ROLE,
    WAS_AGREED,
    WAS_JUDGED,
    Commitment,
    Helper,
    Judgement,
    Update,
)
from thuchu.desk.commitments.rows import owner_name, steps_of
from thuchu.desk.commitments.timeliness import (
    CODES,
    DUE_SOON,
    DUE_SOON_DAYS,
    OVERDUE,
    Step,
    Tally,
    Timeliness,
    standing,
    standing_at,
    tally,
    timeliness,
)
from thuchu.desk.commitments.wording import Words
from thuchu.desk.wording import day_in_viet_nam

# Days overdue from which somebody further up sees to it: the days on which reminders go out.
_ORGANISATION_FROM, _CHAIR_FROM, _AGENDA_FROM = 15, 29, 43
# Overdue at so many reviews that took place, and it must be decided again.
_DECIDED_AGAIN_AFTER = 2
# What is shown to people at work: more is a list to open.
SOON_SHOWN_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One piece of evidence: the address of a public page, or the number of evidence that the desk keeps."""

    address: str
    number: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentView:
    """A commitment as it stands on a day.

    owner_code         "role:duty", "organisation:5"
    measure            a figure with its target in words, or the evidence that is wanted
    target             "at_most 86400" of a figure, as it is kept; "" of a deliverable
    evidence           what its updates show, first to last
    carried_from       the review that agreed on it, once another one found it open; else ""
    replaces, replaced_by  numbers of others; else ""
    ladder             who sees to it while it is overdue (`wording.LADDER`); else ""
    must_be_decided    overdue at two reviews: the next one decides again
    changes            how many updates followed the first one
    """

    number: str
    text: str
    resolution: str
    review: str
    owner_kind: str
    owner_code: str
    owner: Words
    helpers: tuple[Words, ...]
    original_due_on: date
    due_on: date
    extensions: int
    measure_kind: str
    figure_key: str
    measure: Words
    target: str
    state: str
    state_words: Words
    timeliness: Timeliness
    timeliness_words: Words
    reported_on: date | None
    done_on: date | None
    evidence: tuple[Shown, ...]
    carried_from: str
    replaces: str
    replaced_by: str
    ladder: str
    must_be_decided: bool
    last_update: date
    agreed_at: datetime
    changed_at: datetime
    changes: int

    @property
    def is_open(self) -> bool:
        """Is there something left to do?"""
        return self.state in OPEN_STATES

    @property
    def is_extended(self) -> bool:
        """Was its day moved?"""
        return self.extensions > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateView:
    """One thing that became of it; `outcome`, `value`, `low`, `high`, `review` of a figure's judgement, else ""."""

    at_entry: int
    kind: str
    at: datetime
    on: date
    by: int | None
    by_role: str
    speaker: Words
    text: str
    evidence: Shown | None
    resolution: str
    state_after: str
    due_after: date
    outcome: str
    value: str
    low: str
    high: str
    review: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many stand how, by the codes of `timeliness`, and how many of them had their day moved."""

    by_timeliness: tuple[tuple[str, int], ...]
    total: int
    extended: int
    to_decide: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OfReview:
    """A review's commitments: those it agreed on, those it found open, and how those due in its period fared."""

    new: tuple[CommitmentView, ...]
    carried: tuple[CommitmentView, ...]
    tally: Tally


def register(*, now: datetime) -> tuple[CommitmentView, ...]:
    """All of them: the open ones first, by the day they are due, then those that ended, the last one first."""
    views = _views(_rows(), now)
    ended = sorted((each for each in views if not each.is_open), key=lambda each: each.changed_at, reverse=True)
    return (*sorted((each for each in views if each.is_open), key=lambda each: (each.due_on, each.number)), *ended)


def open_numbers() -> tuple[str, ...]:
    """Numbers of those that aren't done or dropped, by the day they are due."""
    rows = Commitment.objects.filter(state__in=OPEN_STATES).order_by("due_on", "number")
    return tuple(rows.values_list("number", flat=True))


def commitment(number: str, *, now: datetime) -> CommitmentView | None:
    """The one with that number; None when there is none."""
    found = _views(_rows().filter(number=number), now)
    return found[0] if found else None


def history(number: str) -> tuple[UpdateView, ...]:
    """All that became of it, first to last."""
    rows = Update.objects.filter(commitment__number=number).select_related("resolution").order_by("number")
    # A judgement and its update are written together, so that they are in one order.
    judged = iter(Judgement.objects.filter(commitment__number=number).select_related("review").order_by("pk"))
    return tuple(_update(row, next(judged) if row.kind == WAS_JUDGED else None) for row in rows)


def of_review(slug: str, *, now: datetime) -> OfReview | None:
    """The commitments of that review as they stand now; None when there is no such review, or it was cancelled.

    carried over are those that earlier reviews agreed on and that were open when the day of this one's meeting began;
    at a review of an event those of that event's reviews
    """
    known = meetings.meetings()
    meeting = next((each for each in known if each.slug == slug), None)
    if meeting is None:
        return None
    day = meeting.day - timedelta(days=1)
    new, carried, histories = [], [], []
    rows = _rows() if meeting.cycle is None else _rows().filter(resolution__review__cycle=meeting.cycle)
    for row in rows:
        view = _view(row, [each for each in known if each.counts], day_in_viet_nam(now))
        steps = _steps(row)
        histories.append(steps)
        then = standing_at(steps, day)
        if view.review == slug:
            new.append(view)
        elif then is not None and then.state in OPEN_STATES:
            carried.append(view)
    return OfReview(new=tuple(new), carried=tuple(carried), tally=tally(histories, *meeting.period))


def counts(views: Iterable[CommitmentView]) -> Counts:
    """How many of these stand how."""
    found = list(views)
    return Counts(
        by_timeliness=tuple((code, sum(each.timeliness.code == code for each in found)) for code in CODES),
        total=len(found),
        extended=sum(each.is_extended for each in found),
        to_decide=sum(each.must_be_decided for each in found),
    )


def due_soon(*, now: datetime) -> tuple[CommitmentView, ...]:
    """What is due soon or overdue, the longest overdue first: for people at work, at most SOON_SHOWN_MAX."""
    last = day_in_viet_nam(now) + timedelta(days=DUE_SOON_DAYS)
    views = _views(_rows().filter(state__in=OPEN_STATES, due_on__lte=last), now)
    soon = [each for each in views if each.timeliness.code in (DUE_SOON, OVERDUE)]
    return tuple(sorted(soon, key=lambda each: (each.due_on, each.number))[:SOON_SHOWN_MAX])


def owners(views: Iterable[CommitmentView]) -> tuple[tuple[str, Words], ...]:
    """(code, words) of whoever owns one of these, by their Vietnamese name: for a list to choose from."""
    found = {each.owner_code: each.owner for each in views}
    return tuple(sorted(found.items(), key=lambda each: each[1]["vi"]))


def _rows() -> QuerySet[Commitment]:
    updates = Prefetch("updates", queryset=Update.objects.order_by("number"), to_attr="in_order")
    helpers = Prefetch("helpers", queryset=Helper.objects.select_related("organisation").order_by("pk"))
    joined = ("resolution__review", "owner_organisation", "figure_area", "replaced_by", "replaces")
    rows = Commitment.objects.select_related(*joined).prefetch_related(updates, helpers)
    return rows.order_by("pk")


def _steps(row: Commitment) -> list[Step]:
    updates: Sequence[Update] = getattr(row, "in_order", ())
    return steps_of(updates)


def _views(rows: Iterable[Commitment], now: datetime) -> list[CommitmentView]:
    held = [each for each in meetings.meetings() if each.counts]
    return [_view(row, held, day_in_viet_nam(now)) for row in rows]


def _view(row: Commitment, held: Sequence[Meeting], today: date) -> CommitmentView:
    updates: Sequence[Update] = getattr(row, "in_order", ())
    steps = steps_of(updates)
    stands = standing(steps)
    if stands is None:
        raise LookupError(f"{row.number} has no update: its first one is written with it")
    found = timeliness(stands, today)
    missed = sum(each.day > row.due_on for each in held) if row.state in OPEN_STATES else 0
    must_be_decided = missed >= _DECIDED_AGAIN_AFTER
    return CommitmentView(
        number=row.number,
        text=row.text,
        resolution=row.resolution.number,
        review=row.resolution.review.slug,
        owner_kind=row.owner_kind,
        owner_code=_owner_code(row),
        owner=_owner(row),
        helpers=tuple(
            wording.organisation(each.organisation) if each.organisation else wording.role(each.role)
            for each in row.helpers.all()
        ),
        original_due_on=row.original_due_on,
        due_on=row.due_on,
        extensions=stands.extensions,
        measure_kind=row.measure_kind,
        figure_key=row.figure_key,
        measure=wording.measure(row),
        target=f"{row.comparator} {row.target}" if row.target else "",
        state=row.state,
        state_words=wording.state(row.state),
        timeliness=found,
        timeliness_words=wording.timeliness(found),
        reported_on=stands.reported_on,
        done_on=stands.done_on,
        evidence=tuple(shown for each in updates if (shown := _shown(each)) is not None),
        carried_from=_carried_from(row, steps, held),
        replaces=row.replaces.number if hasattr(row, "replaces") else "",
        replaced_by=row.replaced_by.number if row.replaced_by else "",
        ladder=_ladder(found, must_be_decided=must_be_decided),
        must_be_decided=must_be_decided,
        last_update=day_in_viet_nam(updates[-1].at),
        agreed_at=row.agreed_at,
        changed_at=updates[-1].at,
        changes=len(updates) - 1,
    )


def _owner_code(row: Commitment) -> str:
    return f"{ORGANISATION}:{row.owner_organisation_id}" if not row.owner_role else f"{ROLE}:{row.owner_role}"


def _owner(row: Commitment) -> Words:
    if row.owner_organisation is not None:
        return wording.organisation(row.owner_organisation)
    return wording.role(owner_name(row))


def _carried_from(row: Commitment, steps: Sequence[Step], held: Sequence[Meeting]) -> str:
    agreed_in = day_in_viet_nam(row.resolution.review.meeting_at)
    for meeting in held:
        then = standing_at(steps, meeting.day - timedelta(days=1)) if meeting.day > agreed_in else None
        if then is not None and then.state in OPEN_STATES:
            return row.resolution.review.slug
    return ""


def _ladder(found: Timeliness, *, must_be_decided: bool) -> str:
    if must_be_decided:
        return "decide_again"
    if found.code != OVERDUE:
        return ""
    steps = ((_AGENDA_FROM, "agenda"), (_CHAIR_FROM, "chair"), (_ORGANISATION_FROM, "organisation"))
    return next((step for days, step in steps if found.days >= days), "owner")


def _shown(update: Update) -> Shown | None:
    if not update.evidence_address and update.evidence_id is None:
        return None
    return Shown(address=update.evidence_address, number=update.evidence_id)


def _update(row: Update, judged: Judgement | None) -> UpdateView:
    return UpdateView(
        at_entry=row.at_entry,
        kind=row.kind,
        at=row.at,
        on=row.on,
        by=row.by,
        by_role=row.by_role,
        speaker=wording.role(row.by_role),
        # What was agreed stands on top of the page.
        text="" if row.kind == WAS_AGREED else row.text,
        evidence=_shown(row),
        resolution=row.resolution.number if row.resolution else "",
        state_after=row.state_after,
        due_after=row.due_after,
        outcome=judged.outcome if judged else "",
        value=judged.value if judged else "",
        low=judged.low if judged else "",
        high=judged.high if judged else "",
        review=judged.review.slug if judged else "",
    )

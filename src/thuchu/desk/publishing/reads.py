"""What pages and other rooms may ask of publishing: statuses with the rule that decided, and rounds.  Never a rater."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from thuchu.desk.publishing.models import Change, Plot, Round, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A round as its page says it."""

    number: int
    held_at: datetime
    up_to: int
    batch: int
    params: str
    n_ratings: int
    n_raters: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingView:
    """A note's status as of the last round; `agreed` when it may be published."""

    note: int
    version: int
    status: str
    rule: str
    since_round: int
    since: datetime
    agreed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeView:
    """What a round changed about a note; status "none" when it says nothing of it any more."""

    round: int
    at: datetime
    version: int
    status: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartView:
    """So many fifths of the axis, and how many there rated which way."""

    fifths: int
    helpful: int
    somewhat_helpful: int
    not_helpful: int

    @property
    def people(self) -> int:
        """Five at least."""
        return self.helpful + self.somewhat_helpful + self.not_helpful


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotView:
    """How a version's ratings lie over the axis, from the end that finds it more helpful; ten people at least."""

    version: int
    round: int
    parts: tuple[PartView, ...]

    @property
    def people(self) -> int:
        """All whose leaning is known well enough to have a place."""
        return sum(part.people for part in self.parts)


def plot(note: int, version: int) -> PlotView | None:
    """The plot of a note's version; None where there are too few people, or no two sides that can be told."""
    row = Plot.objects.filter(note=note, version=version).prefetch_related("parts").first()
    if row is None:
        return None
    parts = sorted(row.parts.all(), key=lambda part: part.place)
    return PlotView(
        version=row.version,
        round=row.round_id,
        parts=tuple(
            PartView(
                fifths=part.fifths,
                helpful=part.helpful,
                somewhat_helpful=part.somewhat_helpful,
                not_helpful=part.not_helpful,
            )
            for part in parts
        ),
    )


def last_round() -> RoundView | None:
    """The last round held; None before the first."""
    row = Round.objects.order_by("-number").first()
    return _round(row) if row else None


def standings(notes: Sequence[int]) -> dict[int, StandingView]:
    """Statuses by note's number; notes that nobody rated are left out.  One query."""
    rows = Standing.objects.filter(note__in=notes).select_related("since")
    return {
        row.note_id: StandingView(
            note=row.note_id,
            version=row.version,
            status=row.status,
            rule=row.rule,
            since_round=row.since_id,
            since=row.since.held_at,
            agreed=row.agreed,
        )
        for row in rows
    }


def history(note: int) -> tuple[ChangeView, ...]:
    """What rounds changed about a note, newest first."""
    rows = Change.objects.filter(note=note).select_related("round").order_by("-round")
    return tuple(
        ChangeView(round=row.round_id, at=row.round.held_at, version=row.version, status=row.status, rule=row.rule)
        for row in rows
    )


def _round(row: Round) -> RoundView:
    return RoundView(
        number=row.number,
        held_at=row.held_at,
        up_to=row.up_to,
        batch=row.batch,
        params=row.params,
        n_ratings=row.n_ratings,
        n_raters=row.n_raters,
        digest=row.digest,
    )

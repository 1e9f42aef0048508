"""What other rooms, pages and papers see of reviews: values, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from thuchu.desk.claims.views import NameView
from thuchu.desk.reviews.organisations import OrganisationView
from thuchu.figures import Snapshot as Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A review in a list.

    period_end  the last day of the period
    overdue     "" or what is late: `meeting`, `minutes`, `final`
    is_short, is_closing  of an event that is reviewed at short intervals: one of its short ones, or the last
    """

    slug: str
    kind: str
    state: str
    period_start: date
    period_end: date
    opens_on: date
    freezes_on: date
    meeting_at: datetime
    minutes_due_on: date
    final_on: date
    place: str
    link: str
    event: NameView | None
    area: NameView | None
    is_short: bool
    is_closing: bool
    reason: str
    quorate: bool | None
    overdue: str
    published_at: int | None

    @property
    def is_held(self) -> bool:
        """Has the meeting begun?"""
        return self.quorate is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkView:
    """What an item is about: claim, figure, commitment or inquiry, and which."""

    kind: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """An item of the agenda; `said` is what the minutes say of it, and `number` is the row's."""

    number: int
    position: int
    kind: str
    title: str
    text: str
    minutes_planned: int
    proposed_by: str
    proposed_on: date
    state: str
    refusal: str
    is_closed: bool
    links: tuple[LinkView, ...]
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatView:
    """Somebody at the table."""

    number: int
    role: str
    organisation: OrganisationView | None
    name: str
    presence: str
    way: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenView:
    """A snapshot: the figures, and as of which entry and version; `why` of one that corrects another."""

    number: int
    figures: Figures
    sha256: str
    computed_at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionView:
    """What was resolved; `votes` are for, against, abstaining, or None where nobody objected."""

    number: str
    review: str
    text: str
    method: str
    votes: tuple[int, int, int] | None
    outcome: str
    reasons_against: str
    takes_effect_on: date | None
    supersedes: str
    item: int | None
    recorded_by: int
    is_confirmed: bool

    @property
    def place(self) -> str:
        """Its number within the review, for an address."""
        return self.number.partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesView:
    """Where minutes stand; what they say to an item is with the item."""

    phase: str
    begun_at: datetime | None
    ended_at: datetime | None
    out_on: date | None
    objections_until: date | None
    final_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkView:
    """A question on a figure, or an objection to minutes."""

    number: int
    kind: str
    figure: str
    text: str
    said_by: str
    said_on: date
    state: str
    answer: str
    answered_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentView:
    """What two people put right; `at` is None while one of them hasn't confirmed it."""

    number: int
    what: str
    about: str
    before: str
    after: str
    why: str
    resolved_in: str
    proposed_by: int
    at: datetime | None
    entry: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amended:
    """An amendment as a feed tells of it; `review` is the review's name."""

    number: int
    review: str
    before: str
    after: str
    why: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    """A paper made of a review."""

    document: str
    format: str
    language: str
    sha256: str
    made_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewView:
    """Everything that a page or a paper needs of one review.

    items      accepted, in order; `proposals` wait for a look, `refused` were
    frozen     the figures as frozen, None before; `corrected` stand beside them
    before     the figures of the review before, None where there are none
    area_names code of an area -> its names as they were when the figures were frozen
    """

    line: ReviewLine
    previous: str
    following: str
    frozen_at: int | None
    items: tuple[ItemView, ...]
    proposals: tuple[ItemView, ...]
    refused: tuple[ItemView, ...]
    seats: tuple[SeatView, ...]
    frozen: FrozenView | None
    corrected: tuple[FrozenView, ...]
    before: Figures | None
    area_names: Mapping[str, NameView]
    resolutions: tuple[ResolutionView, ...]
    minutes: MinutesView | None
    remarks: tuple[RemarkView, ...]
    amendments: tuple[AmendmentView, ...]
    editions: tuple[EditionView, ...]

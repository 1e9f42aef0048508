"""What claims give to other rooms and pages: values, never rows."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

# What an asker, or a page, is told of a claim; pages make kind sentences of these.
Situation = Literal["waiting", "being_rated", "answered", "merged", "not_a_fact", "private"]
ReasonKind = Literal["asked_by", "growing", "waiting_days", "needed_by", "event"]

# What stands where a passage is withheld.
WITHHELD = "[…]"


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationView:
    """A claim's words in another language; not `is_current` when the claim was reworded since."""

    language: str
    text: str
    by: int
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NameView:
    """A topic, an area or an event: its code or number, and its names in Vietnamese and English."""

    code: str
    name_vi: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaRow:
    """An area as the desk loaded it; `parent` is "" for a country, `valid_to` None while there is one."""

    code: str
    kind: str
    parent: str
    name_vi: str
    name_en: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentView:
    """Who has a claim, until when, and how often they asked for more time."""

    claim_id: int
    person: int
    taken_at: datetime
    until: datetime
    extensions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Characters `start` up to `end` of a thing, withheld until a moment; `reason` a code, `court_order` its text."""

    start: int
    end: int
    until: datetime
    reason: str
    why: str
    court_order: str
    proposal_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealView:
    """An appeal: who asked (None for an asker), what was said, and what a third person decided, "" while nobody has."""

    id: int
    proposal_id: int
    words: str
    by: int | None
    at: datetime
    outcome: str
    answer: str
    decided_by: int | None
    decided_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalView:
    """An act of two people, or one that waits for the second; `code` and `reason` are public.

    undoes     the act that this one takes back, or None
    other      the claim merged into, or the one a split made
    subject    of a withholding: the claim itself ("") or a thing another room knows; `passage` its characters, or None
    questions  of a split: how many it moves
    """

    id: int
    kind: str
    claim_id: int
    undoes: int | None
    other: int | None
    code: str
    reason: str
    subject: str
    passage: tuple[int, int] | None
    court_order: str
    questions: int
    state: str
    proposed_by: int
    proposed_at: datetime
    confirmed_by: int | None
    ended_at: datetime | None
    until: datetime | None
    appeals: tuple[AppealView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """A claim that may be the same as another one: `why` the door or "similar", `probability` 0 to 1."""

    id: int
    claim: int
    wording: str
    near: int
    near_wording: str
    why: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedClaim:
    """A claim in the words that everybody may read."""

    id: int
    wording: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """One claim for its page. Withheld passages are already taken out of `wording`.

    wording_by   a contributor; None while the words are still a question's
    merged_here  all that were merged into it, however many steps away
    leads_to     of a merged claim: where its questions are now
    merged_here  all claims that lead here, in however many steps
    closed_why   the public reason of its closing; `appealable` the act that can be appealed, or None
    acts         everything two people did to it, oldest first
    """

    id: int
    wording: str
    wording_by: int | None
    is_frozen: bool
    language: str
    state: str
    situation: Situation
    opened_at: datetime
    last_asked_at: datetime
    askers: int
    needed_by: date | None
    leads_to: int | None
    merged_here: tuple[int, ...]
    closed_why: str
    appealable: int | None
    translations: tuple[TranslationView, ...]
    topics: tuple[NameView, ...]
    areas: tuple[NameView, ...]
    events: tuple[NameView, ...]
    assignment: AssignmentView | None
    withheld: tuple[Passage, ...]
    acts: tuple[ProposalView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedClaim:
    """The claim that a question waits under, as its asker sees it: `others` ask the same."""

    id: int
    situation: Situation
    others: int
    why: str
    appealable: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a claim stands where it does in the queue.

    asked_by: how many · growing: times the day before · waiting_days: days · needed_by: the day · event: its number
    """

    kind: ReasonKind
    value: int | float | date


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One claim in the queue, with the reasons for its place, weightiest first; nobody asked a prebunk."""

    claim_id: int
    wording: str
    language: str
    state: str
    need: int
    askers: int
    opened_at: datetime
    reasons: tuple[Reason, ...]
    assignment: AssignmentView | None
    is_prebunk: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """One page of the queue; `has_more` when another follows."""

    rows: tuple[QueueRow, ...]
    number: int
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedClaim:
    """A claim in a list of an event's, or of what was asked."""

    id: int
    wording: str
    language: str
    situation: Situation
    askers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EventClaims:
    """One page of an event's claims; `has_more` when another follows."""

    items: tuple[ListedClaim, ...]
    number: int
    has_more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaView:
    """A node of the tree of areas."""

    code: str
    kind: str
    name_vi: str
    name_en: str
    parent: str
    children: tuple["AreaView", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """An official source of an event; it counts once `confirmed_by` is somebody."""

    id: int
    about: str
    title: str
    address: str
    words: str
    pinned_by: int
    pinned_at: datetime
    confirmed_by: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRuleView:
    """A rule of evidence: its official hosts, who proposed it, and since when it holds; None while it waits."""

    hosts: tuple[str, ...]
    proposed_by: int
    confirmed_by: int | None
    declared_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventView:
    """An event for its page."""

    id: int
    kind: str
    name_vi: str
    name_en: str
    starts: datetime
    ends: datetime
    is_running: bool
    areas: tuple[NameView, ...]
    sources: tuple[SourceView, ...]
    claims: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeView:
    """Something coordinators should see: `asks` of one claim in a short time."""

    id: int
    kind: str
    claim_id: int
    wording: str
    asks: int
    at: datetime

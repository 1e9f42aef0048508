"""What a document needs to know of a review: plain frozen values, filled by the room that holds the review.

A `Wording` holds what is said in Vietnamese, in English, or in both.  What the desk says by itself exists in both; what
people wrote exists in the language they wrote it in, and the other document shows it as it is and says so.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from thuchu.documents.plain import plain
from thuchu.documents.tree import Language, Text, Told

Method = Literal["consent", "show_of_hands", "secret"]
Phase = Literal["draft", "out", "final"]
FigureClass = Literal["public", "attested"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The same thing said in one language or both; "" where a language lacks it."""

    vi: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(plain(self.vi) or plain(self.en))

    def to(self, language: Language) -> Text:
        """In the document's language where there is one, else as it was written."""
        own, other = (self.en, self.vi) if language == "en" else (self.vi, self.en)
        if plain(own) or not plain(other):
            return own
        return Told(other, "vi" if language == "en" else "en")


@dataclass(frozen=True, slots=True, kw_only=True)
class DataTable:
    """The numbers behind a chart."""

    caption: Wording
    columns: tuple[Wording, ...]
    rows: tuple[tuple[Wording | int | date | None, ...], ...]
    widths: tuple[int, ...]
    rest_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartPaper:
    """svg  one picture a language, since words stand in it; see `tree.Chart`"""

    svg: Wording
    alt: Wording
    table: DataTable


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePaper:
    """One frozen figure in words (REVIEWS B3.2).  An empty wording says that there is none: it leaves no gap.

    value        "71 %", "26 giờ", "quá ít để nói"
    interval     "từ 61 đến 74 trên 100"
    sees         one sentence: what there is to see; stands under the chart
    tables       its parts, where there are some that no chart shows
    """

    key: str
    label: Wording
    value: Wording
    sees: Wording
    method: Wording
    figure_class: FigureClass
    interval: Wording = Wording()
    numerator: int | None = None
    denominator: int | None = None
    last_quarter: Wording = Wording()
    change: Wording = Wording()
    chart: ChartPaper | None = None
    tables: tuple[DataTable, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendancePaper:
    """Who took part, by role and organisation.  The public is one row with a number, None where it is a small one.

    name_shown  what the person typed for this meeting, or ""
    """

    role: Wording
    presence: Wording
    organisation: Wording = Wording()
    name_shown: str = ""
    people: int | None = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionPaper:
    """votes  for, against, without an opinion; None where nobody counted"""

    number: str
    text: Wording
    method: Method
    outcome: Wording
    votes: tuple[int, int, int] | None = None
    reasons_against: tuple[Wording, ...] = ()
    takes_effect: date | None = None
    supersedes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentPaper:
    """carried_over  it comes from an earlier review; else it is one of this meeting"""

    number: str
    text: Wording
    owner: Wording
    due: date
    original_due: date
    measure: Wording
    state: Wording
    timeliness: Wording
    carried_over: bool
    helpers: tuple[Wording, ...] = ()
    evidence: Wording = Wording()
    last_update: Wording = Wording()
    updated_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaPaper:
    """One item as the meeting went; `resolutions` are numbers of what was resolved under it."""

    title: Wording
    minutes: tuple[Wording, ...] = ()
    proposed_by: Wording = Wording()
    resolutions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionPaper:
    text: Wording
    by_role: Wording
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionPaper:
    """What the desk had said otherwise.  told: how many heard the new answer; None where it isn't shown."""

    about: Wording
    before: Wording
    after: Wording
    on: date
    told: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InquiryPaper:
    """answer  word for word; `source` says which paper of which day it stands in, and is there when `answer` is"""

    number: str
    organisation: Wording
    question: Wording
    sent_on: date
    due_on: date
    state: Wording
    answer: Wording = Wording()
    source: Wording = Wording()


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentPaper:
    what: Wording
    before: Wording
    after: Wording
    why: Wording
    on: date
    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPaper:
    """A review as its documents tell it; times are aware and already those of the readers' clock.

    period            first day and last day, both inside
    quarter           "Quý 1/2026", "first quarter of 2026"
    seat              where it is signed: "Cam Lộ"; empty where nobody said
    address           of the review's page, whole
    register_csv      address of all commitments as CSV
    dated             when these editions are made for: the only time in the files
    is_draft          the review isn't published yet: page 1 says so
    as_of             day of which the states of commitments tell
    national_heading  only where the host is entitled to it; off unless it says so (DESIGN rule 11)
    """

    slug: str
    desk: Wording
    area: Wording
    seat: Wording
    quarter: Wording
    period: tuple[date, date]
    address: str
    register_csv: str
    dated: datetime
    as_of: date
    began: datetime
    place: Wording
    ledger_number: int
    ledger_hash: str
    snapshot_hash: str
    definitions: str
    code: str
    chair: AttendancePaper
    secretary: AttendancePaper
    phase: Phase
    ended: datetime | None = None
    corrections_until: date | None = None
    is_quorate: bool = True
    attendance: tuple[AttendancePaper, ...] = ()
    summary: tuple[Wording, ...] = ()
    figures: tuple[FigurePaper, ...] = ()
    difficulties: tuple[Wording, ...] = ()
    next_quarter: tuple[Wording, ...] = ()
    assessment: tuple[Wording, ...] = ()
    follow_up: tuple[Wording, ...] = ()
    agenda: tuple[AgendaPaper, ...] = ()
    resolutions: tuple[ResolutionPaper, ...] = ()
    commitments: tuple[CommitmentPaper, ...] = ()
    objections: tuple[ObjectionPaper, ...] = ()
    corrections: tuple[CorrectionPaper, ...] = ()
    inquiries: tuple[InquiryPaper, ...] = ()
    amendments: tuple[AmendmentPaper, ...] = ()
    national_heading: bool = False
    is_draft: bool = False
    is_quarterly: bool = True

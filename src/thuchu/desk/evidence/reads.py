"""What other rooms and pages may ask of evidence: words that were scrubbed, numbers, digests; never a byte captured."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from thuchu.desk.evidence.models import FETCHED, REFUSED, Capture, CaptureRequest, Check, Quote
from thuchu.desk.evidence.quotes import SCORE_EXACT
from thuchu.desk.evidence.refusals import BY_CODE, CaptureStopped, EvidenceRefused
from thuchu.links import NotAnAddress, parse_address
from thuchu.rounds.evidence import chain_of

# Ten notes' worth: who gathers more has lost sight of it.
GATHERED_SHOWN_MAX = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceView:
    """One piece of evidence as the public sees it.

    address        where it can be opened; "" for an upload whose place nobody said
    sentence       the page's own words, scrubbed; "" where there is only a `description`
    before, after  what stands around the sentence, at most 200 characters each
    description    what a picture shows, in the contributor's words
    how            "fetched" by the desk, or "uploaded" by the contributor under `upload_name`
    digest         SHA-256 of the bytes kept
    rot            how the source stood at the last look, `rot_since` and `rot_seen`; "" where nobody looks (an upload)
    moved_to       the page's new address, where it moved
    quote_differs  the contributor's words were only like the page's
    """

    number: int
    capture: int
    address: str
    host: str
    title: str
    sentence: str
    before: str
    after: str
    description: str
    fetched_at: datetime
    how: str
    upload_name: str
    media_type: str
    size_bytes: int
    digest: str
    quote_differs: bool
    rot: str
    rot_since: datetime | None
    rot_seen: datetime | None
    moved_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestView:
    """How far a requested capture is.

    subject   what it is gathered for; address is "" for an upload whose place nobody said
    state     "waiting" | "fetching" | "ready": `evidence` is its number | "refused": `refusal` says why, and what to do
    """

    number: int
    subject: str
    address: str
    quote: str
    description: str
    state: str
    evidence: int | None
    refusal: EvidenceRefused | None
    created_at: datetime


def evidence(number: int) -> EvidenceView | None:
    """The evidence of that number; None when there is none."""
    return evidences([number]).get(number)


def evidences(numbers: Iterable[int]) -> dict[int, EvidenceView]:
    """Evidence by number, two queries for any count; unknown numbers are left out."""
    standing = Prefetch("checks", queryset=Check.objects.filter(until=None), to_attr="standing")
    rows = Quote.objects.filter(pk__in=list(numbers)).select_related("capture__source").prefetch_related(standing)
    return {row.pk: _view(row) for row in rows}


def hosts_of(numbers: Sequence[int]) -> list[list[str]]:
    """For each piece, in this order, the digests of the host it was fetched from and of those above it.

    None for an upload: who brought it says where it is from, and nobody looked.
    """
    found = evidences(numbers)
    return [_chain(found[number]) for number in numbers]


def _chain(piece: EvidenceView) -> list[str]:
    if piece.how != FETCHED:
        return []
    try:
        place = parse_address(piece.address)
    except NotAnAddress:
        return []
    return chain_of(place.host, place.registrable_domain)


def request(number: int, *, by: int) -> RequestView | None:
    """The request of that number, for whom it belongs to; None for anybody else."""
    row = CaptureRequest.objects.filter(pk=number, by=by).first()
    return _request(row) if row else None


def gathered(*, by: int, subject: str = "") -> tuple[RequestView, ...]:
    """What one person gathered, for `subject` or for anything, in the order they asked; at most GATHERED_SHOWN_MAX."""
    rows = CaptureRequest.objects.filter(by=by).exclude(subject="")
    if subject:
        rows = rows.filter(subject=subject)
    return tuple(_request(row) for row in rows.order_by("pk")[:GATHERED_SHOWN_MAX])


def _request(row: CaptureRequest) -> RequestView:
    refusal = BY_CODE.get(row.refusal_code, CaptureStopped)
    return RequestView(
        number=row.pk,
        subject=row.subject,
        address=row.address,
        quote=row.quote,
        description=row.description,
        state=row.state,
        evidence=row.evidence_id,
        refusal=refusal(**row.refusal_values) if row.state == REFUSED else None,
        created_at=row.created_at,
    )


def _view(row: Quote) -> EvidenceView:
    capture: Capture = row.capture
    standing: list[Check] = getattr(row, "standing", [])
    check = standing[0] if standing else None
    return EvidenceView(
        number=row.pk,
        capture=capture.pk,
        address=capture.source.address if capture.source else "",
        host=capture.source.host if capture.source else "",
        title=capture.title,
        sentence=row.exact,
        before=row.before,
        after=row.after,
        description=row.description,
        fetched_at=capture.fetched_at,
        how=capture.how,
        upload_name=capture.upload_name,
        media_type=capture.media_type,
        size_bytes=capture.size_bytes,
        digest=capture.digest,
        quote_differs=row.score is not None and row.score < SCORE_EXACT,
        rot=check.state if check else "",
        rot_since=check.since if check else None,
        rot_seen=check.seen_at if check else None,
        moved_to=check.moved_to if check else "",
    )

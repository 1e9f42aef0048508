"""Asking for a capture and being told of it: the contributor's page doesn't wait for a slow site, a worker does.

What somebody gathers for one thing, such as a note on a claim, stands here from the asking on, whether it waits, was
refused or is ready; so it is still there when they come back.

A row and its job are written in one transaction.  The job fetches; a worker killed in the middle leaves the request
`fetching`, the job comes back, and rows are written once: evidence and the request's end are one transaction.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q, QuerySet

from thuchu.desk.evidence.capture import NO_WORDS, Words, prepare_address, store
from thuchu.desk.evidence.fetch import Wire
from thuchu.desk.evidence.models import (
    DESCRIPTION_CHARS_MAX,
    FETCHING,
    READY,
    REFUSED,
    WAITING,
    CaptureRequest,
)
from thuchu.desk.evidence.quotes import QUOTE_CHARS_MAX
from thuchu.desk.evidence.refusals import (
    CaptureStopped,
    DescriptionTooLong,
    EvidenceRefused,
    QuoteEmpty,
    QuoteTooLong,
    TooManyWaiting,
)
from thuchu.desk.evidence.sources import place_of
from thuchu.desk.evidence.upload import capture_upload
from thuchu.desk.jobs.models import SOON
from thuchu.desk.jobs.queue import by_name
from thuchu.privacy import CleanText, require_clean, restored

# Stands in rows of the queue: never renamed.
CAPTURE_JOB = "evidence.capture"
# One person's pages at once; a note has a handful of sources.
WAITING_MAX = 5
# All tries of a job that always fails take less; whoever still waits then waits for nothing.
STOPPED_HOURS = 6
# A contributor comes back to a draft within the week; the evidence itself stays.
ENDED_DAYS = 7

_LIVE = Q(state__in=(WAITING, FETCHING))


def request_capture(
    address: str, quote: CleanText, *, by: int, now: datetime, description: CleanText = NO_WORDS, subject: str = ""
) -> int:
    """Write down that a worker shall fetch `address`; gives back the request's number.

    subject  what it is gathered for, such as "claim:12"
    The same request while one waits is that one.
    raises  EvidenceRefused at once for what can be told without fetching
    """
    place = place_of(address)
    words = {
        "quote": _short_quote(quote, description),
        "description": _short_description(description),
        "subject": subject,
    }
    with transaction.atomic():
        mine = CaptureRequest.objects.filter(_LIVE, by=by)
        same = mine.filter(address=place.address, **words).first()
        if same:
            return same.pk
        if mine.count() >= WAITING_MAX:
            raise TooManyWaiting(most=WAITING_MAX)
        row = CaptureRequest.objects.create(address=place.address, by=by, created_at=now, changed_at=now, **words)
        by_name(CAPTURE_JOB).using(key=f"capture:{row.pk}", priority=SOON, now=now).enqueue(row.pk)
    return row.pk


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A file that a contributor uploads, its name, and where they say it stood ("" where they don't)."""

    body: bytes
    name: CleanText
    address: str = ""


def keep_upload(copy: Copy, words: Words, *, by: int, subject: str, now: datetime, home: Path) -> int:
    """Keep an uploaded copy at once, among what was gathered for `subject`; gives back the request's number.

    raises  as `upload.capture_upload`; then nothing was gathered
    """
    quote, description = require_clean(words.quote), require_clean(words.description)
    evidence = capture_upload(
        copy.body, copy.name, quote, by=by, now=now, home=home, address=copy.address, description=description
    )
    # Stopped here: evidence that nobody gathered; the same upload finds it again.
    with transaction.atomic():
        row = CaptureRequest.objects.create(
            # Of a picture the quote isn't used, however long it is.
            quote=quote.text[:QUOTE_CHARS_MAX],
            description=description.text[:DESCRIPTION_CHARS_MAX],
            by=by,
            subject=subject,
            created_at=now,
            changed_at=now,
        )
        CaptureRequest.objects.filter(pk=row.pk).update(state=READY, evidence=evidence)
    return row.pk


def fetch_requested(number: int, *, now: datetime, wire: Wire, home: Path) -> None:
    """What the job does; a second time nothing: a request that ended, or was forgotten, is left as it is."""
    row = CaptureRequest.objects.filter(_LIVE, pk=number).first()
    if row is None:
        return
    CaptureRequest.objects.filter(pk=number, state=WAITING).update(state=FETCHING, changed_at=now)
    words = Words(quote=restored(row.quote), description=restored(row.description))
    try:
        prepared = prepare_address(row.address, words, wire=wire, home=home)
    except EvidenceRefused as refused:
        _refuse(CaptureRequest.objects.filter(_LIVE, pk=number), refused, now)
        return
    # Stopped here: files without rows, and a request that its job takes up again.
    with transaction.atomic():
        if not CaptureRequest.objects.select_for_update().filter(pk=number, state=FETCHING).exists():
            return
        evidence = store(prepared, by=row.by, now=now)
        CaptureRequest.objects.filter(pk=number).update(state=READY, evidence=evidence, changed_at=now)


def forget_requests(*, now: datetime) -> int:
    """Forget requests that ended long ago, and end those that nobody works on any more; how many were forgotten."""
    stopped = CaptureRequest.objects.filter(_LIVE, created_at__lt=now - timedelta(hours=STOPPED_HOURS))
    _refuse(stopped, CaptureStopped(), now)
    old = CaptureRequest.objects.filter(state__in=(READY, REFUSED), changed_at__lt=now - timedelta(days=ENDED_DAYS))
    count, _ = old.delete()
    return count


def forget_request(number: int, *, by: int) -> None:
    """Its person doesn't want it any more; evidence that came of it stays. A job that still waits finds nothing."""
    CaptureRequest.objects.filter(pk=number, by=by).delete()


def forget_gathered(subject: str, *, by: int) -> None:
    """Forget what one person gathered for one thing: it has what it needed."""
    CaptureRequest.objects.filter(subject=subject, by=by).delete()


def forget_requests_of(by: int) -> int:
    """Forget what one person asked for, when they leave; how many there were. Jobs that still wait find nothing."""
    count, _ = CaptureRequest.objects.filter(by=by).delete()
    return count


def _refuse(rows: QuerySet[CaptureRequest], refused: EvidenceRefused, now: datetime) -> None:
    rows.update(state=REFUSED, refusal_code=refused.code, refusal_values=refused.values, changed_at=now)


def _short_quote(quote: CleanText, description: CleanText) -> str:
    words = require_clean(quote).text
    if not words and not require_clean(description).text:
        raise QuoteEmpty
    if len(words) > QUOTE_CHARS_MAX:
        raise QuoteTooLong(got=len(words), most=QUOTE_CHARS_MAX)
    return words


def _short_description(description: CleanText) -> str:
    words = require_clean(description).text
    if len(words) > DESCRIPTION_CHARS_MAX:
        raise DescriptionTooLong(got=len(words), most=DESCRIPTION_CHARS_MAX)
    return words

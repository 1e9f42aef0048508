"""Capturing: a page is fetched, kept, read, and the sentence that matters is anchored in its scrubbed text.

First the slow part, outside any transaction: `prepare_…` leaves files under their digests and touches no row.  Then
the short one: `store` writes the rows and the entry.  Stopped between the two, files lie there that no row names, and
cleaning takes them a day later.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from thuchu.desk.evidence.fetch import Wire
from thuchu.desk.evidence.models import (
    ALIVE,
    DESCRIPTION_CHARS_MAX,
    FETCHED,
    TITLE_CHARS_MAX,
    Capture,
    Check,
    Quote,
    Source,
)
from thuchu.desk.evidence.quotes import QUOTE_CHARS_MAX, Anchor, anchor, nearest, surroundings
from thuchu.desk.evidence.reading import read_file
from thuchu.desk.evidence.refusals import (
    DescriptionEmpty,
    DescriptionTooLong,
    NotScrubbed,
    QuoteNotFound,
    QuoteOtherwise,
    QuoteTooLong,
)
from thuchu.desk.evidence.snapshot import FOLDER, Snapshots
from thuchu.desk.evidence.sources import Place, place_of
from thuchu.desk.ledger.append import append
from thuchu.privacy import CleanText, ScrubFailed, require_clean, scrub

NO_WORDS = scrub("")
# A page is looked at again a day after it was captured: most corrections of the news come on the first day.
FIRST_CHECK_DAYS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What the contributor chose: a sentence of the page, and, for what has no text, words that say what it shows."""

    quote: CleanText
    description: CleanText = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A capture whose files lie on the disk, before its rows are written.  Every word in it is scrubbed."""

    place: Place | None
    how: str
    status: int
    upload_name: str
    media_type: str
    size_bytes: int
    digest: str
    text_digest: str
    title: str
    anchor: Anchor | None
    before: str
    after: str
    description: str


def capture_address(
    address: str,
    quote: CleanText,
    *,
    by: int,
    now: datetime,
    wire: Wire,
    home: Path,
    description: CleanText = NO_WORDS,
) -> int:
    """Fetch `address`, keep it, and anchor `quote` in it; gives back the evidence's number.

    description  for a picture, or a document of pictures: what it shows; not used where there is text
    the same bytes from the same address are one capture, the same place in them one piece of evidence
    raises       EvidenceRefused with what to do instead; then no row was written
    """
    prepared = prepare_address(address, Words(quote=quote, description=description), wire=wire, home=home)
    with transaction.atomic():
        return store(prepared, by=by, now=now)


def prepare_address(address: str, words: Words, *, wire: Wire, home: Path) -> Prepared:
    """The page on the disk, read and scrubbed, with the sentence found in it; writes no row. Takes up to a minute."""
    page = wire.fetch(place_of(address).address)
    # Where redirects led may be somebody's profile.
    place = place_of(page.final_address)
    return prepare(
        page.body,
        page.content_type,
        page.charset,
        words,
        home=home,
        origin=Origin(place=place, how=FETCHED, status=page.status),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where the bytes came from; `upload_name` is scrubbed."""

    place: Place | None
    how: str
    status: int = 0
    upload_name: str = ""


def prepare(body: bytes, media_type: str, charset: str, words: Words, *, home: Path, origin: Origin) -> Prepared:
    """Bytes read by the child, scrubbed and kept; raises EvidenceRefused before anything is kept."""
    reading = read_file(body, media_type, charset)
    text, title = _scrubbed(reading.text), _scrubbed(reading.title)
    found = _anchored(words.quote, text) if text else None
    description = "" if found else _described(words.description)
    before, after = surroundings(found, text) if found else ("", "")
    # A picture is kept as it was made anew: what its camera wrote into it may say who took it, and where.
    kept = body if reading.picture is None else reading.picture
    snapshots = Snapshots(home / FOLDER)
    return Prepared(
        place=origin.place,
        how=origin.how,
        status=origin.status,
        upload_name=origin.upload_name,
        media_type=media_type if reading.picture is None else "image/jpeg",
        size_bytes=len(kept),
        digest=snapshots.keep(kept),
        text_digest=snapshots.keep(text.encode("utf-8")) if text else "",
        title=title[:TITLE_CHARS_MAX],
        anchor=found,
        before=before,
        after=after,
        description=description,
    )


def store(prepared: Prepared, *, by: int, now: datetime) -> int:
    """The rows and the entry of a prepared capture, inside the caller's transaction; the evidence's number."""
    source = _source(prepared, now) if prepared.place else None
    capture, is_new = Capture.objects.get_or_create(
        source=source,
        digest=prepared.digest,
        how=prepared.how,
        defaults={
            "text_digest": prepared.text_digest,
            "media_type": prepared.media_type,
            "size_bytes": prepared.size_bytes,
            "title": prepared.title,
            "status": prepared.status,
            "upload_name": prepared.upload_name,
            "by": by,
            "fetched_at": now,
        },
    )
    if is_new:
        _append_captured(capture, now)
    quote, is_new = _quote(capture, prepared, now)
    if is_new and prepared.how == FETCHED:
        Check.objects.create(quote=quote, state=ALIVE, since=now, seen_at=now)
    return quote.pk


def _scrubbed(text: str) -> str:
    try:
        return scrub(text).text
    except ScrubFailed:
        raise NotScrubbed from None


def _anchored(quote: CleanText, text: str) -> Anchor:
    """Both are scrubbed, so that a sentence with a telephone number in it is found under the same placeholder."""
    wanted = require_clean(quote).text
    try:
        found = anchor(wanted, text)
    except QuoteNotFound:
        near = nearest(wanted, text)
        if not near:
            raise
        raise QuoteOtherwise(nearest=near) from None
    # A page may put any number of empty lines between two words.
    if len(found.exact) > 2 * QUOTE_CHARS_MAX:
        raise QuoteTooLong(got=len(found.exact), most=QUOTE_CHARS_MAX)
    return found


def _described(description: CleanText) -> str:
    words = require_clean(description).text
    if not any(char.isalpha() for char in words):
        raise DescriptionEmpty
    if len(words) > DESCRIPTION_CHARS_MAX:
        raise DescriptionTooLong(got=len(words), most=DESCRIPTION_CHARS_MAX)
    return words


def _source(prepared: Prepared, now: datetime) -> Source | None:
    place = prepared.place
    if place is None:
        return None
    source, _ = Source.objects.get_or_create(key=place.key, defaults={"address": place.address, "host": place.host})
    if prepared.how == FETCHED and source.next_check_at is None:
        source.next_check_at = now + timedelta(days=FIRST_CHECK_DAYS)
        source.save(update_fields=["next_check_at"])
    return source


def _append_captured(capture: Capture, now: datetime) -> None:
    append(
        "evidence.captured",
        f"capture:{capture.pk}",
        {
            "digest": capture.digest,
            "text_digest": capture.text_digest,
            "how": capture.how,
            "media_type": capture.media_type,
            "size_bytes": capture.size_bytes,
        },
        now=now,
    )


def _quote(capture: Capture, prepared: Prepared, now: datetime) -> tuple[Quote, bool]:
    found = prepared.anchor
    if found is None:
        return Quote.objects.get_or_create(
            capture=capture, start=None, description=prepared.description, defaults={"created_at": now}
        )
    return Quote.objects.get_or_create(
        capture=capture,
        start=found.start,
        end=found.end,
        defaults={
            "exact": found.exact,
            "prefix": found.prefix,
            "suffix": found.suffix,
            "before": prepared.before,
            "after": prepared.after,
            "score": found.score,
            "created_at": now,
        },
    )

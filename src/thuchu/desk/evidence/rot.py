"""The rot monitor: does each source still say what is quoted from it?

A run looks at a few sources, longest due first and no two of one host, so that a host is asked at most once a run.  A
source that stays as it is waits twice as long each time, up to two months; one that changed is looked at again a day
later.  Each source is a transaction of its own: stopped anywhere, the next run goes on, and nothing is marked twice.
Nothing is kept of what a look brings: the capture of the first day is the evidence.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.evidence.fetch import Fetched, Wire
from thuchu.desk.evidence.models import (
    ALIVE,
    CHANGED,
    FETCHED,
    GONE,
    MOVED,
    ROTTEN,
    UNREACHABLE,
    Check,
    Quote,
    Source,
)
from thuchu.desk.evidence.quotes import Anchor, reanchor
from thuchu.desk.evidence.reading import read_file
from thuchu.desk.evidence.refusals import (
    EvidenceRefused,
    NotReadable,
    NotServed,
    PictureTooLarge,
    QuoteNotFound,
    TooLarge,
    TypeRefused,
)
from thuchu.desk.evidence.sources import Place, place_of
from thuchu.desk.ledger.append import append
from thuchu.privacy import ScrubFailed, scrub

# With a run every five minutes 1,440 looks a day: enough for 90,000 sources at their longest wait. A look takes at most
# 35 seconds, and whoever waits for a page of theirs waits behind a run: three minutes at the very worst.
SOURCES_A_RUN = 5
FIRST_WAIT_DAYS = 1
WAIT_DAYS_MAX = 64
# A site may be down for a night, or be afraid of us for a day; on the third day in a row its readers should know.
MISSES_MAX = 3
# The site's own words for "there is no such page".
_GONE_STATUSES = frozenset({404, 410})
# A page came, and it is no longer one that could say the sentence.
_OTHER_THINGS = (TypeRefused, TooLarge, NotReadable, PictureTooLarge)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A page that came: its text, scrubbed as the captured one was, the digest that a capture of it would have."""

    place: Place
    text: str
    digest: str


# GONE, CHANGED or UNREACHABLE where no page came that could be compared.
Look = Seen | str


def look_again(
    *, now: datetime, wire: Wire, most: int = SOURCES_A_RUN, is_stopping: Callable[[], bool] = lambda: False
) -> int:
    """Look at the sources that are due, at most `most`, one a host; gives back how many were looked at."""
    asked: list[str] = []
    while len(asked) < most and not is_stopping():
        due = Source.objects.filter(next_check_at__lte=now).exclude(host__in=asked)
        source = due.order_by("next_check_at", "pk").first()
        if source is None:
            break
        asked.append(source.host)
        look = _look(source, wire)
        # Stopped here: nothing was marked, and the source is still due.
        with transaction.atomic():
            _mark_source(source, look, now)
    return len(asked)


def _look(source: Source, wire: Wire) -> Look:
    try:
        return _seen(wire.fetch(source.address))
    except NotServed as refused:
        return GONE if refused.values["status"] in _GONE_STATUSES else UNREACHABLE
    except _OTHER_THINGS:
        return CHANGED
    except (EvidenceRefused, ScrubFailed):
        return UNREACHABLE


def _seen(page: Fetched) -> Seen:
    place = place_of(page.final_address)
    reading = read_file(page.body, page.content_type, page.charset)
    kept = page.body if reading.picture is None else reading.picture
    return Seen(place=place, text=scrub(reading.text).text, digest=hashlib.sha256(kept).hexdigest())


def _mark_source(seen_before: Source, look: Look, now: datetime) -> None:
    due = Source.objects.select_for_update().filter(pk=seen_before.pk, next_check_at=seen_before.next_check_at)
    source = due.first()
    if source is None:  # another worker was faster
        return
    source.misses = source.misses + 1 if look == UNREACHABLE else 0
    is_sure = look != UNREACHABLE or source.misses >= MISSES_MAX
    has_changed = is_sure and _mark_quotes(source, look, now)
    is_calm = is_sure and not has_changed
    source.check_every_days = min(2 * source.check_every_days, WAIT_DAYS_MAX) if is_calm else FIRST_WAIT_DAYS
    source.next_check_at = now + timedelta(days=source.check_every_days)
    source.save(update_fields=["misses", "check_every_days", "next_check_at"])


def _mark_quotes(source: Source, look: Look, now: datetime) -> bool:
    """Whether any quote of the source stands otherwise than before."""
    quotes = Quote.objects.filter(capture__source=source, capture__how=FETCHED).select_related("capture").order_by("pk")
    return any(_changes(quotes, source, look, now))


def _changes(quotes: Iterable[Quote], source: Source, look: Look, now: datetime) -> list[bool]:
    return [_mark(quote, *_state(quote, source, look), now) for quote in quotes]


def _state(quote: Quote, source: Source, look: Look) -> tuple[str, str]:
    """The quote's state, and the new address where it moved."""
    if isinstance(look, str):
        return look, ""
    if not _still_says(quote, look):
        return CHANGED, ""
    if look.place.key != source.key:
        return MOVED, look.place.address
    return ALIVE, ""


def _still_says(quote: Quote, look: Seen) -> bool:
    """Word for word: one "not" more is another sentence, however alike the two are."""
    if quote.start is None or quote.end is None:
        return look.digest == quote.capture.digest
    old = Anchor(
        exact=quote.exact, prefix=quote.prefix, suffix=quote.suffix, start=quote.start, end=quote.end, score=100.0
    )
    try:
        return not reanchor(old, look.text).differs
    except QuoteNotFound:
        return False


def _mark(quote: Quote, state: str, moved_to: str, now: datetime) -> bool:
    """Whether the quote stands otherwise than before; then a row and, where it rotted or recovered, an entry say so."""
    standing = Check.objects.filter(quote=quote, until=None)
    before = standing.values_list("state", flat=True).first() or ""
    if before == state:
        standing.update(seen_at=now, moved_to=moved_to)
        return False
    standing.update(until=now)
    Check.objects.create(quote=quote, state=state, before=before, since=now, seen_at=now, moved_to=moved_to)
    body = {"state": state, "before": before}
    if state in ROTTEN:
        append("evidence.rotted", f"evidence:{quote.pk}", body, now=now)
    elif before in ROTTEN:
        append("evidence.recovered", f"evidence:{quote.pk}", body, now=now)
    return True

"""Another sentence of a page that is captured already: nothing is fetched, the kept text is read again."""

from datetime import datetime
from pathlib import Path

from django.db import transaction

from thuchu.desk.evidence.models import ALIVE, FETCHED, Check, Quote
from thuchu.desk.evidence.quotes import QUOTE_CHARS_MAX, anchor, surroundings
from thuchu.desk.evidence.refusals import QuoteEmpty, QuoteNotFound, QuoteTooLong
from thuchu.desk.evidence.snapshot import FOLDER, Snapshots
from thuchu.privacy import CleanText, require_clean


def quote_again(evidence: int, quote: CleanText, *, now: datetime, home: Path) -> int:
    """Anchor another sentence in the capture that a piece of evidence stands in; gives back the new one's number.

    The same sentence is the same piece of evidence.
    raises  QuoteEmpty, QuoteTooLong, QuoteNotFound (also where there is no such evidence, or it holds no text)
    """
    wanted = require_clean(quote).text
    if not wanted:
        raise QuoteEmpty
    if len(wanted) > QUOTE_CHARS_MAX:
        raise QuoteTooLong(got=len(wanted), most=QUOTE_CHARS_MAX)
    row = Quote.objects.filter(pk=evidence).select_related("capture").first()
    if row is None or not row.capture.text_digest:
        raise QuoteNotFound
    text = Snapshots(home / FOLDER).read(row.capture.text_digest).decode("utf-8")
    found = anchor(wanted, text)
    before, after = surroundings(found, text)
    with transaction.atomic():
        fresh, is_new = Quote.objects.get_or_create(
            capture=row.capture,
            start=found.start,
            end=found.end,
            defaults={
                "exact": found.exact,
                "prefix": found.prefix,
                "suffix": found.suffix,
                "before": before,
                "after": after,
                "score": found.score,
                "created_at": now,
            },
        )
        if is_new and row.capture.how == FETCHED:
            _stands_like(row, fresh, now)
    return int(fresh.pk)


def _stands_like(known: Quote, fresh: Quote, now: datetime) -> None:
    """How a source stood at the last look holds for a new sentence of it, too: nobody has looked since."""
    standing = Check.objects.filter(quote=known, until=None).first()
    Check.objects.create(
        quote=fresh,
        state=standing.state if standing else ALIVE,
        since=now,
        seen_at=standing.seen_at if standing else now,
        moved_to=standing.moved_to if standing else "",
    )

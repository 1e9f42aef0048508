"""Taking fact-checks in: batch by batch, each batch a transaction with its ledger entry, so that nothing is half there.

A record is known again by its address and its claim; where exactly one claim at an address has changed, it replaces
the old one and the old words stay as a past version.  The publisher's words are kept; personal data in them is not.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Literal

from django.db import transaction
from django.db.models import Max

from thuchu.claimreview import FactCheckRecord, Outcome, Refusal, Row, Withdrawal, content_digest
from thuchu.desk.ledger.append import append
from thuchu.desk.library.models import FactCheck, PastVersion, Publisher
from thuchu.desk.library.publishers import PublisherRefused, find_or_add
from thuchu.links.address import NotAnAddress, canonical
from thuchu.log.entry import Value
from thuchu.privacy import ScrubFailed, scrub
from thuchu.text.forms import normalise

# Small enough that nobody who asks waits for the write lock, large enough that the ledger isn't flooded.
BATCH_RECORDS = 500
_WORD = re.compile(r"\w+")

Result = Literal["added", "replaced", "withdrawn", "unchanged", "refused"]
RESULTS: tuple[Result, ...] = ("added", "replaced", "withdrawn", "unchanged", "refused")


@dataclass(slots=True)
class Tally:
    """How an import went: a count an outcome, and every refusal with its place and reason."""

    counts: Counter[str] = field(default_factory=Counter)
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, refusal: Refusal) -> None:
        """Count and keep one refusal."""
        self.counts["refused"] += 1
        self.refusals.append(refusal)


@dataclass(slots=True)
class _Run:
    """What one import remembers between its batches."""

    tally: Tally
    publisher: Publisher | None
    file: str
    file_sha256: str
    now: datetime
    touched: dict[int, str] = field(default_factory=dict)
    publishers: dict[str, Publisher] = field(default_factory=dict)


def import_rows(
    rows: Iterable[Outcome], *, publisher: Publisher | None, file: str, file_sha256: str, now: datetime
) -> Iterator[Tally]:
    """Take rows in, batch by batch; yields the same growing Tally after each committed batch.

    publisher  whose records these are; None: each record's own publisher, by name
    """
    run = _Run(Tally(), publisher, file, file_sha256, now)
    stream = iter(rows)
    while batch := list(islice(stream, BATCH_RECORDS)):
        _take_batch(batch, run)
        yield run.tally


def _take_batch(batch: Sequence[Outcome], run: _Run) -> None:
    before = Counter(run.tally.counts)
    refusals = len(run.tally.refusals)
    try:
        with transaction.atomic():
            _write_batch(batch, run, before)
    except BaseException:
        # The transaction is undone, so the count of what it did must be, too.
        run.tally.counts = before
        del run.tally.refusals[refusals:]
        raise


def _write_batch(batch: Sequence[Outcome], run: _Run, before: Counter[str]) -> None:
    rows = _readable(batch, run)
    existing = _existing(key for _, _, key in rows)
    incoming = Counter((key, claim_digest(record.claim)) for _, record, key in rows)
    number = (FactCheck.objects.aggregate(last=Max("change"))["last"] or 0) + 1
    changed: list[str] = []
    for row, record, key in rows:
        outcome = _take(row, record, key, existing, incoming, run, number + len(changed))
        run.tally.counts[outcome] += 1
        if outcome in ("added", "replaced", "withdrawn"):
            changed.append(content_digest(record))
    for item in batch:
        if isinstance(item, Withdrawal):
            changed += _take_back(item, run, number + len(changed))
    difference = run.tally.counts - before
    if changed or difference["refused"]:
        _enter(difference, changed, run)


def _readable(batch: Sequence[Outcome], run: _Run) -> list[tuple[Row, FactCheckRecord, str]]:
    rows = []
    for item in batch:
        if isinstance(item, Refusal):
            run.tally.refuse(item)
        if not isinstance(item, Row):
            continue
        try:
            record = scrubbed(item.record)
        except ScrubFailed:
            reason = "its text could not be searched for personal data, so it isn't kept"
            run.tally.refuse(Refusal(file=run.file, line=item.line, field="claimReviewed", reason=reason))
            continue
        rows.append((item, record, address_key(record.url)))
    return rows


def _existing(keys: Iterable[str]) -> dict[str, list[FactCheck]]:
    found: dict[str, list[FactCheck]] = {}
    for fact_check in FactCheck.objects.filter(url_key__in=set(keys)).order_by("pk").select_related("publisher"):
        found.setdefault(fact_check.url_key, []).append(fact_check)
    return found


def _take(
    row: Row,
    record: FactCheckRecord,
    key: str,
    existing: dict[str, list[FactCheck]],
    incoming: Counter[tuple[str, str]],
    run: _Run,
    number: int,
) -> Result:
    publisher = run.publisher or _publisher_named(record.publisher, run)
    if publisher is None:
        return _refused(row, "publisher", "names no publisher; say whose it is with --publisher", run)
    claim = claim_digest(record.claim)
    here = existing.setdefault(key, [])
    known = _same_or_replaced(here, claim, key, incoming, run)
    if known is None:
        known = _new(record, key, claim, publisher, number, run.now)
        here.append(known)
        run.touched[known.pk] = known.content_digest
        return "withdrawn" if known.state == FactCheck.WITHDRAWN else "added"
    digest = content_digest(record)
    if objection := _objection(known, publisher, digest, run):
        return _refused(row, *objection, run)
    run.touched[known.pk] = digest
    return "unchanged" if known.content_digest == digest else _replace(known, record, key, claim, number, run.now)


def _objection(known: FactCheck, publisher: Publisher, digest: str, run: _Run) -> tuple[str, str] | None:
    """Why a record may not touch the one that is here: (field, reason), or None."""
    if known.publisher_id != publisher.pk:
        return "url", f"this claim at this address is here as {known.publisher.name}'s; import it with that publisher"
    if run.touched.get(known.pk, digest) != digest:
        return "claimReviewed", "the same claim at the same address stands twice in this file; the first one is taken"
    if known.withdrawn_by == "desk":
        return "url", f"withdrawn on this desk: {known.withdrawn_reason}"
    return None


def _same_or_replaced(
    here: list[FactCheck], claim: str, key: str, incoming: Counter[tuple[str, str]], run: _Run
) -> FactCheck | None:
    for fact_check in here:
        if fact_check.claim_digest == claim:
            return fact_check
    old = [f for f in here if f.pk not in run.touched and not incoming[key, f.claim_digest]]
    new = sum(1 for (address, _) in incoming if address == key) - sum(1 for f in here if incoming[key, f.claim_digest])
    return old[0] if len(old) == 1 and new == 1 else None


def _publisher_named(name: str, run: _Run) -> Publisher | None:
    if not name.strip():
        return None
    if name not in run.publishers:
        try:
            run.publishers[name] = find_or_add(name, now=run.now)
        except PublisherRefused:
            return None
    return run.publishers[name]


def _refused(row: Row, field_name: str, reason: str, run: _Run) -> Result:
    # The caller counts the outcome; only the place and the reason are kept here.
    run.tally.refusals.append(Refusal(file=run.file, line=row.line, field=field_name, reason=reason))
    return "refused"


def _fields(record: FactCheckRecord, now: datetime) -> dict[str, object]:
    withdrawn = record.date_deleted is not None
    return {
        "url": record.url,
        "claim": record.claim,
        "title": record.title,
        "verdict_words": record.verdict_words,
        "verdict": str(record.verdict) if record.verdict else None,
        "explanation": record.explanation,
        "language": record.language,
        "date_published": record.date_published,
        "date_modified": record.date_modified,
        "appearances": list(record.appearances),
        "citations": list(record.citations),
        "licence": record.licence,
        "content_digest": content_digest(record),
        "state": FactCheck.WITHDRAWN if withdrawn else FactCheck.CURRENT,
        "withdrawn_at": now if withdrawn else None,
        "withdrawn_by": "feed" if withdrawn else "",
        "updated_at": now,
    }


def _new(record: FactCheckRecord, key: str, claim: str, publisher: Publisher, number: int, now: datetime) -> FactCheck:
    return FactCheck.objects.create(
        public_id=_free_public_id(key, claim),
        publisher=publisher,
        url_key=key,
        claim_digest=claim,
        imported_at=now,
        change=number,
        **_fields(record, now),
    )


def _free_public_id(key: str, claim: str) -> str:
    # A claim that was replaced and comes back as another record finds its first name taken.
    for again in range(100):
        name = public_id(key, f"{claim} {again}" if again else claim)
        if not FactCheck.objects.filter(public_id=name).exists():
            return name
    raise RuntimeError(f"no free name for a claim at {key}")


def _replace(known: FactCheck, record: FactCheckRecord, key: str, claim: str, number: int, now: datetime) -> Result:
    PastVersion.objects.create(
        fact_check=known,
        until=now,
        claim=known.claim,
        title=known.title,
        verdict=known.verdict,
        verdict_words=known.verdict_words,
        explanation=known.explanation,
    )
    for name, value in {**_fields(record, now), "url_key": key, "claim_digest": claim, "change": number}.items():
        setattr(known, name, value)
    known.save()
    return "withdrawn" if known.state == FactCheck.WITHDRAWN else "replaced"


def _take_back(withdrawal: Withdrawal, run: _Run, number: int) -> list[str]:
    """Withdraw what the publisher takes back under an address; another publisher's record there stays."""
    rows = FactCheck.objects.filter(url_key=address_key(withdrawal.url), state=FactCheck.CURRENT)
    if run.publisher is not None:
        rows = rows.filter(publisher=run.publisher)
    digests: list[str] = []
    for row in rows.order_by("pk"):
        row.state, row.withdrawn_by, row.withdrawn_at = FactCheck.WITHDRAWN, "feed", run.now
        row.change, row.updated_at = number + len(digests), run.now
        row.save()
        digests.append(row.content_digest)
    run.tally.counts["withdrawn" if digests else "unchanged"] += len(digests) or 1
    return digests


def _enter(difference: Counter[str], changed: Sequence[str], run: _Run) -> None:
    digest = hashlib.sha256("\n".join(changed).encode()).hexdigest()
    body: dict[str, Value] = {name: difference[name] for name in RESULTS}
    subject = f"publisher:{run.publisher.pk}" if run.publisher else "publishers named in the file"
    append("fact_checks.imported", subject, body | {"digest": digest, "file_sha256": run.file_sha256}, now=run.now)


def scrubbed(record: FactCheckRecord) -> FactCheckRecord:
    """`record` with personal data in its texts covered, as in everything the desk keeps (rule 2)."""
    return replace(
        record,
        claim=scrub(record.claim).text,
        title=scrub(record.title).text,
        explanation=scrub(record.explanation).text,
    )


def claim_digest(claim: str) -> str:
    """The name of a claim whatever its case, punctuation and spacing (accents count): 64 hexadecimal digits."""
    return hashlib.sha256(" ".join(_WORD.findall(normalise(claim).casefold())).encode()).hexdigest()


def address_key(url: str) -> str:
    """The canonical form of a record's address: the same page however it was written."""
    try:
        return canonical(url)
    except NotAnAddress:
        return url


def public_id(key: str, claim: str) -> str:
    """The permanent name of a fact-check: 12 letters and digits (60 bits) from its first address and claim."""
    number = int.from_bytes(hashlib.blake2b(f"{key}\n{claim}".encode(), digest_size=8).digest()) >> 4
    letters = "0123456789abcdefghjkmnpqrstvwxyz"
    return "".join(letters[(number >> 5 * place) & 31] for place in range(12))

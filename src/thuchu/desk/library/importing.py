"""Taking fact-checks in: batch by batch, each batch a transaction with its ledger entry, so that nothing is half there.

A record is known again by its address and its claim; where exactly one claim at an address has changed, it replaces
the old one and the old words stay as a past version.  The publisher's words are kept; personal data in them is not.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import Literal

from django.db import transaction

from thuchu.claimreview import FactCheckRecord, Outcome, Refusal, Row, Withdrawal, content_digest
from thuchu.desk.ledger.append import append
from thuchu.desk.library.models import FactCheck, PastVersion, Publisher, PublisherHost
from thuchu.desk.library.publishers import PublisherRefused, PublishersFrozen, find_or_add, host_of, is_on
from thuchu.desk.library.reads import last_change
from thuchu.desk.library.rows import url_of
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


@dataclass(frozen=True, slots=True)
class _Item:
    """Something to take in: a scrubbed record, or (None) a withdrawal of whatever stands at the address."""

    outcome: Row | Withdrawal
    record: FactCheckRecord | None
    key: str


@dataclass(slots=True)
class _Run:
    """What one import remembers between its batches."""

    tally: Tally
    publisher: Publisher | None
    file: str
    file_sha256: str
    now: datetime
    frozen_until: datetime | None
    touched: dict[int, str] = field(default_factory=dict)
    publishers: dict[str, Publisher] = field(default_factory=dict)
    hosts: dict[int, tuple[str, ...]] = field(default_factory=dict)


def import_rows(
    rows: Iterable[Outcome],
    *,
    publisher: Publisher | None,
    file: str,
    file_sha256: str,
    frozen_until: datetime | None,
    now: datetime,
) -> Iterator[Tally]:
    """Take rows in, batch by batch; yields the same growing Tally after each committed batch.

    publisher     whose records these are; None: each record's own publisher, by name
    frozen_until  on an election's last day when it ends: records of publishers who aren't here yet are refused
    """
    run = _Run(Tally(), publisher, file, file_sha256, now, frozen_until)
    stream = iter(rows)
    while batch := list(islice(stream, BATCH_RECORDS)):
        _take_batch(batch, run)
        yield run.tally


def _take_batch(batch: Sequence[Outcome], run: _Run) -> None:
    before = Counter(run.tally.counts)
    refusals = len(run.tally.refusals)
    try:
        # Before the write lock is taken: whoever asks meanwhile waits for writing alone.
        items = _readable(batch, run)
        with transaction.atomic():
            _write_batch(items, run, before)
    except BaseException:
        # The transaction is undone, so the count of what it did must be, too.
        run.tally.counts = before
        del run.tally.refusals[refusals:]
        raise


def _write_batch(items: Sequence[_Item], run: _Run, before: Counter[str]) -> None:
    existing = _existing(item.key for item in items)
    incoming = Counter((item.key, claim_digest(item.record.claim)) for item in items if item.record)
    number = last_change() + 1
    changed: list[str] = []
    for item in items:
        here = existing.setdefault(item.key, [])
        if item.record is None:
            changed += _take_back(item.outcome, here, run, number + len(changed))
            continue
        outcome = _take(item.outcome, item.record, item.key, here, incoming, run, number + len(changed))
        run.tally.counts[outcome] += 1
        if outcome in ("added", "replaced", "withdrawn"):
            changed.append(content_digest(item.record))
    difference = run.tally.counts - before
    if changed or difference["refused"]:
        _enter(difference, changed, run)


def _readable(batch: Sequence[Outcome], run: _Run) -> list[_Item]:
    items = []
    for outcome in batch:
        if isinstance(outcome, Refusal):
            run.tally.refuse(outcome)
        elif isinstance(outcome, Withdrawal):
            items.append(_Item(outcome, None, address_key(outcome.url)))
        else:
            items += _scrubbed_item(outcome, run)
    return items


def _scrubbed_item(row: Row, run: _Run) -> list[_Item]:
    try:
        record = scrubbed(row.record)
        if scrub(record.url).text != normalise(record.url):
            run.tally.refuse(_refusal(row, "url", "holds personal data, such as a phone number", run))
            return []
    except ScrubFailed:
        reason = "its text could not be searched for personal data, so it isn't kept"
        run.tally.refuse(_refusal(row, "claimReviewed", reason, run))
        return []
    return [_Item(row, record, address_key(record.url))]


def _existing(keys: Iterable[str]) -> dict[str, list[FactCheck]]:
    found: dict[str, list[FactCheck]] = {}
    wanted = set(keys)
    for fact_check in FactCheck.objects.filter(url_key__in=wanted).order_by("pk").select_related("publisher"):
        found.setdefault(fact_check.url_key, []).append(fact_check)
    # What was agreed here is known under the desk's address of today, too.
    names = {key.rpartition("/")[2] for key in wanted}
    for fact_check in FactCheck.objects.filter(note__isnull=False, public_id__in=names).select_related("publisher"):
        key = address_key(url_of(fact_check))
        if key in wanted and key != fact_check.url_key:
            found.setdefault(key, []).append(fact_check)
    return found


def _take(
    row: Row | Withdrawal,
    record: FactCheckRecord,
    key: str,
    here: list[FactCheck],
    incoming: Counter[tuple[str, str]],
    run: _Run,
    number: int,
) -> Result:
    try:
        publisher = run.publisher or _publisher_named(record.publisher, run)
    except PublishersFrozen as frozen:
        return _refused(row, "publisher", str(frozen), run)
    if publisher is None:
        return _refused(row, "publisher", "names no publisher; say whose it is with --publisher", run)
    claim = claim_digest(record.claim)
    known = _same_or_replaced(here, claim, key, incoming, run)
    digest = stored_digest(record)
    if known is None:
        known = _new(record, key, claim, publisher, number, run.now)
        here.append(known)
        run.touched[known.pk] = digest
        return "withdrawn" if known.state == FactCheck.WITHDRAWN else "added"
    if objection := _objection(known, record, publisher, digest, run):
        return _refused(row, *objection, run)
    run.touched[known.pk] = digest
    if known.publisher_id == publisher.pk and _says_the_same(known, record, digest):
        return "unchanged"
    known.publisher = publisher
    return _replace(known, record, key, claim, number, run.now)


def _says_the_same(known: FactCheck, record: FactCheckRecord, digest: str) -> bool:
    if record.date_deleted is not None and known.withdrawn_by == "desk":
        # What this desk withdrew stays withdrawn for its own reason.
        return True
    is_withdrawn = known.state == FactCheck.WITHDRAWN
    return known.content_digest == digest and is_withdrawn == (record.date_deleted is not None)


def _objection(
    known: FactCheck, record: FactCheckRecord, publisher: Publisher, digest: str, run: _Run
) -> tuple[str, str] | None:
    """Why a record may not touch the one that is here: (field, reason), or None."""
    if known.note is not None:
        return "url", "people of this desk agreed on it; it changes with their ratings alone"
    if known.publisher_id != publisher.pk and not _is_on_list(record.url, publisher, run):
        return "url", f"this claim at this address is here as {known.publisher.name}'s; import it with that publisher"
    if run.touched.get(known.pk, digest) != digest:
        return "claimReviewed", "the same claim at the same address stands twice in this file; the first one is taken"
    if known.withdrawn_by == "desk" and record.date_deleted is None:
        return "url", f"withdrawn on this desk: {known.withdrawn_reason}"
    return None


def _is_on_list(url: str, publisher: Publisher, run: _Run) -> bool:
    """Is the address one of this publisher's own? No two publishers' lists overlap, so it is then nobody else's."""
    if publisher.pk not in run.hosts:
        hosts = PublisherHost.objects.filter(publisher=publisher).values_list("host", flat=True)
        run.hosts[publisher.pk] = tuple(hosts)
    return is_on(host_of(url), run.hosts[publisher.pk])


def _same_or_replaced(
    here: list[FactCheck], claim: str, key: str, incoming: Counter[tuple[str, str]], run: _Run
) -> FactCheck | None:
    for fact_check in here:
        if fact_check.claim_digest == claim:
            return fact_check
    old = [f for f in here if f.pk not in run.touched and not incoming[key, f.claim_digest]]
    if len(old) != 1:
        # Nearly every record is new at its address; the batch is counted through only for the few that aren't.
        return None
    new = sum(1 for (address, _) in incoming if address == key) - sum(1 for f in here if incoming[key, f.claim_digest])
    return old[0] if new == 1 else None


def _publisher_named(name: str, run: _Run) -> Publisher | None:
    if not name.strip():
        return None
    if name not in run.publishers:
        try:
            run.publishers[name] = find_or_add(name, frozen_until=run.frozen_until, now=run.now)
        except PublishersFrozen:
            raise
        except PublisherRefused:
            return None
    return run.publishers[name]


def _refused(row: Row | Withdrawal, field_name: str, reason: str, run: _Run) -> Result:
    # The caller counts the outcome; only the place and the reason are kept here.
    run.tally.refusals.append(_refusal(row, field_name, reason, run))
    return "refused"


def _refusal(row: Row | Withdrawal, field_name: str, reason: str, run: _Run) -> Refusal:
    return Refusal(file=run.file, line=row.line, path=row.path, field=field_name, reason=reason)


def _fields(record: FactCheckRecord, now: datetime) -> dict[str, object]:
    deleted = record.date_deleted
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
        "content_digest": stored_digest(record),
        "state": FactCheck.WITHDRAWN if deleted else FactCheck.CURRENT,
        "withdrawn_at": _moment(deleted, now) if deleted else None,
        "withdrawn_by": "feed" if deleted else "",
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


def _take_back(withdrawal: Row | Withdrawal, here: Sequence[FactCheck], run: _Run, number: int) -> list[str]:
    """Withdraw what the publisher takes back under an address; another publisher's record there stays."""
    digests: list[str] = []
    for row in here:
        if row.state != FactCheck.CURRENT or row.note is not None or run.publisher not in (None, row.publisher):
            continue
        row.state, row.withdrawn_by = FactCheck.WITHDRAWN, "feed"
        row.withdrawn_at = _moment(withdrawal.date_deleted, run.now) if isinstance(withdrawal, Withdrawal) else run.now
        row.change, row.updated_at = number + len(digests), run.now
        row.save()
        digests.append(row.content_digest)
    run.tally.counts["withdrawn" if digests else "unchanged"] += len(digests) or 1
    return digests


def _moment(day: date, now: datetime) -> datetime:
    """When a publisher took something back, by its own date; never in the future."""
    return min(datetime.combine(day, time(), UTC), now)


def _enter(difference: Counter[str], changed: Sequence[str], run: _Run) -> None:
    digest = hashlib.sha256("\n".join(changed).encode()).hexdigest()
    body: dict[str, Value] = {name: difference[name] for name in RESULTS}
    subject = f"publisher:{run.publisher.pk}" if run.publisher else "publishers named in the file"
    append("fact_checks.imported", subject, body | {"digest": digest, "file_sha256": run.file_sha256}, now=run.now)


def scrubbed(record: FactCheckRecord) -> FactCheckRecord:
    """`record` with personal data covered in everything it says, as in all that the desk keeps (rule 2).

    Addresses with personal data in them are left out: covered, they would lead nowhere.
    """
    return replace(
        record,
        claim=scrub(record.claim).text,
        title=scrub(record.title).text,
        publisher=scrub(record.publisher).text,
        verdict_words=scrub(record.verdict_words).text,
        explanation=scrub(record.explanation).text,
        licence=scrub(record.licence).text,
        appearances=_impersonal(record.appearances),
        citations=_impersonal(record.citations),
    )


def _impersonal(addresses: Sequence[str]) -> tuple[str, ...]:
    return tuple(address for address in addresses if scrub(address).text == normalise(address))


def stored_digest(record: FactCheckRecord) -> str:
    """What a row keeps to see whether a record says anything new; whether it is withdrawn stands in its state."""
    return content_digest(replace(record, date_deleted=None, publisher=""))


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

"""Files and rows of captures kept together: files that no row names go, rows whose file is missing are told."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path

from django.db.models import QuerySet

from thuchu.desk.evidence.models import Capture
from thuchu.desk.evidence.snapshot import FOLDER, Snapshots

# Files come before their rows, by a minute at most. A day leaves time for whatever a long night brings.
UNNAMED_HOURS = 24
# SQLite takes a limited number of values a statement.
_ROWS_ASKED = 500


def clean_captures(*, home: Path, now: datetime) -> int:
    """Remove files that no row names and nobody kept for a day, and what stopped writers left; how many."""
    snapshots, before = Snapshots(home / FOLDER), now - timedelta(hours=UNNAMED_HOURS)
    removed = snapshots.sweep(before=before)
    for digests in _batches(snapshots.kept_before(before)):
        named = _named(digests)
        removed += sum(snapshots.remove(digest, before=before) for digest in digests if digest not in named)
    return removed


def missing_files(home: Path) -> list[str]:
    """Digests that rows name and no file has, in order; reads no file."""
    snapshots = Snapshots(home / FOLDER)
    rows = Capture.objects.order_by("pk").values_list("digest", "text_digest").iterator(chunk_size=2_000)
    named = {digest for row in rows for digest in row if digest}
    return sorted(digest for digest in named if not snapshots.holds(digest))


def _named(digests: list[str]) -> set[str]:
    def of(field: str) -> QuerySet[Capture, str]:
        return Capture.objects.filter(**{f"{field}__in": digests}).values_list(field, flat=True)

    return {*of("digest"), *of("text_digest")}


def _batches(digests: Iterable[str]) -> Iterator[list[str]]:
    rest = iter(digests)
    while batch := list(islice(rest, _ROWS_ASKED)):
        yield batch

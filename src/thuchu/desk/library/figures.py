"""The library's own counts: when notes of this desk first became fact-checks."""

from collections.abc import Iterable
from datetime import UTC, datetime

from thuchu.desk.ledger.reads import entries_of
from thuchu.desk.library.models import FactCheck, PastVersion
from thuchu.desk.parts import VALUES_A_STATEMENT, parts


def agreed_between(begin: datetime, end: datetime) -> list[int]:
    """Numbers of the notes that were first published in that time."""
    rows = FactCheck.objects.filter(note__isnull=False, imported_at__gte=begin, imported_at__lt=end)
    return [note for note in rows.order_by("note").values_list("note", flat=True) if note is not None]


def first_agreed_at(notes: Iterable[int]) -> dict[int, datetime]:
    """When each of these notes was first published; those that never were are left out."""
    found: dict[int, datetime] = {}
    for some in parts(sorted(notes), VALUES_A_STATEMENT):
        rows = FactCheck.objects.filter(note__in=some).values_list("note", "imported_at")
        found.update((note, at) for note, at in rows if note is not None)
    return found


def agreed_before(end: datetime) -> set[int]:
    """Numbers of the notes of this desk that were published before then."""
    rows = FactCheck.objects.filter(note__isnull=False, imported_at__lt=end).order_by()
    return {note for note in rows.values_list("note", flat=True) if note is not None}


def publishers_of(names: Iterable[str]) -> dict[str, str]:
    """The publisher of each of these fact-checks; what is gone is left out."""
    found: dict[str, str] = {}
    for some in parts(sorted(names), VALUES_A_STATEMENT):
        found.update(FactCheck.objects.filter(public_id__in=some).values_list("public_id", "publisher__name"))
    return found


def notes_that_stopped(begin: datetime, end: datetime) -> list[int]:
    """Notes of this desk whose fact-check stopped holding in that time, as `stopped_between` says."""
    found: list[int] = []
    for some in parts(sorted(stopped_between(begin, end)), VALUES_A_STATEMENT):
        rows = FactCheck.objects.filter(public_id__in=some, note__isnull=False).order_by("note")
        found += [note for note in rows.values_list("note", flat=True) if note is not None]
    return sorted(found)


def stopped_between(begin: datetime, end: datetime) -> dict[str, datetime]:
    """Fact-checks that stopped holding in that time, and when each first did: withdrawn, no longer agreed, or of
    another verdict since."""
    lost = (
        (subject.partition(":")[2], datetime.fromtimestamp(time_ms / 1000, UTC))
        for _, time_ms, _, subject, _ in entries_of(["fact_check.no_longer_agreed"], since=begin)
    )
    withdrawn = FactCheck.objects.filter(withdrawn_at__gte=begin, withdrawn_at__lt=end)
    replaced = PastVersion.objects.filter(until__gte=begin, until__lt=end).order_by("pk")
    then: dict[str, tuple[datetime, str | None]] = {}
    for name, at, verdict in replaced.values_list("fact_check__public_id", "until", "verdict"):
        then.setdefault(name, (at, verdict))
    now = dict(FactCheck.objects.filter(public_id__in=list(then)).values_list("public_id", "verdict")) if then else {}
    found: dict[str, datetime] = {}
    everything = [
        *((name, at) for name, at in lost if begin <= at < end),
        *((name, at) for name, at in withdrawn.values_list("public_id", "withdrawn_at") if at is not None),
        *((name, at) for name, (at, verdict) in then.items() if now.get(name) != verdict),
    ]
    for name, at in everything:
        found[name] = min(found.get(name, at), at)
    return found

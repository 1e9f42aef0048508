"""Fact-checks that people of this desk agreed on: put in and taken out by publishing alone, as rounds say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from thuchu.claimreview import FactCheckRecord, Verdict
from thuchu.desk.ledger.append import append
from thuchu.desk.library.importing import address_key, claim_digest, public_id, stored_digest
from thuchu.desk.library.models import FactCheck, PastVersion, Publisher
from thuchu.desk.library.publishers import find_or_add
from thuchu.desk.library.reads import last_change
from thuchu.desk.library.rows import url_of
from thuchu.desk.wording import day_in_viet_nam


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A note's version that is agreed, in the words that may be shown.

    claim_id, claim  the claim it answers and its frozen words
    citations        addresses of its evidence
    disputed         agreed notes on the same claim have another verdict
    round            the round that says so
    twists           of a prebunk: how the claim is usually told wrong
    """

    note: int
    version: int
    claim_id: int
    claim: str
    verdict: str
    explanation: str
    language: str
    citations: tuple[str, ...]
    disputed: bool
    round: int
    twists: tuple[str, ...] = ()


def published_notes() -> dict[int, str]:
    """Note's number -> its fact-check's name, of all that are current."""
    rows = FactCheck.objects.filter(note__isnull=False, state=FactCheck.CURRENT)
    return {note: name for note, name in rows.values_list("note", "public_id") if note is not None}


def name_of(note: int) -> str | None:
    """The name of a note's fact-check, current or not; None when it was never agreed."""
    return FactCheck.objects.filter(note=note).values_list("public_id", flat=True).first()


def current_of(notes: Iterable[int]) -> list[str]:
    """Names of the current fact-checks of these notes, the one that was first agreed first."""
    rows = FactCheck.objects.filter(note__in=list(notes), state=FactCheck.CURRENT).order_by("pk")
    return list(rows.values_list("public_id", flat=True))


def unlike(agreed: Iterable[Agreed]) -> list[Agreed]:
    """Those that aren't published in just these words."""
    wanted = list(agreed)
    rows = {row.note: row for row in FactCheck.objects.filter(note__isnull=False)}
    return [each for each in wanted if each.note not in rows or not _says(rows[each.note], each)]


def put(agreed: Agreed, *, now: datetime) -> bool:
    """Publish, or bring what is published to what is agreed now; False when it says just that already.

    Inside the caller's transaction.
    """
    row = FactCheck.objects.filter(note=agreed.note).first()
    if row is None:
        row = _new(agreed, now)
    elif _says(row, agreed):
        return False
    else:
        # Where only a passage was withheld, or is shown again, what was withheld must not stand in the history.
        if (row.note_version, row.claim) != (agreed.version, agreed.claim):
            _keep_past(row, now)
        _set(row, agreed, now)
    append(
        "fact_check.agreed",
        f"fact_check:{row.public_id}",
        {
            "note": agreed.note,
            "version": agreed.version,
            "claim": agreed.claim_id,
            "verdict": agreed.verdict,
            "disputed": agreed.disputed,
            "round": agreed.round,
        },
        now=now,
    )
    return True


def take_out(note: int, *, round_number: int, now: datetime) -> bool:
    """A note lost its agreement: its page stays and says so, it answers nobody any more; False when it was so."""
    row = FactCheck.objects.filter(note=note, state=FactCheck.CURRENT).first()
    if row is None:
        return False
    row.state, row.disputed, row.withdrawn_at = FactCheck.NO_LONGER_AGREED, False, now
    row.change, row.updated_at = last_change() + 1, now
    row.save()
    subject = f"fact_check:{row.public_id}"
    append("fact_check.no_longer_agreed", subject, {"note": note, "round": round_number}, now=now)
    return True


def erase(notes: Iterable[int]) -> int:
    """Fact-checks of notes that were erased with a private matter go with all they said; gives back how many."""
    return FactCheck.objects.filter(note__in=list(notes)).delete()[1].get("library.FactCheck", 0)


def _the_desk(now: datetime) -> Publisher:
    # Never frozen: whoever publishes what people agreed on is no new publisher.
    return find_or_add(settings.THUCHU_NAME, frozen_until=None, now=now)


def _new(agreed: Agreed, now: datetime) -> FactCheck:
    name = public_id(f"note:{agreed.note}", claim_digest(agreed.claim))
    row = FactCheck(public_id=name, note=agreed.note, imported_at=now, publisher=_the_desk(now))
    row.url = url_of(row)
    row.url_key, row.date_published = address_key(row.url), day_in_viet_nam(now)
    _set(row, agreed, now)
    return row


def _set(row: FactCheck, agreed: Agreed, now: datetime) -> None:
    row.claim, row.claim_digest = agreed.claim, claim_digest(agreed.claim)
    row.verdict, row.explanation, row.language = agreed.verdict, agreed.explanation, agreed.language
    row.citations, row.disputed, row.note_version = list(agreed.citations), agreed.disputed, agreed.version
    row.twists = list(agreed.twists)
    row.state, row.withdrawn_at = FactCheck.CURRENT, None
    row.content_digest = stored_digest(_record(row))
    row.change, row.updated_at = last_change() + 1, now
    row.save()


def _record(row: FactCheck) -> FactCheckRecord:
    return FactCheckRecord(
        url=row.url,
        claim=row.claim,
        verdict=Verdict(row.verdict) if row.verdict else None,
        explanation=row.explanation,
        language=row.language,
        citations=tuple(row.citations),
    )


def _says(row: FactCheck, agreed: Agreed) -> bool:
    said = (
        row.claim,
        row.verdict,
        row.explanation,
        row.language,
        tuple(row.citations),
        row.disputed,
        tuple(row.twists),
    )
    return (row.state, row.note_version) == (FactCheck.CURRENT, agreed.version) and said == (
        agreed.claim,
        agreed.verdict,
        agreed.explanation,
        agreed.language,
        agreed.citations,
        agreed.disputed,
        agreed.twists,
    )


def _keep_past(row: FactCheck, now: datetime) -> None:
    PastVersion.objects.create(
        fact_check=row,
        until=now,
        claim=row.claim,
        title=row.title,
        verdict=row.verdict,
        verdict_words=row.verdict_words,
        explanation=row.explanation,
    )

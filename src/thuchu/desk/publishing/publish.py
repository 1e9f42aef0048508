"""Brings the library to what the last round says: agreed notes in, those that lost agreement out; twice is once.

There is no other way into the library for a note, and none that a person could take by hand (rule 4).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.views import ClaimView
from thuchu.desk.claims.wording import mark_answered, mark_unanswered
from thuchu.desk.library import agreed as library
from thuchu.desk.library.agreed import Agreed
from thuchu.desk.notes import reads as notes
from thuchu.desk.notes.models import Note
from thuchu.desk.publishing.models import Round, Standing


def publish(*, now: datetime) -> int:
    """Publish what is agreed and take out what is no more; gives back how many fact-checks changed."""
    last = Round.objects.order_by("-number").first()
    if last is None:
        return 0
    with transaction.atomic():
        standing = dict(Standing.objects.filter(agreed=True).values_list("note_id", "version"))
        published = library.published_notes()
        wanted = _with_disputes(_agreed(standing, last.number, now))
        gone = [note for note in published if note not in wanted]
        changed = sum(library.take_out(note, round_number=last.number, now=now) for note in gone)
        changed += sum(library.put(each, now=now) for each in wanted.values())
        _tell_claims(wanted.values(), gone, now)
    return changed


def _agreed(standing: Mapping[int, int], round_number: int, now: datetime) -> dict[int, Agreed]:
    rows = Note.objects.filter(pk__in=list(standing))
    found = {}
    for view in notes.views(rows, viewer=None, now=now):
        claim = _claim_of(view.claim, now)
        # Edited or withdrawn since the round: it is agreed no more, and the next round says so.
        if claim is None or view.state != "current" or view.versions != standing[view.number]:
            continue
        found[view.number] = Agreed(
            note=view.number,
            version=view.versions,
            claim_id=claim.id,
            claim=claim.wording,
            verdict=view.verdict,
            explanation=view.text,
            language=claim.language,
            citations=tuple(dict.fromkeys(each.address for each in view.evidence if each.address)),
            disputed=False,
            round=round_number,
        )
    return found


def _claim_of(number: int, now: datetime) -> ClaimView | None:
    """The claim that a note answers now: where the one it was written on leads, if that was merged."""
    found = claims.claim(number, now=now)
    while found is not None and found.leads_to is not None:
        found = claims.claim(found.leads_to, now=now)
    return found


def _with_disputes(agreed: Mapping[int, Agreed]) -> dict[int, Agreed]:
    verdicts = defaultdict(set)
    for each in agreed.values():
        verdicts[each.claim_id].add(each.verdict)
    return {note: replace(each, disputed=len(verdicts[each.claim_id]) > 1) for note, each in agreed.items()}


def _tell_claims(agreed: Iterable[Agreed], gone: Iterable[int], now: datetime) -> None:
    """A claim is answered while a note on it is agreed; it waits again when none is."""
    answered = {each.claim_id for each in agreed}
    for number in sorted(answered):
        mark_answered(number, now=now)
    for number in sorted({claim for claim in _claims_of(gone, now) if claim not in answered}):
        mark_unanswered(number, now=now)


def _claims_of(numbers: Iterable[int], now: datetime) -> set[int]:
    found = (
        _claim_of(number, now) for number in Note.objects.filter(pk__in=list(numbers)).values_list("claim", flat=True)
    )
    return {claim.id for claim in found if claim is not None}

"""Brings the library to what the last round says: agreed notes in, those that lost agreement out; twice is once.

There is no other way into the library for a note, and none that a person could take by hand (rule 4).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.prebunk_reads import twists_of
from thuchu.desk.claims.wording import mark_answered, mark_unanswered
from thuchu.desk.library import agreed as library
from thuchu.desk.library.agreed import Agreed
from thuchu.desk.notes import reads as notes
from thuchu.desk.notes.models import Note
from thuchu.desk.parts import parts
from thuchu.desk.publishing import recheck
from thuchu.desk.publishing.models import Round, Standing

# Their words and evidence are read with a handful of statements, which take a limited number of values.
_NOTES_AT_ONCE = 500


def publish(*, now: datetime) -> int:
    """Publish what is agreed and take out what is no more; gives back how many fact-checks changed.

    What differs is found out before the write lock is taken: nearly always nothing does.
    """
    last = Round.objects.order_by("-number").first()
    if last is None:
        return 0
    wanted = _with_disputes(_agreed(last.number, now))
    new = library.unlike(wanted.values())
    gone = [note for note in library.published_notes() if note not in wanted]
    answered = {each.claim_id for each in wanted.values()}
    waiting = (claims.answered() | _claims_of(gone, now)) - answered
    undated = recheck.unplanned(wanted.values())
    if not new and not gone and not waiting and not undated:
        return 0
    with transaction.atomic():
        if Round.objects.filter(number__gt=last.number).exists():
            # Another round was held meanwhile; whoever held it publishes what it says.
            return 0
        changed = sum(library.take_out(note, round_number=last.number, now=now) for note in gone)
        changed += sum(library.put(each, now=now) for each in new)
        for note in gone:
            recheck.forget(note)
        recheck.plan(undated, now=now)
        _tell_claims(answered - claims.answered(), waiting, now)
    return changed


def _agreed(round_number: int, now: datetime) -> dict[int, Agreed]:
    standing = dict(Standing.objects.filter(agreed=True).values_list("note_id", "version"))
    # Edited or withdrawn since the round: it is agreed no more, and the next round says so.
    views = [
        view
        for numbers in parts(sorted(standing), _NOTES_AT_ONCE)
        for view in notes.views(Note.objects.filter(pk__in=numbers), viewer=None, now=now)
        if view.state == "current" and view.versions == standing[view.number]
    ]
    leads_to = claims.answerable({view.claim for view in views}, now=now)
    twists = twists_of({claim.id for claim in leads_to.values()})
    found = {}
    for view in views:
        claim = leads_to[view.claim]
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
            twists=twists.get(claim.id, ()),
        )
    return found


def _with_disputes(agreed: Mapping[int, Agreed]) -> dict[int, Agreed]:
    verdicts = defaultdict(set)
    for each in agreed.values():
        verdicts[each.claim_id].add(each.verdict)
    return {note: replace(each, disputed=len(verdicts[each.claim_id]) > 1) for note, each in agreed.items()}


def _tell_claims(answered: Iterable[int], waiting: Iterable[int], now: datetime) -> None:
    """A claim is answered while a note on it is agreed; it waits again when none is."""
    for number in sorted(answered):
        mark_answered(number, now=now)
    for number in sorted(waiting):
        mark_unanswered(number, now=now)


def _claims_of(numbers: Iterable[int], now: datetime) -> set[int]:
    written_on = Note.objects.filter(pk__in=list(numbers)).values_list("claim", flat=True)
    return {claim.id for claim in claims.answerable(set(written_on), now=now).values()}

"""Prebunks: the true procedure of a step of an event, where to look it up, how it is usually told wrong.

Written before the day, asked by nobody, answered to nobody: a prebunk is a claim like any other for notes, ratings and
rounds, and its page may be suggested to who asks something like it (rule 8).
"""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from thuchu.desk.claims.events import ADDRESS_CHARS_MAX, address_of, event_row
from thuchu.desk.claims.models import (
    ELECTION,
    ELECTION_STEPS,
    PREBUNK_STEPS,
    TWISTS_MAX,
    Claim,
    Event,
    EventClaim,
    PinnedSource,
    Prebunk,
    Twist,
)
from thuchu.desk.claims.need import weigh_one
from thuchu.desk.claims.refusals import ClaimRefused, words_of
from thuchu.desk.claims.rows import next_change, unclosed
from thuchu.desk.claims.slogans import is_slogan, names_a_person
from thuchu.desk.claims.wording import WORDING_CHARS_MAX
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.library.publishers import host_of, is_on
from thuchu.desk.library.reads import admitted_hosts
from thuchu.log.entry import Value
from thuchu.privacy import CleanText
from thuchu.text.language import detect

# One sentence: what is told wrong, not the whole message.
TWIST_CHARS_MAX = 300
# A step has a handful; a page that nobody reads helps nobody.
PREBUNKS_OF_AN_EVENT_MAX = 40


def write_prebunk(
    event_id: int,
    step: str,
    wording: CleanText,
    *,
    look_up: str,
    twists: Sequence[CleanText],
    by: int,
    now: datetime,
) -> int:
    """Open a claim that is a prebunk of an event; gives back its number.

    step     one of `steps_of` the event's kind
    wording  the true procedure
    look_up  an address on the host of a confirmed source of the event, or of an admitted publisher
    twists   1 to TWISTS_MAX usual wrong versions; raises ClaimRefused for slogans, and for what names somebody
    """
    words, versions = _plain(wording, WORDING_CHARS_MAX), _versions(twists)
    with transaction.atomic():
        event = _coming(event_id, now)
        _require_step(event, step)
        if Prebunk.objects.filter(event=event).count() >= PREBUNKS_OF_AN_EVENT_MAX:
            raise ClaimRefused("too_many", limit=PREBUNKS_OF_AN_EVENT_MAX)
        address = _official(event, look_up)
        claim = Claim.objects.create(
            wording=words,
            wording_by=by,
            language=detect(words),
            opened_at=now,
            last_asked_at=now,
            need=0,
            change=next_change(),
        )
        row = Prebunk.objects.create(
            claim=claim, event=event, step=step, look_up=address, written_by=by, written_at=now
        )
        _set_twists(row, versions)
        EventClaim.objects.create(event=event, claim=claim)
        append("event.prebunk_written", f"event:{event_id}", _body(row, versions, by), now=now)
        weigh_one(claim.pk, now=now)
    return int(claim.pk)


def change_prebunk(
    claim_id: int, step: str, *, look_up: str, twists: Sequence[CleanText], by: int, now: datetime
) -> None:
    """Say it better until the first rating of a note freezes it, as the claim's words; raises ClaimRefused."""
    versions = _versions(twists)
    with transaction.atomic():
        claim = unclosed(claim_id)
        row = Prebunk.objects.select_related("event").filter(pk=claim_id).first()
        if row is None:
            raise ClaimRefused("no_such_claim")
        if claim.frozen_at is not None:
            raise ClaimRefused("words_are_frozen")
        _require_step(row.event, step)
        row.step, row.look_up = step, _official(row.event, look_up)
        row.save(update_fields=["step", "look_up"])
        _set_twists(row, versions)
        append("event.prebunk_changed", f"event:{row.event_id}", _body(row, versions, by), now=now)


def steps_of(kind: str) -> tuple[str, ...]:
    """What a prebunk of such an event may be about; of an election only how, when, where and counting (rule 10)."""
    others = tuple(step for step in PREBUNK_STEPS if step not in ELECTION_STEPS)
    return ELECTION_STEPS if kind == ELECTION else others


def _plain(text: CleanText, chars_max: int) -> str:
    words = words_of(text, chars_max)
    if text.findings or names_a_person(words):
        raise ClaimRefused("names_somebody", rule=10)
    return words


def _versions(twists: Sequence[CleanText]) -> list[str]:
    if not 1 <= len(twists) <= TWISTS_MAX:
        raise ClaimRefused("twists_are_wanted", got=len(twists), limit=TWISTS_MAX)
    versions = [_plain(each, TWIST_CHARS_MAX) for each in twists]
    if any(is_slogan(each) for each in versions):
        raise ClaimRefused("slogan")
    return versions


def _coming(event_id: int, now: datetime) -> Event:
    event = event_row(event_id)
    if event.ends <= now:
        raise ClaimRefused("event_is_over")
    return event


def _require_step(event: Event, step: str) -> None:
    if step not in steps_of(event.kind):
        raise ClaimRefused("wrong_subject", rule=10)


def _official(event: Event, address: str) -> str:
    page = address_of(address)
    pinned = PinnedSource.objects.filter(event=event, taken_down_at=None, confirmed_by__isnull=False)
    hosts = {host_of(each) for each in pinned.values_list("address", flat=True)} | set(admitted_hosts())
    if not is_on(host_of(page), hosts - {""}):
        raise ClaimRefused("not_official", limit=ADDRESS_CHARS_MAX)
    return page


def _set_twists(row: Prebunk, versions: Sequence[str]) -> None:
    row.twists.all().delete()
    Twist.objects.bulk_create(Twist(prebunk=row, place=place, words=each) for place, each in enumerate(versions, 1))


def _body(row: Prebunk, versions: Sequence[str], by: int) -> dict[str, Value]:
    said = digest("\n".join((row.step, row.claim.wording, row.look_up, *versions)))
    return {"claim": row.pk, "step": row.step, "digest": said, "by": by}

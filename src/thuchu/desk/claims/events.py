"""Events: a time box with official sources pinned, each confirmed by a second person; never a merit (rule 10)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.claims.areas import valid_areas
from thuchu.desk.claims.last_day import require_order_may_change, require_times_may_change
from thuchu.desk.claims.models import (
    ELECTION,
    ELECTION_SUBJECTS,
    EVENT_KINDS,
    SOURCE_SUBJECTS,
    Event,
    EventArea,
    EventClaim,
    PinnedSource,
    Prebunk,
)
from thuchu.desk.claims.need import weigh_one
from thuchu.desk.claims.refusals import ClaimRefused, words_of
from thuchu.desk.claims.rows import unclosed
from thuchu.desk.ledger.append import append, digest
from thuchu.links import NotAnAddress, parse_address
from thuchu.log.entry import Value
from thuchu.privacy import CleanText, ScrubFailed, scrub
from thuchu.text.forms import normalise

NAME_CHARS_MAX = 200
TITLE_CHARS_MAX = 300
# The sentence that matters, with its neighbours.
WORDS_CHARS_MAX = 1_000
ADDRESS_CHARS_MAX = 2_000
# What lasts longer is no event: it would weigh in the queue for ever.
EVENT_DAYS_MAX = 400
EVENT_AREAS_MAX = 40
# A page that one can read; an event with more official sources needs a better one.
SOURCES_MAX = 50


def open_event(
    kind: str,
    *,
    names: tuple[CleanText, CleanText],
    times: tuple[datetime, datetime],
    areas: Iterable[str],
    by: int,
    now: datetime,
) -> int:
    """A new event; gives back its number.

    names   in Vietnamese and in English
    times   from, until
    raises  ClaimRefused
    """
    if kind not in EVENT_KINDS:
        raise ClaimRefused("wrong_code", rule=10)
    with transaction.atomic():
        event = Event(kind=kind)
        body = _fill(event, names, times)
        codes = _set_areas(event, areas, now)
        body |= {"kind": kind, "areas": codes, "by": by}
        append("event.opened", _subject(event.pk), body, now=now)
    return int(event.pk)


def change_event(
    event_id: int,
    *,
    names: tuple[CleanText, CleanText],
    times: tuple[datetime, datetime],
    areas: Iterable[str],
    by: int,
    now: datetime,
) -> None:
    """Other names, times or areas: a storm lasts longer. Its kind stays, on an election's last day its times, too.

    raises  ClaimRefused
    """
    with transaction.atomic():
        event = event_row(event_id)
        require_times_may_change(event, times, now=now)
        body = _fill(event, names, times)
        body |= {"areas": _set_areas(event, areas, now), "by": by}
        append("event.changed", _subject(event_id), body, now=now)
        for claim_id in EventClaim.objects.filter(event=event).values_list("claim_id", flat=True):
            weigh_one(claim_id, now=now)


def pin_source(
    event_id: int, about: str, *, title: CleanText, address: str, words: CleanText, by: int, now: datetime
) -> int:
    """Pin an official source with the words that matter; it counts once another person confirms it.

    about    one of the fixed subjects; of an election only dates, places, procedure and counting (rule 10)
    address  begins with https://
    raises   ClaimRefused
    """
    heading, quoted = words_of(title, TITLE_CHARS_MAX), words_of(words, WORDS_CHARS_MAX)
    page = address_of(address)
    with transaction.atomic():
        event = event_row(event_id)
        allowed = ELECTION_SUBJECTS if event.kind == ELECTION else SOURCE_SUBJECTS
        if about not in allowed:
            raise ClaimRefused("wrong_subject", rule=10)
        if PinnedSource.objects.filter(event=event, taken_down_at=None).count() >= SOURCES_MAX:
            raise ClaimRefused("too_many", limit=SOURCES_MAX)
        row = PinnedSource.objects.create(
            event=event, about=about, title=heading, address=page, words=quoted, pinned_by=by, pinned_at=now
        )
        body: dict[str, Value] = {"source": row.pk, "about": about, "digest": _source_digest(row), "by": by}
        append("event.source_pinned", _subject(event_id), body, now=now)
    return int(row.pk)


def confirm_source(source_id: int, *, by: int, now: datetime) -> None:
    """A second person has read the source and says the words stand there; raises ClaimRefused."""
    with transaction.atomic():
        row = _source(source_id)
        if row.pinned_by == by:
            raise ClaimRefused("same_person", rule=8)
        if row.confirmed_by is not None:
            raise ClaimRefused("already_ended")
        row.confirmed_by, row.confirmed_at = by, now
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        body: dict[str, Value] = {"source": row.pk, "digest": _source_digest(row), "by": by}
        append("event.source_confirmed", _subject(row.event_id), body, now=now)


def take_down_source(source_id: int, *, by: int, now: datetime) -> None:
    """It says something else now, or never did; raises ClaimRefused."""
    with transaction.atomic():
        row = _source(source_id)
        row.taken_down_at = now
        row.save(update_fields=["taken_down_at"])
        append("event.source_taken_down", _subject(row.event_id), {"source": row.pk, "by": by}, now=now)


def put_under_event(event_id: int, claim_id: int, *, by: int, now: datetime) -> None:
    """A claim belongs to an event; saying so twice is saying so once. Raises ClaimRefused."""
    with transaction.atomic():
        event, claim = event_row(event_id), unclosed(claim_id)
        _, is_new = EventClaim.objects.get_or_create(event=event, claim=claim)
        if is_new:
            append("event.claim_added", _subject(event_id), {"claim": claim_id, "by": by}, now=now)
            weigh_one(claim_id, now=now)


def take_from_event(event_id: int, claim_id: int, *, by: int, now: datetime) -> None:
    """A claim doesn't belong to an event; saying so twice is saying so once.

    raises  ClaimRefused for its prebunk, and on the last day
    """
    with transaction.atomic():
        if Prebunk.objects.filter(pk=claim_id, event=event_id).exists():
            raise ClaimRefused("is_a_prebunk")
        if EventClaim.objects.filter(event=event_id, claim=claim_id).exists():
            require_order_may_change([claim_id], now=now)
        count, _ = EventClaim.objects.filter(event=event_id, claim=claim_id).delete()
        if count:
            append("event.claim_removed", _subject(event_id), {"claim": claim_id, "by": by}, now=now)
            weigh_one(claim_id, now=now)


def _fill(event: Event, names: tuple[CleanText, CleanText], times: tuple[datetime, datetime]) -> dict[str, Value]:
    starts, ends = times
    if not starts < ends <= starts + timedelta(days=EVENT_DAYS_MAX):
        raise ClaimRefused("wrong_time", limit=EVENT_DAYS_MAX)
    event.name_vi, event.name_en = (words_of(name, NAME_CHARS_MAX) for name in names)
    event.starts, event.ends = starts, ends
    event.save()
    return {
        "name_vi": event.name_vi,
        "name_en": event.name_en,
        "starts": int(starts.timestamp()),
        "ends": int(ends.timestamp()),
    }


def _set_areas(event: Event, codes: Iterable[str], now: datetime) -> list[Value]:
    wanted = sorted(set(codes))
    if len(wanted) > EVENT_AREAS_MAX:
        raise ClaimRefused("too_many", got=len(wanted), limit=EVENT_AREAS_MAX)
    areas = list(valid_areas(now.date()).filter(code__in=wanted))
    if len(areas) != len(wanted):
        raise ClaimRefused("no_such_area")
    EventArea.objects.filter(event=event).delete()
    EventArea.objects.bulk_create(EventArea(event=event, area=area) for area in areas)
    return list(wanted)


def address_of(text: str) -> str:
    """An address as it may stand on a page: https, readable, nobody's own; raises ClaimRefused."""
    if not text.startswith("https://") or len(text) > ADDRESS_CHARS_MAX:
        raise ClaimRefused("wrong_address", got=len(text), limit=ADDRESS_CHARS_MAX)
    try:
        parse_address(text)
        # An address may carry somebody's number: such a page is no official one.
        is_personal = scrub(text).text != normalise(text)
    except (NotAnAddress, ScrubFailed):
        raise ClaimRefused("wrong_address") from None
    if is_personal:
        raise ClaimRefused("wrong_address", rule=2)
    return text


def _source_digest(row: PinnedSource) -> str:
    return digest("\n".join((row.about, row.title, row.address, row.words)))


def event_row(event_id: int) -> Event:
    """The row of that number; raises ClaimRefused where there is none."""
    row = Event.objects.filter(pk=event_id).first()
    if row is None:
        raise ClaimRefused("no_such_event")
    return row


def _source(source_id: int) -> PinnedSource:
    row = PinnedSource.objects.filter(pk=source_id, taken_down_at=None).first()
    if row is None:
        raise ClaimRefused("no_such_source")
    return row


def _subject(event_id: int) -> str:
    return f"event:{event_id}"

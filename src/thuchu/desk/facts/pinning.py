"""Pinning what an official source says, and the second person's word on it (rule 8)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.claims.areas import valid_areas
from thuchu.desk.claims.models import Area, Event
from thuchu.desk.facts.models import CONFIRMED, PINNED, REPLACED, VALUE_CHARS_MAX, PinnedFact
from thuchu.desk.facts.refusals import (
    AlreadyConfirmed,
    NoSuchArea,
    NoSuchField,
    NothingFilledIn,
    SamePerson,
    TooManyFacts,
    ValueCovered,
    ValueTooLong,
    WrongTime,
)
from thuchu.desk.facts.rows import event_row, live_fact, next_change, require_shown, subject
from thuchu.desk.ledger.append import append, digest
from thuchu.log.entry import Value
from thuchu.privacy import CleanText, require_clean, scrub
from thuchu.procedure import field_of, fields_of

# Ten fields of a hundred communes: a province's desk. One that pins more is a register, and needs another page.
FACTS_MAX = 1_000
# Rules of an election can change within weeks; what nobody has looked at for a month isn't known to hold.
CHECK_DAYS_MAX = 31
CHECK_DAYS = 7
NO_WORDS = scrub("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One fact to be pinned: a field, what the source says of it, and the number of the captured sentence."""

    field: str
    value_vi: CleanText
    evidence: int
    value_en: CleanText = NO_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """Where and when some facts hold, and when they are looked at again.

    area          a code, "" for all of the event
    valid_until   None for as long as the event lasts
    check_days    from now; never past the event's end
    """

    area: str = ""
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    check_days: int = CHECK_DAYS


HOLDS_EVERYWHERE = Holds()


def pin(
    event_id: int, wanted: Sequence[Wanted], *, holds: Holds = HOLDS_EVERYWHERE, by: int, now: datetime
) -> list[int]:
    """Pin some facts of one event and area, all or none; each counts once another person confirms it.

    A field that has a confirmed fact for this area keeps it until then: confirming the new one is the change.
    raises  FactRefused
    """
    with transaction.atomic():
        event = event_row(event_id, now=now)
        if not wanted:
            raise NothingFilledIn
        held = PinnedFact.objects.filter(event=event, state__in=(PINNED, CONFIRMED)).count()
        if held + len(wanted) > FACTS_MAX:
            raise TooManyFacts(most=FACTS_MAX)
        area = _area(holds.area, now)
        return [_pin_one(event, area, each, holds, by=by, now=now) for each in wanted]


def confirm(fact_ids: Iterable[int], *, by: int, now: datetime) -> int:
    """A second person has read the sources of these facts: each holds from now on, in place of the one before it.

    All or none; gives back how many.  raises  FactRefused
    """
    with transaction.atomic():
        numbers = sorted(set(fact_ids))
        if not numbers:
            raise NothingFilledIn
        for number in numbers:
            _confirm_one(live_fact(number), by=by, now=now)
    return len(numbers)


def _pin_one(event: Event, area: Area | None, wanted: Wanted, holds: Holds, *, by: int, now: datetime) -> int:
    if wanted.field not in {field.code for field in fields_of(event.kind)}:
        raise NoSuchField
    name = field_of(wanted.field).name_vi
    require_shown(wanted.evidence, wanted.field)
    starts, until = holds.valid_from or now, min(holds.valid_until or event.ends, event.ends)
    next_check = min(now + timedelta(days=holds.check_days), event.ends)
    if not (starts < until and now < next_check and 1 <= holds.check_days <= CHECK_DAYS_MAX):
        raise WrongTime(most=CHECK_DAYS_MAX)
    row = PinnedFact.objects.create(
        event=event,
        field=wanted.field,
        area=area,
        value_vi=_words(wanted.value_vi, name),
        value_en=_words(wanted.value_en, name) if wanted.value_en.text else "",
        evidence_id=wanted.evidence,
        valid_from=starts,
        valid_until=until,
        checked_at=now,
        next_check_at=next_check,
        pinned_by=by,
        pinned_at=now,
        replaces=_standing(event.pk, wanted.field, area),
        change=next_change(),
    )
    append("event.fact_pinned", subject(event.pk), _body(row, by), now=now)
    return int(row.pk)


def _confirm_one(row: PinnedFact, *, by: int, now: datetime) -> None:
    event_row(row.event_id, now=now)
    if row.state != PINNED:
        raise AlreadyConfirmed
    if row.pinned_by == by:
        raise SamePerson
    require_shown(row.evidence_id, row.field)
    before = _standing(row.event_id, row.field, row.area)
    if before is not None:
        before.state, before.ended_at, before.change = REPLACED, now, next_change()
        before.save(update_fields=["state", "ended_at", "change"])
    row.state, row.confirmed_by, row.confirmed_at, row.change = CONFIRMED, by, now, next_change()
    row.save(update_fields=["state", "confirmed_by", "confirmed_at", "change"])
    body = {"replaces": before.pk if before else 0, **_body(row, by)}
    append("event.fact_confirmed", subject(row.event_id), body, now=now)


def _standing(event_id: int, field: str, area: Area | None) -> PinnedFact | None:
    return PinnedFact.objects.filter(event=event_id, field=field, area=area, state=CONFIRMED).first()


def _body(row: PinnedFact, by: int) -> dict[str, Value]:
    return {
        "fact": row.pk,
        "field": row.field,
        "area": row.area.code if row.area else "",
        "evidence": row.evidence_id,
        "digest": digest(f"{row.value_vi}\n{row.value_en}"),
        "by": by,
    }


def _area(code: str, now: datetime) -> Area | None:
    if not code:
        return None
    area = valid_areas(now.date()).filter(code=code).first()
    if area is None:
        raise NoSuchArea
    return area


def _words(text: CleanText, name: str) -> str:
    words = require_clean(text).text
    if text.findings:
        raise ValueCovered(field=name)
    if not words:
        raise NothingFilledIn
    if len(words) > VALUE_CHARS_MAX:
        raise ValueTooLong(field=name, got=len(words), most=VALUE_CHARS_MAX)
    return words

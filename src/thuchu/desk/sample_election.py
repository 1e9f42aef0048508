"""The demo's election that is still to come: its official facts by field and area, two pages written beforehand.

All of it invented, and called a sample wherever it is shown; every act goes through the verbs of a real desk.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, time, timedelta
from importlib import resources
from typing import Any

from django.conf import settings

from thuchu.desk import journey
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.events import confirm_source, open_event, pin_source
from thuchu.desk.claims.models import ELECTION
from thuchu.desk.claims.prebunk import write_prebunk
from thuchu.desk.facts.pinning import Holds, confirm
from thuchu.desk.facts.preparing import Filled, prepare
from thuchu.desk.facts.steps import set_steps
from thuchu.desk.notes.rate import rate
from thuchu.desk.reviews.cycles import begin_cycle
from thuchu.desk.sample_verbs import capture_page, ticking, write_on
from thuchu.desk.wording import VIET_NAM
from thuchu.privacy import scrub

# Far enough that its weekly reviews have begun, and nothing of it stands still yet.
_DAYS_AHEAD, _OPENED_DAYS_AGO = 24, 3
_OPENS, _CLOSES = time(7), time(19)
_CHECK_DAYS = 20
_RATERS = 20
_CONFIRMED_AFTER = timedelta(minutes=31)
_REASONS = ("helpfulClear", "helpfulGoodSources")


def work(coordinators: Sequence[AccountView], people: Sequence[AccountView], *, now: datetime) -> int:
    """The event's number; `people` write and rate what was written beforehand, where there are any."""
    first, second = coordinators
    written = _written()
    clock = ticking(now - timedelta(days=_OPENED_DAYS_AGO), timedelta(minutes=7))
    event = _opened(written["event"], first, now, next(clock))
    _pin_facts(event, written, (first, second), clock)
    source = written["source"]
    number = pin_source(
        event,
        source["about"],
        title=scrub(source["title"]),
        address=source["address"],
        words=scrub(source["words"]),
        by=first.pseudonym_id,
        now=next(clock),
    )
    confirm_source(number, by=second.pseudonym_id, now=next(clock))
    _write_beforehand(event, written["prebunks"], first, people, clock)
    begin_cycle(first, event, now=next(clock))
    return event


def _opened(written: Mapping[str, Any], by: AccountView, now: datetime, moment: datetime) -> int:
    day = now.astimezone(VIET_NAM).date() + timedelta(days=_DAYS_AHEAD)
    opens, closes = (datetime.combine(day, hour, tzinfo=VIET_NAM) for hour in (_OPENS, _CLOSES))
    event = open_event(
        ELECTION,
        names=(scrub(written["vi"]), scrub(written["en"])),
        times=(moment, closes),
        areas=written["areas"],
        by=by.pseudonym_id,
        now=moment,
    )
    set_steps(event, {"polls_open": opens, "polls_closed": closes}, by=by.pseudonym_id, now=moment)
    return event


def _pin_facts(
    event: int, written: Mapping[str, Any], two: tuple[AccountView, AccountView], clock: Iterator[datetime]
) -> None:
    first, second = (person.pseudonym_id for person in two)
    facts = written["facts"]
    source = capture_page(written["page"], facts[0]["sentence"], by=first, now=next(clock))
    for area in sorted({fact.get("area", "") for fact in facts}):
        filled = [_filled(fact) for fact in facts if fact.get("area", "") == area]
        holds = Holds(area=area, check_days=_CHECK_DAYS)
        home = settings.THUCHU_HOME
        pinned = prepare(event, source, filled, holds=holds, by=first, now=next(clock), home=home)
        confirm(pinned, by=second, now=next(clock))


def _filled(fact: Mapping[str, str]) -> Filled:
    return Filled(
        field=fact["field"],
        value_vi=scrub(fact["vi"]),
        value_en=scrub(fact["en"]),
        sentence=scrub(fact["sentence"]),
    )


def _write_beforehand(
    event: int,
    written: Sequence[Mapping[str, Any]],
    by: AccountView,
    people: Sequence[AccountView],
    clock: Iterator[datetime],
) -> None:
    for place, each in enumerate(written):
        claim = write_prebunk(
            event,
            each["step"],
            scrub(each["wording"]),
            look_up=each["look_up"],
            twists=[scrub(twist) for twist in each["twists"]],
            by=by.pseudonym_id,
            now=next(clock),
        )
        if not people:
            continue
        note = write_on(claim, each["note"], people[place], clock)
        moment = next(clock)
        for person in people[len(written) :][:_RATERS]:
            rate(person, note, "helpful", list(_REASONS), version=1, now=moment)
    if people:
        moment = next(clock)
        journey.settle(now=moment)
        journey.settle(now=moment + _CONFIRMED_AFTER)


def _written() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (resources.files("thuchu.desk.library") / "sample" / "election.json").read_text("utf-8")
    )
    return found

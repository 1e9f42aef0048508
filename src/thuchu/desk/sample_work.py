"""The other half of `thuchu demo`: people, claims in every state, notes with evidence; all of it invented for the demo.

Everything goes through the verbs that a real desk uses, in the weeks before now and in the order of time.  Its people
have passwords that everybody knows, so a home that holds them says so, and only `thuchu demo` makes one.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import Any, TypedDict

from django.conf import settings
from django.db import transaction

from thuchu.desk import journey, sample, sample_crowd, sample_election, sample_reviews
from thuchu.desk.accounts.codes import code_at
from thuchu.desk.accounts.invite import invite, invite_first_operator
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.accounts.roles import grant_role
from thuchu.desk.claims.areas import load_areas
from thuchu.desk.claims.assign import take
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.events import open_event, put_under_event
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.topics import add_topic, set_topics
from thuchu.desk.claims.wishes import Wishes
from thuchu.desk.claims.wording import translate
from thuchu.desk.intake.reads import nobody_has_asked
from thuchu.desk.ledger.append import head
from thuchu.desk.library.reads import by_url
from thuchu.desk.notes.batch import take_batch
from thuchu.desk.notes.rate import rate
from thuchu.desk.publishing.reports import agree, answer, report_fact_check, report_note
from thuchu.desk.sample_verbs import PASSWORD, ask_and_wait, join_as, ticking, view_of, write_on
from thuchu.privacy import scrub

__all__ = ["PASSWORD", "SamplePerson", "is_here", "library_moment", "load", "people"]

# How long before now each part happened: people first, then questions, then what was made of them.  With a crowd a year
# of reviews lies before that.
_PEOPLE_DAYS, _LIBRARY_DAYS, _ASKED_DAYS, _WORKED_DAYS = 80, 20, 4, 2
# The desk's own limits hold for its sample people, too: the operator invites five, coordinators the others.
_INVITED_BY_ONE = 5


class _Kept(TypedDict):
    account: int
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePerson:
    """Somebody to sign in as: `code` is what their phone would show now, "" for who has none."""

    name: str
    role: str
    code: str


def library_moment(now: datetime) -> datetime:
    """When the sample's fact-checks came in: after its people, before its questions."""
    return now - timedelta(days=_LIBRARY_DAYS)


def is_here() -> bool:
    """Does this home hold the sample's people?"""
    return _marker().exists()


def people(*, now: datetime) -> tuple[SamplePerson, ...]:
    """Whom a visitor of the demo may sign in as; nobody in any other home."""
    if not is_here():
        return ()
    kept = _kept()
    return tuple(
        SamplePerson(name=each["name"], role=each["role"], code=_code(kept[each["name"]]["secret"], now))
        for each in _written()["people"]
    )


def load(*, now: datetime, with_crowd: bool = False, tell: sample_crowd.Tell = sample_crowd.nobody) -> bool:
    """Fill a home that is new, and go on where an earlier call was cut off; False for a home with a life of its own.

    with_crowd  forty more people, and two weeks of their notes, ratings and rounds: a quarter of a minute, and told
                step by step
    """
    work = _written()
    if not is_here():
        if head().seq:
            return False
        earlier = now - sample_reviews.begins(now) if with_crowd else timedelta(0)
        _make_people(work["people"], now - earlier - timedelta(days=_PEOPLE_DAYS), with_crowd=with_crowd)
    if not nobody_has_asked():
        sample.load(now=now)
    else:
        sample.load(now=sample_reviews.begins(now) - timedelta(days=1) if with_crowd else library_moment(now))
    if nobody_has_asked():
        with transaction.atomic():
            who = {name: view_of(each["account"]) for name, each in _kept().items()}
            coordinators = [who[name] for name in _named(work, "coordinator")[:2]]
            _open_the_desk(work, who, sample_reviews.begins(now) if with_crowd else library_moment(now))
            of_crowd: Mapping[str, int] = {}
            if with_crowd:
                sample_reviews.work([*coordinators, who[sample_crowd.names()[0]]], now=now)
                of_crowd = sample_crowd.work(
                    [who[name] for name in sample_crowd.names()],
                    coordinator=_coordinators(work, who)[0],
                    begun=library_moment(now),
                    until=now - timedelta(days=_ASKED_DAYS),
                    tell=tell,
                )
            crowd = [who[name] for name in sample_crowd.names()] if with_crowd else []
            sample_election.work(coordinators, crowd, now=now)
            _work_on_it(work, who, of_crowd, now)
    return True


def _make_people(written: list[dict[str, Any]], now: datetime, *, with_crowd: bool) -> None:
    """One person a day, invited by those who came before them."""
    kept: dict[str, _Kept] = {}
    inviters: list[int] = []
    if with_crowd:
        written = written + [{"name": name, "role": ""} for name in sample_crowd.names()]
    with transaction.atomic():
        for place, (each, moment) in enumerate(zip(written, ticking(now, timedelta(days=1)), strict=False)):
            if place == 0:
                token = invite_first_operator(now=moment)
            else:
                token = invite(view_of(inviters[(place - 1) // _INVITED_BY_ONE]), now=moment)
            is_newcomer = each.get("newcomer", False)
            number, secret = join_as(
                each["name"], token, with_codes=bool(each["role"]), is_newcomer=is_newcomer, now=moment
            )
            kept[each["name"]] = {"account": number, "secret": secret}
            if each["role"] and place:
                grant_role(view_of(inviters[0]), view_of(number).pseudonym_id, each["role"], now=moment)
            if not is_newcomer:
                inviters.append(number)
        # Before the rows are there for others: without it nobody could ever sign in as them.
        _marker().write_text(json.dumps(kept, ensure_ascii=False), "utf-8")


def _open_the_desk(work: dict[str, Any], who: Mapping[str, AccountView], begun: datetime) -> None:
    moment = begun + timedelta(hours=1)
    coordinator = _coordinators(work, who)[0]
    with resources.as_file(resources.files("thuchu.desk.claims") / "areas_vn.csv") as areas:
        load_areas(areas, now=moment)
    for topic in work["topics"]:
        add_topic(topic["code"], name_vi=scrub(topic["vi"]), name_en=scrub(topic["en"]), by=coordinator, now=moment)


def _work_on_it(
    work: dict[str, Any], who: Mapping[str, AccountView], of_crowd: Mapping[str, int], now: datetime
) -> None:
    """What waits now; `of_crowd` are claims of the weeks before, some of which the storm is about, too."""
    numbers = _ask(work["claims"], ticking(now - timedelta(days=_ASKED_DAYS), timedelta(minutes=47)), now)
    clock = ticking(now - timedelta(days=_WORKED_DAYS), timedelta(minutes=31))
    first, second = _coordinators(work, who)[:2]
    event = work["event"]
    number = open_event(
        event["kind"],
        names=(scrub(event["vi"]), scrub(event["en"])),
        times=(now - timedelta(days=1), now + timedelta(days=6)),
        areas=event["areas"],
        by=first,
        now=next(clock),
    )
    for claim in (numbers["dyke"], *(of_crowd[name] for name in event["crowd"] if of_crowd)):
        put_under_event(number, claim, by=second, now=next(clock))
    for name, claim in work["claims"].items():
        set_topics(numbers[name], claim["topics"], by=first, now=next(clock))
        if "english" in claim:
            translate(numbers[name], "en", scrub(claim["english"]), by=first, now=next(clock))
    for act in work["acts"]:
        journey.confirm_act(
            _propose(act, numbers, who, next(clock)), by=who[act["confirmed_by"]].pseudonym_id, now=next(clock)
        )
    _propose(work["waiting_act"], numbers, who, next(clock))
    _report(work["reports"], _write_and_rate(work["notes"], numbers, who, clock), who, clock)
    take(numbers[work["taken"]["claim"]], person=who[work["taken"]["by"]].pseudonym_id, now=now)


def _coordinators(work: dict[str, Any], who: Mapping[str, AccountView]) -> list[int]:
    return [who[name].pseudonym_id for name in _named(work, "coordinator")]


def _named(work: dict[str, Any], role: str) -> list[str]:
    return [each["name"] for each in work["people"] if each["role"] == role]


def _ask(written: dict[str, Any], clock: Iterator[datetime], now: datetime) -> dict[str, int]:
    """Every question; gives back the claims' numbers by name."""
    numbers: dict[str, int] = {}
    for name, claim in written.items():
        wishes = Wishes()
        if "needed_in_days" in claim:
            wishes = Wishes(needed_by=(now + timedelta(days=claim["needed_in_days"])).date())
        for text in claim["asked"]:
            numbers[name] = ask_and_wait(text, wishes=wishes, now=next(clock))
    return numbers


def _propose(act: dict[str, str], numbers: Mapping[str, int], who: Mapping[str, AccountView], now: datetime) -> int:
    claim, reason, by = numbers[act["claim"]], scrub(act["reason"]), who[act["by"]].pseudonym_id
    if act["kind"] == "merge":
        return propose_merge(claim, numbers[act["into"]], reason, by=by, now=now)
    return propose_not_checkable(claim, act["kind"], reason, by=by, now=now, has_helpful_note=False)


def _write_and_rate(
    written: list[dict[str, Any]],
    numbers: Mapping[str, int],
    who: Mapping[str, AccountView],
    clock: Iterator[datetime],
) -> list[int]:
    """The notes' numbers, as they are written."""
    notes = [(write_on(numbers[note["claim"]], note, who[note["by"]], clock), note) for note in written]
    for number, note in notes:
        for name, level, reasons in note["ratings"]:
            rate(who[name], number, level, reasons, version=1, now=next(clock))
    take_batch(now=next(clock))
    return [number for number, _note in notes]


def _report(
    written: list[dict[str, Any]], notes: list[int], who: Mapping[str, AccountView], clock: Iterator[datetime]
) -> None:
    """Somebody says that something is wrong; two people answer some of it."""
    for each in written:
        words, nowhere = scrub(each["words"]), scrub("")
        if "note" in each:
            number = report_note(notes[each["note"]], words, nowhere, now=next(clock))
        else:
            number = report_fact_check(_name_of(each["fact_check"]), words, nowhere, now=next(clock))
        if "outcome" in each:
            answer(who[each["by"]], number, each["outcome"], scrub(each["answer"]), now=next(clock))
            agree(who[each["confirmed_by"]], number, now=next(clock))


def _name_of(path: str) -> str:
    """The name of the sample fact-check at that path."""
    view = by_url(sample.address_of(path) or "")
    if view is None:
        raise LookupError(path)
    return view.id


def _kept() -> dict[str, _Kept]:
    kept: dict[str, _Kept] = json.loads(_marker().read_text("utf-8"))
    return kept


def _written() -> dict[str, Any]:
    work: dict[str, Any] = json.loads(
        (resources.files("thuchu.desk.library") / "sample" / "work.json").read_text("utf-8")
    )
    return work


def _code(secret: str, now: datetime) -> str:
    return code_at(secret, now) if secret else ""


def _marker() -> Path:
    home: Path = settings.THUCHU_HOME
    return home / "sample-people.json"

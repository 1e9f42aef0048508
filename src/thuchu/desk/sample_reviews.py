"""A year of the demo's quarterly reviews: four held ones, what they resolved, and what became of it; all invented.

Every act goes through the verbs of a real desk, one after the other in the order of time.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from importlib import resources
from typing import Any

from thuchu.desk import journey, sample
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.commitments import decide, follow
from thuchu.desk.commitments.agree import Terms, agree
from thuchu.desk.inquiries.answering import Answer, record_answer
from thuchu.desk.inquiries.drafting import Draft, draft
from thuchu.desk.inquiries.sending import Sent, send
from thuchu.desk.reviews import agenda, attendance, minutes, planning, publish, reads, resolving
from thuchu.desk.reviews.attendance import Seat
from thuchu.desk.reviews.organisations import add_organisation
from thuchu.desk.reviews.resolving import Resolved
from thuchu.desk.sample_verbs import ask_and_wait
from thuchu.desk.wording import VIET_NAM
from thuchu.privacy import scrub

QUARTERS = 4
# Everything here is over when the other part of the sample begins.
OVER_DAYS = 21
# People join, and the library comes in, before the first of the four quarters.
BEFORE_DAYS = 60
# Questions of a quarter: enough for figures that may be shown, few enough to wait for.
ASKED_A_QUARTER = 24
_PAGE = "https://thu-vien-mau.example/ket-qua"
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_NOTHING = scrub("")

_Act = Callable[[datetime], object]


def begins(now: datetime) -> datetime:
    """The first moment of the first quarter."""
    return _midnight(_quarters(now)[0][0])


def _quarters(now: datetime) -> list[tuple[date, date]]:
    """The last four whose reviews were over in time, first to last: first day, and the first day after."""
    last = (now.astimezone(VIET_NAM) - timedelta(days=OVER_DAYS)).date()
    found: list[tuple[date, date]] = []
    begin, end = planning.quarter_of(last)
    while len(found) < QUARTERS:
        if planning.days_of(planning.meeting_after(end)).final_on <= last:
            found.append((begin, end))
        begin, end = planning.quarter_of(begin - _DAY)
    return found[::-1]


@dataclass(slots=True)
class _Year:
    """The acts of a year, each with its moment; run in that order, whatever order they were written down in."""

    first: AccountView
    second: AccountView
    contributor: AccountView
    now: datetime
    steps: list[tuple[datetime, int, _Act]]
    places: dict[str, int]
    numbers: dict[str, str]

    def at(self, moment: datetime, act: _Act) -> None:
        self.steps.append((moment, len(self.steps), act))

    def run(self) -> None:
        for moment, _, act in sorted(self.steps, key=lambda step: step[:2]):
            act(moment)


def work(people: Sequence[AccountView], *, now: datetime) -> None:
    """Let the year happen.

    people  two coordinators, and somebody who is neither
    """
    written = json.loads((resources.files("thuchu.desk.library") / "sample" / "reviews.json").read_text("utf-8"))
    first, second, contributor = people
    year = _Year(first, second, contributor, now, [], {}, {})
    quarters = _quarters(now)
    year.at(_midnight(quarters[0][0]), partial(_organisations, year, written["organisations"]))
    for place, (quarter, (begin, end)) in enumerate(zip(written["quarters"], quarters, strict=True)):
        _ask(year, written, place, begin)
        _hold(year, written, quarter, begin, end)
        later = written["quarters"][place + 1] if place + 1 < QUARTERS else None
        _follow(year, quarter, begin, end, later=later, next_end=planning.quarter_of(end)[1])
    _inquire(year, written["inquiries"])
    year.run()


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=VIET_NAM)


def _organisations(year: _Year, written: Mapping[str, Mapping[str, str]], at: datetime) -> None:
    for code, name in written.items():
        year.places[code] = add_organisation(year.first, scrub(name["vi"]), scrub(name["en"]), now=at)


def _ask(year: _Year, written: Mapping[str, Any], place: int, begin: date) -> None:
    """What a quarter's people ask: mostly what is checked already, and once an opinion, which two people close."""
    questions = sample.questions()
    for number in range(ASKED_A_QUARTER):
        text = questions[number % len(questions)]
        year.at(_midnight(begin) + timedelta(days=2 + 3 * number, hours=9), partial(_ask_one, text))
    opinion = scrub(written["opinion"].format(n=place + 1)).text
    reason = scrub(written["opinion_reason"])

    def close(at: datetime) -> None:
        claim = ask_and_wait(opinion, now=at)
        act = propose_not_checkable(
            claim, "not_a_fact", reason, by=year.first.pseudonym_id, now=at + _HOUR, has_helpful_note=False
        )
        journey.confirm_act(act, by=year.second.pseudonym_id, now=at + 2 * _HOUR)

    year.at(_midnight(begin) + timedelta(days=40, hours=15), close)
    year.at(_midnight(begin) + timedelta(days=3), _keep_reviews)


def _hold(year: _Year, written: Mapping[str, Any], quarter: Mapping[str, Any], begin: date, end: date) -> None:
    slug, days = planning.quarter_name(begin), planning.days_of(planning.meeting_after(end))
    met = days.meeting_at

    def propose(at: datetime) -> None:
        item = agenda.propose(None, slug, "training", scrub(quarter["proposal"]), _NOTHING, now=at)
        agenda.accept(year.first, slug, item, 15, now=at + _HOUR)

    def meet(at: datetime) -> None:
        seats = (("chair", "library"), ("secretary", "school"), ("coordinator", ""), *[("contributor", "")] * 5)
        for role, place in seats:
            organisation = year.places[place] if place else None
            taken = Seat(role=role, presence="present", way="room", organisation=organisation, name=_NOTHING)
            attendance.seat(year.first, slug, taken, now=at)
        public = Seat(role="public", presence="present", way="room", name=_NOTHING, people=17)
        attendance.seat(year.first, slug, public, now=at)
        attendance.hold(year.first, slug, now=at)

    def resolve(at: datetime) -> None:
        for each in quarter["resolutions"]:
            what = Resolved(
                text=scrub(each["text"]),
                method=each["method"],
                outcome="adopted",
                votes=tuple(each["votes"]) if "votes" in each else None,
                reasons_against=scrub(each.get("against", "")),
            )
            resolving.confirm(year.second, resolving.record(year.first, slug, what, now=at), now=at + _HOUR)

    def write(at: datetime) -> None:
        minutes.draft(year.first, slug, met, met + 2 * _HOUR, now=at)
        view = reads.review(slug, now=at)
        for item in view.items if view else ():
            if item.kind in written["said"]:
                minutes.write(year.first, slug, item.number, scrub(written["said"][item.kind]), now=at)
        minutes.send_out(year.first, slug, now=at)

    def end_it(at: datetime) -> None:
        minutes.finish(year.second, slug, now=at)
        publish.publish(year.second, slug, now=at)
        journey.keep_reviews(now=at)

    year.at(_midnight(days.opens_on) + 8 * _HOUR, _keep_reviews)
    year.at(_midnight(days.opens_on) + 3 * _DAY + 9 * _HOUR, propose)
    year.at(_midnight(days.freezes_on) + 8 * _HOUR, _keep_reviews)
    year.at(met, meet)
    year.at(met + _HOUR, resolve)
    year.at(met + 2 * _DAY, write)
    year.at(_midnight(days.final_on) + 9 * _HOUR, end_it)


def _follow(
    year: _Year, quarter: Mapping[str, Any], begin: date, end: date, *, later: Mapping[str, Any] | None, next_end: date
) -> None:
    """What a review's commitments become: reported, confirmed, moved or dropped by the next review, or overdue."""
    slug, met = planning.quarter_name(begin), planning.days_of(planning.meeting_after(end)).meeting_at
    next_met, next_slug = planning.meeting_after(next_end), planning.quarter_name(end)
    for place, each in enumerate(quarter["commitments"]):
        name = f"{slug}/{place}"
        year.at(met + 4 * _HOUR, partial(_agree, year, slug, name, each))
        if "reported" in each:
            year.at(met + each["reported"] * _DAY, partial(_report, year, name, each))
        if "confirmed" in each:
            year.at(met + each["confirmed"] * _DAY, partial(_confirm, year, name))
        if "update" in each:
            year.at(met + 9 * _DAY, partial(_update, year, name, each["update"]))
        if later and "dropped" in each:
            year.at(next_met + 5 * _HOUR, partial(_drop, year, name, f"02/{next_slug}", each["dropped"]))
        if later and "extended" in each:
            until = (met + each["extended"] * _DAY).date()
            year.at(next_met + 5 * _HOUR, partial(_extend, year, name, f"01/{next_slug}", until, each["extension"]))


def _ask_one(text: str, at: datetime) -> None:
    journey.ask(text, door="web", page_language="vi", now=at)


def _keep_reviews(at: datetime) -> None:
    journey.keep_reviews(now=at)


def _drop(year: _Year, name: str, resolution: str, reason: str, at: datetime) -> None:
    decide.drop(year.first, year.numbers[name], resolution, scrub(reason), now=at)


def _extend(year: _Year, name: str, resolution: str, until: date, reason: str, at: datetime) -> None:
    decide.extend(year.first, year.numbers[name], resolution, until, scrub(reason), now=at)


def _agree(year: _Year, slug: str, name: str, each: Mapping[str, Any], at: datetime) -> None:
    due = year.now + each["due_from_now"] * _DAY if "due_from_now" in each else at + each["due"] * _DAY
    terms = Terms(
        text=scrub(each["text"]),
        owner=_code(year, each["owner"]),
        helpers=tuple(_code(year, helper) for helper in each["helpers"]),
        due_on=due.astimezone(VIET_NAM).date(),
        measure="figure" if "figure" in each else "deliverable",
        figure=each.get("figure", ""),
        target=each.get("target", ""),
        area="",
        evidence=scrub(each.get("evidence", "")),
    )
    year.numbers[name] = agree(year.first, f"{each['of']:02}/{slug}", terms, now=at)


def _code(year: _Year, owner: str) -> str:
    return f"organisation:{year.places[owner]}" if owner in year.places else f"role:{owner}"


def _report(year: _Year, name: str, each: Mapping[str, Any], at: datetime) -> None:
    """Its owner says that it is done."""
    owner = "organisation" if each["owner"] in year.places else each["owner"]
    person = year.second if owner == "coordinators" else year.contributor
    follow.report(person, year.numbers[name], owner, scrub(each["report"]), scrub(_PAGE), now=at)


def _confirm(year: _Year, name: str, at: datetime) -> None:
    follow.confirm(year.first, year.numbers[name], "coordinators", now=at)


def _update(year: _Year, name: str, words: str, at: datetime) -> None:
    follow.update(year.contributor, year.numbers[name], "contributors", scrub(words), _NOTHING, now=at)


def _inquire(year: _Year, written: Sequence[Mapping[str, str]]) -> None:
    """One organisation answers within its days, one says nothing."""
    sent_at = year.now - timedelta(days=OVER_DAYS + 19)

    def ask(each: Mapping[str, str], at: datetime) -> None:
        said = Draft(
            organisation=year.places[each["of"]], office=scrub(each["office"]), question=scrub(each["question"])
        )
        number = draft(year.first, said, now=at)
        on = at.astimezone(VIET_NAM).date()
        # Calendar days: offices' days off are known for the years that ship with us.
        send(year.first, number, Sent(on=on, how="letter", days=10, unit="calendar"), now=at)
        year.numbers[each["of"]] = str(number)

    def answer(each: Mapping[str, str], at: datetime) -> None:
        day = at.astimezone(VIET_NAM).date()
        came = Answer(
            outcome="answered",
            quoted=scrub(each["quoted"]),
            received_on=day,
            dated=day,
            signed_as=scrub(each["signed"]),
            document=None,
        )
        record_answer(year.first, int(year.numbers[each["of"]]), came, now=at)

    for each in written:
        year.at(sent_at, partial(ask, each))
        if "quoted" in each:
            year.at(sent_at + 6 * _DAY, partial(answer, each))

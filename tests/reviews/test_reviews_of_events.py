"""Reviews of an event: held at short intervals by the calendar, of what is the event's, ended by themselves.

The election of these tests ends at 19:00 on 29 November 2026, Viet Nam time; the desk's day is the 24th.
"""

import json
from datetime import date, datetime, timedelta

import pytest

from thuchu.desk import journey
from thuchu.desk.claims import evidence_rule
from thuchu.desk.claims.events import confirm_source, open_event, pin_source, put_under_event
from thuchu.desk.dump.write import write_dump
from thuchu.desk.editions.paper import paper_of
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reviews import attendance, cycles, minutes, planning, reads, refusals, remarks, resolving, short
from thuchu.desk.reviews.cycles import next_day
from thuchu.desk.reviews.models import AgendaItem, Review
from thuchu.desk.reviews.resolving import Resolved
from thuchu.desk.wording import VIET_NAM
from thuchu.dump import recompute as recompute_rounds
from thuchu.figures import Snapshot as Figures
from thuchu.figures.definitions import EVENT_FIGURES
from thuchu.figures.recompute import recompute
from thuchu.privacy import scrub

DAY = date(2026, 11, 29)
SHORT_DAYS = [date(2026, 11, 26) + timedelta(days=place) for place in range(7)]
SAID = scrub("Hai tin về giờ bỏ phiếu còn chờ, sáng nay có người nhận.")


@pytest.fixture
def election(desk):
    """An election of the 29th with one claim; another claim stands outside."""
    names = (scrub("Bầu cử mẫu"), scrub("Sample election"))
    times = (desk.now + timedelta(hours=12), datetime(2026, 11, 29, 19, tzinfo=VIET_NAM))
    event = open_event("election", names=names, times=times, areas=[], by=desk.an.pseudonym_id, now=desk.now)
    desk.inside = desk.claim("Năm nay phòng phiếu phường mình đóng cửa lúc mười bảy giờ, có phải không cả nhà")
    put_under_event(event, desk.inside, by=desk.an.pseudonym_id, now=desk.now)
    return event


def go_through(desk, last):
    """Every morning at 7:45 and at 9:00 the calendar does what the day brings."""
    day = desk.now.astimezone(VIET_NAM).date() + timedelta(days=1)
    while day <= last:
        for hour, minute in ((7, 45), (9, 0)):
            journey.keep_reviews(now=datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIET_NAM))
        day += timedelta(days=1)


def rows(event):
    return list(Review.objects.filter(event=event).order_by("meeting_at"))


def test_reviews_are_weekly_then_every_second_day_then_daily_until_three_days_after():
    day, places = date(2027, 3, 15), []
    after = date(2027, 1, 31)
    while (found := next_day(day, after)) is not None:
        places.append((found - day).days)
        after = found

    assert places == [-42, -35, -28, -21, -14, -12, -10, -8, -6, -4, -3, -2, -1, 0, 1, 2, 3]


def test_the_calendar_holds_them_one_after_the_other_and_last_a_closing_one_of_all_of_it(desk, election):
    planning.plan_quarterly(now=desk.now)
    cycles.begin_cycle(desk.an, election, now=desk.now)
    go_through(desk, DAY + timedelta(days=4))

    *shorts, closing = rows(election)
    assert [row.period_end for row in shorts] == SHORT_DAYS
    assert [row.period_start for row in shorts] == [date(2026, 11, 24), *SHORT_DAYS[:-1]]
    assert {row.state for row in shorts} == {"frozen"}
    assert [row.previous for row in shorts] == [None, *shorts[:-1]]
    frozen = Entry.objects.get(kind="review.frozen", subject=f"review:{shorts[0].slug}").time_ms
    assert shorts[0].meeting_at.timestamp() - frozen / 1000 == 45 * 60
    items = AgendaItem.objects.filter(review=shorts[0]).order_by("position")
    assert [(item.kind, item.minutes_planned) for item in items] == [("figures", 10), ("incident", 10)]

    assert (closing.is_closing, closing.state) == (True, "frozen")
    assert (closing.period_start, closing.period_end) == (date(2026, 11, 25), date(2026, 12, 3))
    assert closing.meeting_at.astimezone(VIET_NAM).date() <= DAY + timedelta(days=14)
    assert not closing.is_short
    quarterly = Review.objects.get(kind="quarterly")
    assert (quarterly.previous, hasattr(quarterly, "following")) == (None, False)


def test_it_tells_five_figures_of_its_own_claims_and_anybody_reckons_them_again(desk, election, tmp_path):
    slug = cycles.begin_cycle(desk.an, election, now=desk.now)
    go_through(desk, SHORT_DAYS[1])

    figures = reads.frozen(slug).figures
    assert {figure.key for figure in figures.figures} == set(EVENT_FIGURES)
    assert figures.event == election
    # Of the claims of this desk one is the event's.
    assert figures.figure("wait_median").denominator == 1
    assert figures.figure("corrections").value == "0"
    assert figures.figure("facts_due", part="notes").value == "0"
    assert Figures.read(figures.written()) == figures

    write_dump(tmp_path / "dump")
    for name in reads.frozen_slugs():
        assert recompute(tmp_path / "dump", name).differences == ()
    table = tmp_path / "dump" / "reviews" / f"{slug}.json"
    assert json.loads(table.read_bytes())["event"] == election


def test_three_sentences_are_its_minutes_and_it_is_published_by_itself(desk, election):
    slug = cycles.begin_cycle(desk.an, election, now=desk.now)
    go_through(desk, SHORT_DAYS[0])
    row = Review.objects.get(slug=slug)
    with pytest.raises(refusals.NotYet):
        short.write_down(desk.an, slug, SAID, now=row.meeting_at - timedelta(days=1))

    short.write_down(desk.an, slug, SAID, now=row.meeting_at + timedelta(minutes=25))

    view = reads.review(slug, now=row.meeting_at)
    assert (view.line.state, view.minutes.phase) == ("minutes_out", "out")
    assert view.items[0].said == SAID.text
    for kind in ("report", "minutes", "conclusions"):
        assert paper_of(slug, kind, at=row.meeting_at + timedelta(hours=1)).is_quorate
    with pytest.raises(refusals.NotYet):
        minutes.finish(None, slug, now=row.meeting_at + timedelta(days=2))
    objection = remarks.object_to(None, slug, scrub("Có ba tin, không phải hai."), now=row.meeting_at)
    later = row.meeting_at + timedelta(days=9)
    assert short.end_those_due(now=later) == 0
    remarks.answer(desk.an, objection, scrub("Đúng, là ba."), is_shown=True, now=later)
    assert short.end_those_due(now=later) == 1
    assert Review.objects.get(slug=slug).state == "published"


def test_it_resolves_nothing(desk, election):
    slug = cycles.begin_cycle(desk.an, election, now=desk.now)
    go_through(desk, SHORT_DAYS[0])
    row = Review.objects.get(slug=slug)
    desk.seats(slug, row.meeting_at)
    attendance.hold(desk.an, slug, now=row.meeting_at)
    what = Resolved(text=SAID, method="consent", outcome="adopted", reasons_against=scrub(""))
    with pytest.raises(refusals.ShortResolvesNothing):
        resolving.record(desk.an, slug, what, now=row.meeting_at)


def test_an_ordinary_review_isnt_ended_by_the_calendar(desk):
    ordinary = desk.out()

    with pytest.raises(refusals.WrongState):
        minutes.finish(None, ordinary, now=desk.at(date(2027, 2, 1)))


def test_nobody_freezes_it_before_its_days_are_over_nor_meets_in_the_middle_of_them(desk, election):
    slug = cycles.begin_cycle(desk.an, election, now=desk.now)
    journey.keep_reviews(now=desk.now)
    with pytest.raises(refusals.NotYet):
        journey.freeze_review(desk.an, slug, now=desk.now)
    early, nothing = datetime(2026, 11, 25, 9, tzinfo=VIET_NAM), scrub("")
    with pytest.raises(refusals.NotYet):
        planning.arrange(desk.an, slug, early, nothing, nothing, now=desk.now)


def test_a_cycle_begins_once_and_not_for_what_is_over(desk, election):
    cycles.begin_cycle(desk.an, election, now=desk.now)
    with pytest.raises(refusals.AlreadyDone):
        cycles.begin_cycle(desk.binh, election, now=desk.now)
    with pytest.raises(refusals.NoSuchRow):
        cycles.begin_cycle(desk.an, 99, now=desk.now)
    names = (scrub("Bão cũ"), scrub("Old storm"))
    times = (desk.now - timedelta(days=9), desk.now - timedelta(days=5))
    over = open_event("storm", names=names, times=times, areas=[], by=1, now=desk.now)
    with pytest.raises(refusals.EventIsOver):
        cycles.begin_cycle(desk.an, over, now=desk.now)


def test_one_that_isnt_held_leaves_its_days_to_the_next(desk, election):
    slug = cycles.begin_cycle(desk.an, election, now=desk.now)
    planning.cancel(desk.an, slug, scrub("Cúp điện cả phường."), now=desk.now)
    cycles.keep_cycles(now=desk.now)

    following = rows(election)[-1]
    assert (following.period_start, following.period_end) == (date(2026, 11, 24), SHORT_DAYS[1])


def test_a_dump_with_a_rule_of_evidence_holds_and_its_rounds_come_out_again(desk, election, tmp_path):
    people = (desk.an.pseudonym_id, desk.binh.pseudonym_id)
    where = {"title": scrub("Hội đồng bầu cử"), "words": scrub("Phòng phiếu mở cửa từ bảy giờ.")}
    source = pin_source(election, "dates", address="https://baucu.example/gio", by=people[0], now=desk.now, **where)
    confirm_source(source, by=people[1], now=desk.now)
    evidence_rule.propose_evidence_rule(election, by=people[0], now=desk.now)
    evidence_rule.confirm_evidence_rule(election, by=people[1], now=desk.now)
    note = desk.note(desk.lan, desk.inside)
    for person in desk.people(5):
        desk.rate(person, note)
    journey.settle(now=desk.now)
    slug = cycles.begin_cycle(desk.an, election, now=desk.now)
    go_through(desk, SHORT_DAYS[0])

    write_dump(tmp_path / "dump")

    done = recompute_rounds(tmp_path / "dump")
    assert (done.rounds, done.differences) == (1, ())
    assert json.loads(Entry.objects.get(kind="round.held").body)["params"].endswith(" + event_evidence 1")
    assert recompute(tmp_path / "dump", slug).differences == ()
    rules = json.loads((tmp_path / "dump" / "rules.json").read_bytes())["rules"]
    assert "event_evidence" in {rule["id"] for rule in rules}

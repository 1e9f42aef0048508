"""Sources are looked at again, politely; what a look finds is marked once, and said in the ledger when it changed."""

import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from files import picture
from hypothesis import given, settings
from hypothesis import strategies as st

from fake_wire import FakeWire, fetched
from thuchu.desk.evidence import reads
from thuchu.desk.evidence.capture import capture_address
from thuchu.desk.evidence.figures import EvidenceFigures, figures
from thuchu.desk.evidence.models import Capture, Check, Source
from thuchu.desk.evidence.refusals import CertificateRefused, NotReached, NotServed, TookTooLong, TypeRefused
from thuchu.desk.evidence.rot import SOURCES_A_RUN, look_again
from thuchu.desk.ledger.models import Entry
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db

ADDRESS = "https://bao.example/cau"
SENTENCE = "Cây cầu không sập, xe vẫn qua lại như mọi ngày."
PAGE = f"<p>Tin sáng.</p><p>{SENTENCE}</p><p>Hết.</p>".encode()
OTHER = "<p>Cây cầu đã sập, xe không qua lại được nữa.</p>".encode()
DAY = timedelta(days=1)


@pytest.fixture
def desk(home, now):
    """A desk with one captured page, whose days the test lets pass."""
    return Desk(home, now)


class Desk:
    def __init__(self, home, now):
        self.home, self.now = home, now
        self.wire = FakeWire({ADDRESS: PAGE})
        self.number = self.capture(ADDRESS)

    def capture(self, address, quote=SENTENCE, **more):
        return capture_address(address, scrub(quote), by=7, now=self.now, wire=self.wire, home=self.home, **more)

    def look(self, page=None, *, days=1):
        """What the monitor finds so many days later, when the source gives `page`."""
        if page is not None:
            self.wire.pages[ADDRESS] = page
        self.now += days * DAY
        look_again(now=self.now, wire=self.wire)
        return reads.evidence(self.number).rot

    def look_when_due(self, page=None):
        due = Source.objects.get().next_check_at - self.now
        return self.look(page, days=max(due, timedelta()) / DAY)


def entries():
    return [(entry.kind, entry.subject, json.loads(entry.body)) for entry in Entry.objects.order_by("seq")[1:]]


@pytest.mark.parametrize(
    ("page", "state"),
    [
        (PAGE, "alive"),
        (b"<h1>Khung moi</h1>" + PAGE, "alive"),
        (OTHER, "changed"),
        (PAGE.replace("không sập".encode(), "sập".encode()), "changed"),
        (b"<p>Khong tim thay trang</p>", "changed"),
        (b"", "changed"),
        (TypeRefused(), "changed"),
        (NotServed(status=404), "gone"),
        (NotServed(status=410), "gone"),
        (fetched(ADDRESS, PAGE, final_address="https://bao.example/moi/cau"), "moved"),
        (fetched(ADDRESS, OTHER, final_address="https://bao.example/"), "changed"),
        (NotServed(status=503), "alive"),
        (NotServed(status=403), "alive"),
        (NotReached(host="bao.example"), "alive"),
    ],
)
def test_a_look_tells_how_the_source_stands(desk, page, state):
    assert desk.look(page) == state


def test_a_page_at_a_new_address_is_shown_with_it(desk):
    desk.look(fetched(ADDRESS, PAGE, final_address="https://bao.example/moi/cau?utm_source=x"))

    view = reads.evidence(desk.number)
    assert (view.rot, view.moved_to) == ("moved", "https://bao.example/moi/cau")
    assert entries() == []


@pytest.mark.parametrize("trouble", [NotReached(host="b"), TookTooLong(seconds=15), CertificateRefused(host="b")])
def test_only_a_site_that_is_away_three_days_in_a_row_is_unreachable(desk, trouble):
    assert [desk.look(trouble) for _ in range(3)] == ["alive", "alive", "unreachable"]

    assert entries() == [("evidence.rotted", f"evidence:{desk.number}", {"state": "unreachable", "before": "alive"})]


def test_a_site_that_comes_back_in_between_was_never_away(desk):
    away = NotReached(host="bao.example")

    assert [desk.look(page) for page in (away, away, PAGE)] == ["alive"] * 3
    assert [desk.look_when_due(page) for page in (away, away)] == ["alive"] * 2
    assert entries() == []


def test_rot_and_recovery_are_said_once_each(desk):
    for page in (NotServed(status=404), NotServed(status=404), PAGE, PAGE, OTHER):
        desk.look_when_due(page)

    assert [(kind, body) for kind, _subject, body in entries()] == [
        ("evidence.rotted", {"state": "gone", "before": "alive"}),
        ("evidence.recovered", {"state": "alive", "before": "gone"}),
        ("evidence.rotted", {"state": "changed", "before": "alive"}),
    ]
    assert list(Check.objects.order_by("pk").values_list("before", "state")) == [
        ("", "alive"),
        ("alive", "gone"),
        ("gone", "alive"),
        ("alive", "changed"),
    ]


def test_a_state_says_since_when_and_when_it_was_last_seen(desk):
    desk.look(NotServed(status=404))
    since = desk.now
    desk.look()

    view = reads.evidence(desk.number)
    assert (view.rot, view.rot_since, view.rot_seen) == ("gone", since, desk.now)


def test_a_source_that_stays_as_it_is_waits_twice_as_long_each_time_up_to_two_months(desk):
    waits = []
    for _ in range(8):
        desk.look_when_due()
        waits.append((Source.objects.get().next_check_at - desk.now) / DAY)

    assert waits == [2, 4, 8, 16, 32, 64, 64, 64]


@pytest.mark.parametrize("page", [OTHER, NotServed(status=410), NotReached(host="bao.example")])
def test_a_source_with_news_is_looked_at_again_the_next_day(desk, page):
    for _ in range(4):
        desk.look_when_due()

    desk.look_when_due(page)

    assert Source.objects.get().next_check_at == desk.now + DAY


def test_nothing_is_asked_before_it_is_due(desk):
    asked = len(desk.wire.asked)

    desk.look(days=0.99)

    assert len(desk.wire.asked) == asked


def test_a_run_asks_a_host_once_and_only_so_many_sources_longest_due_first(desk):
    hosts = [f"https://bao{n}.example/{page}" for n in range(6) for page in "ab"]
    for address in hosts:
        desk.wire.pages[address] = PAGE
        desk.now += timedelta(minutes=1)
        desk.capture(address)
    desk.wire.asked.clear()

    desk.look(days=2)
    first = list(desk.wire.asked)
    desk.look(days=0.01)

    assert first == [ADDRESS, *hosts[:8:2]]
    assert len(first) == SOURCES_A_RUN
    assert desk.wire.asked[SOURCES_A_RUN:] == [hosts[1], hosts[3], hosts[5], hosts[7], hosts[8]]


def test_a_stopping_worker_asks_nobody_more(desk):
    asked = len(desk.wire.asked)

    assert look_again(now=desk.now + DAY, wire=desk.wire, is_stopping=lambda: True) == 0
    assert len(desk.wire.asked) == asked


def test_each_quote_of_a_source_stands_for_itself(desk):
    second = desk.capture(ADDRESS, quote="Tin sáng.")

    desk.look(PAGE.replace(SENTENCE.encode(), b"Khac"))

    assert reads.evidence(desk.number).rot == "changed"
    assert reads.evidence(second).rot == "alive"


def test_a_picture_stands_while_its_points_do(desk):
    address = "https://anh.example/1.png"
    desk.wire.pages[address] = fetched(address, picture("PNG"), content_type="image/png")
    number = desk.capture(address, quote="", description=scrub("Ảnh đỏ"))

    desk.look()
    assert reads.evidence(number).rot == "alive"
    desk.wire.pages[address] = fetched(address, picture("PNG", size=(61, 40)), content_type="image/png")
    desk.look(days=2)

    assert reads.evidence(number).rot == "changed"


def test_a_look_keeps_nothing_of_what_it_brought(desk):
    before = sorted(path.name for path in desk.home.rglob("*"))

    desk.look(OTHER)

    assert sorted(path.name for path in desk.home.rglob("*")) == before
    assert Capture.objects.count() == 1


def test_a_page_that_now_leads_to_a_profile_is_not_followed_into_the_rows(desk):
    profile = "https://www.facebook.com/nguyen.van.an"

    states = [desk.look(fetched(ADDRESS, PAGE, final_address=profile)) for _ in range(3)]

    assert states[-1] == "unreachable"
    assert not Check.objects.exclude(moved_to="").exists()


class Killed(BaseException):
    """The worker is no more."""


def test_a_run_killed_in_the_middle_marks_nothing_and_the_next_one_marks_once(desk, monkeypatch):
    def killed(*_args, **_named):
        raise Killed

    monkeypatch.setattr("thuchu.desk.evidence.rot.append", killed)
    with pytest.raises(Killed):
        desk.look(NotServed(status=404))
    monkeypatch.undo()
    assert reads.evidence(desk.number).rot == "alive"

    assert desk.look(days=0) == "gone"
    assert len(entries()) == 1


def test_of_two_runs_at_the_same_time_one_marks(desk):
    now = desk.now + DAY

    class SlowWire(FakeWire):
        def fetch(self, address):
            look_again(now=now, wire=FakeWire({ADDRESS: NotServed(status=404)}))
            return super().fetch(address)

    look_again(now=now, wire=SlowWire({ADDRESS: PAGE}), most=1)

    assert reads.evidence(desk.number).rot == "gone"
    assert len(entries()) == 1


def test_the_figures_of_a_period_count_what_happened_in_it(desk):
    begin = desk.now
    for page in (NotServed(status=404), NotServed(status=410), PAGE, OTHER):
        desk.look_when_due(page)

    assert figures(begin, desk.now + DAY) == EvidenceFigures(fetched=1, uploaded=0, rotted=2, recovered=1, rotten_now=1)
    assert figures(begin, desk.now) == EvidenceFigures(fetched=1, uploaded=0, rotted=1, recovered=1, rotten_now=0)
    assert figures(desk.now + DAY, desk.now + 2 * DAY).rotten_now == 1


LOOKS = [PAGE, OTHER, NotServed(status=404), NotReached(host="b"), fetched(ADDRESS, PAGE, final_address=ADDRESS + "/2")]


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(LOOKS), max_size=6))
def test_whatever_looks_find_states_form_a_chain_and_entries_tell_rot_and_recovery_in_turn(looks):
    """Rows follow each other without gap or overlap; what is said last in the ledger is how the quote stands."""
    Source.objects.all().update(next_check_at=None)
    with tempfile.TemporaryDirectory() as folder:
        name = f"https://bao{Source.objects.count()}.example/cau"
        now = datetime(2026, 11, 24, tzinfo=UTC)
        wire = FakeWire({name: PAGE})
        number = capture_address(name, scrub(SENTENCE), by=7, now=now, wire=wire, home=Path(folder))
        for page in looks:
            wire.pages[name] = page
            now += 65 * DAY
            look_again(now=now, wire=wire)

    rows = list(Check.objects.filter(quote=number).order_by("since"))
    assert [row.until for row in rows] == [*(row.since for row in rows[1:]), None]
    assert [row.before for row in rows] == ["", *(row.state for row in rows[:-1])]
    said = [e.kind for e in Entry.objects.filter(subject=f"evidence:{number}").order_by("seq")]
    rotten = rows[-1].state in ("gone", "changed", "unreachable")
    assert rotten == (said[-1:] == ["evidence.rotted"])

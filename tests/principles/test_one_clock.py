"""One clock: the desk asks `django.utils.timezone.now()`, and nothing puts another in its place but a marked play."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from wsgiref.util import setup_testing_defaults

import pytest
from django.test import Client
from django.utils import timezone

from thuchu.desk.ledger.models import Entry
from thuchu.desk.simulation import clock as the_clock
from thuchu.desk.simulation.clock import HEADER, Clock, by_the_play, go_by_the_play, going
from thuchu.desk.simulation.marking import NotASimulation, mark

DESK = Path(__file__).parents[2] / "src/thuchu/desk"
ANOTHER = re.compile(
    r"datetime\.(?:now|today|utcnow)\(|date\.today\(|\btime\.time\(|from django\.utils\.timezone import|localtime\("
)
IN_ITS_PLACE = re.compile(r"timezone\.now\s*=|setattr\(timezone|\bgo_by_the_play\(|\bby_the_play\b")
PLAYS = {"simulation/clock.py", "simulation/play.py", "simulation/year.py", "commands/serve.py"}
LONG_AGO = datetime(2025, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def real_clock():
    """What the desk asks, as it was before the test."""
    asked = timezone.now
    yield asked
    timezone.now = asked


def sources():
    return {path.relative_to(DESK).as_posix(): path.read_text("utf-8") for path in DESK.rglob("*.py")}


def moment_of(environ):
    """What the desk takes for now in a request, from behind what a play puts around it."""
    setup_testing_defaults(environ)
    seen = []
    by_the_play(lambda *_: seen.append(timezone.now()) or [])(environ, None)
    return seen[0]


def test_nothing_in_the_desk_asks_another_clock():
    for name, text in sources().items():
        found = ANOTHER.search(text)
        assert not found, f"desk/{name}: {found and found[0]}: ask timezone.now(), or take `now` as an argument"


def test_nothing_but_a_play_puts_another_clock_in_its_place():
    assert {name for name, text in sources().items() if IN_ITS_PLACE.search(text)} == PLAYS


@pytest.mark.django_db
def test_a_desk_that_is_not_marked_keeps_its_clock(real_clock):
    with pytest.raises(NotASimulation):
        go_by_the_play()
    with pytest.raises(NotASimulation):
        by_the_play(lambda *_: [])

    assert timezone.now is real_clock


@pytest.mark.django_db
def test_what_visitors_say_of_the_time_bears_on_nothing_on_an_ordinary_desk(home):
    Client(headers={HEADER: "1"}).post("/", {"message": "Nghe nói cầu Đồng Nội sắp đóng, có đúng không mọi người"})

    last = Entry.objects.order_by("-seq").first()
    assert last is not None
    assert abs(timezone.now().timestamp() * 1000 - last.time_ms) < timedelta(minutes=5).total_seconds() * 1000


@pytest.mark.django_db
def test_on_a_marked_desk_each_visitor_comes_at_their_own_moment(now, real_clock):
    mark(7, now=now)

    assert moment_of({"HTTP_X_SIMULATED_NOW": str(int(LONG_AGO.timestamp() * 1000))}) == LONG_AGO
    for nonsense in ("", "-1", "soon", "1" * 40, "²"):
        assert abs(moment_of({"HTTP_X_SIMULATED_NOW": nonsense}) - real_clock()) < timedelta(minutes=5)


@pytest.mark.django_db
def test_outside_of_its_block_a_play_s_clock_is_nobody_s(now, real_clock):
    mark(7, now=now)
    go_by_the_play()
    clock = Clock(LONG_AGO)

    with going(clock):
        clock.wait(timedelta(days=1))
        clock.wait_until(LONG_AGO)
        assert timezone.now() == LONG_AGO + timedelta(days=1)

    assert abs(timezone.now() - real_clock()) < timedelta(minutes=5)
    assert the_clock.HEADER == "X-Simulated-Now"

"""Only a new desk is marked as a simulation; once marked it says so on every page, and nothing takes the mark away."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from thuchu.desk.intake.models import FirstQuestion
from thuchu.desk.ledger.append import append
from thuchu.desk.ledger.models import Entry
from thuchu.desk.simulation.marking import MARK, NotASimulation, NotNew, is_simulation, mark
from thuchu.desk.simulation.play import play
from thuchu.desk.simulation.world import make

pytestmark = pytest.mark.django_db
SAYS = {"vi": "Bàn này là mô phỏng", "en": "This desk is a simulation"}


def test_a_new_desk_is_marked_by_its_first_entry(now):
    assert not is_simulation()

    mark(7, now=now)

    assert is_simulation()
    assert Entry.objects.get().kind == MARK


def test_a_desk_with_a_life_of_its_own_is_never_marked(now):
    with transaction.atomic():
        append("publisher.added", "publisher:1", {"name": "Báo Thử"}, now=now)

    with pytest.raises(NotNew, match="name a new folder"):
        mark(7, now=now)

    assert not is_simulation()


def test_a_desk_that_was_asked_something_is_never_marked(now):
    FirstQuestion.objects.create(pk=1, asked_at=now)

    with pytest.raises(NotNew):
        mark(7, now=now)


def test_a_desk_is_marked_once(now):
    mark(7, now=now)

    with pytest.raises(NotNew):
        mark(7, now=now)


@pytest.mark.parametrize("sql", ["DELETE FROM ledger_entry WHERE seq = 1", "UPDATE ledger_entry SET kind = 'x'"])
def test_nothing_takes_the_mark_away(now, sql):
    mark(7, now=now)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert is_simulation()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", ["/", "/f/", "/queue/", "/ledger/", "/about/", "/signin/", "/people/", "/nowhere"])
def test_every_page_says_so(now, home, path, language):
    visitor = Client(headers={"accept-language": language})
    assert SAYS[language] not in visitor.get(path).content.decode()

    mark(7, now=now)

    assert SAYS[language] in visitor.get(path).content.decode()


def test_nobody_plays_on_a_desk_that_is_not_marked(now):
    world = make(contributors=6, claims=1, attackers=0, seed=1)

    with pytest.raises(NotASimulation):
        play(world, "http://127.0.0.1:1", seed=1, now=now, report=lambda *_: None)

    assert not Entry.objects.exists()

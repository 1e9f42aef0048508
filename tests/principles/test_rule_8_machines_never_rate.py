"""Rule 8: machines never write a note and never rate; what one drafted is labelled and few."""

import ast
from datetime import UTC, datetime
from pathlib import Path

import pytest

import thuchu
from notes.notes_desk import ANSWER, Desk
from thuchu.desk.notes import refusals
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.lane import AI_NOTES_A_CLAIM_MAX
from thuchu.desk.notes.models import Note, Rating
from thuchu.desk.notes.practice import finish
from thuchu.desk.notes.rate import rate, retract
from thuchu.desk.notes.reuse import reuse
from thuchu.desk.notes.take_back import withdraw
from thuchu.desk.notes.write import write

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
SRC = Path(thuchu.__file__).parent
# Whoever imports one of these can write or rate.
VERBS = {"write", "edit", "take_back", "reuse", "rate", "practice"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return Desk(NOW)


class AToken:
    """What looks like a person to whoever only asks for attributes."""

    id = pseudonym_id = rater_number = 7
    may_write = True
    roles = held_roles = frozenset({"contributor", "coordinator"})


@pytest.mark.parametrize("somebody", [None, AToken(), "token", 7])
def test_who_did_not_sign_in_writes_and_rates_nothing(desk, somebody):
    claim = desk.claim()
    note = desk.note(desk.person("An"), claim)

    for act in (
        lambda: write(somebody, claim, desk.draft(), now=NOW),
        lambda: edit(somebody, note, desk.draft(ANSWER + " Thêm."), now=NOW),
        lambda: withdraw(somebody, note, now=NOW),
        lambda: reuse(somebody, note, claim, now=NOW),
        lambda: rate(somebody, note, "helpful", ["helpfulClear"], version=1, now=NOW),
        lambda: retract(somebody, note, now=NOW),
        lambda: finish(somebody, {"left": [], "right": 10}, now=NOW),
    ):
        with pytest.raises(TypeError, match="signed in"):
            act()

    assert Note.objects.count() == 1
    assert not Rating.objects.exists()


def modules_that_import_verbs():
    """Files outside the room that import something of its verbs, by their place under src/thuchu."""
    for path in SRC.rglob("*.py"):
        place = path.relative_to(SRC)
        if place.parts[:2] == ("desk", "notes"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            if any(name in {f"thuchu.desk.notes.{verb}" for verb in VERBS} for name in names):
                yield place


def test_only_pages_of_people_reach_the_verbs():
    # The demo writes in its own people's names, in a home that nobody has used: tests/journey/test_sample_work.py.
    allowed = (
        ("desk", "web"),
        ("desk", "journey.py"),
        ("desk", "sample_verbs.py"),
        ("desk", "sample_crowd.py"),
        ("desk", "sample_work.py"),
        ("desk", "sample_election.py"),
        # A drill's people rate on a copy that was made for it, and nowhere else: tests/drill/test_copy_of_a_desk.py.
        ("desk", "drill"),
    )

    others = [str(place) for place in modules_that_import_verbs() if place.parts[:2] not in allowed]

    assert others == []


def test_the_api_knows_no_way_to_write_a_note_or_a_rating(client):
    document = client.get("/api/v1/openapi.json").json()

    writing = [path for path, methods in document["paths"].items() if set(methods) - {"get", "parameters"}]
    assert not [path for path in writing if "note" in path or "rat" in path]


def test_what_a_machine_drafted_is_few_on_a_claim(desk):
    claim, people = desk.claim(), desk.people(AI_NOTES_A_CLAIM_MAX + 1)
    for author in people[:-1]:
        desk.note(author, claim, ai_drafted=True)

    with pytest.raises(refusals.LaneFull):
        desk.note(people[-1], claim, ai_drafted=True)

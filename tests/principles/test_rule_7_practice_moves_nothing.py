"""Rules 6 and 7: practice moves no figure and no status, and leaves nothing of anybody but the bit *may write*."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps

import thuchu.desk
from notes.notes_desk import Desk
from thuchu.desk.notes.batch import take_batch
from thuchu.desk.notes.models import Rating
from thuchu.desk.training import sitting
from thuchu.desk.training.drift import ONE_IN, item_after, look_back
from thuchu.desk.training.items import CHOICES
from thuchu.desk.training.lessons import lessons
from web.at_work import as_person

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
DESK = Path(thuchu.desk.__file__).parent
ITEMS = 1_000
# Through the pages of a browser; the others through the room, which is the same but for the time.
ON_PAGES = 60
# Words for what this desk never gives anybody, in English and in Vietnamese.
PRIZES = ("leaderboard", "streak", "badge", "trophy", "medal", "high score", "xp points")
PRIZES += ("bảng xếp hạng", "xếp hạng", "huy hiệu", "huy chương", "chuỗi ngày", "điểm thưởng", "danh hiệu")
FIELDS_OF_PRIZES = {"points", "streak", "badge", "badges", "level", "rank", "ranking", "karma", "reputation"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(home):
    return Desk(NOW)


def all_rows():
    """Every row of every table but sessions, which a sitting lives in while it lasts."""
    return {
        model._meta.db_table: sorted(map(repr, model.objects.values_list()))
        for model in apps.get_models()
        if model._meta.db_table != "django_session"
    }


def answered(state, turn):
    """The state after one more item, answered now rightly and now wrongly."""
    item = sitting.next_item(state)
    choices = CHOICES[item.stratum]
    return sitting.answer(state, item.id, choices[turn % len(choices)], "80").state


def test_a_thousand_practice_items_move_no_row_at_all(desk, client):
    note = desk.note(desk.person("An Nhiên"))
    for rater in desk.people(5):
        desk.rate(rater, note)
    take_batch(now=NOW)
    writer = desk.person("Bình Minh", may_write=True)
    browser = as_person(client, writer)
    before = all_rows()

    for turn in range(ON_PAGES):
        if turn % 20 == 0:
            browser.post("/practice/quiz/", {"act": "begin"})
        item = sitting.next_item(browser.session["sitting"])
        sent = {"act": "answer", "item": item.id, "choice": CHOICES[item.stratum][turn % 2], "sure": "90"}
        assert browser.post("/practice/quiz/", sent).status_code == 303
        if turn % 20 == 19:
            assert browser.post("/practice/quiz/", {"act": "end"}).status_code == 200
    browser.post("/n/25/rate/next", {"choice": "helpful"})
    browser.post("/learn/1/", {"answer-1": lessons()[0].items[0].outcome})
    done = ON_PAGES + 2
    while done < ITEMS:
        state = sitting.begin("1")
        while sitting.next_item(state) is not None:
            state = answered(state, done)
            done += 1
        sitting.finish(writer, state, now=NOW)
        look_back(ONE_IN * done, "helpful")
        done += 1

    assert done >= ITEMS
    assert all_rows() == before
    assert Rating.objects.count() == 5


def test_what_a_newcomer_leaves_is_the_one_bit(desk):
    newcomer = desk.person("Chi Mai", may_write=False)
    before = all_rows()
    state = sitting.begin("3")
    while (item := sitting.next_item(state)) is not None:
        state = sitting.answer(state, item.id, item.outcome).state

    sitting.finish(newcomer, state, now=NOW)

    after = all_rows()
    moved = {table for table in after if after[table] != before[table]}
    assert moved == {"accounts_account"}
    (row,) = set(after["accounts_account"]) - set(before["accounts_account"])
    assert row.replace("True", "False") in {each.replace("True", "False") for each in before["accounts_account"]}


def test_the_room_has_no_table_and_appends_no_entry():
    source = "".join(path.read_text("utf-8") for path in (DESK / "training").rglob("*.py"))

    assert not [model for model in apps.get_models() if "training" in model.__module__]
    assert "ledger" not in source
    assert ".save(" not in source
    assert "notes.rate" not in source
    assert item_after(ONE_IN)


def test_nobody_is_ranked_and_nothing_is_won():
    pages = [*(DESK / "web/templates").rglob("*.html"), *(DESK / "web/locale").rglob("*.po")]
    files = [*pages, *(DESK / "training").rglob("*.toml"), *(DESK / "notes").glob("*.json")]

    for path in files:
        text = path.read_text("utf-8").lower()
        assert not [word for word in PRIZES if word in text], path.name
    for model in apps.get_models():
        if model.__module__.startswith("thuchu.desk"):
            assert not FIELDS_OF_PRIZES & {field.name for field in model._meta.get_fields()}, model.__name__

"""Lessons, sets and the quiz on the pages: read by anybody, answered without scripts, shown once and kept nowhere."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from at_work import as_person
from django.contrib.sessions.models import Session
from django.utils import timezone
from small_library import text_of

from notes.notes_desk import Desk
from thuchu.desk.accounts.models import Account
from thuchu.desk.notes.models import Rating
from thuchu.desk.training import items, sitting, taken_back
from thuchu.desk.training.content import Withdrawn
from thuchu.desk.training.drift import item_after
from thuchu.desk.training.items import CHOICES
from thuchu.desk.training.lessons import lessons

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(now, home):
    return Desk(now)


@pytest.fixture
def binh(desk):
    return desk.person("Bình Minh", may_write=False)


@pytest.fixture
def pupil(vi, binh):
    return as_person(vi, binh)


def test_anybody_reads_the_six_lessons_in_both_languages(vi, en, home):
    for client, language in ((vi, "vi"), (en, "en")):
        listed = text_of(client.get("/learn/"))
        for each in lessons():
            page = client.get(f"/learn/{each.number}/")

            assert each.title[language] in listed
            assert each.title[language] in text_of(page)
            assert all(item.question[language] in text_of(page) for item in each.items)
            assert not [item for item in each.items if item.why[language] in text_of(page)]
    assert vi.get("/learn/7/").status_code == 404


def test_an_exercise_is_explained_at_once_and_the_others_stay_as_they_are(vi, home):
    first, second = lessons()[0].items[:2]

    page = vi.post("/learn/1/", {"answer-1": first.outcome, "answer-2": "nonsense"})

    assert "Đúng như đã biết" in text_of(page)
    assert first.why["vi"] in text_of(page)
    assert second.why["vi"] not in text_of(page)
    assert page.content.count(b" checked") == 1
    assert 'formaction="#exercise-1"' in page.content.decode()


def test_who_went_through_a_lesson_is_told_that_nobody_knows(vi, home):
    answers = {f"answer-{n}": item.outcome for n, item in enumerate(lessons()[5].items, 1)}

    page = text_of(vi.post("/learn/6/", answers))

    assert "Không ai biết bạn đã trả lời thế nào" in page
    assert "Luyện tập nào" in page
    assert not Session.objects.exists()


def go_through(client, key, wrong=0, sure="80"):
    """Answer all of a sitting, the first `wrong` ones wrongly; the page after the last answer."""
    client.post(f"/practice/{key}/", {"act": "begin"})
    while (item := sitting.next_item(client.session["sitting"])) is not None:
        choice = item.outcome
        if wrong > 0:
            choice, wrong = next(each for each in CHOICES[item.stratum] if each != choice), wrong - 1
        sent = {"act": "answer", "item": item.id, "choice": choice, "sure": sure}
        assert client.post(f"/practice/{key}/", sent).status_code == 303
    return client.get(f"/practice/{key}/")


def test_after_each_item_it_is_said_what_is_known_and_why(pupil):
    pupil.post("/practice/1/", {"act": "begin"})
    item = sitting.next_item(pupil.session["sitting"])
    before = text_of(pupil.get("/practice/1/"))

    pupil.post("/practice/1/", {"act": "answer", "item": item.id, "choice": item.outcome})
    after = text_of(pupil.get("/practice/1/"))

    assert "Câu 1 trên 20" in before
    assert item.why["vi"] not in before
    assert "Câu 2 trên 20" in after
    assert item.why["vi"] in after


def test_who_passes_a_set_may_write_and_nothing_else_stays(pupil, binh):
    assert "Đã trả lời câu cuối" in text_of(go_through(pupil, "2", wrong=4))

    end = pupil.post("/practice/2/", {"act": "end"})

    assert "Đúng 16 trên 20 câu" in text_of(end)
    assert "Từ giờ bạn viết được" in text_of(end)
    assert Account.objects.get(pk=binh.id).may_write
    assert not {"sitting", "sitting_last"} & set(pupil.session.keys())


def test_who_doesn_t_pass_is_kindly_shown_another_set(pupil, binh):
    go_through(pupil, "1", wrong=5)

    end = text_of(pupil.post("/practice/1/", {"act": "end"}))

    assert "Bộ khác" in end
    assert "Không ai thấy kết quả này" in end
    assert not Account.objects.get(pk=binh.id).may_write
    assert pupil.post("/practice/1/", {"act": "begin"}).status_code == 303


def test_the_quiz_shows_how_sure_and_how_right_once(pupil):
    go_through(pupil, sitting.QUIZ, wrong=10, sure="100")

    end = pupil.post("/practice/quiz/", {"act": "end"})
    again = pupil.post("/practice/quiz/", {"act": "end"})

    page = text_of(end)
    assert "Đúng 10 trên 20 câu" in page
    assert "chênh 50 điểm" in page
    assert "0,50" in page
    assert "100 %" in page
    assert page.count("Kết luận nào") == 1
    assert end.content.count(b"<circle") == 1
    assert again.status_code == 422
    assert "Lượt tập này đã xong" in text_of(again)


def test_the_quiz_in_english_says_the_same(desk, en):
    client = as_person(en, desk.person("Chi", may_write=False))
    go_through(client, sitting.QUIZ, sure="50")

    page = text_of(client.post("/practice/quiz/", {"act": "end"}))

    assert "20 of 20 as known" in page
    assert "0.25" in page
    assert "right more often than you were sure" in page


def test_what_was_not_chosen_is_asked_for_and_the_rest_stays(pupil):
    pupil.post("/practice/quiz/", {"act": "begin"})
    item = sitting.next_item(pupil.session["sitting"])

    none = pupil.post("/practice/quiz/", {"act": "answer", "item": item.id, "sure": "70"})
    unsure = pupil.post("/practice/quiz/", {"act": "answer", "item": item.id, "choice": item.outcome})

    assert (none.status_code, unsure.status_code) == (422, 422)
    assert "Bạn chưa chọn câu trả lời nào" in text_of(none)
    assert re.search(r'value="70" checked', none.content.decode())
    assert "50 % là như tung đồng xu" in text_of(unsure)
    assert re.search(rf'value="{item.outcome}" checked', unsure.content.decode())


def test_a_page_sent_twice_and_another_sitting_do_no_harm(pupil):
    pupil.post("/practice/1/", {"act": "begin"})
    item = sitting.next_item(pupil.session["sitting"])
    sent = {"act": "answer", "item": item.id, "choice": item.outcome}
    pupil.post("/practice/1/", sent)

    assert pupil.post("/practice/1/", sent).status_code == 422
    assert pupil.post("/practice/2/", sent).status_code == 422
    assert "Bộ luyện tập 2" in text_of(pupil.get("/practice/2/"))
    assert sitting.standing(pupil.session["sitting"]).asked == 1
    assert pupil.get("/practice/4/").status_code == 404


def test_the_ten_notes_stay_the_first_way_and_the_others_stand_below(pupil):
    page = text_of(pupil.get("/practice/"))

    assert page.index("Bắt đầu") < page.index("Bộ luyện tập 1")
    assert "Bạn chắc đến đâu?" in page
    assert "/learn/" in page


def test_the_pages_of_joining_rating_and_ones_own_work_lead_to_the_lessons(pupil, vi):
    for path in ("/join/", "/my-work/", "/rate/"):
        assert "/learn/" in pupil.get(path).content.decode(), path


@pytest.fixture
def taken(monkeypatch):
    """The first item of the first set was taken back yesterday."""
    first, *rest = items.item_sets()
    gone = Withdrawn(timezone.now().date() - timedelta(days=1), {"vi": "Trạm đã sửa số liệu.", "en": "Corrected."})
    spoilt = replace(first, items=(replace(first.items[0], withdrawn=gone), *first.items[1:]))
    for module in (items, taken_back, sitting):
        monkeypatch.setattr(module, "item_sets", lambda: (spoilt, *rest))
    return spoilt.items[0]


def test_everybody_is_told_what_was_taken_back_until_they_read_it(pupil, taken):
    work = text_of(pupil.get("/my-work/"))
    practice = text_of(pupil.get("/practice/"))

    assert "Một câu luyện tập đã được rút lại" in work
    assert taken.message["vi"] in practice
    assert "Trạm đã sửa số liệu." in practice
    assert pupil.post("/practice/", {"act": "read"}).status_code == 303
    assert "đã được rút lại" not in text_of(pupil.get("/my-work/"))
    assert "Những câu đã rút lại" in text_of(pupil.get("/practice/"))
    assert set(pupil.session.keys()) & {"taken_back_read"}


def test_a_sitting_that_held_it_begins_anew(pupil, monkeypatch, request):
    pupil.post("/practice/1/", {"act": "begin"})

    request.getfixturevalue("taken")

    assert "Bộ luyện tập 1" in text_of(pupil.get("/practice/1/"))
    assert "19 câu" in text_of(pupil.get("/practice/1/"))


def test_the_known_item_after_note_25_is_marked_once_it_is_answered_and_rates_nothing(pupil):
    item = item_after(25)
    before = text_of(pupil.get("/n/25/rate/next"))

    page = text_of(pupil.post("/n/25/rate/next", {"choice": item.outcome}))

    assert item.note["vi"] in before
    assert "luyện tập" not in before
    assert "Đó là bài luyện tập" in page
    assert "Đúng như đã biết" in page
    assert item.why["vi"] in page
    assert not Rating.objects.exists()
    assert pupil.post("/n/25/rate/next", {"choice": "like"}).status_code == 422
    assert pupil.get("/n/26/rate/next").status_code == 404

"""Rating: evidence before the buttons, reasons that fit, no result before one rated; practice; my own work."""

import random

import pytest
from at_work import as_person
from django.utils import timezone
from small_library import text_of

from notes.notes_desk import ANSWER, Desk
from thuchu.desk.accounts.models import Account
from thuchu.desk.claims.assign import take
from thuchu.desk.notes import practice
from thuchu.desk.notes.batch import take_batch
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.models import Rating
from thuchu.desk.notes.practice import ASKED, practice_notes
from thuchu.desk.notes.reasons import Helpfulness, Reason
from thuchu.desk.notes.take_back import withdraw

pytestmark = pytest.mark.django_db

RESULT = "Đánh giá được đếm chung"


@pytest.fixture
def desk(now, home):
    return Desk(now)


@pytest.fixture
def an(desk):
    return desk.person("An Nhiên")


@pytest.fixture
def binh(desk):
    return desk.person("Bình Minh", may_write=False)


@pytest.fixture
def rater(vi, binh):
    return as_person(vi, binh)


def say(client, note, level="helpful", reasons=("helpfulClear",), version=1):
    sent = {"helpfulness": level, "reasons": list(reasons), "version": version}
    return client.post(f"/n/{note}/rate", sent)


def test_the_evidence_stands_before_the_buttons_and_no_result_anywhere(desk, an, rater):
    note = desk.note(an)
    for person in desk.people(5):
        desk.rate(person, note)
    take_batch(now=desk.now)

    page = text_of(rater.get(f"/n/{note}/rate"))

    assert page.index("Súc miệng bằng nước muối") < page.index('type="radio"')
    assert RESULT not in page
    assert all(word not in page for word in ("Còn thiếu gì", "Cần thêm"))


def test_a_rating_is_kept_thanked_for_and_shows_what_others_said(desk, an, rater):
    note = desk.note(an)
    for person in desk.people(5):
        desk.rate(person, note)
    take_batch(now=desk.now)

    sent = say(rater, note)
    page = text_of(rater.get(sent["Location"]))

    assert sent.status_code == 303
    assert "Cảm ơn bạn" in page
    assert "Viết rõ ràng, dễ hiểu" in page
    assert RESULT in page


@pytest.mark.parametrize(
    ("level", "reasons", "status"),
    [
        ("", ["helpfulClear"], 422),
        ("great", ["helpfulClear"], 422),
        ("helpful", [], 422),
        ("helpful", ["helpfulEverything"], 422),
        # What stands under another answer was out of sight and isn't meant.
        ("helpful", ["notHelpfulIncorrect"], 422),
        ("helpful", ["helpfulClear", "notHelpfulIncorrect"], 303),
        ("somewhat_helpful", [str(reason) for reason in Reason], 303),
        ("not_helpful", ["notHelpfulIncorrect"], 303),
    ],
)
def test_reasons_fit_what_was_said_and_what_was_chosen_stays(desk, an, rater, level, reasons, status):
    note = desk.note(an)

    page = say(rater, note, level, reasons)

    assert page.status_code == status
    if status == 422:
        assert 'role="alert"' in text_of(page)
        assert text_of(page).count('name="reasons"') == text_of(page).count('type="checkbox"') == len(Reason)
        assert not Rating.objects.exists()


def test_a_rating_is_changed_and_taken_back(desk, an, rater):
    note = desk.note(an)
    say(rater, note)

    change = text_of(rater.get(f"/n/{note}/rate?change"))
    say(rater, note, "not_helpful", ["notHelpfulIncorrect"])
    changed = text_of(rater.get(f"/n/{note}/rate"))
    rater.post(f"/n/{note}/rate/retract")
    twice = rater.post(f"/n/{note}/rate/retract")

    assert 'value="helpful" checked' in change
    assert 'value="helpfulClear" checked' in change
    assert "Viết rõ ràng" not in changed
    assert twice.status_code == 303
    assert not Rating.objects.exists()


def test_a_note_edited_meanwhile_is_read_again_first(desk, an, rater):
    note = desk.note(an)
    edit(an, note, desk.draft(f"{ANSWER} Sửa rồi."), now=desk.now)

    page = say(rater, note, version=1)

    assert page.status_code == 409
    assert "Sửa rồi." in text_of(page)
    assert 'name="version" value="2"' in text_of(page)
    assert 'value="helpfulClear" checked' in text_of(page)


def test_nobody_rates_their_own_note(desk, an, vi):
    note = desk.note(an)
    writer = as_person(vi, an)

    assert "người khác đánh giá" in text_of(writer.get(f"/n/{note}/rate"))
    assert say(writer, note).status_code == 422


def test_a_withdrawn_note_is_not_rated_and_its_rating_can_be_taken_back(desk, an, rater):
    note = desk.note(an)
    say(rater, note)
    withdraw(an, note, now=desk.now)

    assert "đã được rút lại" in text_of(rater.get(f"/n/{note}/rate"))
    assert "Rút đánh giá của tôi" in text_of(rater.get(f"/n/{note}/rate"))
    assert say(rater, note).status_code == 409


def test_the_list_is_the_same_for_everybody_but_for_ones_own_and_what_is_done(desk, an, rater, en):
    first, second = desk.note(an), desk.note(an, desk.claim("Cả phường mình ngày mai cúp điện suốt buổi sáng"))
    chi = as_person(en, desk.person("Chi"))

    assert text_of(rater.get("/rate/")).index(f"/n/{first}/rate") < text_of(rater.get("/rate/")).index(
        f"/n/{second}/rate"
    )
    sent = say(rater, first)

    assert f"/n/{second}/rate" in text_of(rater.get(sent["Location"]))
    assert f"/n/{first}/rate" not in text_of(rater.get("/rate/"))
    assert f"/n/{first}/rate" in text_of(chi.get("/rate/"))
    say(rater, second)
    assert "Bạn đã đánh giá hết" in text_of(rater.get("/rate/"))


def answer_all(client, right):
    """Answer every practice note, the first `right` of them as known."""
    client.post("/practice/", {"act": "begin"})
    for number in range(ASKED):
        note = practice.next_note(client.session["practice"])
        others = {Helpfulness.HELPFUL: "not_helpful", Helpfulness.NOT_HELPFUL: "helpful"}
        level = note.outcome.value if number < right else others[note.outcome]
        client.post("/practice/", {"act": "answer", "note": note.id, "helpfulness": level})
        page = text_of(client.get("/practice/"))
        assert note.why["vi"] in page
        assert ("Đúng như đã biết" in page) == (number < right)
        last = client.post("/practice/", {"act": "next"})
    return last["Location"]


def test_who_passes_practice_may_write_and_nothing_else_stays(rater, binh):
    end = answer_all(rater, right=8)

    assert "Từ giờ bạn viết được ghi chú" in text_of(rater.get(end))
    assert Account.objects.get(pk=binh.id).may_write
    assert not {"practice", "practice_last"} & set(rater.session.keys())


def test_who_does_not_pass_may_try_again(rater, binh):
    end = answer_all(rater, right=7)

    assert "Lần này chưa được" in text_of(rater.get(end))
    assert not Account.objects.get(pk=binh.id).may_write
    rater.post("/practice/", {"act": "begin"})
    assert "Ghi chú tập 1 trên 10" in text_of(rater.get("/practice/"))


def test_the_address_alone_lets_nobody_pass(rater):
    assert "Từ giờ bạn viết được" not in text_of(rater.get("/practice/?passed"))


def test_a_practice_page_sent_twice_begins_again_without_harm(rater):
    rater.post("/practice/", {"act": "begin"})
    note = practice.next_note(rater.session["practice"])
    rater.post("/practice/", {"act": "answer", "note": note.id, "helpfulness": "helpful"})

    twice = rater.post("/practice/", {"act": "answer", "note": note.id, "helpfulness": "helpful"})
    nothing = rater.post("/practice/", {"act": "answer", "helpfulness": ""})

    assert twice.status_code == nothing.status_code == 422
    assert "Bắt đầu" in text_of(twice)


def test_practice_is_read_in_english_too(desk, en):
    client = as_person(en, desk.person("Chi", may_write=False))
    client.post("/practice/", {"act": "begin"})

    note = practice.next_note(client.session["practice"])

    assert note.claim["en"] in text_of(client.get("/practice/"))


def test_practice_notes_differ_from_time_to_time():
    assert practice.begin(rng=random.Random(1)) != practice.begin(rng=random.Random(2))
    assert len(practice_notes()) > ASKED


def test_my_work_shows_what_i_took_wrote_and_rated_before_it_was_edited(desk, an, vi, binh):
    claim, other = desk.claim(), desk.claim("Ngày mai cả phường cúp điện từ bảy giờ sáng để sửa trạm biến áp")
    take(other, person=an.pseudonym_id, now=timezone.now())
    note = desk.note(an, claim)
    desk.rate(binh, note)

    mine = text_of(as_person(vi, an).get("/my-work/"))
    before = text_of(as_person(vi, binh).get("/my-work/"))
    edit(an, note, desk.draft(f"{ANSWER} Sửa rồi."), now=desk.now)
    after = text_of(as_person(vi, binh).get("/my-work/"))

    assert "Bạn giữ đến" in mine
    assert "Cần thêm 5 đánh giá." in mine
    assert f'href="/n/{note}"' in mine
    assert "Đã sửa sau khi bạn đánh giá" not in before
    assert f'href="/n/{note}/rate"' in after
    assert "/practice/" in after


def test_an_empty_my_work_says_where_to_begin(desk, an, vi):
    page = text_of(as_person(vi, an).get("/my-work/"))

    assert "Lúc này không có." in page
    assert "Chưa có." in page
    assert "/queue/" in page

"""Whoever left an address is told what becomes of their question, once, and again when it changes (rule 9)."""

from datetime import timedelta

import pytest
from test_rounds_of_a_desk import HALF_AN_HOUR

from replies.mailed_desk import BRIDGING, MINUTE, ONE_SIDED, MailedDesk, words_of
from thuchu.desk import journey
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.intake.models import Submission
from thuchu.desk.ledger.append import head
from thuchu.desk.library import reads as library
from thuchu.desk.library.agreed import erase as forget_fact_checks
from thuchu.desk.library.agreed import name_of
from thuchu.desk.notes.edit import edit
from thuchu.desk.replies.models import Reply
from thuchu.desk.replies.sayings import Saying
from thuchu.desk.replies.writing import owe
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(home, now, post_office):
    return MailedDesk(now, post_office)


def body(desk):
    return desk.office.last.get_content().replace("\r\n", "\n")


def test_the_answer_arrives_once_in_the_askers_language(desk):
    token = desk.subscribe(desk.ask())

    desk.agree()
    for hour in range(1, 4):
        desk.settle(desk.now + timedelta(hours=hour))

    letter = desk.office.last
    assert desk.news() == [("an@thu.example", f"Sai: “{words_of(BRIDGING)}”")]
    assert "Câu hỏi của bạn đã có câu trả lời." in body(desk)
    assert f"/q/{token}" in body(desk)
    assert letter["Content-Language"] == "vi"


def test_an_english_page_brings_english_letters(desk):
    desk.subscribe(desk.ask(language="en"), language="en")

    desk.agree()

    assert desk.news()[-1][1].startswith("False: “Tin số 2")
    assert "There is an answer to your question." in body(desk)


def test_a_letter_bears_the_head_of_the_ledger_and_says_how_to_stop(desk):
    desk.subscribe(desk.ask())
    journey.settle(now=desk.now)
    journey.settle(now=desk.now + HALF_AN_HOUR)
    last = head()

    desk.send(desk.now + HALF_AN_HOUR)

    letter = desk.office.last
    assert last.hash.hex() in body(desk)
    assert letter["List-Unsubscribe"].strip("<>") in body(desk)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_no_letter_holds_the_message_of_who_asked(desk):
    """A mailbox is read by others, and what somebody typed could be written to be mailed to a stranger."""
    words = "Nghe nói chuyện này xảy ra ở bến đò cũ, bà con ai có thấy thì kể cho tôi nghe với nhé"
    token = journey.ask(words, door="web", page_language="vi", now=desk.now).token
    desk.subscribe(token)

    desk.settle(desk.now + MINUTE)

    assert not [each for each in desk.office.letters if "bến đò" in each.get_content() or "bến đò" in each["Subject"]]


def test_while_nothing_is_agreed_they_are_told_so_with_the_way_to_the_evidence(desk, now):
    """The first note on a claim that waits: one letter, however many notes follow."""
    claim = desk.claim("Cá chép ở hồ Bảy Mẫu biết đi bộ lên bờ, nhiều người đã nhìn thấy rồi")
    token = journey.ask(
        "Cá chép ở hồ Bảy Mẫu biết đi bộ lên bờ, nhiều người đã nhìn thấy rồi", door="web", page_language="vi", now=now
    ).token
    desk.subscribe(token)
    note = desk.note(desk.person("Người viết mới"), claim)
    desk.rate(desk.raters[0], note)

    desk.settle(now + MINUTE)
    desk.rate(desk.raters[1], note)
    desk.settle(now + 2 * MINUTE)

    assert [subject for _, subject in desk.news()] == ["Chưa đủ đồng thuận: bạn khoan hãy tin"]
    assert "đừng vội tin" in body(desk)


def lose_agreement(desk):
    """They have the answer, and then those who rate agree no longer; gives back the fact-check's name."""
    desk.agree()
    desk.office.letters.clear()
    desk.turn_against()
    desk.settle(desk.now + HALF_AN_HOUR)
    return name_of(desk.notes[BRIDGING])


@pytest.mark.parametrize(
    ("language", "was", "now_is"),
    [
        (
            "vi",
            "chúng tôi trả lời bạn là Sai, về tin “{}”.\n",
            "Nay những người đánh giá không còn đồng thuận về kết luận đó. Chúng tôi chưa biết tin đúng hay sai.\n",
        ),
        (
            "en",
            "we answered you: False, about “{}”.\n",
            "That verdict is no longer agreed on by those who rate. We don't know whether the message is true or",
        ),
    ],
)
def test_a_correction_says_what_it_corrects_and_never_that_the_rumour_is_true(desk, language, was, now_is):
    """It once said: we answered you False, that is no longer right. So the rumour is true, read whoever got it."""
    desk.subscribe(desk.ask(language=language), language=language)

    name = lose_agreement(desk)

    assert was.format(words_of(BRIDGING)) in body(desk)
    assert f"http://127.0.0.1:8000/f/{name}\n" in body(desk)
    assert now_is in body(desk)
    assert "không còn đúng" not in body(desk)
    assert "no longer holds" not in body(desk)


def test_after_an_answer_was_lost_no_sentence_says_that_nothing_was_ever_agreed(desk):
    desk.subscribe(desk.ask())

    lose_agreement(desk)

    assert "Hiện không ghi chú nào được những người vốn hay đánh giá khác nhau cùng đồng ý" in body(desk)
    assert "chưa cùng đồng ý" not in body(desk)


def test_the_words_of_what_was_erased_are_in_no_correction(desk):
    """A private matter: its fact-check went with all it said."""
    desk.subscribe(desk.ask())
    desk.agree()
    forget_fact_checks([desk.notes[BRIDGING]])
    Reply.objects.all().delete()
    number = Submission.objects.latest("pk").pk

    owe(number, Saying(kind="private"), now=desk.now)
    desk.send()

    assert "chúng tôi trả lời bạn là Sai. Câu trả lời ấy nay không còn đúng.\n" in body(desk)
    assert words_of(BRIDGING) not in body(desk)
    assert "/f/" not in body(desk)


def close(desk, claim, code):
    one, two = desk._coordinators()
    reason = scrub("Đây là một ý kiến, không có gì để kiểm chứng.")
    act = propose_not_checkable(claim, code, reason, by=one.pseudonym_id, now=desk.now, has_helpful_note=False)
    journey.confirm_act(act, by=two.pseudonym_id, now=desk.now)


@pytest.mark.parametrize("code", ["not_a_fact", "private"])
def test_a_closed_question_is_told_kindly(desk, code):
    desk.subscribe(desk.ask(ONE_SIDED))
    close(desk, desk.claims_of({desk.notes[ONE_SIDED]}).pop(), code)

    desk.settle(desk.now + MINUTE)

    assert desk.news()[-1][1].endswith("Chúng tôi không kết luận về câu hỏi của bạn")
    expected = "ý kiến" if code == "not_a_fact" else "chuyện riêng"
    assert expected in body(desk)


def test_a_question_that_was_put_with_others_is_told_its_new_place(desk):
    desk.subscribe(desk.ask(ONE_SIDED))
    one = desk.claims_of({desk.notes[ONE_SIDED]}).pop()
    other = desk.claims_of({desk.notes[ONE_SIDED + 1]}).pop()
    first, second = desk._coordinators()
    act = propose_merge(one, other, scrub("Hai câu này là một."), by=first.pseudonym_id, now=desk.now)
    journey.confirm_act(act, by=second.pseudonym_id, now=desk.now)

    desk.settle(desk.now + MINUTE)

    assert desk.news()[-1][1] == "Câu hỏi của bạn đã sang chỗ khác"
    assert f"số {other}" in body(desk)


def test_what_came_back_before_anything_was_sent_is_not_mailed(desk):
    """A status that flaps while the mail server is down makes no heap of letters."""
    desk.subscribe(desk.ask())
    desk.agree()
    desk.office.letters.clear()
    start = desk.now
    desk.turn_against()
    journey.settle(now=start + HALF_AN_HOUR)
    assert Reply.objects.filter(state="waiting").count() == 1
    for person in desk.raters[::2]:
        desk.now = start + 2 * HALF_AN_HOUR
        desk.rate(person, desk.notes[BRIDGING])
    journey.settle(now=start + 3 * HALF_AN_HOUR)
    journey.settle(now=start + 5 * HALF_AN_HOUR)
    assert name_of(desk.notes[BRIDGING]) in library.fact_checks([name_of(desk.notes[BRIDGING])])

    desk.send(start + 5 * HALF_AN_HOUR)

    assert desk.news() == []


def test_a_letter_names_the_day_on_which_its_verdict_was_agreed(desk):
    desk.subscribe(desk.ask())
    desk.agree()
    assert "Thực Hư, 24/11/2026" in body(desk)
    edit(desk.writers[BRIDGING], desk.notes[BRIDGING], desk.draft(verdict="misleading"), now=desk.now)
    desk.settle(desk.now + timedelta(days=1))
    for person in desk.raters:
        desk.rate(person, desk.notes[BRIDGING], version=2)

    desk.settle(desk.now + HALF_AN_HOUR)
    desk.settle(desk.now + HALF_AN_HOUR)

    assert desk.news()[-1][1] == f"Gây hiểu lầm: “{words_of(BRIDGING)}”"
    assert "Thực Hư, 25/11/2026" in body(desk)


def test_a_letter_leads_to_where_the_desk_is_now(desk, settings):
    """A desk that was given its address after its first round mailed links into nothing."""
    desk.subscribe(desk.ask())
    journey.settle(now=desk.now)
    journey.settle(now=desk.now + HALF_AN_HOUR)
    settings.THUCHU_ADDRESS = "https://kiemchung.example"

    desk.send(desk.now + HALF_AN_HOUR)

    assert f"https://kiemchung.example/f/{name_of(desk.notes[BRIDGING])}\n" in body(desk).replace("\r", "")
    assert "127.0.0.1" not in body(desk)


def test_an_answer_that_came_before_the_confirmation_is_told_with_it(desk):
    token = desk.ask()
    journey.be_told_by_mail(token, "an@thu.example", language="vi", now=desk.now)
    desk.send()
    link = desk.office.links()[0]
    journey.settle(now=desk.now)
    desk.now += HALF_AN_HOUR
    journey.settle(now=desk.now)
    assert desk.send() == 0

    journey.confirm_mail(link.rpartition("/")[2], now=desk.now)
    desk.send()

    assert [subject for _, subject in desk.news()] == [f"Sai: “{words_of(BRIDGING)}”"]


def test_a_question_under_an_answered_claim_has_its_answer_however_it_is_put(desk):
    """Two people joined it to the claim: matching alone would only have suggested it."""
    words = "Bữa trước có ai nghe kể vụ bên phường kia không, giờ thực hư thế nào rồi"
    token = desk.subscribe(journey.ask(words, door="web", page_language="vi", now=desk.now).token)
    other = journey.look_again(token, now=desk.now).claim.id
    into = desk.claims_of({desk.notes[BRIDGING]}).pop()
    one, two = desk._coordinators()
    act = propose_merge(other, into, scrub("Cùng một chuyện."), by=one.pseudonym_id, now=desk.now)
    journey.confirm_act(act, by=two.pseudonym_id, now=desk.now)

    desk.agree()

    status = journey.look_again(token, now=desk.now)
    assert (status.answer.kind, status.answer.shown[0].fact_check.note) == ("answer", desk.notes[BRIDGING])
    assert desk.news()[-1][1].startswith("Sai: “")


def test_their_page_remembers_what_was_mailed_and_when(desk):
    token = desk.subscribe(desk.ask())

    desk.agree()

    status = journey.look_again(token, now=desk.now + timedelta(days=2))
    assert [(letter.at, letter.says.kind) for letter in status.mail.letters] == [(desk.now, "answer")]
    assert [(telling.at, telling.kind) for telling in status.tellings][-1] == (desk.now, "answer")


def test_an_erased_question_is_mailed_nothing_more(desk):
    token = desk.subscribe(desk.ask())
    journey.settle(now=desk.now)
    journey.settle(now=desk.now + HALF_AN_HOUR)

    journey.erase_question(token, now=desk.now)
    desk.send(desk.now + HALF_AN_HOUR)

    assert desk.news() == []
    assert not Reply.objects.exists()


def test_a_run_tells_no_more_than_it_has_time_for_and_the_next_one_goes_on(desk, monkeypatch):
    """A desk of ten thousand subscribers must still hold its rounds."""
    for number in range(3):
        desk.subscribe(desk.ask(), f"nguoi{number}@thu.example")
    monkeypatch.setattr(journey, "TOLD_AT_ONCE_MAX", 2)
    journey.settle(now=desk.now + MINUTE)
    start = desk.now + MINUTE + HALF_AN_HOUR

    written = []
    for minute in range(4):
        before = Reply.objects.count()
        journey.settle(now=start + minute * MINUTE)
        written.append(Reply.objects.count() - before)

    assert written == [2, 1, 0, 0]


def test_nobody_is_told_from_an_index_that_is_behind(desk, monkeypatch):
    desk.subscribe(desk.ask())
    desk.agree()
    monkeypatch.setattr("thuchu.desk.library.index.behind", lambda _home: "the index is at change 0")
    desk.turn_against()

    assert journey.tell_askers(now=desk.now + HALF_AN_HOUR) == 0

"""What people see of rounds: a note's status with the rule, what is published, and that it is agreed no longer."""

import json
import re
from datetime import timedelta

import pytest
from at_work import as_person
from django.utils import timezone
from django.utils.translation import gettext, override
from small_library import text_of

from notes.notes_desk import ANSWER
from publishing.test_rounds_of_a_desk import TwoCamps
from thuchu.claimreview import verdict_of
from thuchu.desk import journey
from thuchu.desk.ledger.append import append
from thuchu.desk.library.agreed import name_of
from thuchu.desk.library.exporting import OWN_WORDS
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.rate import rate
from thuchu.desk.publishing.models import Standing
from thuchu.desk.web.templatetags.words import VERDICTS

pytestmark = pytest.mark.django_db

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def camps(home):
    return TwoCamps(timezone.now() - timedelta(hours=3))


@pytest.fixture
def agreed(camps):
    journey.settle(now=camps.now)
    journey.settle(now=camps.now + HALF_AN_HOUR)
    return camps


def text(client, path):
    return client.get(path).content.decode()


def test_a_note_tells_its_status_the_rule_and_the_round(camps, vi, en):
    journey.settle(now=camps.now)

    page = text(vi, f"/n/{camps.notes[2]}")
    assert "Đến nay được thấy có ích" in page
    assert "đa số ở cả hai phía" in page
    assert "sớm nhất là nửa giờ nữa" in page
    assert "since round 1" in text(en, f"/n/{camps.notes[2]}")


def test_what_is_agreed_has_a_page_of_its_own_with_its_claim_review(agreed, vi, en):
    name = name_of(agreed.notes[2])

    page = text(vi, f"/f/{name}")
    assert "những người thường đánh giá khác nhau cùng đồng ý" in page
    assert f'href="/n/{agreed.notes[2]}"' in page
    assert '"@type": "ClaimReview"' in page or '"@type":"ClaimReview"' in page
    assert "noindex" not in page
    assert f'href="/f/{name}"' in text(vi, f"/n/{agreed.notes[2]}")
    assert "Nobody published it by hand" in text(en, f"/f/{name}")
    answer = en.get(f"/api/v1/fact-checks/{name}").json()
    assert (answer["note"], answer["state"], answer["disputed"], answer["may_be_answered"]) == (
        agreed.notes[2],
        "current",
        False,
        True,
    )


def test_its_claim_review_is_whole_and_stands_there_once(agreed, vi):
    """What search engines ask of one: the page's own address, who says so, and a rating in a word and a number."""
    name = name_of(agreed.notes[2])
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text(vi, f"/f/{name}"), re.DOTALL)
    written = [json.loads(each) for each in found]

    assert [each["@type"] for each in written] == ["ClaimReview"]
    assert written[0]["url"] == f"http://127.0.0.1:8000/f/{name}"
    assert written[0]["author"] == {"@type": "Organization", "name": "Thực Hư"}
    assert written[0]["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Sai",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert {"claimReviewed", "datePublished", "inLanguage", "itemReviewed", "reviewBody"} <= set(written[0])


def test_the_ledger_says_what_a_round_changed_as_a_person_reads_it(camps, vi, en):
    """It once showed lists of numbers and codes as a program writes them."""
    journey.settle(now=camps.now)
    note = camps.notes[2]

    page, english = text_of(vi.get("/ledger/")), text_of(en.get("/ledger/"))

    assert f'<a href="/n/{note}">Ghi chú {note}, bản 1</a>: Đến nay được thấy có ích. Những người thường' in page
    assert f'<a href="/n/{note}">Note {note}, version 1</a>: Helpful so far. People who usually' in english
    assert "người đánh giá số " in page
    assert "Lượt 1 ·" in page
    assert "round:1" not in page
    for shown in (page, english):
        assert "[" not in shown.split('<ol class="plain entries">')[1].split("</ol>")[0]


def test_a_long_list_of_the_ledger_ends_with_how_many_more_there_are(vi, home, now):
    changes = [[number, 1, "none", ""] for number in range(1, 301)]
    append("statuses.changed", "round:1", {"changes": changes}, now=now)

    page = text_of(vi.get("/ledger/"))

    assert page.count("Không còn nói gì") == 20
    assert "… và 280 dòng nữa" in page


def claim_of(camps, note):
    return camps.claims_of({note}).pop()


def test_an_agreed_note_misses_nothing_wherever_it_is_shown(agreed, vi, en):
    """The claim's page once said under an agreed note that somebody who usually rates otherwise was still needed."""
    note = agreed.notes[2]
    author = as_person(vi, agreed.writers[2])

    for page in (
        text(vi, f"/c/{claim_of(agreed, note)}"),
        text(vi, f"/n/{note}"),
        text(author, "/my-work/"),
    ):
        assert "một người có thói quen đánh giá khác" not in page
        assert "Còn thiếu gì" not in page
        assert "đa số ở cả hai phía" in page
    assert "Among those who find it helpful" not in text(en, f"/c/{claim_of(agreed, note)}")


@pytest.fixture
def rejected(camps):
    for person in camps.raters:
        rate(person, camps.notes[2], "not_helpful", ["notHelpfulIncorrect"], version=1, now=camps.now)
    journey.settle(now=camps.now)
    return camps


def test_a_rejected_note_says_so_and_what_can_be_done(rejected, vi, en):
    note = rejected.notes[2]
    claim = claim_of(rejected, note)

    page, on_claim = text(vi, f"/n/{note}"), text(vi, f"/c/{claim}")

    assert "Ghi chú mà những người thường đánh giá khác nhau cùng thấy không có ích</h1>" in page
    for shown in (page, on_claim):
        assert "Chưa đủ đồng thuận" not in shown
        assert "Còn thiếu gì" not in shown
        assert "một người có thói quen đánh giá khác" not in shown
        assert "Người viết có thể sửa, rồi nó được đánh giá lại từ đầu" in shown
    assert "People who usually rate differently find it not helpful" in text(en, f"/c/{claim}")


def test_the_author_of_a_rejected_note_reads_what_to_mend(rejected, vi):
    author = as_person(vi, rejected.writers[2])

    for path in (f"/n/{rejected.notes[2]}", "/my-work/"):
        page = text(author, path)
        assert "12 người thấy:" in page
        assert "một người có thói quen đánh giá khác" not in page


def test_an_edited_note_misses_what_a_new_one_misses(rejected, vi):
    note = rejected.notes[2]
    edit(rejected.writers[2], note, rejected.draft(f"{ANSWER} Thêm một câu."), now=rejected.now)

    page = text(vi, f"/n/{note}")

    assert "Cần thêm 5 đánh giá." in page
    assert "không có ích</h1>" not in page


def test_where_both_sides_rated_and_nothing_is_decided_nobody_of_another_habit_is_missing(camps, vi):
    journey.settle(now=camps.now)
    note = Standing.objects.filter(rule="undecided").values_list("note_id", flat=True).first()

    page = text(vi, f"/n/{note}")

    assert "cần đa số ở mỗi bên thấy có ích" in page
    assert "một người có thói quen đánh giá khác" not in page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_our_words_are_those_of_the_pages_and_read_back_as_the_same_verdict(language):
    with override(language):
        assert {code: gettext(word) for code, word in VERDICTS.items()} == OWN_WORDS[language]
    assert {code: verdict_of(word) for code, word in OWN_WORDS[language].items()} == {code: code for code in VERDICTS}


def test_who_asks_is_answered_with_it(agreed, vi, ask):
    page = ask(vi, "Tin số 2 nói rằng ở phường ccc có chuyện lạ chưa ai kiểm chứng").content.decode()

    assert "cùng đồng ý" in page
    assert name_of(agreed.notes[2]) in page


def test_who_was_answered_reads_what_is_agreed_no_longer_and_never_that_the_rumour_is_true(agreed, vi, en, ask):
    words = "Tin số 2 nói rằng ở phường ccc có chuyện lạ chưa ai kiểm chứng"
    path = ask(vi, words).request["PATH_INFO"]
    for person in agreed.raters[::2]:
        rate(person, agreed.notes[2], "not_helpful", ["notHelpfulIncorrect"], version=1, now=agreed.now)
    journey.settle(now=agreed.now + 2 * HALF_AN_HOUR)

    page, english = text_of(vi.get(path)), text_of(en.get(path))

    assert f"chúng tôi trả lời bạn là Sai, về tin “{words}”. Nay những người đánh giá không còn đồng thuận" in page
    assert "về kết luận đó. Chúng tôi chưa biết tin đúng hay sai." in page
    assert f'href="/f/{name_of(agreed.notes[2])}">' in page
    assert "không còn đúng" not in page
    assert "Chưa ai kiểm chứng" not in page
    assert "no longer agreed on by those who rate. We don't know whether the message is true or false." in english


def test_what_is_agreed_no_longer_says_so_and_tells_nobody_anything(agreed, vi, en):
    note = agreed.notes[2]
    for person in agreed.raters[::2]:
        rate(person, note, "not_helpful", ["notHelpfulIncorrect"], version=1, now=agreed.now)
    journey.settle(now=agreed.now + 2 * HALF_AN_HOUR)

    response = vi.get(f"/f/{name_of(note)}")
    assert response.status_code == 200
    assert "Không còn đồng thuận" in response.content.decode()
    assert response["X-Robots-Tag"] == "noindex"
    assert "No longer agreed" in text(en, f"/f/{name_of(note)}")
    assert en.get(f"/api/v1/fact-checks/{name_of(note)}").json()["state"] == "no_longer_agreed"
    assert "Round 1" in text(en, f"/n/{note}")


def test_a_note_shows_how_its_ratings_lie_in_parts_of_five(camps, vi, en):
    journey.settle(now=camps.now)

    page = text(en, f"/n/{camps.notes[2]}")

    assert "12 people, put in the order of how they usually rate" in page
    assert '<svg class="plot"' in page
    assert "Các đánh giá nằm ở đâu" in text(vi, f"/n/{camps.notes[2]}")
    assert not any(f">{number}<" in page for number in _numbers_of(camps))


def test_while_nothing_is_decided_the_picture_leads_nobody(camps, vi):
    """What one side likes stays undecided; who has yet to rate doesn't see who liked it, who has rated does."""
    journey.settle(now=camps.now)
    undecided = camps.notes[0]

    assert '<svg class="plot"' not in text(vi, f"/n/{undecided}")
    assert '<svg class="plot"' in text(as_person(vi, camps.raters[0]), f"/n/{undecided}")


def _numbers_of(camps):
    return [person.rater_number for person in camps.raters]

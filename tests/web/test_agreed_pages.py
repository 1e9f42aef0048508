"""What people see of rounds: a note's status with the rule, what is published, and that it is agreed no longer."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.test_rounds_of_a_desk import TwoCamps
from thuchu.desk import journey
from thuchu.desk.library.agreed import name_of
from thuchu.desk.notes.rate import rate

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


def test_who_asks_is_answered_with_it(agreed, vi, ask):
    page = ask(vi, "Tin số 2 nói rằng ở phường ccc có chuyện lạ chưa ai kiểm chứng").content.decode()

    assert "cùng đồng ý" in page
    assert name_of(agreed.notes[2]) in page


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


def _numbers_of(camps):
    return [person.rater_number for person in camps.raters]

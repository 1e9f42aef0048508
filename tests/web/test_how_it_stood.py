"""What a fact-check of this desk was, from day to day: since when it says what it says, and what it was before."""

import json
import re

import pytest
from small_library import SALT
from standing_desk import DAY, StandingDesk

from notes.notes_desk import ANSWER
from publishing.test_rounds_of_a_desk import HALF_AN_HOUR
from thuchu.desk import journey
from thuchu.desk.claims.models import Proposal
from thuchu.desk.claims.proposals import propose_undo
from thuchu.desk.library.reads import by_url, fact_check
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.rate import rate
from thuchu.desk.notes.take_back import withdraw
from thuchu.desk.publishing.publish import publish
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(home, now):
    """Agreed on 24 November, no more on the 25th, agreed again with another verdict on the 26th."""
    desk = StandingDesk(now)
    desk.agree()
    return desk


@pytest.fixture
def turned(desk):
    desk.lose()
    desk.agree_again()
    return desk


def text(client, path):
    return client.get(path).content.decode()


def json_ld(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])


def test_a_verdict_that_was_agreed_later_bears_the_day_of_that(turned, vi, en):
    """The page said that people agreed on "Misleading" on the day on which they had agreed on "False"."""
    page = text(vi, f"/f/{turned.name}")

    assert '<time datetime="2026-11-26">26/11/2026</time>' in page
    assert "<dt>Công bố</dt><dd>24/11/2026</dd><dt>Sửa đổi</dt><dd>26/11/2026</dd>" in page
    assert (json_ld(page)["datePublished"], json_ld(page)["dateModified"]) == ("2026-11-24", "2026-11-26")
    answer = en.get(f"/api/v1/fact-checks/{turned.name}").json()
    assert (answer["date_published"], answer["date_modified"]) == ("2026-11-24", "2026-11-26")


def test_the_answer_and_what_is_copied_of_it_bear_that_day_too(turned, vi, ask):
    page = ask(vi, "Tin số 2 nói rằng ở phường ccc có chuyện lạ chưa ai kiểm chứng").content.decode()

    assert '<time datetime="2026-11-26">26/11/2026</time>' in page
    assert "Thực Hư, 26/11/2026" in page
    assert "24/11/2026" not in page


def test_what_never_changed_has_no_day_of_change(desk, vi):
    page = text(vi, f"/f/{desk.name}")

    assert '<time datetime="2026-11-24">24/11/2026</time>' in page
    assert "Sửa đổi" not in page
    assert "dateModified" not in json_ld(page)


def test_the_day_is_that_of_viet_nam(home, now):
    """Half past five in the afternoon by the clock of the machine is the next day there."""
    desk = StandingDesk(now.replace(hour=17, minute=30))
    desk.agree()

    assert fact_check(desk.name).date_published.isoformat() == "2026-11-25"


def test_a_publishers_own_days_are_left_as_they_are(vi, take_in):
    take_in(SALT)
    take_in(SALT | {"reviewRating": {"@type": "Rating", "alternateName": "Gây hiểu lầm"}})

    view = by_url(SALT["url"])
    assert (view.said_on, view.date_modified) == (view.date_published, None)


def turns_of(page):
    """The list as a screen reader reads it, newest first."""
    found = re.search(r'<section class="card" aria-labelledby="turns">(.*?)</section>', page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", each).split()) for each in re.findall(r"<li.*?</li>", found[1], re.DOTALL)]


def test_a_fact_check_tells_every_turn_of_its_own_with_day_verdict_and_round(turned, vi, en):
    """A time in which it wasn't agreed stood nowhere once people agreed again."""
    assert turns_of(text(vi, f"/f/{turned.name}")) == [
        "26/11/2026: Đã đồng thuận trở lại: Gây hiểu lầm (lượt 5)",
        "25/11/2026: Không còn đồng thuận (lượt 3)",
        "24/11/2026: Đã đồng thuận: Sai (lượt 2)",
    ]
    assert turns_of(text(en, f"/f/{turned.name}"))[0] == "26 November 2026: Agreed again: Misleading (round 5)"


def test_while_it_is_not_agreed_its_page_says_what_it_said_and_from_when_to_when(desk, vi):
    desk.lose()

    assert turns_of(text(vi, f"/f/{desk.name}")) == [
        "25/11/2026: Không còn đồng thuận (lượt 3)",
        "24/11/2026: Đã đồng thuận: Sai (lượt 2)",
    ]


def test_an_edit_that_no_round_has_seen_took_it_out_by_itself(desk, vi):
    edit(desk.author, desk.number, desk.draft(verdict="misleading"), now=desk.agreed_at)
    publish(now=desk.agreed_at + HALF_AN_HOUR)

    assert turns_of(text(vi, f"/f/{desk.name}"))[0] == (
        "24/11/2026: Không còn đồng thuận (người viết đã sửa hoặc rút ghi chú)"
    )


def test_ratings_that_turn_take_it_out_and_the_round_is_named(desk, vi):
    later = desk.agreed_at + DAY
    for person in desk.raters[::2]:
        rate(person, desk.number, "not_helpful", ["notHelpfulIncorrect"], version=1, now=later)
    journey.settle(now=later)

    assert turns_of(text(vi, f"/f/{desk.name}"))[0] == "25/11/2026: Không còn đồng thuận (lượt 3)"


def test_a_dispute_and_its_end_are_turns_too(desk, vi):
    claim = desk.claims_of({desk.number}).pop()
    another = desk.person("Người viết khác")
    rival = desk.note(another, claim, verdict="true", text=f"Chuyện này có thật. {ANSWER}")
    for person in desk.raters:
        desk.rate(person, rival)
    journey.settle(now=desk.agreed_at + DAY - HALF_AN_HOUR)
    journey.settle(now=desk.agreed_at + DAY)
    withdraw(another, rival, now=desk.agreed_at + 2 * DAY)
    journey.settle(now=desk.agreed_at + 2 * DAY)

    assert [each.split(" (")[0] for each in turns_of(text(vi, f"/f/{desk.name}"))] == [
        "26/11/2026: Hết tranh cãi: Sai",
        "25/11/2026: Đang tranh cãi, ghi chú này nói: Sai",
        "24/11/2026: Đã đồng thuận: Sai",
    ]


def test_a_hidden_passage_is_a_turn_that_leaves_the_verdict(desk, vi):
    desk.now = desk.agreed_at + DAY
    desk.withhold(desk.number, (0, 20))
    journey.settle(now=desk.now)
    other = next(note for note in desk.bridging if note != desk.number)

    assert turns_of(text(vi, f"/f/{desk.name}")) == [
        "25/11/2026: một đoạn bị ẩn, chậm nhất đến 25/12/2026. Đoạn này chỉ ra một người",
        "24/11/2026: Đã đồng thuận: Sai (lượt 2)",
    ]
    assert len(turns_of(text(vi, f"/n/{other}"))) == 1

    one, two = desk._coordinators()
    act = Proposal.objects.get(kind="withhold").pk
    undo = propose_undo(act, scrub("Đoạn này không chỉ ra ai."), by=one.pseudonym_id, now=desk.now + DAY)
    journey.confirm_act(undo, by=two.pseudonym_id, now=desk.now + DAY)
    assert turns_of(text(vi, f"/f/{desk.name}"))[0] == "26/11/2026: Đoạn bị ẩn đã hiện lại"


def test_the_notes_page_tells_them_and_calls_what_it_leads_to_by_its_name(desk, vi, en):
    assert f'<a href="/f/{desk.name}">Bản đã công bố</a>' in text(vi, f"/n/{desk.number}")

    desk.lose()

    page = text(vi, f"/n/{desk.number}")
    assert turns_of(page)[0] == "25/11/2026: Không còn đồng thuận (lượt 3)"
    assert f'<a href="/f/{desk.name}">Trang của bản từng công bố, nay không còn đồng thuận</a>' in page
    assert "Bản đã công bố" not in page
    assert "The page of what was published, which is agreed no longer" in text(en, f"/n/{desk.number}")


def test_its_turns_cost_the_database_a_handful_of_questions(turned, vi, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        vi.get(f"/f/{turned.name}")
    with django_assert_max_num_queries(30):
        vi.get(f"/n/{turned.number}")

"""What a fact-check of this desk was, from day to day: since when it says what it says, and what it was before."""

import json
import re

import pytest
from small_library import SALT
from standing_desk import StandingDesk

from thuchu.desk.library.reads import by_url, fact_check

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

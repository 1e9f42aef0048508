"""The week: made once from public pages, in words of today, for everybody; and the poster that leads people here."""

from datetime import timedelta

import pytest
from django.utils import timezone
from small_library import text_of

from publishing.test_rounds_of_a_desk import TwoCamps
from thuchu.desk import journey
from thuchu.desk.claims.areas import VIET_NAM, load_areas
from thuchu.desk.claims.events import open_event
from thuchu.desk.claims.models import Claim, Grouping
from thuchu.desk.digest import reads
from thuchu.desk.digest.make import ITEMS_MAX, make_week
from thuchu.desk.digest.models import Week
from thuchu.desk.wording import day_in_viet_nam
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def camps(home):
    """A desk that agreed on three notes in the week that is over."""
    now = timezone.now()
    desk = TwoCamps(now - timedelta(days=day_in_viet_nam(now).weekday() + 5))
    journey.settle(now=desk.now)
    journey.settle(now=desk.now + HALF_AN_HOUR)
    return desk


def made(camps):
    assert make_week(now=timezone.now()) == 1
    return reads.week(Week.objects.get().monday, now=timezone.now())


def test_a_week_is_gathered_once(camps):
    view = made(camps)

    assert make_week(now=timezone.now()) == 0
    assert len(view.agreed) == 3
    assert len(view.waiting) == 6
    assert view.line.sunday - view.line.monday == timedelta(days=6)
    assert [each.path for each in view.waiting] == sorted(each.path for each in view.waiting)


def test_each_list_is_short(camps):
    for n in range(ITEMS_MAX):
        camps.note(camps.raters[0], camps.claim(f"Chuyện {n}: con đường {'abcdefghij'[n] * 4} đã đổi tên hôm qua rồi"))
    view = made(camps)

    assert len(view.waiting) == len(view.unrated) == ITEMS_MAX


def test_words_that_were_erased_since_are_left_out(camps):
    view = made(camps)
    Claim.objects.filter(pk=int(view.waiting[0].path.rpartition("/")[2])).update(
        state="not_checkable", closed_reason="private", state_before="in_rating", need=None, wording=""
    )

    assert view.waiting[0] not in reads.week(view.line.monday, now=timezone.now()).waiting
    assert all(isinstance(each, int | str) for each in Week.objects.get().waiting + Week.objects.get().agreed)


def test_it_is_a_page_and_a_feed_in_both_languages(camps, vi, en):
    assert "khi hết một tuần" in text_of(vi.get("/digest/"))
    view = made(camps)
    path = f"/digest/{view.line.monday}/"

    assert f'href="{path}"' in text_of(vi.get("/digest/"))
    page = text_of(vi.get(path))
    assert "Mới đồng thuận" in page
    assert f'href="{view.agreed[0].path}"' in page
    assert "Waits longest" in text_of(en.get(path))
    assert path in vi.get("/digest.atom").content.decode()
    assert vi.get("/digest/2020-01-06/").status_code == vi.get("/digest/x/").status_code == 404


def test_a_poster_has_the_desks_name_a_sentence_the_address_and_a_code(vi, en):
    page = text_of(vi.get("/poster"))

    assert "Hỏi trước khi chuyển tiếp" in page
    assert "127.0.0.1:8000" in page
    assert 'class="qr"' in page
    assert "Ask before you pass it on" in text_of(en.get("/poster"))


def test_a_poster_is_for_an_event_or_an_area(vi):
    now = timezone.now()
    load_areas(VIET_NAM, now=now)
    names = (scrub("Bão số chín"), scrub("Storm nine"))
    event = open_event("storm", names=names, times=(now, now + timedelta(days=3)), areas=[], by=1, now=now)

    assert f"127.0.0.1:8000/e/{event}" in text_of(vi.get(f"/poster?event={event}"))
    assert "127.0.0.1:8000/?area=vn-hue" in text_of(vi.get("/poster?area=vn-hue&event="))
    for odd in ("event=99", "event=x", "area=nowhere", "event=9999999999999999999999"):
        assert vi.get(f"/poster?{odd}").status_code == 404


def test_who_comes_from_an_areas_poster_asks_there(home, vi):
    load_areas(VIET_NAM, now=timezone.now())
    page = text_of(vi.get("/?area=vn-hue"))
    assert 'name="area" value="vn-hue"' in page

    vi.post("/", {"message": "Hồ Tây cạn sạch nước sau một đêm vì cá voi có thật không", "area": "vn-hue"})

    assert Grouping.objects.get().area.code == "vn-hue"
    assert 'name="area"' not in text_of(vi.get("/?area=nowhere"))

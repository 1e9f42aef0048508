"""The queue: what waits, in order, with its reasons in words; what can be chosen; who may take what."""

from datetime import timedelta

import pytest
from claims_desk import CAT, POWER_CUT, SALT_WATER, ClaimsDesk
from small_library import text_of

from thuchu.desk.claims.areas import VIET_NAM, load_areas, set_areas
from thuchu.desk.claims.assign import take
from thuchu.desk.claims.models import Claim
from thuchu.desk.claims.topics import add_topic, set_topics
from thuchu.desk.claims.wishes import Wishes
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(db):
    return ClaimsDesk()


def test_the_most_needed_stands_first_with_its_reasons_in_words(vi, desk):
    lonely = desk.claim(CAT)
    for _ in range(12):
        asked = desk.ask(SALT_WATER).claim_id
    desk.ask(SALT_WATER, wishes=Wishes(needed_by=(desk.now + timedelta(days=1)).date()))
    day = (desk.now + timedelta(days=1)).date()

    page = text_of(vi.get("/queue/"))

    assert page.index(f'href="/c/{asked}"') < page.index(f'href="/c/{lonely}"')
    assert f"cần trước ngày {day.day}/{day.month}/{day.year} · gấp 13 hôm trước · 13 người hỏi" in page
    assert f"“{SALT_WATER}”" in page
    assert "hỏi hôm nay" in page
    assert '<meta name="robots" content="noindex">' in page


def test_the_same_in_english(en, desk):
    for _ in range(3):
        desk.ask(SALT_WATER)
    desk.pass_time(days=-2)
    Claim.objects.update(opened_at=desk.now)

    page = text_of(en.get("/queue/"))

    assert "3 people ask · waits for 2 days" in page
    assert "1 claim waits in all" in page


def test_an_empty_queue_says_so_and_what_to_do(vi, db):
    page = text_of(vi.get("/queue/"))

    assert "Không có gì đang chờ" in page
    assert "Hỏi về một tin" in page


def test_filters_choose_by_topic_area_event_and_language(vi, desk):
    load_areas(VIET_NAM, now=desk.now)
    by = {"by": desk.an.pseudonym_id, "now": desk.now}
    add_topic("dien", name_vi=scrub("Điện nước"), name_en=scrub("Power and water"), **by)
    power, salt = desk.claim(POWER_CUT), desk.claim(SALT_WATER)
    set_topics(power, ["dien"], **by)
    set_areas(power, ["vn-hue"], **by)

    for query in ("topic=dien", "area=vn-hue", "area=vn", "topic=dien&area=vn-hue&language=vi&free=1"):
        page = text_of(vi.get(f"/queue/?{query}"))
        assert f'href="/c/{power}"' in page, query
        assert f'href="/c/{salt}"' not in page, query
    nothing = text_of(vi.get("/queue/?language=en"))
    assert "Không có điều nào như vậy đang chờ" in nothing
    assert 'href="/queue/"' in nothing


@pytest.mark.parametrize(
    "query", ["page=0", "page=999999999999999999999", "event=9" * 9, "area=%00", "topic=" + "x" * 500]
)
def test_odd_filters_are_left_out(vi, desk, query):
    number = desk.claim(CAT)

    response = vi.get(f"/queue/?{query}")

    assert response.status_code == 200
    assert f'href="/c/{number}"' in text_of(response) or "xem tất cả" in text_of(response)


def test_only_who_may_write_is_offered_to_take(vi, desk):
    desk.claim(CAT)

    assert "/take" not in text_of(vi.get("/queue/"))
    assert "/take" not in text_of(desk.browser(desk.newcomer).get("/queue/"))
    assert "/take" in text_of(desk.browser(desk.writer).get("/queue/"))


def test_a_claim_is_taken_and_given_back(vi, desk):
    number = desk.claim(CAT)
    writer = desk.browser(desk.writer)

    taken = writer.post(f"/c/{number}/take")

    assert (taken.status_code, taken["Location"]) == (303, f"/c/{number}")
    assert "bạn đã nhận, đến" in text_of(writer.get("/queue/"))
    assert "có người đang làm, đến ngày" in text_of(vi.get("/queue/"))
    assert "Vân Sơn" not in text_of(vi.get("/queue/"))

    given = writer.post(f"/c/{number}/release", {"next": "/queue/?page=2"})

    assert (given.status_code, given["Location"]) == (303, "/queue/?page=2")
    assert "bạn đã nhận" not in text_of(writer.get("/queue/"))


def test_what_somebody_else_took_says_so_with_a_next_step(desk):
    number = desk.claim(CAT)
    take(number, person=desk.an.pseudonym_id, now=desk.now)

    response = desk.browser(desk.writer).post(f"/c/{number}/take")

    assert response.status_code == 409
    assert "Người khác vừa nhận điều này" in text_of(response)
    assert "/queue/?free=1" in text_of(response)


def test_giving_back_leads_to_no_other_site(desk):
    number = desk.claim(CAT)
    writer = desk.browser(desk.writer)
    writer.post(f"/c/{number}/take")

    given = writer.post(f"/c/{number}/release", {"next": "https://evil.example/"})

    assert given["Location"] == f"/c/{number}"


@pytest.mark.parametrize("claims", [20, 200])
def test_the_queue_asks_few_questions_of_the_database(desk, django_assert_max_num_queries, claims):
    first = desk.claim(CAT)
    row = Claim.objects.get(pk=first)
    shared = {"wording_by": 1, "language": "vi", "opened_at": row.opened_at, "last_asked_at": row.opened_at}
    copies = [Claim(wording=f"{CAT} {n}", askers=n, need=n, change=row.change + n, **shared) for n in range(1, claims)]
    Claim.objects.bulk_create(copies)
    for number in Claim.objects.values_list("pk", flat=True)[:4]:
        take(number, person=desk.writer.pseudonym_id, now=desk.now)
    writer = desk.browser(desk.writer)

    with django_assert_max_num_queries(30) as asked:
        response = writer.get("/queue/?free=")

    assert response.status_code == 200
    assert len(asked) <= 20


def test_the_home_page_says_how_many_wait(vi, desk, home):
    assert "tin đang chờ" not in text_of(vi.get("/"))
    desk.claim(CAT)

    assert '<a href="/queue/">1 tin đang chờ</a>' in text_of(vi.get("/"))

"""Events: a time box, official sources that two people confirmed, and nothing about who stands."""

from datetime import timedelta

import pytest
from claims_desk import CAT, POWER_CUT, ClaimsDesk
from small_library import text_of

from thuchu.desk.claims import reads
from thuchu.desk.claims.areas import VIET_NAM, load_areas
from thuchu.desk.claims.events import confirm_source, open_event, pin_source, put_under_event
from thuchu.desk.claims.models import Claim, Event, EventClaim, PinnedSource
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "election",
    "name_vi": "Bầu cử Hội đồng nhân dân",
    "name_en": "People's Council election",
    "starts": "2026-11-20T07:00",
    "ends": "2026-12-20T19:00",
}
SOURCE = {
    "about": "dates",
    "title": "Hội đồng Bầu cử: ngày bầu cử",
    "address": "https://hoidongbaucu.example/ngay",
    "words": "Ngày bầu cử là ngày 15 tháng 3.",
}


@pytest.fixture
def desk(db):
    return ClaimsDesk()


def opened(desk, kind="storm", days=3):
    times = (desk.now - timedelta(days=1), desk.now + timedelta(days=days))
    names = (scrub("Bão số chín"), scrub("Storm nine"))
    return open_event(kind, names=names, times=times, areas=[], by=desk.an.pseudonym_id, now=desk.now)


def pinned(desk, event, n=0):
    words = {"title": scrub(f"Đài khí tượng {n}"), "words": scrub("Bão vào bờ tối nay.")}
    address = f"https://khituong.example/{n}"
    return pin_source(event, "warnings", address=address, **words, by=desk.an.pseudonym_id, now=desk.now)


def test_no_event_is_a_page_too(vi, en, db):
    assert "Chưa có sự kiện nào" in text_of(vi.get("/events/"))
    assert "No event yet" in text_of(en.get("/events/"))
    assert vi.get("/e/1").status_code == 404


def test_an_event_is_opened_and_changed_in_viet_nams_time(vi, desk):
    load_areas(VIET_NAM, now=desk.now)
    an = desk.browser(desk.an)
    assert an.get("/events/open").status_code == 200

    done = an.post("/events/open", {**TYPED, "area": ["vn-hue"]})

    event = Event.objects.get()
    assert (done.status_code, done["Location"]) == (303, f"/e/{event.pk}")
    assert event.starts.isoformat() == "2026-11-20T00:00:00+00:00"
    page = text_of(vi.get(f"/e/{event.pk}"))
    assert "7:00 ngày 20/11/2026 đến 19:00 ngày 20/12/2026" in page
    assert "Ai ứng cử, ai hơn ai, không bao giờ là chuyện ở đây." in page
    change = text_of(an.get(f"/e/{event.pk}/change"))
    assert 'value="2026-11-20T07:00"' in change
    assert 'value="vn-hue" checked' in change
    assert an.post(f"/e/{event.pk}/change", {**TYPED, "ends": "2027-01-02T00:00"}).status_code == 303
    assert "0:00 ngày 2/1/2027" in text_of(vi.get(f"/e/{event.pk}"))
    assert "Bầu cử Hội đồng nhân dân" in text_of(vi.get("/events/"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts": "tomorrow"},
        {"ends": "2026-11-01T00:00"},
        {"ends": "2030-11-01T00:00"},
        {"starts": "0001-01-01T00:00"},
        {"starts": "0001-01-01T00:00", "ends": "0001-01-02T00:00"},
        {"starts": "9999-12-31T00:00", "ends": "9999-12-31T10:00"},
        {"name_vi": " "},
        {"kind": "party"},
        {"area": "atlantis"},
    ],
)
def test_an_event_that_cannot_be_says_why_and_keeps_what_was_typed(desk, wrong):
    response = desk.browser(desk.an).post("/events/open", TYPED | wrong)

    assert response.status_code == 422
    assert "trouble" in text_of(response)
    assert "People's Council election" in text_of(response)
    assert not Event.objects.exists()


def test_of_an_election_only_the_fixed_subjects_are_offered(desk):
    an = desk.browser(desk.an)
    election, storm = opened(desk, "election"), opened(desk)

    offered = text_of(an.get(f"/e/{election}/pin"))
    assert [offered.count(f'value="{about}"') for about in ("dates", "places", "procedure", "counting")] == [1] * 4
    assert offered.count('name="about"') == 4
    assert text_of(an.get(f"/e/{storm}/pin")).count('name="about"') == 7

    refused = an.post(f"/e/{election}/pin", {**SOURCE, "about": "help"})
    assert refused.status_code == 422
    assert SOURCE["words"] in text_of(refused)
    assert an.post(f"/e/{election}/pin", {**SOURCE, "address": "http://plain.example/"}).status_code == 422
    assert an.post(f"/e/{election}/pin", SOURCE).status_code == 303


def test_a_source_is_shown_once_a_second_person_has_confirmed_it(vi, desk):
    event = opened(desk)
    source = pinned(desk, event)
    an, binh = desk.browser(desk.an), desk.browser(desk.binh)
    before = text_of(vi.get(f"/e/{event}"))
    assert "Bão vào bờ tối nay." not in before
    assert "Còn 1 nguồn chờ người thứ hai đọc." in before
    assert f"/e/{event}/confirm/{source}" not in text_of(an.get(f"/e/{event}"))
    own = an.post(f"/e/{event}/confirm/{source}")
    assert own.status_code == 422
    assert "Việc này cần một người khác" in text_of(own)

    assert binh.post(f"/e/{event}/confirm/{source}").status_code == 303

    after = text_of(vi.get(f"/e/{event}"))
    assert "“Bão vào bờ tối nay.”" in after
    assert "Hai người xác nhận câu này có ở đó: An Nhiên và Bình Minh." in after
    assert binh.post(f"/e/{event}/take-down/{source}").status_code == 303
    assert "Bão vào bờ" not in text_of(vi.get(f"/e/{event}"))
    assert binh.post(f"/e/{event}/take-down/{source}").status_code == 422
    assert PinnedSource.objects.count() == 1


def test_a_source_belongs_to_its_event(desk):
    one, two = opened(desk), opened(desk)
    source = pinned(desk, one)

    assert desk.browser(desk.binh).post(f"/e/{two}/confirm/{source}").status_code == 422
    assert PinnedSource.objects.get().confirmed_by is None


def test_managing_events_is_for_coordinators(vi, desk):
    event = opened(desk)
    for path in ("/events/open", f"/e/{event}/change", f"/e/{event}/pin"):
        assert vi.get(path)["Location"].startswith("/signin/")
        assert desk.browser(desk.writer).get(path).status_code == 403
    assert "/pin" not in text_of(vi.get(f"/e/{event}"))


@pytest.mark.parametrize("rows", [4, 40])
def test_the_pages_ask_few_questions_of_the_database(vi, desk, django_assert_max_num_queries, rows):
    event = opened(desk)
    for n in range(rows):
        opened(desk, days=n + 1)
        confirm_source(pinned(desk, event, n), by=desk.binh.pseudonym_id, now=desk.now)
        number = desk.claim(f"{(CAT, POWER_CUT)[n % 2]} lần thứ {n} ở nhà số {n}")
        put_under_event(event, number, by=desk.an.pseudonym_id, now=desk.now)

    for path in ("/events/", f"/e/{event}"):
        with django_assert_max_num_queries(15):
            assert vi.get(path).status_code == 200


def crowded(desk, claims):
    """An event with so many claims, each asked by one person more than the next."""
    event = opened(desk)
    common = {"opened_at": desk.now, "last_asked_at": desk.now, "language": "vi"}
    rows = [Claim(wording=f"Tin đồn số {n}.", change=n + 1, need=1, askers=1_000 - n, **common) for n in range(claims)]
    made = Claim.objects.bulk_create(rows)
    EventClaim.objects.bulk_create(EventClaim(event_id=event, claim=row) for row in made)
    return event


def test_a_crowded_event_is_read_page_by_page(vi, en, desk):
    event = crowded(desk, reads.EVENT_PAGE_ITEMS * 2 + 1)

    pages = [text_of(vi.get(f"/e/{event}?page={n}")) for n in (1, 2, 3)]

    assert [page.count("Tin đồn số") for page in pages] == [50, 50, 1]
    assert "Tin đồn số 0." in pages[0]
    assert "Tin đồn số 50." in pages[1]
    assert "page=2#claims" in pages[0]
    assert 'rel="prev"' not in pages[0]
    assert 'rel="prev" href="/e/' in pages[1]
    assert 'rel="next"' not in pages[2]
    assert "Asked by fewer" in text_of(en.get(f"/e/{event}"))


def test_an_event_that_fits_has_no_pages(vi, desk):
    event = crowded(desk, reads.EVENT_PAGE_ITEMS)

    assert "page=" not in text_of(vi.get(f"/e/{event}"))


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9" * 40, "²", "1.5"])
def test_what_is_no_page_is_the_first(vi, desk, page):
    event = crowded(desk, 1)

    assert "Tin đồn số 0." in text_of(vi.get(f"/e/{event}", {"page": page}))


@pytest.mark.parametrize("page", ["2", "200", "999999"])
def test_a_page_behind_the_last_one_says_so(vi, desk, page):
    event = crowded(desk, 1)

    assert "Danh sách hết trước trang này." in text_of(vi.get(f"/e/{event}", {"page": page}))


@pytest.mark.parametrize("claims", [3, 300])
def test_an_event_costs_the_same_however_crowded(vi, desk, django_assert_max_num_queries, claims):
    event = crowded(desk, claims)

    # Sources, rule, facts, prebunks, shifts, reviews and claims: a question each.
    with django_assert_max_num_queries(14):
        vi.get(f"/e/{event}")


def election(desk, starts, ends):
    names = (scrub("Bầu cử mẫu"), scrub("Sample election"))
    return open_event("election", names=names, times=(starts, ends), areas=[], by=desk.an.pseudonym_id, now=desk.now)


def test_the_last_day_has_a_page_that_says_what_stands_still_and_until_when(vi, en, desk):
    event = election(desk, desk.now - timedelta(days=9), desk.now + timedelta(hours=5))

    for browser, words in ((vi, "Những gì giữ nguyên trong ngày cuối"), (en, "What stands still on the last day")):
        page = text_of(browser.get(f"/e/{event}/frozen"))
        assert words in page
    assert "Lúc này đang áp dụng." in text_of(vi.get(f"/e/{event}/frozen"))
    assert f'href="/e/{event}/frozen"' in text_of(vi.get(f"/e/{event}"))
    assert f'href="/e/{event}/frozen"' in text_of(vi.get("/"))
    assert vi.get(f"/e/{opened(desk)}/frozen").status_code == 404


def test_a_merge_on_the_last_day_is_refused_in_words_that_say_until_when(vi, en, desk):
    event = election(desk, desk.now - timedelta(days=9), desk.now + timedelta(hours=5))
    cat, power = desk.claim(CAT), desk.claim(POWER_CUT)
    put_under_event(event, cat, by=desk.an.pseudonym_id, now=desk.now)
    an = desk.browser(desk.an)

    refused = an.post(f"/c/{cat}/merge", {"into": str(power), "reason": "Hai câu này là một."})

    assert refused.status_code == 409
    assert "ngày cuối của một cuộc bầu cử" in text_of(refused)


def test_two_people_declare_the_rule_of_evidence_before_it_begins_and_the_page_says_since_when(vi, en, desk):
    event = election(desk, desk.now + timedelta(days=2), desk.now + timedelta(days=9))
    an, binh = desk.browser(desk.an), desk.browser(desk.binh)
    assert an.post(f"/e/{event}/evidence/propose").status_code == 422
    source = pin_source(
        event,
        "dates",
        title=scrub(SOURCE["title"]),
        address=SOURCE["address"],
        words=scrub(SOURCE["words"]),
        by=desk.an.pseudonym_id,
        now=desk.now,
    )
    confirm_source(source, by=desk.binh.pseudonym_id, now=desk.now)

    assert an.post(f"/e/{event}/evidence/propose").status_code == 303
    assert an.post(f"/e/{event}/evidence/confirm").status_code == 422
    assert binh.post(f"/e/{event}/evidence/confirm").status_code == 303

    assert "hoidongbaucu.example" in text_of(vi.get(f"/e/{event}"))
    assert "declared it on" in text_of(en.get(f"/e/{event}"))
    assert an.post(f"/e/{event}/evidence/propose").status_code == 409


def test_a_coordinator_has_an_event_reviewed_at_short_intervals(vi, desk):
    event = opened(desk)
    an = desk.browser(desk.an)
    assert f'action="/e/{event}/reviews"' in text_of(an.get(f"/e/{event}"))

    assert an.post(f"/e/{event}/reviews").status_code == 303

    assert "Rà soát ngắn: Bão số chín" in text_of(vi.get(f"/e/{event}"))
    assert an.post(f"/e/{event}/reviews").status_code == 409

"""An election prepared from its template, read by a second person, and found by a voter; no script anywhere."""

import re
from datetime import timedelta

import pytest
from claims_desk import ClaimsDesk
from django.conf import settings
from django.utils import timezone
from election_desk import ADDRESS, BINH, LATER_HOURS, PAGE, SAID, ElectionDesk
from small_library import text_of

from fake_wire import FakeWire
from thuchu.desk.evidence.models import CaptureRequest
from thuchu.desk.evidence.requests import fetch_requested
from thuchu.desk.facts.models import PinnedFact
from thuchu.desk.facts.pinning import confirm
from thuchu.desk.intake.models import Submission

pytestmark = pytest.mark.django_db
# REVIEWS B7, issue 11: a coordinator prepares an election in fewer acts than this.
STEPS_MAX = 40
HOURS = "Mấy giờ mở cửa điểm bầu cử?"
EVENT = {
    "kind": "election",
    "name_vi": "Bầu cử mẫu hai",
    "name_en": "Second sample election",
    "starts": "2026-11-20T07:00",
    "ends": "2027-03-20T19:00",
    "area": "vn-ha-noi",
}


@pytest.fixture
def people(db):
    return ClaimsDesk()


@pytest.fixture
def desk(people, home, tmp_path):
    return ElectionDesk(timezone.now(), tmp_path)


def test_a_coordinator_prepares_an_election_from_its_template_in_under_forty_steps(people, desk):
    """A step is a box filled, a choice, a tick, or a button or link pressed; both people's are counted."""
    # The link to the form that opens an event.
    an, binh, steps = people.browser(people.an), people.browser(people.binh), 1
    opened = an.post("/events/open", EVENT)
    steps += len(EVENT) + 1
    event = opened["Location"]
    source = {"address": ADDRESS, "quote": SAID["election_day"]}
    assert an.post(f"{event}/source", source)["Location"] == f"{event}/prepare"
    steps += 1 + len(source) + 1
    wire = FakeWire({ADDRESS: PAGE})
    fetch_requested(CaptureRequest.objects.get().pk, now=timezone.now(), wire=wire, home=settings.THUCHU_HOME)
    form = text_of(an.get(f"{event}/prepare"))
    # The page is looked at again until it is fetched; its one source is chosen already.
    steps += 1
    (chosen,) = re.findall(r'name="source" value="(\d+)"[^>]* checked', form)
    values = {f"{field}-vi": words for field, words in SAID.items()}

    done = an.post(f"{event}/prepare", {"source": chosen, "area": "mau-an-binh", "days": "7", **values})
    steps += 1 + len(values) + 1

    assert done["Location"] == f"{event}/agree"
    page = text_of(binh.get(f"{event}/agree"))
    ticked = re.findall(r'name="fact" value="(\d+)"', page)
    assert binh.post(f"{event}/agree", {"fact": ticked})["Location"] == f"{event}#facts"
    steps += 1 + len(ticked) + 1
    assert PinnedFact.objects.filter(state="confirmed").count() == len(SAID)
    assert steps == 37 < STEPS_MAX


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_voter_finds_their_hours_in_three_taps(desk, vi, en, language):
    desk.fact("opening_hours", "mau-an-binh")
    voter = {"vi": vi, "en": en}[language]
    shown = text_of(voter.get("/"))

    assert f'href="/e/{desk.event}"' in shown
    shown = text_of(voter.get(f"/e/{desk.event}"))
    assert f'href="/e/{desk.event}/a/mau-an-binh"' in shown
    page = text_of(voter.get(f"/e/{desk.event}/a/mau-an-binh"))

    assert SAID["opening_hours"] in page
    assert ADDRESS in page
    assert ("Xem lại ngày" if language == "vi" else "Checked on") in page


def test_the_answer_page_shows_the_fact_its_sentence_its_source_and_when_it_was_checked(desk, vi, ask):
    desk.fact("opening_hours")

    page = text_of(ask(vi, HOURS))

    assert f"“{SAID['opening_hours']}”" in page
    assert f'href="{ADDRESS}"' in page
    assert "Xem lại ngày" in page
    assert "Hai người đã đọc nguồn." in page


def test_which_commune_is_asked_with_buttons_and_the_choice_answers(desk, vi):
    desk.fact("opening_hours", "mau-an-binh")
    desk.fact("opening_hours", "mau-hoa-lac", words=LATER_HOURS)
    own = vi.post("/", {"message": HOURS})["Location"]
    page = text_of(vi.get(own))
    assert "Bạn hỏi về xã, phường nào?" in page
    assert 'name="area" value="mau-hoa-lac"' in page

    vi.post(f"{own}/wishes", {"area": "mau-hoa-lac"})

    page = text_of(vi.get(own))
    assert LATER_HOURS in page
    assert "Câu trả lời này đã thay đổi" not in page


def test_who_was_told_the_old_hours_reads_that_they_changed(desk, vi):
    desk.fact("opening_hours")
    own = vi.post("/", {"message": HOURS})["Location"]
    vi.get(own)
    confirm([desk.pin("opening_hours", words=LATER_HOURS)], by=BINH, now=timezone.now())

    page = text_of(vi.get(own))

    assert LATER_HOURS in page
    assert "chúng tôi báo bạn điều một nguồn chính thức nói. Nay nguồn chính thức nói như dưới đây." in page


def test_a_fact_past_its_next_check_stands_greyed_and_says_so(desk, vi, people):
    number = desk.fact("opening_hours", now=timezone.now() - timedelta(hours=30), check_days=1)
    page = text_of(vi.get(f"/e/{desk.event}"))
    assert "Chưa kiểm tra lại" in page
    assert "stale" in page

    people.browser(people.an).post(f"/e/{desk.event}/facts/{number}/check")

    assert "Chưa kiểm tra lại" not in text_of(vi.get(f"/e/{desk.event}"))


def test_what_the_form_refuses_is_kept_with_a_sentence_that_names_the_field(desk, people):
    desk.fact("opening_hours")
    an = people.browser(people.an)
    form = text_of(an.get(f"/e/{desk.event}/prepare"))
    chosen = re.search(r'name="source" value="(\d+)"', form)[1]

    refused = an.post(
        f"/e/{desk.event}/prepare", {"source": chosen, "what_to_bring-vi": "Câu này không có trong thông báo."}
    )

    assert refused.status_code == 422
    assert "Câu cho “Mang theo gì” không có đúng từng chữ trong nguồn." in text_of(refused)
    assert "Câu này không có trong thông báo." in text_of(refused)
    for values in (
        {},
        {"source": "x"},
        {"source": chosen},
        {"source": chosen, "days": "y", "water-vi": "z"},
        {"source": chosen, "days": "9" * 15, "opening_hours-vi": "z"},
    ):
        assert an.post(f"/e/{desk.event}/prepare", values).status_code == 422


def test_steps_and_taking_down_are_forms_too(desk, people, vi):
    an = people.browser(people.an)
    number = desk.fact("opening_hours")

    done = an.post(f"/e/{desk.event}/steps", {"step-polls_open": "2026-12-13T07:00"})

    assert done["Location"] == f"/e/{desk.event}#steps"
    assert "Mở cửa nơi bỏ phiếu" in text_of(vi.get(f"/e/{desk.event}"))
    assert "2026-12-13T07:00" in text_of(an.get(f"/e/{desk.event}/steps"))
    assert an.post(f"/e/{desk.event}/steps", {"step-polls_open": "gestern"}).status_code == 422
    assert an.post(f"/e/{desk.event}/facts/{number}/down").status_code == 303
    assert an.post(f"/e/{desk.event}/facts/{number}/down").status_code == 409
    assert SAID["opening_hours"] not in text_of(vi.get(f"/e/{desk.event}"))


def test_coordinators_see_how_many_were_told_again(desk, people, vi):
    desk.fact("opening_hours", now=timezone.now() - timedelta(minutes=2))
    opened, _ = (vi.post("/", {"message": HOURS})["Location"] for _ in range(2))
    # A minute later; what was told is kept in whole seconds.
    for asked in Submission.objects.all():
        asked.tellings[0][0] -= 60
        asked.save(update_fields=["tellings"])
    confirm([desk.pin("opening_hours", words=LATER_HOURS)], by=BINH, now=timezone.now() - timedelta(seconds=5))
    vi.get(opened)

    page = text_of(people.browser(people.an).get(f"/e/{desk.event}/told"))

    assert "Trong 2 người đã được trả lời như vậy, 1 người" in page


def test_pages_without_a_template_or_an_area_are_not_there(desk, people, vi):
    an = people.browser(people.an)
    other = an.post("/events/open", {**EVENT, "kind": "other"})["Location"]

    assert an.get(f"{other}/prepare").status_code == 404
    assert vi.get(f"/e/{desk.event}/a/nirgends").status_code == 404
    assert vi.get("/e/999/a/mau-an-binh").status_code == 404
    assert vi.get(f"/e/{desk.event}/a/mau-an-binh").status_code == 200

"""Pages on which anybody says what is wrong, two people answer, and what is published is looked at again."""

from datetime import timedelta

import pytest
from at_work import as_person
from django.test import Client
from django.utils import timezone
from small_library import SALT, text_of

from notes.notes_desk import Desk
from publishing.test_rounds_of_a_desk import TwoCamps
from thuchu.desk import journey
from thuchu.desk.intake.limits import limiter
from thuchu.desk.library.agreed import name_of
from thuchu.desk.library.reads import by_url
from thuchu.desk.notes import reads as notes
from thuchu.desk.publishing.models import Recheck, Report

pytestmark = pytest.mark.django_db

SAID = "Đoạn hai sai: Bộ Y tế đã nói khác từ tháng trước."
ANSWER = "Chúng tôi đã đọc lại nguồn; đoạn hai nói đúng như vậy."


@pytest.fixture
def agreed(home):
    camps = TwoCamps(timezone.now() - timedelta(hours=3))
    journey.settle(now=camps.now)
    journey.settle(now=camps.now + timedelta(minutes=30))
    return camps


@pytest.fixture
def desk(home):
    """A note, and two people who work there besides its author."""
    desk = Desk(timezone.now() - timedelta(hours=3))
    desk.raters = desk.people(2)
    desk.notes = [desk.note(desk.person("Người viết"))]
    return desk


def worker(view):
    return as_person(Client(headers={"accept-language": "vi"}), view)


def test_a_visitor_says_what_is_wrong_and_sees_what_becomes_of_it(agreed, vi, en):
    path = f"/f/{name_of(agreed.notes[2])}"
    assert f'href="{path}/wrong"' in vi.get(path).content.decode()
    assert vi.get(f"{path}/wrong").status_code == 200

    sent = vi.post(f"{path}/wrong", {"words": f"{SAID} Gọi 0912345678", "address": "https://yte.example/khac"})
    assert sent.status_code == 303
    page = text_of(vi.get(sent["Location"]))
    assert "Trả lời trước" in page
    assert "1 lời báo sai về bản này đang chờ trả lời" in text_of(vi.get(path))
    assert "Đoạn hai sai" not in page

    first, second = worker(agreed.raters[0]), worker(agreed.raters[1])
    for_workers = text_of(first.get(sent["Location"]))
    assert "Đoạn hai sai" in for_workers
    assert "0912345678" not in for_workers
    answered = first.post(f"{sent['Location']}/answer", {"outcome": "nothing_wrong", "answer": ANSWER})
    assert answered.status_code == 303
    assert second.post(f"{sent['Location']}/agree").status_code == 303

    page = text_of(en.get(sent["Location"]))
    assert "Nothing wrong was found" in page
    assert ANSWER in page
    assert "No status changed by it" in page
    assert "Nothing wrong was found" in text_of(en.get("/reports/"))
    listed = en.get("/api/v1/reports").json()
    assert (listed["waiting"], listed["closed"]) == (0, 1)
    assert listed["items"][0]["outcome"] == "nothing_wrong"
    assert "Đoạn hai" not in str(listed)


def test_what_an_imported_check_says_is_its_publishers_matter(vi, take_in, desk):
    take_in(SALT)
    path = by_url(SALT["url"]).page_path
    report = vi.post(f"{path}/wrong", {"words": SAID})["Location"]

    first, second = worker(desk.raters[0]), worker(desk.raters[1])
    refused = first.post(f"{report}/answer", {"outcome": "note_edited", "answer": ANSWER})
    first.post(f"{report}/answer", {"outcome": "publishers_matter", "answer": ANSWER})
    second.post(f"{report}/agree")

    assert refused.status_code == 422
    assert ANSWER in text_of(refused)
    assert "chỉ họ sửa được" in text_of(vi.get(report))


def test_what_was_typed_stays_when_it_can_not_be_taken(desk, vi):
    path = f"/n/{desk.notes[0]}/wrong"

    short = vi.post(path, {"words": "Sai rồi", "address": ""})
    wrong = vi.post(path, {"words": SAID, "address": "yte"})

    assert (short.status_code, wrong.status_code) == (422, 422)
    assert "Sai rồi" in text_of(short)
    assert SAID in text_of(wrong)
    assert not Report.objects.exists()


def test_reports_are_as_fast_as_questions_and_no_faster(desk, vi, settings):
    settings.THUCHU_CHECKS_PER_MINUTE, settings.THUCHU_WORKERS = 1, 1
    limiter.cache_clear()
    vi.post(f"/n/{desk.notes[0]}/wrong", {"words": SAID})

    again = vi.post(f"/n/{desk.notes[0]}/wrong", {"words": SAID})

    assert again.status_code == 429
    assert again["Retry-After"]
    assert SAID in text_of(again)
    assert Report.objects.count() == 1


@pytest.mark.parametrize("path", ["/reports/99", "/n/99/wrong", "/f/nothing/wrong"])
def test_what_is_not_there_is_404(home, vi, path):
    assert vi.get(path).status_code == 404


def test_an_overdue_report_is_shown_as_overdue(desk, vi, en):
    vi.post(f"/n/{desk.notes[0]}/wrong", {"words": SAID})
    day = timezone.now().date() - timedelta(days=20)
    Report.objects.update(received_on=day, due_on=day + timedelta(days=14))

    assert "Quá hạn từ" in text_of(vi.get("/reports/"))
    assert "Overdue since" in text_of(en.get("/reports/"))


def test_a_published_check_says_when_it_was_last_checked_and_is_due(agreed, vi, en):
    note, path = agreed.notes[2], f"/f/{name_of(agreed.notes[2])}"
    assert "Xem lần cuối ngày" in text_of(vi.get(path))
    told = vi.get(f"/api/v1/fact-checks/{name_of(note)}").json()
    assert told["check_again_by"] > told["checked_on"]
    assert told["card_url"].endswith(f"{path}/card.png")
    day = timezone.now().date()
    Recheck.objects.update(checked_on=day - timedelta(days=190), due_on=day - timedelta(days=10))

    assert "has been due to be looked at again since" in text_of(en.get(path))
    assert "Đã đăng, và đến hạn xem lại" in text_of(vi.get("/queue/"))

    somebody = worker(agreed.raters[0])
    form = f"/n/{note}/still-holds"
    opened = [piece.number for piece in notes.note(note, viewer=None, now=timezone.now()).evidence]
    assert form in somebody.get("/queue/").content.decode()
    assert somebody.get(form).status_code == 200
    assert somebody.post(form, {}).status_code == 422
    assert somebody.post(form, {"opened": opened}).status_code == 303
    assert "Last checked on" in text_of(en.get(path))
    again = somebody.post(form, {"opened": opened})
    assert again.status_code == 409


def test_the_pages_ask_few_questions_of_the_database(agreed, vi, django_assert_max_num_queries):
    for _ in range(5):
        vi.post(f"/n/{agreed.notes[2]}/wrong", {"words": SAID})
    for path in (
        "/reports/",
        f"/reports/{Report.objects.latest('pk').pk}",
        f"/f/{name_of(agreed.notes[2])}",
        "/queue/",
    ):
        with django_assert_max_num_queries(25):
            vi.get(path)

"""The register of commitments, its page for each, its files, and the forms that move them."""

import csv
import io
import json
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar
from signing_in import signed_in
from small_library import text_of

from commitments.meeting_desk import CLASSES, PAGE, MeetingDesk
from thuchu.desk.commitments.models import Commitment, OwnerAddress
from thuchu.desk.commitments.reads import of_review
from thuchu.desk.options import MailServer
from thuchu.desk.replies.sealing import link_token
from thuchu.desk.wording import day_in_viet_nam

pytestmark = pytest.mark.django_db

REASON = "Nhà văn hoá sửa đến hết tháng."


@pytest.fixture
def desk(db):
    """What happens here happens now, as in the pages."""
    desk = MeetingDesk(timezone.now())
    desk.in_month = day_in_viet_nam(desk.now) + timedelta(days=30)
    return desk


def browser(view):
    return signed_in(view.id)


def filled(desk, **changed):
    """The form of a new commitment as it would be taken."""
    sent = {
        "resolution": desk.in_force().number,
        "text": CLASSES,
        "owner": "role:duty",
        "helper": [f"organisation:{desk.library.pk}"],
        "due": desk.in_month.isoformat(),
        "measure": "deliverable",
        "evidence": "Ảnh lớp trên trang của thư viện",
    }
    return {**sent, **changed}


def test_a_coordinator_agrees_its_owner_reports_and_another_confirms(desk, vi, en):
    an, chi = browser(desk.an), browser(desk.chi)
    assert "Chưa kỳ rà soát nào ghi cam kết" in text_of(vi.get("/commitments/"))
    desk.in_force()

    assert "01/2026-q3" in text_of(an.get("/commitments/agree"))
    page = an.post("/commitments/agree", filled(desk))["Location"]
    assert "nhóm trực" in text_of(vi.get(page))
    assert "Thư viện tỉnh" in text_of(vi.get(page))
    assert chi.post(f"{page}/update", {"by_role": "duty", "text": "Đã thuê được phòng học."}).status_code == 303
    reported = {"by_role": "duty", "text": "Hai lớp đã xong, gọi 0912345678.", "evidence": PAGE}
    assert chi.post(f"{page}/report", reported).status_code == 303
    assert "Báo đã xong" in text_of(vi.get(page))
    assert "0912345678" not in text_of(vi.get(page))
    assert an.post(f"{page}/confirm", {"by_role": "coordinators"}).status_code == 303

    shown = text_of(en.get(page))
    assert "Done on time" in shown
    assert "An Nhiên" in shown
    assert "Hoàn thành đúng hạn" in text_of(vi.get("/commitments/"))


def test_what_was_typed_stays_where_it_can_not_be_taken(desk):
    an = browser(desk.an)
    desk.in_force()

    for changed, said in (
        ({"owner": ""}, "Bạn chọn một bên chủ trì"),
        ({"due": "hôm nào đó"}, "Bạn cho biết hạn"),
        ({"measure": "figure", "figure": "wait_median", "target": "một"}, "mục tiêu bằng số"),
        ({"evidence": ""}, "nhìn vào đâu thì thấy đã xong"),
        ({"resolution": "99/2020-q1"}, "Bạn chọn kết luận họp"),
    ):
        answer = an.post("/commitments/agree", filled(desk, **changed))
        assert answer.status_code == 422
        assert said in text_of(answer)
        assert CLASSES in text_of(answer)
    assert not Commitment.objects.exists()


def test_a_meeting_moves_drops_and_replaces(desk, vi):
    an, number, other = browser(desk.an), desk.agree(), desk.agree()
    page = f"/commitments/{number}"
    by = {"resolution": "01/2026-q3", "reason": REASON}
    later = date(2027, 6, 30)

    assert an.post(f"{page}/extend", {**by, "due": "30/6/2027"}).status_code == 303
    shown = text_of(vi.get(page))
    assert "30/6/2027" in shown
    assert "hạn gốc 31/12/2026" in shown
    assert desk.row(number).due_on == later
    assert an.post(f"{page}/replace", {**by, "by": other}).status_code == 303
    assert other in text_of(vi.get(page))
    assert an.post(f"/commitments/{other}/drop", by).status_code == 303
    assert an.post(f"/commitments/{other}/drop", by).status_code == 409
    assert REASON in text_of(vi.get(f"/commitments/{other}"))


def test_the_list_is_chosen_from_by_state_and_owner(desk, vi):
    own, theirs = desk.agree(), desk.agree(owner=f"organisation:{desk.library.pk}")
    desk.drop(own)

    def listed(query):
        page = vi.get(f"/commitments/?{query}").content.decode()
        return [number for number in (own, theirs) if f'href="/commitments/{number}"' in page]

    assert listed("") == [own, theirs]
    assert listed("state=open") == [theirs]
    assert listed("state=dropped") == [own]
    assert listed("owner=role:duty") == [own]
    assert listed(f"state=open&owner=organisation:{desk.library.pk}") == [theirs]
    assert listed("state=nonsense&owner=nobody&page=x") == []
    assert listed("state=nonsense&page=-1") == [own, theirs]


def test_the_register_is_a_file_in_four_forms(desk, vi, en):
    number = desk.agree()
    desk.agree_on_figure()

    written = vi.get("/commitments.csv?lang=en")
    assert written["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(written.content.decode("utf-8-sig"))))
    assert rows[0]["owner"] == "the people on duty"
    assert {row["measure"] for row in rows} >= {"wait_median"}
    milestones = json.loads(en.get("/commitments.json").content)["milestones"]
    assert number in {each["id"] for each in milestones}
    feed = ET.fromstring(vi.get("/commitments.atom").content)
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 2
    calendar = Calendar.from_ical(vi.get("/commitments.ics").content)
    assert len(calendar.walk("VTODO")) == 2
    assert vi.get("/commitments.pdf").status_code == 404


def test_when_reviews_meet_is_a_calendar(desk, en):
    desk.third_quarter()

    answer = en.get("/reviews.ics")

    event = Calendar.from_ical(answer.content).walk("VEVENT")[0]
    assert answer["Content-Type"].startswith("text/calendar")
    assert str(event["summary"]) == "Open review 2026-q3"


@pytest.mark.parametrize(
    ("said", "leads_to"),
    [
        ("/cam-ket/", "/commitments/"),
        ("/cam-ket/?state=open", "/commitments/?state=open"),
        ("/cam-ket/CK-2026-001/", "/commitments/CK-2026-001"),
        ("/cam-ket/CK-2026-001", "/commitments/CK-2026-001"),
        ("/cam-ket.ics", "/commitments.ics"),
        ("/ra-soat.ics", "/reviews.ics"),
    ],
)
def test_names_that_people_say_lead_there_for_good(vi, said, leads_to):
    answer = vi.get(said)

    assert (answer.status_code, answer["Location"]) == (301, leads_to)


@pytest.mark.parametrize("path", ["/cam-ket//evil.example/", "/cam-ket/%2F%2Fevil.example", "/cam-ket/a.b"])
def test_no_such_name_leads_away_from_here(vi, path):
    assert vi.get(path).status_code == 404


def test_whoever_may_not_is_shown_no_button(desk, vi):
    page = f"/commitments/{desk.agree()}"

    assert f"{page}/report" not in vi.get(page).content.decode()
    assert f"{page}/extend" not in browser(desk.chi).get(page).content.decode()
    assert browser(desk.chi).post(f"{page}/extend", {}).status_code == 403
    assert vi.post(f"{page}/update", {"text": "x"}).status_code in (303, 403)
    assert vi.get("/commitments/CK-2020-001").status_code == 404


def test_a_page_is_the_same_until_something_happens_or_a_day_ends(desk, vi):
    number = desk.agree()
    first = vi.get(f"/commitments/{number}")
    again = vi.get(f"/commitments/{number}", headers={"if-none-match": first["ETag"]})
    desk.report(number)

    assert again.status_code == 304
    assert vi.get(f"/commitments/{number}", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_the_register_asks_the_database_little(desk, vi, django_assert_max_num_queries):
    for _ in range(12):
        desk.agree(helpers=(f"organisation:{desk.library.pk}",))

    with django_assert_max_num_queries(12):
        assert vi.get("/commitments/").status_code == 200


def test_nothing_typed_into_an_address_breaks_a_page(desk):
    client = Client()
    for query in ("page=99999999", "state[]=x", "owner=%00", "lang=xx"):
        assert client.get(f"/commitments/?{query}").status_code == 200
        assert client.get(f"/commitments.csv?{query}").status_code == 200


def test_a_coordinator_leaves_an_owners_address_and_who_reads_it_says_yes_and_stop(desk, vi, settings):
    settings.THUCHU_SMTP_URL = MailServer("127.0.0.1", 1, "none")
    an = browser(desk.an)

    left = an.post("/commitments/mail/", {"owner": "role:duty", "email": "truc@thu.example", "language": "vi"})
    assert left.status_code == 303
    assert "chưa có trả lời" in text_of(an.get("/commitments/mail/"))
    assert "truc@thu.example" not in text_of(an.get("/commitments/mail/"))
    nonce = OwnerAddress.objects.get().nonce
    page = f"/commitments/mail/{link_token(nonce, 'confirm')}"
    assert "nhắc bạn về các cam kết" in text_of(vi.get(page))
    assert OwnerAddress.objects.get().state == "asked"
    vi.post(page)
    assert "Được nhắc qua thư" in text_of(an.get("/commitments/mail/"))
    stop = f"/commitments/mail/{link_token(nonce, 'stop')}/stop"
    assert "xoá địa chỉ" in text_of(vi.get(stop))
    assert OwnerAddress.objects.exists()
    vi.post(stop)
    assert not OwnerAddress.objects.exists()
    assert vi.get(page).status_code == 404


def test_what_is_wrong_with_an_address_is_said_and_it_can_be_taken_back(desk, settings):
    an = browser(desk.an)
    sent = {"owner": "role:duty", "email": "truc@thu.example", "language": "vi"}
    assert an.post("/commitments/mail/", sent).status_code == 422

    settings.THUCHU_SMTP_URL = MailServer("127.0.0.1", 1, "none")
    assert an.post("/commitments/mail/", {**sent, "email": "không phải"}).status_code == 422
    assert an.post("/commitments/mail/", {**sent, "owner": "role:chi"}).status_code == 422
    an.post("/commitments/mail/", sent)
    an.post("/commitments/mail/back", {"owner": "role:duty"})

    assert not OwnerAddress.objects.exists()
    assert browser(desk.chi).get("/commitments/mail/").status_code == 403


def test_people_at_work_see_what_is_due_soon(desk):
    number = desk.agree(due_on=desk.in_month - timedelta(days=25))

    assert number in text_of(browser(desk.chi).get("/my-work/"))


@pytest.mark.parametrize(
    ("language", "said"), [("vi", "Chuyển tiếp từ các kỳ trước"), ("en", "Carried over from earlier")]
)
def test_a_reviews_page_has_a_part_for_its_own_and_those_it_found_open(desk, language, said):
    number = desk.agree()
    desk.review("2027-q2", date(2027, 4, 1), date(2027, 7, 1), state="planned")

    with override(language):
        own = render_to_string("parts/review_commitments.html", {"commitments": of_review("2026-q3", now=desk.now)})
        later = render_to_string("parts/review_commitments.html", {"commitments": of_review("2027-q2", now=desk.now)})

    assert number in own
    assert said not in own
    assert said in later
    assert number in later

"""The pages about questions to organisations: asked in the open, answered in others' words, silence as silence."""

import csv
import io
import json
from datetime import timedelta

import pytest
from claims_desk import SALT_WATER, ClaimsDesk
from django.db import connection
from django.test.utils import CaptureQueriesContext
from small_library import text_of

from inquiries.asking_desk import ANSWER, QUESTION, with_calendar
from thuchu.desk.claims.models import Claim
from thuchu.desk.evidence.models import Quote
from thuchu.desk.inquiries import calendars
from thuchu.desk.inquiries.models import CalendarYear, Inquiry, InquiryAnswer
from thuchu.desk.reviews.models import Organisation
from thuchu.desk.wording import day_in_viet_nam

pytestmark = pytest.mark.django_db


class Asking(ClaimsDesk):
    """A desk whose coordinators ask, on its pages and in the days we have now."""

    def __init__(self):
        super().__init__()
        self.today = day_in_viet_nam(self.now)
        with_calendar(self.today.year - 1, self.today.year, self.today.year + 1)
        self.at = self.browser(self.an)

    def organisation(self, name="Trường Tiểu học Hoa Sen", english="Hoa Sen Primary School"):
        assert self.at.post("/organisations/add", {"name_vi": name, "name_en": english}).status_code == 303
        return Organisation.objects.latest("pk").pk

    def draft(self, **more):
        sent = {"organisation": more.pop("organisation", None) or self.organisation(), "question": QUESTION, **more}
        done = self.at.post("/inquiries/draft", sent)
        assert done.status_code == 303, text_of(done)
        return int(done["Location"].rpartition("/")[2])

    def sent(self, days_ago=0, **more):
        number = self.draft(**more)
        done = self.post(number, "send", on=self.day(days_ago), how="mail", rule="desk", days="5", unit="working")
        assert done.status_code == 303, text_of(done)
        return number

    def post(self, number, act, **sent):
        return self.at.post(f"/inquiries/{number}/{act}", sent)

    def day(self, days_ago=0):
        return (self.today - timedelta(days=days_ago)).isoformat()

    def answered(self, number, **more):
        return self.post(number, "answer", **{"on": self.day(), "outcome": "answered", "quoted": ANSWER, **more})


@pytest.fixture
def desk(db):
    return Asking()


def test_nobody_asked_yet_is_a_page_too(vi, en, db):
    assert "Chưa hỏi cơ quan nào" in text_of(vi.get("/inquiries/"))
    assert "Nobody has been asked yet" in text_of(en.get("/inquiries/"))
    assert "Danh sách chưa có cơ quan, đơn vị nào." in text_of(vi.get("/organisations/"))
    assert vi.get("/inquiries/1").status_code == 404


def test_a_question_goes_from_its_draft_to_an_answer_in_others_words(vi, en, desk):
    claim = desk.claim(SALT_WATER)
    assert f'value="{claim}"' in text_of(desk.at.get(f"/inquiries/draft?claim={claim}"))
    number = desk.draft(claims=str(claim), office="Ban Giám hiệu")
    assert vi.get(f"/inquiries/{number}").status_code == 404
    assert "chưa gửi" in text_of(desk.at.get(f"/inquiries/{number}"))
    assert QUESTION not in text_of(vi.get("/inquiries/"))

    desk.post(number, "send", on=desk.day(3), how="mail", rule="law", days="", unit="")

    page = text_of(vi.get(f"/inquiries/{number}"))
    assert "chưa trả lời (3 ngày)" in page
    assert "15 ngày làm việc, kể từ sau ngày" in page
    assert "Cơ quan báo thời hạn giải quyết chậm nhất ngày" in page
    assert "cuối tuần" in page
    assert "no answer yet (3 days)" in text_of(en.get(f"/inquiries/{number}"))
    assert desk.post(number, "acknowledge", on=desk.day(2)).status_code == 303
    words = "Công văn số 12 của nhà trường."
    assert desk.post(number, "extend", on=desk.day(1), days="10", unit="calendar", words=words).status_code == 303
    assert words in text_of(vi.get(f"/inquiries/{number}"))
    assert desk.answered(number, signed_as="Ban Giám hiệu").status_code == 303

    page = text_of(vi.get(f"/inquiries/{number}"))
    assert ANSWER in page
    assert "trong hạn" in page
    of_claim = text_of(vi.get(f"/c/{claim}"))
    assert ANSWER in of_claim
    assert "Câu trả lời là bằng chứng, không phải kết luận" in of_claim
    assert Claim.objects.get(pk=claim).state == "open"


def test_silence_on_a_claims_page_is_so_many_days(vi, desk):
    claim = desk.claim(SALT_WATER)
    desk.sent(days_ago=30, claims=str(claim))

    page = text_of(vi.get(f"/c/{claim}"))

    assert "chưa trả lời (30 ngày)" in page
    assert "Hạn trả lời là" in page


def test_the_table_is_alphabetical_and_comes_as_a_file(vi, desk):
    first = desk.sent(organisation=desk.organisation("Ủy ban nhân dân xã", "Commune office"))
    second = desk.sent(organisation=desk.organisation("Điện lực", "Power company"), question="=1+1 là bao nhiêu nhỉ?")
    desk.answered(second)

    page = text_of(vi.get("/inquiries/"))
    assert page.index("Điện lực") < page.index("Ủy ban nhân dân xã")
    file = vi.get("/inquiries/table.csv")

    assert file.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [int(row["number"]) for row in rows] == [second, first]
    assert rows[0]["question"] == "'=1+1 là bao nhiêu nhỉ?"
    assert (rows[0]["state"], rows[0]["timeliness"], rows[0]["answer"]) == ("answered", "on_time", ANSWER)
    assert rows[1]["due_rule"] == "desk"
    listed = json.loads(vi.get("/api/v1/inquiries").content)
    assert [each["number"] for each in listed["items"]] == [second, first]
    assert listed["items"][0]["answers"][0]["quoted"] == ANSWER
    assert vi.get("/api/v1/inquiries?page=0").status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"organisation": ""},
        {"organisation": "99999"},
        {"question": "Sao?"},
        {"office": "Ông Nguyễn Văn An"},
        {"claims": "mười"},
        {"claims": "99999"},
        {"claims": "9" * 40},
        {"area": "atlantis"},
        {"event": "7"},
    ],
)
def test_a_draft_that_cannot_be_says_why_and_keeps_what_was_typed(desk, wrong):
    typed = {"organisation": desk.organisation(), "question": QUESTION, "office": "Văn thư"}

    response = desk.at.post("/inquiries/draft", typed | wrong)

    assert response.status_code == 422
    page = text_of(response)
    assert 'role="alert"' in page
    assert ({**typed, **wrong})["question"] in page
    assert not Inquiry.objects.exists()


@pytest.mark.parametrize(
    ("act", "wrong"),
    [
        ("send", {"on": "hôm qua"}),
        ("send", {"on": "2200-01-01"}),
        ("send", {"on": "0001-01-01"}),
        ("send", {"how": ""}),
        ("send", {"rule": "mine"}),
        ("send", {"days": ""}),
        ("send", {"days": "999"}),
        ("send", {"unit": "moons"}),
    ],
)
def test_a_sending_that_cannot_be_says_why(desk, act, wrong):
    number = desk.draft()
    right = {"on": desk.day(), "how": "mail", "rule": "desk", "days": "5", "unit": "working"}

    response = desk.post(number, act, **(right | wrong))

    assert response.status_code == 422
    assert 'role="alert"' in text_of(response)
    assert Inquiry.objects.get().state == "drafted"


@pytest.mark.parametrize(
    ("act", "wrong"),
    [
        ("acknowledge", {"on": "mai"}),
        ("extend", {"days": "16"}),
        ("extend", {"days": ""}),
        ("extend", {"words": "Ừ"}),
        ("extend", {"unit": ""}),
        ("answer", {"outcome": "true"}),
        ("answer", {"quoted": ""}),
        ("answer", {"signed_as": "Nguyễn Văn An"}),
        ("answer", {"document": "7"}),
        ("answer", {"dated": "xưa"}),
        ("withdraw", {"words": ""}),
    ],
)
def test_a_step_that_cannot_be_says_why(desk, act, wrong):
    number = desk.sent()
    right = {"on": desk.day(), "days": "5", "unit": "working", "words": "Công văn số 12.", "outcome": "answered"}

    response = desk.post(number, act, **({**right, "quoted": ANSWER} | wrong))

    assert response.status_code == 422
    assert 'role="alert"' in text_of(response)
    assert Inquiry.objects.get().state == "sent"


def test_who_comes_second_is_told_how_it_stands(desk):
    number = desk.sent()
    assert desk.post(number, "withdraw", words="Nhà trường đã tự thông báo.").status_code == 303

    assert desk.answered(number).status_code == 409
    assert desk.post(number, "drop").status_code == 409
    draft = desk.draft(organisation=Organisation.objects.get().pk)
    assert desk.post(draft, "drop").status_code == 303
    assert desk.post(draft, "drop").status_code == 404


def test_a_copy_of_the_letter_is_kept_and_shown_with_the_answer(vi, home, desk):
    from django.core.files.uploadedfile import SimpleUploadedFile

    number = desk.sent()
    page = f"<!doctype html><title>Thông báo</title><p>{ANSWER}</p>".encode()
    sent = {"file": SimpleUploadedFile("thu.html", page), "quote": "Nhà trường không cho học sinh nghỉ ngày 27/11."}
    assert desk.at.post(f"/inquiries/{number}/document/upload", sent).status_code == 303
    assert "27/11" in text_of(desk.at.get(f"/inquiries/{number}/document"))
    quote = Quote.objects.get()
    form = text_of(desk.at.get(f"/inquiries/{number}/answer"))
    assert f'name="document" value="{quote.pk}"' in form

    assert desk.answered(number, document=str(quote.pk)).status_code == 303

    assert InquiryAnswer.objects.get().document == quote
    shown = text_of(vi.get(f"/inquiries/{number}"))
    assert "thu.html" in shown
    assert desk.at.post(f"/inquiries/{number}/document", {"address": "x", "quote": "y"}).status_code == 422
    asked = {"address": "https://truong.example/thong-bao", "quote": ANSWER}
    assert desk.at.post(f"/inquiries/{number}/document", asked).status_code == 303
    assert desk.at.get("/my-work/").status_code == 200


def test_holidays_that_are_missing_are_missed_where_one_sees_it(vi, desk, monkeypatch):
    operator = desk.browser(desk.people.person("Quang Minh", role="operator"))
    assert "lịch nghỉ lễ" not in text_of(desk.at.get("/inquiries/")) + text_of(operator.get("/machine/"))
    number = desk.draft()
    CalendarYear.objects.all().delete()
    monkeypatch.setattr(calendars, "_shipped_years", lambda: iter(()))

    said = f"Chưa có lịch nghỉ lễ năm {desk.today.year}"
    assert said in text_of(desk.at.get("/inquiries/"))
    assert said in text_of(operator.get("/machine/"))
    assert said not in text_of(vi.get("/inquiries/"))
    refused = desk.post(number, "send", on=desk.day(), how="mail", rule="law", days="", unit="")
    assert refused.status_code == 422
    assert "Chưa tính được hạn" in text_of(refused)


def test_an_organisation_is_renamed_and_ends_and_its_questions_stay(vi, en, desk):
    number = desk.sent()
    organisation = Organisation.objects.get().pk
    names = {"name_vi": "Trường Hoa Sen", "name_en": "Hoa Sen School"}
    assert "Trường Tiểu học Hoa Sen" in text_of(desk.at.get(f"/organisations/{organisation}/change"))

    assert desk.at.post(f"/organisations/{organisation}/change", names).status_code == 303
    assert "Hoa Sen School" in text_of(en.get(f"/inquiries/{number}"))
    assert desk.at.post(f"/organisations/{organisation}/end").status_code == 303
    assert desk.at.post(f"/organisations/{organisation}/end").status_code == 409
    assert desk.at.get(f"/organisations/{organisation}/change").status_code == 404

    page = text_of(vi.get("/organisations/"))
    assert "Không còn nữa" in page
    assert "Trường Hoa Sen" in page
    assert vi.get(f"/inquiries/{number}").status_code == 200
    again = desk.at.post("/organisations/add", names)
    assert again.status_code == 409
    assert "Đã có tên này trong danh sách" in text_of(again)


def test_the_words_about_a_private_matter_go_and_that_it_was_asked_stays(vi, desk):
    from thuchu.desk import journey
    from thuchu.desk.claims.closing import propose_not_checkable
    from thuchu.privacy import scrub

    words = "Cô giáo dạy lớp ba ở cuối ngõ nhà mình mới ly dị chồng có đúng không"
    claim = desk.claim(words)
    number = desk.sent(claims=str(claim), question=f"Xin hỏi nhà trường: {words}?")
    desk.answered(number, quoted="Cô giáo ấy vẫn dạy lớp ba, chuyện riêng của cô chúng tôi không trả lời.")
    by = {"by": desk.an.pseudonym_id, "now": desk.now}
    act = propose_not_checkable(claim, "private", scrub("Chuyện riêng."), has_helpful_note=False, **by)

    journey.confirm_act(act, by=desk.binh.pseudonym_id, now=desk.now)

    page = text_of(vi.get(f"/inquiries/{number}"))
    assert "ly dị" not in page
    assert "lớp ba" not in page
    assert "Câu chữ đã được xoá cùng một chuyện riêng tư." in page
    assert "lớp ba" not in vi.get("/inquiries/table.csv").content.decode()
    assert desk.answered(number).status_code == 409


def test_a_long_table_asks_no_more_of_the_database_than_a_short_one(vi, desk):
    school = desk.organisation()

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert vi.get("/inquiries/").status_code == 200
        return len(queries)

    desk.answered(desk.sent(organisation=school))
    desk.sent(organisation=desk.organisation("Sở Y tế", "Department of Health"))
    few = asked()
    for _ in range(6):
        desk.answered(desk.sent(organisation=school))

    assert asked() == few <= 15

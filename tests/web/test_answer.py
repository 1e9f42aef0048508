"""The asker's private page: what leads, what can be said of it, and how it goes away."""

from datetime import timedelta

import pytest
from django.utils import timezone
from small_library import EGGS, SALT, STORM, TOWERS, review, text_of

from thuchu.desk import journey
from thuchu.desk.intake.models import Feedback, Submission
from thuchu.desk.library.reads import by_url

pytestmark = pytest.mark.django_db

# The publisher's own link is an exact door: the answer is certain however small the library is.
EXACT = "Mọi người xem https://tin.example/nuoc-muoi nói về nước muối diệt vi rút"
UNKNOWN = "Cá heo biết đọc báo và viết thư tình bằng tiếng Latinh cổ"


def say(client, response, url, says):
    path = response.request["PATH_INFO"]
    return client.post(f"{path}/said", {"fact_check": by_url(url).id, "says": says}, follow=True)


def test_an_answer_says_verdict_claim_why_and_who(vi, take_in, ask):
    take_in(SALT, STORM)

    response = ask(vi, EXACT)
    page = text_of(response)

    assert response.status_code == 200
    assert "<title>Sai: “Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng” · Thực Hư</title>" in page
    assert "<span>Sai</span>" in page
    assert "Nước muối làm dịu cổ họng. Nó không diệt vi rút đã vào trong tế bào.</p>" in page
    assert '<b>Báo Thử</b> kết luận: <q lang="vi">Sai</q>' in page
    assert '<time datetime="2026-03-02">2/3/2026</time>' in page
    assert 'href="https://tin.example/nuoc-muoi" rel="noopener noreferrer nofollow"' in page
    assert "Vì cùng có một đường dẫn: tin.example/nuoc-muoi." in page


def test_the_same_answer_in_english(en, take_in, ask):
    take_in(SALT)

    page = text_of(ask(en, EXACT))

    assert "<span>False</span>" in page
    assert '<h2 class="claim" lang="vi">“Uống nước muối' in page
    assert "2 March 2026" in page
    assert "Because both hold the same link" in page


def test_the_page_is_private(vi, take_in, ask):
    take_in(SALT)

    response = ask(vi, EXACT)

    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex, nofollow">' in text_of(response)


def test_the_text_to_copy_carries_the_verdict_first_and_the_permanent_address(vi, take_in, ask):
    take_in(SALT)

    response = ask(vi, EXACT)
    copy = response.content.decode().split(' rows="6">\n')[1].split("</textarea>")[0]

    assert copy.startswith("Sai: “Uống nước muối")
    assert "Theo Báo Thử, 2/3/2026" in copy
    assert copy.endswith(by_url(SALT["url"]).page_path)


def test_a_warning_about_a_link_comes_first(vi, take_in, ask):
    take_in(SALT)

    page = text_of(ask(vi, "vietcombank-xacminh.example và https://tin.example/nuoc-muoi"))

    assert "<title>Đừng bấm đường dẫn này" in page
    assert "Địa chỉ này trông giống <b>vietcombank.com.vn</b> nhưng <b>không phải</b> của họ." in page
    assert page.index("vietcombank-xacminh.example") < page.index("“Uống nước muối")


def test_a_host_that_is_listed_and_looks_like_a_bank_is_warned_of_once(vi, take_in, ask, tmp_path, now):
    """Two red cards with one host and one advice said less than one card with both reasons."""
    take_in(SALT)
    hosts = tmp_path / "hosts.txt"
    hosts.write_text("vietcombank-xacminh.example\n")
    journey.take_in_links(hosts, publisher="Danh sách Thử", now=now)

    page = text_of(ask(vi, "vào vietcombank-xacminh.example để mở lại tài khoản nhé"))

    assert page.count("<span>Đừng bấm đường dẫn này</span>") == 1
    assert page.count("đổi mật khẩu đã nhập") == 1
    assert page.index("Danh sách trang nguy hiểm của <b>Danh sách Thử</b>") < page.index("trông giống <b>vietcombank")


def test_what_nobody_has_checked_is_told_honestly(vi, home, ask):
    page = text_of(ask(vi, UNKNOWN))

    assert "Chúng tôi chưa biết tin này đúng hay sai" in page
    assert "Câu hỏi của bạn đã vào hàng chờ." in page
    assert "Đừng vội chuyển tiền" in page
    for number in ("113", "115", "156"):
        assert f'href="tel:{number}"' in page


def test_personal_data_is_shown_covered_and_said_so(vi, home, ask):
    page = text_of(ask(vi, UNKNOWN + " hỏi anh Nam 0912 345 678"))

    assert "0912" not in page
    assert '<span class="covered">số điện thoại</span>' in page
    assert "Chúng tôi đã che số điện thoại trong tin trước khi lưu." in page


def test_this_is_it_is_kept_once_and_thanked(vi, take_in, ask):
    take_in(SALT)
    answer = ask(vi, EXACT)

    say(vi, answer, SALT["url"], "is_it")
    page = text_of(say(vi, answer, SALT["url"], "is_it"))

    assert Feedback.objects.count() == 1
    assert "Bạn cho biết: đúng tin này. Cảm ơn bạn." in page


def test_this_is_not_it_takes_the_answer_away_from_the_top(vi, take_in, ask):
    take_in(SALT)
    answer = ask(vi, EXACT)

    page = text_of(say(vi, answer, SALT["url"], "is_not_it"))

    assert "Chúng tôi chưa biết tin này đúng hay sai" in page
    assert "Bạn cho biết không phải những tin này" in page


def test_a_mistaken_no_can_be_taken_back(vi, take_in, ask):
    take_in(SALT)
    answer = ask(vi, EXACT)
    say(vi, answer, SALT["url"], "is_not_it")

    page = text_of(say(vi, answer, SALT["url"], "is_it"))

    assert "<title>Sai: “Uống nước muối" in page


def test_a_wrong_check_can_be_said_to_be_wrong(vi, take_in, ask):
    take_in(SALT)
    answer = ask(vi, EXACT)

    page = text_of(say(vi, answer, SALT["url"], "is_wrong"))

    assert "Bạn cho biết bản kiểm chứng này sai." in page
    assert Feedback.objects.get().says == "is_wrong"


@pytest.mark.parametrize(
    ("fact_check", "says"), [("", "is_it"), ("nothing", "is_it"), ("{real}", "is_great"), ("{real}", "")]
)
def test_what_no_button_sends_is_not_kept(vi, take_in, ask, fact_check, says):
    take_in(SALT)
    path = ask(vi, EXACT).request["PATH_INFO"]
    name = fact_check.format(real=by_url(SALT["url"]).id)

    response = vi.post(f"{path}/said", {"fact_check": name, "says": says})

    assert response.status_code == 400
    assert Feedback.objects.count() == 0


def test_where_publishers_disagree_both_are_shown_and_none_is_chosen(vi, take_in, ask):
    take_in(SALT)
    take_in(
        review("https://khac.example/muoi", SALT["claimReviewed"], "Đúng"),
        publisher="Báo Khác",
        hosts=("khac.example",),
    )

    page = text_of(ask(vi, "https://tin.example/nuoc-muoi và https://khac.example/muoi"))

    assert "Các nơi kiểm chứng chưa thống nhất về tin này" in page
    assert "<b>Báo Thử</b>" in page
    assert "<b>Báo Khác</b>" in page


def test_an_answer_that_changed_says_what_was_told_before(vi, take_in, ask, now):
    take_in(SALT)
    path = ask(vi, EXACT).request["PATH_INFO"]
    told = timezone.now()
    take_in(SALT | {"reviewRating": {"@type": "Rating", "alternateName": "Gây hiểu lầm"}}, at=now + timedelta(days=3))

    page = text_of(vi.get(path))

    local = (told + timedelta(hours=7)).date()
    was = f"Ngày {local.day}/{local.month}/{local.year} chúng tôi trả lời bạn là Sai, về tin “{SALT['claimReviewed']}”."
    now_is = "Câu trả lời ấy nay không còn đúng. Nay kết luận là Gây hiểu lầm."
    assert f"<b>Câu trả lời này đã thay đổi.</b> {was} {now_is}" in page


def test_a_withdrawn_answer_is_told_to_who_got_it(vi, take_in, ask, now):
    take_in(SALT)
    path = ask(vi, EXACT).request["PATH_INFO"]
    journey.withdraw_from(SALT["url"], "nguồn đã đính chính", now=now)

    page = text_of(vi.get(path))

    assert "Bản kiểm chứng đó đã được rút, nên câu trả lời ấy nay không còn đúng. Chúng tôi chưa biết tin đúng" in page
    assert f'<a href="{by_url(SALT["url"]).page_path}">Xem bản kiểm chứng đó nay ra sao</a>' in page
    assert "Chúng tôi chưa biết tin này đúng hay sai" in page


def test_a_later_fact_check_reaches_who_asked_before(vi, take_in, ask, now):
    take_in(TOWERS)
    path = ask(vi, EXACT).request["PATH_INFO"]
    take_in(SALT, at=now + timedelta(days=1))

    page = text_of(vi.get(path))

    assert "<b>Câu trả lời này đã thay đổi.</b>" in page
    assert "Nay kết luận là Sai." in page


def test_a_question_is_erased_by_who_asked_it_after_one_more_look(vi, take_in, ask):
    take_in(SALT)
    path = ask(vi, EXACT).request["PATH_INFO"]

    asked_again = text_of(vi.get(f"{path}/erase"))
    still_there = Submission.objects.count()
    erased = vi.post(f"{path}/erase", follow=True)

    assert "Xoá câu hỏi này?" in asked_again
    assert still_there == 1
    assert "Câu hỏi của bạn đã được xoá" in text_of(erased)
    assert Submission.objects.count() == 0
    assert vi.get(path).status_code == 404
    assert vi.post(f"{path}/erase").status_code == 303


@pytest.mark.parametrize("token", ["x", "A" * 24, "%00", "A" * 500, "é" * 24])
def test_a_link_that_opens_nothing_says_why_it_may_be(vi, home, token):
    for path in (f"/q/{token}", f"/q/{token}/erase"):
        response = vi.get(path)

        assert response.status_code == 404
        assert "180 ngày sau lần trả lời cuối" in text_of(response)


def test_markup_in_messages_and_fact_checks_stays_text(vi, take_in, ask):
    take_in(review(SALT["url"], "Uống <script>alert(1)</script> mỗi ngày", "<img src=x onerror=alert(2)>"))

    page = ask(vi, EXACT + " <script>alert(3)</script>").content.decode()

    assert "<script>alert" not in page
    assert "<img" not in page


def test_an_answer_page_asks_the_database_at_most_ten_times(vi, take_in, ask, django_assert_max_num_queries):
    take_in(SALT, STORM, EGGS)
    path = ask(vi, EXACT).request["PATH_INFO"]

    with django_assert_max_num_queries(10):
        vi.get(path)

"""About, publishers, the ledger, what machines ask for, and what every page carries."""

from pathlib import Path

import pytest
from django.db import transaction
from small_library import SALT, STORM, text_of

import thuchu.desk.web
from thuchu.desk import journey
from thuchu.desk.ledger.append import append, head
from thuchu.desk.ledger.kinds import KINDS
from thuchu.desk.ledger.reads import PAGE_ITEMS
from thuchu.desk.library.reads import by_url

pytestmark = pytest.mark.django_db

LOADED = {".css", ".js", ".svg", ".woff2"}
PAGES = [
    "/",
    "/f/",
    "/about/",
    "/publishers/",
    "/ledger/",
    "/corrections/",
    "/board/",
    "/open-data/",
    "/erased/",
    "/no-such-page",
    "/q/nothing",
]


def test_about_says_all_eleven_rules(vi, en, home):
    for client in (vi, en):
        page = text_of(client.get("/about/"))

        assert page.split('<ol class="rules">')[1].split("</ol>")[0].count("<li><b>") == 11


def test_about_says_what_is_kept_and_for_how_long(vi, home, settings):
    settings.THUCHU_KEEP_DAYS = 77

    page = text_of(vi.get("/about/"))

    assert "77 ngày sau lần trả lời cuối" in page
    assert "không giữ địa chỉ mạng" in page


def test_about_says_what_is_kept_of_people_who_work_here_and_what_could_be_guessed(vi, en, home):
    page, english = text_of(vi.get("/about/")), text_of(en.get("/about/"))

    assert "có thêm một cookie gọi tên phiên; nó mất khi họ đăng xuất, hoặc sau 30 ngày" in page
    assert "Bản sao lưu mà người vận hành đã làm vẫn còn những gì bị xoá sau đó" in page
    assert "who holds the database could compute it" in english
    assert "fewer than about 30 people who rate" in english


def test_about_says_where_answers_come_from_and_what_is_never_one(vi, en, home):
    """It once said that nothing written here answers anybody, long after agreed notes did."""
    page, english = text_of(vi.get("/about/")), text_of(en.get("/about/"))

    assert "ghi chú viết ở đây mà những người thường đánh giá khác nhau cùng thấy có ích, trong hai lượt" in page
    assert "What isn't agreed is shown under its claim, says so, and is never an answer." in english
    assert "somebody else published" not in english


def test_about_says_who_can_read_the_words_of_a_question_that_waits(vi, en, home):
    page, english = text_of(vi.get("/about/")), text_of(en.get("/about/"))

    assert "nằm trong hàng chờ, ai cũng đọc được" in page
    assert "unless somebody has worked on them by then" in english


def test_about_says_what_cannot_be_proven_yet(vi, take_in):
    take_in(SALT)

    page = text_of(vi.get("/about/"))

    assert "Những điều bạn còn phải tin lời chúng tôi" in page
    assert head().hash.hex() in page


def test_publishers_are_listed_with_their_hosts_and_admission(vi, take_in):
    take_in(SALT)
    take_in(STORM | {"url": "https://khac.example/bao"}, publisher="Báo Khác", hosts=())

    page = text_of(vi.get("/publishers/"))

    assert '<span class="address-line">tin.example</span> · đã nhận' in page
    assert "Được nhận ngày 24/11/2026, vì: người vận hành nhận khi chưa ai hỏi gì ở đây." in page
    assert "Chưa có trang nào của nơi này trong danh sách" in page


def test_the_ledger_says_each_act_in_words_newest_first(vi, take_in, now):
    take_in(SALT)
    path = by_url(SALT["url"]).page_path
    journey.withdraw_from(SALT["url"], "nguồn đã đính chính", now=now)

    page = text_of(vi.get("/ledger/"))

    acts = ["Rút một bản kiểm chứng", "Nhập các bản kiểm chứng", "Nhận một nơi công bố", "Thêm một nơi công bố"]
    places = [page.index(act) for act in acts]
    assert places == sorted(places)
    assert head().hash.hex() in page
    assert f'href="{path}"' in page


def test_the_ledger_shows_an_entry_of_every_kind_with_all_it_says(vi, home, now):
    """A field may be called what a template calls a part of a mapping: "items" once did."""
    with transaction.atomic():
        for kind, (_, fields) in KINDS.items():
            append(kind, "test:1", {name: f"what {name} says" for name in fields}, now=now)

    pages = [text_of(vi.get("/ledger/", {"page": number})) for number in range(1, len(KINDS) // PAGE_ITEMS + 2)]

    said = "".join(pages)
    assert all(f"what {name} says" in said for _, fields in KINDS.values() for name in fields)
    assert all(f"<code>{kind}</code>" in said for kind in KINDS)


@pytest.mark.parametrize("number", ["0", "x", "-3", "999999", "9" * 50, "²"])
def test_an_odd_page_of_the_ledger_is_a_page_all_the_same(vi, home, number):
    assert vi.get("/ledger/", {"page": number}).status_code == 200


def test_every_page_prints_the_head_of_the_ledger(vi, take_in):
    take_in(SALT)

    for path in PAGES:
        assert head().hash.hex()[:12] in text_of(vi.get(path)), path


@pytest.mark.parametrize("path", [*PAGES, "/robots.txt", "/static/look.css"])
def test_every_answer_forbids_what_this_desk_did_not_serve(vi, home, path):
    response = vi.get(path)

    policy = response["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_a_style_or_script_of_its_own(vi, take_in, path):
    take_in(SALT)

    page = vi.get(path).content.decode()

    assert "<style" not in page
    assert " style=" not in page
    assert " onclick" not in page
    assert page.count("<script ") == page.count("<script src=")


@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands_on_its_feet(vi, take_in, path):
    """One first heading, a skip link, landmarks, a language, a title."""
    take_in(SALT)

    page = text_of(vi.get(path))

    assert page.count("<h1") == 1
    assert '<a class="skip" href="#main">' in page
    assert page.count("<main") == page.count("<header") == page.count("<footer") == 1
    assert '<html lang="vi">' in page
    assert "<title>" in page


def test_crawlers_are_kept_from_private_pages(vi, home):
    robots = vi.get("/robots.txt")

    assert robots["Content-Type"].startswith("text/plain")
    assert "Disallow: /q/" in robots.content.decode()
    assert vi.get("/favicon.ico")["Location"] == "/static/icon.svg"


@pytest.mark.parametrize("path", ["/", "/about/", "/publishers/", "/ledger/"])
def test_a_page_asks_the_database_at_most_ten_times(vi, take_in, django_assert_max_num_queries, path):
    take_in(SALT, STORM)

    with django_assert_max_num_queries(10):
        vi.get(path)


def test_everything_a_browser_loads_weighs_at_most_100_kilobytes():
    folder = Path(thuchu.desk.web.__file__).parent / "static"

    sizes = {path.name: path.stat().st_size for path in folder.rglob("*") if path.suffix in LOADED}

    assert len(sizes) >= 7
    assert sum(sizes.values()) <= 100_000, sizes

"""Addresses are found however they are written; dates, prices, names and full stops are left alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from written_forms import WRITTEN_FORMS

from thuchu.links import ListedHosts, ListEntry, bundled_official, find_addresses, inspect


def hosts(text: str) -> list[str]:
    return [address.host for address in find_addresses(text)]


@pytest.mark.parametrize("form", WRITTEN_FORMS)
@pytest.mark.parametrize("host", ["qua-tang247.com", "shop68.com.vn", "nhanqua.xyz"])
def test_a_host_is_found_in_every_written_form(form: str, host: str) -> None:
    listed = ListedHosts().with_list("Báo An", [ListEntry(host)])
    message = f"Bạn vào {WRITTEN_FORMS[form](host)} để nhận quà nhé."

    warnings = inspect(message, listed, bundled_official())

    assert [warning.warning for warning in warnings] == ["listed"]


@pytest.mark.parametrize(
    "text",
    [
        "TP.HCM và TP.HN",
        "v.v. rồi v.v",
        "giá 2.500.000 đồng",
        "12.11.2026",
        "3.14",
        "Node.js và ASP.NET",
        "bao-cao.docx",
        "script.py, README.md, anh.zip",
        "xong.Nhưng anh về",
        "Anh đi rồi.Em ở lại",
        "xong roi.co ai biet khong",
        "tell.me now",
        "PGS.TS Nguyễn An, ThS.BS Bình",
        "an.nguyen@gmail.com",
        "Tôi đi. Me tôi về. Com ngon",
        "it.is done.now",
        "Q.1, P.5",
        "e.g. this, i.e. that",
        "U.S. Army",
        "No.1 toàn quốc",
        "Việt Nam.Vn vô địch",
        "10.000.000đ",
        "K.O",
        "S.O.S",
        "Ph.D",
        "Dr.Strange",
        "9.30pm",
        "hôm nay chấm bài",
        "em chấm cam",
        "5 chấm 5",
        "ok.la",
        "...",
        "abc...com",
        "www",
        "https://",
        "Co., Ltd.",
        "J.K.Rowling",
        "http://localhost/a",
        "tỉ số 2.1",
        "Điều 5.2.a",
        "ảnh.jpg",
        "Đẹp.To",
        "@an.binh",
    ],
)
def test_what_only_looks_like_a_link_is_none(text: str) -> None:
    assert hosts(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Xem shop.example/a_(b), rồi gọi lại", ["shop.example"]),
        ("[bấm](https://shop.example/a)", ["shop.example"]),
        ("shop.example,good.example", ["shop.example", "good.example"]),
        ("vào shop.com.Anh chờ", ["shop.com"]),
        ("zalo.me/0 và bit.ly/x", ["zalo.me", "bit.ly"]),
        ("https://vietcombank.com.vn@shop.example/dang-nhap", ["shop.example"]),
        ("www shop com vn nhé", ["shop.com.vn"]),
        ("http://103.28.36.10/x và 103.28.36.11/y", ["103.28.36.10", "103.28.36.11"]),
        ("chanlemomo.me", ["chanlemomo.me"]),
        ("mua ở https://shop.example. Vn thắng", ["shop.example"]),
        ("https://shop.example/tin/vietcombank.com.vn/a", ["shop.example"]),
        ("https://shop.example/di?den=https://qua.example/a", ["shop.example", "qua.example"]),
    ],
)
def test_links_are_found_in_their_sentences(text: str, wanted: list[str]) -> None:
    assert hosts(text) == wanted


def test_the_address_is_kept_as_the_message_wrote_it() -> None:
    assert [address.written for address in find_addresses("vào shop . com . vn nhé")] == ["shop . com . vn"]


def test_closing_brackets_of_the_sentence_are_no_part_of_the_path() -> None:
    found = find_addresses("(xem shop.example/a_(b)) và [shop.example/c]")

    assert [address.path for address in found] == ["/a_(b)", "/c"]


def test_the_same_address_is_given_once() -> None:
    assert hosts("shop.example, SHOP.example và https://www.shop.example/") == ["shop.example"]


PIECES = [
    "http",
    "://",
    "www",
    ".",
    " ",
    "com",
    "vn",
    "[.]",
    "@",
    "/",
    "%2e",
    "а",
    "。",
    "\u200b",
    "\n",
    "chấm",
    "-",
    "1",
    "\ud800",
]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_no_text_stops_the_finder(text: str) -> None:
    for address in find_addresses(text):
        assert address.host
        assert address.canonical.startswith(address.canonical.partition("/")[0])


ADVERSARIAL = [
    "a.",
    "a. ",
    "http://",
    "www ",
    "a",
    ".",
    "a.com ",
    "a b ",
    "@",
    "http://a:b@",
    "%2e",
    "[.]",
    "a [.] ",
    "a-",
    "ă.",
    "com. ",
    "http://a ",
    "/",
    "a.com/)",
    "1.2.3.",
    "e\u0301.",
    "a . ",
    "a dot ",
    "x y z ",
    "http://%41",
    "vietcombank.",
    "\u200b.",
]


@pytest.mark.parametrize("piece", ADVERSARIAL)
def test_a_megabyte_of_nonsense_takes_no_longer_than_its_length(piece: str) -> None:
    """A tenth of the megabyte here, the whole of it in the long run: the time must stay in proportion."""
    assert seconds(piece, 100_000) < 1.5


@pytest.mark.long
@pytest.mark.parametrize("piece", [*ADVERSARIAL, "a.com/" + "(" * 200, "a.com/a?b=" + ")" * 200])
def test_a_whole_megabyte_takes_under_three_seconds(piece: str) -> None:
    assert seconds(piece, 1_000_000) < 3


def seconds(piece: str, chars: int) -> float:
    text = (piece * (chars // len(piece) + 1))[:chars]
    began = time.process_time()
    inspect(text, ListedHosts(), bundled_official())
    return time.process_time() - began

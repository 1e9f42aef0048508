"""Canonical forms: equal for the same page, whatever the scheme, case, letters and tracking."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.links import NotAnAddress, canonical, parse_address, shown_host


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("HTTPS://WWW.Shopee.VN:443/a/?utm_source=zalo&b=2&a=1#dau-trang", "shopee.vn/a?a=1&b=2"),
        ("http://shopee.vn/a?a=1&b=2&fbclid=xyz&zarsrc=30", "shopee.vn/a?a=1&b=2"),
        ("hxxps://shop[.]example/x", "shop.example/x"),
        ("shop.example./x/./y/../z/", "shop.example/x/z"),
        ("https:\\\\shop.example\\x", "shop.example/x"),
        ("https://%73hop.example/%7Ean/%c4%91", "shop.example/~an/%C4%91"),
        ("https://shop.example:8443/", "shop.example:8443"),
        ("điệnmáy.example", "xn--inmy-7na8z294p.example"),
        ("xn--inmy-7na8z294p.example", "xn--inmy-7na8z294p.example"),
        ("ｓｈｏｐ。example", "shop.example"),
        ("http://3232235777/", "192.168.1.1"),
        ("http://0x7f.1/", "127.0.0.1"),
        ("http://[::1]:80/", "[::1]"),
        ("https://m.facebook.com/an?mibextid=1", "facebook.com/an"),
        ("https://vi.m.wikipedia.org/wiki/Hue", "vi.wikipedia.org/wiki/Hue"),
        ("https://m.shop.example/", "m.shop.example"),
    ],
)
def test_one_page_has_one_canonical_form(written: str, wanted: str) -> None:
    assert canonical(written) == wanted


@pytest.mark.parametrize(
    "written",
    ["", "   ", "com.vn", "localhost", "mailto:an@shop.example", "tel:113", "a..b.vn", "-a.vn", "a_.", "[::g]"],
)
def test_what_is_no_address_is_refused_by_name(written: str) -> None:
    with pytest.raises(NotAnAddress):
        canonical(written)


def test_the_registrable_domain_ends_in_a_public_suffix() -> None:
    assert parse_address("a.b.shop.com.vn").registrable_domain == "shop.com.vn"
    assert parse_address("an.github.io").registrable_domain == "an.github.io"
    assert parse_address("github.io").registrable_domain == "github.io"
    assert parse_address("quan1.hochiminhcity.gov.vn").registrable_domain == "hochiminhcity.gov.vn"


def test_letters_of_another_script_make_another_host() -> None:
    address = parse_address("vietсombank.com")  # the third c is Cyrillic

    assert address.host.startswith("xn--")
    assert shown_host(address) == address.host


def test_a_vietnamese_host_is_shown_with_its_accents() -> None:
    assert shown_host(parse_address("điệnmáy.example")) == "điệnmáy.example"


def test_a_top_level_name_that_cannot_exist_is_read_as_the_eye_reads_it() -> None:
    assert canonical("shop.соm") == "shop.com"


def test_the_host_before_an_at_sign_is_kept_and_a_person_is_not() -> None:
    assert parse_address("https://vietcombank.com.vn@shop.example/").before_at == "vietcombank.com.vn"
    assert parse_address("https://an:matkhau@shop.example/").before_at == ""


def test_shorteners_are_known_as_such() -> None:
    assert parse_address("https://bit.ly/abc").is_shortener
    assert not parse_address("https://bit.shop.example/abc").is_shortener


@given(st.text(max_size=80) | st.from_regex(r"(https?://)?[a-zа-я0-9.%@:\[\]-]{1,40}(/[ -~]{0,20})?", fullmatch=True))
def test_any_text_is_an_address_or_refused_and_the_form_is_stable(text: str) -> None:
    try:
        first = canonical(text)
    except NotAnAddress:
        return

    assert canonical(first) == first

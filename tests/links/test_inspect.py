"""What is said about the links of a message: codes and parts, listed first, never a verdict."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from thuchu.links import ListedHosts, ListEntry, bundled_official, inspect

OFFICIAL = bundled_official()
LISTED = ListedHosts().with_list(
    "Báo An",
    [ListEntry("nhanqua.example", since=date(2026, 1, 2)), ListEntry("tienthuong.me"), ListEntry("vietcombank.com.vn")],
)


def test_listed_hosts_come_first_then_look_alikes_then_the_rest() -> None:
    text = "Xem vnexpress.net, rồi shopee-qua.example, rồi a.nhanqua.example/x"

    warnings = inspect(text, LISTED, OFFICIAL)

    assert [(warning.warning, warning.host) for warning in warnings] == [
        ("listed", "a.nhanqua.example"),
        ("look_alike", "shopee-qua.example"),
        (None, "vnexpress.net"),
    ]


def test_a_warning_says_whose_list_and_since_when() -> None:
    (warning,) = inspect("vào nhanqua[.]example nhé", LISTED, OFFICIAL)

    assert (warning.publisher, warning.since) == ("Báo An", date(2026, 1, 2))
    assert warning.written == "nhanqua[.]example"


def test_a_look_alike_says_what_it_is_not_and_why() -> None:
    (warning,) = inspect("https://vietcombank-uudai.example/", ListedHosts(), OFFICIAL)

    assert (warning.official_host, warning.reason) == ("vietcombank.com.vn", "brand_inside")
    assert (warning.word, warning.found) == ("vietcombank", "vietcombank-uudai")
    assert warning.publisher == ""


def test_a_listed_host_in_foreign_letters_is_listed_and_shown_as_it_is() -> None:
    (warning,) = inspect("vào nhаnquа.example", LISTED, OFFICIAL)  # both a are Cyrillic

    assert warning.warning == "listed"
    assert warning.host.startswith("xn--")


def test_a_doubtful_name_is_a_link_only_when_it_is_listed() -> None:
    assert [warning.warning for warning in inspect("vào tienthuong.me", LISTED, OFFICIAL)] == ["listed"]
    assert inspect("vao lam.me", LISTED, OFFICIAL) == ()


def test_no_list_speaks_against_a_whole_official_host() -> None:
    (warning,) = inspect("https://vietcombank.com.vn/", LISTED, OFFICIAL)

    assert warning.warning is None


def test_a_shortener_is_said_to_be_one() -> None:
    (warning,) = inspect("bit.ly/abc", LISTED, OFFICIAL)

    assert (warning.warning, warning.is_shortener) == (None, True)


def test_a_sentence_without_its_space_accuses_nobody() -> None:
    assert inspect("mua ở tiki.la mai có", ListedHosts(), OFFICIAL) == ()


@given(st.text(max_size=200))
def test_no_message_stops_the_inspection(text: str) -> None:
    for warning in inspect(text, LISTED, OFFICIAL):
        assert warning.host
        assert (warning.warning == "listed") == bool(warning.publisher)
        assert warning.warning != "look_alike" or warning.official_host

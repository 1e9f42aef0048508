"""Which addresses are kept, and when two name the same page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.claimreview.addresses import LEFT_OUT_HOSTS, same_page, why_left_out, why_unreadable


@pytest.mark.parametrize(
    "address",
    [
        "https://www.facebook.com/ten.ai.do/posts/1",
        "https://m.facebook.com./x",
        "https://FACEBOOK.com/x",
        "https://zalo.me/0900000000",
        "https://youtu.be/abc",
        "https://web.archive.org/web/2020/https://twitter.com/a/status/1",
        "https://web.archive.org/web/2020/https%3A%2F%2Fwww.tiktok.com%2F%40a",
        "https://www.google.com/url?q=https%253A%252F%252Fx.com%252Fa",
        "https://translate.example.com/?u=www.instagram.com/a",
        "https://archive.ph/AbCdE",
        "https://bit.ly/3abc",
        "https://may-chu.example.org/@ten/1",
        "https://may-chu.example.org/%40ten/1",
        "https://tengicungduoc.blogspot.com/2020/01/a.html",
    ],
)
def test_an_address_that_may_lead_to_a_personal_post_is_left_out(address: str) -> None:
    assert why_left_out(address)


@pytest.mark.parametrize(
    "address",
    [
        "https://vnexpress.net/suc-khoe/a-1.html",
        "http://notfacebook.com/x",
        "https://web.archive.org/web/2020/https://moh.gov.vn/a",
        "https://example.vn/tin?ve=facebook",
        "https://example.vn/a@b",
        "https://xn--t-fka.vn/",
    ],
)
def test_news_and_other_pages_are_kept(address: str) -> None:
    assert why_left_out(address) == ""


def test_every_left_out_host_has_a_reason_and_is_a_plain_host() -> None:
    for host, reason in LEFT_OUT_HOSTS.items():
        assert reason
        assert host == host.lower().strip(".")
        assert "." in host


@pytest.mark.parametrize(
    "other",
    [
        "http://example.vn/tin?id=1",
        "https://www.example.vn/tin/?id=1",
        "https://EXAMPLE.vn:443/tin?id=1#binh-luan",
        "https://example.vn/tin?utm_source=zalo&id=1&fbclid=x",
    ],
)
def test_the_same_page_is_known_in_its_spellings(other: str) -> None:
    assert same_page(other) == same_page("https://example.vn/tin?id=1")


@pytest.mark.parametrize(
    "other",
    [
        "https://example.vn/Tin?id=1",
        "https://example.vn/tin?id=2",
        "https://a.example.vn/tin?id=1",
        "https://example.vn:8443/tin?id=1",
    ],
)
def test_another_page_is_another_page(other: str) -> None:
    assert same_page(other) != same_page("https://example.vn/tin?id=1")


@given(st.text(max_size=60) | st.text(max_size=40).map(lambda t: f"https://{t}"))
@settings(max_examples=100)
def test_any_text_is_judged_without_an_exception(text: str) -> None:
    problem = why_unreadable(text)

    assert isinstance(same_page(text), str)
    assert problem or isinstance(why_left_out(text), str)

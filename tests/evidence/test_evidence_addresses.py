"""Which addresses may be asked: the public ones, however written, and no others, however written."""

import ipaddress

import pytest
from hostile import ALL, hiding_notations, number_notations
from hypothesis import given
from hypothesis import strategies as st

from thuchu.desk.evidence.addresses import is_reachable, read_answer, read_target
from thuchu.desk.evidence.refusals import (
    FetchRefused,
    HasCredentials,
    NotAWebAddress,
    PlaceRefused,
    PortRefused,
)

IPV4 = st.integers(0, 2**32 - 1).map(lambda number: str(ipaddress.IPv4Address(number)))
# Random numbers are nearly always public; half of the examples come from the insides.
INSIDE = st.sampled_from("0 10 100.64 127 169.254 172.16 192.168 198.18 192.0.2 224 255".split()).flatmap(
    lambda start: st.lists(st.integers(0, 255), min_size=4, max_size=4).map(
        lambda rest: ".".join([*start.split("."), *map(str, rest)][:4])
    )
)


def verdict(host):
    try:
        return str(read_target(f"http://{host}/").ip)
    except FetchRefused as refused:
        return type(refused).__name__


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("https://www.bao.example/tin?id=1#cuoi", "https://www.bao.example/tin?id=1"),
        ("HTTP://Bao.Example:80", "http://bao.example/"),
        ("https://bao.example.:443/", "https://bao.example/"),
        ("https://báo。example/tin-số-1", "https://xn--bo-mia.example/tin-s%E1%BB%91-1"),
        ("https://ｂａｏ.example/%C4%91?q=a b".replace(" ", "+"), "https://bao.example/%C4%91?q=a+b"),
        ("http://bao.example:443/", "http://bao.example:443/"),
        ("http://8.8.8.8/", "http://8.8.8.8/"),
        ("http://0x08080808/", "http://8.8.8.8/"),
        ("http://[2606:4700:0::1111]/", "http://[2606:4700::1111]/"),
        ("https://example.vn?q=1", "https://example.vn/?q=1"),
        ("https://bao.example/an@nha", "https://bao.example/an@nha"),
    ],
)
def test_a_public_address_has_one_spelling(written, wanted):
    assert read_target(written).address == wanted


@pytest.mark.parametrize("address", ALL)
def test_a_hostile_address_is_refused_in_a_sentence_with_a_next_step(address):
    if "bao.example:{port}/" in address:
        address = address.replace("{port}", "8443")

    with pytest.raises(FetchRefused) as refused:
        read_target(address.replace("{port}", "80"))

    assert "pload a copy" in str(refused.value)
    assert "%(" not in str(refused.value)


def test_the_reason_is_the_right_one():
    for address, reason in [
        ("http://an:matkhau@bao.example/", HasCredentials),
        ("http://bao.example:8080/", PortRefused),
        ("http://127.1/", PlaceRefused),
        ("http://may-in.local/", PlaceRefused),
        ("ftp://bao.example/", NotAWebAddress),
    ]:
        with pytest.raises(reason):
            read_target(address)


def test_a_refusal_keeps_no_password():
    with pytest.raises(HasCredentials) as refused:
        read_target("http://an:matkhau@bao.example/")

    assert "matkhau" not in repr(refused.value) + str(refused.value.values)


@given(IPV4 | INSIDE)
def test_an_ipv4_address_has_the_same_verdict_in_every_notation(plain):
    verdicts = {verdict(host) for host in number_notations(plain)}

    assert verdicts == {plain if is_reachable(ipaddress.IPv4Address(plain)) else "PlaceRefused"}


@given(IPV4 | INSIDE)
def test_an_ipv6_address_that_hides_an_ipv4_one_is_refused_whatever_it_hides(plain):
    for hidden in hiding_notations(plain):
        assert not is_reachable(ipaddress.IPv6Address(hidden)), hidden
        assert verdict(f"[{hidden}]") == "PlaceRefused"


@given(st.integers(0, 2**32 - 1))
def test_no_address_is_reachable_that_the_standard_library_calls_not_global(number):
    ip = ipaddress.IPv4Address(number)

    assert not is_reachable(ip) or (ip.is_global and not ip.is_multicast)


@given(st.integers(0, 2**128 - 1) | st.integers(0, 2**125 - 1).map(lambda number: 1 << 125 | number))
def test_no_ipv6_address_is_reachable_that_the_standard_library_calls_not_global(number):
    ip = ipaddress.IPv6Address(number)

    assert not is_reachable(ip) or ip.is_global


@given(st.text(max_size=60) | st.from_regex(r"https?://[a-z0-9.%@:\[\]\\-]{0,40}(/[ -~]{0,20})?", fullmatch=True))
def test_any_text_is_a_public_target_or_refused(text):
    try:
        target = read_target(text)
    except FetchRefused:
        return

    assert target.port in (80, 443)
    assert target.ip is None or is_reachable(target.ip)
    assert target.path.isascii()
    assert target.path.startswith("/")
    assert read_target(target.address) == target


def test_tests_alone_may_ask_for_a_server_on_loopback_and_only_at_its_port():
    ports = frozenset({8080})

    assert read_target("http://127.0.0.1:8080/", loopback_ports=ports).port == 8080
    for address in ("http://127.0.0.1:8081/", "http://127.0.0.2:8080/", "http://10.0.0.1:8080/", "http://[::1]:8080/"):
        with pytest.raises(FetchRefused):
            read_target(address, loopback_ports=ports)


def test_an_answer_with_a_zone_or_of_no_numbers_is_none():
    assert read_answer("fe80::1%eth0") is None
    assert read_answer("khong-phai-so") is None
    assert str(read_answer("8.8.8.8")) == "8.8.8.8"

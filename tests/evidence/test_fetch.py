"""A page comes whole, or a refusal says why; the site can make the desk neither wait nor fill up."""

import gzip
import socket
import ssl
import time
from functools import partial

import httpcore2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sites import Dialler, Names, Site, answer, drip, make_certificates, redirect

from thuchu.desk.evidence import fetch
from thuchu.desk.evidence.fetch import HttpWire, Limits, Wire
from thuchu.desk.evidence.refusals import (
    AnswerBroken,
    CertificateRefused,
    FetchRefused,
    NameUnknown,
    NotReached,
    NotServed,
    TookTooLong,
    TooLarge,
    TooManyRedirects,
    TypeRefused,
)

PAGE = "<title>Tin</title><p>Ngày bầu cử không đổi.</p>".encode()
PUBLIC = "93.184.215.14"


def test_a_page_comes_with_its_address_type_and_bytes(site, wire: Wire):
    site.pages["/tin"] = answer(PAGE)

    page = wire.fetch(f"{site.address}/tin#dau")

    assert (page.address, page.final_address) == (f"{site.address}/tin", f"{site.address}/tin")
    assert (page.status, page.content_type, page.charset, page.body) == (200, "text/html", "utf-8", PAGE)


def test_a_page_that_comes_in_chunks_and_packed_is_whole(site, wire):
    packed = gzip.compress(PAGE * 100)
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    half = len(packed) // 2
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (packed[:half], packed[half:]))
    site.pages["/"] = head + chunks + b"0\r\n\r\n"

    assert wire.fetch(site.address).body == PAGE * 100


def test_who_asks_is_said_and_nothing_else(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    site.pages["/a"] = answer(b"", "Set-Cookie: ai=an; Path=/", "Location: /b", status="302 Found")
    site.pages["/b"] = answer(PAGE, "Set-Cookie: ai=an; Path=/")
    wire = HttpWire(desk_address="https://desk.example", loopback_ports=frozenset({site.port}))

    wire.fetch(f"{site.address}/a")
    wire.fetch(f"{site.address}/b")

    assert len(site.asked) == 3
    for head in site.asked:
        assert b"cookie" not in head.lower()
        assert b"referer" not in head.lower()
        assert b"ThucHu-evidence/" in head
        assert b"(+https://desk.example)" in head


def test_a_redirect_is_followed_and_the_last_address_is_told(site, wire):
    site.pages["/a"] = redirect("b?x=1", status="301 Moved")
    site.pages["/b?x=1"] = redirect(f"//127.0.0.1:{site.port}/c", status="308 Moved")
    site.pages["/c"] = answer(PAGE)

    assert wire.fetch(f"{site.address}/a").final_address == f"{site.address}/c"


def test_five_redirects_are_followed_and_a_sixth_is_not(site, wire):
    site.pages.update({f"/{hop}": redirect(f"/{hop + 1}") for hop in range(6)})
    site.pages["/6"] = answer(PAGE)

    assert wire.fetch(f"{site.address}/1").body == PAGE
    with pytest.raises(TooManyRedirects, match="more than 5 times"):
        wire.fetch(f"{site.address}/0")


@pytest.mark.parametrize("location", ["", "http://[", "http://bao.example:99999/", "\\\\bao.example\\", "//"])
def test_a_redirect_to_nowhere_is_refused(site, wire, location):
    site.pages["/"] = redirect(location)

    with pytest.raises(FetchRefused):
        wire.fetch(site.address)


@pytest.mark.parametrize(
    "kind",
    ["application/octet-stream", "text/css", "image/svg+xml", "image/gif", "video/mp4", "application/json", "", "x"],
)
def test_other_types_are_not_read(site, wire, kind):
    site.pages["/"] = answer(PAGE, kind=kind)

    with pytest.raises(TypeRefused):
        wire.fetch(site.address)


def test_two_types_at_once_are_not_read(site, wire):
    site.pages["/"] = answer(PAGE, "Content-Type: application/pdf")

    with pytest.raises(AnswerBroken):
        wire.fetch(site.address)


@pytest.mark.parametrize("status", ["404 Not Found", "403 Forbidden", "500 Oops", "206 Partial", "451 Law", "304 Same"])
def test_what_is_not_served_is_told_with_its_status(site, wire, status):
    site.pages["/"] = answer(b"", status=status)

    with pytest.raises(NotServed, match=status[:3]):
        wire.fetch(site.address)


def endless(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    for _ in range(10_000):
        connection.sendall(b"tin " * 4096)


def test_an_endless_page_ends_at_the_limit(site, wire):
    site.pages["/"] = endless

    with pytest.raises(TooLarge):
        wire.fetch(site.address)


def test_a_page_that_says_it_is_too_large_is_not_read_at_all(site):
    site.pages["/"] = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 10485761\r\n\r\n"

    with pytest.raises(TooLarge, match="10 MB"):
        HttpWire(loopback_ports=frozenset({site.port})).fetch(site.address)


def test_a_packed_gigabyte_is_stopped_while_it_unpacks(site, wire):
    bomb = gzip.compress(bytes(100_000_000), 9)
    assert len(bomb) < 100_000
    site.pages["/"] = answer(bomb, "Content-Encoding: gzip")

    with pytest.raises(TooLarge):
        wire.fetch(site.address)


@pytest.mark.parametrize("encoding", ["br", "zstd", "deflate", "gzip, gzip", "gzip"])
def test_packing_that_we_did_not_ask_for_or_that_is_none_is_refused(site, wire, encoding):
    site.pages["/"] = answer(PAGE, f"Content-Encoding: {encoding}")

    with pytest.raises(AnswerBroken):
        wire.fetch(site.address)


@pytest.mark.parametrize("cut", [1, 10, -1])
def test_a_packed_page_that_breaks_off_is_refused(site, wire, cut):
    site.pages["/"] = answer(gzip.compress(PAGE)[:cut], "Content-Encoding: gzip")

    with pytest.raises(AnswerBroken):
        wire.fetch(site.address)


def test_a_page_that_breaks_off_is_refused(site, wire):
    site.pages["/"] = answer(PAGE)[:-5]

    with pytest.raises(AnswerBroken):
        wire.fetch(site.address)


@pytest.mark.parametrize(
    "page",
    [
        drip(b"", b"H", 0.1),
        drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 0.1),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", 0.1),
        drip(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n", b"a", 0.1),
        drip(b"", b"", 0.1),
    ],
    ids=["status", "headers", "continue", "body", "silence"],
)
def test_a_site_that_drips_is_left_when_the_time_is_over(site, hasty_wire, page):
    site.pages["/"] = page
    start = time.monotonic()

    with pytest.raises(TookTooLong):
        hasty_wire.fetch(site.address)

    assert time.monotonic() - start < 4


def test_slow_redirects_share_one_deadline(site, hasty_wire):
    def slowly(connection, hop):
        time.sleep(0.4)
        connection.sendall(redirect(f"/{hop + 1}"))

    site.pages.update({f"/{hop}": partial(slowly, hop=hop) for hop in range(5)})
    start = time.monotonic()

    with pytest.raises(TookTooLong):
        hasty_wire.fetch(f"{site.address}/0")

    assert time.monotonic() - start < 4


def test_a_handshake_that_never_ends_is_left(site):
    wire = HttpWire(limits=Limits(seconds=0.5), loopback_ports=frozenset({site.port}))
    site.answer = lambda connection, _tls: time.sleep(2)

    with pytest.raises(TookTooLong):
        wire.fetch(site.address.replace("http:", "https:"))


@pytest.mark.parametrize(
    "head",
    [
        b"HTTP/1.1 200 OK\r\nX: " + b"a" * 300_000,
        b"HTTP/1.1 200 OK\r\n" + b"X: a\r\n" * 60_000,
        b"HTTP/1.1 100 Continue\r\n\r\n" * 30_000,
        b"\x16\x03\x01 no http",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\nkhong\r\n",
        b"",
    ],
    ids=["long header", "many headers", "many continues", "no http", "length", "chunk", "nothing"],
)
def test_headers_without_end_and_answers_without_sense_are_refused(site, wire, head):
    site.pages["/"] = head

    with pytest.raises(AnswerBroken):
        wire.fetch(site.address)


def test_a_site_that_is_not_there_is_told_by_name(listener):
    port = listener.port
    listener.close()

    with pytest.raises(NotReached, match=r"127\.0\.0\.1"):
        HttpWire(loopback_ports=frozenset({port})).fetch(f"http://127.0.0.1:{port}/")


def test_a_name_that_nobody_has_is_told():
    with pytest.raises(NameUnknown, match=r"bao\.example"):
        HttpWire(resolve=Names()).fetch("http://bao.example/")


def test_the_machines_own_name_service_knows_no_name_that_cannot_exist():
    with pytest.raises((NameUnknown, TookTooLong)):
        HttpWire(limits=Limits(seconds=3)).fetch("http://khong-co.invalid/")


def test_a_name_service_that_hangs_is_left(monkeypatch):
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_words, **_more: time.sleep(1) or [])

    with pytest.raises(TookTooLong):
        fetch.resolve_name("bao.example", 80, 0.1)


# --- TLS: the name in the certificate is the name in the address, whatever was connected to.


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    return make_certificates(tmp_path_factory.mktemp("tls"), "bao.example", "www.bao.example")


@pytest.fixture
def secure_site(authority):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(authority[1], authority[2])
    site = Site(tls=context)
    site.pages["/"] = answer(PAGE)
    yield site
    site.close()


def secure_wire(secure_site, trusted):
    return HttpWire(
        limits=Limits(seconds=3),
        ssl_context=ssl.create_default_context(cafile=trusted),
        resolve=lambda _host, _port, _seconds: [PUBLIC],
        backend=Dialler(secure_site),
    )


def test_the_certificate_is_asked_for_the_name_of_the_address(secure_site, authority):
    page = secure_wire(secure_site, authority[0]).fetch("https://bao.example/")

    assert page.body == PAGE
    assert b"Host: bao.example\r\n" in secure_site.asked[0]


def test_a_certificate_for_another_name_is_refused(secure_site, authority):
    with pytest.raises(CertificateRefused, match=r"thoi-bao\.example"):
        secure_wire(secure_site, authority[0]).fetch("https://thoi-bao.example/")

    assert secure_site.asked == []


def test_a_certificate_of_an_unknown_authority_is_refused(secure_site):
    with pytest.raises(CertificateRefused):
        secure_wire(secure_site, None).fetch("https://bao.example/")


# --- Any bytes at all.


class Scripted(httpcore2.NetworkBackend):
    """Connects to nothing and answers with the bytes given."""

    def __init__(self, script: bytes) -> None:
        self._script = script

    def connect_tcp(self, host, port, timeout=None, local_address=None, socket_options=None):
        return httpcore2.MockStream([self._script[at : at + 50] for at in range(0, len(self._script), 50)])


PIECES = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 302 Found\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\n",
        b"Content-Type: text/html\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Content-Length: 3\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Location: http://127.0.0.1/\r\n",
        b"Location: \xff\r\n",
        b"\r\n",
        b"5\r\n",
        b"0\r\n\r\n",
        b"tin",
        gzip.compress(b"tin"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=12), max_size=9).map(b"".join))
def test_any_answer_is_a_page_or_a_refusal(script):
    wire = HttpWire(limits=Limits(seconds=2), backend=Scripted(script), resolve=lambda *_: [PUBLIC])

    try:
        page = wire.fetch("http://bao.example/")
    except FetchRefused:
        return

    assert page.content_type == "text/html"

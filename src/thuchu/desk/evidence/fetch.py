"""The desk's only wire to the web: one page that a contributor asked for, fetched so that nothing inside is touched.

Every hop walks the same way: read the address, resolve its name once, refuse if any of its addresses is bad, connect to
an address that was checked.  TLS name and certificate stay those of the name.  No cookies, no proxy from the
environment, no second try under another name (docs/adr/0008-safe-fetch.md).  Nothing is parsed here.
"""

import queue
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import IPv6Address
from typing import Any, Protocol
from urllib.parse import urljoin

import httpcore2

import thuchu
from thuchu.desk.evidence.addresses import IpAddress, Target, is_reachable, read_answer, read_target
from thuchu.desk.evidence.refusals import (
    AnswerBroken,
    CertificateRefused,
    NameUnknown,
    NotAWebAddress,
    NotReached,
    NotServed,
    PlaceRefused,
    TookTooLong,
    TooLarge,
    TooManyRedirects,
    TypeRefused,
)

MEGABYTE = 1024 * 1024
PDF = "application/pdf"
PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/webp"})
PAGE_TYPES = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
CONTENT_TYPES = PAGE_TYPES | PICTURE_TYPES | {PDF}

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
# Headers, chunk sizes and TLS add a little to a body of the largest size; a flood of them adds without end.
_OVERHEAD_BYTES_MAX = 512 * 1024
# A name with more addresses is served by them all; the first that answer are enough for 15 seconds.
_DIALS_MAX = 3
_ANSWERS_MAX = 64
# A lookup that hangs can't be stopped, only left behind: so many may hang before we say that the web is out of reach.
_LOOKUPS_MAX = 16
_lookups = threading.BoundedSemaphore(_LOOKUPS_MAX)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything one fetch may take.

    seconds    for all hops together, names and TLS included; longer, and the contributor has left the page
    bytes_max  after unpacking; a court ruling in PDF takes a few megabytes
    redirects  real sites take one or two (http to https, a shortener)
    """

    seconds: float = 15.0
    bytes_max: int = 10 * MEGABYTE
    redirects: int = 5


DEFAULT_LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A page as the site gave it: foreign bytes, for `snapshot` and `reading` only, never shown to anybody.

    address, final_address  in one spelling, before and after redirects
    status                  always 200; kept for the record
    content_type            one of CONTENT_TYPES
    charset                 as the site says it, lower case; "" where it says nothing
    """

    address: str
    final_address: str
    status: int
    content_type: str
    charset: str
    body: bytes = field(repr=False)


class Wire(Protocol):
    """How a page comes from the web, and a promise about it.

    fetch   returns the whole page, or raises a FetchRefused and has kept nothing; no other exception leaves it
    bounds  one call ends within its limits of time, bytes and redirects, whatever the site does
    reach   no connection is made to a place that is not public, at no hop, whatever the name service says
    asks    one GET a hop, without cookies, credentials or referrer; nobody learns who asked
    threads may share one wire
    """

    def fetch(self, address: str) -> Fetched:
        """The page at `address`."""
        ...


# host, port, seconds -> IP addresses as text, in the order to try; raises NameUnknown, NotReached or TookTooLong.
Resolve = Callable[[str, int, float], Sequence[str]]


class HttpWire:
    """The real wire.

    desk_address    stands in the User-Agent, so that a site knows whom to ask
    resolve, backend, ssl_context   the machine's own unless given
    loopback_ports  for tests with a server of their own, never from a setting: these ports at 127.0.0.1 are allowed
    """

    def __init__(
        self,
        *,
        desk_address: str = "",
        limits: Limits = DEFAULT_LIMITS,
        resolve: Resolve | None = None,
        backend: httpcore2.NetworkBackend | None = None,
        ssl_context: ssl.SSLContext | None = None,
        loopback_ports: frozenset[int] = frozenset(),
    ) -> None:
        self._limits = limits
        self._resolve = resolve or resolve_name
        self._backend = backend or httpcore2.SyncBackend()
        self._given_ssl_context = ssl_context
        self._loopback_ports = loopback_ports
        self._user_agent = f"ThucHu-evidence/{thuchu.__version__}" + (f" (+{desk_address})" if desk_address else "")

    @cached_property
    def _ssl_context(self) -> ssl.SSLContext:
        # Loading the machine's authorities takes longer than most fetches: once a wire.
        return self._given_ssl_context or httpcore2.default_ssl_context()

    def fetch(self, address: str) -> Fetched:
        """The page at `address`; see Wire."""
        deadline = _Deadline(self._limits.seconds)
        first = target = read_target(address, loopback_ports=self._loopback_ports)
        for _hop in range(self._limits.redirects + 1):
            answer = self._ask(target, deadline)
            if isinstance(answer, _Page):
                return Fetched(
                    address=first.address,
                    final_address=target.address,
                    status=200,
                    content_type=answer.content_type,
                    charset=answer.charset,
                    body=answer.body,
                )
            target = answer
        raise TooManyRedirects(most=self._limits.redirects)

    def _ask(self, target: Target, deadline: "_Deadline") -> "_Page | Target":
        """The page, or where the site sends its readers on."""
        checked = self._checked(target, deadline)
        backend = _PinnedBackend(self._backend, checked, deadline, self._limits.bytes_max)
        pool = httpcore2.ConnectionPool(
            # Plain pages are not made to wait for the authorities.
            ssl_context=self._ssl_context if target.scheme == "https" else None,
            max_connections=1,
            network_backend=backend,
        )
        with (
            _as_refusals(target.host, self._limits.seconds),
            pool,
            pool.stream("GET", _url(target), headers=self._headers(target)) as response,
        ):
            headers = _Headers(response.headers)
            if response.status in _REDIRECTS:
                return self._next(target, headers)
            if response.status != 200:
                raise NotServed(status=response.status)
            content_type, charset = _content_type(headers)
            body = _unpacked(response.iter_stream(), headers, self._limits.bytes_max)
            return _Page(content_type, charset, body)

    def _next(self, target: Target, headers: "_Headers") -> Target:
        location = headers.only("location")
        try:
            address = urljoin(target.address, location)
        except ValueError:  # the standard library's reader refuses some brackets
            raise NotAWebAddress from None
        if not location:
            raise AnswerBroken
        return read_target(address, loopback_ports=self._loopback_ports)

    def _checked(self, target: Target, deadline: "_Deadline") -> list[str]:
        """The addresses to connect to; raises PlaceRefused when one of them, even the last, is bad."""
        if target.ip is not None:
            return [str(target.ip)]
        answers = self._resolve(target.host, target.port, deadline.left())
        addresses = [read_answer(answer) for answer in answers[:_ANSWERS_MAX]]
        if not addresses:
            raise NameUnknown(host=target.host)
        if len(answers) > _ANSWERS_MAX or not all(self._may_reach(ip, target.port) for ip in addresses):
            raise PlaceRefused(host=target.host)
        return [str(ip) for ip in addresses[:_DIALS_MAX]]

    def _may_reach(self, ip: IpAddress | None, port: int) -> bool:
        is_test_server = port in self._loopback_ports and str(ip) == "127.0.0.1"
        return ip is not None and (is_test_server or is_reachable(ip))

    def _headers(self, target: Target) -> list[tuple[str, str]]:
        return [
            ("Host", target.address.split("/", 3)[2]),
            ("User-Agent", self._user_agent),
            ("Accept", "text/html,application/xhtml+xml,text/plain,application/pdf,image/jpeg,image/png,image/webp"),
            ("Accept-Language", "vi,en;q=0.8"),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
        ]


@dataclass(frozen=True, slots=True)
class _Page:
    content_type: str
    charset: str
    body: bytes


class _Deadline:
    """One moment for all hops: a site that drips a byte a second must not start the clock anew with each."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left, more than none; raises TookTooLong."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TookTooLong(seconds=round(self._seconds))
        return left


class _PinnedBackend(httpcore2.NetworkBackend):
    """Connects to the addresses that were checked, whatever host it is asked for: the name is not resolved again."""

    def __init__(
        self, backend: httpcore2.NetworkBackend, checked: list[str], deadline: _Deadline, bytes_max: int
    ) -> None:
        self._backend = backend
        self._checked = checked
        self._deadline = deadline
        self._bytes_max = bytes_max + _OVERHEAD_BYTES_MAX

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        failure: Exception = httpcore2.ConnectError("no address")
        for place, address in enumerate(self._checked):
            # An address that swallows packets must leave time for the next.
            seconds = self._deadline.left() / (len(self._checked) - place)
            try:
                stream = self._backend.connect_tcp(address, port, seconds, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as refused:
                failure = refused
            else:
                return _TimedStream(stream, self._deadline, self._bytes_max)
        raise failure


class _TimedStream(httpcore2.NetworkStream):
    """A connection that ends at the deadline and after so many bytes, headers included."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: _Deadline, bytes_left: int) -> None:
        self._stream = stream
        self._deadline = deadline
        self._bytes_left = bytes_left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        received = self._stream.read(max_bytes, self._deadline.left())
        self._bytes_left -= len(received)
        if self._bytes_left < 0:
            raise AnswerBroken
        return received

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        except httpcore2.ConnectError as failure:
            # Further up the pool has dropped the cause.
            if isinstance(failure.__cause__, ssl.SSLCertVerificationError):
                raise CertificateRefused(host=server_hostname or "") from None
            raise
        return _TimedStream(stream, self._deadline, self._bytes_left)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _url(target: Target) -> httpcore2.URL:
    # An IPv6 address stands without brackets where a certificate is compared with it.
    host = str(target.ip) if isinstance(target.ip, IPv6Address) else target.host
    return httpcore2.URL(
        scheme=target.scheme.encode(), host=host.encode(), port=target.port, target=target.path.encode("ascii")
    )


@contextmanager
def _as_refusals(host: str, seconds: float) -> Iterator[None]:
    """Whatever the connection says, as what a contributor can use."""
    try:
        yield
    except httpcore2.TimeoutException:
        raise TookTooLong(seconds=round(seconds)) from None
    except httpcore2.ConnectError:
        raise NotReached(host=host) from None
    except (httpcore2.NetworkError, httpcore2.ProtocolError):
        raise AnswerBroken from None


class _Headers:
    """Headers as text, names in lower case."""

    def __init__(self, pairs: Sequence[tuple[bytes, bytes]]) -> None:
        self._pairs = [(name.decode("latin-1").lower(), _text(value)) for name, value in pairs]

    def only(self, name: str) -> str:
        """The value, "" where there is none; raises AnswerBroken where two differ: readers would choose differently."""
        values = {value.strip() for given, value in self._pairs if given == name}
        if len(values) > 1:
            raise AnswerBroken
        return values.pop() if values else ""


def _text(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")


def _content_type(headers: _Headers) -> tuple[str, str]:
    kind, *parameters = headers.only("content-type").lower().split(";")
    if kind.strip() not in CONTENT_TYPES:
        raise TypeRefused
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset":
            return kind.strip(), value.strip().strip("\"'")
    return kind.strip(), ""


def _unpacked(chunks: Iterable[bytes], headers: _Headers, bytes_max: int) -> bytes:
    """The body, counted while it grows: a megabyte of gzip can hold a gigabyte."""
    too_large = TooLarge(megabytes=round(bytes_max / MEGABYTE))
    length = headers.only("content-length")
    if length.isdecimal() and int(length[:20]) > bytes_max:
        raise too_large
    unpack = _unpacker(headers.only("content-encoding").lower())
    body = bytearray()
    for chunk in chunks:
        body += unpack(chunk, bytes_max + 1 - len(body))
        if len(body) > bytes_max:
            raise too_large
    unpack(b"", 0)
    return bytes(body)


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    """A function of a chunk and of how many bytes may come out, called with nothing at the end; raises AnswerBroken."""
    if encoding in ("", "identity"):
        return lambda chunk, _most: chunk
    if encoding not in ("gzip", "x-gzip"):  # we asked for no other
        raise AnswerBroken
    gzip = zlib.decompressobj(wbits=31)

    def unpack(chunk: bytes, most: int) -> bytes:
        if not chunk:
            if gzip.eof:
                return b""
            raise AnswerBroken
        try:
            unpacked = gzip.decompress(chunk, most)
        except zlib.error:
            raise AnswerBroken from None
        if gzip.unused_data:
            raise AnswerBroken
        return unpacked

    return unpack


def resolve_name(host: str, port: int, seconds: float) -> Sequence[str]:
    """What the machine's name service says of `host`, within `seconds`; see Resolve."""
    if not _lookups.acquire(blocking=False):
        raise NotReached(host=host)
    answers: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    threading.Thread(target=_look_up, args=(host, port, answers), daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except queue.Empty:
        raise TookTooLong(seconds=round(seconds)) from None


def _look_up(host: str, port: int, answers: "queue.SimpleQueue[list[str]]") -> None:
    try:
        # The dot at the end keeps the machine's search domains out: `a.b` is never `a.b.office.example`.
        found = socket.getaddrinfo(f"{host}.", port, type=socket.SOCK_STREAM)
        answers.put([str(place[4][0]) for place in found])
    except (OSError, UnicodeError):
        answers.put([])
    finally:
        _lookups.release()

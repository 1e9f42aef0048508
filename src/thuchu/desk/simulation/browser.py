"""One made-up person's browser: it opens pages, keeps cookies, and sends the forms that it finds there.

Only for a desk on this machine. It has a line of its own (the address that the desk's limits count by), as people have.
"""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import httpcore2

from thuchu.desk.simulation.clock import HEADER, Clock

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
# What a page says of a form that it doesn't take.
_TROUBLE = re.compile(r'id="trouble".*?<span>(.*?)</span>', re.DOTALL)
_BOUNDARY = "thuchu-simulation-boundary"
# A page that takes longer has failed whoever waits for it.
PAGE_SECONDS_MAX = 60.0
# Somebody who is told to wait waits, and tries again so often.
TRIES_MAX = 20

# Nobody opens two pages at one moment.
A_PAGE = timedelta(seconds=1)
# One after the other, but for a line that is kept open.
LINES_MAX = 4

Fields = Mapping[str, str | Sequence[str]]


class PageFailed(Exception):
    """The desk didn't do what a person asked of it; the message says which page, and what it said."""


@dataclass(frozen=True, slots=True)
class Page:
    """What came back; `leads_to` is where a form's answer sends its browser, "" for a page to read."""

    status: int
    leads_to: str
    text: str


@dataclass(slots=True)
class Browser:
    """A person's own: cookies and line are nobody else's.

    address  of the desk, such as http://127.0.0.1:8000
    line     the address that the desk is told this person comes from
    clock    the play's, on a desk that goes by it
    """

    address: str
    line: str
    pool: httpcore2.ConnectionPool
    clock: Clock | None = None
    _cookies: dict[str, str] = field(default_factory=dict)

    def open(self, path: str) -> Page:
        """A page; raises PageFailed for anything but a page."""
        page = self._ask("GET", path, {}, b"")
        if page.status != 200:
            raise PageFailed(f"{path}: {page.status}")
        return page

    def send(
        self, path: str, fields: Fields, *, found_on: str = "", file: tuple[str, str, bytes] | None = None
    ) -> Page:
        """Open the page that holds the form, fill it in, send it to `path`; raises PageFailed where it isn't taken.

        file  (field's name, file's name, content)
        """
        return self.hand_in(path, self.form(found_on or path), fields, file=file)

    def form(self, path: str) -> str:
        """What the form on that page is sent with, as often as its reader sends it; raises PageFailed."""
        token = _TOKEN.search(self.open(path).text)
        if token is None:
            raise PageFailed(f"{path}: there is no form")
        return token[1]

    def hand_in(self, path: str, token: str, fields: Fields, *, file: tuple[str, str, bytes] | None = None) -> Page:
        """Send a form that stands open already; raises PageFailed where it isn't taken."""
        filled = {"csrfmiddlewaretoken": token, **fields}
        headers, body = _multipart(filled, file) if file else _plain(filled)
        page = self._ask("POST", path, {**headers, "Referer": self.address + path}, body)
        if not page.leads_to:
            trouble = _TROUBLE.search(page.text)
            raise PageFailed(f"{path}: {page.status} {unescape(trouble[1]) if trouble else ''}".rstrip())
        return page

    def call(self, path: str, body: bytes) -> Page:
        """What a program asks, in JSON; raises PageFailed for anything but an answer."""
        page = self._ask("POST", path, {"Content-Type": "application/json"}, body)
        if page.status != 200:
            raise PageFailed(f"{path}: {page.status}")
        return page

    def _ask(self, method: str, path: str, more: Mapping[str, str], body: bytes) -> Page:
        for _ in range(TRIES_MAX):
            if self.clock is not None:
                self.clock.wait(A_PAGE)
                more = {**more, HEADER: str(int(self.clock.now.timestamp() * 1000))}
            headers = {
                "X-Forwarded-For": self.line,
                "Accept-Language": "vi",
                "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
                **more,
            }
            answer = self.pool.request(
                method,
                self.address + path,
                headers=list(headers.items()),
                content=body,
                extensions={"timeout": dict.fromkeys(("connect", "read", "write", "pool"), PAGE_SECONDS_MAX)},
            )
            said = [(name.decode().lower(), value.decode("latin-1")) for name, value in answer.headers]
            for name, value in said:
                if name == "set-cookie":
                    key, _, rest = value.partition("=")
                    self._cookies[key] = rest.partition(";")[0]
            known = dict(said)
            if answer.status != 429:
                return Page(answer.status, known.get("location", ""), answer.content.decode("utf-8", "replace"))
            time.sleep(float(known.get("retry-after", "2")))
        raise PageFailed(f"{path}: told to wait {TRIES_MAX} times")


@contextmanager
def lines_to(address: str, clock: Clock | None = None) -> Iterator[Callable[[str], Browser]]:
    """What gives somebody a browser on that desk, from the line it is given; closed when the block ends."""
    with httpcore2.ConnectionPool(max_connections=LINES_MAX) as pool:
        yield lambda line: Browser(address, line, pool, clock)


def _plain(fields: Fields) -> tuple[dict[str, str], bytes]:
    return {"Content-Type": "application/x-www-form-urlencoded"}, urlencode(fields, doseq=True).encode()


def _multipart(fields: Fields, file: tuple[str, str, bytes]) -> tuple[dict[str, str], bytes]:
    name, file_name, content = file
    parts = [f'form-data; name="{key}"\r\n\r\n{value}'.encode() for key, value in fields.items()]
    parts.append(
        f'form-data; name="{name}"; filename="{file_name}"\r\nContent-Type: text/html\r\n\r\n'.encode() + content
    )
    edge = f"--{_BOUNDARY}".encode()
    body = b"".join(edge + b"\r\nContent-Disposition: " + part + b"\r\n" for part in parts) + edge + b"--\r\n"
    return {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}, body

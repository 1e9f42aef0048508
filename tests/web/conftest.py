"""What the pages' tests share: both languages compiled, imports, and a browser's side of the conversation."""

import json

import pytest
from browsing import require_chromium, running_chromium, running_desk
from django.test import Client
from django.utils import timezone
from ministry import PAGE, PATH
from people import DESK, Desk

from evidence import sites
from thuchu.desk import journey
from thuchu.desk.accounts.passkeys import Site
from thuchu.desk.intake.limits import limiter


@pytest.fixture(autouse=True)
def plenty(settings):
    """Every test begins with full buckets; tests of the limit set their own."""
    settings.THUCHU_CHECKS_PER_MINUTE = 1000
    limiter.cache_clear()
    yield
    limiter.cache_clear()


@pytest.fixture
def take_in(tmp_path, home, now):
    """Imports records as the operator would."""

    def take(*records, publisher="Báo Thử", hosts=("tin.example",), at=None):
        path = tmp_path / "records.jsonl"
        path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), "utf-8")
        for _ in journey.take_in(path, publisher=publisher, hosts=list(hosts), now=at or now):
            pass

    return take


@pytest.fixture
def vi():
    """Somebody whose browser asks for Vietnamese."""
    return Client(headers={"accept-language": "vi"})


@pytest.fixture
def en():
    """Somebody whose browser asks for English."""
    return Client(headers={"accept-language": "en-GB,en;q=0.8"})


@pytest.fixture
def ask():
    """Sends a message through the box and gives back the page it leads to."""

    def send(client, message):
        return client.get(client.post("/", {"message": message})["Location"])

    return send


@pytest.fixture(scope="session")
def address(tmp_path_factory):
    """The address of a desk with the demo's content."""
    require_chromium()
    with running_desk(tmp_path_factory.mktemp("desk") / "home") as address:
        yield address


# A module's own: while it runs, Playwright's event loop stands in this thread, and Django then refuses its database.
@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """A browser; each test opens its own visitor in it."""
    require_chromium()
    with running_chromium(tmp_path_factory.mktemp("chromium")) as browser:
        yield browser


@pytest.fixture(scope="module")
def site():
    """A ministry's page on loopback."""
    site = sites.Site()
    site.pages[PATH] = sites.answer(PAGE.encode())
    yield site
    site.close()


@pytest.fixture
def visit(chromium, address):
    """Opens the desk as a visitor with nothing remembered; what the browser complains of fails the test."""
    visitors, complaints = [], []

    def open_page(path="/", language="vi", **options):
        visitor = chromium.new_context(locale=language, base_url=address, **options)
        visitors.append(visitor)
        page = visitor.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: _complaint(line, complaints))
        page.goto(path)
        return page

    yield open_page
    for visitor in visitors:
        visitor.close()
    assert not complaints


def _complaint(line, complaints):
    # A page with status 422 or 404 is an answer, however red the browser writes it.
    if line.type == "error" and "the server responded with a status of" not in line.text:
        complaints.append(line.text)


@pytest.fixture
def joined(db):
    """A desk that people join by the room's own verbs; what happens there happens now, as in the pages."""
    return Desk(timezone.now(), Site(rp_id="localhost", name=DESK, origin="http://localhost:8000"))

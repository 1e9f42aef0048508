"""A review in a real browser: opened, frozen, held, resolved by two, committed to, published.

A stranger reads it on a phone, keeps its minutes and follows it in a calendar.
"""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from browsing import SIZES, require_chromium, running_desk
from looks import look_at, scrolls_sideways

from documents.pdf_reading import fonts, text_of

pytestmark = pytest.mark.browser

DUE = datetime.now(UTC).date() + timedelta(days=40)
SCRIPT = Path(__file__).with_name("reviewing_desk.py")
WORDS = {
    "vi": {
        "resolved": "Thêm hai buổi tối mỗi tuần.",
        "promised": "Ghi lịch hai buổi tối ở nhà văn hóa",
        "published": "Đã họp, đã công bố",
        "held": "Kết luận họp 01/",
        "minutes": "Biên bản, tiếng Việt, PDF",
    },
    "en": {
        "resolved": "Two more evenings a week.",
        "promised": "Put up the times of both evenings",
        "published": "Held, and published",
        "held": "Resolution 01/",
        "minutes": "Minutes, in English, PDF",
    },
}


@pytest.fixture(scope="module")
def reviewing(tmp_path_factory):
    """A desk with reviews in several states, and two coordinators who are signed in."""
    require_chromium()
    home = tmp_path_factory.mktemp("reviewing") / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, str(SCRIPT), str(home)]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert made.returncode == 0, made.stderr[-3000:]
    with running_desk(home, "serve", "--no-worker") as address:
        yield {"address": address, "home": home, **json.loads(made.stdout.splitlines()[-1])}


def run(reviewing, *words):
    """What a worker does, or what time does, beside the desk that serves."""
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, str(SCRIPT), str(reviewing["home"]), *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=240)
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.fixture
def open_as(chromium, reviewing):
    """A browser of a coordinator, signed in; of a stranger for None."""
    visitors, complaints = [], []

    def open_page(name, path, language="vi", **options):
        visitor = chromium.new_context(locale=language, base_url=reviewing["address"], **options)
        visitors.append(visitor)
        if name:
            session = {"name": "session", "value": reviewing["sessions"][name], "url": reviewing["address"]}
            visitor.add_cookies([session])
        page = visitor.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for visitor in visitors:
        visitor.close()
    assert not complaints


def act(page, name):
    """The form on the page that holds a review which does that."""
    return page.locator(f'form:has(input[name="act"][value="{name}"])')


def press(page, name):
    act(page, name).locator("button").first.click()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_two_hold_a_review_to_its_end_and_a_stranger_reads_keeps_and_follows_it(open_as, reviewing, language):
    slug, words = reviewing["reviews"][f"live_{language}"], WORDS[language]
    options = {"viewport": SIZES["phone"], "java_script_enabled": False}
    an, stranger = (open_as(name, f"/reviews/{slug}/", language, **options) for name in ("an", None))
    opened(an, stranger, slug)
    met(an, slug, words)
    binh = open_as("binh", f"/reviews/{slug}/hold", language, **options)
    press(binh, "confirm")
    looked_at_on_the_wall(open_as(None, f"/reviews/{slug}/meeting/", language, viewport=SIZES["desktop"]), words)
    number = committed(an, slug, words)
    written_down(an, slug)

    run(reviewing, "later", slug)
    an.goto(f"/reviews/{slug}/hold")
    press(an, "finish")
    press(an, "publish")
    run(reviewing, "work")

    stranger.goto(f"/reviews/{slug}/")
    page = stranger.inner_text("main")
    assert words["published"] in page
    assert words["held"] in page
    assert page.index(words["resolved"]) < page.index(words["promised"]) < page.index("figures.json")
    assert not scrolls_sideways(stranger)
    kept(stranger, words)
    followed(stranger, slug, number, words)


def opened(an, stranger, slug):
    """The agenda, with what a stranger proposes on it."""
    an.goto(f"/reviews/{slug}/hold")
    press(an, "open")
    stranger.goto(f"/reviews/{slug}/")
    stranger.locator(f'a[href="/reviews/{slug}/propose"]').click()
    stranger.locator('input[value="training"]').check()
    stranger.locator("#title").fill("Tập huấn ở chợ")
    stranger.locator("main form button").click()
    assert stranger.url.endswith("/sent")
    an.goto(f"/reviews/{slug}/hold")
    press(an, "accept")


def met(an, slug, words):
    """Who is there, frozen figures, and what the meeting resolves."""
    for role, place in (("chair", 1), ("secretary", 2), ("partner", 0)):
        an.locator("#role").select_option(role)
        an.locator("#organisation").select_option(index=place)
        an.locator("#presence").select_option("present")
        press(an, "seat")
    press(an, "freeze")
    press(an, "hold")
    an.locator("#resolved-text").fill(words["resolved"])
    an.locator('input[name="method"][value="consent"]').check()
    an.locator('input[name="outcome"][value="adopted"]').check()
    press(an, "record")
    assert not act(an, "confirm").count()


def looked_at_on_the_wall(wall, words):
    """Another page says the same, and goes on without a network."""
    assert words["resolved"] in wall.inner_text("main")
    wall.context.set_offline(True)
    wall.locator("[data-next]").click()
    wall.locator("[data-start]:visible").click()
    assert ":" in wall.locator(".timer:visible").inner_text()


def committed(an, slug, words):
    """Who does what by when; gives back its number."""
    an.goto("/commitments/agree")
    an.locator("#resolution").select_option(f"01/{slug}")
    an.locator("#text").fill(words["promised"])
    an.locator("#owner").select_option("role:duty")
    an.locator("#due").fill(DUE.isoformat())
    an.locator('input[name="measure"][value="deliverable"]').check()
    an.locator("#evidence").fill("Ảnh tờ lịch ở cửa nhà văn hóa")
    an.locator("main form button").last.click()
    number = an.url.rstrip("/").rpartition("/")[2]
    assert number.startswith("CK-")
    return number


def written_down(an, slug):
    """The minutes, from the meeting to where everybody may object."""
    an.goto(f"/reviews/{slug}/hold")
    ended = act(an, "draft").locator("#ended_at")
    begun = ended.input_value()
    act(an, "draft").locator("#begun_at").fill(begun[:11] + "00:00")
    ended.fill(begun[:11] + "23:59")
    press(an, "draft")
    press(an, "send_out")


def kept(stranger, words):
    """The minutes as a file: a PDF that a job's child process made, with its letters inside."""
    with stranger.expect_download() as download:
        stranger.get_by_role("link", name=words["minutes"]).click()
    body = Path(download.value.path()).read_bytes()
    assert body.startswith(b"%PDF-")
    assert words["resolved"] in text_of(body)
    assert set(fonts(body).values()) == {True}


def followed(stranger, slug, number, words):
    """The meeting and the commitment in calendars that any program can follow."""
    meetings = calendar(stranger, "reviews.ics")
    held = next(each for each in meetings.walk("VEVENT") if slug in str(each["uid"]))
    assert held["dtstart"].dt.tzinfo is not None
    assert meetings.walk("VTIMEZONE")
    todo = next(each for each in calendar(stranger, "commitments.ics").walk("VTODO") if number in str(each["uid"]))
    assert words["promised"] in str(todo["summary"])
    assert todo["due"].dt == DUE


def calendar(page, name):
    """The calendar that a link of the open page leads to, as a calendar program takes it in."""
    address = page.locator(f'main a[href^="/{name}"]').get_attribute("href")
    answer = page.request.get(address)
    assert answer.headers["content-type"].startswith("text/calendar")
    return icalendar.Calendar.from_ical(answer.body())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_a_review_can_be_read_by_everybody(open_as, reviewing, language):
    published, live = reviewing["reviews"]["published"], reviewing["reviews"][f"live_{language}"]
    public = ["/reviews/", f"/reviews/{published}/", f"/reviews/{published}/meeting/", "/organisations/"]
    public += [f"/reviews/{published}/{form}" for form in ("propose", "object", "figures/claims_new/ask", "sent")]
    held = ["/reviews/plan", f"/reviews/{published}/hold", f"/reviews/{live}/hold", "/organisations/", "/audit/"]

    found = look_at(open_as(None, "/reviews/", language, bypass_csp=True), public)
    found |= look_at(open_as("an", "/reviews/", language, bypass_csp=True), held)

    assert found == {}

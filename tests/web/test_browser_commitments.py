"""Commitments on a phone in a real browser: agreed on in a form, read by a stranger; every page of them looked at."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from browsing import SIZES, require_chromium, running_made_desk
from looks import look

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("committed_desk.py")
WORDS = "Mỗi tổ dân phố có một người biết chỉ bà con cách hỏi bàn"


@pytest.fixture(scope="module")
def committed(tmp_path_factory):
    """A desk with commitments in every state, and where they are."""
    require_chromium()
    home = tmp_path_factory.mktemp("committed") / "home"
    with running_made_desk(SCRIPT, home) as desk:
        yield desk


@pytest.fixture
def open_as(chromium, committed):
    """A browser of one of the people, signed in; of a stranger for None."""
    visitors, complaints = [], []

    def open_page(name, path, language="vi", **options):
        visitor = chromium.new_context(locale=language, base_url=committed["address"], **options)
        visitors.append(visitor)
        if name:
            session = {"name": "session", "value": committed["sessions"][name], "url": committed["address"]}
            visitor.add_cookies([session])
        page = visitor.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for visitor in visitors:
        visitor.close()
    assert not complaints


def test_a_coordinator_agrees_on_a_phone_without_scripts_and_a_stranger_reads_it(open_as):
    options = {"viewport": SIZES["phone"], "java_script_enabled": False}
    an = open_as("an", "/commitments/", **options)
    an.get_by_role("link", name="Ghi cam kết mới").click()
    an.get_by_label("Kết luận họp nói điều này").select_option("01/2026-q3")
    an.get_by_label("Việc cần làm").fill(WORDS)
    an.get_by_label("Chủ trì", exact=True).select_option("role:contributors")
    an.get_by_label("Hạn", exact=True).fill((date.today() + timedelta(days=70)).isoformat())  # noqa: DTZ011 (any day)
    an.get_by_label("Có thứ để cho xem", exact=True).check()
    an.get_by_label("Nếu có thứ để cho xem: cần bằng chứng gì").fill("Danh sách tổ và ngày mỗi tổ đã có người")
    an.get_by_role("button", name="Ghi cam kết").click()
    assert "Đã cam kết, chưa bắt đầu" in an.inner_text("main")

    stranger = open_as(None, "/commitments/?state=agreed&owner=role:contributors", "en", **options)
    assert WORDS in stranger.inner_text("main")
    assert "the contributors" in stranger.inner_text("main")
    stranger.get_by_role("link", name="CK-").last.click()
    assert "Agreed in a review" in stranger.inner_text("main")
    assert not stranger.get_by_role("link", name="Report it done").count()


def every_page(committed):
    """(who, path) of every page of commitments, as a coordinator, as anybody with an account, and as a stranger."""
    numbers = committed["numbers"]
    strangers = ["/commitments/", "/commitments/?state=dropped", "/commitments/?owner=nobody"]
    strangers += [f"/commitments/{number}" for number in numbers.values()]
    strangers += ["/commitments/mail/nothing", "/commitments/mail/nothing/stop"]
    agreed, reported = f"/commitments/{numbers['agreed']}", f"/commitments/{numbers['reported']}"
    own = ["/commitments/", agreed, reported, "/commitments/agree", "/commitments/mail/"]
    own += [f"{agreed}/{form}" for form in ("update", "report", "extend", "drop", "replace")]
    own += [f"{reported}/{form}" for form in ("confirm", "refuse")]
    return [(None, path) for path in strangers] + [("an", path) for path in own] + [("chi", "/my-work/")]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_commitments_can_be_read_and_touched_by_everybody(open_as, committed, language):
    pages = {who: open_as(who, "/about/", language, bypass_csp=True) for who in (None, "an", "chi")}
    wrong = {}

    for who, path in every_page(committed):
        pages[who].goto(path)
        wrong |= look(pages[who], f"{who} {path}")

    assert not wrong, wrong

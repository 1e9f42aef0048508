"""What rounds published, in a real browser: a fact-check in each of its states, what is said to be wrong with it, and a
note with its status and its plot, as strangers and as those who work here see them."""

from pathlib import Path

import pytest
from browsing import require_chromium, running_made_desk
from looks import look

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("agreed_desk.py")
# What shows that the page is the one that is meant, in both languages.
STATES = {
    "current": ("cùng đồng ý", "agree"),
    "lost": ("không còn", "no longer"),
    "disputed": ("khác", "differ"),
    "withdrawn": ("rút", "withdr"),
}


@pytest.fixture(scope="module")
def agreed(tmp_path_factory):
    """A desk with published notes in every state, and where they are."""
    require_chromium()
    home = tmp_path_factory.mktemp("agreed") / "home"
    with running_made_desk(SCRIPT, home) as desk:
        yield desk


@pytest.fixture
def open_as(chromium, agreed):
    """A browser of one of the people, signed in; of a stranger for None."""
    visitors, complaints = [], []

    def open_page(name, language):
        visitor = chromium.new_context(locale=language, base_url=agreed["address"], bypass_csp=True)
        visitors.append(visitor)
        if name:
            visitor.add_cookies([{"name": "session", "value": agreed["sessions"][name], "url": agreed["address"]}])
        page = visitor.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page

    yield open_page
    for visitor in visitors:
        visitor.close()
    assert not complaints


def pages_of(agreed):
    """(who, path) of every kind of page there is of what was agreed."""
    names, notes = agreed["fact_checks"], agreed["notes"]
    states = ("current", "lost", "disputed", "rival", "withdrawn", "imported")
    strangers = [f"/f/{names[state]}" for state in states]
    strangers += [f"/f/{names['current']}/wrong", f"/f/{names['imported']}/wrong", f"/n/{notes['current']}/wrong"]
    strangers += [f"/reports/{number}" for number in agreed["reports"].values()]
    strangers += ["/reports/", *(f"/n/{note}" for note in notes.values())]
    workers = [f"/n/{notes['current']}", f"/n/{notes['one_sided']}", f"/n/{notes['current']}/still-holds"]
    workers += [f"/reports/{number}" for number in agreed["reports"].values()]
    return {None: strangers, "rater": workers}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_what_was_agreed_can_be_read_and_touched_by_everybody(open_as, agreed, language):
    wrong = {}

    for who, paths in pages_of(agreed).items():
        page = open_as(who, language)
        for path in paths:
            assert page.goto(path).status in (200, 410), path
            wrong |= look(page, f"{path} of {who}")

    assert not wrong, wrong


@pytest.mark.parametrize("language", ["vi", "en"])
def test_these_are_the_pages_that_are_meant(open_as, agreed, language):
    page = open_as(None, language)
    for state, said in STATES.items():
        page.goto(f"/f/{agreed['fact_checks'][state]}")
        assert said[language == "en"] in page.inner_text("main").lower(), state
    page.goto(f"/n/{agreed['notes']['current']}")
    assert page.locator("h2#plot").count()

"""Every page in a real browser: axe finds nothing, nothing is too small, nothing runs off the side."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from browsing import SIZES
from test_browser_ask import MESSAGES, ask, scrolls_sideways

pytestmark = pytest.mark.browser

PUBLIC = [
    "/",
    "/f/",
    "/f/?verdict=true",
    "/f/?q=zzzzzz&since=never",
    "/sample/nuoc-muoi-diet-vi-rut",
    "/publishers/",
    "/ledger/",
    "/about/",
    "/erased/",
    "/signin/",
    "/join/",
    "/people/",
    "/no-such-page",
    "/q/nothing",
]
ASKED = {
    "answer": MESSAGES["vi"],
    "near": "nước muối",
    "unknown": "Cá heo biết đọc báo và viết thư tình bằng tiếng Latinh cổ",
    "warned": "VCB thong bao vao vietcombank-xacminh.example, goi anh Nam 0912 345 678",
}
# All of axe's rules, and the one of WCAG 2.2 that it leaves out unless asked.
AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# A theme changes colours and nothing else: every rule is asked of the light one, those of colour of the dark one, too.
OF_COLOUR = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
AXE_OF_THEME = {"light": AXE_OPTIONS, "dark": OF_COLOUR}
TOO_SMALL = """() => [...document.querySelectorAll(
        "button, .button, summary, nav a, input:not([type=hidden]), select, textarea")]
    .filter(thing => thing.checkVisibility())
    .map(thing => thing.matches("[type=radio], [type=checkbox]") && thing.closest("label") || thing)
    .map(thing => [thing.textContent.trim() || thing.id, thing.getBoundingClientRect()])
    .filter(([, box]) => box.height < 43.9 || box.width < 43.9)
    .map(([name, box]) => `${name} ${Math.round(box.width)} x ${Math.round(box.height)}`)"""
TOO_FINE = """() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const fine = [];
    while (walker.nextNode()) {
        const text = walker.currentNode;
        const size = parseFloat(getComputedStyle(text.parentElement).fontSize);
        const isSeen = text.data.trim() && text.parentElement.checkVisibility();
        if (isSeen && size < 15) fine.push(`${size} ${text.data.trim()}`);
    }
    return fine;
}"""


def every_page(visit, language, **options):
    """(name, page) of every page of the desk, the private ones too, opened one after the other."""
    page = visit(language=language, **options)
    for path in PUBLIC:
        page.goto(path)
        yield path, page
    page.goto("/")
    page.get_by_role("button", name="Kiểm tra" if language == "vi" else "Check", exact=True).click()
    page.get_by_role("alert").wait_for()
    yield "empty box", page
    for name, message in ASKED.items():
        page.goto("/")
        ask(page, message, language)
        yield name, page
    page.goto(f"{page.url}/erase")
    yield "erase", page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_axe_finds_no_violation_on_any_page_in_either_theme(visit, language):
    axe, found = Axe(), {}

    for name, page in every_page(visit, language, bypass_csp=True, viewport=SIZES["phone"]):
        for details in page.locator("details").all():
            details.evaluate("details => details.open = true")
        for theme, options in AXE_OF_THEME.items():
            page.emulate_media(color_scheme=theme)
            result = axe.run(page, options=options)
            if result.violations_count:
                found[name, theme] = result.generate_report()

    assert not found, found


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_fits_and_can_be_read_and_touched(visit, language, size):
    wrong = {}

    for name, page in every_page(visit, language, viewport=SIZES[size]):
        findings = {
            "scrolls sideways": scrolls_sideways(page),
            "smaller than 44 px": page.evaluate(TOO_SMALL),
            "finer than 15 px": page.evaluate(TOO_FINE),
        }
        if any(findings.values()):
            wrong[name] = findings

    assert not wrong, wrong


def test_a_fault_would_be_found(visit):
    """The three looks above see what they are there to see."""
    page = visit(bypass_csp=True, viewport=SIZES["phone"])
    page.evaluate(
        """() => {
            document.documentElement.removeAttribute("lang");
            document.querySelector("h1").style.cssText = "font-size: 14px; width: 500px";
            document.querySelector("button").style.cssText = "min-height: 0; height: 20px";
        }"""
    )

    rules = {violation["id"] for violation in Axe().run(page, options=AXE_OPTIONS).response["violations"]}

    assert "html-has-lang" in rules
    assert scrolls_sideways(page)
    assert page.evaluate(TOO_SMALL)
    assert page.evaluate(TOO_FINE)

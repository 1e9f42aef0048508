"""Every page in a real browser: axe finds nothing, nothing is too small, nothing runs off the side."""

import pytest
from looks import look
from test_browser_ask import MESSAGES, ask

pytestmark = pytest.mark.browser

PUBLIC = [
    "/",
    "/f/",
    "/f/?verdict=true",
    "/f/?q=zzzzzz&since=never",
    "/sample/nuoc-muoi-diet-vi-rut",
    "/publishers/",
    "/ledger/",
    "/feeds/",
    "/reports/",
    "/about/",
    "/corrections/",
    "/board/",
    "/open-data/",
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
def test_every_page_can_be_read_and_touched_by_everybody(visit, language):
    wrong = {}

    for name, page in every_page(visit, language, bypass_csp=True):
        wrong |= look(page, name)

    assert not wrong, wrong


def test_a_fault_would_be_found(visit):
    """The looks see what they are there to see."""
    page = visit(bypass_csp=True)
    page.evaluate(
        """() => {
            document.documentElement.removeAttribute("lang");
            document.querySelector("h1").style.cssText = "font-size: 14px; width: 500px; color: #777; background: #666";
            document.querySelector("button").style.cssText = "min-height: 0; height: 20px";
        }"""
    )

    found = look(page, "faults")["faults"]

    assert {"html-has-lang", "color-contrast"} <= {rule for rule, *_ in found["light"]}
    assert {rule for rule, *_ in found["dark"]} == {"color-contrast"}
    assert {"scrolls sideways, phone", "smaller than 44 px, phone", "finer than 15 px, desktop"} <= set(found)

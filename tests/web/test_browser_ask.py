"""Ask and be answered, in a real browser: two languages, two sizes, without scripts, without a mouse."""

import json
import re

import pytest
from browsing import SIZES
from looks import scrolls_sideways

pytestmark = pytest.mark.browser

# The claim itself, as somebody would forward it: the same text is an exact door.
MESSAGES = {
    "vi": "Súc họng và uống nước muối loãng mỗi sáng sẽ diệt hết vi-rút cúm và Covid-19 trong cổ họng.",
    "en": "COVID-19 vaccines contain a microchip that tracks where people go.",
}
WORDS = {
    "vi": {"check": "Kiểm tra", "false": "Sai", "is_it": "Đúng tin này", "thanks": "Cảm ơn bạn", "copy": "Chép"},
    "en": {"check": "Check", "false": "False", "is_it": "This is it", "thanks": "Thank you", "copy": "Copy"},
}


def ask(page, message, language="vi"):
    page.get_by_role("textbox").fill(message)
    page.get_by_role("button", name=WORDS[language]["check"], exact=True).click()
    page.wait_for_url("**/q/*")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_message_is_answered(visit, language, scripts, size):
    page = visit(language=language, viewport=SIZES[size], java_script_enabled=scripts)

    ask(page, MESSAGES[language], language)

    answer = page.locator("article.answer").first
    assert answer.locator(".verdict").inner_text() == WORDS[language]["false"]
    assert MESSAGES[language] in answer.locator(".claim").inner_text()
    assert page.locator("html").get_attribute("lang") == language
    if scripts:
        assert not scrolls_sideways(page)
    else:
        assert all(button.is_hidden() for button in page.locator("[data-copy]").all())


def test_the_answer_is_on_a_phones_first_screen(visit):
    page = visit(viewport=SIZES["phone"])

    ask(page, MESSAGES["vi"])

    for part in (".verdict", ".claim"):
        box = page.locator(f"article.answer {part}").first.bounding_box()
        assert box["y"] + box["height"] < SIZES["phone"]["height"]


def focused(page):
    return page.evaluate("document.activeElement.innerText || document.activeElement.id")


def tab_to(page, text):
    """Press Tab until what has the focus says `text`; every stop on the way must be seen."""
    for _ in range(40):
        page.keyboard.press("Tab")
        width = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2, f"no visible focus on {focused(page)!r}"
        if text in focused(page):
            return
    pytest.fail(f"{text!r} can't be reached with Tab")


def test_everything_is_reached_with_the_keyboard_alone(visit):
    page = visit()
    page.keyboard.press("Tab")
    assert "Đến thẳng nội dung" in focused(page)
    page.keyboard.press("Enter")

    tab_to(page, "message")
    page.keyboard.insert_text(MESSAGES["vi"])
    tab_to(page, "Kiểm tra")
    page.keyboard.press("Enter")
    page.wait_for_url("**/q/*")
    tab_to(page, "Đúng tin này")
    page.keyboard.press("Enter")
    page.get_by_text("Cảm ơn bạn").wait_for()

    assert "Bạn cho biết: đúng tin này." in page.inner_text("main")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no_scripts"])
def test_a_question_is_asked_told_about_and_erased(visit, scripts):
    """Its forms hold although no address is sent to other sites: browsers send an Origin the desk can check."""
    page = visit(java_script_enabled=scripts)
    ask(page, MESSAGES["vi"])
    private = page.url

    page.get_by_role("button", name="Bản kiểm chứng này sai").click()
    told = page.inner_text("main")
    page.get_by_role("link", name="Xoá câu hỏi này").click()
    page.get_by_role("button", name="Xoá đi").click()
    page.wait_for_url("**/erased/")
    gone = page.goto(private)

    assert "Chúng tôi đã ghi lại cho người kiểm chứng" in told
    assert gone.status == 404


def test_a_language_is_switched_and_remembered(visit):
    page = visit()

    page.get_by_role("button", name="English").click()
    page.goto("/about/")

    assert page.locator("html").get_attribute("lang") == "en"


def test_what_was_typed_stays_when_it_is_too_long(visit):
    page = visit()
    message = "nước muối " * 600

    page.get_by_role("textbox").fill(message)
    counted = page.locator("[data-count]").inner_text()
    page.get_by_role("button", name="Kiểm tra").click()
    page.get_by_role("alert").wait_for()

    assert counted == "6.000 / 5.000"
    assert page.get_by_role("textbox").input_value() == message
    assert "Tin dài 6.000 ký tự" in page.get_by_role("alert").inner_text()
    assert focused(page) == "message"


def test_a_pasted_picture_is_told_about_at_once(visit):
    page = visit()

    page.evaluate(
        """() => {
            const clipboardData = new DataTransfer();
            clipboardData.items.add(new File(["x"], "anh.png", {type: "image/png"}));
            document.getElementById("message").dispatchEvent(new ClipboardEvent("paste", {clipboardData}));
        }"""
    )

    assert "chưa xem được hình hay tệp" in page.locator("[data-picture]").inner_text()


def test_the_answer_is_copied_with_its_verdict_first(visit):
    page = visit(permissions=["clipboard-read", "clipboard-write"])
    ask(page, MESSAGES["vi"])

    page.get_by_role("button", name="Chép", exact=True).click()
    page.get_by_role("button", name="Đã chép").wait_for()

    assert page.evaluate("navigator.clipboard.readText()").startswith("Sai: “Súc họng")


def test_the_private_address_is_copied_whole(visit):
    page = visit(viewport=SIZES["phone"], permissions=["clipboard-read", "clipboard-write"])
    ask(page, MESSAGES["vi"])

    page.get_by_role("button", name="Chép địa chỉ").click()
    page.get_by_role("button", name="Đã chép").wait_for()

    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_warning_stands_above_everything_else(visit):
    page = visit(viewport=SIZES["phone"])

    ask(page, "VCB thong bao tai khoan bi khoa, vao vietcombank-xacminh.example de mo lai")

    first = page.locator("main section").first
    assert "Đừng bấm đường dẫn này" in first.inner_text()
    assert page.locator("a[href*='vietcombank-xacminh']").count() == 0


def test_the_claim_review_stands_in_the_page_under_the_strict_policy(visit):
    page = visit("/sample/nuoc-muoi-diet-vi-rut")

    written = json.loads(page.locator("script[type='application/ld+json']").text_content())

    assert written["@type"] == "ClaimReview"
    assert re.search(r"/f/[0-9a-z]{12}$", page.url)


def test_a_first_visit_weighs_at_most_100_kilobytes_and_asks_no_other_host(chromium, address):
    visitor = chromium.new_context(locale="vi")
    page = visitor.new_page()
    weight = {}
    page.on("response", lambda answer: weight.setdefault(answer.url, int(answer.headers.get("content-length", 0))))
    page.goto(address, wait_until="networkidle")
    ask(page, MESSAGES["vi"])
    page.wait_for_load_state("networkidle")

    parts = {url: size for url, size in weight.items() if "/static/" in url}
    hosts = {url.split("/")[2] for url in weight}
    visitor.close()

    assert len(parts) >= 6
    assert all(parts.values())
    assert sum(parts.values()) <= 100_000, parts
    assert hosts == {address.partition("://")[2]}

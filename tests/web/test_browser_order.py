"""Claims in a real browser: asked, merged by two, appealed, decided by a third; and every page about them looked at."""

from pathlib import Path

import pytest
from browsing import SIZES, require_chromium, running_made_desk
from looks import look
from test_browser_ask import ask

pytestmark = pytest.mark.browser

SCRIPT = Path(__file__).with_name("orderly_desk.py")
MESSAGES = {
    True: (
        "Cá heo ở vịnh Hạ Long biết đọc báo và viết thư tình bằng tiếng Latinh cổ",
        "Nhà nước sắp đổi toàn bộ biển số xe máy sang màu tím trong tháng sau",
    ),
    False: (
        "Ăn măng cụt chung với nước ngọt có ga sẽ sinh ra khí độc trong dạ dày",
        "Trường cấp hai trong xã cho học sinh nghỉ học trọn hai tuần vì rắn hổ mang",
    ),
}


@pytest.fixture(scope="module")
def orderly(tmp_path_factory):
    """A desk with claims in every state, and where they are."""
    require_chromium()
    home = tmp_path_factory.mktemp("orderly") / "home"
    with running_made_desk(SCRIPT, home, seconds_max=120) as desk:
        yield desk


@pytest.fixture
def open_as(chromium, orderly):
    """A browser of one of the people, signed in; of a stranger for None."""
    visitors, complaints = [], []

    def open_page(name, path, language="vi", **options):
        visitor = chromium.new_context(locale=language, base_url=orderly["address"], **options)
        visitors.append(visitor)
        if name:
            session = {"name": "session", "value": orderly["sessions"][name], "url": orderly["address"]}
            visitor.add_cookies([session])
        page = visitor.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield open_page
    for visitor in visitors:
        visitor.close()
    assert not complaints


# With scripts the whole way goes (test_browser_whole_way).
@pytest.mark.parametrize("scripts", [pytest.param(True, marks=pytest.mark.long), False], ids=["scripts", "no_scripts"])
def test_a_question_waits_is_merged_by_two_appealed_and_decided_by_a_third(open_as, scripts):
    options = {"viewport": SIZES["phone"], "java_script_enabled": scripts}
    first, second = (open_as(None, "/", **options) for _ in range(2))
    for page, message in zip((first, second), MESSAGES[scripts], strict=True):
        ask(page, message)
        assert "Bạn là người đầu tiên hỏi điều này." in page.inner_text("main")
    one, two = (page.locator('#waits a[href^="/c/"]').get_attribute("href") for page in (first, second))

    # The claims stand in the queue, quoted; a coordinator proposes that they are one.
    an = open_as("an", "/queue/", **options)
    assert MESSAGES[scripts][1] in an.inner_text("main")
    an.get_by_role("link", name=MESSAGES[scripts][0]).click()
    an.get_by_role("link", name="Gộp", exact=True).click()
    an.get_by_label("Số của điều kia").fill(two)
    an.get_by_label("Vì sao").fill("Hai câu này cùng một tin.")
    an.get_by_role("button", name="Đề nghị").click()
    own = an.locator(f'.card:has(a[href="{one}"])')
    assert own.get_by_role("button", name="Rút đề nghị của tôi").is_visible()
    assert not own.get_by_role("button", name="Có, làm đi").count()

    # Another says yes, and the first asker's page says where the question waits now.
    binh = open_as("binh", "/order/", **options)
    binh.locator(f'.card:has(a[href="{one}"])').get_by_role("button", name="Có, làm đi").click()
    assert "Đã gộp vào điều khác" in binh.inner_text("main")
    first.reload()
    assert "1 người khác cũng hỏi điều này" in first.inner_text("main")
    assert first.locator(f'#waits a[href="{two}"]').count() == 1

    # A contributor appeals, and a third person undoes the merge.
    writer = open_as("writer", one, **options)
    writer.get_by_role("link", name="Khiếu nại").click()
    writer.get_by_label("Điều hai người kia có thể đã bỏ sót").fill("Một tin nói về biển, một tin nói về xe.")
    writer.get_by_role("button", name="Khiếu nại").click()
    assert "Người thứ ba sẽ trả lời." in writer.inner_text("main")
    chi = open_as("chi", "/order/", **options)
    chi.locator(f'.card:has(a[href^="{one}#"])').get_by_role("link", name="Đọc và quyết định").click()
    chi.get_by_label("Huỷ việc này").check()
    chi.get_by_label("Vì sao, cho mọi người đọc").fill("Đúng là hai chuyện khác nhau.")
    chi.get_by_role("button", name="Quyết định").click()
    assert "việc này đã được huỷ." in chi.inner_text("main")
    first.reload()
    assert first.locator(f'#waits a[href="{one}"]').count() == 1
    assert "Bạn là người đầu tiên hỏi điều này." in first.inner_text("main")


def test_an_asker_says_where_and_by_when_without_scripts(open_as, orderly):
    page = open_as(None, f"/q/{orderly['tokens']['waits']}", java_script_enabled=False, viewport=SIZES["phone"])

    page.get_by_text("Cho biết bạn ở đâu, hay cần biết trước ngày nào").click()
    page.get_by_label("Địa bàn").select_option("vn-hue")
    page.get_by_role("button", name="Giữ lại").click()

    assert page.get_by_label("Địa bàn").input_value() == "vn-hue"


def test_an_organisation_is_asked_and_its_answer_stands_on_the_claims_page_without_scripts(open_as, orderly):
    options = {"viewport": SIZES["phone"], "java_script_enabled": False}
    claim, question = f"/c/{orderly['claims']['power']}", "Ngày mai phường có cắt điện theo lịch không?"
    an = open_as("an", claim, **options)
    an.get_by_role("link", name="Hỏi một cơ quan, đơn vị").click()
    an.get_by_label("Cơ quan, đơn vị", exact=True).select_option(label="Sở Y tế")
    an.get_by_label("Câu hỏi", exact=True).fill(question)
    an.get_by_role("button", name="Giữ bản nháp").click()
    an.get_by_role("link", name="Đã gửi", exact=True).click()
    an.get_by_label("bằng thư điện tử").check()
    an.get_by_role("button", name="Ghi lại").click()
    assert "chưa trả lời (0 ngày)" in an.inner_text("main")
    stranger = open_as(None, claim, **options)
    assert "chưa trả lời (0 ngày)" in stranger.inner_text("main")

    an.get_by_role("link", name="Đã có trả lời").click()
    an.get_by_label("Trả lời là không giữ thông tin này").check()
    an.get_by_label("Toàn văn, đúng lời của họ").fill("Sở Y tế không giữ lịch cắt điện.")
    an.get_by_role("button", name="Ghi lại").click()

    stranger.reload()
    assert "Sở Y tế không giữ lịch cắt điện." in stranger.inner_text("main")
    stranger.get_by_role("link", name="Sở Y tế", exact=True).click()
    stranger.get_by_text("Từng ngày một").click()
    assert "5 ngày làm việc, kể từ sau ngày" in stranger.inner_text("main")


def every_page(orderly):
    """(who, path) of every page about claims, as a coordinator who may do everything, and as a stranger."""
    claims, event = orderly["claims"], orderly["event"]
    strangers = ["/queue/", "/queue/?topic=no-such", "/events/", f"/e/{event}", "/c/99999"]
    strangers += [f"/c/{number}" for number in claims.values()] + [f"/q/{each}" for each in orderly["tokens"].values()]
    salt = f"/c/{claims['salt']}"
    forms = ["reword", "translate", "topics", "areas", "events", "merge", "split", "not-checkable"]
    own = ["/queue/", salt, f"/c/{claims['power']}", *(f"{salt}/{form}" for form in forms)]
    own += [f"/c/{claims['power']}/merge", f"/c/{claims['withheld']}/withhold", "/order/", "/order/topics"]
    own += [f"/c/{claims['cat']}", f"/c/{claims['cat']}/undo/{orderly['act']}"]
    own += [f"/c/{claims['cat']}/appeal/{orderly['act']}", "/events/open", f"/e/{event}", f"/e/{event}/change"]
    own += [f"/n/{orderly['note']}", f"/n/{orderly['note']}/withhold"]
    own += [f"/e/{event}/pin", f"/order/appeals/{orderly['appeal']}"]
    asked = orderly["inquiries"]
    strangers += ["/inquiries/", "/organisations/", *(f"/inquiries/{asked[name]}" for name in ("answered", "silent"))]
    own += ["/inquiries/", "/inquiries/draft", "/organisations/add", f"/organisations/{asked['organisation']}/change"]
    own += [f"/inquiries/{asked['draft']}", f"/inquiries/{asked['draft']}/send"]
    own += [
        f"/inquiries/{asked['silent']}/{form}" for form in ("acknowledge", "extend", "answer", "document", "withdraw")
    ]
    return [(None, path) for path in strangers] + [("an", path) for path in own]


def opened(open_as, orderly, language, **options):
    """Every page, one after the other, in one browser a person."""
    pages = {who: open_as(who, "/about/", language, **options) for who in (None, "an")}
    for who, path in every_page(orderly):
        pages[who].goto(path)
        yield f"{who} {path}", pages[who]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_about_claims_can_be_read_and_touched_by_everybody(open_as, orderly, language):
    wrong = {}

    for name, page in opened(open_as, orderly, language, bypass_csp=True):
        wrong |= look(page, name)

    assert not wrong, wrong

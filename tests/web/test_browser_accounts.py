"""Joining and signing in, in a real browser: with a passkey, and with password and codes where scripts are off."""

import subprocess
import time

import pytest
from browsing import CLI, PHONE, require_chromium, running_desk
from looks import look, look_at
from people import PASSWORD
from pyotp import TOTP

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def home_folder(tmp_path_factory):
    """The home of this module's own desk."""
    return tmp_path_factory.mktemp("named desk") / "home"


@pytest.fixture(scope="module")
def address(home_folder):
    """A desk that is reached by a name, as passkeys need it."""
    require_chromium()
    with running_desk(home_folder, "serve", name="localhost") as address:
        yield address


@pytest.fixture(scope="module")
def operators_link(address, home_folder):
    """What the machine prints for the one who will run it."""
    command = [*CLI, "--home", str(home_folder), "invite", "--role", "operator"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout
    return "/join/" + printed.strip().rpartition("/join/")[2]


def with_a_phone(page):
    """Give the browser an authenticator of its own, which says yes to everything."""
    protocol = page.context.new_cdp_session(page)
    protocol.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    return protocol, protocol.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


@pytest.fixture(scope="module")
def kept():
    """What the first test leaves to the next ones: a passkey and an invitation."""
    return {}


def test_somebody_joins_and_comes_back_with_a_passkey(visit, operators_link, kept):
    page = visit(operators_link, viewport=PHONE)
    protocol, authenticator = with_a_phone(page)

    page.get_by_label("Tên", exact=True).fill("Bình Yên")
    page.get_by_role("button", name="Tham gia bằng khoá đăng nhập").click()
    page.get_by_role("heading", name="Chào Bình Yên").wait_for()
    codes = page.get_by_label("Chọn và chép các mã này:").input_value().split()
    page.goto("/account/")
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    page.wait_for_url("**/")
    page.goto("/machine/")
    asked = page.url
    page.get_by_role("button", name="Đăng nhập bằng khoá").click()
    page.wait_for_url("**/machine/")

    assert len(codes) == 10
    assert asked.endswith("/signin/?next=%2Fmachine%2F")
    assert "THUCHU_HOME" in page.inner_text("main")

    page.goto("/account/")
    page.get_by_role("button", name="Tạo lời mời").click()
    kept["link"] = page.get_by_label("Chọn và chép liên kết này:").input_value()
    kept["keys"] = protocol.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert [key["rpId"] for key in kept["keys"]] == ["localhost"]


def test_somebody_joins_and_comes_back_with_password_and_codes_without_scripts(visit, kept):
    page = visit(kept["link"], viewport=PHONE, java_script_enabled=False)

    assert page.get_by_role("button", name="Tham gia bằng khoá đăng nhập").is_hidden()
    page.get_by_label("Tên", exact=True).fill("An Nguyên")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Tham gia bằng mật khẩu").click()
    page.get_by_role("button", name="Đặt mã").click()
    secret = page.locator("code.secret").inner_text().replace(" ", "")
    page.get_by_label("Mã từ điện thoại").fill(TOTP(secret).now())
    page.get_by_role("button", name="Dùng mã này").click()
    page.get_by_role("link", name="Về tài khoản của tôi").click()
    page.get_by_role("button", name="Đăng xuất", exact=True).click()
    page.goto("/signin/?next=%2Faccount%2F")
    page.get_by_label("Tên của bạn ở đây").fill("an nguyen")
    page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    # The code that set the codes is used up; the desk takes that of the next half-minute, too.
    page.get_by_label("Mã từ điện thoại").fill(TOTP(secret).at(int(time.time()) + 30))
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url("**/account/")

    assert "Mật khẩu, kèm mã từ điện thoại." in page.inner_text("main")


def test_a_device_that_says_no_leaves_a_sentence_and_the_form(visit, operators_link):
    page = visit("/signin/")
    with_a_phone(page)

    page.get_by_role("button", name="Đăng nhập bằng khoá").click()
    page.get_by_role("alert").wait_for()

    assert "Chưa có gì xảy ra" in page.get_by_role("alert").inner_text()
    assert page.get_by_role("button", name="Đăng nhập bằng khoá").is_enabled()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_of_accounts_can_be_read_and_touched_by_everybody(visit, kept, language):
    page = visit("/signin/", language=language, bypass_csp=True, viewport=PHONE)
    protocol, authenticator = with_a_phone(page)
    for key in kept["keys"]:
        protocol.send("WebAuthn.addCredential", {"authenticatorId": authenticator, "credential": key})
    looked = look_at(page, ["/signin/", "/signin/recovery/", "/join/", "/people/", "/join/nothing", "/left/"])

    page.goto("/signin/?next=%2Faccount%2F")
    page.locator("form[data-passkey] button").click()
    page.wait_for_url("**/account/")
    kept["keys"] = protocol.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    paths = [
        "/account/",
        "/account/password/",
        "/account/codes/",
        "/account/recovery/",
        "/account/leave/",
        "/account/tokens/",
    ]
    looked |= look_at(page, [*paths, "/machine/", "/machine/jobs/", "/machine/roles/"])
    page.goto("/account/")
    page.locator("form[action='/account/invite'] button").click()
    link = page.locator("#link").input_value()
    looked |= look(page, "invited")
    page.goto(link)
    looked |= look(page, "join again")
    page.goto("/account/")
    page.locator("form[action='/signout'] button").click()
    page.goto(link)
    looked |= look(page, "join")
    page.locator("#name").fill("Chi Mai" if language == "vi" else "Duy Anh")
    page.locator("#password").fill(PASSWORD)
    page.locator("button[data-else]").click()
    page.locator("#codes").wait_for()
    looked |= look(page, "codes shown")
    page.locator("form[action='/account/codes/begin'] button").click()
    looked |= look(page, "codes")

    assert not looked, looked

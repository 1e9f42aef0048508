"""A real desk on a free port and a real Chromium in front of it, for tests that see what a person sees."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
# Nothing the browser does by itself may leave this machine.
CHROMIUM_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # What a person would see around the page: each is a page of the browser's own, made anew for every visitor.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,Translate,MediaRouter,HttpsUpgrades,PaintHolding",
]
# The demo's two weeks take a quarter of a minute, on a busy machine several times that.
START_SECONDS_MAX = 240
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}
SIZES = {"phone": PHONE, "desktop": DESKTOP}
CLI = [sys.executable, "-c", "import sys; from thuchu.cli import main; sys.exit(main())"]


def require_chromium():
    """Skip loudly where there is no Chromium; fail where the environment says there must be one."""
    if shutil.which(CHROMIUM):
        return
    if os.environ.get("THUCHU_REQUIRE_BROWSER") == "1":
        pytest.fail("Chromium is missing, and THUCHU_REQUIRE_BROWSER=1 says that it must be here.")
    pytest.skip("Chromium is missing: THE PAGES ARE NOT TESTED IN A BROWSER. Install the package 'chromium'.")


@contextmanager
def running_desk(home, *command_words, name="127.0.0.1"):
    """The address of a desk with the demo's content, served by `thuchu demo` in a process of its own.

    command_words  another command that serves `home` as it is, such as "serve", "--no-worker"
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://{name}:{port}"
    options = {"THUCHU_ADDRESS": address, "THUCHU_WORKERS": "1", "THUCHU_CHECKS_PER_MINUTE": "10000"}
    log = home.with_suffix(".log").open("w")
    desk = subprocess.Popen(
        [*CLI, "--home", str(home), *(command_words or ("demo",)), "--port", str(port)],
        env={name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"} | options,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        _wait_for(f"{address}/robots.txt", desk, home.with_suffix(".log"))
        yield address
    finally:
        desk.terminate()
        desk.wait(30)
        log.close()


@contextmanager
def running_made_desk(script, home, seconds_max=240):
    """A desk that a script makes in a process of its own, served: its address, and what the script says of it."""
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, str(script), str(home)]
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=seconds_max)
    with running_desk(home, "serve", "--no-worker") as address:
        yield {"address": address, **json.loads(made.stdout.splitlines()[-1])}


def _wait_for(address, desk, log):
    until = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < until:
        if desk.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"the desk did not start:\n{log.read_text()[-2000:]}")


@contextmanager
def running_chromium(profile):
    """A browser that starts with an empty profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*CHROMIUM_OPTIONS, f"--crash-dumps-dir={profile}"]
        )
        yield browser
        browser.close()

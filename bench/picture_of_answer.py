"""Draws docs/figures/answer.png: the answer page of a fresh demo, on a phone, as README shows it.

python bench/picture_of_answer.py
"""

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "web"))

from browsing import running_chromium, running_desk  # noqa: E402 (its folder must be named first)

PICTURE = ROOT / "docs" / "figures" / "answer.png"
PHONE = {"width": 420, "height": 720}
# Sharp on a good screen, and below 150 kB in the README.
SHARPNESS = 1.75
# The claim as somebody would forward it, so that the picture doesn't depend on how bold the matcher is.
MESSAGE = "Súc họng và uống nước muối loãng mỗi sáng sẽ diệt hết vi-rút cúm và Covid-19 trong cổ họng."


def main() -> None:
    """Start a desk, ask it, take the picture."""
    with (
        tempfile.TemporaryDirectory() as scratch,
        running_desk(Path(scratch) / "home") as address,
        running_chromium(scratch) as browser,
    ):
        page = browser.new_page(locale="vi", viewport=PHONE, device_scale_factor=SHARPNESS, color_scheme="light")
        page.goto(address)
        page.get_by_role("textbox").fill(MESSAGE)
        page.get_by_role("button", name="Kiểm tra", exact=True).click()
        page.wait_for_url("**/q/*")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=PICTURE)
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()

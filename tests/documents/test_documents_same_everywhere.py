"""The same review makes the same bytes: on two runs, in two processes, under another sky, on a host without a font."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from made_up_review import AMENDMENT, REVIEW

from thuchu.documents.minutes import minutes
from thuchu.documents.register import register
from thuchu.documents.rendering import render
from thuchu.documents.report import report

HERE = Path(__file__).parent
ALL = """
import sys
sys.path[:0] = sys.argv[1:]
from test_documents_same_everywhere import digests
print(digests())
"""


def digests() -> str:
    """One hash over an upright and a lying document, in both languages and every format."""
    whole = hashlib.sha256()
    for made in (report(REVIEW, "vi"), register(REVIEW, "en")):
        for format in ("html", "pdf", "docx"):
            whole.update(render(made, format))
    whole.update(render(register(REVIEW, "vi"), "csv"))
    return whole.hexdigest()


@pytest.mark.parametrize("format", ["html", "pdf", "docx"])
def test_two_runs_make_the_same_bytes(format):
    made = minutes(REVIEW, "vi")

    assert render(made, format) == render(made, format)


def test_other_zones_languages_seeds_and_no_fonts_at_all_make_the_same_bytes(tmp_path):
    empty = tmp_path / "fonts"
    empty.mkdir()
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{empty}</dir></fontconfig>")
    skies = [
        {"TZ": "Asia/Ho_Chi_Minh", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {
            "TZ": "America/St_Johns",
            "LC_ALL": "vi_VN.UTF-8",
            "LANG": "vi_VN.UTF-8",
            "PYTHONHASHSEED": "4242",
            "SOURCE_DATE_EPOCH": "1",
            "FONTCONFIG_FILE": str(tmp_path / "fonts.conf"),
            "FONTCONFIG_PATH": str(tmp_path),
            "HOME": str(tmp_path),
            "RAYON_NUM_THREADS": "1",
        },
    ]

    found = {elsewhere(sky) for sky in skies}

    assert found == {digests()}


def elsewhere(sky: dict[str, str]) -> str:
    """The hash that a process of its own comes to, under these variables."""
    code = str(Path(sys.modules["thuchu"].__file__).parents[1])
    environment = {"PATH": os.environ["PATH"]} | sky
    command = [sys.executable, "-c", ALL, code, str(HERE)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
    return done.stdout.strip()


def test_another_review_makes_other_bytes():
    amended = replace(REVIEW, amendments=(AMENDMENT,))

    assert render(minutes(REVIEW, "vi"), "html") != render(minutes(amended, "vi"), "html")

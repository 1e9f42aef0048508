"""Documents as other programs open them: slow, and only where those programs are installed."""

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pdf_reading
import pytest
from made_up_review import REVIEW, commitment

from thuchu.documents.minutes import minutes
from thuchu.documents.register import register
from thuchu.documents.rendering import render
from thuchu.documents.report import report

pytestmark = pytest.mark.long

NUMBERS = [f"CK-2026-{place:03}" for place in range(1, 201)]
TWO_HUNDRED = replace(REVIEW, commitments=tuple(commitment(place) for place in range(1, 201)))


def program(name: str, package: str) -> str:
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} isn't installed: Debian's package {package} has it")
    return found


@pytest.mark.parametrize(("format", "reader"), [("docx", "docx"), ("html", "html")])
def test_pandoc_reads_every_row_back(tmp_path, format, reader):
    pandoc = program("pandoc", "pandoc")
    path = tmp_path / f"cam-ket.{format}"
    path.write_bytes(render(register(TWO_HUNDRED, "vi"), format))

    command = [pandoc, "--from", reader, "--to", "plain", "--columns", "400", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)

    assert not done.stderr
    assert [number for number in NUMBERS if number not in done.stdout] == []
    assert done.stdout.count("Mở buổi tập “Nguồn tin đầu tiên”") == 40


@pytest.mark.parametrize("build", [report, minutes, register])
def test_libreoffice_opens_the_docx_without_mending_it(tmp_path, build):
    """A file that it must mend isn't converted in headless mode, or loses what it couldn't read."""
    made = build(TWO_HUNDRED, "vi")
    body = office_pdf(tmp_path, "papers.docx", render(made, "docx"))

    text = "".join(pdf_reading.text_of(body).split())
    for section, _ in made.headings():
        heading = section.heading if isinstance(section.heading, str) else section.heading.text
        assert "".join(f"{section.number}. {heading}".split()) in text
    if build is register:
        assert [number for number in NUMBERS if number not in text] == []
    assert len(pdf_reading.opened(body)) > 1
    assert pdf_reading.opened(body)[1].get_textpage().get_text_range().startswith("2")


def office_pdf(folder: Path, name: str, body: bytes) -> bytes:
    """What LibreOffice makes of a file, in a profile of its own."""
    office = program("soffice", "libreoffice-writer-nogui")
    (folder / name).write_bytes(body)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=180)
    assert "Error" not in done.stdout + done.stderr
    return (folder / f"{Path(name).stem}.pdf").read_bytes()

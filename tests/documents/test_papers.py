"""Documents are made in a process of their own; whatever happens to it, what was there stays and the error is said."""

import hashlib
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from made_up_review import REVIEW
from small_documents import document, long_table

from thuchu.desk import papers
from thuchu.documents import child
from thuchu.documents.register import register
from thuchu.documents.report import report
from thuchu.documents.tree import FORMATS, Paragraph, Section

SMALL = document(Paragraph("Một câu."))
# Seconds of typesetting: enough time to be stopped in.
HUGE = document(sections=tuple(Section(str(place), "Bảng", (long_table(500),)) for place in range(1, 61)))


def made(one, formats, folder):
    """The editions of one document, or the refusal."""
    (found,) = papers.made([papers.Wanted(one, formats)], folder)
    if isinstance(found, papers.PaperNotMade):
        raise found
    return found


def rendered(one, format, **how):
    (found,) = papers.render([(one, format)], **how)
    if isinstance(found, papers.PaperNotMade):
        raise found
    return found


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_all_formats_are_kept_under_their_hashes_and_made_again_are_the_same(tmp_path):
    folder = tmp_path / "papers"

    editions = made(register(REVIEW, "vi"), FORMATS, folder)

    assert [one.format for one in editions] == list(FORMATS)
    for one in editions:
        body = papers.read(folder, one.sha256)
        assert hashlib.sha256(body).hexdigest() == one.sha256
        assert len(body) == one.size
        assert one.language == "vi"
    before = files(folder)
    assert made(register(REVIEW, "vi"), ("docx",), folder) == editions[2:3]
    assert files(folder) == before


def test_a_format_that_cannot_be_made_leaves_no_file_of_the_others(tmp_path):
    with pytest.raises(papers.TreeRefused, match="only a register") as refused:
        made(report(REVIEW, "en"), ("html", "csv"), tmp_path / "papers")

    assert str(refused.value).startswith("report (en) as csv was not made: ")
    assert not (tmp_path / "papers").exists()


def test_a_child_beyond_its_time_is_ended_and_the_old_edition_stays(tmp_path):
    folder = tmp_path / "papers"
    (old,) = made(SMALL, ("pdf",), folder)
    before = files(folder)

    with pytest.raises(papers.TookTooLong, match="longer than 1 seconds"):
        rendered(HUGE, "pdf", seconds=1.0)

    assert files(folder) == before
    assert papers.read(folder, old.sha256)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGXCPU, signal.SIGABRT])
def test_a_killed_child_is_a_visible_error_and_the_old_edition_stays(tmp_path, number):
    folder = tmp_path / "papers"
    made(SMALL, ("pdf",), folder)
    before = files(folder)
    threading.Thread(target=end_the_child, args=(number,), daemon=True).start()

    with pytest.raises(papers.WasEnded, match=rf"\(signal {int(number)}\)") as ended:
        made(HUGE, ("pdf",), folder)

    assert "report (vi) as pdf was not made" in str(ended.value)
    assert "leave long tables to their CSV" in str(ended.value)
    assert files(folder) == before


def end_the_child(number: int) -> None:
    """Find the one child that makes a document for this process, and send it the signal."""
    for _ in range(200):
        time.sleep(0.02)
        for name in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((name / "stat").read_text().rpartition(")")[2].split()[1])
                command = (name / "cmdline").read_bytes()
            except (OSError, ValueError):
                continue
            if parent == os.getpid() and b"thuchu.documents.child" in command:
                os.kill(int(name.name), number)
                return


def test_a_child_gives_up_memory_time_and_files_before_it_reads_a_word():
    asked = (
        "import resource, json; from thuchu.documents import child; child.give_up_most();"
        "print([resource.getrlimit(kind) for kind in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE)])"
    )

    done = run_python(asked)

    most = child.MEMORY_BYTES_MAX
    assert done.stdout.strip() == str([(most, most), (60, 300), (0, 0)])


def test_a_child_without_enough_memory_says_so(monkeypatch):
    """The limit itself, made small: the same code in the same process, with 200 MB instead of 1,024."""
    small = papers._CHILD.replace("sys.exit(", "c.MEMORY_BYTES_MAX = 200_000_000; sys.exit(")
    small = small.replace("from thuchu", "import thuchu.documents.child as c; from thuchu")
    monkeypatch.setattr(papers, "_CHILD", small)

    with pytest.raises(papers.NeededTooMuch, match="needed more than 1024 MB") as refused:
        rendered(document(Paragraph("chữ nghĩa Việt Nam " * 50_000)), "pdf")

    assert "leave long tables to their CSV" in str(refused.value)


def test_one_process_makes_all_and_each_file_is_as_one_of_its_own_makes_it(tmp_path, monkeypatch):
    started = count_children(monkeypatch)
    wanted = [
        papers.Wanted(build(REVIEW, language), ("pdf", "docx", "html"))
        for build in (report, register)
        for language in ("vi", "en")
    ]

    together = papers.made(wanted, tmp_path / "papers")

    assert len(started) == 1
    alone = [made(each.document, each.formats, tmp_path / "alone") for each in reversed(wanted)]
    assert together == alone[::-1]
    assert len(started) == 5


def test_what_a_process_did_before_it_was_ended_is_kept_and_another_goes_on(tmp_path, monkeypatch):
    """A child that the system ends when it begins its second file."""
    ended = papers._CHILD.replace("sys.exit(", "begin = c._begin_a_file; c._begin_a_file = once; sys.exit(")
    ended = ended.replace(
        "from thuchu",
        "import os, thuchu.documents.child as c; begun = []\n"
        "def once():\n    os.kill(os.getpid(), 9) if begun else begun.append(1)\n    begin()\n"
        "from thuchu",
        1,
    )
    monkeypatch.setattr(papers, "_CHILD", ended)
    started = count_children(monkeypatch)
    subtitles = ("Quý 1/2026", "Quý 2/2026", "Quý 3/2026")

    first, broken, last = papers.made(
        [papers.Wanted(replace(SMALL, subtitle=each), ("html",)) for each in subtitles], tmp_path / "papers"
    )

    assert (type(broken), len(started)) == (papers.WasEnded, 2)
    for subtitle, (one,) in (("Quý 1/2026", first), ("Quý 3/2026", last)):
        assert subtitle in papers.read(tmp_path / "papers", one.sha256).decode()


def test_a_file_that_finds_no_room_after_others_gets_a_process_of_its_own(tmp_path, monkeypatch):
    """A child that has made one file has no memory for the next, whatever that is."""
    full = papers._CHILD.replace("sys.exit(", "made = c._answer; c._answer = answer; sys.exit(")
    full = full.replace(
        "from thuchu",
        "import thuchu.documents.child as c; done = []\n"
        "def answer(word, body):\n    if done: raise MemoryError\n    done.append(1); made(word, body)\n"
        "from thuchu",
        1,
    )
    monkeypatch.setattr(papers, "_CHILD", full)

    found = papers.render([(SMALL, "html"), (SMALL, "html"), (SMALL, "html")])

    assert found[0] == found[1] == found[2] == rendered(SMALL, "html")


def test_a_file_beyond_its_own_minute_is_ended_by_its_clock(monkeypatch):
    slow = papers._CHILD.replace("sys.exit(", "c.SECONDS_MAX = 1; sys.exit(")
    slow = slow.replace("from thuchu", "import thuchu.documents.child as c; from thuchu")
    monkeypatch.setattr(papers, "_CHILD", slow)

    with pytest.raises((papers.TookTooLong, papers.WasEnded)):
        rendered(HUGE, "pdf")


def test_all_files_together_have_a_bound_of_their_own():
    found = papers.render([(SMALL, "html"), (SMALL, "html")], seconds=0)

    assert [one.code for one in found] == ["too_long", "too_long"]


def count_children(monkeypatch):
    started, popen = [], subprocess.Popen

    def start(*args, **kwargs):
        started.append(args)
        return popen(*args, **kwargs)

    monkeypatch.setattr(papers.subprocess, "Popen", start)
    return started


def test_a_fault_of_ours_is_said_with_the_last_word_of_the_process(monkeypatch):
    monkeypatch.setattr(papers, "_CHILD", "raise RuntimeError('a library without its font')")

    with pytest.raises(papers.ProcessFailed, match="RuntimeError: a library without its font") as failed:
        rendered(SMALL, "html")

    assert failed.value.code == "failed"


@pytest.mark.long
def test_a_document_beyond_a_gigabyte_is_a_visible_error_and_the_old_edition_stays(tmp_path):
    folder = tmp_path / "papers"
    made(SMALL, ("pdf",), folder)
    before = files(folder)
    swollen = document(*[Paragraph("chữ nghĩa Việt Nam " * 50_000)] * 20)

    with pytest.raises(papers.NeededTooMuch, match="more than 1024 MB") as refused:
        made(swollen, ("html", "pdf"), folder)

    assert "leave long tables to their CSV" in str(refused.value)
    assert files(folder) == before


def test_a_damaged_file_is_named_and_mended_by_making_it_again(tmp_path):
    folder = tmp_path / "papers"
    (one,) = made(SMALL, ("html",), folder)
    place = folder / one.sha256[:2] / one.sha256[2:]
    place.write_bytes(b"half")

    with pytest.raises(papers.PaperGone, match="no longer what it was"):
        papers.read(folder, one.sha256)
    assert made(SMALL, ("html",), folder) == (one,)
    assert papers.read(folder, one.sha256).startswith(b"<!doctype html>")


@pytest.mark.parametrize("name", ["", "..", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 65])
def test_a_name_that_is_no_hash_opens_nothing(tmp_path, name):
    with pytest.raises(papers.PaperGone, match="is no SHA-256"):
        papers.read(tmp_path, name)


def test_a_missing_file_is_said_with_what_to_do(tmp_path):
    with pytest.raises(papers.PaperGone, match="restore it from a backup"):
        papers.read(tmp_path, "0" * 64)


def test_what_a_stopped_writer_left_goes_with_the_next_edition(tmp_path):
    folder = tmp_path / "papers"
    (one,) = made(SMALL, ("html",), folder)
    left = folder / one.sha256[:2] / ".unfinished-abc"
    left.write_bytes(b"half")

    made(replace(SMALL, subtitle="Quý 2/2026"), ("html",), folder)

    assert not left.exists()
    assert papers.read(folder, one.sha256)


def test_no_command_and_no_page_carries_the_typesetter():
    asked = (
        "import sys, thuchu.cli, thuchu.desk.papers, thuchu.documents.report, thuchu.documents.rendering;"
        "print(sorted({'typst', 'docx', 'lxml'} & set(sys.modules)))"
    )

    assert run_python(asked).stdout.strip() == "[]"


def run_python(code: str) -> "subprocess.CompletedProcess[str]":
    start = f"import sys; sys.path.insert(0, {papers._CODE!r}); {code}"
    return subprocess.run([sys.executable, "-c", start], capture_output=True, text=True, check=True, timeout=60)

"""Files and rows of captures stay together: what no row names goes after a day, what a row names is never touched."""

import os
from datetime import timedelta

import pytest

from fake_wire import FakeWire
from thuchu.desk.commands import doctor
from thuchu.desk.evidence.capture import capture_address
from thuchu.desk.evidence.clean import clean_captures, missing_files
from thuchu.desk.evidence.models import Capture
from thuchu.desk.evidence.snapshot import FOLDER, Snapshots
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db

ADDRESS = "https://bao.example/tin"
SENTENCE = "Chợ vẫn họp như thường lệ."


@pytest.fixture
def captured(home, now):
    """A captured page, and files that no row names, all of them long on the disk."""
    wire = FakeWire({ADDRESS: f"<p>{SENTENCE}</p>".encode()})
    capture_address(ADDRESS, scrub(SENTENCE), by=7, now=now, wire=wire, home=home)
    snapshots = Snapshots(home / FOLDER)
    left = [snapshots.keep(b"mot"), snapshots.keep(b"hai")]
    for path in (home / FOLDER).rglob("*"):
        os.utime(path, ((now - timedelta(days=2)).timestamp(),) * 2)
    return snapshots, left


def test_old_files_without_a_row_go_and_all_others_stay(captured, home, now):
    snapshots, _left = captured
    young = snapshots.keep(b"ba")
    os.utime(home / FOLDER / young[:2] / young[2:], ((now - timedelta(hours=23)).timestamp(),) * 2)

    assert clean_captures(home=home, now=now) == 2
    assert clean_captures(home=home, now=now) == 0

    row = Capture.objects.get()
    assert set(snapshots.digests()) == {row.digest, row.text_digest, young}


def test_a_file_kept_again_just_now_is_left_for_its_row(captured, home, now):
    snapshots, left = captured
    snapshots.keep(b"mot")

    assert clean_captures(home=home, now=now) == 1
    assert snapshots.holds(left[0])


def test_a_desk_without_captures_has_nothing_to_clean(home, now):
    assert clean_captures(home=home, now=now) == 0
    assert missing_files(home) == []


def test_doctor_tells_of_rows_whose_file_is_missing(captured, home):
    digest = Capture.objects.get().digest
    assert ("every capture has its file", "") in list(doctor._evidence(home))

    (home / FOLDER / digest[:2] / digest[2:]).unlink()

    assert missing_files(home) == [digest]
    [mend] = [mend for said, mend in doctor._evidence(home) if said == "every capture has its file"]
    assert mend.startswith(f"1 are missing, the first is {digest[:12]}; restore")


def test_doctor_says_that_the_evidence_is_guarded(home):
    assert ("the evidence is guarded", "") in list(doctor._evidence(home))

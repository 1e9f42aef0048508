"""Rule 2: personal data in any field of any door reaches neither table, index, capture's text, log nor other file."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from every_field import WITNESS

SCRIPT = Path(__file__).with_name("every_field.py")
# Fields that are compared with a list, a number, a secret or a key, and never kept: round one fills them all the same.
COMPARED = {
    "account": {"role"},
    "audit": {"answer", "word"},
    "claim_acts": {"into"},
    "commitments": {"lang"},
    "event_facts": {"source", "area", "days", "fact"},
    "feedback": {"fact_check", "says"},
    "home": {"try", "area"},
    "hand_over": {"to"},
    "inquiry_forms": {"claim"},
    "join": {"answer"},
    "language": {"language", "next"},
    "leave": {"knows_last"},
    "ledger": {"page"},
    "machine": {"name", "role", "person"},
    "poster": {"area", "event"},
    "practice": {"act", "note", "helpfulness"},
    "rate": {"choice"},
    "recheck": {"opened"},
    "review_papers": {"lang"},
    "review_run": {"area"},
    "queue": {"topic", "area", "event", "language", "free", "page"},
    "browse": {"q", "verdict", "language", "publisher", "since", "until", "page"},
    "shifts": {"starts", "ends", "hours", "wanted"},
    "sign_in": {"name", "password", "code", "next", "answer"},
    "ways_in": {"password", "code"},
    "training": {"act", "item", "choice", "sure"},
    "write": {"evidence"},
}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    """A home after everything was planted, its log, and what was said of it."""
    home = tmp_path_factory.mktemp("filled") / "home"
    log = home.with_name("desk.log")
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, str(SCRIPT), str(home)]
    with log.open("wb") as out:
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=out, timeout=300, check=False)
    assert done.returncode == 0, log.read_text()[-3000:]
    return home, log, json.loads(done.stdout)


def test_every_text_that_a_page_takes_was_filled_and_taken(filled):
    _, _, said = filled
    taken = {(module, name) for module, name, *_ in said["taken"]}

    missing = [
        (module, name)
        for module, fields in said["read"].items()
        for _, name in fields
        if (module, name) not in taken and name not in COMPARED.get(module.rpartition(".")[2], ())
    ]

    assert said["wrong"] == {}
    assert missing == [], "give it a form in planting.py; a field that nothing keeps a line in COMPARED"


def test_no_table_holds_personal_data_at_any_moment(filled):
    _, _, said = filled

    assert said["leaks"] == {}


def test_no_file_of_the_home_and_no_log_holds_personal_data(filled):
    home, log, said = filled
    files = [log, *(path for path in home.rglob("*") if path.is_file() and path not in raw_captures(home))]

    hits = {}
    for path in files:
        content = path.read_bytes()
        for where, secrets in said["secrets"].items():
            if any(each.encode() in content or each.encode("utf-16-le") in content for each in secrets):
                hits.setdefault(str(path.relative_to(home.parent)), []).append(where)

    assert hits == {}


def test_no_index_finds_anything_by_personal_data(filled):
    """An index keeps its terms packed, so it is asked; by the words beside the personal data it does find."""
    _, _, said = filled

    assert said["found"]["witness"] > 0
    assert {where: count for where, count in said["found"].items() if where != "witness" and count} == {}


def test_the_search_sees_what_was_kept(filled):
    """Words that stood beside the personal data are found: in the table, its journal, a capture's text."""
    home, _, _ = filled

    def holds(pattern):
        return any(WITNESS.encode() in path.read_bytes() for path in home.glob(pattern) if path.is_file())

    assert holds("desk.sqlite3-wal")
    assert holds("captures/*/*")
    assert holds("public-dump/notes.jsonl")


def raw_captures(home):
    """Pages and documents as they came: the one place that holds them so, which nothing serves (docs/evidence.md)."""
    with closing(sqlite3.connect(f"file:{home / 'desk.sqlite3'}?mode=ro", uri=True)) as database:
        rows = database.execute(
            "SELECT digest FROM evidence_capture WHERE media_type IN ('text/html', 'application/pdf')"
        )
        return {home / "captures" / digest[:2] / digest[2:] for (digest,) in rows}

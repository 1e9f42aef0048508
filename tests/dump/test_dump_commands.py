"""What an operator types: the public dump, and the desk's own ledger against a head noted earlier."""

import pytest
from django.db import connection

from thuchu.cli import main
from thuchu.desk.commands import export, ledger
from thuchu.desk.ledger.append import append, head
from thuchu.desk.ledger.guards import install_guards, remove_guards
from thuchu.desk.ledger.models import Entry
from thuchu.dump import recompute
from thuchu.log.chain import Head

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(home, now):
    return [append("link_list.removed", f"publisher:{n}", {"entries": n}, now=now) for n in (1, 2, 3)]


def test_the_dump_is_written_and_checked_by_its_own_command(entries, tmp_path, capsys):
    assert export.public(tmp_path / "dump") == 0
    assert f"up to entry 3, {head().hash.hex()}" in capsys.readouterr().out
    assert recompute(tmp_path / "dump").checked.manifest.head == head()

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "x").write_text("x")
    assert export.public(tmp_path / "mine") == 1
    assert "something else than a dump" in capsys.readouterr().err


def test_a_folder_and_a_file_at_once_are_too_much(capsys):
    assert main(["export", "--public", "dump", "--output", "file"]) == 2
    assert "name one of them" in capsys.readouterr().err
    assert main(["export", "--public", "dump", "--format", "csv"]) == 2
    assert "a folder that has one form" in capsys.readouterr().err


def test_the_desks_own_ledger_is_followed_through_a_head_noted_earlier(entries, capsys):
    noted = Head(2, bytes(entries[1].hash))

    assert ledger.verify(None) == 0
    assert f"3:{head().hash.hex()}" in capsys.readouterr().out
    assert ledger.verify(noted) == 0
    assert ledger.verify(Head(2, noted.hash[:6])) == 0
    assert ledger.verify(Head(2, bytes(32))) == 1
    assert "entry 2: its hash is" in capsys.readouterr().err
    assert ledger.verify(Head(9, bytes(32))) == 1
    assert "entry 9: isn't there" in capsys.readouterr().err


def test_an_entry_changed_by_hand_and_a_guard_taken_away_are_told(entries, capsys):
    remove_guards()
    try:
        assert ledger.verify(None) == 1
        assert "ledger_no_update" in capsys.readouterr().err
        with connection.cursor() as cursor:
            cursor.execute("UPDATE ledger_entry SET subject = 'publisher:9' WHERE seq = 2")
    finally:
        install_guards()

    assert Entry.objects.get(seq=2).subject == "publisher:9"
    assert ledger.verify(None) == 1
    assert "entry 2" in capsys.readouterr().err

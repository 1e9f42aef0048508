"""Rule 4 and 6: the ledger can't be changed, and no act goes without its entry."""

import contextlib
from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from thuchu.desk.ledger.append import NotInTransaction, append
from thuchu.desk.ledger.guards import install_guards, missing_guards, remove_guards
from thuchu.desk.ledger.kinds import KINDS
from thuchu.desk.ledger.models import Entry
from thuchu.desk.ledger.verify import verify_ledger
from thuchu.log.chain import ChainBroken

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def entries(db):
    with transaction.atomic():
        for number in range(3):
            append("publisher.added", f"publisher:{number}", {"name": f"Báo {number}"}, now=NOW)


def execute(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_entry SET subject = 'khác' WHERE seq = 2",
        "DELETE FROM ledger_entry WHERE seq = 3",
        "INSERT INTO ledger_entry (seq, time_ms, kind, subject, body, hash) "
        "SELECT 7, 0, 'x', 'x', '{}', hash FROM ledger_entry WHERE seq = 1",
    ],
)
def test_the_database_itself_refuses_to_change_the_ledger(entries, sql):
    with pytest.raises(DatabaseError, match="ledger"), transaction.atomic():
        execute(sql)

    assert verify_ledger().seq == 3


def test_without_its_guards_a_change_goes_through_but_the_chain_shows_it(entries):
    remove_guards()
    execute("UPDATE ledger_entry SET subject = 'khác' WHERE seq = 2")

    with pytest.raises(ChainBroken) as broken:
        verify_ledger()

    assert broken.value.seq == 2
    assert missing_guards()
    install_guards()
    assert not missing_guards()


def test_an_entry_apart_from_its_act_is_refused(transactional_ledger):
    with pytest.raises(NotInTransaction):
        append("publisher.added", "publisher:1", {"name": "Báo"}, now=NOW)


def test_an_act_that_fails_leaves_no_entry(entries):
    with contextlib.suppress(RuntimeError), transaction.atomic():
        append("publisher.added", "publisher:9", {"name": "Báo 9"}, now=NOW)
        raise RuntimeError("the act failed after its entry was written")

    assert Entry.objects.count() == 3


@pytest.mark.parametrize("body", [{}, {"name": "Báo", "more": 1}])
def test_an_entry_carries_exactly_its_kinds_fields(db, body):
    with pytest.raises(ValueError, match=r"publisher\.added"), transaction.atomic():
        append("publisher.added", "publisher:1", body, now=NOW)


def test_no_kind_of_entry_publishes_or_hides_a_verdict_by_hand():
    verbs = {
        kind.split(".")[1] for kind in KINDS if not kind.startswith(("claim.", "event.", "review.", "organisation."))
    }

    about_the_library = {"added", "hosts_added", "admitted", "imported", "withdrawn", "removed", "loaded"}
    about_evidence = {"captured", "rotted", "recovered"}
    about_people = {"joined", "left", "granted", "revoked", "handed_over"}
    about_notes = {"written", "edited", "withdrawn", "erased", "entered", "rechecked"}
    # What somebody says is wrong, and what two people found: no status follows from it.
    about_reports = {"received", "closed"}
    # What rounds say; only `journey.settle` leads there, and no person does.
    about_rounds = {"held", "changed", "moved", "agreed", "no_longer_agreed"}
    # What an organisation was asked, and its own words: evidence, and no verdict follows from it.
    about_inquiries = {"sent", "acknowledged", "extended", "answered", "withdrawn", "erased"}
    about_organisations = {"added", "changed", "ended"}
    about_the_desk = {"simulated"} | about_inquiries | about_organisations
    # Of the desk's own work, never of a claim.
    about_commitments = {
        "agreed",
        "updated",
        "confirmed",
        "report_refused",
        "judged",
        "extended",
        "dropped",
        "replaced",
    }
    known = about_the_library | about_evidence | about_people | about_notes | about_rounds | about_reports
    assert verbs <= known | about_the_desk | about_commitments
    # A review's papers are published, and its remarks answered: neither is a verdict's.
    others = [kind for kind in KINDS if not kind.startswith("review.")]
    assert not [kind for kind in others if "publish" in kind.partition(".")[2]]
    assert [kind for kind in others if "answered" in kind] == ["inquiry.answered"]


@pytest.fixture
def transactional_ledger(django_db_blocker, django_db_setup):
    with django_db_blocker.unblock():
        yield

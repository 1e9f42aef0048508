"""How a room's triggers are written for each database: the same refusals, whatever keeps the rows."""

import pytest

from thuchu.desk import triggers
from thuchu.desk.accounts import guards as accounts
from thuchu.desk.claims import guards as claims
from thuchu.desk.evidence import guards as evidence
from thuchu.desk.jobs import guards as jobs
from thuchu.desk.ledger import guards as ledger
from thuchu.desk.notes import guards as notes
from thuchu.desk.publishing import guards as publishing

ROOMS = [accounts, claims, evidence, jobs, ledger, notes, publishing]
WRITTEN = {name: body for room in ROOMS for name, body in room._SQLITE.items()}


@pytest.mark.parametrize("name", WRITTEN)
def test_every_trigger_is_written_for_both_databases(name):
    (here,) = triggers.statements(name, WRITTEN[name], "sqlite")
    function, trigger, *emptied = triggers.statements(name, WRITTEN[name], "postgresql")

    assert len(emptied) == (" DELETE ON" in WRITTEN[name] and " WHEN " not in WRITTEN[name])
    assert here == f"CREATE TRIGGER IF NOT EXISTS {name} {WRITTEN[name]}"
    assert f"EXECUTE FUNCTION {name}()" in trigger
    assert WRITTEN[name].split("RAISE(ABORT, ")[1].split(")")[0] in function
    # SQLite's alone: PostgreSQL says IS DISTINCT FROM.
    assert "IS NOT OLD" not in function


def test_a_trigger_has_its_condition_its_refusal_and_the_row_that_goes_on():
    body = "BEFORE UPDATE OF a, b ON t WHEN OLD.a != NEW.a BEGIN SELECT RAISE(ABORT, 'a stays'); END"

    function, trigger = triggers.statements("a_stays", body, "postgresql")

    assert "IF OLD.a != NEW.a THEN RAISE EXCEPTION" in function
    assert "'integrity_constraint_violation', MESSAGE = 'a stays'" in function
    assert "RETURN NEW;" in function
    assert "BEFORE UPDATE OF a, b ON t FOR EACH ROW" in trigger


def test_what_may_be_deleted_is_deleted():
    body = "BEFORE DELETE ON t WHEN OLD.kept BEGIN SELECT RAISE(ABORT, 'it is kept'); END"

    assert "RETURN OLD;" in triggers.statements("t_kept", body, "postgresql")[0]


def test_what_is_never_deleted_is_never_emptied_at_once():
    body = "BEFORE DELETE ON t BEGIN SELECT RAISE(ABORT, 'it is kept'); END"

    assert "BEFORE TRUNCATE ON t" in triggers.statements("t_kept", body, "postgresql")[2]


@pytest.mark.parametrize(
    "body", ["", "AFTER UPDATE ON t BEGIN SELECT 1; END", "BEFORE UPDATE ON t BEGIN SELECT 1; END"]
)
@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_a_trigger_that_is_written_otherwise_is_named(body, vendor):
    with pytest.raises(triggers.UnreadableTrigger, match="t_odd: write it as"):
        triggers.statements("t_odd", body, vendor)


@pytest.mark.django_db
@pytest.mark.parametrize("room", ROOMS)
def test_a_guard_taken_off_is_missed_and_put_back(room):
    triggers.remove(room._SQLITE, "default")
    assert room.missing_guards() == sorted(room._SQLITE)

    room.install_guards()
    room.install_guards()

    assert room.missing_guards() == []

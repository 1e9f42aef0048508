"""What the tests of dumps share."""

import pytest
from dumps import made_up

from rounds.ledger_facts import HOUR_MS, Ledger, two_camps
from thuchu.desk.web.compile_messages import refresh
from thuchu.rounds import decide

# A dump says its rules in both languages.
refresh()


class Held(Ledger):
    """A ledger whose rounds say how many they counted."""

    def hold(self, number, time_ms):
        outcome = decide(self.replay(), time_ms=time_ms)
        changes = [[each.note, each.version, each.status, each.rule] for each in outcome.changes]
        body = {
            "up_to": outcome.up_to,
            "batch": number,
            "params": outcome.params,
            "ratings": outcome.n_ratings,
            "raters": outcome.n_raters,
            "notes": len(outcome.statuses),
            "statuses_digest": outcome.digest,
        }
        self.append("round.held", f"round:{number}", body, time_ms)
        self.append("statuses.changed", f"round:{number}", {"changes": changes}, time_ms)
        return outcome

    def write(self, note, *, claim=1, verdict="false"):
        body = {"claim": claim, "verdict": verdict, "text_digest": EMPTY_DIGEST}
        self.append("note.written", f"note:{note}", body)

    def edit(self, note, version, verdict="false"):
        body = {"version": version, "verdict": verdict, "text_digest": EMPTY_DIGEST}
        self.append("note.edited", f"note:{note}", body)


# SHA-256 of no words: made-up notes have none.
EMPTY_DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def three_rounds(seed=7):
    """Two camps rate twelve notes; one note is edited, one withdrawn, some raters change their minds."""
    ledger = Held()
    lines = two_camps(ledger, raters=16, notes=12, seed=seed)
    ledger.hold(1, HOUR_MS)
    ledger.edit(3, 2)
    ledger.append("note.withdrawn", "note:6", {"version": 1})
    ledger.append("link_list.removed", "publisher:1", {"entries": 0})
    ledger.rate(*[(note, 1, rater, "retracted") for note, _, rater, _ in lines[:9]], batch=2)
    ledger.hold(2, 3 * HOUR_MS)
    ledger.rate(*[(3, 2, rater, level) for note, _, rater, level in lines if note == 9], batch=3)
    outcome = ledger.hold(3, 5 * HOUR_MS)
    for note in sorted(outcome.agreed):
        body = {"note": note, "version": 1, "claim": note, "verdict": "false", "disputed": False, "round": 3}
        ledger.append("fact_check.agreed", f"fact_check:f{note}", body, 5 * HOUR_MS)
    return ledger


@pytest.fixture(scope="session")
def dump(tmp_path_factory):
    """A made-up dump of three rounds; whoever changes it copies it first."""
    return made_up(tmp_path_factory.mktemp("dumps") / "dump", three_rounds())

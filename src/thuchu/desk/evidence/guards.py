"""Triggers: what was captured and quoted is not written over, and a request that ended stays as it ended.

The checks of the tables say which rows may exist; which row may follow which, only a trigger can say.
"""

from thuchu.desk import triggers
from thuchu.desk.evidence.models import REQUEST_STEPS, WAITING

_ALLOWED = ", ".join(f"'{before}>{after}'" for before, after in sorted(REQUEST_STEPS))
_SQLITE = {
    "evidence_captures_stay": (
        "BEFORE UPDATE ON evidence_capture BEGIN SELECT RAISE(ABORT, 'a capture stays as it was'); END"
    ),
    "evidence_quotes_stay": (
        "BEFORE UPDATE ON evidence_quote BEGIN SELECT RAISE(ABORT, 'a quote stays as it was'); END"
    ),
    "evidence_checks_go_on": (
        "BEFORE UPDATE ON evidence_check WHEN OLD.until IS NOT NULL OR OLD.state != NEW.state "
        "OR OLD.quote_id != NEW.quote_id OR OLD.since != NEW.since "
        "BEGIN SELECT RAISE(ABORT, 'what a look found is not written over'); END"
    ),
    "evidence_only_known_steps": (
        "BEFORE UPDATE OF state ON evidence_capturerequest WHEN OLD.state != NEW.state "
        f"AND OLD.state || '>' || NEW.state NOT IN ({_ALLOWED}) "
        "BEGIN SELECT RAISE(ABORT, 'a request cannot take this step'); END"
    ),
    "evidence_begin_waiting": (
        f"BEFORE INSERT ON evidence_capturerequest WHEN NEW.state != '{WAITING}' "
        "BEGIN SELECT RAISE(ABORT, 'a request begins by waiting'); END"
    ),
}


def install_guards(using: str = "default") -> None:
    """Create the triggers that are missing; running it again changes nothing."""
    triggers.install(_SQLITE, using)


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    return triggers.missing(_SQLITE, using)

"""Triggers that keep a job to its way through the states, whoever writes to the database.

The checks of the table say which rows may exist; which row may follow which, only a trigger can say.
"""

from thuchu.desk import triggers
from thuchu.desk.jobs.models import STEPS, WAITING

_ALLOWED = ", ".join(f"'{before}>{after}'" for before, after in sorted(STEPS))
_SQLITE = {
    "jobs_only_known_steps": (
        "BEFORE UPDATE OF state ON jobs_job WHEN OLD.state != NEW.state "
        f"AND OLD.state || '>' || NEW.state NOT IN ({_ALLOWED}) "
        "BEGIN SELECT RAISE(ABORT, 'a job cannot take this step'); END"
    ),
    "jobs_begin_waiting": (
        f"BEFORE INSERT ON jobs_job WHEN NEW.state != '{WAITING}' "
        "BEGIN SELECT RAISE(ABORT, 'a job begins by waiting'); END"
    ),
}


def install_guards(using: str = "default") -> None:
    """Create the triggers that are missing; running it again changes nothing."""
    triggers.install(_SQLITE, using)


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    return triggers.missing(_SQLITE, using)

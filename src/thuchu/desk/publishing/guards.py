"""Triggers that keep rounds and what they changed as they were, and statuses as rounds said them (rule 4)."""

from thuchu.desk import triggers

_SQLITE = {
    "publishing_rounds_stay": (
        "BEFORE UPDATE ON publishing_round BEGIN SELECT RAISE(ABORT, 'a round stays as it was held'); END"
    ),
    "publishing_rounds_are_kept": (
        "BEFORE DELETE ON publishing_round BEGIN SELECT RAISE(ABORT, 'a round stays as it was held'); END"
    ),
    "publishing_rounds_in_order": (
        "BEFORE INSERT ON publishing_round WHEN NEW.number != "
        "(SELECT COALESCE(MAX(number), 0) + 1 FROM publishing_round) "
        "BEGIN SELECT RAISE(ABORT, 'rounds have no gaps'); END"
    ),
    "publishing_changes_stay": (
        "BEFORE UPDATE ON publishing_change BEGIN SELECT RAISE(ABORT, 'what a round said stays'); END"
    ),
    # A status may move only together with the round that says so: to one that no later round has followed.
    "publishing_statuses_follow_rounds": (
        "BEFORE UPDATE ON publishing_standing WHEN (NEW.status != OLD.status OR NEW.version != OLD.version) AND "
        "NOT EXISTS (SELECT 1 FROM publishing_change c WHERE c.note_id = NEW.note_id AND c.version = NEW.version "
        "AND c.status = NEW.status AND c.round_id = (SELECT MAX(number) FROM publishing_round)) "
        "BEGIN SELECT RAISE(ABORT, 'a status follows from a round'); END"
    ),
    "publishing_statuses_begin_with_rounds": (
        "BEFORE INSERT ON publishing_standing WHEN "
        "NOT EXISTS (SELECT 1 FROM publishing_change c WHERE c.note_id = NEW.note_id AND c.version = NEW.version "
        "AND c.status = NEW.status AND c.round_id = (SELECT MAX(number) FROM publishing_round)) "
        "BEGIN SELECT RAISE(ABORT, 'a status follows from a round'); END"
    ),
}


def install_guards(using: str = "default") -> None:
    """Create the triggers that are missing; running it again changes nothing."""
    triggers.install(_SQLITE, using)


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    return triggers.missing(_SQLITE, using)

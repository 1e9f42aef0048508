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
    "publishing_only_agreed_notes_are_published": (
        "BEFORE INSERT ON library_factcheck WHEN NEW.note IS NOT NULL AND NEW.state = 'current' AND "
        "NOT EXISTS (SELECT 1 FROM publishing_standing s WHERE s.note_id = NEW.note AND s.agreed) "
        "BEGIN SELECT RAISE(ABORT, 'what is published follows from a round'); END"
    ),
    "publishing_only_agreed_notes_come_back": (
        "BEFORE UPDATE ON library_factcheck WHEN NEW.note IS NOT NULL AND OLD.state != 'current' AND "
        "NEW.state = 'current' AND "
        "NOT EXISTS (SELECT 1 FROM publishing_standing s WHERE s.note_id = NEW.note AND s.agreed) "
        "BEGIN SELECT RAISE(ABORT, 'what is published follows from a round'); END"
    ),
    # An edited or withdrawn note goes before the next round says so.
    "publishing_agreed_notes_stay": (
        "BEFORE UPDATE ON library_factcheck WHEN NEW.note IS NOT NULL AND OLD.state = 'current' AND "
        "NEW.state != 'current' AND EXISTS (SELECT 1 FROM publishing_standing s JOIN notes_note n ON n.id = s.note_id "
        "WHERE s.note_id = NEW.note AND s.agreed AND s.version = n.versions AND n.state = 'current') "
        "BEGIN SELECT RAISE(ABORT, 'what is taken out follows from a round'); END"
    ),
    "publishing_plots_follow_rounds": (
        "BEFORE INSERT ON publishing_plot WHEN NEW.round_id != (SELECT MAX(number) FROM publishing_round) "
        "BEGIN SELECT RAISE(ABORT, 'a plot follows from a round'); END"
    ),
    "publishing_plots_stay": (
        "BEFORE UPDATE ON publishing_plot BEGIN SELECT RAISE(ABORT, 'a plot stays as a round drew it'); END"
    ),
    "publishing_parts_of_plots_stay": (
        "BEFORE UPDATE ON publishing_plotpart BEGIN SELECT RAISE(ABORT, 'a plot stays as a round drew it'); END"
    ),
    # Its words go when their time is over; what two people answered stays.
    "publishing_answers_stay": (
        "BEFORE UPDATE ON publishing_report WHEN OLD.closed_at IS NOT NULL AND (NEW.closed_at IS NULL OR "
        "NEW.outcome != OLD.outcome OR NEW.answer != OLD.answer OR NEW.answered_by != OLD.answered_by OR "
        "NEW.confirmed_by != OLD.confirmed_by) "
        "BEGIN SELECT RAISE(ABORT, 'what two people answered stays'); END"
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

"""Triggers that keep written words as they were, a withdrawn note withdrawn, and the label of a machine's draft.

The checks of the tables say which rows may exist; which row may follow which, only a trigger can say.
"""

from thuchu.desk import triggers
from thuchu.desk.notes.models import WITHDRAWN

_STATE_OF_THE_NOTE = "(SELECT state FROM notes_note WHERE id = NEW.note_id)"
_SQLITE = {
    "notes_versions_stay": (
        "BEFORE UPDATE ON notes_version BEGIN SELECT RAISE(ABORT, 'a version stays as it was written'); END"
    ),
    "notes_versions_in_order": (
        "BEFORE INSERT ON notes_version WHEN NEW.number != "
        "(SELECT COALESCE(MAX(number), 0) + 1 FROM notes_version WHERE note_id = NEW.note_id) "
        "BEGIN SELECT RAISE(ABORT, 'versions have no gaps'); END"
    ),
    "notes_no_version_after_the_end": (
        f"BEFORE INSERT ON notes_version WHEN '{WITHDRAWN}' = {_STATE_OF_THE_NOTE} "
        "BEGIN SELECT RAISE(ABORT, 'a withdrawn note has no new version'); END"
    ),
    "notes_evidence_stays": (
        "BEFORE UPDATE ON notes_furtherevidence BEGIN SELECT RAISE(ABORT, 'evidence stays where it was given'); END"
    ),
    "notes_stay_withdrawn": (
        f"BEFORE UPDATE ON notes_note WHEN OLD.state = '{WITHDRAWN}' AND NEW.state != OLD.state "
        "BEGIN SELECT RAISE(ABORT, 'a withdrawn note stays withdrawn'); END"
    ),
    "notes_keep_author_and_claim": (
        "BEFORE UPDATE ON notes_note WHEN OLD.author_id != NEW.author_id OR OLD.claim_id != NEW.claim_id "
        "OR NEW.versions < OLD.versions "
        "BEGIN SELECT RAISE(ABORT, 'a note keeps its author, its claim and its versions'); END"
    ),
    "notes_stay_labelled": (
        "BEFORE UPDATE ON notes_note WHEN OLD.ai_drafted AND NOT NEW.ai_drafted "
        "BEGIN SELECT RAISE(ABORT, 'what a machine drafted stays labelled'); END"
    ),
    "notes_ratings_keep_their_rater": (
        "BEFORE UPDATE ON notes_rating WHEN OLD.rater_number != NEW.rater_number OR OLD.note_id != NEW.note_id "
        "BEGIN SELECT RAISE(ABORT, 'a rating keeps its note and its rater number'); END"
    ),
    "notes_batches_stay": (
        "BEFORE UPDATE ON notes_batch BEGIN SELECT RAISE(ABORT, 'a batch stays as it was taken'); END"
    ),
}


def install_guards(using: str = "default") -> None:
    """Create the triggers that are missing; running it again changes nothing."""
    triggers.install(_SQLITE, using)


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    return triggers.missing(_SQLITE, using)

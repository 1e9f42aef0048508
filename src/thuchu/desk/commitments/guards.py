"""Triggers that keep a commitment as it was agreed: its words, its first day, its way, and every update of it.

Its day moves, and it ends without being done, only where a review resolved so and a second person confirmed it.
"""

from thuchu.desk import triggers
from thuchu.desk.commitments.models import AGREED, DROPPED, REPLACED, STEPS, WAS_EXTENDED
from thuchu.desk.reviews.models import ADOPTED

_ALLOWED = ", ".join(f"'{before}>{after}'" for before, after in sorted(STEPS))
# Nothing here may change; a column that may be empty is compared with what it is never filled with.
_STAYS = (
    *("number", "text", "resolution_id", "owner_kind", "owner_role", "original_due_on", "measure_kind", "figure_key"),
    *("comparator", "target", "evidence_wanted", "agreed_at", "agreed_by"),
)
_MAY_BE_EMPTY = ("owner_organisation_id", "figure_area_id")
_MOVED = " OR ".join(
    [f"OLD.{name} != NEW.{name}" for name in _STAYS]
    + [f"COALESCE(OLD.{name}, 0) != COALESCE(NEW.{name}, 0)" for name in _MAY_BE_EMPTY]
)
_IN_FORCE = f"r.confirmed_by IS NOT NULL AND r.outcome = '{ADOPTED}'"
_RESOLVED = (
    "EXISTS (SELECT 1 FROM commitments_update u JOIN reviews_resolution r ON r.id = u.resolution_id "  # noqa: S608 (ours)
    "WHERE u.commitment_id = NEW.id AND {so} AND " + _IN_FORCE + ")"
)

_SQLITE = {
    "commitments_stay_as_agreed": (
        f"BEFORE UPDATE ON commitments_commitment WHEN {_MOVED} "
        "BEGIN SELECT RAISE(ABORT, 'a commitment stays as it was agreed'); END"
    ),
    "commitments_begin_agreed": (
        f"BEFORE INSERT ON commitments_commitment WHEN NEW.state != '{AGREED}' OR NEW.due_on != NEW.original_due_on "  # noqa: S608 (ours)
        f"OR NOT EXISTS (SELECT 1 FROM reviews_resolution r WHERE r.id = NEW.resolution_id AND {_IN_FORCE}) "
        "BEGIN SELECT RAISE(ABORT, 'a commitment follows from a resolution in force'); END"
    ),
    "commitments_only_known_steps": (
        "BEFORE UPDATE OF state ON commitments_commitment WHEN OLD.state != NEW.state "
        f"AND OLD.state || '>' || NEW.state NOT IN ({_ALLOWED}) "
        "BEGIN SELECT RAISE(ABORT, 'a commitment cannot take this step'); END"
    ),
    "commitments_days_move_by_resolution": (
        "BEFORE UPDATE OF due_on ON commitments_commitment WHEN OLD.due_on != NEW.due_on AND NOT "
        + _RESOLVED.format(so=f"u.kind = '{WAS_EXTENDED}' AND u.due_after = NEW.due_on")
        + " BEGIN SELECT RAISE(ABORT, 'a day moves by a resolution'); END"
    ),
    "commitments_end_by_resolution": (
        f"BEFORE UPDATE OF state ON commitments_commitment WHEN OLD.state != NEW.state "
        f"AND NEW.state IN ('{DROPPED}', '{REPLACED}') AND NOT "
        + _RESOLVED.format(so="u.kind = NEW.state")
        + " BEGIN SELECT RAISE(ABORT, 'a commitment is dropped or replaced by a resolution'); END"
    ),
    "commitments_are_kept": (
        "BEFORE DELETE ON commitments_commitment WHEN OLD.id > 0 "
        "BEGIN SELECT RAISE(ABORT, 'a commitment is never deleted'); END"
    ),
    "commitments_updates_stay": (
        "BEFORE UPDATE ON commitments_update BEGIN SELECT RAISE(ABORT, 'an update stays as it was written'); END"
    ),
    "commitments_updates_are_kept": (
        "BEFORE DELETE ON commitments_update WHEN OLD.id > 0 "
        "BEGIN SELECT RAISE(ABORT, 'an update is never deleted'); END"
    ),
    "commitments_updates_in_order": (
        "BEFORE INSERT ON commitments_update WHEN NEW.number != (SELECT COALESCE(MAX(number), 0) + 1 "
        "FROM commitments_update WHERE commitment_id = NEW.commitment_id) "
        "BEGIN SELECT RAISE(ABORT, 'updates have no gaps'); END"
    ),
    "commitments_judgements_stay": (
        "BEFORE UPDATE ON commitments_judgement BEGIN SELECT RAISE(ABORT, 'a judgement stays as it was made'); END"
    ),
}


def install_guards(using: str = "default") -> None:
    """Create the triggers that are missing; running it again changes nothing."""
    triggers.install(_SQLITE, using)


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    return triggers.missing(_SQLITE, using)

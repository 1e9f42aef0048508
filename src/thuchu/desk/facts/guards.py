"""Triggers that keep a fact as it was pinned, on its way, in a field of its event's kind (rule 10), and kept."""

from thuchu.desk import triggers
from thuchu.desk.facts.models import PINNED, STEPS
from thuchu.procedure import FIELD_KINDS, fields_of

_ALLOWED = ", ".join(f"'{before}>{after}'" for before, after in sorted(STEPS))
_FIELDS = ", ".join(f"'{kind}:{field.code}'" for kind in sorted(FIELD_KINDS) for field in fields_of(kind))
_THE_EVENTS_KIND = "(SELECT kind FROM claims_event WHERE id = NEW.event_id)"
# Nothing here may change; a column that may be empty is compared with what it is never filled with.
_STAYS = (
    *("event_id", "field", "value_vi", "value_en", "evidence_id", "valid_from", "valid_until"),
    *("pinned_by", "pinned_at"),
)
_MAY_BE_EMPTY = ("area_id", "replaces_id")
_MOVED = " OR ".join(
    [f"OLD.{name} != NEW.{name}" for name in _STAYS]
    + [f"COALESCE(OLD.{name}, 0) != COALESCE(NEW.{name}, 0)" for name in _MAY_BE_EMPTY]
)

_SQLITE = {
    "facts_stay_as_pinned": (
        f"BEFORE UPDATE ON facts_pinnedfact WHEN {_MOVED} "
        "BEGIN SELECT RAISE(ABORT, 'a fact stays as it was pinned'); END"
    ),
    "facts_begin_pinned": (
        f"BEFORE INSERT ON facts_pinnedfact WHEN NEW.state != '{PINNED}' OR NEW.confirmed_by IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'a fact begins with one person'); END"
    ),
    "facts_only_known_steps": (
        "BEFORE UPDATE OF state ON facts_pinnedfact WHEN OLD.state != NEW.state "
        f"AND OLD.state || '>' || NEW.state NOT IN ({_ALLOWED}) "
        "BEGIN SELECT RAISE(ABORT, 'a fact cannot take this step'); END"
    ),
    "facts_keep_their_two": (
        "BEFORE UPDATE OF confirmed_by ON facts_pinnedfact WHEN OLD.confirmed_by IS NOT NULL "
        "AND (NEW.confirmed_by IS NULL OR NEW.confirmed_by != OLD.confirmed_by) "
        "BEGIN SELECT RAISE(ABORT, 'who confirmed a fact stays'); END"
    ),
    "facts_only_known_fields": (
        f"BEFORE INSERT ON facts_pinnedfact WHEN {_THE_EVENTS_KIND} || ':' || NEW.field NOT IN ({_FIELDS}) "
        "BEGIN SELECT RAISE(ABORT, 'no such field of an event of this kind'); END"
    ),
    "facts_are_kept": (
        "BEFORE DELETE ON facts_pinnedfact WHEN OLD.id > 0 BEGIN SELECT RAISE(ABORT, 'a fact is never deleted'); END"
    ),
}


def install_guards(using: str = "default") -> None:
    """Create the triggers that are missing; running it again changes nothing."""
    triggers.install(_SQLITE, using)


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    return triggers.missing(_SQLITE, using)

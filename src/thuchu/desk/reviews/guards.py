"""Triggers that keep a review to its way, and what was frozen, resolved, said and published as it was.

The checks of the tables say which rows may exist; which row may follow which, only a trigger can say.
"""

from thuchu.desk import triggers
from thuchu.desk.reviews.models import DRAFT, FINAL, HELD, OUT, PLANNED, PUBLISHED, STEPS

_ALLOWED = ", ".join(f"'{before}>{after}'" for before, after in sorted(STEPS))


def _stays(event: str, table: str, when: str, what: str) -> str:
    condition = f" WHEN {when}" if when else ""
    return f"BEFORE {event} ON reviews_{table}{condition} BEGIN SELECT RAISE(ABORT, '{what}'); END"


def _published(review: str) -> str:
    return f"{_state(review)} = '{PUBLISHED}'"


def _state(review: str) -> str:
    return f"(SELECT r.state FROM reviews_review r WHERE r.id = {review})"  # noqa: S608


def _quorate(review: str) -> str:
    return f"(SELECT r.quorate FROM reviews_review r WHERE r.id = {review})"  # noqa: S608


def _phase(review: str) -> str:
    return f"(SELECT m.phase FROM reviews_minutes m WHERE m.review_id = {review})"  # noqa: S608


def _of_item(item: str) -> str:
    return f"(SELECT i.review_id FROM reviews_agendaitem i WHERE i.id = {item})"  # noqa: S608


_FIGURES = "frozen figures stay as they are"
_AS_PUBLISHED = "a published review stays; it is amended beside it"
_NUMBERED = "OLD.number != NEW.number OR OLD.text != NEW.text OR OLD.method != NEW.method OR OLD.outcome != NEW.outcome"

_SQLITE = {
    "reviews_only_known_steps": _stays(
        "UPDATE OF state",
        "review",
        f"OLD.state != NEW.state AND OLD.state || '>' || NEW.state NOT IN ({_ALLOWED})",
        "a review cannot take this step",
    ),
    "reviews_begin_planned": _stays("INSERT", "review", f"NEW.state != '{PLANNED}'", "a review begins as a plan"),
    "reviews_are_kept": _stays("DELETE", "review", "", "a review is kept"),
    "reviews_stay_published": _stays("UPDATE", "review", f"OLD.state = '{PUBLISHED}'", _AS_PUBLISHED),
    "reviews_are_frozen_once": _stays(
        "UPDATE OF frozen_at, area_tree",
        "review",
        "OLD.frozen_at IS NOT NULL AND (NEW.frozen_at IS NULL OR NEW.frozen_at != OLD.frozen_at "
        "OR NEW.area_tree != OLD.area_tree)",
        _FIGURES,
    ),
    "reviews_figures_are_of_their_period": _stays(
        "UPDATE OF period_start, period_end",
        "review",
        "OLD.frozen_at IS NOT NULL AND (NEW.period_start != OLD.period_start OR NEW.period_end != OLD.period_end)",
        _FIGURES,
    ),
    "reviews_snapshots_stay": _stays("UPDATE", "snapshot", "", _FIGURES),
    "reviews_snapshots_are_kept": _stays("DELETE", "snapshot", "", _FIGURES),
    "reviews_tables_stay": _stays("UPDATE", "table", "", _FIGURES),
    "reviews_tables_are_kept": _stays("DELETE", "table", "", _FIGURES),
    "reviews_named_tables_stay": _stays("UPDATE", "snapshottable", "", _FIGURES),
    "reviews_named_tables_are_kept": _stays("DELETE", "snapshottable", "", _FIGURES),
    "reviews_resolve_when_quorate": _stays(
        "INSERT",
        "resolution",
        f"{_state('NEW.review_id')} != '{HELD}' OR NOT {_quorate('NEW.review_id')}",
        "a meeting resolves while it is held and quorate",
    ),
    "reviews_resolutions_are_recorded_first": _stays(
        "INSERT", "resolution", "NEW.confirmed_by IS NOT NULL", "a resolution is recorded by one, confirmed by another"
    ),
    "reviews_resolutions_stay": _stays(
        "UPDATE", "resolution", f"OLD.confirmed_by IS NOT NULL OR {_NUMBERED}", "what was resolved stays"
    ),
    "reviews_resolutions_are_kept": _stays(
        "DELETE", "resolution", "OLD.confirmed_by IS NOT NULL", "what was resolved stays"
    ),
    "reviews_items_stay_published": _stays("UPDATE", "agendaitem", _published("OLD.review_id"), _AS_PUBLISHED),
    "reviews_items_come_before": _stays("INSERT", "agendaitem", _published("NEW.review_id"), _AS_PUBLISHED),
    "reviews_items_are_kept": _stays("DELETE", "agendaitem", "", "what people proposed is kept"),
    "reviews_seats_come_before": _stays("INSERT", "participant", _published("NEW.review_id"), _AS_PUBLISHED),
    "reviews_seats_are_kept": _stays("DELETE", "participant", "", "who was there stays"),
    # A name goes as its bearer wishes, whenever that is.
    "reviews_seats_stay_published": _stays(
        "UPDATE",
        "participant",
        f"{_published('OLD.review_id')} AND (NEW.review_id != OLD.review_id OR NEW.role != OLD.role "
        "OR NEW.presence != OLD.presence OR NEW.way != OLD.way OR NEW.people != OLD.people "
        "OR COALESCE(NEW.organisation_id, 0) != COALESCE(OLD.organisation_id, 0) "
        "OR (NEW.name_shown != OLD.name_shown AND NEW.name_shown != ''))",
        _AS_PUBLISHED,
    ),
    "reviews_minutes_in_order": _stays(
        "UPDATE OF phase",
        "minutes",
        f"OLD.phase != NEW.phase AND OLD.phase || '>' || NEW.phase NOT IN ('{DRAFT}>{OUT}', '{OUT}>{FINAL}')",
        "minutes are drafted, out, final",
    ),
    "reviews_final_minutes_stay": _stays("UPDATE", "minutes", f"OLD.phase = '{FINAL}'", "final minutes stay"),
    "reviews_minutes_are_kept": _stays("DELETE", "minutes", "", "minutes are kept"),
    "reviews_final_parts_stay": _stays(
        "UPDATE",
        "minutespart",
        f"{_phase(_of_item('OLD.item_id'))} = '{FINAL}'",
        "final minutes stay",
    ),
    "reviews_parts_are_kept": _stays("DELETE", "minutespart", "", "minutes are kept"),
    "reviews_remarks_stay": _stays(
        "UPDATE", "remark", "OLD.answered_by IS NOT NULL OR NEW.text != OLD.text", "what was said and answered stays"
    ),
    "reviews_remarks_are_kept": _stays("DELETE", "remark", "", "what was said and answered stays"),
    "reviews_amend_what_is_published": _stays(
        "INSERT",
        "amendment",
        f"NEW.confirmed_by IS NOT NULL OR NOT {_published('NEW.review_id')}",
        "what was published is amended by two",
    ),
    "reviews_amendments_stay": _stays(
        "UPDATE",
        "amendment",
        "OLD.confirmed_by IS NOT NULL OR NEW.before != OLD.before OR NEW.after != OLD.after OR NEW.why != OLD.why "
        "OR NEW.subject != OLD.subject OR NEW.proposed_by != OLD.proposed_by",
        "an amendment stays",
    ),
    "reviews_amendments_are_kept": _stays("DELETE", "amendment", "OLD.confirmed_by IS NOT NULL", "an amendment stays"),
    "reviews_editions_stay": _stays("UPDATE", "edition", "", "a paper stays at its address"),
    "reviews_editions_are_kept": _stays("DELETE", "edition", "", "a paper stays at its address"),
}


def install_guards(using: str = "default") -> None:
    """Create the triggers that are missing; running it again changes nothing."""
    triggers.install(_SQLITE, using)


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    return triggers.missing(_SQLITE, using)

"""What the facts' part of an event's page shows."""

from collections import defaultdict
from typing import Any

from django.utils import timezone

from thuchu.desk.claims.views import EventView, NameView
from thuchu.desk.facts import reads as facts
from thuchu.desk.facts.reads import FactView
from thuchu.desk.facts.templates import template_of


def facts_shown(event: EventView, *, may_manage: bool) -> dict[str, Any]:
    """Facts for all of an event, areas that have their own, and what waits: for coordinators all of it."""
    number, now = event.id, timezone.now()
    views = facts.of_event(number, now=now)
    standing = [view for view in views if view.standing != "waiting"]
    waiting = [view for view in views if view.standing == "waiting"]
    return {
        "facts": [view for view in standing if view.area is None],
        "fact_areas": areas_among(standing),
        "facts_waiting": waiting,
        "facts_to_check": [view for view in standing if view.standing == "stale"] if may_manage else (),
        "facts_by_area": _by_area(standing) if may_manage else (),
        "event_steps": [each for each in steps_of_kind(event.kind, number) if each["at"]],
        "has_template": template_of(event.kind) is not None and event.ends > now,
    }


def areas_among(views: list[FactView]) -> list[NameView]:
    """The areas that some facts are for, by name."""
    areas = {view.area.code: view.area for view in views if view.area is not None}
    return sorted(areas.values(), key=lambda area: (area.name_vi, area.code))


def steps_of_kind(kind: str, number: int) -> list[dict[str, Any]]:
    """The steps of an event's template, each with the moment it was given."""
    template, moments = template_of(kind), facts.steps_of(number)
    return [{"step": step, "at": moments.get(step.code)} for step in template.steps] if template else []


def _by_area(views: list[FactView]) -> list[list[FactView]]:
    found: dict[str, list[FactView]] = defaultdict(list)
    for view in views:
        if view.area is not None:
            found[view.area.name_vi].append(view)
    return [found[name] for name in sorted(found)]

"""The steps of an event: which moments a coordinator copied from official sources."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.claims.events import EVENT_DAYS_MAX
from thuchu.desk.facts.models import EventStep
from thuchu.desk.facts.refusals import NoSuchStep, WrongTime
from thuchu.desk.facts.rows import event_row, subject
from thuchu.desk.facts.templates import template_of
from thuchu.desk.ledger.append import append
from thuchu.log.entry import Value


def set_steps(event_id: int, steps: Mapping[str, datetime | None], *, by: int, now: datetime) -> int:
    """Give steps their moments, None to take one away; what isn't named stays. Gives back how many changed.

    raises  FactRefused
    """
    with transaction.atomic():
        event = event_row(event_id, now=now)
        template = template_of(event.kind)
        known = {step.code for step in template.steps} if template else set()
        if not known.issuperset(steps):
            raise NoSuchStep
        far = timedelta(days=EVENT_DAYS_MAX)
        if any(at is not None and not event.starts - far <= at <= event.ends + far for at in steps.values()):
            raise WrongTime(most=EVENT_DAYS_MAX)
        before = dict(EventStep.objects.filter(event=event).values_list("code", "at"))
        changed = {code: at for code, at in steps.items() if before.get(code) != at}
        if not changed:
            return 0
        EventStep.objects.filter(event=event, code__in=changed).delete()
        EventStep.objects.bulk_create(
            EventStep(event=event, code=code, at=at) for code, at in changed.items() if at is not None
        )
        moments: dict[str, Value] = {
            code: int(at.timestamp()) if at is not None else 0 for code, at in sorted(changed.items())
        }
        append("event.steps_set", subject(event_id), {"steps": moments, "by": by}, now=now)
    return len(changed)

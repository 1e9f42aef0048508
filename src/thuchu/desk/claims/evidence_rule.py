"""The rule of evidence of an event: two people declare it before the event begins, and nobody changes it afterwards.

What follows from it for a note, rounds compute from the ledger alone (`thuchu.rounds.evidence`); no verb here touches a
note (rule 4).  Its official hosts are those of the sources that two people have confirmed by then.
"""

from datetime import datetime

from django.db import transaction

from thuchu.desk.claims.models import Event, EvidenceRule, PinnedSource
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.ledger.append import append
from thuchu.links import parse_address
from thuchu.log.entry import Value


def propose_evidence_rule(event_id: int, *, by: int, now: datetime) -> int:
    """Propose it, with the hosts of the sources confirmed by now; another proposal takes the place of one that waits.

    raises  ClaimRefused: once the event has begun, while no source is confirmed, or where it says what holds already
    """
    with transaction.atomic():
        event = _coming(event_id, now)
        hosts = _hosts(event)
        last = EvidenceRule.objects.filter(event=event, confirmed_by__isnull=False).order_by("-pk").first()
        if last is not None and last.hosts == hosts:
            raise ClaimRefused("same_rule")
        EvidenceRule.objects.filter(event=event, confirmed_by=None).delete()
        return int(EvidenceRule.objects.create(event=event, hosts=hosts, proposed_by=by, proposed_at=now).pk)


def confirm_evidence_rule(event_id: int, *, by: int, now: datetime) -> None:
    """A second person declares what the first proposed; from here on it is in the ledger. Raises ClaimRefused."""
    with transaction.atomic():
        event = _coming(event_id, now)
        row = EvidenceRule.objects.filter(event=event, confirmed_by=None).first()
        if row is None:
            raise ClaimRefused("already_ended")
        if row.proposed_by == by:
            raise ClaimRefused("same_person", rule=4)
        if row.hosts != _hosts(event):
            raise ClaimRefused("sources_have_changed")
        row.confirmed_by, row.confirmed_at = by, now
        row.save(update_fields=["confirmed_by", "confirmed_at"])
        body: dict[str, Value] = {"hosts": list(row.hosts.splitlines()), "by": row.proposed_by, "confirmed_by": by}
        append("event.evidence_declared", f"event:{event_id}", body, now=now)


def _coming(event_id: int, now: datetime) -> Event:
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        raise ClaimRefused("no_such_event")
    # To the millisecond, as entries and whoever re-computes have it.
    if int(now.timestamp() * 1000) >= int(event.starts.timestamp()) * 1000:
        raise ClaimRefused("event_has_begun", rule=4)
    return event


def _hosts(event: Event) -> str:
    """A line a host, in order; raises ClaimRefused where nothing is confirmed."""
    rows = PinnedSource.objects.filter(event=event, taken_down_at=None, confirmed_by__isnull=False)
    found = sorted({parse_address(address).host for address in rows.values_list("address", flat=True)})
    if not found:
        raise ClaimRefused("sources_are_wanted")
    return "\n".join(found)

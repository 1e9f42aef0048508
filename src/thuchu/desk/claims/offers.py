"""Near claims that coordinators looked at: what isn't the same is said so once."""

from django.db import transaction

from thuchu.desk.claims.models import Offer
from thuchu.desk.claims.refusals import ClaimRefused


def decline_offer(offer_id: int, *, by: int) -> None:
    """These two are not the same; raises ClaimRefused for an offer that isn't there. The first word stands."""
    with transaction.atomic():
        row = Offer.objects.filter(pk=offer_id).first()
        if row is None:
            raise ClaimRefused("no_such_offer")
        if row.declined_by is None:
            row.declined_by = by
            row.save(update_fields=["declined_by"])

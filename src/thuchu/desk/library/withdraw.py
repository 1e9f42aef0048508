"""Taking an imported fact-check out of search, for a reason that its page then says (rule 5)."""

from datetime import datetime

from django.db import transaction

from thuchu.desk.ledger.append import append
from thuchu.desk.library.importing import address_key
from thuchu.desk.library.models import FactCheck
from thuchu.desk.library.reads import last_change
from thuchu.privacy import scrub
from thuchu.text.forms import normalise

REASON_CHARS_MAX = 500


class CannotWithdraw(ValueError):
    """Nothing to withdraw, or no reason given; the message says which."""


def withdraw(url: str, reason: str, *, now: datetime) -> list[str]:
    """Withdraw every current fact-check imported from `url`; gives back their names.  What this desk agreed on stays.

    raises  CannotWithdraw when there is none, or when the reason is empty or longer than REASON_CHARS_MAX
    """
    # It goes into the ledger, which nothing is ever erased from.
    reason = scrub(reason).text
    if not reason or len(reason) > REASON_CHARS_MAX:
        raise CannotWithdraw(f"a reason has 1 to {REASON_CHARS_MAX} characters, this one has {len(reason)}")
    with transaction.atomic():
        rows = list(
            FactCheck.objects.filter(url_key=address_key(url), state=FactCheck.CURRENT, note=None).order_by("pk")
        )
        if not rows:
            raise CannotWithdraw(f"no current fact-check was imported from {url}; `thuchu export` lists the addresses")
        number = last_change()
        for row in rows:
            number += 1
            row.state, row.withdrawn_at, row.withdrawn_by = FactCheck.WITHDRAWN, now, "desk"
            row.withdrawn_reason, row.change, row.updated_at = reason, number, now
            row.save()
            append(
                "fact_check.withdrawn",
                f"fact_check:{row.public_id}",
                {"reason": reason, "url": normalise(row.url)},
                now=now,
            )
    return [row.public_id for row in rows]

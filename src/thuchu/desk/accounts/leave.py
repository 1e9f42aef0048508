"""Leaving, and being forgotten: everything private is deleted, what was public keeps a random name."""

from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts import names, refusals
from thuchu.desk.accounts.hand_over import is_last_coordinator
from thuchu.desk.accounts.models import Account
from thuchu.desk.ledger.append import append
from thuchu.desk.traces import forget_pages


def leave(account_id: int, *, now: datetime, knows_last: bool = False) -> str:
    """Erase the account; gives back what its public contributions are signed with from now on.

    Gone: every key, password and code, the address, the roles, the invitations, and the rater number's only tie to a
    name, so that its ratings are nobody's for ever.  The old name is written nowhere and may be taken again.
    knows_last  they said that nobody coordinates this desk after them, where that is so
    raises      NoSuchAccount, LastCoordinator
    """
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(pk=account_id).first()
        if account is None:
            raise refusals.NoSuchAccount
        if is_last_coordinator(account_id) and not knows_last:
            raise refusals.LastCoordinator
        pseudonym = account.pseudonym
        pseudonym.invitations.all().delete()
        account.delete()
        pseudonym.name = names.for_who_left()
        pseudonym.key, pseudonym.left = names.key(pseudonym.name), True
        pseudonym.save(update_fields=["name", "key", "left"])
        append("contributor.left", f"pseudonym:{pseudonym.pk}", {}, now=now)
        # Deleted rows are overwritten in the file, not only passed over.
        transaction.on_commit(forget_pages)
    return pseudonym.name

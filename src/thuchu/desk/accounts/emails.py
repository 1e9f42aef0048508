"""An address that somebody wants to be written to: nobody needs one, and it goes when its owner says so."""

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from thuchu.desk.accounts import refusals, tokens
from thuchu.desk.accounts.models import EMAIL_CHARS_MAX, Account, Email
from thuchu.desk.traces import forget_pages
from thuchu.text.forms import normalise

# A day and a night to look into the mail.
LINK_HOURS = 24


def give_email(account_id: int, address: str, *, now: datetime) -> str:
    """Keep an address in place of an earlier one; gives back the token of the link that confirms it.

    The caller mails the link to the address; until it is opened nothing else is sent there.
    raises  EmailRefused, NoSuchAccount
    """
    address = normalise(address)
    try:
        validate_email(address)
    except ValidationError:
        raise refusals.EmailRefused from None
    if len(address) > EMAIL_CHARS_MAX:
        raise refusals.EmailRefused
    token = tokens.new_token()
    with transaction.atomic():
        if not Account.objects.select_for_update().filter(pk=account_id).exists():
            raise refusals.NoSuchAccount
        Email.objects.filter(account_id=account_id).delete()
        digest = tokens.digest(token, "email")
        Email.objects.create(account_id=account_id, address=address, token_digest=digest, asked_at=now)
        transaction.on_commit(forget_pages)
    return token


def confirm_email(token: str, *, now: datetime) -> None:
    """The address behind this link is its owner's; raises EmailLinkGone."""
    digest = tokens.digest(token, "email")
    since = now - timedelta(hours=LINK_HOURS)
    # Without the first condition the digest of what is no token, "", would name a confirmed address.
    waiting = Email.objects.filter(confirmed_at=None, token_digest=digest, asked_at__gt=since)
    if not waiting.update(token_digest="", confirmed_at=now):
        raise refusals.EmailLinkGone(hours=LINK_HOURS)


def erase_email(account_id: int) -> bool:
    """Forget the account's address; False when there is none."""
    with transaction.atomic():
        count, _ = Email.objects.filter(account_id=account_id).delete()
        transaction.on_commit(forget_pages)
    return bool(count)

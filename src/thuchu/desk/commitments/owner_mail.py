"""Where an owner of commitments reads mail: left by whoever holds reviews, theirs once they said yes, and sealed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.commitments import choices, refusals
from thuchu.desk.commitments.models import (
    ADDRESS_CONFIRMED,
    ASKED,
    CONFIRM,
    DEAD,
    LEFT_OUT,
    WAITING,
    Letter,
    OwnerAddress,
    Reminder,
)
from thuchu.desk.commitments.reminders import letter_key
from thuchu.desk.commitments.wording import Words
from thuchu.desk.notes.rows import require_person
from thuchu.desk.replies import sealing
from thuchu.desk.replies.addresses import ADDRESS_CHARS_MAX, CONFIRM_HOURS
from thuchu.desk.traces import forget_pages
from thuchu.desk.wording import day_in_viet_nam
from thuchu.text.forms import normalise

# A slip and a lost mail; whoever leaves somebody else's address can't fill their mailbox.
CONFIRMATIONS_A_DAY = 3
# Of all owners together: a desk has about as many.
CONFIRMATIONS_OF_ALL_A_DAY = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressView:
    """How one owner is reached: "asked", "confirmed", "unreachable", or "" for not at all.  Never the address.

    is_dead  the last letter to it was taken by no server
    """

    recipient: str
    owner: Words
    state: str
    is_dead: bool


def addresses() -> tuple[AddressView, ...]:
    """Everything that may own a commitment, and how it is reached."""
    states = dict(OwnerAddress.objects.values_list("recipient", "state"))
    # The newest of each comes last.
    letters = dict(Letter.objects.exclude(state=LEFT_OUT).order_by("pk").values_list("recipient", "state"))
    return tuple(
        AddressView(recipient=code, owner=words, state=states.get(code, ""), is_dead=letters.get(code) == DEAD)
        for code, words in choices.owners()
    )


def leave_address(person: AccountView, recipient: str, address: str, *, language: str, now: datetime) -> None:
    """Keep an address for an owner in place of an earlier one, and write the letter that asks for confirmation.

    raises  OwnerWanted, AddressWanted, AskedEnough, NotForYou
    """
    require_person(person, Act.HOLD_REVIEW)
    if recipient not in dict(choices.owners()):
        raise refusals.OwnerWanted
    address, nonce, today = _usable(address), sealing.new_nonce(), day_in_viet_nam(now)
    with transaction.atomic():
        asked = Letter.objects.filter(kind=CONFIRM, day=today)
        of_this = asked.filter(recipient=recipient).count()
        if of_this >= CONFIRMATIONS_A_DAY or asked.count() >= CONFIRMATIONS_OF_ALL_A_DAY:
            raise refusals.AskedEnough
        _forget(OwnerAddress.objects.filter(recipient=recipient), now)
        OwnerAddress.objects.create(
            recipient=recipient,
            sealed=sealing.seal(recipient, sealing.Recipient(address, "")),
            nonce=nonce,
            confirm_digest=sealing.link_digest(sealing.link_token(nonce, "confirm"), "confirm"),
            stop_digest=sealing.link_digest(sealing.link_token(nonce, "stop"), "stop"),
            language=language,
            asked_at=now,
        )
        Letter.objects.create(
            recipient=recipient,
            kind=CONFIRM,
            day=today,
            key=letter_key(recipient, CONFIRM, today, of_this),
            created_at=now,
            try_at=now,
        )
        transaction.on_commit(forget_pages)


def state_of(token: str, *, now: datetime) -> str | None:
    """What a link that confirms an address leads to: one "asked" for, one "confirmed" already, or None."""
    return _of_link(token, now).values_list("state", flat=True).first()


def confirm_address(token: str, *, now: datetime) -> bool:
    """The address behind this link is its owner's; False when the link opens nothing.  Twice is once."""
    with transaction.atomic():
        return bool(_of_link(token, now).update(state=ADDRESS_CONFIRMED))


def to_stop(token: str) -> bool:
    """Does this link stop mail to anybody?"""
    return OwnerAddress.objects.filter(stop_digest=sealing.link_digest(token, "stop")).exists()


def stop(token: str, *, now: datetime) -> bool:
    """No more mail, and the address erased; False when it was so."""
    with transaction.atomic():
        return _forget(OwnerAddress.objects.filter(stop_digest=sealing.link_digest(token, "stop")), now)


def take_back(person: AccountView, recipient: str, *, now: datetime) -> bool:
    """The same by whoever holds reviews; raises NotForYou."""
    require_person(person, Act.HOLD_REVIEW)
    with transaction.atomic():
        return _forget(OwnerAddress.objects.filter(recipient=recipient), now)


def forget_unconfirmed(*, now: datetime) -> int:
    """Erase addresses that nobody confirmed in time; gives back how many."""
    late = OwnerAddress.objects.filter(state=ASKED, asked_at__lte=now - timedelta(hours=CONFIRM_HOURS))
    number = late.count()
    if number:
        with transaction.atomic():
            _forget(late, now)
    return number


def _usable(address: str) -> str:
    address = normalise(address)
    try:
        validate_email(address)
    except ValidationError:
        raise refusals.AddressWanted from None
    if len(address) > ADDRESS_CHARS_MAX:
        raise refusals.AddressWanted
    return address


def _forget(rows: QuerySet[OwnerAddress], now: datetime) -> bool:
    recipients = list(rows.values_list("recipient", flat=True))
    letters = Letter.objects.filter(recipient__in=recipients, state=WAITING)
    Reminder.objects.filter(letter__in=letters.values("pk"), state=WAITING).update(letter=None)
    letters.update(state=LEFT_OUT, ended_at=now)
    rows.delete()
    transaction.on_commit(forget_pages)
    return bool(recipients)


def _of_link(token: str, now: datetime) -> QuerySet[OwnerAddress]:
    rows = OwnerAddress.objects.filter(confirm_digest=sealing.link_digest(token, "confirm"))
    since = now - timedelta(hours=CONFIRM_HOURS)
    return rows.filter(state=ADDRESS_CONFIRMED) | rows.filter(state=ASKED, asked_at__gt=since)

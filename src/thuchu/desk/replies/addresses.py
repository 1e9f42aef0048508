"""An address that an asker leaves: asked for, confirmed by its owner, and erased as soon as it is of no use."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.db.models import QuerySet

from thuchu.desk.replies import sealing
from thuchu.desk.replies.models import (
    ASKED,
    CONFIRM,
    CONFIRMED,
    DEAD,
    DROPPED,
    UNREACHABLE,
    WAITING,
    ConfirmationAsked,
    Gone,
    Reply,
    ReplyAddress,
)
from thuchu.desk.replies.refusals import NoAddress, TooManyConfirmations
from thuchu.desk.replies.sayings import Saying, to_row
from thuchu.desk.replies.sealing import Recipient
from thuchu.desk.replies.writing import write
from thuchu.desk.traces import forget_pages
from thuchu.text.forms import normalise

# RFC 5321: what fits between the brackets of a command.
ADDRESS_CHARS_MAX = 254
# Two nights and a weekend's day to look into the mailbox; then it is as if nobody had left the address.
CONFIRM_HOURS = 48
# A slip and a lost mail; whoever leaves somebody else's address can't fill their mailbox.
CONFIRMATIONS_A_DAY = 3
# All of the desk: a country's storm makes some hundred an hour; a script that writes to thousands stops here.
CONFIRMATIONS_AN_HOUR = 1_000


def leave_address(
    submission: int, token: str, address: str, *, knows: Saying, language: str, now: datetime
) -> ReplyAddress:
    """Keep an address for a question in place of an earlier one, and write the letter that asks for confirmation.

    token    of the question's private page, which letters lead to
    knows    what the asker's page said when they left it: they are told when that changes
    raises   NoAddress, TooManyConfirmations
    """
    address = _usable(address)
    mailbox = sealing.digest(address)
    nonce = sealing.new_nonce()
    with transaction.atomic():
        _require_few(mailbox, now)
        _forget(ReplyAddress.objects.filter(submission=submission), now)
        row = ReplyAddress.objects.create(
            submission_id=submission,
            sealed=sealing.seal(submission, Recipient(address, token)),
            digest=mailbox,
            nonce=nonce,
            confirm_digest=_digest(nonce, "confirm"),
            stop_digest=_digest(nonce, "stop"),
            language=language,
            asked_at=now,
            told=to_row(knows),
            told_at=now,
            looked_at=now,
        )
        ConfirmationAsked.objects.create(digest=mailbox, at=now)
        write(submission, kind=CONFIRM, says=None, now=now)
        # The one that was left before is overwritten.
        transaction.on_commit(forget_pages)
    return row


def state_of(token: str, *, now: datetime) -> str | None:
    """What a link that confirms an address leads to: one "asked" for, one "confirmed" already, or None."""
    return _of_link(token, now).values_list("state", flat=True).first()


def confirm(token: str, *, now: datetime) -> int | None:
    """The address behind this link is its owner's: the number of its question; None when the link opens nothing.

    Confirming twice is confirming once.
    """
    with transaction.atomic():
        row = _of_link(token, now).select_for_update().first()
        if row is None:
            return None
        if row.state == ASKED:
            row.state = CONFIRMED
            row.save(update_fields=["state"])
            # Asked and answered: a copy that is still on its way asks in vain.
            _unsent(row.submission_id).filter(kind=CONFIRM).update(state=DROPPED, ended_at=now)
    return row.submission_id


def to_stop(token: str) -> bool:
    """Does this link stop mail to anybody?"""
    return ReplyAddress.objects.filter(stop_digest=sealing.link_digest(token, "stop")).exists()


def stop(token: str, *, now: datetime) -> bool:
    """No more mail, and the address erased; False when it was so."""
    with transaction.atomic():
        stopped = _forget(ReplyAddress.objects.filter(stop_digest=sealing.link_digest(token, "stop")), now)
        transaction.on_commit(forget_pages)
    return stopped


def take_back(submission: int, *, now: datetime) -> bool:
    """The same from the question's own page."""
    with transaction.atomic():
        stopped = _forget(ReplyAddress.objects.filter(submission=submission), now)
        transaction.on_commit(forget_pages)
    return stopped


def give_up(submission: int, *, now: datetime) -> None:
    """The mailbox can't be reached: the address is erased at once, what waits for it is not sent.

    Inside the caller's transaction.
    """
    ReplyAddress.objects.filter(submission=submission).update(state=UNREACHABLE, sealed=b"", digest="")
    _unsent(submission).update(state=UNREACHABLE, ended_at=now)
    transaction.on_commit(forget_pages)


def let_go(submissions: Sequence[int], *, by_time: bool) -> None:
    """Count questions that are being erased, in the transaction that erases them; their rows here go with them."""
    why = "by_time" if by_time else "by_asker"
    with transaction.atomic():
        row, _ = Gone.objects.select_for_update().get_or_create(why=why)
        row.number += len(submissions)
        row.save(update_fields=["number"])


def forget_unconfirmed(*, now: datetime) -> int:
    """Erase addresses that nobody confirmed in time, and what was kept to count by; gives back how many addresses."""
    ConfirmationAsked.objects.filter(at__lt=now - timedelta(days=1)).delete()
    late = ReplyAddress.objects.filter(state=ASKED, asked_at__lt=now - timedelta(hours=CONFIRM_HOURS))
    numbers = list(late.values_list("submission_id", flat=True))
    for number in numbers:
        with transaction.atomic():
            _forget(late.filter(submission=number), now)
    if numbers:
        transaction.on_commit(forget_pages)
    return len(numbers)


def _usable(address: str) -> str:
    address = normalise(address)
    try:
        validate_email(address)
    except ValidationError:
        raise NoAddress from None
    if len(address) > ADDRESS_CHARS_MAX:
        raise NoAddress
    return address


def _require_few(mailbox: str, now: datetime) -> None:
    if connection.vendor == "postgresql":
        # Two in one moment count each other.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(mailbox[:15], 16)])
    asked = ConfirmationAsked.objects.filter(at__gt=now - timedelta(days=1))
    of_all = asked.filter(at__gt=now - timedelta(hours=1)).count()
    if asked.filter(digest=mailbox).count() >= CONFIRMATIONS_A_DAY or of_all >= CONFIRMATIONS_AN_HOUR:
        raise TooManyConfirmations


def _forget(rows: QuerySet[ReplyAddress], now: datetime) -> bool:
    found = list(rows.values_list("submission_id", "state", "digest"))
    for number, state, mailbox in found:
        _unsent(number).update(state=DROPPED, ended_at=now)
        if state == CONFIRMED:
            # Its owner was here: nobody has to be kept from writing to them any more.
            ConfirmationAsked.objects.filter(digest=mailbox).delete()
    rows.delete()
    return bool(found)


def _unsent(submission: int) -> QuerySet[Reply]:
    return Reply.objects.filter(submission=submission, state__in=(WAITING, DEAD))


def _of_link(token: str, now: datetime) -> QuerySet[ReplyAddress]:
    rows = ReplyAddress.objects.filter(confirm_digest=sealing.link_digest(token, "confirm"))
    return rows.filter(state=CONFIRMED) | _waiting_for(token, now)


def _waiting_for(token: str, now: datetime) -> QuerySet[ReplyAddress]:
    since = now - timedelta(hours=CONFIRM_HOURS)
    digest = sealing.link_digest(token, "confirm")
    return ReplyAddress.objects.filter(confirm_digest=digest, state=ASKED, asked_at__gt=since)


def _digest(nonce: str, purpose: sealing.Purpose) -> str:
    return sealing.link_digest(sealing.link_token(nonce, purpose), purpose)

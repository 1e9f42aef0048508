"""What a mail to an owner of commitments says: plain text, in the language the address was left in."""

from collections.abc import Sequence
from datetime import datetime

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from thuchu.desk import wording
from thuchu.desk.commitments.models import AGREED, UNDER_WAY, Commitment, Letter, OwnerAddress
from thuchu.desk.commitments.timeliness import (
    Standing,
    timeliness,
)
from thuchu.desk.commitments.wording import timeliness_word
from thuchu.desk.replies import sealing
from thuchu.desk.replies.addresses import CONFIRM_HOURS
from thuchu.desk.replies.compose import MESSAGE_ID_CHARS, SUBJECT_CHARS_MAX, Letterhead
from thuchu.desk.wording import day_in_viet_nam

# A commitment of a thousand characters stands whole on its page.
TEXT_CHARS_SHOWN = 300


def compose_confirmation(letter: Letter, address: OwnerAddress, desk: Letterhead) -> EmailMessage | None:
    """Asks whether the address is theirs; None where this desk's key no longer opens it."""
    with override(address.language):
        paragraphs = (
            _("A coordinator of %(desk)s left this address for reminders of commitments.") % {"desk": desk.name},
            _("If it is yours, open this page and press the button:")
            + f"\n{desk.address}/commitments/mail/{sealing.link_token(address.nonce, 'confirm')}",
            _("If it isn't, do nothing: the address is erased after %(hours)s hours, and you get no more mail from us.")
            % {"hours": CONFIRM_HOURS},
        )
        return _mail(letter, address, desk, _("Confirm that this is your e-mail address"), paragraphs)


def compose_digest(
    letter: Letter, address: OwnerAddress, commitments: Sequence[Commitment], desk: Letterhead, *, now: datetime
) -> EmailMessage | None:
    """What is due soon or overdue, in one letter; None as above."""
    with override(address.language):
        number = len(commitments)
        subject = ngettext("%(number)s commitment to see to", "%(number)s commitments to see to", number)
        paragraphs = (
            _("These commitments are yours. Say how far they are, or that they are done, on their pages."),
            *(_one(each, desk, now) for each in commitments),
        )
        return _mail(letter, address, desk, subject % {"number": number}, paragraphs)


def _one(row: Commitment, desk: Letterhead, now: datetime) -> str:
    text = row.text if len(row.text) <= TEXT_CHARS_SHOWN else row.text[:TEXT_CHARS_SHOWN] + "…"
    due = _("Due on %(day)s. %(timeliness)s.") % {
        "day": wording.day(row.due_on),
        "timeliness": timeliness_word(timeliness(_standing(row), day_in_viet_nam(now))),
    }
    return "\n".join((f"{row.number}: {text}", due, f"{desk.address}/commitments/{row.number}"))


def _standing(row: Commitment) -> Standing:
    """Only what is still to be done is reminded of: nothing is reported."""
    state = UNDER_WAY if row.state == UNDER_WAY else AGREED
    return Standing(state=state, due_on=row.due_on, reported_on=None, has_evidence=False, done_on=None, extensions=0)


def _mail(
    letter: Letter, address: OwnerAddress, desk: Letterhead, subject: str, paragraphs: Sequence[str]
) -> EmailMessage | None:
    recipient = sealing.unseal(address.recipient, bytes(address.sealed))
    if recipient is None:
        return None
    stop = f"{desk.address}/commitments/mail/{sealing.link_token(address.nonce, 'stop')}/stop"
    foot = "\n".join(["-- ", _("No more mail, and your address erased:"), stop, "", desk.name])
    name = "".join(each for each in desk.name if each not in '"\\\r\n')
    return EmailMessage(
        subject=" ".join(subject.split())[:SUBJECT_CHARS_MAX],
        body="\n\n".join([*paragraphs, foot]) + "\n",
        from_email=f'"{name}" <{desk.sender}>',
        to=[recipient.address],
        headers={
            # The same at every try: a mailbox that got it twice shows it once.
            "Message-ID": f"<{letter.key[:MESSAGE_ID_CHARS]}@{desk.host}>",
            # RFC 8058: mail programs show a button that does it with one press.
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            # RFC 3834: no holiday answer to this one.
            "Auto-Submitted": "auto-generated",
            "Content-Language": address.language,
        },
    )

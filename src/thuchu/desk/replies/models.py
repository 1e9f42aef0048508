"""Rows of replies: where an asker wants to be told, what they are told, and who is gone.

Submission ◄── ReplyAddress   at most one a question; the address is sealed (`sealing`), and goes when its use is over
           ◄── Reply          one letter: waiting ──► sent
                                              ├─────► dead         tried often enough; a person tries again or gives up
                                              ├─────► unreachable  there is no such mailbox, or a person gave up
                                              └─────► dropped      overtaken by a later one, or nobody to send it to
"""

from datetime import UTC, datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from thuchu.desk.intake.models import Submission

ASKED, CONFIRMED, UNREACHABLE = "asked", "confirmed", "unreachable"
ADDRESS_STATES = (ASKED, CONFIRMED, UNREACHABLE)
WAITING, SENT, DEAD, DROPPED = "waiting", "sent", "dead", "dropped"
REPLY_STATES = (WAITING, SENT, DEAD, UNREACHABLE, DROPPED)
# The letter that asks whether the address is theirs; all others say what holds.
CONFIRM = "confirm"
EMAIL = "email"
ERROR_CHARS_MAX = 120
# Before every desk: whoever was looked after then comes first.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def _one_of(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class ReplyAddress(models.Model):
    """Where the asker of one question wants to be told: sealed, and nothing else of them.

    sealed   the address and the question's private link, encrypted; empty once it proved unreachable
    digest   keyed, so that one address isn't written to by everybody; empty with `sealed`
    nonce    what the links in mail are made of, with the desk's key; of the links the digests alone are kept
    told     the last saying that they were told, or that they know from their page
    """

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=12, choices=_one_of(ADDRESS_STATES), default=ASKED)
    sealed = models.BinaryField(default=bytes)
    digest = models.CharField(max_length=64, default="", db_index=True)
    nonce = models.CharField(max_length=32)
    confirm_digest = models.CharField(max_length=64, db_index=True)
    stop_digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField()
    told = models.JSONField()
    told_at = models.DateTimeField()
    looked_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=ADDRESS_STATES), name="reply_address_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=UNREACHABLE, digest="") | ~Q(state=UNREACHABLE) & ~Q(digest=""),
                name="unreachable_addresses_are_gone",
            ),
        )

    def __str__(self) -> str:
        return f"address of submission {self.submission_id}, {self.state}"


class Reply(models.Model):
    """One letter: what it says, what was said before it, and how its sending went; never an address.

    key      names it for ever: its Message-ID is made of it, so that mailboxes show a second copy once
    says     the saying; null in a letter that asks for confirmation.  `before` is what it takes the place of
    entry    the ledger's last entry when it was written, printed at its foot
    try_at   not before; who takes it to send moves this on first, so that no two send at a time
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+")
    door = models.CharField(max_length=8, choices=_one_of((EMAIL,)), default=EMAIL)
    number = models.PositiveIntegerField()
    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=12)
    says = models.JSONField(null=True)
    before = models.JSONField(null=True)
    before_at = models.DateTimeField(null=True)
    entry = models.PositiveBigIntegerField()
    state = models.CharField(max_length=12, choices=_one_of(REPLY_STATES), default=WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    try_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    # A code of SMTP or the kind of an error: what a server says may quote the address, so it isn't kept.
    last_error = models.CharField(max_length=ERROR_CHARS_MAX, default="")

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=REPLY_STATES), name="reply_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=WAITING, ended_at__isnull=True) | ~Q(state=WAITING) & Q(ended_at__isnull=False),
                name="only_ended_replies_have_an_end",
            ),
            models.UniqueConstraint(fields=("submission", "door", "number"), name="one_reply_a_cause"),
        )
        indexes: ClassVar = (models.Index(fields=["state", "try_at"], name="next_reply"),)

    def __str__(self) -> str:
        return f"reply {self.pk} {self.kind} {self.state}"


class ConfirmationAsked(models.Model):
    """That a confirmation was mailed to an address, by its keyed digest; forgotten after a day."""

    digest = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"confirmation asked {self.at:%Y-%m-%d %H:%M}"


class Gone(models.Model):
    """How many questions were erased, by whom: the one thing that stays of them."""

    WHY: ClassVar = _one_of(("by_asker", "by_time"))

    why = models.CharField(max_length=8, choices=WHY, primary_key=True)
    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.number} erased {self.why}"


class LookedUpTo(models.Model):
    """The one row that says which change of library, claims, facts was noticed last, and since when everybody is due."""

    library_change = models.PositiveBigIntegerField()
    claims_change = models.PositiveBigIntegerField()
    facts_change = models.PositiveBigIntegerField(default=0)
    due_since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = (models.CheckConstraint(condition=Q(pk=1), name="one_mark_of_replies"),)

    def __str__(self) -> str:
        return f"looked up to {self.library_change}, {self.claims_change}"

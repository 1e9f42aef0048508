"""Rows of commitments: which may exist; which may follow which, `guards` say.

Resolution ◄── Commitment ◄── Helper      who does it with the owner
                          ◄── Update      all that became of it, one row an entry of the ledger; none is ever changed
                          ◄── Judgement   what a review's frozen figures said of it
                          ◄── Reminder    that somebody is to be told, once a day that it is due on
Letter         one mail to an owner: the day's reminders together, or the question whether an address is theirs
OwnerAddress   where the owner of commitments reads mail: sealed, and theirs once they confirmed it

A commitment exists from the moment it is agreed: what is only proposed is an item of an agenda, or a resolution that
nobody has confirmed.  An owner is a role or an organisation, never an account.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from thuchu.desk.claims.models import Area
from thuchu.desk.commitments.measures import COMPARATORS
from thuchu.desk.evidence.models import Quote
from thuchu.desk.reviews.models import Organisation, Resolution, Review

ROLE, ORGANISATION = "role", "organisation"
OWNER_KINDS = (ROLE, ORGANISATION)
# What owns commitments at a desk, and in whose name somebody reports or confirms.
DUTY, COORDINATORS, CONTRIBUTORS, OPERATOR, CHAIR, SECRETARY = (
    "duty",
    "coordinators",
    "contributors",
    "operator",
    "chair",
    "secretary",
)
ROLES = (DUTY, COORDINATORS, CONTRIBUTORS, OPERATOR, CHAIR, SECRETARY)
# By whom a commitment measured by a figure is confirmed: nobody's word is needed.
BY_FIGURE = "figure"
# In whose name an update is made: one of `ROLES`, the owner that is an organisation, or the frozen figure.
SPEAKERS = (*ROLES, ORGANISATION, BY_FIGURE)

FIGURE, DELIVERABLE = "figure", "deliverable"
MEASURE_KINDS = (FIGURE, DELIVERABLE)

AGREED, UNDER_WAY, REPORTED_DONE, CONFIRMED = "agreed", "under_way", "reported_done", "confirmed"
DROPPED, REPLACED = "dropped", "replaced"
STATES = (AGREED, UNDER_WAY, REPORTED_DONE, CONFIRMED, DROPPED, REPLACED)
OPEN_STATES = (AGREED, UNDER_WAY, REPORTED_DONE)
STEPS = frozenset(
    {
        (AGREED, UNDER_WAY),
        (AGREED, REPORTED_DONE),
        (UNDER_WAY, REPORTED_DONE),
        (REPORTED_DONE, UNDER_WAY),
        (REPORTED_DONE, CONFIRMED),
        # A figure that was met needs no report.
        (AGREED, CONFIRMED),
        (UNDER_WAY, CONFIRMED),
        *((state, end) for state in OPEN_STATES for end in (DROPPED, REPLACED)),
    }
)

MET, NOT_MET, CANT_TELL = "met", "not_met", "cant_tell"
OUTCOMES = (MET, NOT_MET, CANT_TELL)

# What an update is: the verb of its entry, and a report told apart from other news.
(WAS_AGREED, WAS_UPDATED, WAS_REPORTED, WAS_CONFIRMED, WAS_REFUSED, WAS_JUDGED, WAS_EXTENDED) = (
    "agreed",
    "updated",
    "reported",
    "confirmed",
    "refused",
    "judged",
    "extended",
)
UPDATE_KINDS = (
    *(WAS_AGREED, WAS_UPDATED, WAS_REPORTED, WAS_CONFIRMED, WAS_REFUSED, WAS_JUDGED, WAS_EXTENDED),
    *(DROPPED, REPLACED),
)

NUMBER_CHARS_MAX = 16
ADDRESS_CHARS_MAX = 500
# "organisation:" and the number of a row.
RECIPIENT_CHARS_MAX = 32

WAITING, SENT, DEAD, LEFT_OUT = "waiting", "sent", "dead", "left_out"
LETTER_STATES = (WAITING, SENT, DEAD, LEFT_OUT)
DIGEST, CONFIRM = "digest", "confirm"
LETTER_KINDS = (DIGEST, CONFIRM)
ASKED, ADDRESS_CONFIRMED, UNREACHABLE = "asked", "confirmed", "unreachable"
ADDRESS_STATES = (ASKED, ADDRESS_CONFIRMED, UNREACHABLE)
ERROR_CHARS_MAX = 120


def _one_of(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Commitment(models.Model):
    """What somebody took upon themselves, in words that stay.

    number           "CK-2026-017": the year it was agreed in, in Viet Nam, and its place in that year
    due_on           a day of Viet Nam's, the last on which it is on time; moved by a resolution alone
    original_due_on  the first one, for ever
    figure_key, figure_area, comparator, target  of one measured by a figure: the figure, and what it is to be
    evidence_wanted  of a deliverable: what will show that it is done
    """

    number = models.CharField(max_length=NUMBER_CHARS_MAX, unique=True)
    text = models.TextField()
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="+")
    owner_kind = models.CharField(max_length=12, choices=_one_of(OWNER_KINDS))
    owner_role = models.CharField(max_length=12, choices=_one_of(ROLES), default="")
    owner_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    original_due_on = models.DateField()
    measure_kind = models.CharField(max_length=11, choices=_one_of(MEASURE_KINDS))
    figure_key = models.CharField(max_length=40, default="")
    figure_area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    comparator = models.CharField(max_length=8, choices=_one_of(COMPARATORS), default="")
    target = models.CharField(max_length=20, default="")
    evidence_wanted = models.TextField(default="")
    state = models.CharField(max_length=13, choices=_one_of(STATES), default=AGREED)
    replaced_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")
    agreed_at = models.DateTimeField()
    agreed_by = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=~Q(text=""), name="commitment_has_words"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="commitment_state_is_known"),
            models.CheckConstraint(
                condition=Q(owner_kind=ROLE, owner_role__in=ROLES, owner_organisation__isnull=True)
                | Q(owner_kind=ORGANISATION, owner_role="", owner_organisation__isnull=False),
                name="commitment_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(measure_kind=FIGURE, comparator__in=COMPARATORS) & ~Q(figure_key="") & ~Q(target="")
                | Q(measure_kind=DELIVERABLE, figure_key="", comparator="", target="", figure_area__isnull=True)
                & ~Q(evidence_wanted=""),
                name="commitment_is_measured",
            ),
            models.CheckConstraint(
                condition=Q(state=REPLACED, replaced_by__isnull=False)
                | ~Q(state=REPLACED) & Q(replaced_by__isnull=True),
                name="only_replaced_commitments_lead_on",
            ),
        )
        indexes: ClassVar = (models.Index(fields=["state", "due_on"], name="commitments_by_day"),)

    def __str__(self) -> str:
        return f"commitment {self.number} {self.state}"


class Helper(models.Model):
    """Who does it with the owner: a role or an organisation, too."""

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="helpers")
    role = models.CharField(max_length=12, choices=_one_of(ROLES), default="")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=Q(role__in=ROLES, organisation__isnull=True) | Q(role="", organisation__isnull=False),
                name="helper_is_one_of_both",
            ),
        )

    def __str__(self) -> str:
        return f"helper of commitment {self.commitment_id}"


class Update(models.Model):
    """One thing that became of a commitment: written once, never changed.

    at_entry   number of its entry in the ledger
    on         the day of it in Viet Nam; of a figure that was met, the day from which it counts as done
    by         the id of a pseudonym; null where a frozen figure said it
    evidence_address, evidence   what shows it: the address of a public page, or evidence that the desk keeps
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="updates")
    number = models.PositiveIntegerField()
    at_entry = models.PositiveBigIntegerField(unique=True)
    kind = models.CharField(max_length=9, choices=_one_of(UPDATE_KINDS))
    at = models.DateTimeField()
    on = models.DateField()
    by = models.BigIntegerField(null=True)
    by_role = models.CharField(max_length=12, choices=_one_of(SPEAKERS))
    text = models.TextField(default="")
    evidence_address = models.CharField(max_length=ADDRESS_CHARS_MAX, default="")
    evidence = models.ForeignKey(Quote, on_delete=models.PROTECT, null=True, related_name="+")
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, related_name="+")
    state_after = models.CharField(max_length=13, choices=_one_of(STATES))
    due_after = models.DateField()

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("commitment", "number"), name="one_update_a_place"),
            models.CheckConstraint(condition=Q(kind__in=UPDATE_KINDS), name="update_kind_is_known"),
            models.CheckConstraint(condition=Q(by_role__in=SPEAKERS), name="update_speaker_is_known"),
            models.CheckConstraint(
                condition=Q(evidence_address="") | Q(evidence__isnull=True), name="update_shows_one_thing"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=(WAS_AGREED, WAS_EXTENDED, DROPPED, REPLACED)) | Q(resolution__isnull=False),
                name="meetings_resolve_what_moves",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True, by_role=BY_FIGURE) | Q(by__isnull=False) & ~Q(by_role=BY_FIGURE),
                name="figures_are_nobody",
            ),
        )

    def __str__(self) -> str:
        return f"update {self.number} of commitment {self.commitment_id}: {self.kind}"


class Judgement(models.Model):
    """What the figures that a review froze said of a commitment, once a review.

    value, low, high  as the snapshot has them; "" for what it doesn't say
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="judgements")
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    snapshot = models.CharField(max_length=64)
    outcome = models.CharField(max_length=9, choices=_one_of(OUTCOMES))
    value = models.CharField(max_length=24, default="")
    low = models.CharField(max_length=24, default="")
    high = models.CharField(max_length=24, default="")

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("commitment", "review"), name="one_judgement_a_review"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="judgement_outcome_is_known"),
        )

    def __str__(self) -> str:
        return f"judgement of commitment {self.commitment_id}: {self.outcome}"


class OwnerAddress(models.Model):
    """Where the owner of commitments reads mail: sealed, and theirs once somebody who reads it said yes.

    recipient  "role:duty", "organisation:5"
    sealed     encrypted; empty once it proved unreachable
    nonce      what the links in mail are made of, with the desk's key; of the links the digests alone are kept
    """

    recipient = models.CharField(max_length=RECIPIENT_CHARS_MAX, unique=True)
    state = models.CharField(max_length=11, choices=_one_of(ADDRESS_STATES), default=ASKED)
    sealed = models.BinaryField(default=bytes)
    nonce = models.CharField(max_length=32)
    confirm_digest = models.CharField(max_length=64, unique=True)
    stop_digest = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=ADDRESS_STATES), name="owner_address_state_is_known"),
        )

    def __str__(self) -> str:
        return f"address of {self.recipient}, {self.state}"


class Letter(models.Model):
    """One mail to an owner; never an address, never a text.

    key     names it for ever: its Message-ID is made of it, so that a mailbox shows a second copy once
    day     of Viet Nam: an owner gets one digest a day at most
    try_at  not before; who takes it to send moves this on first, so that no two send at a time
    """

    recipient = models.CharField(max_length=RECIPIENT_CHARS_MAX)
    kind = models.CharField(max_length=7, choices=_one_of(LETTER_KINDS))
    day = models.DateField()
    key = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=8, choices=_one_of(LETTER_STATES), default=WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    try_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=ERROR_CHARS_MAX, default="")

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=LETTER_STATES), name="owner_letter_state_is_known"),
            models.UniqueConstraint(
                fields=("recipient", "day"), condition=Q(kind=DIGEST), name="one_digest_an_owner_and_day"
            ),
        )
        indexes: ClassVar = (models.Index(fields=["state", "try_at"], name="next_owner_letter"),)

    def __str__(self) -> str:
        return f"letter {self.pk} {self.kind} to {self.recipient}, {self.state}"


class Reminder(models.Model):
    """That an owner is to be told of one commitment's day, once: another day is another reminder.

    kind      of `reminders.OFFSETS`
    letter    the digest that it goes with; null while none has been begun
    ended_at  when it was sent, or left out since there was nothing to remind of any more
    """

    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="reminders")
    kind = models.CharField(max_length=9)
    due_on = models.DateField()
    recipient = models.CharField(max_length=RECIPIENT_CHARS_MAX)
    state = models.CharField(max_length=8, choices=_one_of((WAITING, SENT, LEFT_OUT)), default=WAITING)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, null=True, related_name="reminders")
    planned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("commitment", "kind", "due_on", "recipient"), name="one_reminder_a_kind_and_day"
            ),
            models.CheckConstraint(
                condition=Q(state=WAITING, ended_at__isnull=True) | ~Q(state=WAITING) & Q(ended_at__isnull=False),
                name="only_ended_reminders_have_an_end",
            ),
        )
        indexes: ClassVar = (models.Index(fields=["state", "recipient"], name="reminders_to_send"),)

    def __str__(self) -> str:
        return f"reminder {self.kind} of commitment {self.commitment_id}, {self.state}"

"""Rows of inquiries: what was asked of whom, each step of its way, and what came back.

Inquiry ◄── InquiryClaim    what it was asked for
        ◄── InquiryStep     sent, acknowledged, extended, answered, withdrawn: added to, never changed
        ◄── InquiryAnswer   the organisation's own words, with a document where there is one
CalendarYear ◄── CalendarDay   a year's days off, loaded from a file in place of the one that ships with us

    drafted ─► sent ─► acknowledged ─► extended      each of the three ─► an outcome, or withdrawn
    answered · partly_answered · refused · not_held  another answer may come after any of them

That an answer is late, or hasn't come, follows from days and is stored nowhere.  No row leads to a note, a verdict or a
status (rule 4): an answer is evidence, and people decide what it shows.  People are numbers here, as everywhere.
"""

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from thuchu.desk.claims.models import Area, Claim, Event
from thuchu.desk.evidence.models import Quote
from thuchu.desk.inquiries.working_days import BASES, KINDS, UNITS
from thuchu.desk.reviews.models import Organisation

DRAFTED, SENT, ACKNOWLEDGED, EXTENDED = "drafted", "sent", "acknowledged", "extended"
ANSWERED, PARTLY_ANSWERED, REFUSED, NOT_HELD = "answered", "partly_answered", "refused", "not_held"
WITHDRAWN = "withdrawn"
WAITING = (SENT, ACKNOWLEDGED, EXTENDED)
OUTCOMES = (ANSWERED, PARTLY_ANSWERED, REFUSED, NOT_HELD)
STATES = (DRAFTED, *WAITING, *OUTCOMES, WITHDRAWN)
STEPS = frozenset(
    {(DRAFTED, SENT), (SENT, ACKNOWLEDGED), (SENT, EXTENDED), (ACKNOWLEDGED, EXTENDED)}
    | {(before, WITHDRAWN) for before in WAITING}
    | {(before, after) for before in (*WAITING, *OUTCOMES) for after in OUTCOMES if before != after}
)
# What a step may be; an answer's outcome stands at the answer.
STEP_KINDS = (SENT, ACKNOWLEDGED, EXTENDED, ANSWERED, WITHDRAWN)

LETTER, FORM, MAIL, IN_PERSON = "letter", "form", "mail", "in_person"
HOWS = (LETTER, FORM, MAIL, IN_PERSON)

# By which rule the day is reckoned: so many days of the desk's own choice, or the Law on Access to Information
# 104/2016/QH13, article 31: what is simple and at hand, and everything else.
BY_DESK, LAW_AT_HAND, LAW = "desk", "law_at_hand", "law"
RULES = (BY_DESK, LAW_AT_HAND, LAW)

QUESTION_CHARS_MAX = 4_000
OFFICE_CHARS_MAX = 120
# A page of somebody's letter, several times.
QUOTED_CHARS_MAX = 20_000
WORDS_CHARS_MAX = 1_000
LANGUAGE_CHARS_MAX = 12
NAME_CHARS_MAX = 120


def _one_of(values: Sequence[str]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Inquiry(models.Model):
    """One question to one organisation.

    office_role  which of its offices: never a person
    question     may change until it is sent; "" once a private matter was erased
    due_on       as it stands now; how it came about stands at its steps
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    office_role = models.CharField(max_length=OFFICE_CHARS_MAX, default="")
    question = models.TextField()
    language = models.CharField(max_length=LANGUAGE_CHARS_MAX, default="")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="+")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=15, choices=_one_of(STATES), default=DRAFTED)
    drafted_by = models.BigIntegerField()
    drafted_at = models.DateTimeField()
    how = models.CharField(max_length=9, choices=_one_of(HOWS), default="")
    sent_on = models.DateField(null=True, db_index=True)
    due_on = models.DateField(null=True)
    due_rule = models.CharField(max_length=11, choices=_one_of(RULES), default="")
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="inquiry_state_is_known"),
            models.CheckConstraint(
                condition=~Q(question="", erased_at__isnull=True), name="inquiry_asks_something_or_was_erased"
            ),
            models.CheckConstraint(
                condition=Q(state=DRAFTED, how="", sent_on__isnull=True, due_on__isnull=True, due_rule="")
                | ~Q(state=DRAFTED)
                & Q(how__in=HOWS, due_rule__in=RULES, sent_on__isnull=False, due_on__gt=F("sent_on")),
                name="sent_inquiry_is_due",
            ),
        )
        indexes: ClassVar = (models.Index(fields=["state", "due_on"], name="inquiries_by_state"),)

    def __str__(self) -> str:
        return f"inquiry {self.pk} {self.state}"


class InquiryClaim(models.Model):
    """A claim that a question was asked for."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="claims")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = (models.UniqueConstraint(fields=("inquiry", "claim"), name="a_claim_once_an_inquiry"),)

    def __str__(self) -> str:
        return f"claim {self.claim_id} of inquiry {self.inquiry_id}"


class InquiryStep(models.Model):
    """What happened on a day, and who wrote it down.

    due_on, days, unit  of a step that says by when: `days` in `unit` from the day `counted_from`
    counted             every day of that count, as it was counted then: [day, number, why, Vietnamese, English]
    words               why a question was withdrawn, or how the organisation said that it takes longer
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=12, choices=_one_of(STEP_KINDS))
    happened_on = models.DateField()
    by = models.BigIntegerField()
    at = models.DateTimeField()
    due_on = models.DateField(null=True)
    counted_from = models.DateField(null=True)
    days = models.PositiveSmallIntegerField(null=True)
    unit = models.CharField(max_length=8, choices=_one_of(UNITS), default="")
    counted = models.JSONField(default=list)
    words = models.TextField(default="")

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(kind__in=STEP_KINDS), name="inquiry_step_is_known"),
            models.CheckConstraint(
                condition=Q(kind__in=(SENT, EXTENDED), unit__in=UNITS, days__gte=1, due_on__gt=F("counted_from"))
                | ~Q(kind__in=(SENT, EXTENDED))
                & Q(due_on__isnull=True, counted_from__isnull=True, days__isnull=True, unit=""),
                name="only_two_steps_say_by_when",
            ),
            # The one extension that the law knows, and that a desk grants.
            models.UniqueConstraint(
                fields=("inquiry", "kind"),
                condition=Q(kind__in=(SENT, ACKNOWLEDGED, EXTENDED, WITHDRAWN)),
                name="most_steps_are_taken_once",
            ),
        )

    def __str__(self) -> str:
        return f"inquiry {self.inquiry_id} {self.kind} on {self.happened_on}"


class InquiryAnswer(models.Model):
    """What an organisation answered, in its own words: scrubbed, and otherwise as they came.

    document     evidence that shows it; None for words that stand nowhere
    dated        the day on the answer itself
    signed_as    the office that signed, never a person; "" where none did
    """

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=15, choices=_one_of(OUTCOMES))
    quoted = models.TextField()
    language = models.CharField(max_length=LANGUAGE_CHARS_MAX, default="")
    document = models.ForeignKey(Quote, on_delete=models.PROTECT, null=True, related_name="+")
    dated = models.DateField(null=True)
    signed_as = models.CharField(max_length=OFFICE_CHARS_MAX, default="")
    received_on = models.DateField()
    by = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="inquiry_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(dated__isnull=True) | Q(dated__lte=F("received_on")), name="answer_comes_after_it_was_dated"
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.pk} to inquiry {self.inquiry_id}: {self.outcome}"


class CalendarYear(models.Model):
    """A year whose days off this desk loaded itself."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    loaded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.year}"


class CalendarDay(models.Model):
    """A day off that is no weekend, or a weekend's day on which offices work."""

    year = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="days")
    day = models.DateField(unique=True)
    kind = models.CharField(max_length=15, choices=_one_of(KINDS))
    basis = models.CharField(max_length=8, choices=_one_of(BASES))
    name_vi = models.CharField(max_length=NAME_CHARS_MAX)
    name_en = models.CharField(max_length=NAME_CHARS_MAX)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(kind__in=KINDS) & Q(basis__in=BASES), name="calendar_day_is_known"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"

"""Rows of facts: what an official source says in one field of an event, for one area or for all of it; and its steps.

pinned ──another person──► confirmed ──► replaced     another fact of the same field and area was confirmed
   │                           │   └───► archived     its event is over
   └────────► taken_down ◄─────┘

What a fact says never changes: another value is another row.  Only when it was last looked at moves.
People are numbers here, as everywhere.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from thuchu.desk.claims.models import Area, Event
from thuchu.desk.evidence.models import Quote

PINNED, CONFIRMED, REPLACED, TAKEN_DOWN, ARCHIVED = "pinned", "confirmed", "replaced", "taken_down", "archived"
STATES = (PINNED, CONFIRMED, REPLACED, TAKEN_DOWN, ARCHIVED)
STEPS = frozenset(
    {(PINNED, CONFIRMED), (PINNED, TAKEN_DOWN)} | {(CONFIRMED, ended) for ended in (REPLACED, TAKEN_DOWN, ARCHIVED)}
)

FIELD_CHARS_MAX = 32
# Some sentences; what needs more is a page to link to.
VALUE_CHARS_MAX = 1_000
STEP_CHARS_MAX = 32


class PinnedFact(models.Model):
    """What an official source says in one field of an event.

    area           null for all of the event
    evidence       the captured sentence that says so
    next_check_at  past it the fact is shown as not looked at again, and answers nobody
    change         orders what askers have yet to be told
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="facts")
    field = models.CharField(max_length=FIELD_CHARS_MAX)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    value_vi = models.TextField()
    value_en = models.TextField(default="")
    evidence = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    checked_at = models.DateTimeField()
    next_check_at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=10, choices=[(each, each) for each in STATES], default=PINNED)
    pinned_by = models.BigIntegerField()
    pinned_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    # Of what another fact took the place of.
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    ended_at = models.DateTimeField(null=True)
    change = models.PositiveBigIntegerField(unique=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="fact_state_is_known"),
            models.CheckConstraint(condition=~Q(field="") & ~Q(value_vi=""), name="fact_says_something"),
            models.CheckConstraint(condition=Q(valid_until__gt=F("valid_from")), name="fact_holds_for_a_while"),
            models.CheckConstraint(condition=Q(next_check_at__gt=F("checked_at")), name="fact_is_looked_at_again"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("pinned_by")),
                name="fact_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="fact_confirmed_has_its_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(CONFIRMED, REPLACED, ARCHIVED)) | Q(confirmed_by__isnull=False),
                name="only_two_people_make_a_fact",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(PINNED, CONFIRMED), ended_at__isnull=True)
                | Q(state__in=(REPLACED, TAKEN_DOWN, ARCHIVED), ended_at__isnull=False),
                name="only_ended_facts_have_an_end",
            ),
            models.UniqueConstraint(
                fields=("event", "field", "area"),
                condition=Q(state=CONFIRMED, area__isnull=False),
                name="one_fact_a_field_and_area",
            ),
            models.UniqueConstraint(
                fields=("event", "field"), condition=Q(state=CONFIRMED, area__isnull=True), name="one_fact_a_field"
            ),
        )
        indexes: ClassVar = (models.Index(fields=["event", "state"], name="facts_of_an_event"),)

    def __str__(self) -> str:
        return f"fact {self.pk} {self.field} of event {self.event_id}, {self.state}"


class EventStep(models.Model):
    """When one step of an event is: a code of its template, and a moment that a coordinator copied."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="steps")
    code = models.CharField(max_length=STEP_CHARS_MAX)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("event", "code"), name="a_step_once_an_event"),
            models.CheckConstraint(condition=~Q(code=""), name="step_has_a_code"),
        )

    def __str__(self) -> str:
        return f"event {self.event_id}: {self.code}"

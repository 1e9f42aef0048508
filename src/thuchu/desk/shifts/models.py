"""Rows of shifts: a time that people are wanted for, and who said yes to it.

Shift ◄── Duty   who: goes with the account, when it is given back, and two weeks after the event

People are numbers here (`person`): the ids of pseudonyms, which another room keeps.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from thuchu.desk.claims.models import Event

# More people at once than a whole commune's circle is a meeting.
WANTED_MAX = 20


class Shift(models.Model):
    """From when until when people are wanted; `covered` how many had said yes, once who they were is erased."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="shifts")
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    wanted = models.PositiveSmallIntegerField()
    covered = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="shift_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(wanted__gte=1, wanted__lte=WANTED_MAX), name="shift_wants_some_people"),
            models.CheckConstraint(
                condition=Q(covered__isnull=True) | Q(covered__lte=F("wanted")), name="shift_is_covered_once"
            ),
        )
        indexes: ClassVar = (models.Index(fields=["event", "starts"], name="shifts_of_an_event"),)

    def __str__(self) -> str:
        return f"shift {self.pk} of event {self.event_id}"


class Duty(models.Model):
    """Somebody's place in a shift; `offered` to whoever takes it instead. It says nothing of what they did there."""

    shift = models.ForeignKey(Shift, on_delete=models.CASCADE, related_name="duties")
    person = models.BigIntegerField(db_index=True)
    offered = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = (models.UniqueConstraint(fields=("shift", "person"), name="one_place_a_shift"),)

    def __str__(self) -> str:
        return f"a place in shift {self.shift_id}"

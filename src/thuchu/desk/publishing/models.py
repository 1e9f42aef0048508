"""Rows of publishing: rounds, and what they said of notes.  The ledger says the same; these are there to be asked fast.

Round ◄── Standing   what the last round says of a note
      ◄── Change     what each round changed: a note's history
      ◄── Plot ◄── PlotPart   how a note's ratings lie over the axis, as of the round that last moved it
Note  ◄── Recheck    when what is published of it is due to be looked at again
      ◄── Report     what somebody says is wrong with it, or with an imported fact-check
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from thuchu.desk.notes.models import Note
from thuchu.rounds.plots import PEOPLE_A_PART_MIN

STATUSES = ("helpful", "not_helpful", "needs_more_ratings")
# A change to "none": the note was withdrawn, or edited and not rated since.
SAID = (*STATUSES, "none")
# What became of a report.  None of them is a status, and none changes one.
NOTE_EDITED, NOTE_WRITTEN, NOTE_WITHDRAWN, WITHHELD = "note_edited", "note_written", "note_withdrawn", "withheld"
WITHDRAWN, PUBLISHERS_MATTER, NOTHING_WRONG = "withdrawn", "publishers_matter", "nothing_wrong"
OUTCOMES_OF_NOTES = (NOTE_EDITED, NOTE_WRITTEN, NOTE_WITHDRAWN, WITHHELD, NOTHING_WRONG)
OUTCOMES_OF_IMPORTED = (WITHDRAWN, PUBLISHERS_MATTER, NOTHING_WRONG)
OUTCOMES = (*OUTCOMES_OF_NOTES, WITHDRAWN, PUBLISHERS_MATTER)
OUTCOME_CHARS_MAX = 18
STATUS_CHARS_MAX = 18
RULE_CHARS_MAX = 40


class Round(models.Model):
    """One canonical computation of all statuses from entries up to `up_to`.

    batch  number of the last batch of ratings it counts; the same as before in a confirming round
    digest  SHA-256 over all statuses, as `rounds.digest_of`
    """

    number = models.PositiveIntegerField(primary_key=True)
    up_to = models.PositiveBigIntegerField()
    held_at = models.DateTimeField()
    batch = models.PositiveIntegerField()
    params = models.CharField(max_length=40)
    n_ratings = models.PositiveBigIntegerField()
    n_raters = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"round {self.number}"


class Standing(models.Model):
    """A note's status as of the last round; notes that nobody has rated have no row.

    since   the round that gave this version this status
    agreed  helpful in two rounds at least half an hour apart, and in all between: what may be published
    """

    note = models.OneToOneField(Note, on_delete=models.CASCADE, primary_key=True, related_name="standing")
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=STATUS_CHARS_MAX, choices=[(status, status) for status in STATUSES])
    rule = models.CharField(max_length=RULE_CHARS_MAX)
    since = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(status__in=STATUSES), name="standing_status_is_known"),
            models.CheckConstraint(
                condition=Q(agreed=False) | Q(status="helpful"), name="only_helpful_notes_are_agreed"
            ),
        )
        indexes: ClassVar = (models.Index(fields=["status", "agreed"], name="standings_by_status"),)

    def __str__(self) -> str:
        return f"note {self.note_id} {self.status}"


class Change(models.Model):
    """What one round changed about one note; "none" when it says nothing of it any more."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=STATUS_CHARS_MAX, choices=[(status, status) for status in SAID])
    rule = models.CharField(max_length=RULE_CHARS_MAX)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(status__in=SAID), name="change_status_is_known"),
            models.UniqueConstraint(fields=("note", "round"), name="one_change_a_note_and_round"),
        )

    def __str__(self) -> str:
        return f"note {self.note_id} {self.status} in round {self.round_id}"


class Plot(models.Model):
    """How a version's ratings lie over the axis, as of the round that moved it last; earlier ones aren't kept."""

    note = models.OneToOneField(Note, on_delete=models.CASCADE, primary_key=True, related_name="plot")
    version = models.PositiveSmallIntegerField()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"plot of note {self.note_id} as of round {self.round_id}"


class PlotPart(models.Model):
    """So many fifths of the axis, and how many people there rated which way: five at least, never who (rule 7)."""

    plot = models.ForeignKey(Plot, on_delete=models.CASCADE, related_name="parts")
    place = models.PositiveSmallIntegerField()
    fifths = models.PositiveSmallIntegerField()
    helpful = models.PositiveIntegerField()
    somewhat_helpful = models.PositiveIntegerField()
    not_helpful = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=Q(helpful__gte=PEOPLE_A_PART_MIN - F("somewhat_helpful") - F("not_helpful")),
                name="a_part_of_a_plot_has_five_people",
            ),
            models.UniqueConstraint(fields=("plot", "place"), name="one_part_a_plot_and_place"),
        )

    def __str__(self) -> str:
        return f"part {self.place} of the plot of note {self.plot_id}"


class Recheck(models.Model):
    """When a published note was last checked and is due to be looked at again; `days` as the table said."""

    note = models.OneToOneField(Note, on_delete=models.CASCADE, primary_key=True, related_name="+")
    version = models.PositiveSmallIntegerField()
    days = models.PositiveSmallIntegerField()
    checked_on = models.DateField()
    due_on = models.DateField(db_index=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(due_on__gt=F("checked_on")), name="a_check_is_due_after_it_was_made"),
        )

    def __str__(self) -> str:
        return f"note {self.note_id} due on {self.due_on}"


class Report(models.Model):
    """Somebody says that something is wrong with a note, or with an imported fact-check; nobody knows who (rule 2).

    version     of the note, when it came
    words       scrubbed; "" once erased
    outcome     proposed by `answered_by`, and in effect once `confirmed_by` is somebody else
    """

    note = models.ForeignKey(Note, on_delete=models.CASCADE, null=True, related_name="+")
    version = models.PositiveSmallIntegerField(default=0)
    fact_check = models.CharField(max_length=16, default="", db_index=True)
    words = models.TextField(default="")
    address = models.TextField(default="")
    received_on = models.DateField()
    due_on = models.DateField(db_index=True)
    outcome = models.CharField(max_length=OUTCOME_CHARS_MAX, choices=[(each, each) for each in OUTCOMES], default="")
    answer = models.TextField(default="")
    answered_by = models.BigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)
    confirmed_by = models.BigIntegerField(null=True)
    closed_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=Q(note__isnull=True) & ~Q(fact_check="") | Q(note__isnull=False, fact_check=""),
                name="report_is_about_one_thing",
            ),
            models.CheckConstraint(condition=Q(outcome__in=("", *OUTCOMES)), name="report_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(outcome="", answer="", answered_by__isnull=True, answered_at__isnull=True)
                | ~Q(outcome="") & ~Q(answer="") & Q(answered_by__isnull=False, answered_at__isnull=False),
                name="report_answer_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, closed_at__isnull=True)
                | Q(confirmed_by__isnull=False, closed_at__isnull=False, answered_by__isnull=False)
                & ~Q(confirmed_by=F("answered_by")),
                name="report_is_closed_by_two_people",
            ),
        )

    def __str__(self) -> str:
        return f"report {self.pk}"

"""Rows of publishing: rounds, and what they said of notes.  The ledger says the same; these are there to be asked fast.

Round ◄── Standing   what the last round says of a note
      ◄── Change     what each round changed: a note's history
      ◄── Plot ◄── PlotPart   how a note's ratings lie over the axis, as of the round that last moved it
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from thuchu.desk.notes.models import Note
from thuchu.rounds.plots import PEOPLE_A_PART_MIN

STATUSES = ("helpful", "not_helpful", "needs_more_ratings")
# A change to "none": the note was withdrawn, or edited and not rated since.
SAID = (*STATUSES, "none")
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

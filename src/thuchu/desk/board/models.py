"""Rows of the board: one a day that is over, counted once; what is erased later doesn't change it."""

from django.db import models


class Day(models.Model):
    """A day in Viet Nam.

    asked    questions that came and were kept
    opened   claims that they opened
    waiting  claims that waited when the day was over; None where it was counted too late to tell
    waits    whole hours from a claim's first question to its first agreed answer -> how many claims
    batches  how many people rated since the last time, as a range's lowest number -> how often ratings were entered
    """

    day = models.DateField(primary_key=True)
    asked = models.PositiveIntegerField()
    opened = models.PositiveIntegerField()
    waiting = models.PositiveIntegerField(null=True)
    waits = models.JSONField(default=dict)
    batches = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.day}"

"""Rows of digests: one a week that is over, made once; what happens later doesn't change which things it names."""

from django.db import models


class Week(models.Model):
    """A week in Viet Nam, by its Monday; each list holds numbers or names, never words.

    waiting      claims that waited longest when it was over
    unrated      notes that missed ratings
    due          names of fact-checks that were due to be looked at again
    agreed       names of fact-checks that were first agreed in it
    corrections  how many things changed or were taken back in it
    overdue      numbers of commitments
    unanswered   numbers of questions to organisations whose day was over
    review       the next review then; "" for none
    """

    monday = models.DateField(primary_key=True)
    made_at = models.DateTimeField()
    waiting = models.JSONField(default=list)
    unrated = models.JSONField(default=list)
    due = models.JSONField(default=list)
    agreed = models.JSONField(default=list)
    corrections = models.PositiveIntegerField(default=0)
    overdue = models.JSONField(default=list)
    unanswered = models.JSONField(default=list)
    review = models.CharField(max_length=80, default="")

    def __str__(self) -> str:
        return f"the week from {self.monday}"

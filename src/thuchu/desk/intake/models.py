"""Rows of intake: what was asked, already scrubbed, and what the asker said of our answer."""

from typing import ClassVar

from django.db import models


class Submission(models.Model):
    """One message given to the desk through one door at one time.

    The asker is known only by a private link; of its token the digest alone is kept, so that this table opens no page.
    """

    DOORS: ClassVar = [(d, d) for d in ("web", "api", "cli")]
    KINDS: ClassVar = [(k, k) for k in ("answer", "suggest", "none")]

    token_digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    language = models.CharField(max_length=12, default="")
    # None where it isn't in Vietnamese; kept, since a review counts it over every question of a quarter.
    typed_with_accents = models.BooleanField(null=True)
    page_language = models.CharField(max_length=2, default="vi")
    door = models.CharField(max_length=8, choices=DOORS)
    asked_at = models.DateTimeField()
    # What the asker was last told, and when: a later page can say what has changed since.
    told_at = models.DateTimeField(db_index=True)
    told_kind = models.CharField(max_length=8, choices=KINDS)
    tellings = models.JSONField(default=list)
    links = models.JSONField(default=list)
    # What was said at once: its kind, and the first fact-check of it; a review counts a quarter's questions by them.
    first_kind = models.CharField(max_length=8, choices=KINDS)
    first_told = models.CharField(max_length=16, default="")

    class Meta:
        indexes = (models.Index(fields=["asked_at", "door"], name="questions_by_their_time"),)
        constraints = (models.CheckConstraint(condition=~models.Q(text=""), name="submission_is_not_empty"),)

    def __str__(self) -> str:
        return f"submission {self.pk}"


class FirstQuestion(models.Model):
    """The one row that says when this desk was first asked anything; it outlives the question (rule 5)."""

    asked_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="one_first_question"),)

    def __str__(self) -> str:
        return f"first asked {self.asked_at:%Y-%m-%d}"


class Feedback(models.Model):
    """What an asker said of one fact-check: it is (or isn't) about my message; this check is wrong."""

    SAYS: ClassVar = [(s, s) for s in ("is_it", "is_not_it", "is_wrong")]

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="feedback")
    fact_check = models.CharField(max_length=16)
    says = models.CharField(max_length=12, choices=SAYS)
    said_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("submission", "fact_check", "says"), name="said_once_a_fact_check"),
        )

    def __str__(self) -> str:
        return f"{self.submission_id} {self.says} {self.fact_check}"

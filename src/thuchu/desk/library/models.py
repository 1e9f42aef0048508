"""Rows of the library: publishers and their hosts, fact-checks and what they said before, link lists."""

from typing import ClassVar

from django.db import models


class Publisher(models.Model):
    """Who published imported fact-checks or a link list."""

    name = models.CharField(max_length=200, unique=True)
    # The name without case, not without accents: “Tiền Phong” and “Tiên Phong” are two.
    name_key = models.CharField(max_length=200, unique=True)
    admitted_at = models.DateTimeField(null=True)
    admitted_reason = models.TextField(default="")
    # Counts the changes of its link list over all publishers, so that a server process knows when to read them again.
    list_change = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class PublisherHost(models.Model):
    """One host on a publisher's public list. Records there may be answered only once it is admitted (rule 5)."""

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="hosts")
    host = models.CharField(max_length=253, unique=True)
    added_at = models.DateTimeField()
    admitted_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.host


class FactCheck(models.Model):
    """A published answer. `public_id` is its permanent name; `change` orders what the index has yet to see.

    note      number of the note on this desk that was agreed, and its version; None for what was imported
    disputed  agreed notes on the same claim say otherwise: shown with them, never answered
    twists    of a prebunk, written before anybody asked: how it is usually told wrong; it answers nobody (rule 8)
    url            of what was agreed here, where it was at first: `rows.url_of` says where it is
    date_modified  its publisher's own word; when something changed about what was agreed here, `updated_at` says
    """

    CURRENT, WITHDRAWN, NO_LONGER_AGREED = "current", "withdrawn", "no_longer_agreed"
    STATES: ClassVar = [(state, state) for state in (CURRENT, WITHDRAWN, NO_LONGER_AGREED)]
    VERDICTS: ClassVar = [(v, v) for v in ("false", "misleading", "outdated", "unproven", "true")]

    public_id = models.CharField(max_length=16, unique=True)
    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="fact_checks")
    note = models.PositiveBigIntegerField(null=True, unique=True)
    note_version = models.PositiveSmallIntegerField(null=True)
    disputed = models.BooleanField(default=False)
    url = models.TextField()
    url_key = models.TextField(db_index=True)
    claim = models.TextField()
    claim_digest = models.CharField(max_length=64)
    title = models.TextField(default="")
    verdict_words = models.TextField(default="")
    verdict = models.CharField(max_length=12, choices=VERDICTS, null=True)
    explanation = models.TextField(default="")
    language = models.CharField(max_length=12, default="", db_index=True)
    date_published = models.DateField(null=True, db_index=True)
    date_modified = models.DateField(null=True)
    appearances = models.JSONField(default=list)
    citations = models.JSONField(default=list)
    twists = models.JSONField(default=list)
    licence = models.TextField(default="")
    content_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=STATES, default=CURRENT)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(default="")
    # Who took it back: the publisher through its feed may bring it again; what the desk withdrew stays withdrawn.
    withdrawn_by = models.CharField(
        max_length=10, choices=[("feed", "feed"), ("desk", "desk"), ("", "nobody")], default=""
    )
    imported_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    change = models.PositiveBigIntegerField(unique=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("url_key", "claim_digest"), name="one_row_a_claim_and_address"),
            models.CheckConstraint(
                condition=models.Q(state__in=["current", "withdrawn", "no_longer_agreed"]), name="known_state"
            ),
            # What is agreed on this desk is nobody's to withdraw, and what was imported was never agreed here.
            models.CheckConstraint(
                condition=models.Q(note__isnull=True) & ~models.Q(state="no_longer_agreed") & models.Q(disputed=False)
                | models.Q(note__isnull=False) & ~models.Q(state="withdrawn") & models.Q(verdict__isnull=False),
                name="only_agreed_notes_lose_agreement",
            ),
            models.CheckConstraint(
                condition=models.Q(verdict__isnull=True)
                | models.Q(verdict__in=["false", "misleading", "outdated", "unproven", "true"]),
                name="known_verdict",
            ),
            models.CheckConstraint(condition=~models.Q(claim=""), name="claim_is_not_empty"),
        )
        indexes = (
            models.Index(fields=["state", "-date_published", "-id"], name="newest_current"),
            models.Index(fields=["state", "verdict", "-date_published", "-id"], name="newest_by_verdict"),
            models.Index(fields=["publisher", "-date_published", "-id"], name="newest_by_publisher"),
        )

    def __str__(self) -> str:
        return f"{self.public_id} {self.claim[:60]}"


class PastVersion(models.Model):
    """What a fact-check said until it was replaced: pages keep their history (rule 9)."""

    fact_check = models.ForeignKey(FactCheck, on_delete=models.CASCADE, related_name="past_versions")
    until = models.DateTimeField()
    claim = models.TextField()
    title = models.TextField(default="")
    verdict = models.CharField(max_length=12, null=True)
    verdict_words = models.TextField(default="")
    explanation = models.TextField(default="")

    def __str__(self) -> str:
        return f"{self.fact_check_id} until {self.until:%Y-%m-%d}"


class ListedHost(models.Model):
    """One line of a publisher's link list; with a path or query, only that page is meant."""

    publisher = models.ForeignKey(Publisher, on_delete=models.PROTECT, related_name="listed_hosts")
    host = models.CharField(max_length=253)
    path = models.TextField(default="")
    query = models.TextField(default="")
    since = models.DateField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("publisher", "host", "path", "query"), name="one_line_a_publisher_and_page"
            ),
        )

    def __str__(self) -> str:
        return f"{self.host}{self.path}"

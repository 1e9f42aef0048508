"""Rows of notes. A note's words stand in versions, which are never written over; ratings stand in two tables.

Note ◄── Version ◄── FurtherEvidence        Version.rests_on: the first piece of evidence, without which no row is
 ▲  ▲
 │  └── Rating        what a person says now: private, under a rater number, until a batch takes it
 └───── Entered       what the ledger says of it since the last batch: public; Tally counts it

current ──its author──► withdrawn
"""

import secrets
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from thuchu.desk.accounts.models import Pseudonym
from thuchu.desk.claims.models import Claim
from thuchu.desk.evidence.models import Quote
from thuchu.desk.notes.reasons import Helpfulness

CURRENT, WITHDRAWN = "current", "withdrawn"
NOTE_STATES = (CURRENT, WITHDRAWN)
VERDICTS = ("false", "misleading", "outdated", "unproven", "true")

# Fewer words explain nothing; more than 600 nobody reads on a phone.
WORDS_MIN, WORDS_MAX = 10, 600
# Each version makes raters begin anew; who needs more of them withdraws the note and writes another one.
VERSIONS_MAX = 20
# All reasons of both kinds with a space between them.
REASONS_CHARS_MAX = 600
# SHA-256 in hexadecimal.
DIGEST_CHARS = 64

LEVELS = tuple(level.value for level in Helpfulness)


def random_number() -> int:
    """A positive number of at most 63 bits that tells nothing of when its row came."""
    return secrets.randbelow(2**63 - 1) + 1


class Note(models.Model):
    """One contributor's answer to a claim. Its number is public and is never given to another one.

    versions  how many there are, so the number of the one that stands
    raters    how many people rated that version, as of the last batch; 0 again with every new version
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Pseudonym, on_delete=models.PROTECT, related_name="notes")
    state = models.CharField(max_length=9, choices=[(s, s) for s in NOTE_STATES], default=CURRENT)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="copies")
    ai_drafted = models.BooleanField(default=False)
    versions = models.PositiveSmallIntegerField(default=1)
    raters = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField(db_index=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=NOTE_STATES), name="note_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=CURRENT, withdrawn_at__isnull=True) | Q(state=WITHDRAWN, withdrawn_at__isnull=False),
                name="only_withdrawn_notes_have_an_end",
            ),
            models.CheckConstraint(
                condition=Q(versions__gte=1, versions__lte=VERSIONS_MAX), name="note_has_some_versions"
            ),
            models.CheckConstraint(condition=~Q(copied_from=F("id")), name="no_note_is_its_own_copy"),
            models.UniqueConstraint(
                fields=("claim", "author"), condition=Q(state=CURRENT), name="one_current_note_a_claim_and_author"
            ),
        )
        indexes: ClassVar = (
            models.Index(fields=["raters", "id"], condition=Q(state=CURRENT), name="notes_to_rate"),
            models.Index(fields=["author", "-id"], name="notes_of_an_author"),
            models.Index(fields=["ai_drafted", "claim"], condition=Q(state=CURRENT), name="notes_by_lane"),
        )

    def __str__(self) -> str:
        return f"note {self.pk} {self.state}"


class Version(models.Model):
    """A note's words at one time. Rule 3 stands in the column `rests_on`: without evidence there is no row."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10, choices=[(v, v) for v in VERDICTS])
    text = models.TextField()
    n_words = models.PositiveSmallIntegerField()
    rests_on = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(verdict__in=VERDICTS), name="verdict_is_one_of_five"),
            models.CheckConstraint(condition=~Q(text=""), name="version_has_words"),
            models.CheckConstraint(
                condition=Q(n_words__gte=WORDS_MIN, n_words__lte=WORDS_MAX), name="version_has_10_to_600_words"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="versions_count_from_one"),
            models.UniqueConstraint(fields=("note", "number"), name="a_version_once_a_note"),
        )

    def __str__(self) -> str:
        return f"note {self.note_id}, version {self.number}"


class FurtherEvidence(models.Model):
    """What a version rests on besides the first piece; positions count from 2."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="further")
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(position__gte=2), name="further_evidence_counts_from_two"),
            models.UniqueConstraint(fields=("version", "position"), name="one_evidence_a_position"),
            models.UniqueConstraint(fields=("version", "quote"), name="an_evidence_once_a_version"),
        )

    def __str__(self) -> str:
        return f"version {self.version_id}, evidence {self.position}"


def _is_said() -> Q:
    return Q(helpfulness__in=LEVELS) & ~Q(reasons="")


class Rating(models.Model):
    """What the holder of a rater number says of a note now. Private; no name, no account, no hour (rule 7).

    id         random: the order of rows tells nothing of who rated first
    version    the one that was rated
    rated_on   the day alone: an hour beside the hour of a note would tie a rater number to a name
    retracted  it stood in a batch, and goes with the next one
    pending    differs from what the ledger says
    """

    id = models.BigIntegerField(primary_key=True, default=random_number)
    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="+")
    rater_number = models.BigIntegerField()
    version = models.PositiveSmallIntegerField()
    helpfulness = models.CharField(max_length=16, choices=[(level, level) for level in LEVELS], default="")
    reasons = models.CharField(max_length=REASONS_CHARS_MAX, default="")
    rated_on = models.DateField()
    retracted = models.BooleanField(default=False)
    pending = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=Q(retracted=False) & _is_said() | Q(retracted=True, helpfulness="", reasons="", pending=True),
                name="rating_is_said_or_taken_back",
            ),
            models.CheckConstraint(condition=Q(rater_number__gte=1), name="rating_has_a_rater_number"),
            models.UniqueConstraint(fields=("note", "rater_number"), name="one_rating_a_note_and_rater"),
        )
        indexes: ClassVar = (
            models.Index(fields=["rater_number"], condition=Q(pending=True), name="ratings_for_the_next_batch"),
            models.Index(fields=["rater_number", "note"], name="ratings_of_a_number"),
        )

    def __str__(self) -> str:
        return f"a rating of note {self.note_id}"


class Batch(models.Model):
    """One taking of ratings into the ledger; `number` counts from 1. Publishing takes one a round, and nobody else."""

    number = models.PositiveIntegerField(primary_key=True)
    taken_at = models.DateTimeField()
    n_ratings = models.PositiveIntegerField()
    n_people = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"batch {self.number}"


class Entered(models.Model):
    """A rating as the ledger says it since `batch`: public, one row a note and rater number, retracted ones gone."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="+")
    rater_number = models.BigIntegerField()
    version = models.PositiveSmallIntegerField()
    helpfulness = models.CharField(max_length=16, choices=[(level, level) for level in LEVELS])
    reasons = models.CharField(max_length=REASONS_CHARS_MAX)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=_is_said(), name="entered_rating_says_something"),
            models.UniqueConstraint(fields=("note", "rater_number"), name="one_entered_a_note_and_rater"),
        )

    def __str__(self) -> str:
        return f"an entered rating of note {self.note_id}"


class Tally(models.Model):
    """What raters said of a note's version, counted when the last batch was taken; of an older version it says nothing.

    reasons  reason -> how many gave it
    """

    note = models.OneToOneField(Note, on_delete=models.CASCADE, primary_key=True, related_name="tally")
    version = models.PositiveSmallIntegerField()
    helpful = models.PositiveIntegerField(default=0)
    somewhat_helpful = models.PositiveIntegerField(default=0)
    not_helpful = models.PositiveIntegerField(default=0)
    reasons = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"tally of note {self.note_id}"

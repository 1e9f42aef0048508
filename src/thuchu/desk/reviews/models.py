"""Rows of reviews: which may exist; how one state follows another stands in `STEPS`.

Organisation   who may own a commitment, help, be asked, or sit at the table
Review ◄── Resolution    what it decided about the desk's own work: no row here leads to a note or a verdict (rule 4)

People are numbers here (`recorded_by`, `confirmed_by`): the ids of pseudonyms, which another room keeps.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from thuchu.desk.claims.models import Area, Event

QUARTERLY, EVENT, EXTRAORDINARY = "quarterly", "event", "extraordinary"
KINDS = (QUARTERLY, EVENT, EXTRAORDINARY)

PLANNED, OPEN, FROZEN, HELD, MINUTES_OUT, PUBLISHED = "planned", "open", "frozen", "held", "minutes_out", "published"
CANCELLED, NOT_QUORATE = "cancelled", "not_quorate"
STATES = (PLANNED, OPEN, FROZEN, HELD, MINUTES_OUT, PUBLISHED, CANCELLED, NOT_QUORATE)
# No way back: a mistake after `published` is an amendment.
STEPS = frozenset(
    {
        (PLANNED, OPEN),
        (OPEN, FROZEN),
        (FROZEN, HELD),
        (FROZEN, NOT_QUORATE),
        (HELD, MINUTES_OUT),
        (NOT_QUORATE, MINUTES_OUT),
        (MINUTES_OUT, PUBLISHED),
        (PLANNED, CANCELLED),
        (OPEN, CANCELLED),
        (FROZEN, CANCELLED),
    }
)

# How a resolution was reached.
CONSENT, SHOW_OF_HANDS, SECRET = "consent", "show_of_hands", "secret"
METHODS = (CONSENT, SHOW_OF_HANDS, SECRET)
ADOPTED, REJECTED = "adopted", "rejected"
OUTCOMES = (ADOPTED, REJECTED)

NAME_CHARS_MAX = 120
SLUG_CHARS_MAX = 40


def _one_of(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Organisation(models.Model):
    """An office, a school, a library, a newsroom: named in public, never a person."""

    name_vi = models.CharField(max_length=NAME_CHARS_MAX, unique=True)
    name_en = models.CharField(max_length=NAME_CHARS_MAX)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    # One that ended stays, since what it owned and answered stays.
    ended_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=~Q(name_vi="") & ~Q(name_en=""), name="organisation_has_its_names"),
        )

    def __str__(self) -> str:
        return f"organisation {self.pk}"


class Review(models.Model):
    """One meeting about one period of the desk's work; days are those of Viet Nam.

    period_start, period_end  half-open: the last is the first day after
    frozen_at, published_at   numbers of ledger entries
    area_tree                 SHA-256 of the areas that stood when its figures were frozen
    """

    slug = models.SlugField(max_length=SLUG_CHARS_MAX, unique=True)
    kind = models.CharField(max_length=13, choices=_one_of(KINDS))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="+")
    previous = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="following")
    state = models.CharField(max_length=11, choices=_one_of(STATES), default=PLANNED)
    period_start = models.DateField()
    period_end = models.DateField()
    opens_on = models.DateField()
    freezes_on = models.DateField()
    meeting_at = models.DateTimeField()
    minutes_due_on = models.DateField()
    final_on = models.DateField()
    place = models.CharField(max_length=200, default="")
    link = models.CharField(max_length=500, default="")
    frozen_at = models.PositiveBigIntegerField(null=True)
    published_at = models.PositiveBigIntegerField(null=True)
    area_tree = models.CharField(max_length=64, default="")
    # Why it was cancelled.
    reason = models.TextField(default="")

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="review_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="review_state_is_known"),
            models.CheckConstraint(condition=Q(period_end__gt=F("period_start")), name="review_is_of_some_time"),
            models.CheckConstraint(
                condition=Q(freezes_on__gte=F("opens_on"), minutes_due_on__gte=F("freezes_on"))
                & Q(final_on__gte=F("minutes_due_on")),
                name="review_days_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(kind=EVENT, event__isnull=False) | ~Q(kind=EVENT) & Q(event__isnull=True),
                name="only_event_reviews_have_an_event",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=True, state__in=(PLANNED, OPEN, CANCELLED))
                | Q(frozen_at__isnull=False) & ~Q(state__in=(PLANNED, OPEN)),
                name="review_figures_are_frozen_once",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) & ~Q(state=PUBLISHED)
                | Q(published_at__isnull=False, state=PUBLISHED),
                name="published_review_has_its_entry",
            ),
            models.CheckConstraint(
                condition=Q(state=CANCELLED) & ~Q(reason="") | ~Q(state=CANCELLED) & Q(reason=""),
                name="cancelled_review_says_why",
            ),
        )
        indexes: ClassVar = (models.Index(fields=["state", "meeting_at"], name="reviews_by_state"),)

    def __str__(self) -> str:
        return f"review {self.slug} {self.state}"


class Resolution(models.Model):
    """What a meeting decided, in words that stay; in force once the chair, another person, confirmed it.

    number  "01/2026-q1"
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="resolutions")
    number = models.CharField(max_length=3 + SLUG_CHARS_MAX, unique=True)
    text = models.TextField()
    method = models.CharField(max_length=13, choices=_one_of(METHODS))
    votes_for = models.PositiveIntegerField(null=True)
    votes_against = models.PositiveIntegerField(null=True)
    votes_abstaining = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=8, choices=_one_of(OUTCOMES))
    reasons_against = models.TextField(default="")
    takes_effect_on = models.DateField(null=True)
    supersedes = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.BigIntegerField()
    recorded_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=~Q(text=""), name="resolution_has_words"),
            models.CheckConstraint(condition=Q(method__in=METHODS), name="resolution_method_is_known"),
            models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="resolution_outcome_is_known"),
            models.CheckConstraint(
                condition=Q(
                    method=CONSENT, votes_for__isnull=True, votes_against__isnull=True, votes_abstaining__isnull=True
                )
                | ~Q(method=CONSENT)
                & Q(votes_for__isnull=False, votes_against__isnull=False, votes_abstaining__isnull=False),
                name="a_vote_has_its_counts",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("recorded_by")),
                name="two_people_record_a_resolution",
            ),
        )

    def __str__(self) -> str:
        return f"resolution {self.number}"

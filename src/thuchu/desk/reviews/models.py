"""Rows of reviews: which may exist; how one state follows another stands in `STEPS`.

Organisation   who may own a commitment, help, be asked, or sit at the table
Review ◄── AgendaItem ◄── AgendaLink    what is spoken of, and the claims, figures, commitments, inquiries it is about
       ◄── Participant   who was there, by role and organisation; a name only if its person wants one
       ◄── Snapshot ◄── SnapshotTable ──► Table    the figures as frozen, and the tables they are computed from
       ◄── Remark        a question on a figure, or an objection to the minutes, and its public answer
       ◄── Resolution    what it decided about the desk's own work: no row here leads to a note or a verdict (rule 4)
       ◄── Minutes, MinutesPart    what was said, item by item, in three phases
       ◄── Amendment     what is put right after publication, beside what it puts right
       ◄── Edition       papers made of it
       ◄── AuditedAnswer ◄── AuditJudgement    automatic answers that two people look at, until the figures are frozen

People are numbers here (`recorded_by`, `confirmed_by`): the ids of pseudonyms, which another room keeps.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from thuchu.desk.claims.models import Area, Event
from thuchu.desk.intake.models import Submission

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

# What an item of the agenda is; the desk's own three stand first.
FIGURES, CARRIED_OVER, INCIDENT = "figures", "carried_over", "incident"
RESOLVING, TRAINING, ABOUT_EVENT, OPEN_FLOOR = "resolution", "training", "event", "open_floor"
DESKS_ITEMS = (FIGURES, CARRIED_OVER, INCIDENT)
ITEM_KINDS = (*DESKS_ITEMS, RESOLVING, TRAINING, ABOUT_EVENT, OPEN_FLOOR)
PROPOSED, ACCEPTED, REFUSED = "proposed", "accepted", "refused"
ITEM_STATES = (PROPOSED, ACCEPTED, REFUSED)
# What an item may be about; never a person.
LINK_KINDS = ("claim", "figure", "commitment", "inquiry")
# Whose words these are: nobody is named.
THE_DESK, VISITOR, CONTRIBUTOR, COORDINATOR = "desk", "visitor", "contributor", "coordinator"
SPEAKERS = (THE_DESK, VISITOR, CONTRIBUTOR, COORDINATOR)

CHAIR, SECRETARY, PARTNER, OBSERVER, PUBLIC = "chair", "secretary", "partner", "observer", "public"
SEATS = (CHAIR, SECRETARY, CONTRIBUTOR, COORDINATOR, PARTNER, OBSERVER, PUBLIC)
PRESENT = "present"
PRESENCES = ("invited", PRESENT, "excused", "absent")
WAYS = ("room", "online", "written")

QUESTION, OBJECTION = "question", "objection"
REMARKS = (QUESTION, OBJECTION)
HELD_BACK, SHOWN = "held", "shown"
REMARK_STATES = (HELD_BACK, SHOWN, REFUSED)

DRAFT, OUT, FINAL = "draft", "out", "final"
PHASES = (DRAFT, OUT, FINAL)
# Was the answer about what was asked?
RIGHT, WRONG, CANT_TELL = "right", "wrong", "cant_tell"
JUDGEMENTS = (RIGHT, WRONG, CANT_TELL)
AMENDABLE = ("figure", "resolution", "minutes", "attendance")

NAME_CHARS_MAX = 120
# "CK-2026-017", "wait_median", a claim's number.
TARGET_CHARS_MAX = 60
DIGEST_CHARS = 64
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


class Cycle(models.Model):
    """An event that is reviewed at short intervals, as a coordinator said once; it ends with its closing review."""

    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="+")
    begun_on = models.DateField()
    begun_by = models.BigIntegerField()

    def __str__(self) -> str:
        return f"cycle of event {self.event_id}"


class Review(models.Model):
    """One meeting about one period of the desk's work; days are those of Viet Nam.

    period_start, period_end  half-open: the last is the first day after
    frozen_at, published_at   numbers of ledger entries
    area_tree                 SHA-256 of the areas that stood when its figures were frozen
    cycle, is_closing         of an event that is reviewed at short intervals; the last one looks at all of it
    """

    slug = models.SlugField(max_length=SLUG_CHARS_MAX, unique=True)
    kind = models.CharField(max_length=13, choices=_one_of(KINDS))
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, related_name="+")
    cycle = models.ForeignKey(Cycle, on_delete=models.PROTECT, null=True, related_name="reviews")
    is_closing = models.BooleanField(default=False)
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
    # Said when the meeting began, by the rows of who was there.
    quorate = models.BooleanField(null=True)
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
                condition=Q(cycle__isnull=True, is_closing=False) | Q(cycle__isnull=False, kind=EVENT),
                name="only_event_reviews_are_of_a_cycle",
            ),
            models.UniqueConstraint(fields=("cycle",), condition=Q(is_closing=True), name="one_closing_review_a_cycle"),
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

    @property
    def is_short(self) -> bool:
        """Is it one of the twenty minutes' reviews of an event? It resolves nothing."""
        return self.cycle_id is not None and not self.is_closing


class Resolution(models.Model):
    """What a meeting decided, in words that stay; in force once the chair, another person, confirmed it.

    number  "01/2026-q1"
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="resolutions")
    item = models.ForeignKey("AgendaItem", on_delete=models.PROTECT, null=True, related_name="+")
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


class AgendaItem(models.Model):
    """One thing to speak of; the desk's own three have no title, since pages say what they are.

    position  from 1, among those that were accepted
    refusal   why it isn't spoken of, for everybody to read
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField(default=0)
    kind = models.CharField(max_length=12, choices=_one_of(ITEM_KINDS))
    title = models.CharField(max_length=200, default="")
    text = models.TextField(default="")
    minutes_planned = models.PositiveSmallIntegerField(default=0)
    proposed_by = models.CharField(max_length=11, choices=_one_of(SPEAKERS))
    proposed_on = models.DateField()
    state = models.CharField(max_length=8, choices=_one_of(ITEM_STATES), default=PROPOSED)
    refusal = models.TextField(default="")
    looked_at_by = models.BigIntegerField(null=True)
    is_closed = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(kind__in=ITEM_KINDS), name="agenda_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=ITEM_STATES), name="agenda_state_is_known"),
            models.CheckConstraint(condition=Q(proposed_by__in=SPEAKERS), name="agenda_speaker_is_a_role"),
            models.CheckConstraint(
                condition=Q(proposed_by=THE_DESK, kind__in=DESKS_ITEMS, title="")
                | ~Q(proposed_by=THE_DESK) & ~Q(title=""),
                name="agenda_item_has_its_words",
            ),
            models.CheckConstraint(
                condition=Q(state=REFUSED) & ~Q(refusal="") | ~Q(state=REFUSED) & Q(refusal=""),
                name="refused_agenda_item_says_why",
            ),
        )

    def __str__(self) -> str:
        return f"item {self.pk} of review {self.review_id}"


class AgendaLink(models.Model):
    """What an item is about, by number; there is no kind for a person."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="links")
    kind = models.CharField(max_length=10, choices=_one_of(LINK_KINDS))
    target = models.CharField(max_length=TARGET_CHARS_MAX)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(kind__in=LINK_KINDS) & ~Q(target=""), name="agenda_link_kind_is_known"),
            models.UniqueConstraint(fields=("item", "kind", "target"), name="one_link_an_item_and_target"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.target} of item {self.item_id}"


class Participant(models.Model):
    """Somebody at the table, by role; the public is one row with a number.

    name_shown  typed for this one review by who bears it; "" as they wish, at any time
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="participants")
    role = models.CharField(max_length=11, choices=_one_of(SEATS))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    name_shown = models.CharField(max_length=80, default="")
    presence = models.CharField(max_length=7, choices=_one_of(PRESENCES))
    way = models.CharField(max_length=7, choices=_one_of(WAYS))
    people = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(role__in=SEATS), name="seat_is_known"),
            models.CheckConstraint(condition=Q(presence__in=PRESENCES), name="presence_is_known"),
            models.CheckConstraint(condition=Q(way__in=WAYS), name="way_to_the_table_is_known"),
            models.CheckConstraint(
                condition=Q(role=PUBLIC, name_shown="", organisation__isnull=True) | ~Q(role=PUBLIC) & Q(people=1),
                name="the_public_is_one_number",
            ),
            models.UniqueConstraint(fields=("review",), condition=Q(role=PUBLIC), name="one_public_a_review"),
            models.UniqueConstraint(fields=("review",), condition=Q(role=CHAIR), name="one_chair_a_review"),
            models.UniqueConstraint(fields=("review",), condition=Q(role=SECRETARY), name="one_secretary_a_review"),
        )

    def __str__(self) -> str:
        return f"{self.role} at review {self.review_id}"


class Table(models.Model):
    """A base table as its canonical bytes, under their SHA-256; several reviews may rest on the same one."""

    sha256 = models.CharField(max_length=DIGEST_CHARS, primary_key=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"table {self.sha256[:12]}"


class Snapshot(models.Model):
    """Figures as of one entry of the ledger, as canonical JSON; the first of a review is the one that was frozen.

    number          1 for the frozen one; a corrected one stands beside it, with why
    ledger_number   the entry up to which facts count; `computed_at` is its time
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveSmallIntegerField()
    ledger_number = models.PositiveBigIntegerField()
    ledger_hash = models.CharField(max_length=DIGEST_CHARS)
    computed_at = models.DateTimeField()
    code = models.CharField(max_length=40)
    definitions = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=DIGEST_CHARS)
    content = models.BinaryField()
    why = models.TextField(default="")

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("review", "number"), name="one_snapshot_a_review_and_number"),
            models.CheckConstraint(
                condition=Q(number=1, why="") | Q(number__gt=1) & ~Q(why=""), name="corrected_figures_say_why"
            ),
        )

    def __str__(self) -> str:
        return f"snapshot {self.number} of review {self.review_id}"


class SnapshotTable(models.Model):
    """Which tables a snapshot rests on, by name."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="tables")
    key = models.CharField(max_length=TARGET_CHARS_MAX)
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("snapshot", "key"), name="one_table_a_snapshot_and_key"),
        )

    def __str__(self) -> str:
        return f"table {self.key} of snapshot {self.snapshot_id}"


class Remark(models.Model):
    """A question on a figure, or an objection to minutes: shown with its answer, or refused with a reason.

    figure  the key of the figure a question is about; "" of an objection
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="remarks")
    kind = models.CharField(max_length=9, choices=_one_of(REMARKS))
    figure = models.CharField(max_length=TARGET_CHARS_MAX, default="")
    text = models.TextField()
    said_by = models.CharField(max_length=11, choices=_one_of(SPEAKERS))
    said_on = models.DateField()
    state = models.CharField(max_length=7, choices=_one_of(REMARK_STATES), default=HELD_BACK)
    answer = models.TextField(default="")
    answered_by = models.BigIntegerField(null=True)
    answered_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(kind__in=REMARKS), name="remark_kind_is_known"),
            models.CheckConstraint(condition=~Q(text=""), name="remark_has_words"),
            models.CheckConstraint(
                condition=Q(kind=QUESTION) & ~Q(figure="") | Q(kind=OBJECTION, figure=""),
                name="questions_are_about_a_figure",
            ),
            models.CheckConstraint(
                condition=Q(state=HELD_BACK, answer="", answered_by__isnull=True, answered_on__isnull=True)
                | Q(state__in=(SHOWN, REFUSED), answered_by__isnull=False, answered_on__isnull=False) & ~Q(answer=""),
                name="a_remark_that_was_looked_at_has_its_answer",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Minutes(models.Model):
    """What a meeting's minutes are beside its parts; days are those of Viet Nam."""

    review = models.OneToOneField(Review, on_delete=models.PROTECT, primary_key=True, related_name="minutes")
    phase = models.CharField(max_length=5, choices=_one_of(PHASES), default=DRAFT)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    drafted_by = models.BigIntegerField()
    out_on = models.DateField(null=True)
    objections_until = models.DateField(null=True)
    final_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=Q(phase=DRAFT, out_on__isnull=True, objections_until__isnull=True, final_on__isnull=True)
                | Q(phase=OUT, out_on__isnull=False, objections_until__gt=F("out_on"), final_on__isnull=True)
                | Q(phase=FINAL, out_on__isnull=False, objections_until__gt=F("out_on"), final_on__isnull=False),
                name="minutes_have_the_days_of_their_phase",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(begun_at__isnull=False, ended_at__gt=F("begun_at")),
                name="a_meeting_ends_after_it_began",
            ),
        )

    def __str__(self) -> str:
        return f"minutes of review {self.review_id}, {self.phase}"


class MinutesPart(models.Model):
    """What was said to one item, as the secretary wrote it."""

    item = models.OneToOneField(AgendaItem, on_delete=models.PROTECT, primary_key=True, related_name="part")
    text = models.TextField(default="")

    def __str__(self) -> str:
        return f"minutes of item {self.item_id}"


class Amendment(models.Model):
    """What two coordinators put right after publication: the row it is about stays, and both are shown.

    subject  a figure's key, a resolution's number, an item's or a participant's number
    """

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="amendments")
    what = models.CharField(max_length=10, choices=_one_of(AMENDABLE))
    subject = models.CharField(max_length=TARGET_CHARS_MAX)
    before = models.TextField()
    after = models.TextField()
    why = models.TextField()
    resolved_in = models.ForeignKey(Resolution, on_delete=models.PROTECT, null=True, related_name="+")
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    entry = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(what__in=AMENDABLE), name="amendment_is_of_something_known"),
            models.CheckConstraint(
                condition=~Q(before="") & ~Q(after="") & ~Q(why="") & ~Q(before=F("after")),
                name="amendment_shows_before_and_after",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True, entry__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, entry__isnull=False)
                & ~Q(confirmed_by=F("proposed_by")),
                name="two_people_amend",
            ),
        )

    def __str__(self) -> str:
        return f"amendment {self.pk} of review {self.review_id}"


class Edition(models.Model):
    """A paper made of a review, by the SHA-256 of its bytes; an earlier one stays beside a later one."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="editions")
    document = models.CharField(max_length=20)
    format = models.CharField(max_length=5)
    language = models.CharField(max_length=2)
    template = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=DIGEST_CHARS)
    made_at = models.PositiveBigIntegerField()

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(
                fields=("review", "document", "format", "language", "sha256"), name="one_edition_a_paper_and_bytes"
            ),
        )

    def __str__(self) -> str:
        return f"{self.document}.{self.format} of review {self.review_id}"


class AuditedAnswer(models.Model):
    """An automatic answer that was picked for two people to look at; it goes with its question, and with the freeze."""

    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = (
            models.UniqueConstraint(fields=("review", "submission"), name="an_answer_is_picked_once_a_review"),
        )

    def __str__(self) -> str:
        return f"answer to submission {self.submission_id}"


class AuditJudgement(models.Model):
    """What one person said of it; who, so that the second one is another, and no longer than that matters."""

    answer = models.ForeignKey(AuditedAnswer, on_delete=models.CASCADE, related_name="judgements")
    judged_by = models.BigIntegerField()
    word = models.CharField(max_length=9, choices=_one_of(JUDGEMENTS))

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(word__in=JUDGEMENTS), name="audit_word_is_known"),
            models.UniqueConstraint(fields=("answer", "judged_by"), name="nobody_judges_an_answer_twice"),
        )

    def __str__(self) -> str:
        return f"{self.word} of answer {self.answer_id}"

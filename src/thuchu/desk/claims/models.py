"""Rows of claims: which may exist; how one state follows another stands in `STEPS`, and `guards` holds it.

           first rating            a note is agreed
open ───────────────► in_rating ◄──────────────────► answered
 │ ▲                    │ ▲        no longer agreed
 │ │  two people, and back by two people
 ▼ │                    ▼ │
merged, not_checkable  (each goes back only to where it came from: `state_before`)

People are numbers here (`by`, `person`): the ids of pseudonyms, which another room keeps.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from thuchu.desk.intake.models import Submission

OPEN, IN_RATING, ANSWERED, MERGED, NOT_CHECKABLE = "open", "in_rating", "answered", "merged", "not_checkable"
STATES = (OPEN, IN_RATING, ANSWERED, MERGED, NOT_CHECKABLE)
# Those somebody still waits for.
WAITING_STATES = (OPEN, IN_RATING)
CLOSED_STATES = (MERGED, NOT_CHECKABLE)
STEPS = frozenset(
    {
        (OPEN, IN_RATING),
        (IN_RATING, ANSWERED),
        (ANSWERED, IN_RATING),
        *((state, closed) for state in WAITING_STATES for closed in CLOSED_STATES),
        *((closed, state) for state in (*WAITING_STATES, ANSWERED) for closed in CLOSED_STATES),
    }
)

# Rule 1: these two and no others, ever; there is no list by kind of opinion.
NOT_A_FACT, PRIVATE = "not_a_fact", "private"
CLOSING_REASONS = (NOT_A_FACT, PRIVATE)
# Rule 4: what something may be withheld for.
COURT_ORDER, DOXXING, DANGER = "court_order", "doxxing", "danger"
WITHHOLDING_REASONS = (COURT_ORDER, DOXXING, DANGER)

MERGE, SPLIT, WITHHOLD = "merge", "split", "withhold"
PROPOSAL_KINDS = (MERGE, SPLIT, NOT_CHECKABLE, WITHHOLD)
PROPOSED, CONFIRMED, DECLINED, TAKEN_BACK, UNDONE = "proposed", "confirmed", "declined", "taken_back", "undone"
PROPOSAL_STATES = (PROPOSED, CONFIRMED, DECLINED, TAKEN_BACK, UNDONE)

# How a question came to its claim: it was the first, alone or with near ones offered; or which door was sure.
OPENED, OFFERED, EXACT_LINK, FORWARD, SIMILAR = "opened", "offered", "exact_link", "forward", "similar"
HOWS = (OPENED, OFFERED, EXACT_LINK, FORWARD, SIMILAR)

AREA_KINDS = ("country", "province", "commune")
ELECTION = "election"
EVENT_KINDS = (ELECTION, "storm", "flood", "outbreak", "disaster", "other")
# Rule 10: of an election there is how, when, where, and how votes are counted; nothing about who stands.
ELECTION_SUBJECTS = ("dates", "places", "procedure", "counting")
SOURCE_SUBJECTS = (*ELECTION_SUBJECTS, "warnings", "health", "help")

# What a prebunk may be about: a step of an event. Of an election again nothing but how, when, where and counting.
ELECTION_STEPS = ("lists", "dates", "places", "papers", "early", "ballot", "counting", "announcing")
PREBUNK_STEPS = (*ELECTION_STEPS, "warning", "shelter", "health", "help", "after")
# Usual wrong versions of one procedure; who has more to say writes a second prebunk.
TWISTS_MAX = 5

UPHELD, OVERTURNED = "upheld", "overturned"
BURST = "burst"


def _one_of(values: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(value, value) for value in values]


class Claim(models.Model):
    """One checkable statement. Its words are a question's until somebody rewords it, and frozen at the first rating."""

    wording = models.TextField()
    # Whose words these are: a contributor's, or (`wording_by` is null) those of the question named.
    wording_by = models.BigIntegerField(null=True)
    wording_of = models.ForeignKey(Submission, on_delete=models.SET_NULL, null=True, related_name="+")
    language = models.CharField(max_length=12, default="")
    state = models.CharField(max_length=16, choices=_one_of(STATES), default=OPEN)
    # Where a closed claim goes when its closing is undone.
    state_before = models.CharField(max_length=16, default="")
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    closed_reason = models.CharField(max_length=16, default="")
    opened_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    last_asked_at = models.DateTimeField()
    # Kept with every act, so that the queue needs no counting: questions here, of the last 24 hours, of the 24 before.
    askers = models.PositiveIntegerField(default=0)
    asks_day = models.PositiveIntegerField(default=0)
    asks_day_before = models.PositiveIntegerField(default=0)
    # The soonest day to come that an asker needs to know by.
    needed_by = models.DateField(null=True)
    # The place in the queue (`need`); null for what doesn't wait.
    need = models.IntegerField(null=True)
    # Orders what the index of waiting claims has yet to see.
    change = models.PositiveBigIntegerField(unique=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=STATES), name="claim_state_is_known"),
            models.CheckConstraint(
                condition=~Q(wording="") | Q(state__in=CLOSED_STATES), name="only_closed_claims_may_lose_their_words"
            ),
            models.CheckConstraint(
                condition=Q(state=MERGED, merged_into__isnull=False) | ~Q(state=MERGED) & Q(merged_into__isnull=True),
                name="only_merged_claims_lead_to_another",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="no_claim_leads_to_itself"
            ),
            models.CheckConstraint(
                condition=Q(state=NOT_CHECKABLE, closed_reason__in=CLOSING_REASONS)
                | ~Q(state=NOT_CHECKABLE) & Q(closed_reason=""),
                name="only_two_reasons_close_a_claim",
            ),
            models.CheckConstraint(
                condition=Q(state__in=CLOSED_STATES, state_before__in=(*WAITING_STATES, ANSWERED))
                | ~Q(state__in=CLOSED_STATES) & Q(state_before=""),
                name="closed_claims_know_their_way_back",
            ),
            models.CheckConstraint(
                condition=Q(frozen_at__isnull=False) | ~Q(state__in=(IN_RATING, ANSWERED)),
                name="what_is_rated_is_frozen",
            ),
            models.CheckConstraint(
                condition=Q(state__in=WAITING_STATES, need__isnull=False)
                | ~Q(state__in=WAITING_STATES) & Q(need__isnull=True),
                name="only_waiting_claims_are_in_the_queue",
            ),
        )
        indexes: ClassVar = (
            models.Index(
                fields=["-need", "-askers", "id"], condition=Q(need__isnull=False), name="claims_in_order_of_need"
            ),
            models.Index(fields=["last_asked_at"], condition=Q(need__isnull=False), name="claims_asked_lately"),
            models.Index(fields=["needed_by"], condition=Q(needed_by__isnull=False), name="claims_needed_by"),
            models.Index(fields=["state", "opened_at"], name="claims_by_state"),
        )

    def __str__(self) -> str:
        return f"claim {self.pk} {self.state}"


class ErasedClaim(models.Model):
    """The number of a claim that went with its questions: its page says so, and the index forgets it."""

    number = models.BigIntegerField(primary_key=True)
    erased_at = models.DateTimeField()
    change = models.PositiveBigIntegerField(unique=True)

    def __str__(self) -> str:
        return f"claim {self.pk}, erased"


class Translation(models.Model):
    """A claim's words in another language, kept beside it; `of_digest` names the words that were translated."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="translations")
    language = models.CharField(max_length=12)
    text = models.TextField()
    of_digest = models.CharField(max_length=64)
    by = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("claim", "language"), name="one_translation_a_language"),
            models.CheckConstraint(condition=~Q(text=""), name="translation_is_not_empty"),
        )

    def __str__(self) -> str:
        return f"claim {self.claim_id} in {self.language}"


class Area(models.Model):
    """A node of the tree the desk loads. Units that end stay, with their last day: codes are never used again."""

    code = models.CharField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    kind = models.CharField(max_length=8, choices=_one_of(AREA_KINDS))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=AREA_KINDS), name="area_kind_is_known"),
            models.CheckConstraint(
                condition=Q(kind="country", parent__isnull=True) | ~Q(kind="country") & Q(parent__isnull=False),
                name="only_countries_have_no_parent",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="area_ends_after_it_begins"
            ),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name_vi="") & ~Q(name_en=""), name="area_has_its_names"),
        )

    def __str__(self) -> str:
        return self.code


class Grouping(models.Model):
    """One question under one claim, what its asker wished, and what tells the same message again.

    `placed_in` is the claim it was put in, `claim` where that one's questions are now: a merge moves the second only.
    Everything here goes with the question.
    """

    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="+")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="groupings")
    placed_in = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=12, choices=_one_of(HOWS))
    at = models.DateTimeField()
    area = models.ForeignKey(Area, on_delete=models.SET_NULL, null=True, related_name="+")
    needed_by = models.DateField(null=True)
    text_digest = models.CharField(max_length=64, db_index=True)
    marks_digest = models.CharField(max_length=64)
    # `thuchu.matching.fingerprints`; empty for a text too short for one.
    sketch = models.BinaryField(default=bytes)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(how__in=HOWS), name="grouping_how_is_known"),)
        indexes = (
            models.Index(fields=["claim", "at"], name="questions_of_a_claim"),
            models.Index(fields=["needed_by"], condition=Q(needed_by__isnull=False), name="questions_needed_by_a_day"),
        )

    def __str__(self) -> str:
        return f"submission {self.submission_id} under claim {self.claim_id}"


class LinkDoor(models.Model):
    """The digest of a canonical link that a question held: the same link leads to the same claim at once."""

    grouping = models.ForeignKey(Grouping, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = (models.Index(fields=["digest", "-grouping"], name="link_doors"),)

    def __str__(self) -> str:
        return f"link of {self.grouping_id}"


class ForwardDoor(models.Model):
    """One band of a sketch: two texts are compared only where a whole band is equal."""

    grouping = models.ForeignKey(Grouping, on_delete=models.CASCADE, related_name="bands")
    band = models.BigIntegerField()

    class Meta:
        indexes = (models.Index(fields=["band", "-grouping"], name="forward_doors"),)

    def __str__(self) -> str:
        return f"band of {self.grouping_id}"


class Offer(models.Model):
    """A claim that may be the same as one that was opened: for coordinators to look at, never joined by itself."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="offers")
    near = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=12, choices=_one_of((EXACT_LINK, FORWARD, SIMILAR)))
    # 0 to 1000, calibrated.
    probability_milli = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    declined_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("claim", "near"), name="offered_once_a_pair"),
            models.CheckConstraint(condition=~Q(claim=F("near")), name="no_claim_is_near_itself"),
        )

    def __str__(self) -> str:
        return f"claim {self.claim_id} may be {self.near_id}"


class Topic(models.Model):
    """What claims are about, in the desk's own few words."""

    code = models.CharField(max_length=40, unique=True)
    name_vi = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(code="") & ~Q(name_vi="") & ~Q(name_en=""), name="topic_has_its_names"),
        )

    def __str__(self) -> str:
        return self.code


class ClaimTopic(models.Model):
    """A claim is about a topic."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="topics")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("claim", "topic"), name="a_topic_once_a_claim"),)

    def __str__(self) -> str:
        return f"claim {self.claim_id}: {self.topic_id}"


class ClaimArea(models.Model):
    """A claim is about an area: set by coordinators, whatever askers said of themselves."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("claim", "area"), name="an_area_once_a_claim"),)

    def __str__(self) -> str:
        return f"claim {self.claim_id}: {self.area_id}"


class Event(models.Model):
    """Something in the world with a time box. These fields and no others: nothing here can hold a merit (rule 10)."""

    name_vi = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=_one_of(EVENT_KINDS))
    starts = models.DateTimeField()
    ends = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=EVENT_KINDS), name="event_kind_is_known"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="event_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(name_vi="") & ~Q(name_en=""), name="event_has_its_names"),
        )
        indexes = (models.Index(fields=["ends", "starts"], name="events_by_time"),)

    def __str__(self) -> str:
        return f"event {self.pk} {self.kind}"


class EventArea(models.Model):
    """Where an event is."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="areas")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("event", "area"), name="an_area_once_an_event"),)

    def __str__(self) -> str:
        return f"event {self.event_id}: {self.area_id}"


class EventClaim(models.Model):
    """A claim belongs to an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="claims")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="events")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("event", "claim"), name="a_claim_once_an_event"),)

    def __str__(self) -> str:
        return f"event {self.event_id}: claim {self.claim_id}"


class PinnedSource(models.Model):
    """An official source of an event, with the words that matter; a second person confirms it (rule 8)."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sources")
    about = models.CharField(max_length=12, choices=_one_of(SOURCE_SUBJECTS))
    title = models.CharField(max_length=300)
    address = models.TextField()
    words = models.TextField()
    pinned_by = models.BigIntegerField()
    pinned_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    taken_down_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(about__in=SOURCE_SUBJECTS), name="source_subject_is_known"),
            models.CheckConstraint(condition=Q(address__startswith="https://"), name="source_address_is_https"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(words=""), name="source_has_title_and_words"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("pinned_by")),
                name="source_is_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="source_confirmed_has_its_moment",
            ),
        )

    def __str__(self) -> str:
        return f"event {self.event_id}: source {self.pk}"


class Prebunk(models.Model):
    """What makes a claim a prebunk: written before the day, asked by nobody. The claim's words are the true procedure.

    look_up  where everybody can look it up: an address of an official host
    """

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, primary_key=True, related_name="prebunk")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="prebunks")
    step = models.CharField(max_length=12, choices=_one_of(PREBUNK_STEPS))
    look_up = models.TextField()
    written_by = models.BigIntegerField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(step__in=PREBUNK_STEPS), name="prebunk_step_is_known"),
            models.CheckConstraint(condition=Q(look_up__startswith="https://"), name="prebunk_address_is_https"),
        )

    def __str__(self) -> str:
        return f"claim {self.claim_id} before event {self.event_id}"


class Twist(models.Model):
    """How a procedure is usually told wrong, in plain words: no slogan, no name."""

    prebunk = models.ForeignKey(Prebunk, on_delete=models.CASCADE, related_name="twists")
    place = models.PositiveSmallIntegerField()
    words = models.TextField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(words=""), name="twist_has_words"),
            models.CheckConstraint(condition=Q(place__gte=1, place__lte=TWISTS_MAX), name="twists_are_few"),
            models.UniqueConstraint(fields=("prebunk", "place"), name="one_twist_a_place"),
        )

    def __str__(self) -> str:
        return f"claim {self.prebunk_id}, twist {self.place}"


class Assignment(models.Model):
    """Somebody works on a claim, until a moment; later it counts for nothing, whether or not it still stands here."""

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, related_name="assignment")
    person = models.BigIntegerField(db_index=True)
    taken_at = models.DateTimeField()
    until = models.DateTimeField(db_index=True)
    extensions = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(until__gt=F("taken_at")), name="assignment_lasts_a_while"),)

    def __str__(self) -> str:
        return f"claim {self.claim_id} taken by {self.person}"


class Proposal(models.Model):
    """What one coordinator proposes and another confirms: a merge, a split, a closing, a withholding, or undoing one.

    A claim that is erased with its questions takes the words about it along; the ledger keeps that the acts were.
    """

    kind = models.CharField(max_length=16, choices=_one_of(PROPOSAL_KINDS))
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="proposals")
    undoes = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="undone_by")
    # A merge's other claim; of a split that was confirmed, the claim it made.
    other = models.ForeignKey(Claim, on_delete=models.CASCADE, null=True, related_name="+")
    # Of a closing or a withholding: its code. In public words why, for all kinds.
    code = models.CharField(max_length=16, default="")
    reason = models.TextField()
    # What a reopened private claim will say, since its words are gone.
    wording = models.TextField(default="")
    # Of a withholding: the claim itself ("") or a thing another room knows ("note:12"), the passage in it, the order.
    subject = models.CharField(max_length=60, default="")
    passage_start = models.PositiveIntegerField(null=True)
    passage_end = models.PositiveIntegerField(null=True)
    court_order = models.TextField(default="")
    until = models.DateTimeField(null=True)
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=_one_of(PROPOSAL_STATES), default=PROPOSED)
    confirmed_by = models.BigIntegerField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(kind__in=PROPOSAL_KINDS), name="proposal_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=PROPOSAL_STATES), name="proposal_state_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="proposal_has_a_reason"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")),
                name="nobody_confirms_their_own_proposal",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(CONFIRMED, UNDONE), confirmed_by__isnull=False)
                | ~Q(state__in=(CONFIRMED, UNDONE)) & Q(confirmed_by__isnull=True),
                name="what_took_effect_was_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(state=PROPOSED, ended_at__isnull=True) | ~Q(state=PROPOSED) & Q(ended_at__isnull=False),
                name="only_ended_proposals_have_an_end",
            ),
            models.CheckConstraint(
                condition=Q(kind=NOT_CHECKABLE, code__in=CLOSING_REASONS)
                | Q(kind=WITHHOLD, code__in=WITHHOLDING_REASONS)
                | Q(kind__in=(MERGE, SPLIT), code=""),
                name="proposal_code_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(code=COURT_ORDER) | ~Q(court_order=""), name="a_court_order_is_shown_with_it"
            ),
            models.CheckConstraint(
                condition=Q(passage_start__isnull=True, passage_end__isnull=True)
                | Q(passage_start__isnull=False, passage_end__gt=F("passage_start"), kind=WITHHOLD),
                name="a_passage_has_a_beginning_and_an_end",
            ),
            models.UniqueConstraint(
                fields=("claim", "kind", "subject"), condition=Q(state=PROPOSED), name="one_open_proposal_a_kind"
            ),
        )
        indexes: ClassVar = (
            models.Index(fields=["state", "proposed_at"], name="proposals_by_state"),
            models.Index(fields=["kind", "subject", "until"], name="withheld_passages"),
        )

    def __str__(self) -> str:
        return f"proposal {self.pk} {self.kind} {self.state}"


class SplitPart(models.Model):
    """A question that a split moves to a claim of its own."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="parts")
    grouping = models.ForeignKey(Grouping, on_delete=models.CASCADE, related_name="split_parts")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("proposal", "grouping"), name="a_question_once_a_split"),)

    def __str__(self) -> str:
        return f"proposal {self.proposal_id}: {self.grouping_id}"


class Appeal(models.Model):
    """Somebody asks that an act of two people be looked at by a third. Their ids stand here for the check below."""

    proposal = models.ForeignKey(Proposal, on_delete=models.CASCADE, related_name="appeals")
    words = models.TextField()
    # Who appeals: a contributor, or (null) an asker, of whom nothing is known.
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    first_person = models.BigIntegerField()
    second_person = models.BigIntegerField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=_one_of((UPHELD, OVERTURNED)), default="")
    answer = models.TextField(default="")

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=~Q(words=""), name="appeal_has_words"),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | ~Q(decided_by=F("first_person")) & ~Q(decided_by=F("second_person")),
                name="a_third_person_decides_an_appeal",
            ),
            models.CheckConstraint(
                condition=Q(by__isnull=True) | Q(decided_by__isnull=True) | ~Q(decided_by=F("by")),
                name="nobody_decides_their_own_appeal",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True, decided_at__isnull=True, outcome="", answer="")
                | Q(decided_by__isnull=False, decided_at__isnull=False, outcome__in=(UPHELD, OVERTURNED))
                & ~Q(answer=""),
                name="a_decided_appeal_says_how_and_why",
            ),
            models.UniqueConstraint(
                fields=("proposal",), condition=Q(decided_by__isnull=True), name="one_open_appeal_a_proposal"
            ),
        )

    def __str__(self) -> str:
        return f"appeal {self.pk} of {self.proposal_id}"


class EvidenceRule(models.Model):
    """The rule of evidence of an event, declared by two before it begins; the last one that two declared holds.

    hosts  its official hosts, a line each
    """

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="evidence_rules")
    hosts = models.TextField()
    proposed_by = models.BigIntegerField()
    proposed_at = models.DateTimeField()
    confirmed_by = models.BigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=~Q(hosts=""), name="evidence_rule_has_official_hosts"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False) & ~Q(confirmed_by=F("proposed_by")),
                name="two_people_declare_a_rule_of_evidence",
            ),
            models.UniqueConstraint(
                fields=("event",), condition=Q(confirmed_by__isnull=True), name="one_evidence_rule_waits_an_event"
            ),
        )

    def __str__(self) -> str:
        return f"rule of evidence {self.pk} of event {self.event_id}"


class Notice(models.Model):
    """Something coordinators should see now: the same message very often in a short time."""

    kind = models.CharField(max_length=8, choices=_one_of((BURST,)))
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="notices")
    asks = models.PositiveIntegerField()
    at = models.DateTimeField()
    seen_by = models.BigIntegerField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("claim", "kind"), condition=Q(seen_by__isnull=True), name="one_unseen_notice_a_claim"
            ),
        )

    def __str__(self) -> str:
        return f"notice {self.pk} {self.kind} of claim {self.claim_id}"

"""Rows of evidence: sources, captures of them, the sentences quoted, and what later looks at the source found.

    Source ◄── Capture ◄── Quote ◄── Check        a CaptureRequest waits for a Quote, or for a refusal

    waiting ──a worker took it──► fetching ──► ready | refused         (a lost worker's request is fetched again)

Every word in here was scrubbed before it came.  The bytes themselves, which nobody scrubbed, lie in the home's folder
`captures` under their digest, and no row holds a piece of them.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from thuchu.desk.evidence.addresses import ADDRESS_CHARS_MAX, HOST_CHARS_MAX
from thuchu.desk.evidence.quotes import AROUND_CHARS, CONTEXT_CHARS, QUOTE_CHARS_MAX, SCORE_EXACT, SCORE_MIN

FETCHED, UPLOADED = "fetched", "uploaded"
HOWS = (FETCHED, UPLOADED)

# What a look found of a quote: as it was; as it was, at another address; no page; another text; no answer.
ALIVE, MOVED, GONE, CHANGED, UNREACHABLE = "alive", "moved", "gone", "changed", "unreachable"
ROT_STATES = (ALIVE, MOVED, GONE, CHANGED, UNREACHABLE)
ROTTEN = (GONE, CHANGED, UNREACHABLE)

WAITING, FETCHING, READY, REFUSED = "waiting", "fetching", "ready", "refused"
REQUEST_STATES = (WAITING, FETCHING, READY, REFUSED)
# An uploaded copy is ready at once.
REQUEST_STEPS = frozenset(
    {(WAITING, FETCHING), (WAITING, REFUSED), (WAITING, READY), (FETCHING, READY), (FETCHING, REFUSED)}
)

DIGEST_CHARS = 64
TITLE_CHARS_MAX = 300
# A name longer than this is a sentence; the end of it says nothing more.
UPLOAD_NAME_CHARS_MAX = 120
# Two or three sentences: what the picture shows, and which words stand in it.
DESCRIPTION_CHARS_MAX = 1_000
# The longest name of a media type that is read, and some.
TYPE_CHARS_MAX = 40
# "claim:" or "note:" and a number.
SUBJECT_CHARS_MAX = 40


class Source(models.Model):
    """A public address that evidence came from, and when it is looked at again.

    key       the canonical form: equal for the same page, whoever shared it
    address   as it is opened, after redirects
    """

    key = models.CharField(max_length=ADDRESS_CHARS_MAX, unique=True)
    address = models.CharField(max_length=ADDRESS_CHARS_MAX)
    host = models.CharField(max_length=HOST_CHARS_MAX)
    # None while nothing was fetched from it: a copy that a contributor uploaded says nothing of what we would get.
    next_check_at = models.DateTimeField(null=True, db_index=True)
    check_every_days = models.PositiveSmallIntegerField(default=1)
    # Looks in a row that brought no page.
    misses = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=~Q(key="") & ~Q(address="") & ~Q(host=""), name="source_has_an_address"),
            models.CheckConstraint(condition=Q(check_every_days__gte=1), name="source_is_given_a_rest"),
        )

    def __str__(self) -> str:
        return f"source {self.pk} {self.host}"


class Capture(models.Model):
    """What stood at a source, or in an uploaded copy, at one moment.

    digest       SHA-256 of the bytes kept: those that came, but for pictures, which are made anew without EXIF
    text_digest  SHA-256 of the extracted text, scrubbed, in UTF-8; it lies beside the bytes; "" where there is none
    by           the pseudonym who brought it first
    """

    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="captures")
    how = models.CharField(max_length=8, choices=[(h, h) for h in HOWS])
    digest = models.CharField(max_length=DIGEST_CHARS)
    text_digest = models.CharField(max_length=DIGEST_CHARS, default="")
    media_type = models.CharField(max_length=TYPE_CHARS_MAX)
    size_bytes = models.PositiveBigIntegerField()
    title = models.CharField(max_length=TITLE_CHARS_MAX, default="")
    # Of the site's answer; 0 for an upload.
    status = models.PositiveSmallIntegerField(default=0)
    upload_name = models.CharField(max_length=UPLOAD_NAME_CHARS_MAX, default="")
    by = models.PositiveBigIntegerField()
    fetched_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(how__in=HOWS), name="capture_says_how_it_came"),
            models.CheckConstraint(
                condition=Q(how=FETCHED, source__isnull=False, status=200, upload_name="")
                | Q(how=UPLOADED, status=0) & ~Q(upload_name=""),
                name="only_uploads_are_named_by_hand",
            ),
            models.CheckConstraint(condition=~Q(digest=""), name="capture_has_a_digest"),
            models.CheckConstraint(condition=Q(size_bytes__gte=1), name="capture_is_not_empty"),
            # The same bytes from the same place are kept as one.
            models.UniqueConstraint(
                fields=("source", "digest", "how"), condition=Q(source__isnull=False), name="one_capture_a_source"
            ),
            models.UniqueConstraint(
                fields=("digest", "how"), condition=Q(source__isnull=True), name="one_capture_without_source"
            ),
        )
        indexes: ClassVar = (
            models.Index(fields=["digest"], name="captures_by_digest"),
            models.Index(fields=["text_digest"], name="captures_by_text_digest"),
        )

    def __str__(self) -> str:
        return f"capture {self.pk} {self.how} {self.digest[:12]}"


class Quote(models.Model):
    """The sentence that matters, or, where a capture has no text, the words that say what it shows.

    This is what a note rests on.  `exact` are the page's own words, `text[start:end]` of the kept text.
    """

    capture = models.ForeignKey(Capture, on_delete=models.PROTECT, related_name="quotes")
    exact = models.CharField(max_length=2 * QUOTE_CHARS_MAX, default="")
    prefix = models.CharField(max_length=CONTEXT_CHARS, default="")
    suffix = models.CharField(max_length=CONTEXT_CHARS, default="")
    # What a reader sees around the sentence; longer than what anchors it.
    before = models.CharField(max_length=AROUND_CHARS, default="")
    after = models.CharField(max_length=AROUND_CHARS, default="")
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    # 100 where nothing differs that a reader sees; below, the contributor's words were only like the page's.
    score = models.FloatField(null=True)
    description = models.CharField(max_length=DESCRIPTION_CHARS_MAX, default="")
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=Q(start__isnull=False, end__gt=F("start"), score__gte=SCORE_MIN, score__lte=SCORE_EXACT)
                & Q(description="")
                & ~Q(exact="")
                | Q(start__isnull=True, end__isnull=True, score__isnull=True, exact="") & ~Q(description=""),
                name="quote_is_words_or_a_description",
            ),
            models.UniqueConstraint(
                fields=("capture", "start", "end"), condition=Q(start__isnull=False), name="one_quote_a_place"
            ),
            models.UniqueConstraint(
                fields=("capture", "description"), condition=Q(start__isnull=True), name="one_quote_a_description"
            ),
        )

    def __str__(self) -> str:
        return f"quote {self.pk} of capture {self.capture_id}"


class Check(models.Model):
    """How a quote stood at its source from `since` to `until`; the row without an end says how it stands.

    before     the state it followed; "" for the first
    seen_at    the last look that found it so
    moved_to   where the page is now, for `moved`
    """

    quote = models.ForeignKey(Quote, on_delete=models.CASCADE, related_name="checks")
    state = models.CharField(max_length=12, choices=[(s, s) for s in ROT_STATES])
    before = models.CharField(max_length=12, default="")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    moved_to = models.CharField(max_length=ADDRESS_CHARS_MAX, default="")

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=ROT_STATES), name="rot_state_is_known"),
            models.CheckConstraint(condition=Q(before__in=("", *ROT_STATES)), name="state_before_is_known"),
            models.CheckConstraint(condition=~Q(state=F("before")), name="only_changes_make_a_row"),
            models.CheckConstraint(
                condition=Q(state=MOVED) & ~Q(moved_to="") | ~Q(state=MOVED) & Q(moved_to=""),
                name="only_moved_pages_have_a_new_address",
            ),
            models.UniqueConstraint(fields=("quote",), condition=Q(until__isnull=True), name="one_state_a_quote"),
        )
        indexes: ClassVar = (models.Index(fields=["since"], name="checks_by_beginning"),)

    def __str__(self) -> str:
        return f"quote {self.quote_id} {self.state} since {self.since:%Y-%m-%d}"


class CaptureRequest(models.Model):
    """A page that a contributor asked for and a worker fetches; a page of ours shows how far it is.

    by              whose it is: nobody else is shown it
    subject         what it is gathered for, as the ledger names things ("claim:12"); "" for nothing in particular
    refusal_values  what the refusal's sentence takes; scrubbed
    """

    address = models.CharField(max_length=ADDRESS_CHARS_MAX)
    quote = models.CharField(max_length=2 * QUOTE_CHARS_MAX, default="")
    description = models.CharField(max_length=DESCRIPTION_CHARS_MAX, default="")
    by = models.PositiveBigIntegerField(db_index=True)
    subject = models.CharField(max_length=SUBJECT_CHARS_MAX, default="")
    state = models.CharField(max_length=8, choices=[(s, s) for s in REQUEST_STATES], default=WAITING)
    evidence = models.ForeignKey(Quote, on_delete=models.CASCADE, null=True, related_name="requests")
    refusal_code = models.CharField(max_length=40, default="")
    refusal_values = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(state__in=REQUEST_STATES), name="request_state_is_known"),
            models.CheckConstraint(
                condition=Q(state=READY, evidence__isnull=False)
                | Q(evidence__isnull=True, state__in=(WAITING, FETCHING, REFUSED)),
                name="only_ready_requests_have_evidence",
            ),
            models.CheckConstraint(
                condition=Q(state=REFUSED) & ~Q(refusal_code="") | ~Q(state=REFUSED) & Q(refusal_code=""),
                name="only_refused_requests_say_why",
            ),
        )

    def __str__(self) -> str:
        return f"request {self.pk} {self.state}"

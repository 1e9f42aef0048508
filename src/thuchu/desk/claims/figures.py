"""Claims' own counts for the review: what came, what was closed and how, what two people did, what waits."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce

from thuchu.desk.claims.models import (
    CLOSING_REASONS,
    CONFIRMED,
    DECLINED,
    HOWS,
    NOT_CHECKABLE,
    OVERTURNED,
    PROPOSAL_KINDS,
    UNDONE,
    UPHELD,
    Appeal,
    Claim,
    Grouping,
    Notice,
    Proposal,
)
from thuchu.desk.intake.models import Feedback, Submission
from thuchu.desk.parts import VALUES_A_STATEMENT, parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Claims in a period, from its first moment up to but without its last; erased ones and prebunks are not counted.

    opened      claims
    questions   kept questions that came to a claim, by how: the share that was grouped by itself is told by it
    acts        what two people did, by kind; `undone` how many of those don't hold any more
    closings    of the acts, those that closed a claim, by reason
    appeals     decided in the period, by outcome; `appealed` filed in it
    bursts      notices of the same message very often
    """

    opened: int
    questions: Mapping[str, int]
    acts: Mapping[str, int]
    closings: Mapping[str, int]
    undone: int
    declined: int
    appealed: int
    appeals: Mapping[str, int]
    bursts: int


def figures(since: datetime, until: datetime) -> Figures:
    """The counts of a period."""
    ended = Proposal.objects.filter(ended_at__gte=since, ended_at__lt=until)
    acts = ended.filter(undoes=None, state__in=(CONFIRMED, UNDONE))
    decided = Appeal.objects.filter(decided_at__gte=since, decided_at__lt=until)
    asked = Grouping.objects.filter(at__gte=since, at__lt=until)
    return Figures(
        opened=Claim.objects.filter(opened_at__gte=since, opened_at__lt=until, prebunk=None).count(),
        questions=_by("how", HOWS, asked),
        acts=_by("kind", PROPOSAL_KINDS, acts),
        closings=_by("code", CLOSING_REASONS, acts),
        undone=acts.filter(state=UNDONE).count(),
        declined=ended.filter(state=DECLINED).count(),
        appealed=Appeal.objects.filter(at__gte=since, at__lt=until).count(),
        appeals=_by("outcome", (UPHELD, OVERTURNED), decided),
        bursts=Notice.objects.filter(at__gte=since, at__lt=until).count(),
    )


def waiting() -> int:
    """Claims that somebody waits for now: nobody waits for a prebunk."""
    return Claim.objects.filter(need__isnull=False, prebunk=None).count()


def longest_wait_days(now: datetime) -> int:
    """Whole days that the claim which waits longest has waited; 0 when none does."""
    rows = Claim.objects.filter(need__isnull=False, prebunk=None).order_by("opened_at")
    first = rows.values_list("opened_at", flat=True).first()
    return (now - first).days if first else 0


def _by(field: str, values: tuple[str, ...], rows: "QuerySet[Any]") -> dict[str, int]:
    found = dict(rows.order_by().values_list(field).annotate(number=Count("pk")))
    return {value: found.get(value, 0) for value in values}


def opened_between(begin: datetime, end: datetime) -> Iterator[datetime]:
    """When each claim of that time was opened; erased ones are not counted, and no prebunk: nobody asked it."""
    rows = Claim.objects.filter(opened_at__gte=begin, opened_at__lt=end, prebunk=None).order_by()
    yield from rows.values_list("opened_at", flat=True).iterator(chunk_size=5_000)


def opened_at(numbers: Iterable[int]) -> dict[int, datetime]:
    """When each of these claims was opened; erased ones are left out, and prebunks, for which nobody waited."""
    found: dict[int, datetime] = {}
    for some in parts(sorted(numbers), VALUES_A_STATEMENT):
        found.update(Claim.objects.filter(pk__in=some, prebunk=None).values_list("pk", "opened_at"))
    return found


class Asked(NamedTuple):
    """Kept questions of a period that a review counts alike, and how many they are.

    is_at_once  their askers were told an answer at once; nothing is said then of `claim`, `theirs` and `tellings`
    claim       what they are under; 0 where nothing had to wait
    told        the first fact-check that they were told at once; "" of what is under a claim
    theirs      the fact-check of which they said that it is their message; ""
    tellings    JSON of everything they were told, where their page has told them an answer since; ""
    typed_with_accents  None of what isn't in Vietnamese
    """

    is_at_once: bool
    claim: int
    told: str
    theirs: str
    tellings: str
    typed_with_accents: bool | None
    times: int


def questions_between(begin: datetime, end: datetime) -> Iterator[Asked]:
    """Every kept question that came in that time, by what its asker was told and said before `end`; counted by the
    database, which leaves a few lines for each claim."""
    asked = Submission.objects.filter(asked_at__gte=begin, asked_at__lt=end).order_by()
    at_once = asked.filter(first_kind="answer").values_list("first_told", "typed_with_accents")
    for told, with_accents, times in at_once.annotate(times=Count("pk")):
        yield Asked(True, 0, told, "", "", with_accents, times)
    alone = asked.exclude(first_kind="answer").filter(~Exists(Grouping.objects.filter(submission=OuterRef("pk"))))
    yield from _asked(alone.annotate(under=Value(0), told=F("first_told")), "", end)
    of_time = Grouping.objects.filter(submission__asked_at__gte=begin, submission__asked_at__lt=end).order_by()
    grouped = of_time.exclude(submission__first_kind="answer")
    yield from _asked(grouped.annotate(under=F("claim"), told=Value("")), "submission__", end)


def _asked(rows: "QuerySet[Any]", path: str, end: datetime) -> Iterator[Asked]:
    """Of what wasn't answered at once; `path` leads to the question."""
    said = Feedback.objects.filter(submission=OuterRef(f"{path}pk"), says="is_it", said_at__lt=end).order_by("pk")
    is_answered_since = Q(**{f"{path}told_kind": "answer", f"{path}told_at__lt": end})
    found = rows.annotate(
        theirs=Coalesce(Subquery(said.values("fact_check")[:1]), Value("")),
        since=Case(
            When(is_answered_since, then=Cast(f"{path}tellings", TextField())),
            default=Value(""),
            output_field=TextField(),
        ),
    )
    columns = ("under", "told", "theirs", "since", f"{path}typed_with_accents")
    for line in found.values_list(*columns).annotate(times=Count("pk")).iterator(chunk_size=10_000):
        yield Asked(False, *line)


def not_checkable_before(end: datetime) -> set[int]:
    """Claims that were closed as not checkable before then, and still are."""
    rows = Claim.objects.filter(state=NOT_CHECKABLE, closed_at__lt=end)
    return set(rows.values_list("pk", flat=True))


def needed_between(begin: date, end: date) -> dict[int, tuple[datetime, date]]:
    """Claims that somebody needs to know of by a day of that time: when each was opened, and the first such day."""
    rows = Grouping.objects.filter(needed_by__gte=begin, needed_by__lt=end).order_by().values_list("claim")
    found = rows.annotate(opened=F("claim__opened_at"), first=Min("needed_by"))
    return {claim: (opened, first) for claim, opened, first in found}

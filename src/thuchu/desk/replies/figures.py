"""What became of everything that was asked, each question in one of five counts; and whom corrections reached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Sum, TextField, Value, When
from django.db.models.functions import Cast

from thuchu.desk.claims.reads import questions_in
from thuchu.desk.intake.models import Submission
from thuchu.desk.intake.tellings import Telling, from_row
from thuchu.desk.parts import parts
from thuchu.desk.replies.models import CONFIRM, DEAD, SENT, UNREACHABLE, Gone, Reply, ReplyAddress

# Each is looked for in every question's tellings: so many in one pass over them.
_NAMES_A_STATEMENT = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Every question ever asked here since questions are counted, by what became of it.

    answered     told an answer, on their page at least
    waiting      nothing answers it yet
    closed       no verdict: not a fact, or private
    deleted      erased by the asker, or when its time was over
    unreachable  the asker wanted mail and none reaches them; their page still says what we know
    """

    answered: int
    waiting: int
    closed: int
    deleted: int
    unreachable: int

    @property
    def asked(self) -> int:
        """All of them."""
        return self.answered + self.waiting + self.closed + self.deleted + self.unreachable


def asked() -> Asked:
    """The counts as of now, in two statements."""
    gone = ReplyAddress.objects.filter(submission=OuterRef("pk"), state=UNREACHABLE)
    dead = Reply.objects.filter(submission=OuterRef("pk"), state=DEAD)
    became = Case(
        When(Exists(gone) | Exists(dead), then=Value("unreachable")),
        When(pk__in=questions_in("not_checkable"), then=Value("closed")),
        When(Q(told_kind="answer") | Q(pk__in=questions_in("answered")), then=Value("answered")),
        default=Value("waiting"),
        output_field=CharField(),
    )
    rows = Submission.objects.order_by().annotate(became=became).values_list("became").annotate(number=Count("pk"))
    found = dict(rows)
    return Asked(
        answered=found.get("answered", 0),
        waiting=found.get("waiting", 0),
        closed=found.get("closed", 0),
        deleted=Gone.objects.aggregate(all=Sum("number"))["all"] or 0,
        unreachable=found.get("unreachable", 0),
    )


def told_again(stopped: Mapping[str, datetime], *, end: datetime) -> dict[str, tuple[int, int]]:
    """Of each fact-check that stopped holding: how many askers were told so before `end`, of how many who had been
    told it as an answer.  Told is who opened their page since, and who was sent a letter; erased questions have no
    door any more, and are not counted."""
    found: dict[str, tuple[int, int]] = {}
    for some in parts(sorted(stopped), _NAMES_A_STATEMENT):
        named = reduce(or_, (Q(said__contains=f'"{name}"') for name in some))
        rows = Submission.objects.annotate(said=Cast("tellings", TextField())).filter(named, asked_at__lt=end)
        for number, tellings in list(rows.order_by("pk").values_list("pk", "tellings")):
            told = [from_row(row) for row in tellings]
            for name in some:
                if _was_told(told, name, stopped[name]):
                    again, of = found.get(name, (0, 0))
                    found[name] = (again + _is_told_again(number, told, stopped[name], end), of + 1)
    return found


def _was_told(tellings: Sequence[Telling], name: str, until: datetime) -> bool:
    """Was it the answer of the last telling before that moment?"""
    before = [each for each in tellings if each.at < until]
    return bool(before) and before[-1].kind == "answer" and before[-1].told[0].fact_check == name


def _is_told_again(number: int, tellings: Sequence[Telling], since: datetime, end: datetime) -> bool:
    if any(since <= each.at < end for each in tellings):
        return True
    letters = Reply.objects.filter(submission=number, state=SENT, created_at__gte=since, ended_at__lt=end)
    return letters.exclude(kind=CONFIRM).exists()

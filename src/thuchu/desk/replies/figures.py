"""What became of everything that was asked: five counts that sum to it, each question in one of them."""

from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Sum, Value, When

from thuchu.desk.claims.reads import questions_in
from thuchu.desk.intake.models import Submission
from thuchu.desk.replies.models import DEAD, UNREACHABLE, Gone, Reply, ReplyAddress


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

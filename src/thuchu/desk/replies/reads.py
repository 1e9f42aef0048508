"""What pages and the doctor may ask of replies; never an address."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, TextField
from django.db.models.functions import Cast

from thuchu.desk.replies import sealing
from thuchu.desk.replies.models import (
    ASKED,
    CONFIRM,
    CONFIRMED,
    DEAD,
    LONG_AGO,
    REPLY_STATES,
    SENT,
    WAITING,
    LookedUpTo,
    Reply,
    ReplyAddress,
)
from thuchu.desk.replies.sayings import FACT_MARK, Saying, from_row

SHOWN_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """One letter that an asker was sent: when, and what it said; `before` when it took something back."""

    at: datetime
    says: Saying
    before: Saying | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MailView:
    """How one question's asker is told by mail.

    state  "asked", "confirmed" or "unreachable"; "" where no address was left (any more)
    dead   a letter couldn't be delivered, and a person has to look at it
    """

    state: str
    dead: bool
    letters: tuple[Mailed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLetter:
    """One letter that was tried often enough: of which kind (`sayings`), and as `error` a code and a kind."""

    number: int
    kind: str
    attempts: int
    error: str
    written_at: datetime
    ended_at: datetime


def mail_of(submission: int) -> MailView:
    """How this question's asker is told by mail, and what they were sent, oldest first."""
    rows = list(Reply.objects.filter(submission=submission).order_by("number"))
    if not rows:
        # Whoever leaves an address is written to at once.
        return MailView(state="", dead=False, letters=())
    state = ReplyAddress.objects.filter(submission=submission).values_list("state", flat=True).first() or ""
    sent = [row for row in rows if row.state == SENT and row.kind != CONFIRM]
    return MailView(
        state=state,
        dead=any(row.state == DEAD for row in rows),
        letters=tuple(
            Mailed(at=row.ended_at or row.created_at, says=from_row(row.says), before=_before(row))
            for row in sent
            if row.says
        ),
    )


def dead_letters() -> tuple[DeadLetter, ...]:
    """Letters that a person has to look at, last one first, at most SHOWN_MAX."""
    rows = Reply.objects.filter(state=DEAD).order_by("-ended_at", "-pk")[:SHOWN_MAX]
    return tuple(
        DeadLetter(
            number=row.pk,
            kind=row.kind,
            attempts=row.attempts,
            error=row.last_error,
            written_at=row.created_at,
            ended_at=row.ended_at or row.created_at,
        )
        for row in rows
    )


def letters_are_due(*, now: datetime) -> bool:
    """Is there a letter to send now?"""
    return Reply.objects.filter(state=WAITING, try_at__lte=now).exists()


def letters() -> dict[str, int]:
    """How many letters are in each state; states without one count 0."""
    found = dict(Reply.objects.order_by().values_list("state").annotate(number=Count("pk")))
    return {state: found.get(state, 0) for state in REPLY_STATES}


def noticed() -> tuple[int, int, int]:
    """(library's change, claims' change, facts' change) that was noticed last; zeros before the first time."""
    changes = LookedUpTo.objects.values_list("library_change", "claims_change", "facts_change").first()
    return changes or (0, 0, 0)


def told_facts(*, limit: int) -> list[int]:
    """Questions whose askers were told facts of an event by mail, and are to be looked after before anybody else."""
    rows = ReplyAddress.objects.annotate(said=Cast("told", TextField()))
    rows = rows.filter(state=CONFIRMED, looked_at__lte=LONG_AGO, said__contains=FACT_MARK)
    return list(rows.order_by("pk").values_list("submission_id", flat=True)[:limit])


def to_look_after(before: datetime, *, limit: int) -> list[int]:
    """Questions whose askers are told by mail and are due: since something changed, or nobody looked since `before`.

    The longest unlooked first.
    """
    due_since = LookedUpTo.objects.values_list("due_since", flat=True).first() or before
    rows = ReplyAddress.objects.filter(state=CONFIRMED, looked_at__lte=max(due_since, before))
    return list(rows.order_by("looked_at", "pk").values_list("submission_id", flat=True)[:limit])


def unreadable() -> int:
    """Of the first SHOWN_MAX addresses, how many this desk's key doesn't open."""
    rows = ReplyAddress.objects.filter(state__in=(ASKED, CONFIRMED)).order_by("pk")[:SHOWN_MAX]
    return sum(sealing.unseal(row.submission_id, bytes(row.sealed)) is None for row in rows)


def _before(row: Reply) -> Saying | None:
    return from_row(row.before) if row.before else None

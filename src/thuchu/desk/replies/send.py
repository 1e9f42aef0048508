"""Sending what waits: one letter after the other, each at least once, with a Message-ID that stays.

A letter is taken by moving its `try_at` on, then handed over, then marked.  Stopped before it was handed over, it is
taken again when that time has come; stopped between handing over and marking, it is sent a second time under the same
Message-ID, and nobody sends it a third time unless that happens again.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.facts.reads import named as facts_named
from thuchu.desk.jobs.pace import Pace
from thuchu.desk.jobs.retry import wait_after
from thuchu.desk.ledger.reads import hash_of
from thuchu.desk.library.reads import fact_check, fact_checks
from thuchu.desk.replies import sealing
from thuchu.desk.replies.addresses import CONFIRM_HOURS, give_up
from thuchu.desk.replies.compose import Letter, Letterhead, compose
from thuchu.desk.replies.models import ASKED, CONFIRM, DEAD, DROPPED, SENT, WAITING, Reply, ReplyAddress
from thuchu.desk.replies.sayings import from_row
from thuchu.desk.replies.smtp import NoSuchMailbox, NotNow, Post

# A run's worth; the next one begins half a minute later, and other jobs have their turn between.
SEND_AT_ONCE = 100
# Longer than a server that hangs may hold one letter, so that no second worker takes it meanwhile.
TAKEN_FOR = timedelta(minutes=10)
# 1, 2, 4 … 64 minutes, then every two hours: twelve tries take about ten hours, longer than a server's grey list and
# than a night's repair. Then a person looks.
TRIES_MAX = 12
BACK_OFF = Pace(backoff_seconds=60.0, backoff_seconds_max=7_200.0, attempts_max=TRIES_MAX)

Clock = Callable[[], datetime]


def send_due(post: Post, desk: Letterhead, *, now: Clock) -> int:
    """Send what is due, the longest waiting first, at most SEND_AT_ONCE; gives back how many the server took.

    Where the server takes nothing at all the rest waits for the next run, and none of its tries is used up.
    """
    due = Reply.objects.filter(state=WAITING, try_at__lte=now()).order_by("try_at", "pk")
    taken = 0
    for number in list(due.values_list("pk", flat=True)[:SEND_AT_ONCE]):
        reply = _take(number, now())
        if reply is None:
            continue
        try:
            taken += _send(reply, post, desk, now)
        except NotNow as failed:
            _later(reply, failed.words, now())
            if failed.is_server:
                break
        except NoSuchMailbox as failed:
            _unreachable(reply, failed.words, now())
    return taken


def _take(number: int, now: datetime) -> Reply | None:
    """The letter, ours to send; None when another worker has it, or it needs no sending any more."""
    reply = Reply.objects.filter(pk=number, state=WAITING, try_at__lte=now).first()
    if reply is None:
        return None
    as_seen = Reply.objects.filter(pk=number, state=WAITING, try_at=reply.try_at)
    reply.attempts += 1
    if reply.attempts > TRIES_MAX:
        # Its last try was never heard of again.
        as_seen.update(state=DEAD, ended_at=now)
        return None
    return reply if as_seen.update(try_at=now + TAKEN_FOR, attempts=reply.attempts) else None


def _send(reply: Reply, post: Post, desk: Letterhead, now: Clock) -> bool:
    address = ReplyAddress.objects.filter(submission=reply.submission_id).first()
    # Whoever hasn't confirmed gets the question whether they will, and nothing else.
    if address is None or (address.state == ASKED) != (reply.kind == CONFIRM):
        Reply.objects.filter(pk=reply.pk, state=WAITING).update(state=DROPPED, ended_at=now())
        return False
    letter = _letter(reply, address, desk)
    if letter is None:
        # Sealed with a key that is gone: nobody can read it any more, so nothing is lost with it.
        _unreachable(reply, "the address can't be read with this key", now())
        return False
    post(compose(letter, desk))
    Reply.objects.filter(pk=reply.pk, state=WAITING).update(state=SENT, ended_at=now(), last_error="")
    return True


def _letter(reply: Reply, address: ReplyAddress, desk: Letterhead) -> Letter | None:
    recipient = sealing.unseal(reply.submission_id, bytes(address.sealed))
    if recipient is None:
        return None
    says = from_row(reply.says) if reply.says else None
    before = from_row(reply.before) if reply.before else None
    named = [name for saying in (says, before) if saying for name, _verdict in saying.told]
    return Letter(
        key=reply.key,
        kind=reply.kind,
        language=address.language,
        says=says,
        before=before,
        before_at=reply.before_at,
        taken_back=fact_check(before.told[0][0]) if before and before.told else None,
        fact_checks=fact_checks([name for name, _verdict in says.told]) if says else {},
        facts=facts_named(named, now=reply.created_at),
        to=recipient.address,
        page=f"{desk.address}/q/{recipient.token}",
        confirm=f"{desk.address}/email/{sealing.link_token(address.nonce, 'confirm')}",
        stop=f"{desk.address}/email/{sealing.link_token(address.nonce, 'stop')}/stop",
        confirm_hours=CONFIRM_HOURS,
        entry=reply.entry,
        head=hash_of(reply.entry),
    )


def _later(reply: Reply, words: str, now: datetime) -> None:
    rows = Reply.objects.filter(pk=reply.pk, state=WAITING)
    if reply.attempts >= TRIES_MAX:
        rows.update(state=DEAD, ended_at=now, last_error=words)
    else:
        rows.update(try_at=now + wait_after(reply.pk, reply.attempts, BACK_OFF), last_error=words)


def _unreachable(reply: Reply, words: str, now: datetime) -> None:
    with transaction.atomic():
        Reply.objects.filter(pk=reply.pk, state=WAITING).update(last_error=words)
        give_up(reply.submission_id, now=now)

"""Owners are reminded before a day and after it, each time once, whatever races, dies, or sleeps for some days.

plan    writes down what is to be told: one row a commitment, kind, day and owner; a row that is there stays as it is
gather  puts an owner's rows of a day into one letter: one digest an owner and day
send    takes a letter by moving its `try_at` on, hands it over, marks it with its reminders

A window of some days stands open for each kind, so that a job that was away finds them; another day is another row, so
that whoever got more time is reminded anew.  Stopped between handing over and marking, a letter goes out a second time
under the same Message-ID.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from django.db import transaction
from django.db.models import F, QuerySet

from thuchu.desk.commitments.letters import compose_confirmation, compose_digest
from thuchu.desk.commitments.models import (
    ADDRESS_CONFIRMED,
    AGREED,
    ASKED,
    CONFIRM,
    DEAD,
    DIGEST,
    LEFT_OUT,
    ORGANISATION,
    ROLE,
    SENT,
    UNDER_WAY,
    UNREACHABLE,
    WAITING,
    Commitment,
    Letter,
    OwnerAddress,
    Reminder,
)
from thuchu.desk.jobs.retry import wait_after
from thuchu.desk.replies.compose import Letterhead
from thuchu.desk.replies.send import BACK_OFF, SEND_AT_ONCE, TAKEN_FOR, TRIES_MAX
from thuchu.desk.replies.smtp import NoSuchMailbox, NotNow, Post
from thuchu.desk.traces import forget_pages
from thuchu.desk.wording import VIET_NAM, day_in_viet_nam

Clock = Callable[[], datetime]

# Days from the one it is due on; after the last one it stands in the next review alone.
OFFSETS: Mapping[str, int] = MappingProxyType(
    {
        "before_14": -14,
        "before_7": -7,
        "before_1": -1,
        "after_1": 1,
        "after_15": 15,
        "after_29": 29,
        "after_43": 43,
    }
)
# So many days a reminder may be late: less than the seven to the next one, more than a long weekend.
WINDOW_DAYS = 6
# In Viet Nam: whoever reads mail on a telephone sleeps.
QUIET_FROM, QUIET_UNTIL = time(21), time(7)
# Whose report waits isn't reminded: somebody else has to act.
_REMINDED = (AGREED, UNDER_WAY)


def is_quiet(now: datetime) -> bool:
    """Is it night in Viet Nam?"""
    clock = now.astimezone(VIET_NAM).time()
    return clock >= QUIET_FROM or clock < QUIET_UNTIL


def is_open(kind: str, due_on: date, today: date) -> bool:
    """May that reminder go out today?"""
    begins = due_on + timedelta(days=OFFSETS[kind])
    return begins <= today < begins + timedelta(days=WINDOW_DAYS)


def plan(*, now: datetime) -> int:
    """Write down every reminder whose window stands open and that isn't there; leave out what nobody needs any more.

    Gives back how many were written.
    """
    today = day_in_viet_nam(now)
    first = today - timedelta(days=max(OFFSETS.values()) + WINDOW_DAYS)
    last = today - timedelta(days=min(OFFSETS.values()))
    rows = Commitment.objects.filter(state__in=_REMINDED, due_on__gte=first, due_on__lte=last).order_by("pk")
    # Read first, without the write lock: of a day's many looks one finds something to write.
    known = set(Reminder.objects.filter(due_on__gte=first).values_list("commitment_id", "kind", "due_on"))
    wanted = [
        Reminder(commitment=row, kind=kind, due_on=row.due_on, recipient=recipient_of(row), planned_at=now)
        for row in rows
        for kind in OFFSETS
        if is_open(kind, row.due_on, today) and (row.pk, kind, row.due_on) not in known
    ]
    waiting = _unwritten().select_related("commitment")
    stale = [row.pk for row in waiting if not (_holds(row) and is_open(row.kind, row.due_on, today))]
    if wanted or stale:
        with transaction.atomic():
            # Inserted or ignored: two planners at once write each one once.
            Reminder.objects.bulk_create(wanted, ignore_conflicts=True)
            _leave_out(_unwritten().filter(pk__in=stale), now)
    return len(wanted)


def gather(*, now: datetime) -> int:
    """Put what waits into letters, one an owner and day; not by night, nor while an earlier one is on its way."""
    if is_quiet(now):
        return 0
    reached = OwnerAddress.objects.filter(state=ADDRESS_CONFIRMED)
    recipients = reached.filter(recipient__in=_unwritten().values("recipient")).values_list("recipient", flat=True)
    return sum(_gather(recipient, now) for recipient in list(recipients.order_by("recipient")))


def send(post: Post, desk: Letterhead, *, now: Clock) -> int:
    """Send what is due, at most SEND_AT_ONCE; gives back how many letters the server took.

    Where the server takes nothing at all the rest waits for the next run, and none of its tries is used up.
    """
    due = Letter.objects.filter(state=WAITING, try_at__lte=now()).order_by("try_at", "pk")
    if is_quiet(now()):
        # Somebody at a form waits for the question whether an address is theirs.
        due = due.filter(kind=CONFIRM)
    taken = 0
    for number in list(due.values_list("pk", flat=True)[:SEND_AT_ONCE]):
        letter = _take(number, now())
        if letter is None:
            continue
        try:
            taken += _send(letter, post, desk, now)
        except NotNow as failed:
            _later(letter, failed.words, now())
            if failed.is_server:
                break
        except NoSuchMailbox as failed:
            _unreachable(letter, failed.words, now())
    return taken


def letters_are_due(*, now: datetime) -> bool:
    """Is there a letter to send now?"""
    due = Letter.objects.filter(state=WAITING, try_at__lte=now)
    return due.filter(kind=CONFIRM).exists() if is_quiet(now) else due.exists()


def recipient_of(row: Commitment) -> str:
    """How an owner is named where reminders are kept."""
    return f"{ROLE}:{row.owner_role}" if row.owner_role else f"{ORGANISATION}:{row.owner_organisation_id}"


def letter_key(recipient: str, kind: str, day: date, place: int = 0) -> str:
    """What names a letter: the same for the same owner, kind, day and place of several."""
    return hashlib.sha256(f"{recipient}\n{kind}\n{day.isoformat()}\n{place}".encode()).hexdigest()


def _unwritten() -> QuerySet[Reminder]:
    return Reminder.objects.filter(state=WAITING, letter=None)


def _gather(recipient: str, now: datetime) -> bool:
    today = day_in_viet_nam(now)
    midnight = datetime.combine(today, time(), tzinfo=VIET_NAM)
    with transaction.atomic():
        digests = Letter.objects.filter(recipient=recipient, kind=DIGEST)
        told = (
            digests.filter(day=today)
            | digests.filter(state=WAITING)
            | digests.filter(state=SENT, ended_at__gte=midnight)
        )
        waiting = _unwritten().filter(recipient=recipient)
        if told.exists() or not waiting.exists():
            return False
        letter = Letter.objects.create(
            recipient=recipient,
            kind=DIGEST,
            day=today,
            key=letter_key(recipient, DIGEST, today),
            created_at=now,
            try_at=now,
        )
        waiting.update(letter=letter)
    return True


def _take(number: int, now: datetime) -> Letter | None:
    """The letter, ours to send; None when another worker has it, or it needs no sending any more."""
    letter = Letter.objects.filter(pk=number, state=WAITING, try_at__lte=now).first()
    if letter is None:
        return None
    as_seen = Letter.objects.filter(pk=number, state=WAITING, try_at=letter.try_at)
    if letter.attempts >= TRIES_MAX:
        # Its last try was never heard of again.
        _end(letter, DEAD, now)
        return None
    return letter if as_seen.update(try_at=now + TAKEN_FOR, attempts=F("attempts") + 1) else None


def _send(letter: Letter, post: Post, desk: Letterhead, now: Clock) -> bool:
    address = OwnerAddress.objects.filter(recipient=letter.recipient).first()
    wanted = ASKED if letter.kind == CONFIRM else ADDRESS_CONFIRMED
    if address is None or address.state != wanted:
        _end(letter, LEFT_OUT, now())
        return False
    if letter.kind == CONFIRM:
        mail = compose_confirmation(letter, address, desk)
    else:
        still = [each for each in _reminders(letter) if _holds(each)]
        mail = compose_digest(letter, address, [each.commitment for each in still], desk, now=now()) if still else None
    if mail is None:
        _end(letter, LEFT_OUT, now())
        return False
    post(mail)
    _end(letter, SENT, now())
    return True


def _reminders(letter: Letter) -> Iterable[Reminder]:
    rows = letter.reminders.filter(state=WAITING).select_related("commitment__owner_organisation")
    return rows.order_by("commitment__due_on", "commitment__number")


def _holds(row: Reminder) -> bool:
    """Is there still something to remind of: the commitment open, its day the same, its owner, too?"""
    commitment = row.commitment
    return commitment.state in _REMINDED and commitment.due_on == row.due_on


def _end(letter: Letter, state: str, now: datetime) -> None:
    """A letter's end, with its reminders': those that hold no more are left out whatever became of it."""
    with transaction.atomic():
        if not Letter.objects.filter(pk=letter.pk, state=WAITING).update(state=state, ended_at=now):
            return
        waiting = letter.reminders.filter(state=WAITING)
        if state == SENT:
            sent = [row.pk for row in waiting.select_related("commitment") if _holds(row)]
            Reminder.objects.filter(pk__in=sent).update(state=SENT, ended_at=now)
        _leave_out(letter.reminders.filter(state=WAITING), now)


def _leave_out(rows: QuerySet[Reminder], now: datetime) -> None:
    rows.update(state=LEFT_OUT, ended_at=now)


def _later(letter: Letter, words: str, now: datetime) -> None:
    letter.refresh_from_db(fields=["attempts"])
    Letter.objects.filter(pk=letter.pk).update(last_error=words)
    if letter.attempts >= TRIES_MAX:
        _end(letter, DEAD, now)
    else:
        again = now + wait_after(letter.pk, letter.attempts, BACK_OFF)
        Letter.objects.filter(pk=letter.pk, state=WAITING).update(try_at=again)


def _unreachable(letter: Letter, words: str, now: datetime) -> None:
    with transaction.atomic():
        Letter.objects.filter(pk=letter.pk).update(last_error=words)
        OwnerAddress.objects.filter(recipient=letter.recipient).update(state=UNREACHABLE, sealed=b"")
        _end(letter, DEAD, now)
        transaction.on_commit(forget_pages)

"""Who is signed in: a session of Django's, in the database, that holds an account's number and nothing of the person.

A page of somebody who isn't signed in reads nothing and sets no cookie; `hold`, which keeps a question for a passkey,
and `sign_in` do.  The caller rotates the form token (`django.middleware.csrf.rotate_token`) after `sign_in`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import F

from thuchu.desk.accounts import refusals
from thuchu.desk.accounts.limits import Line, require_slow
from thuchu.desk.accounts.models import Account
from thuchu.desk.accounts.reads import AccountView, view_of

# However often a session is written to, a sign-in ends so long after it began.
SIGNED_IN_DAYS_MAX = 30
# How long after signing in keys, codes and the account itself may be changed without signing in once more.
FRESH_MINUTES = 15
# A passkey's question: long enough to find the phone.
CHALLENGE_MINUTES = 5

_ACCOUNT, _EPOCH, _STRONG, _SINCE = "account", "epoch", "strong", "since"
_HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody who proved to be an account's person.

    strong  by a second factor: a passkey that verified its user, or a password with a code; roles need it
    epoch   of the account when the proof was checked: what was changed since then makes the proof worthless
    """

    account_id: int
    strong: bool
    epoch: int


def sign_in(session: SessionBase, proof: SignedIn, *, now: datetime) -> None:
    """From now on this session is the account's; its old name is worthless, what it held is gone.

    raises  NoSuchAccount when the account was erased, or signed out everywhere, since the proof was checked
    """
    if not Account.objects.filter(pk=proof.account_id, epoch=proof.epoch).exists():
        raise refusals.NoSuchAccount
    # The row under the old name is deleted: who planted that name is not signed in with us.
    session.flush()
    session[_ACCOUNT], session[_EPOCH], session[_STRONG] = proof.account_id, proof.epoch, proof.strong
    session[_SINCE] = int(now.timestamp())


def current(session: SessionBase, *, now: datetime) -> AccountView | None:
    """Who is signed in; None for nobody, for an account that left or signed out everywhere, and after the time is up.

    Roles are those that work in this session: none but contributor where no second factor was shown.
    """
    number, epoch = session.get(_ACCOUNT), session.get(_EPOCH)
    if not isinstance(number, int) or not isinstance(epoch, int):
        return None
    if not _is_younger(session, timedelta(days=SIGNED_IN_DAYS_MAX), now):
        return None
    row = Account.objects.select_related("pseudonym").filter(pk=number, epoch=epoch).first()
    return None if row is None else view_of(row, strong=session.get(_STRONG) is True)


def was(session: SessionBase) -> int | None:
    """The number of the account whose session this is or was, ended by time or everywhere; None for nobody's."""
    number = session.get(_ACCOUNT)
    return number if isinstance(number, int) else None


def is_fresh(session: SessionBase, *, now: datetime) -> bool:
    """Did its person sign in so recently that they may change keys, or leave, without doing it again?"""
    return _is_younger(session, timedelta(minutes=FRESH_MINUTES), now)


def stay(session: SessionBase) -> None:
    """Keep the person who changed a key just now signed in, here and nowhere else; under a new name, no stronger."""
    number = session.get(_ACCOUNT)
    account = Account.objects.filter(pk=number).first() if isinstance(number, int) else None
    if account is None:
        raise refusals.NoSuchAccount
    session.cycle_key()
    session[_EPOCH] = account.epoch


def sign_out(session: SessionBase) -> None:
    """This session is nobody's, and its row is gone."""
    session.flush()


def sign_out_everywhere(account_id: int) -> None:
    """Every session of this account is nobody's, the caller's own included."""
    Account.objects.filter(pk=account_id).update(epoch=F("epoch") + 1)


def hold(
    session: SessionBase, purpose: str, value: str, *, line: Line, now: datetime, minutes: int = CHALLENGE_MINUTES
) -> None:
    """Keep `value` for the next page, in place of what was held before; raises TooFast.

    Anybody can have a row written by this, so their line is counted, and a visitor's row lives as long as the question.
    """
    require_slow(line)
    if _ACCOUNT not in session:
        session.set_expiry(minutes * 60)
    session[_HELD] = {"purpose": purpose, "value": value, "since": int(now.timestamp())}
    session.save()


def take_held(session: SessionBase, purpose: str, *, now: datetime) -> str:
    """What was held for this purpose; it is gone after this, whatever comes of it, for every other page, too.

    raises  ChallengeGone when nothing is, it was for something else, or it is older than CHALLENGE_MINUTES
    """
    with transaction.atomic():
        # Not what this request read when it began: another one may have taken it since.
        is_there = Session.objects.select_for_update().filter(session_key=session.session_key).exists()
        held = session.load().get(_HELD) if is_there else None
        session.pop(_HELD, None)
        if is_there:
            session.save()
    return _value(held, purpose, CHALLENGE_MINUTES, now)


def look_at_held(session: SessionBase, purpose: str, *, minutes: int, now: datetime) -> str:
    """What is held for this purpose, for a page that shows it; it stays. Raises ChallengeGone as `take_held` does."""
    return _value(session.get(_HELD), purpose, minutes, now)


def let_go(session: SessionBase) -> None:
    """Hold nothing any more: what was held has served."""
    session.pop(_HELD, None)


def _value(held: object, purpose: str, minutes: int, now: datetime) -> str:
    if not isinstance(held, dict) or held["purpose"] != purpose or now.timestamp() - held["since"] > minutes * 60:
        raise refusals.ChallengeGone(minutes=minutes)
    return str(held["value"])


def _is_younger(session: SessionBase, age: timedelta, now: datetime) -> bool:
    since = session.get(_SINCE)
    return isinstance(since, int) and now.timestamp() - since <= age.total_seconds()

"""Codes of half a minute from a phone (TOTP, RFC 6238), the second factor beside a password."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from django.contrib.sessions.backends.base import SessionBase

from thuchu.desk.accounts import refusals
from thuchu.desk.accounts.limits import Line
from thuchu.desk.accounts.session import hold, let_go, look_at_held

STEP_SECONDS = 30
# RFC 6238, section 5.2: one step of drift either way, for clocks that nobody sets.
DRIFT_STEPS = 1
# RFC 4226 recommends 160 bits.
SECRET_CHARS = 32
DIGITS = 6
# Somebody may have to find, install and understand an app for codes first.
OFFER_MINUTES = 30
_PURPOSE = "codes"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCodes:
    """A secret that somebody's phone has proved to hold; only `finish` makes one."""

    secret: str
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A secret for a phone: to be typed, or as the address that a QR code carries."""

    secret: str
    address: str


def fresh_secret() -> str:
    """A secret that no phone has yet."""
    return pyotp.random_base32(SECRET_CHARS)


def code_at(secret: str, now: datetime) -> str:
    """What a phone that holds `secret` shows at that moment."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS).at(now)


def begin(session: SessionBase, *, name: str, desk_name: str, line: Line, now: datetime) -> Offer:
    """A fresh secret, held for the next page; raises TooFast."""
    secret = fresh_secret()
    hold(session, _PURPOSE, secret, line=line, now=now, minutes=OFFER_MINUTES)
    return _offer(secret, name, desk_name)


def offered(session: SessionBase, *, name: str, desk_name: str, now: datetime) -> Offer | None:
    """The secret that is held, for a page that shows it again; None when none is, or its time is over."""
    try:
        secret = look_at_held(session, _PURPOSE, minutes=OFFER_MINUTES, now=now)
    except refusals.ChallengeGone:
        return None
    return _offer(secret, name, desk_name)


def finish(session: SessionBase, code: str, *, now: datetime) -> NewCodes:
    """The secret that was offered, once its phone gives the code of now; raises ChallengeGone, CodeWrong.

    After a wrong code the same secret waits on: who mistypes has a phone that holds it already, and it is no secret
    from whoever tries.
    """
    secret = look_at_held(session, _PURPOSE, minutes=OFFER_MINUTES, now=now)
    step = matching_step(secret, code, now=now)
    if step is None:
        raise refusals.CodeWrong
    let_go(session)
    return NewCodes(secret=secret, step=step)


def matching_step(secret: str, code: str, *, now: datetime, after: int = 0) -> int | None:
    """The half-minute, counted since 1970, that `code` belongs to; None for a wrong one.

    after  no half-minute up to this one counts: its code was used
    """
    typed = "".join(code.split())
    if len(typed) != DIGITS or not (typed.isascii() and typed.isdecimal()):
        return None
    step = int(now.timestamp()) // STEP_SECONDS
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    for drift in range(-DRIFT_STEPS, DRIFT_STEPS + 1):
        if step + drift > after and secrets.compare_digest(totp.generate_otp(step + drift), typed):
            return step + drift
    return None


def _offer(secret: str, name: str, desk_name: str) -> Offer:
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    return Offer(secret=secret, address=totp.provisioning_uri(name=name, issuer_name=desk_name))

"""Codes of half a minute from a phone (TOTP, RFC 6238), the second factor beside a password."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp
from django.contrib.sessions.backends.base import SessionBase

from thuchu.desk.accounts import refusals
from thuchu.desk.accounts.limits import Line
from thuchu.desk.accounts.session import hold, take_held

STEP_SECONDS = 30
# RFC 6238, section 5.2: one step of drift either way, for clocks that nobody sets.
DRIFT_STEPS = 1
# RFC 4226 recommends 160 bits.
SECRET_CHARS = 32
DIGITS = 6
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
    hold(session, _PURPOSE, secret, line=line, now=now)
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=STEP_SECONDS)
    address = totp.provisioning_uri(name=name, issuer_name=desk_name)
    return Offer(secret=secret, address=address)


def finish(session: SessionBase, code: str, *, now: datetime) -> NewCodes:
    """The secret that was offered, once its phone gives the code of now; raises ChallengeGone, CodeWrong."""
    secret = take_held(session, _PURPOSE, now=now)
    step = matching_step(secret, code, now=now)
    if step is None:
        raise refusals.CodeWrong
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

"""Tokens with which somebody's own programs ask more than a stranger may: made, looked at, used and revoked.

A token opens what its scopes name and no page; no scope writes a note or a rating (rule 8).  Who uses one leaves
nothing but the day: what was asked with it is tied to no token and no account (rule 2).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from thuchu.desk.accounts import refusals, tokens
from thuchu.desk.accounts.limits import Line, require_slow
from thuchu.desk.accounts.models import (
    SCOPES,
    TOKEN_NAME_CHARS_MAX,
    TOKEN_PREFIX_CHARS,
    Account,
    ApiToken,
)
from thuchu.desk.accounts.permissions import Act, require
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.traces import forget_pages
from thuchu.privacy import CleanText, require_clean

# A program each, and one to change over to: whoever has more has lost count of where they lie.
TOKENS_MAX = 5
# A month to try it out, a quarter, a year; nothing opens for ever.
DAYS = (30, 90, 365)
# What it begins with says to whoever finds it, and to scanners for lost secrets, what it is.
MARK = "thuchu_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """A token that opens something now: what it may do, and under which name its calls are counted. Not whose it is."""

    digest: str
    scopes: frozenset[str]


def make(owner: AccountView, name: CleanText, scopes: Iterable[str], *, days: int, line: Line, now: datetime) -> str:
    """A new token, shown this once; its digest alone is kept.

    raises  TooFast, NotForYou, TokenNameRefused, TokenScopesRefused, TokenDaysRefused, TokensEnough, NoSuchAccount
    """
    require_slow(line)
    require(owner, Act.MAKE_TOKEN)
    called = _checked_name(name)
    wanted = set(scopes)
    if not wanted or wanted - set(SCOPES):
        raise refusals.TokenScopesRefused
    if days not in DAYS:
        raise refusals.TokenDaysRefused
    random = tokens.new_token()
    with transaction.atomic():
        # One person's tokens are counted and made one after the other.
        account = Account.objects.select_for_update().filter(pk=owner.id).first()
        if account is None:
            raise refusals.NoSuchAccount
        if account.api_tokens.filter(expires_on__gte=now.date()).count() >= TOKENS_MAX:
            raise refusals.TokensEnough(most=TOKENS_MAX)
        account.api_tokens.create(
            name=called,
            digest=tokens.digest(random, "api token"),
            prefix=random[:TOKEN_PREFIX_CHARS],
            scopes=" ".join(each for each in SCOPES if each in wanted),
            made_on=now.date(),
            expires_on=now.date() + timedelta(days=days),
        )
    return MARK + random


def revoke(owner: AccountView, token_id: int) -> bool:
    """Make a token worthless from now on; False when it is somebody else's, or gone."""
    with transaction.atomic():
        count, _ = ApiToken.objects.filter(pk=token_id, account_id=owner.id).delete()
        transaction.on_commit(forget_pages)
    return bool(count)


def use(secret: str, *, now: datetime) -> Used | None:
    """What a token opens; None for one that is unknown, revoked or expired. Which of them is nobody's business."""
    if not secret.startswith(MARK):
        return None
    digest = tokens.digest(secret.removeprefix(MARK), "api token")
    today = now.date()
    row = ApiToken.objects.filter(digest=digest, expires_on__gte=today).first()
    if row is None:
        return None
    if row.used_on != today:
        # Written once a day; a program whose clock or desk went back moves no day back.
        ApiToken.objects.filter(Q(used_on=None) | Q(used_on__lt=today), pk=row.pk).update(used_on=today)
    return Used(digest=row.digest, scopes=frozenset(row.scopes.split()))


def _checked_name(name: CleanText) -> str:
    called = " ".join(require_clean(name).text.split())
    if not 1 <= len(called) <= TOKEN_NAME_CHARS_MAX or name.findings:
        raise refusals.TokenNameRefused(most=TOKEN_NAME_CHARS_MAX)
    return called

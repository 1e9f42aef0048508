"""What the sample's people do through the desk's own verbs, each act at its own moment: join, write, ask."""

import html
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings

from thuchu.desk import journey
from thuchu.desk.accounts import reads as accounts
from thuchu.desk.accounts.codes import NewCodes, fresh_secret
from thuchu.desk.accounts.joining import ByPassword, join
from thuchu.desk.accounts.practice import pass_practice
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.accounts.ways_in import new_password
from thuchu.desk.claims.wishes import NO_WISHES, Wishes
from thuchu.desk.evidence.upload import capture_upload
from thuchu.desk.notes.drafts import Draft
from thuchu.desk.notes.write import write
from thuchu.privacy import scrub

PASSWORD = "chín cây trong vườn mẫu"  # noqa: S105 (printed by the demo, opens nothing else)


def join_as(name: str, token: str, *, with_codes: bool, is_newcomer: bool, now: datetime) -> tuple[int, str]:
    """One person with the password that everybody knows; their account, and the secret of their codes."""
    secret = fresh_secret() if with_codes else ""
    codes = NewCodes(secret=secret, step=0) if secret else None
    way_in = ByPassword(password=new_password(PASSWORD, name=name), codes=codes)
    number = join(token, scrub(name), way_in, desk_name=settings.THUCHU_NAME, now=now).account_id
    if not is_newcomer:
        pass_practice(number, now)
    return number, secret


def ask_and_wait(text: str, *, wishes: Wishes = NO_WISHES, now: datetime) -> int:
    """A question through the web's own door; the number of the claim it waits under."""
    asked = journey.ask(text, door="web", page_language="vi", now=now, wishes=wishes)
    if asked.answer.kind == "suggest":
        journey.none_of_these(asked.token, now=now)
    view = journey.look_again(asked.token, now=now)
    if view is None or view.claim is None:
        raise RuntimeError(f"the sample's question is answered already, so nothing waits: {text}")
    # As the worker does between two questions, so that the next one finds this one.
    journey.catch_up_claims()
    return view.claim.id


def capture_page(page: Mapping[str, Any], quote: str, *, by: int, now: datetime) -> int:
    """A page of the sample, kept as evidence for one of its sentences; gives back the evidence's number."""
    return capture_upload(_page(page), scrub(page["name"]), scrub(quote), by=by, now=now, home=settings.THUCHU_HOME)


def draft_of(written: Mapping[str, Any], author: AccountView, *, now: datetime) -> Draft:
    """A note's verdict and words, on a page that is kept as evidence."""
    kept = capture_page(written["page"], written["quote"], by=author.pseudonym_id, now=now)
    return Draft(
        verdict=written["verdict"],
        text=scrub(written["text"]),
        evidence=(kept,),
        ai_drafted=written.get("ai_drafted", False),
    )


def write_on(claim: int, written: Mapping[str, Any], author: AccountView, clock: Iterator[datetime]) -> int:
    return write(author, claim, draft_of(written, author, now=next(clock)), now=next(clock))


def view_of(account_id: int) -> AccountView:
    view = accounts.account_view(account_id)
    if view is None:
        raise LookupError(account_id)
    return view


def ticking(start: datetime, step: timedelta) -> Iterator[datetime]:
    moment = start
    while True:
        yield moment
        moment += step


def _page(written: Mapping[str, Any]) -> bytes:
    lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in written["body"])
    title = html.escape(written["title"])
    return (
        f'<!doctype html>\n<html><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f"<body><h1>{title}</h1>\n{lines}</body></html>\n"
    ).encode()

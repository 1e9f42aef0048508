"""Who looks at a page: nobody we know, or the person whose session this is; and which pages are for whom."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.accounts.session import current
from thuchu.desk.web.carried import sent
from thuchu.desk.web.forms import see_other
from thuchu.desk.web.way_in import way_in

View = Callable[..., HttpResponse]
_KEPT = "_thuchu_person"


def has_session(request: HttpRequest) -> bool:
    """Did the browser show a session at all? Whoever has none is nobody, and nothing is read for them."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def person(request: HttpRequest) -> AccountView | None:
    """Who is signed in; read once a request."""
    if not hasattr(request, _KEPT):
        found = current(request.session, now=timezone.now()) if has_session(request) else None
        setattr(request, _KEPT, found)
    known: AccountView | None = getattr(request, _KEPT)
    return known


def signed_in(request: HttpRequest) -> AccountView:
    """The person of a page that `needs` let them on to; LookupError on any other page."""
    found = person(request)
    if found is None:
        raise LookupError
    return found


def recognise(request: HttpRequest) -> None:
    """Somebody signed in during this very request: the page that answers it is theirs already."""
    setattr(request, _KEPT, current(request.session, now=timezone.now()))


def with_account(view: View) -> View:
    """The page is for everybody with an account, and shows them their own; a visitor is shown the way in."""

    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return to_sign_in(request, own_account=True) if person(request) is None else view(request, *args, **kwargs)

    guarded.needs = "account"  # type: ignore[attr-defined]
    return guarded


def needs(act: Act) -> Callable[[View], View]:
    """The page is for those who may do that: a visitor is shown the way in, and anybody else why it isn't for them.

    What such a page shows is one person's: no cache keeps it.  The act stands on the view, for the test that asks
    every address in every role.
    """

    def guard(view: View) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            who = person(request)
            if may(who, act):
                return view(request, *args, **kwargs)
            return to_sign_in(request) if who is None else not_for_you(request, act)

        guarded.needs = act  # type: ignore[attr-defined]
        return guarded

    return guard


def to_sign_in(request: HttpRequest, *, own_account: bool = False) -> HttpResponse:
    """The way in, and back to this page afterwards; what a form sent is carried along in the page."""
    carried = sent(request, own_account=own_account)
    if carried:
        return way_in(request, after=request.get_full_path(), carried=carried, status=403)
    back = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    return see_other(f"{reverse('sign_in')}?{urlencode({'next': back})}")


def not_for_you(request: HttpRequest, act: Act) -> HttpResponse:
    """403: signed in, but this isn't for them (yet); the page says what would make it so, and shows what they sent."""
    who = signed_in(request)
    unpractised = not who.may_write and act in (Act.WRITE_NOTE, Act.TAKE_CLAIM, Act.TAKE_SHIFT, Act.INVITE)
    about = {"unpractised": unpractised, "asleep": who.is_asleep, "kept": sent(request).written}
    return render(request, "errors/not_for_you.html", about, status=403)

"""The page of the ways in: by itself, and in place of a page whose form needs its sender to sign in first."""

from typing import Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thuchu.desk.accounts import session
from thuchu.desk.accounts.passkeys import has_a_name, site
from thuchu.desk.web.carried import Carried


def passkeys_here(request: HttpRequest) -> Literal["yes", "number", "elsewhere"]:
    """Can a passkey be used on this page: not at a bare number, and not at another address than the desk's own."""
    if not has_a_name(site()):
        return "number"
    origin = f"{request.scheme}://{request.get_host()}"
    return "yes" if origin == settings.THUCHU_ORIGIN else "elsewhere"


def way_in(
    request: HttpRequest, *, after: str, carried: Carried, trouble: str = "", name: str = "", status: int = 200
) -> HttpResponse:
    """The page; `after` is where its person wanted to be, `carried` what they sent there."""
    about = {
        "trouble": trouble,
        "name": name,
        "next": after,
        "carried": carried,
        "passkeys": passkeys_here(request),
        "fresh_minutes": session.FRESH_MINUTES,
    }
    return render(request, "pages/sign_in.html", about, status=status)

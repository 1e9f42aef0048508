"""Joining: what it means, and the page behind an invitation, where somebody takes a name and a way in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thuchu import privacy
from thuchu.desk.accounts import joining, passkeys
from thuchu.desk.accounts.models import NAME_CHARS_MAX
from thuchu.desk.accounts.names import NAME_CHARS_MIN
from thuchu.desk.accounts.places import INVITATION_DAYS
from thuchu.desk.accounts.reads import invitation, places_left_this_week
from thuchu.desk.accounts.refusals import AccountRefused, InvitationGone
from thuchu.desk.accounts.ways_in import PASSWORD_CHARS_MIN, new_password
from thuchu.desk.web.entering import enter, line_of, question, status_of
from thuchu.desk.web.forms import clean, sentence, typed
from thuchu.desk.web.person import person
from thuchu.desk.web.way_in import passkeys_here


@never_cache
@require_safe
def about_joining(request: HttpRequest) -> HttpResponse:
    """What joining means, before anybody asks for an invitation."""
    return render(request, "pages/joining.html", {"places": places_left_this_week(now=timezone.now())})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """A name, a way in, ten recovery codes."""
    open_one = invitation(token, now=timezone.now())
    if open_one is None:
        return _gone(request)
    if person(request) is not None:
        return render(request, "pages/join_again.html")
    if request.method != "POST":
        return _page(request, token)
    try:
        joined = _join(request, token)
        enter(request, joined.proof)
    except InvitationGone:
        return _gone(request)
    except AccountRefused as refusal:
        return _page(request, token, refusal)
    # Answered here and not after a redirect: the codes are shown once, and kept nowhere on the way.
    by_password = not request.POST.get("answer")
    return render(
        request, "pages/codes_shown.html", {"codes": joined.recovery_codes, "joined": True, "more": by_password}
    )


@never_cache
@require_POST
def passkey_begin(request: HttpRequest, token: str) -> HttpResponse:
    """The question for the device, once the name can be taken."""

    def ask() -> str:
        now = timezone.now()
        name = joining.check_joining(token, clean(request, "name"), desk_name=settings.THUCHU_NAME, now=now)
        return passkeys.begin_registration(request.session, passkeys.site(), name=name, line=line_of(request), now=now)

    return question(ask)


def _join(request: HttpRequest, token: str) -> joining.Joined:
    now, name = timezone.now(), clean(request, "name")
    way_in: joining.ByPasskey | joining.ByPassword
    if answer := request.POST.get("answer", ""):
        made = passkeys.finish_registration(request.session, passkeys.site(), answer, now=now)
        way_in = joining.ByPasskey(made=made, name=privacy.scrub(_("My first passkey")))
    else:
        # The name first: a password is hashed only for a name that can be taken.
        checked = joining.check_joining(token, name, desk_name=settings.THUCHU_NAME, now=now)
        way_in = joining.ByPassword(password=new_password(request.POST.get("password", ""), name=checked))
    return joining.join(token, name, way_in, desk_name=settings.THUCHU_NAME, now=now)


def _page(request: HttpRequest, token: str, refusal: AccountRefused | None = None) -> HttpResponse:
    about = {
        "token": token,
        "trouble": sentence(refusal) if refusal else "",
        "name": typed(request, "name"),
        "passkeys": passkeys_here(request),
        "chars_min": NAME_CHARS_MIN,
        "chars_max": NAME_CHARS_MAX,
        "password_chars_min": PASSWORD_CHARS_MIN,
    }
    return render(request, "pages/join.html", about, status=status_of(refusal) if refusal else 200)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/join_gone.html", {"days": INVITATION_DAYS}, status=410)

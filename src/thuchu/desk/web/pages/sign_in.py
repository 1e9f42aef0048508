"""Signing in and out: a passkey where scripts run; name, password and code, or a recovery code, everywhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from thuchu.desk.accounts import passkeys, session
from thuchu.desk.accounts.refusals import AccountRefused
from thuchu.desk.accounts.sign_in import with_password, with_recovery_code
from thuchu.desk.web.carried import brought
from thuchu.desk.web.entering import (
    AFTER_SIGN_IN,
    enter,
    line_of,
    question,
    status_of,
)
from thuchu.desk.web.forms import inside, see_other, sentence, typed
from thuchu.desk.web.person import person
from thuchu.desk.web.way_in import way_in

# Longer than any name here; a link says no more.
_NAME_CHARS_MAX = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The ways in; the one by password is this page's own form. Who is signed in long since may do it again."""
    if request.method == "POST":
        try:
            name, password, code = typed(request, "name"), request.POST.get("password", ""), typed(request, "code")
            enter(request, with_password(name, password, code, line=line_of(request), now=timezone.now()))
        except AccountRefused as refusal:
            return _page(request, refusal)
        return _on(request)
    if person(request) is not None and session.is_fresh(request.session, now=timezone.now()):
        return _on(request)
    return _page(request)


@never_cache
@require_POST
def passkey_begin(request: HttpRequest) -> HttpResponse:
    """The question for the device."""
    return question(
        lambda: passkeys.begin_sign_in(request.session, passkeys.site(), line=line_of(request), now=timezone.now())
    )


@never_cache
@require_POST
def passkey_finish(request: HttpRequest) -> HttpResponse:
    """The device's answer."""
    try:
        answer = request.POST.get("answer", "")
        proof = passkeys.finish_sign_in(request.session, passkeys.site(), answer, now=timezone.now())
        enter(request, proof)
    except AccountRefused as refusal:
        return _page(request, refusal)
    return _on(request)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery(request: HttpRequest) -> HttpResponse:
    """A recovery code, for who has lost every other way in; then the page where new ones are made."""
    trouble, status = "", 200
    if request.method == "POST":
        try:
            name, code = typed(request, "name"), typed(request, "code")
            enter(request, with_recovery_code(name, code, line=line_of(request), now=timezone.now()))
        except AccountRefused as refusal:
            trouble, status = sentence(refusal), status_of(refusal)
        else:
            return see_other("account")
    about = {"trouble": trouble, "name": typed(request, "name")}
    return render(request, "pages/recovery.html", about, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Nobody is signed in here any more."""
    session.sign_out(request.session)
    return see_other("home")


def _on(request: HttpRequest) -> HttpResponse:
    """Where they wanted to be; with a form that they had sent, before it is sent again by their own hand."""
    asked, carried = request.POST.get("next") or request.GET.get("next", ""), brought(request)
    if carried and inside(request, asked, ""):
        return render(request, "pages/send_again.html", {"to": asked, "carried": carried})
    return see_other(inside(request, asked, AFTER_SIGN_IN))


def _page(request: HttpRequest, refusal: AccountRefused | None = None) -> HttpResponse:
    return way_in(
        request,
        after=inside(request, request.POST.get("next") or request.GET.get("next", ""), ""),
        carried=brought(request),
        trouble=sentence(refusal) if refusal else "",
        # A link may say who means to come in, as those of the demo's people do.
        name=typed(request, "name") or request.GET.get("name", "")[:_NAME_CHARS_MAX],
        status=status_of(refusal) if refusal else 200,
    )

"""Adding, changing and removing what opens one's account; each shortly after signing in, the last way in never."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thuchu.desk.accounts import codes, passkeys, ways_in
from thuchu.desk.accounts.reads import ways_in as ways_of
from thuchu.desk.accounts.refusals import AccountRefused, NeedsPassword
from thuchu.desk.accounts.session import stay
from thuchu.desk.web import qr
from thuchu.desk.web.entering import fresh, line_of, question, status_of
from thuchu.desk.web.forms import clean, see_other, sentence, typed
from thuchu.desk.web.pages.account import own_page
from thuchu.desk.web.person import signed_in, with_account


@require_POST
@with_account
@fresh
def passkey_begin(request: HttpRequest) -> HttpResponse:
    """The question for a device that gets another passkey."""
    me = signed_in(request)
    return question(
        lambda: passkeys.begin_registration(
            request.session,
            passkeys.site(),
            name=me.name,
            line=line_of(request),
            account_id=me.id,
            now=timezone.now(),
        )
    )


@require_POST
@with_account
@fresh
def passkey_add(request: HttpRequest) -> HttpResponse:
    """Keep what the device made."""
    now = timezone.now()
    try:
        made = passkeys.finish_registration(request.session, passkeys.site(), request.POST.get("answer", ""), now=now)
        ways_in.add_passkey(signed_in(request).id, made, clean(request, "name"), now=now)
    except AccountRefused as refusal:
        return own_page(request, refusal, passkey_name=typed(request, "name"))
    return see_other("account")


@require_POST
@with_account
@fresh
def passkey_rename(request: HttpRequest, number: int) -> HttpResponse:
    """Call a passkey something else."""
    try:
        ways_in.rename_passkey(signed_in(request).id, number, clean(request, "name"))
    except AccountRefused as refusal:
        return own_page(request, refusal)
    return see_other("account")


@require_POST
@with_account
@fresh
def passkey_remove(request: HttpRequest, number: int) -> HttpResponse:
    """Take a passkey away; pressed twice, it is gone either way."""
    try:
        if ways_in.remove_passkey(signed_in(request).id, number):
            stay(request.session)
    except AccountRefused as refusal:
        return own_page(request, refusal)
    return see_other("account")


@require_http_methods(["GET", "HEAD", "POST"])
@with_account
@fresh
def password(request: HttpRequest) -> HttpResponse:
    """Set or change the password."""
    me, trouble, status = signed_in(request), "", 200
    if request.method == "POST":
        try:
            made = ways_in.new_password(request.POST.get("password", ""), name=me.name)
            ways_in.set_password(me.id, made, None)
            stay(request.session)
        except AccountRefused as refusal:
            trouble, status = sentence(refusal), status_of(refusal)
        else:
            return see_other("account")
    about = {"trouble": trouble, "ways": ways_of(me.id), "password_chars_min": ways_in.PASSWORD_CHARS_MIN}
    return render(request, "pages/password.html", about, status=status)


@require_POST
@with_account
@fresh
def password_remove(request: HttpRequest) -> HttpResponse:
    """Take the password away, its codes with it."""
    try:
        ways_in.remove_password(signed_in(request).id)
        stay(request.session)
    except AccountRefused as refusal:
        return own_page(request, refusal)
    return see_other("account")


@require_POST
@with_account
@fresh
def codes_begin(request: HttpRequest) -> HttpResponse:
    """Make a secret for a phone; the next page shows it."""
    me = signed_in(request)
    try:
        codes.begin(
            request.session, name=me.name, desk_name=settings.THUCHU_NAME, line=line_of(request), now=timezone.now()
        )
    except AccountRefused as refusal:
        return own_page(request, refusal)
    return see_other("account_codes")


@require_http_methods(["GET", "HEAD", "POST"])
@with_account
@fresh
def codes_page(request: HttpRequest) -> HttpResponse:
    """The secret as text and as a picture, and the field for the code that proves that a phone has it."""
    me, now, trouble, status = signed_in(request), timezone.now(), "", 200
    if request.method == "POST":
        try:
            ways_in.set_codes(me.id, codes.finish(request.session, typed(request, "code"), now=now))
            stay(request.session)
        except NeedsPassword as refusal:
            return own_page(request, refusal)
        except AccountRefused as refusal:
            trouble, status = sentence(refusal), status_of(refusal)
        else:
            return see_other("account_codes_set")
    offer = codes.offered(request.session, name=me.name, desk_name=settings.THUCHU_NAME, now=now)
    about = {
        "trouble": trouble,
        "ways": ways_of(me.id),
        "secret": _in_groups(offer.secret) if offer else "",
        "picture": qr.drawn(offer.address) if offer else "",
        "digits": codes.DIGITS,
        "seconds": codes.STEP_SECONDS,
        "minutes": codes.OFFER_MINUTES,
    }
    return render(request, "pages/codes.html", about, status=status)


@require_safe
@with_account
def codes_set(request: HttpRequest) -> HttpResponse:
    """It is done: the code is asked for from now on."""
    return render(request, "pages/codes_set.html")


@require_http_methods(["GET", "HEAD", "POST"])
@with_account
@fresh
def recovery(request: HttpRequest) -> HttpResponse:
    """Ask, or make ten fresh recovery codes: shown as the answer itself, since nothing keeps them."""
    me = signed_in(request)
    if request.method == "POST":
        return render(request, "pages/codes_shown.html", {"codes": ways_in.renew_recovery_codes(me.id)})
    return render(request, "pages/recovery_renew.html", {"ways": ways_of(me.id)})


def _in_groups(secret: str) -> str:
    """Four letters at a time, as people copy them."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))

"""One's own account: what it shows of its person, and signing out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from thuchu.desk import journey
from thuchu.desk.accounts import session
from thuchu.desk.accounts.passkeys import PASSKEYS_MAX
from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.accounts.reads import invitations_left, open_invitations, places_left_this_week, ways_in
from thuchu.desk.accounts.refusals import AccountRefused
from thuchu.desk.web.entering import status_of
from thuchu.desk.web.forms import see_other, sentence, typed
from thuchu.desk.web.person import signed_in, with_account
from thuchu.desk.web.way_in import passkeys_here


@require_safe
@with_account
def account(request: HttpRequest) -> HttpResponse:
    """The page."""
    return own_page(request)


@require_POST
@with_account
def everywhere(request: HttpRequest) -> HttpResponse:
    """Sign out on every device, this one included."""
    session.sign_out_everywhere(signed_in(request).id)
    session.sign_out(request.session)
    return see_other("sign_in")


@require_POST
@with_account
def give_back(request: HttpRequest) -> HttpResponse:
    """Give a role of one's own back."""
    me = signed_in(request)
    try:
        journey.revoke_role(me, me.pseudonym_id, typed(request, "role"), now=timezone.now())
    except AccountRefused as refusal:
        return own_page(request, refusal)
    return see_other("account")


def own_page(request: HttpRequest, refusal: AccountRefused | None = None, *, passkey_name: str = "") -> HttpResponse:
    """The page, with what was refused above it."""
    me, now = signed_in(request), timezone.now()
    ways = ways_in(me.id)
    about = {
        "trouble": sentence(refusal) if refusal else "",
        "ways": ways,
        "passkeys": passkeys_here(request),
        "passkeys_max": PASSKEYS_MAX,
        "passkey_name": passkey_name or _("My device"),
        "may_hand_over": may(me, Act.HAND_OVER),
        "may_invite": may(me, Act.INVITE),
        "invitations": open_invitations(me.pseudonym_id, now=now),
        "invitations_left": invitations_left(me.pseudonym_id, now=now),
        "places": places_left_this_week(now=now),
    }
    return render(request, "pages/account.html", about, status=status_of(refusal) if refusal else 200)

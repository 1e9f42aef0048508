"""Leaving and being forgotten: a page that says what goes and what stays, and asks once more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thuchu.desk import journey
from thuchu.desk.accounts import session
from thuchu.desk.accounts.hand_over import is_last_coordinator
from thuchu.desk.accounts.models import OPERATOR
from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.accounts.reads import AccountView, role_holders
from thuchu.desk.accounts.refusals import AccountRefused
from thuchu.desk.web.entering import fresh, status_of
from thuchu.desk.web.forms import see_other, sentence, typed
from thuchu.desk.web.person import signed_in, with_account


@require_http_methods(["GET", "HEAD", "POST"])
@with_account
@fresh
def leave(request: HttpRequest) -> HttpResponse:
    """Ask, or erase the account."""
    me = signed_in(request)
    if request.method == "POST":
        try:
            journey.leave(me.id, now=timezone.now(), knows_last=typed(request, "knows_last") == "yes")
        except AccountRefused as refusal:
            return _page(request, me, sentence(refusal), status_of(refusal))
        session.sign_out(request.session)
        return see_other("left")
    return _page(request, me)


def _page(request: HttpRequest, me: AccountView, trouble: str = "", status: int = 200) -> HttpResponse:
    operators = [holder.pseudonym_id for holder in role_holders() if holder.role == OPERATOR]
    about = {
        "only_operator": operators == [me.pseudonym_id],
        "only_coordinator": is_last_coordinator(me.id),
        "may_hand_over": may(me, Act.HAND_OVER),
        "trouble": trouble,
    }
    return render(request, "pages/leave.html", about, status=status)


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """It is done."""
    return render(request, "pages/left.html")

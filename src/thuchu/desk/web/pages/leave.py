"""Leaving and being forgotten: a page that says what goes and what stays, and asks once more."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from thuchu.desk import journey
from thuchu.desk.accounts import session
from thuchu.desk.accounts.models import OPERATOR
from thuchu.desk.accounts.reads import role_holders
from thuchu.desk.web.entering import fresh
from thuchu.desk.web.forms import see_other
from thuchu.desk.web.person import signed_in, with_account


@require_http_methods(["GET", "HEAD", "POST"])
@with_account
@fresh
def leave(request: HttpRequest) -> HttpResponse:
    """Ask, or erase the account."""
    me = signed_in(request)
    if request.method == "POST":
        journey.leave(me.id, now=timezone.now())
        session.sign_out(request.session)
        return see_other("left")
    operators = [holder.pseudonym_id for holder in role_holders() if holder.role == OPERATOR]
    return render(request, "pages/leave.html", {"only_operator": operators == [me.pseudonym_id]})


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """It is done."""
    return render(request, "pages/left.html")

"""Who works here: how many, who holds which role, and who may do what, in words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thuchu.desk.accounts.figures import figures
from thuchu.desk.accounts.models import COORDINATOR, OPERATOR
from thuchu.desk.accounts.permissions import MATRIX, Act, Cell, Role
from thuchu.desk.accounts.reads import places_left_this_week, role_holders


@never_cache
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """The page; everybody may see it."""
    now, holders = timezone.now(), role_holders()
    about = {
        "contributors": figures(since=now, until=now).contributors,
        "places": places_left_this_week(now=now),
        "coordinators": [holder for holder in holders if holder.role == COORDINATOR],
        "operators": [holder for holder in holders if holder.role == OPERATOR],
        "acts": {
            "everybody": _acts(Role.VISITOR, Cell.YES),
            "contributors": _acts(Role.CONTRIBUTOR, Cell.YES, beyond=Role.VISITOR),
            "practised": _acts(Role.CONTRIBUTOR, Cell.PRACTISED, beyond=Role.VISITOR),
            "coordinators": _acts(Role.COORDINATOR, Cell.YES, beyond=Role.CONTRIBUTOR),
            "operators": _acts(Role.OPERATOR, Cell.YES, beyond=Role.CONTRIBUTOR),
        },
    }
    return render(request, "pages/people.html", about)


def _acts(role: Role, cell: Cell, *, beyond: Role | None = None) -> list[Act]:
    """The acts where the matrix says that of the role, and the same not already of the one before it."""
    return [act for act in Act if MATRIX[act][role] == cell and (beyond is None or MATRIX[act][beyond] != cell)]

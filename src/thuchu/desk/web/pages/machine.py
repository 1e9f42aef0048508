"""The machine, for those who run it: its settings (read only), its jobs, and who holds a role; nothing is public."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from thuchu.desk import journey
from thuchu.desk.accounts import roles
from thuchu.desk.accounts.models import GRANTED_ROLES
from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import pseudonym_named, role_holders
from thuchu.desk.accounts.refusals import AccountRefused
from thuchu.desk.databases import shown
from thuchu.desk.inquiries.calendars import missing_year
from thuchu.desk.jobs import reads as jobs_reads
from thuchu.desk.jobs.retry import retry
from thuchu.desk.options import OPTIONS
from thuchu.desk.web.entering import status_of
from thuchu.desk.web.forms import number as number_of
from thuchu.desk.web.forms import see_other, sentence, typed
from thuchu.desk.web.pages.errors import bad_request
from thuchu.desk.web.person import needs, signed_in


@require_safe
@needs(Act.SEE_SETTINGS)
def machine(request: HttpRequest) -> HttpResponse:
    """What may be set, as it is set now."""
    rows = [
        # An address of a database may carry a password, which is nobody's to read on a page.
        {"name": option.name, "value": shown(str(getattr(settings, option.name) or "")), "help": _(option.help)}
        for option in OPTIONS
    ]
    about = {"counts": jobs_reads.counts(), "missing_year": missing_year(now=timezone.now())}
    return render(request, "pages/machine.html", {**about, "rows": rows})


@require_safe
@needs(Act.SEE_JOBS)
def jobs(request: HttpRequest) -> HttpResponse:
    """What the machine still has to do, does now, and gave up."""
    about = {
        "counts": jobs_reads.counts(),
        "wait_minutes": int(jobs_reads.oldest_wait_seconds(timezone.now()) // 60),
        "running": jobs_reads.running(),
        "waiting": jobs_reads.waiting(),
        "failed": jobs_reads.failed(),
        "shown_max": jobs_reads.SHOWN_MAX,
    }
    return render(request, "pages/jobs.html", about)


@require_POST
@needs(Act.SEE_JOBS)
def job_retry(request: HttpRequest, number: int) -> HttpResponse:
    """Try a failed job again; one that waits already is left alone."""
    retry(number, now=timezone.now())
    return see_other("jobs")


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Act.GRANT_ROLE)
def roles_page(request: HttpRequest) -> HttpResponse:
    """Who holds a role; give one to somebody by their name."""
    if request.method != "POST":
        return _roles(request)
    role, who = typed(request, "role"), pseudonym_named(typed(request, "name"))
    if role not in GRANTED_ROLES:
        return bad_request(request)
    if who is None:
        return _roles(request, _("Nobody here has this name. Check how it is written; case and accents don't matter."))
    try:
        roles.grant_role(signed_in(request), who.id, role, now=timezone.now())
    except AccountRefused as refusal:
        return _roles(request, sentence(refusal), status_of(refusal))
    return see_other("roles")


@require_POST
@needs(Act.GRANT_ROLE)
def role_take(request: HttpRequest) -> HttpResponse:
    """Take a role from somebody."""
    role, who = typed(request, "role"), number_of(request, "person")
    if role not in GRANTED_ROLES or who is None:
        return bad_request(request)
    try:
        journey.revoke_role(signed_in(request), who, role, now=timezone.now())
    except AccountRefused as refusal:
        return _roles(request, sentence(refusal), status_of(refusal))
    return see_other("roles")


def _roles(request: HttpRequest, trouble: str = "", status: int = 422) -> HttpResponse:
    about = {
        "trouble": trouble,
        "name": typed(request, "name"),
        "role": typed(request, "role") or GRANTED_ROLES[0],
        "roles": GRANTED_ROLES,
        "holders": role_holders(),
    }
    return render(request, "pages/roles.html", about, status=status if trouble else 200)

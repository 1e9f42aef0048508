"""The random check: one automatic answer after the other, and whether it was about what was asked."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.library.reads import fact_check
from thuchu.desk.reviews import auditing
from thuchu.desk.reviews.models import JUDGEMENTS
from thuchu.desk.web.forms import number, see_other, typed
from thuchu.desk.web.pages.claim_forms import form_page
from thuchu.desk.web.person import needs, signed_in
from thuchu.figures.audit import PICKED


@needs(Act.JUDGE_ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: HttpRequest) -> HttpResponse:
    """The next one for this person, without what anybody else said of it."""

    def act() -> HttpResponse:
        auditing.judge(signed_in(request), number(request, "answer") or 0, typed(request, "word"))
        return see_other("audit")

    found = auditing.next_of(signed_in(request))
    shown = {
        "answer": found,
        "fact_check": fact_check(found.told.fact_check) if found else None,
        "standing": auditing.standing(),
        "waiting": auditing.n_waiting(signed_in(request)),
        "words": JUDGEMENTS,
        "picked_max": PICKED,
        "judged_by": auditing.JUDGED_BY,
    }
    return form_page(request, "pages/audit.html", shown, act)

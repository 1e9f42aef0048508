"""What an asker says of a fact-check: it is my message, it isn't, or the check is wrong."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from thuchu.desk.intake.feedback import SAYS, say
from thuchu.desk.library.reads import fact_checks
from thuchu.desk.web.forms import see_other
from thuchu.desk.web.pages.answer import no_question
from thuchu.desk.web.pages.errors import bad_request


@require_POST
def feedback(request: HttpRequest, token: str) -> HttpResponse:
    """Keep it, and go back to the answer."""
    name, says = request.POST.get("fact_check", ""), request.POST.get("says", "")
    # PostgreSQL takes no NUL, not even to find nothing.
    view = fact_checks([name]).get(name) if name.isprintable() else None
    # A prebunk is nobody's message (rule 8).
    if says not in SAYS or view is None or view.twists:
        return bad_request(request)
    if not say(token, name, says, now=timezone.now()):
        return no_question(request)
    return see_other(f"{reverse('answer', kwargs={'token': token})}#{name}")

"""Letters that no mail server took, for those who keep the desk working: how many, why, and what to do; no address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.replies import reads
from thuchu.desk.replies.dead import give_up_on, try_again
from thuchu.desk.replies.figures import asked
from thuchu.desk.replies.sending import is_offered
from thuchu.desk.web.forms import see_other
from thuchu.desk.web.person import needs


@require_safe
@needs(Act.SEE_LETTERS)
def letters(request: HttpRequest) -> HttpResponse:
    """The page."""
    shown = {
        "dead": reads.dead_letters(),
        "letters": reads.letters(),
        "asked": asked(),
        "has_server": is_offered(),
        "shown_max": reads.SHOWN_MAX,
    }
    return render(request, "pages/letters.html", shown)


@require_POST
@needs(Act.SEE_LETTERS)
def again(request: HttpRequest, number: int) -> HttpResponse:
    """Try it again; one that waits already is left alone."""
    try_again(number, now=timezone.now())
    return see_other("letters")


@require_POST
@needs(Act.SEE_LETTERS)
def give_up(request: HttpRequest, number: int) -> HttpResponse:
    """Erase the address: the asker is told on their page alone."""
    give_up_on(number, now=timezone.now())
    return see_other("letters")

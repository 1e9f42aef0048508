"""The home page: one box that takes a text, a link, or both."""

import time

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from thuchu.desk import sample
from thuchu.desk.claims import last_day
from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.figures import waiting
from thuchu.desk.claims.wishes import Wishes
from thuchu.desk.facts.reads import events_on
from thuchu.desk.intake.limits import limiter
from thuchu.desk.journey import MessageRefused, ask
from thuchu.desk.library.reads import FactCheckView, Filters, browse, count
from thuchu.desk.limits import client_address
from thuchu.desk.reviews.reads import overdue
from thuchu.desk.web.forms import see_other, typed
from thuchu.desk.web.pages.box import box, picture, refused, too_fast
from thuchu.text.language import detect

# Enough to see what the desk is about, few enough that the box stays the page.
NEWEST_SHOWN = 3
# One of them holds a link, so that a warning is seen, too.
SAMPLES_SHOWN = 4


@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """The box; a message in it becomes a question with a page of its own."""
    if request.method == "POST":
        return _ask(request)
    # From a poster that hangs somewhere: the asker sees it, and can change it on the answer's page.
    area = claims.area(request.GET.get("area", ""))
    newest = _newest()
    samples = _samples(newest)
    late, quiet = overdue(now=timezone.now()), last_day.running(now=timezone.now())
    more = {"newest": newest, "total": count(), "samples": samples, "waiting": waiting(), "late": late, "quiet": quiet}
    more |= {"area": area, "events": events_on(now=timezone.now())}
    return box(request, text=_tried(samples, request.GET.get("try", "")), more=more)


def _ask(request: HttpRequest) -> HttpResponse:
    # A browser sends line ends as two characters; nobody typed two.
    text = request.POST.get("message", "").replace("\r\n", "\n")
    if request.FILES:
        return box(request, text=text, trouble=picture())
    wait_s = limiter().wait_seconds(client_address(request.META), time.monotonic())
    if wait_s:
        return box(request, text=text, trouble=too_fast(wait_s))
    try:
        asked = ask(
            text,
            door="web",
            page_language=get_language() or settings.LANGUAGE_CODE,
            now=timezone.now(),
            wishes=Wishes(area=typed(request, "area")),
        )
    except MessageRefused as error:
        return box(request, text=text, trouble=refused(error))
    return see_other("answer", token=asked.token)


def _newest() -> tuple[FactCheckView, ...]:
    """The newest fact-checks that the reader can read; others where there are none."""
    own = browse(Filters(language=get_language() or "")).items
    return (own or browse(Filters()).items)[:NEWEST_SHOWN]


def _samples(newest: tuple[FactCheckView, ...]) -> list[str]:
    """Messages to try, on a desk that holds the demo's content and nothing newer."""
    if not any(view.publisher_name == sample.PUBLISHER for view in newest):
        return []
    own = [question for question in sample.questions() if detect(question) == get_language()]
    linked = [question for question in own if "://" in question]
    return [question for question in own if question not in linked][: SAMPLES_SHOWN - 1] + linked[:1]


def _tried(samples: list[str], which: str) -> str:
    """The message behind "try this one", counted from 1: it fills the box, and whoever reads it presses the button."""
    wanted = int(which) if which.isdecimal() and len(which) < 3 else 0
    return samples[wanted - 1] if 1 <= wanted <= len(samples) else ""

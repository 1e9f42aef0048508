"""The week: what waits and what was learned, for everybody, as pages and as a feed."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from thuchu import __version__
from thuchu.desk.digest import reads
from thuchu.desk.digest.reads import WeekLine
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.ledger.append import head
from thuchu.desk.web import atom
from thuchu.desk.web.pages.caching import cached_beside
from thuchu.desk.wording import day, number

FEED_ENTRIES = 10


@require_safe
@cached_beside(reads.last_week)
def weeks(request: HttpRequest) -> HttpResponse:
    """Which there are."""
    return render(request, "pages/digest.html", {"weeks": reads.weeks()})


@require_safe
@cached_beside(reads.last_week)
def week(request: HttpRequest, day: str) -> HttpResponse:
    """One of them."""
    try:
        monday = date.fromisoformat(day)
    except ValueError:
        raise Http404 from None
    view = reads.week(monday, now=timezone.now())
    if view is None:
        raise Http404
    return render(request, "pages/digest_week.html", {"week": view})


@require_safe
@cached_beside(reads.last_week)
def feed(_request: HttpRequest) -> HttpResponse:
    """The newest as Atom, for readers of feeds: nobody is written to who didn't ask."""
    entries = [_entry(line) for line in reads.weeks()[:FEED_ENTRIES]]
    written = atom.atom(
        atom.Feed(
            title=f"{settings.THUCHU_NAME}: {gettext('The week')}",
            subtitle=gettext("What waits, what was agreed, what was corrected: one entry a week."),
            language=get_language() or settings.LANGUAGE_CODE,
            desk=settings.THUCHU_NAME,
            home=settings.THUCHU_ADDRESS + reverse("digest"),
            icon=settings.THUCHU_ADDRESS + static("icon.svg"),
            atom=settings.THUCHU_ADDRESS + reverse("digest_feed"),
            json="",
            updated=max((each.updated for each in entries), default=ledger.last_at() or timezone.now()),
            version=__version__,
            head=head(),
            entries=entries,
        )
    )
    return HttpResponse(written, content_type=atom.ATOM_TYPE)


def _entry(line: WeekLine) -> atom.Entry:
    title = gettext("The week from %(begin)s to %(end)s") % {"begin": day(line.monday), "end": day(line.sunday)}
    told = gettext("Newly agreed: %(agreed)s. Corrected: %(corrections)s. The page names what waits longest.")
    return atom.Entry(
        address=settings.THUCHU_ADDRESS + reverse("digest_week", kwargs={"day": line.monday.isoformat()}),
        title=title,
        text=told % {"agreed": number(line.agreed), "corrections": number(line.corrections)},
        language=get_language() or settings.LANGUAGE_CODE,
        published=line.made_at,
        updated=line.made_at,
        author=settings.THUCHU_NAME,
        elsewhere="",
        verdict="",
        state="current",
    )

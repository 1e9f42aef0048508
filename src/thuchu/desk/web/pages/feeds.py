"""Feeds: what is new in forms that programs read, and the page that says which there are."""

from typing import cast, get_args

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override
from django.views.decorators.http import require_safe

from thuchu import __version__
from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.views import NameView
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.ledger.append import head
from thuchu.desk.library.reads import FactCheckView
from thuchu.desk.publishing.feeds import Of, followed, news
from thuchu.desk.web import atom, telling
from thuchu.desk.web.pages.caching import cached_until_the_next_entry

_FORMS = {"atom": (atom.atom, atom.ATOM_TYPE), "json": (atom.json_feed, atom.JSON_TYPE)}


@require_safe
@cached_until_the_next_entry
def feeds(request: HttpRequest) -> HttpResponse:
    """Which there are."""
    now = timezone.now()
    shown = {"topics": claims.topics(), "events": claims.event_names(now=now), "areas": claims.provinces(now.date())}
    return render(request, "pages/feeds.html", shown)


@require_safe
@cached_until_the_next_entry
def feed(request: HttpRequest, language: str, form: str, of: str = "", code: str = "") -> HttpResponse:
    """One of them; 404 for what this desk doesn't follow."""
    if language not in dict(settings.LANGUAGES) or form not in _FORMS or (of and of not in get_args(Of)):
        raise Http404
    about = cast(Of, of) if of else None
    name = followed(about, code) if about else None
    if about and name is None:
        raise Http404
    write, media_type = _FORMS[form]
    with override(language):
        written = write(_feed(language, about, code, name))
    return HttpResponse(written, content_type=media_type)


def _feed(language: str, of: Of | None, code: str, name: NameView | None) -> atom.Feed:
    entries = [_entry(view) for view in news(of, code)]
    # A feed without entries is as new as the ledger.
    updated = max((each.updated for each in entries), default=None) or ledger.last_at() or timezone.now()
    about = "" if name is None else name.name_en if language == "en" else name.name_vi
    where = {"language": language, "of": of, "code": code} if of else {"language": language}
    addresses = {form: settings.THUCHU_ADDRESS + reverse("feed", kwargs={**where, "form": form}) for form in _FORMS}
    return atom.Feed(
        title=f"{settings.THUCHU_NAME}: {about}" if about else settings.THUCHU_NAME,
        subtitle=gettext("Fact-checks, what changed last first. One that no longer holds stays and says so."),
        language=language,
        desk=settings.THUCHU_NAME,
        home=settings.THUCHU_ADDRESS + (reverse("event", kwargs={"number": int(code)}) if of == "event" else "/f/"),
        icon=settings.THUCHU_ADDRESS + static("icon.svg"),
        atom=addresses["atom"],
        json=addresses["json"],
        updated=updated,
        version=__version__,
        head=head(),
        entries=entries,
    )


def _entry(view: FactCheckView) -> atom.Entry:
    state = telling.state_of(view)
    stands = state == "current"
    return atom.Entry(
        address=settings.THUCHU_ADDRESS + view.page_path,
        title=telling.title_of(view),
        text=telling.explained(view),
        # Of what doesn't stand, or stands beside another, we say so in our own words, and tell programs no verdict.
        language=view.language if stands else "",
        published=view.imported_at,
        updated=view.updated_at,
        author=view.publisher_name,
        elsewhere="" if view.note is not None else view.url,
        verdict=(view.verdict or "") if stands else "",
        state=state,
    )

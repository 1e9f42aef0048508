"""The picture that goes with a fact-check's address when it is passed on."""

import hashlib

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext, override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from thuchu.desk.library import reads
from thuchu.desk.library.reads import FactCheckView
from thuchu.desk.web import card as cards
from thuchu.desk.web.telling import state_of, word_of


def _card(public_id: str) -> cards.Card | None:
    view = reads.fact_check(public_id)
    if view is None:
        return None
    # One address is one picture: in the fact-check's own language where pages speak it, whoever asks.
    language = view.language if view.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    with override(language):
        return _of(view)


def _of(view: FactCheckView) -> cards.Card:
    if view.note is not None:
        by = gettext("People who usually rate differently agree")
    else:
        by = gettext("%(publisher)s reports") % {"publisher": view.publisher_name}
    is_current = state_of(view) == "current"
    return cards.Card(
        shape=(view.verdict or "") if is_current else "wait",
        word=word_of(view),
        claim=view.claim,
        by=by if is_current else gettext("Look it up before you rely on it"),
        desk=settings.THUCHU_NAME,
        address=f"{settings.THUCHU_ADDRESS.partition('://')[2]}{view.page_path}",
    )


def _etag(request: HttpRequest, public_id: str) -> str | None:
    found = _card(public_id)
    # What is drawn is its version: nobody draws a card to find out that it is the same.
    return f'"{hashlib.sha256(repr((cards.DRAWING, found)).encode()).hexdigest()[:32]}"' if found else None


@require_safe
@cache_control(public=True, no_cache=True)
@condition(etag_func=_etag)
def card(request: HttpRequest, public_id: str) -> HttpResponse:
    """The card; also of what no longer holds, so that an old address shows so wherever it was passed on."""
    found = _card(public_id)
    if found is None:
        raise Http404
    return HttpResponse(cards.draw(found), content_type="image/png")

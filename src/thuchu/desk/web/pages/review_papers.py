"""A review's papers as files: the newest of each kind at an address people remember, each at one that stays."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from thuchu.desk import papers
from thuchu.desk.editions import reads
from thuchu.desk.editions.wording import FILE_NAMES, MEDIA_TYPES
from thuchu.desk.papers import PaperGone

# The same bytes for as long as their address is known: a year is the longest that caches keep anything.
_YEAR_SECONDS = 31_536_000
_MOVED = {"bao-cao": "report", "bien-ban": "minutes", "ket-luan": "conclusions", "cam-ket": "register"}


@require_safe
@vary_on_headers("Cookie", "Accept-Language")
@cache_control(public=True, no_cache=True)
def newest(request: HttpRequest, slug: str, document: str, form: str) -> HttpResponse:
    """Leads to the newest edition, in the language of `?lang=` or the reader's."""
    asked = request.GET.get("lang", "")
    language = asked if asked in reads.LANGUAGES else get_language() or settings.LANGUAGE_CODE
    sha256 = reads.latest(slug, document, form, language)
    if sha256 is None:
        raise Http404
    return redirect("review_edition", slug=slug, sha256=sha256, form=form)


@require_safe
def edition(_request: HttpRequest, slug: str, sha256: str, form: str) -> HttpResponse:
    """One edition by the SHA-256 of its bytes; 410 for one that showed a name which its bearer took back."""
    found = reads.paper(slug, sha256)
    if found is None or found.format != form:
        raise Http404
    if found.is_gone:
        return HttpResponse(status=410)
    try:
        body = papers.read(settings.THUCHU_HOME / papers.FOLDER, sha256)
    except PaperGone:
        # `thuchu doctor` names it.
        raise Http404 from None
    response = HttpResponse(body, content_type=MEDIA_TYPES[found.format])
    name = f"{slug}-{FILE_NAMES[found.language][found.document]}.{found.format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Language"] = found.language
    response["Cache-Control"] = f"public, max-age={_YEAR_SECONDS}, immutable"
    response["ETag"] = f'"{sha256}"'
    return response


@require_safe
def moved(_request: HttpRequest, slug: str, document: str, form: str) -> HttpResponse:
    """The Vietnamese address of a paper leads to the other one, in Vietnamese."""
    if document not in _MOVED:
        raise Http404
    address = reverse("review_paper", kwargs={"slug": slug, "document": _MOVED[document], "form": form})
    return HttpResponsePermanentRedirect(f"{address}?lang=vi")

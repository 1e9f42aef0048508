"""Everything the library holds: a search, four filters, page by page."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from thuchu.desk.library import index, reads
from thuchu.desk.library.reads import Filters
from thuchu.desk.web.pages.caching import cached_until_the_next_entry
from thuchu.desk.web.templatetags.words import VERDICTS, quoted_words

# A search is a few words; whole messages go into the box on the home page.
QUERY_CHARS_MAX = 300
# Row numbers and page numbers beyond this are nobody's.
NUMBER_MAX = 2**31 - 1
# What can't be read as a day is shown as it was typed, up to here.
DAY_CHARS_SHOWN = 20


class BrowseForm(forms.Form):
    """What a reader may ask for; everything is optional, and a field that can't be read is left out and said so."""

    q = forms.CharField(required=False, max_length=QUERY_CHARS_MAX)
    verdict = forms.ChoiceField(required=False, choices=[("", ""), *VERDICTS.items()])
    publisher = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)
    language = forms.CharField(required=False, max_length=12)
    since = forms.DateField(required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    until = forms.DateField(required=False, input_formats=["%Y-%m-%d", "%d/%m/%Y"])
    page = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)


@require_safe
@cached_until_the_next_entry
def browse(request: HttpRequest) -> HttpResponse:
    """The list."""
    form = BrowseForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    query = wanted.get("q", "")
    page = reads.browse(
        _filters(wanted),
        among=index.search(settings.THUCHU_HOME, query) if query else None,
        number=wanted.get("page") or 1,
    )
    unread = [name for name in ("since", "until") if name in form.errors]
    shown = {
        "page": page,
        "query": query,
        "wanted": wanted,
        "unread": unread,
        "typed_days": quoted_words([request.GET[name][:DAY_CHARS_SHOWN] for name in unread]),
        "verdicts": VERDICTS,
        "publishers": [publisher for publisher in reads.publishers() if publisher.fact_checks],
        "languages": reads.languages(),
        "is_filtered": any(value for name, value in wanted.items() if name not in ("page", "q")) or bool(unread),
        "link": _link(wanted),
    }
    return render(request, "pages/browse.html", shown)


def _filters(wanted: dict[str, Any]) -> Filters:
    return Filters(
        verdict=wanted.get("verdict", ""),
        publisher=wanted.get("publisher"),
        language=wanted.get("language", ""),
        since=wanted.get("since"),
        until=wanted.get("until"),
    )


def _link(wanted: dict[str, Any]) -> str:
    """The list's own address without its page number, ready for one."""
    kept = {name: value for name, value in wanted.items() if value and name != "page"}
    return "?" + urlencode(kept) + ("&" if kept else "")

"""The queue: what waits to be checked, the most needed first, with the reasons in words."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.claims import reads
from thuchu.desk.claims.figures import waiting
from thuchu.desk.claims.queue import PAGES_MAX, Filter, queue
from thuchu.desk.publishing import reads as publishing
from thuchu.desk.web.pages.browse import NUMBER_MAX
from thuchu.desk.web.pages.paging import neighbours
from thuchu.desk.web.person import person

# Codes are at most that long.
CODE_CHARS_MAX = 40


class QueueForm(forms.Form):
    """What a reader may ask for; what can't be read is left out."""

    topic = forms.CharField(required=False, max_length=CODE_CHARS_MAX)
    area = forms.CharField(required=False, max_length=CODE_CHARS_MAX)
    event = forms.IntegerField(required=False, min_value=1, max_value=NUMBER_MAX)
    language = forms.ChoiceField(required=False, choices=[("", ""), *settings.LANGUAGES])
    free = forms.BooleanField(required=False)
    page = forms.IntegerField(required=False, min_value=1, max_value=PAGES_MAX)


@never_cache
@require_safe
def waits(request: HttpRequest) -> HttpResponse:
    """One page of it."""
    form = QueueForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    now = timezone.now()
    page = queue(now=now, which=_filter(wanted), number=wanted.get("page") or 1)
    kept = {name: value for name, value in wanted.items() if value and name != "page"}
    shown = {
        "page": page,
        "neighbours": neighbours(page.number, has_more=page.has_more, most=PAGES_MAX),
        "wanted": wanted,
        "is_filtered": bool(kept),
        "link": "?" + urlencode(kept) + ("&" if kept else ""),
        "total": waiting(),
        "topics": reads.topics(),
        "areas": reads.provinces(now.date()),
        "events": reads.event_names(now=now),
        "due": publishing.due(now=now),
        "may_take": may(person(request), Act.TAKE_CLAIM),
    }
    return render(request, "pages/queue.html", shown)


def _filter(wanted: dict[str, Any]) -> Filter:
    return Filter(
        topic=wanted.get("topic", ""),
        area=wanted.get("area", ""),
        event=wanted.get("event") or 0,
        language=wanted.get("language", ""),
        only_free=bool(wanted.get("free")),
    )

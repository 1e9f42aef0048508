"""The register of commitments: who does what by when, in one list, one page each, and as files that programs read."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language, gettext, override
from django.views.decorators.http import require_safe

from thuchu import __version__
from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.commitments import exporting, reads
from thuchu.desk.commitments.calendars import ICS_TYPE, Desk, commitments_calendar, reviews_calendar
from thuchu.desk.commitments.models import OPEN_STATES, STATES
from thuchu.desk.commitments.reads import CommitmentView
from thuchu.desk.commitments.sittings import sittings
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.ledger.append import head
from thuchu.desk.options import host_of
from thuchu.desk.web import atom
from thuchu.desk.web.pages.caching import cached_beside
from thuchu.desk.web.pages.claim import names_of
from thuchu.desk.web.pages.paging import neighbours
from thuchu.desk.web.person import person
from thuchu.desk.web.templatetags.note_words import in_tongue
from thuchu.desk.wording import day_in_viet_nam

# One page of the register; a desk agrees on some thirty a year.
PAGE_ITEMS = 30
PAGES_MAX = 1_000
# What is still to be done, as a choice beside the states themselves.
OPEN = "open"
OWNER_CHARS_MAX = 32
FEED_ENTRIES_MAX = 50


class RegisterForm(forms.Form):
    """What a reader may ask for; what can't be read is left out."""

    state = forms.ChoiceField(required=False, choices=[("", ""), (OPEN, ""), *((state, "") for state in STATES)])
    owner = forms.CharField(required=False, max_length=OWNER_CHARS_MAX)
    page = forms.IntegerField(required=False, min_value=1, max_value=PAGES_MAX)


def _today() -> date:
    """What is on time is so until a day of Viet Nam's ends, without an entry."""
    return day_in_viet_nam(timezone.now())


@require_safe
@cached_beside(_today)
def register(request: HttpRequest) -> HttpResponse:
    """One page of all of them, the open ones first."""
    form = RegisterForm(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    views = reads.register(now=timezone.now())
    found = _chosen(views, wanted)
    number = wanted.get("page") or 1
    kept = {name: value for name, value in wanted.items() if value and name != "page"}
    shown = {
        "items": found[(number - 1) * PAGE_ITEMS : number * PAGE_ITEMS],
        "number": number,
        "total": len(found),
        "counts": reads.counts(views),
        "neighbours": neighbours(number, has_more=len(found) > number * PAGE_ITEMS, most=PAGES_MAX),
        "wanted": wanted,
        "is_filtered": bool(kept),
        "link": "?" + urlencode(kept) + ("&" if kept else ""),
        "states": STATES,
        "owners": reads.owners(views),
        "may_hold": may(person(request), Act.HOLD_REVIEW),
    }
    return render(request, "pages/commitments.html", shown)


@require_safe
@cached_beside(_today)
def commitment(request: HttpRequest, number: str) -> HttpResponse:
    """One of them, with all that became of it."""
    now, who = timezone.now(), person(request)
    view = reads.commitment(number, now=now)
    if view is None:
        raise Http404
    history = reads.history(number)
    shown = {
        "commitment": view,
        "history": history,
        "names": names_of(each.by for each in history),
        "may_hold": may(who, Act.HOLD_REVIEW),
        "may_follow": may(who, Act.FOLLOW_COMMITMENT),
    }
    return render(request, "pages/commitment.html", shown)


@require_safe
@cached_beside(_today)
def as_file(request: HttpRequest, form: str) -> HttpResponse:
    """The whole register as CSV, JSON, Atom or a calendar, in the language that `?lang=` or the browser says."""
    if form not in _FILES:
        raise Http404
    write, media_type = _FILES[form]
    with override(_language(request)):
        return HttpResponse(write(reads.register(now=timezone.now())), content_type=media_type)


@require_safe
@cached_beside(_today)
def reviews_as_calendar(request: HttpRequest) -> HttpResponse:
    """When reviews meet."""
    with override(_language(request)):
        title = gettext("%(desk)s: reviews") % {"desk": settings.THUCHU_NAME}
        return HttpResponse(reviews_calendar(sittings(), _desk(), title=title), content_type=ICS_TYPE)


@require_safe
def elsewhere(request: HttpRequest, to: str, number: str = "") -> HttpResponse:
    """The same pages under the names people say."""
    asked = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(to + number + (f"?{asked}" if asked else ""))


def _chosen(views: Sequence[CommitmentView], wanted: dict[str, Any]) -> list[CommitmentView]:
    state, owner = wanted.get("state", ""), wanted.get("owner", "")
    states = OPEN_STATES if state == OPEN else (state,)
    return [each for each in views if (not state or each.state in states) and (not owner or each.owner_code == owner)]


def _language(request: HttpRequest) -> str:
    """Calendars and spreadsheets say no language; the page that leads there writes it into the address."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or "vi"


def _desk() -> Desk:
    address: str = settings.THUCHU_ADDRESS
    return Desk(
        name=settings.THUCHU_NAME,
        address=address,
        host=host_of(address),
        language="en" if get_language() == "en" else "vi",
    )


def _csv(views: Sequence[CommitmentView]) -> bytes:
    return exporting.as_csv(views, language=_desk().language)


def _json(views: Sequence[CommitmentView]) -> bytes:
    return exporting.as_json(views, address=settings.THUCHU_ADDRESS)


def _ics(views: Sequence[CommitmentView]) -> bytes:
    title = gettext("%(desk)s: commitments") % {"desk": settings.THUCHU_NAME}
    return commitments_calendar(views, _desk(), title=title)


def _atom(views: Sequence[CommitmentView]) -> bytes:
    """What changed last, first."""
    newest = sorted(views, key=lambda each: each.changed_at, reverse=True)[:FEED_ENTRIES_MAX]
    address, language = settings.THUCHU_ADDRESS, _desk().language
    return atom.atom(
        atom.Feed(
            title=gettext("%(desk)s: commitments") % {"desk": settings.THUCHU_NAME},
            subtitle=gettext("What reviews agreed on, and what became of it. What changed last stands first."),
            language=language,
            desk=settings.THUCHU_NAME,
            home=f"{address}/commitments/",
            icon=address + static("icon.svg"),
            atom=f"{address}/commitments.atom",
            json=f"{address}/commitments.json",
            updated=newest[0].changed_at if newest else ledger.last_at() or timezone.now(),
            version=__version__,
            head=head(),
            entries=[_entry(each) for each in newest],
        )
    )


def _entry(view: CommitmentView) -> atom.Entry:
    said = {
        "owner": in_tongue(view.owner),
        "state": in_tongue(view.state_words),
        "timeliness": in_tongue(view.timeliness_words),
    }
    return atom.Entry(
        address=f"{settings.THUCHU_ADDRESS}/commitments/{view.number}",
        title=f"{view.number}: {view.text}",
        text=gettext("Owner: %(owner)s. %(state)s. %(timeliness)s.") % said,
        language="",
        published=view.agreed_at,
        updated=view.changed_at,
        author=settings.THUCHU_NAME,
        elsewhere="",
        verdict="",
        state=view.state,
    )


_FILES: dict[str, tuple[Callable[[Sequence[CommitmentView]], bytes], str]] = {
    "csv": (_csv, exporting.CSV_TYPE),
    "json": (_json, exporting.JSON_TYPE),
    "atom": (_atom, atom.ATOM_TYPE),
    "ics": (_ics, ICS_TYPE),
}

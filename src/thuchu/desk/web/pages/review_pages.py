"""Reviews for everybody: the list, one of them whole, its figures as files, the screen of the meeting, the feed."""

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from thuchu import __version__
from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.commitments import reads as commitments
from thuchu.desk.editions import reads as editions
from thuchu.desk.editions.boxes import boxes
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.ledger.append import head
from thuchu.desk.reviews import attendance, reads
from thuchu.desk.reviews.freezing import AREA_NAMES
from thuchu.desk.reviews.views import Amended, ReviewLine, ReviewView
from thuchu.desk.reviews.wording import review_title, state_word
from thuchu.desk.web import atom
from thuchu.desk.web.pages.caching import cached_until_the_next_entry
from thuchu.desk.web.person import person
from thuchu.desk.wording import day, day_in_viet_nam

# What feed readers look at again; older ones stay on the list.
FEED_ENTRIES = 30


@require_safe
@cached_until_the_next_entry
def reviews(request: HttpRequest) -> HttpResponse:
    """What comes, what is under way, what was."""
    listed = reads.reviews(now=timezone.now())
    shown = {
        "coming": [line for line in listed if line.state in ("planned", "open")],
        "under_way": [line for line in listed if line.state in ("frozen", "held", "not_quorate", "minutes_out")],
        "over": [line for line in listed if line.state in ("published", "cancelled")],
        "may_hold": may(person(request), Act.HOLD_REVIEW),
    }
    return render(request, "pages/reviews.html", shown)


@require_safe
@cached_until_the_next_entry
def review(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them: resolved, committed, figures, agenda, who was there."""
    view = found(slug)
    amended = [each for each in view.amendments if each.at is not None]
    every = boxes(view)
    shown = {
        "review": view,
        "line": view.line,
        "boxes": [box for box in every if not box.is_empty],
        "nothing": [box for box in every if box.is_empty],
        "papers": editions.papers_of(slug, view.editions),
        "tables": [*view.frozen.figures.tables, AREA_NAMES] if view.frozen else [],
        "amended": amended,
        "objections": [each for each in view.remarks if each.kind == "objection" and each.state != "held"],
        "may_hold": may(person(request), Act.HOLD_REVIEW),
        "waiting": len(view.proposals) + sum(each.state == "held" for each in view.remarks),
        "may_object": _may_object(view),
        "commitments": commitments.of_review(slug, now=timezone.now()),
        "quorum": (attendance.ROLES_MIN, attendance.ORGANISATIONS_MIN, attendance.CONTRIBUTORS_MIN),
    }
    return render(request, "pages/review.html", shown)


@require_safe
@cached_until_the_next_entry
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """What a meeting has on the wall: one page with all of it, so that nothing is asked for while it runs."""
    view = found(slug)
    items = [item for item in view.items if not item.is_closed]
    shown = {
        "review": view,
        "line": view.line,
        "boxes": [box for box in boxes(view) if not box.is_empty],
        "items": items,
        "done": [item for item in view.items if item.is_closed],
        "minutes": sum(item.minutes_planned for item in items),
        "commitments": commitments.of_review(slug, now=timezone.now()),
    }
    return render(request, "pages/review_meeting.html", shown)


@require_safe
@cached_until_the_next_entry
def figures(_request: HttpRequest, slug: str, number: int = 1) -> HttpResponse:
    """The frozen figures in their canonical bytes; a corrected snapshot has an address of its own."""
    content = reads.written(slug, number)
    if content is None:
        raise Http404
    which = "" if number == 1 else f"-{number}"
    return _file(content, "application/json", f"{slug}-figures{which}.json")


@require_safe
@cached_until_the_next_entry
def table(_request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A base table as the bytes that the ledger's digest is of."""
    content = reads.table(slug, key)
    if content is None:
        raise Http404
    return _file(content, "text/csv; charset=utf-8", f"{slug}-{key}.csv")


@require_safe
@cached_until_the_next_entry
def feed(_request: HttpRequest) -> HttpResponse:
    """Reviews and what becomes of them; what was amended afterwards is an entry of its own."""
    now = timezone.now()
    listed = reads.reviews(now=now)[:FEED_ENTRIES]
    changed = reads.changed_at([line.slug for line in listed])
    entries = [_entry(line, changed.get(line.slug, line.meeting_at)) for line in listed]
    entries += [_amended(each) for each in reads.amended(limit=FEED_ENTRIES)]
    entries.sort(key=lambda each: each.updated, reverse=True)
    written = atom.atom(
        atom.Feed(
            title=f"{settings.THUCHU_NAME}: {gettext('Reviews')}",
            subtitle=gettext("Open reviews: what is planned, what was resolved, what was amended."),
            language=get_language() or settings.LANGUAGE_CODE,
            desk=settings.THUCHU_NAME,
            home=settings.THUCHU_ADDRESS + reverse("reviews"),
            icon=settings.THUCHU_ADDRESS + static("icon.svg"),
            atom=settings.THUCHU_ADDRESS + reverse("reviews_feed"),
            json="",
            updated=max((each.updated for each in entries), default=ledger.last_at() or now),
            version=__version__,
            head=head(),
            entries=entries,
        )
    )
    return HttpResponse(written, content_type=atom.ATOM_TYPE)


def found(slug: str) -> ReviewView:
    """That review; 404 where there is none."""
    view = reads.review(slug, now=timezone.now())
    if view is None:
        raise Http404
    return view


def _may_object(view: ReviewView) -> bool:
    until = view.minutes.objections_until if view.minutes and view.minutes.phase == "out" else None
    return until is not None and day_in_viet_nam(timezone.now()) <= until


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _entry(line: ReviewLine, updated: datetime) -> atom.Entry:
    return _told(line.slug, review_title(line), f"{state_word(line.state)}. {day(line.meeting_at)}.", updated)


def _amended(each: Amended) -> atom.Entry:
    words = f"{each.before} → {each.after}. {each.why}"
    return _told(each.review, gettext("Amended: review %(name)s") % {"name": each.review}, words, each.at, each.number)


def _told(slug: str, title: str, text: str, at: datetime, amendment: int = 0) -> atom.Entry:
    address = settings.THUCHU_ADDRESS + reverse("review", kwargs={"slug": slug})
    return atom.Entry(
        address=f"{address}#amendment-{amendment}" if amendment else address,
        title=title,
        text=text,
        language=get_language() or settings.LANGUAGE_CODE,
        published=at,
        updated=at,
        author=settings.THUCHU_NAME,
        elsewhere="",
        verdict="",
        state="current",
    )

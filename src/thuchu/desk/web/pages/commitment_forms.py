"""What is done about commitments: agreed, moved, dropped and replaced by reviews; followed by anybody here."""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.claims import reads as claims
from thuchu.desk.commitments import choices, decide, follow, reads
from thuchu.desk.commitments.agree import Terms
from thuchu.desk.commitments.agree import agree as agree_on
from thuchu.desk.commitments.measures import FIGURES
from thuchu.desk.commitments.reads import CommitmentView
from thuchu.desk.commitments.rows import WORDS_CHARS_MAX
from thuchu.desk.web.forms import clean, see_other, typed
from thuchu.desk.web.pages.claim_forms import form_page
from thuchu.desk.web.person import needs, signed_in
from thuchu.desk.wording import day_in_viet_nam

_METHODS = ["GET", "HEAD", "POST"]


@needs(Act.HOLD_REVIEW)
@require_http_methods(_METHODS)
def agree(request: HttpRequest) -> HttpResponse:
    """A new one, as a resolution says."""
    now = timezone.now()

    def act() -> HttpResponse:
        terms = Terms(
            text=clean(request, "text"),
            owner=typed(request, "owner"),
            helpers=request.POST.getlist("helper"),
            due_on=day_typed(request, "due"),
            measure=typed(request, "measure"),
            figure=typed(request, "figure"),
            target=typed(request, "target"),
            area=typed(request, "area"),
            evidence=clean(request, "evidence"),
        )
        number = agree_on(signed_in(request), typed(request, "resolution"), terms, now=now)
        return see_other("commitment", number=number)

    shown = {
        "resolutions": choices.resolutions(),
        "owners": choices.owners(),
        "figures": [(key, unit) for key, (_, unit) in FIGURES.items()],
        "areas": claims.provinces(day_in_viet_nam(now)),
        "helpers": request.POST.getlist("helper"),
        "today": day_in_viet_nam(now).isoformat(),
        "chosen": typed(request, "resolution") or request.GET.get("resolution", ""),
        "chars_max": WORDS_CHARS_MAX,
    }
    return form_page(request, "pages/commitment_agree.html", shown, act)


@needs(Act.FOLLOW_COMMITMENT)
@require_http_methods(_METHODS)
def update(request: HttpRequest, number: str) -> HttpResponse:
    """How far it is."""

    def act() -> HttpResponse:
        said = clean(request, "text"), clean(request, "evidence")
        follow.update(signed_in(request), number, typed(request, "by_role"), *said, now=timezone.now())
        return see_other("commitment", number=number)

    return _page(request, number, "pages/commitment_update.html", act)


@needs(Act.FOLLOW_COMMITMENT)
@require_http_methods(_METHODS)
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Its owner says that it is done."""

    def act() -> HttpResponse:
        said = clean(request, "text"), clean(request, "evidence")
        follow.report(signed_in(request), number, typed(request, "by_role"), *said, now=timezone.now())
        return see_other("commitment", number=number)

    return _page(request, number, "pages/commitment_report.html", act)


@needs(Act.FOLLOW_COMMITMENT)
@require_http_methods(_METHODS)
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Another person says so, too."""

    def act() -> HttpResponse:
        follow.confirm(signed_in(request), number, typed(request, "by_role"), now=timezone.now())
        return see_other("commitment", number=number)

    return _page(request, number, "pages/commitment_confirm.html", act)


@needs(Act.FOLLOW_COMMITMENT)
@require_http_methods(_METHODS)
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """Another person found otherwise."""

    def act() -> HttpResponse:
        by_role, text = typed(request, "by_role"), clean(request, "text")
        follow.refuse(signed_in(request), number, by_role, text, now=timezone.now())
        return see_other("commitment", number=number)

    return _page(request, number, "pages/commitment_refuse.html", act)


@needs(Act.HOLD_REVIEW)
@require_http_methods(_METHODS)
def extend(request: HttpRequest, number: str) -> HttpResponse:
    """Another day."""

    def act() -> HttpResponse:
        due, reason = day_typed(request, "due"), clean(request, "reason")
        decide.extend(signed_in(request), number, typed(request, "resolution"), due, reason, now=timezone.now())
        return see_other("commitment", number=number)

    return _page(request, number, "pages/commitment_extend.html", act)


@needs(Act.HOLD_REVIEW)
@require_http_methods(_METHODS)
def drop(request: HttpRequest, number: str) -> HttpResponse:
    """It won't be done."""

    def act() -> HttpResponse:
        reason = clean(request, "reason")
        decide.drop(signed_in(request), number, typed(request, "resolution"), reason, now=timezone.now())
        return see_other("commitment", number=number)

    return _page(request, number, "pages/commitment_drop.html", act)


@needs(Act.HOLD_REVIEW)
@require_http_methods(_METHODS)
def replace(request: HttpRequest, number: str) -> HttpResponse:
    """Another one stands in its place."""

    def act() -> HttpResponse:
        by, resolution, reason = typed(request, "by"), typed(request, "resolution"), clean(request, "reason")
        decide.replace(signed_in(request), number, by, resolution, reason, now=timezone.now())
        return see_other("commitment", number=number)

    return _page(request, number, "pages/commitment_replace.html", act)


def day_typed(request: HttpRequest, name: str) -> date | None:
    """A day, as browsers send it and as people write it; None for anything else."""
    for written in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(typed(request, name), written).date()  # noqa: DTZ007 (a day has no zone)
        except ValueError:
            continue
    return None


def _page(request: HttpRequest, number: str, template: str, act: Callable[[], HttpResponse]) -> HttpResponse:
    now = timezone.now()
    view = reads.commitment(number, now=now)
    if view is None:
        raise Http404
    shown = {
        "commitment": view,
        "resolutions": choices.resolutions(),
        "speakers": choices.speakers(signed_in(request), view),
        "others": _others(reads.register(now=now), view),
        "today": day_in_viet_nam(now).isoformat(),
        "chars_max": WORDS_CHARS_MAX,
    }
    return form_page(request, template, shown, act)


def _others(views: Iterable[CommitmentView], view: CommitmentView) -> list[CommitmentView]:
    """What may stand in its place."""
    return [each for each in views if each.is_open and each.number != view.number and not each.replaces]

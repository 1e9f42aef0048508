"""A passage of a note, proposed to be hidden: the form of the coordinator who proposes it (rule 4)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.claims.models import COURT_ORDER, WITHHOLDING_REASONS
from thuchu.desk.claims.proposing import REASON_CHARS_MAX
from thuchu.desk.claims.withhold import WITHHOLD_DAYS
from thuchu.desk.notes import reads as notes
from thuchu.desk.notes import withhold as withholding
from thuchu.desk.notes.refusals import PassageUnknown
from thuchu.desk.web.forms import clean, typed
from thuchu.desk.web.pages.claim import found
from thuchu.desk.web.pages.claim_forms import form_page, to_order
from thuchu.desk.web.person import needs, person, signed_in

# More digits are no version of any note.
_VERSION_DIGITS_MAX = 6


@needs(Act.PROPOSE_WITHHOLD)
@require_http_methods(["GET", "HEAD", "POST"])
def withhold(request: HttpRequest, number: int) -> HttpResponse:
    """Propose to hide a passage of one of its versions for thirty days; the verdict can't be named."""
    now = timezone.now()
    note = notes.note(number, viewer=person(request), now=now)
    if note is None:
        raise Http404
    version = _version(request.POST.get("version") or request.GET.get("version", ""), note.versions)
    shown_version = next((each for each in notes.versions(number, now=now) if each.number == version), None)
    if shown_version is None:
        raise Http404

    def act() -> HttpResponse:
        code = typed(request, "code")
        passage = withholding.passage_of(number, version, typed(request, "passage"))
        if passage is None:
            raise PassageUnknown
        proposal = withholding.propose(
            signed_in(request),
            number,
            version,
            passage,
            code=code,
            reason=clean(request, "reason"),
            court_order=clean(request, "court_order") if code == COURT_ORDER else None,
            now=now,
        )
        return to_order(proposal)

    shown = {
        "note": note,
        "version": shown_version,
        "claim": found(note.claim),
        "codes": WITHHOLDING_REASONS,
        "days": WITHHOLD_DAYS,
        "chars_max": REASON_CHARS_MAX,
    }
    return form_page(request, "pages/note_withhold.html", shown, act)


def _version(text: str, latest: int) -> int:
    """Which version is meant: the one that stands, unless an earlier one is named."""
    is_number = text.isascii() and text.isdigit() and len(text) <= _VERSION_DIGITS_MAX
    return int(text) if is_number else latest

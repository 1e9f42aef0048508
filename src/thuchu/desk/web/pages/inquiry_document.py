"""The document of an answer, kept as evidence: a page that the desk fetches, or a copy that a coordinator uploads."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.evidence import reads as evidence
from thuchu.desk.evidence.capture import Words
from thuchu.desk.evidence.refusals import EvidenceRefused
from thuchu.desk.evidence.requests import Copy, keep_upload, request_capture
from thuchu.desk.inquiries.rows import subject
from thuchu.desk.web.forms import clean, see_other, sentence, typed
from thuchu.desk.web.pages.inquiries import found
from thuchu.desk.web.person import needs, signed_in
from thuchu.desk.web.uploads import takes_a_file
from thuchu.privacy import scrub


@needs(Act.ASK_ORGANISATION)
@require_http_methods(["GET", "HEAD", "POST"])
def document(request: HttpRequest, number: int) -> HttpResponse:
    """What was gathered for an answer, and a form for a link and the sentence that matters."""
    found(request, number)
    if request.method != "POST":
        return _page(request, number)
    try:
        request_capture(
            typed(request, "address"),
            clean(request, "quote"),
            by=signed_in(request).pseudonym_id,
            subject=subject(number),
            description=clean(request, "description"),
            now=timezone.now(),
        )
    except EvidenceRefused as refused:
        return _page(request, number, refused)
    return see_other("inquiry_document", number=number)


@takes_a_file(needs(Act.ASK_ORGANISATION))
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, number: int) -> HttpResponse:
    """A scan of the letter, a copy of the mail; who comes back from signing in is led to the form."""
    found(request, number)
    if request.method != "POST":
        return redirect("inquiry_document", number=number)
    file = request.FILES.get("file")
    copy = Copy(
        body=file.read() if file else b"",
        name=scrub((file.name or "") if file else ""),
        address=typed(request, "address"),
    )
    try:
        keep_upload(
            copy,
            Words(quote=clean(request, "quote"), description=clean(request, "description")),
            by=signed_in(request).pseudonym_id,
            subject=subject(number),
            now=timezone.now(),
            home=settings.THUCHU_HOME,
        )
    except EvidenceRefused as refused:
        return _page(request, number, refused, form="upload")
    return see_other("inquiry_document", number=number)


def _page(
    request: HttpRequest, number: int, refused: EvidenceRefused | None = None, form: str = "link"
) -> HttpResponse:
    asked = evidence.gathered(by=signed_in(request).pseudonym_id, subject=subject(number))
    pieces = evidence.evidences([each.evidence for each in asked if each.evidence])
    shown = {
        "inquiry": found(request, number),
        "gathered": [(each, pieces.get(each.evidence or 0)) for each in asked],
        "trouble": sentence(refused) if refused else "",
        "form": form,
        "typed": {name: typed(request, name) for name in ("address", "quote", "description")},
    }
    return render(request, "pages/inquiry_document.html", shown, status=422 if refused else 200)

"""What goes wrong, as pages with a next step; what was typed stays in the box wherever it could be read."""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from thuchu.desk.web.pages.box import box, page_too_old, picture

# Fields of our forms that somebody may have written in for minutes; never a field that holds a secret.
WRITTEN_FIELDS = ("text", "quote", "wording", "words", "reason", "answer")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 when the request was larger than any message."""
    if isinstance(exception, RequestDataTooBig):
        return render(request, "errors/413.html", status=413)
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 for what the framework itself refuses; what was written is shown, so that it can be copied."""
    kept = [request.POST[name] for name in WRITTEN_FIELDS if request.POST.get(name)]
    return render(request, "errors/403.html", {"kept": kept}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 with the message kept: the form's token was missing, too old, or from elsewhere."""
    if "message" not in request.POST:
        return forbidden(request)
    text = request.POST["message"]
    return box(request, text=text, trouble=picture() if request.FILES else page_too_old())


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return render(request, "errors/404.html", status=404)


def our_fault(request: HttpRequest) -> HttpResponse:
    """500; the page asks the database nothing, since that may be what is broken."""
    return render(request, "errors/500.html", {"text": _typed(request)}, status=500)


def _typed(request: HttpRequest) -> str:
    # What could not be read is parsed no second time: the parser itself may be what failed.
    return request.POST.get("message", "") if getattr(request, "_post", None) else ""

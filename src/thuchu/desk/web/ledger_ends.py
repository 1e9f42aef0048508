"""The ledger's two ends as a request sees them: read once, for the page's version and for its foot."""

from django.http import HttpRequest

from thuchu.desk.ledger.reads import Ends, ends

_KEPT = "_ledger_ends"


def ledger_ends(request: HttpRequest) -> Ends:
    """Both ends as of the first time that this request asked for them."""
    if not hasattr(request, _KEPT):
        setattr(request, _KEPT, ends())
    known: Ends = getattr(request, _KEPT)
    return known

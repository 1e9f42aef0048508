"""What every page shows around its content: the desk's name, the last number of its ledger, and who is signed in."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from thuchu import __version__
from thuchu.desk.drill.copying import is_copy
from thuchu.desk.simulation.marking import MARK
from thuchu.desk.web.ledger_ends import ledger_ends
from thuchu.desk.web.person import person


def desk(request: HttpRequest) -> dict[str, Any]:
    """The variables `desk` and `person`; what a page doesn't print is not asked for."""
    first, _, rest = settings.THUCHU_NAME.partition(" ")
    ledger = SimpleLazyObject(lambda: ledger_ends(request))
    return {
        "desk": {
            "name": settings.THUCHU_NAME,
            "name_first": first,
            "name_rest": rest,
            "address": settings.THUCHU_ADDRESS,
            "host": settings.THUCHU_ADDRESS.partition("://")[2],
            "keep_days": settings.THUCHU_KEEP_DAYS,
            "chars_max": settings.THUCHU_MESSAGE_CHARS_MAX,
            "version": __version__,
            "has_mail": settings.THUCHU_SMTP_URL is not None,
            "head": SimpleLazyObject(lambda: ledger.head),
            "is_drill": SimpleLazyObject(lambda: is_copy(settings.THUCHU_HOME)),
            "is_simulation": SimpleLazyObject(lambda: ledger.first_kind == MARK),
        },
        "person": SimpleLazyObject(lambda: person(request)),
    }

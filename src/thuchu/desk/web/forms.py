"""What pages read from a form, what they say when a room refuses it, and where they lead after it."""

from typing import Any, Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from thuchu import privacy
from thuchu.privacy import CleanText

# Longer numbers are no number of any row.
_DIGITS_MAX = 15


class Sentence(Protocol):
    """Every room's refusal: a translatable message and the values in it."""

    @property
    def message(self) -> str:
        """In English, as the catalogue has it."""
        ...

    @property
    def values(self) -> dict[str, str | int]:
        """By the names that stand in it."""
        ...


def typed(request: HttpRequest, name: str) -> str:
    """What was typed into a field; "" when it wasn't sent.  A browser sends line ends as two characters."""
    return request.POST.get(name, "").replace("\r\n", "\n").strip()


def clean(request: HttpRequest, name: str) -> CleanText:
    """The same, scrubbed of personal data: the only form in which words go further (rule 2)."""
    return privacy.scrub(typed(request, name))


def number(request: HttpRequest, name: str) -> int | None:
    """A row's number from a field; None for anything else."""
    value = typed(request, name)
    is_number = value.isascii() and value.isdigit() and len(value) <= _DIGITS_MAX
    return int(value) if is_number else None


def numbers(request: HttpRequest, name: str) -> list[int]:
    """Rows' numbers from a field that may be ticked several times; what is none is left out."""
    return [int(v) for v in request.POST.getlist(name) if v.isascii() and v.isdigit() and len(v) <= _DIGITS_MAX]


def sentence(refusal: Sentence) -> str:
    """A refusal in the reader's language."""
    return gettext(refusal.message) % refusal.values


def inside(request: HttpRequest, address: str, otherwise: str) -> str:
    """`address` when it is a page of this desk, else `otherwise`: no form sends people elsewhere."""
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if is_ours else otherwise


def see_other(to: str, **address: Any) -> HttpResponse:
    """After a form: the page to look at now, by its name or its address."""
    response: HttpResponse = redirect(to, **address)
    response.status_code = 303
    return response

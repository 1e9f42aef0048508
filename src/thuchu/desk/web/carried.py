"""What a form sent whose sender has to sign in first: carried in the page itself, back to them, and kept nowhere.

POST ─► not signed in ─► the way in, with the form's fields in it ─► signed in ─► the same fields, and a button ─► POST
Only forms whose token was checked are carried, so that no other site's words come through; passwords, never.
"""

import json
from dataclasses import dataclass

from django.http import HttpRequest

# The longest note with its links is 6,000 characters, a court order 5,000: each form of ours fits, and at nine bytes a
# letter (three of UTF-8, each written as %XX) it stays below what a request may be (DATA_UPLOAD_MAX_MEMORY_SIZE).
CHARS_MAX = 20_000
# As many as any request may send (DATA_UPLOAD_MAX_NUMBER_FIELDS).
FIELDS_MAX = 30
# What is shorter was ticked or chosen, and need not be shown again.
SHOWN_CHARS_MIN = 12
_NEVER = frozenset({"csrfmiddlewaretoken", "password"})
# On pages of one's own account these hold a proof that is good once, for a moment.
_PROOFS = frozenset({"answer", "code"})


@dataclass(frozen=True, slots=True)
class Carried:
    """Names and values in the order they were sent."""

    fields: tuple[tuple[str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.fields)

    @property
    def packed(self) -> str:
        """All of it as the value of one hidden field."""
        return json.dumps(self.fields, ensure_ascii=False) if self.fields else ""

    @property
    def written(self) -> tuple[str, ...]:
        """What somebody wrote, rather than chose: for them to see that it is there, and to copy."""
        return tuple(value for _, value in self.fields if len(value) >= SHOWN_CHARS_MIN)


NOTHING = Carried()


def sent(request: HttpRequest, *, own_account: bool = False) -> Carried:
    """What this form sent; nothing of one that was not checked, sent nothing, or is larger than any of ours.

    own_account  the page is about what opens an account: codes and answers of devices are left out, too
    """
    # The one page that takes a file checks its form later than who sent it, and then there is nothing to carry.
    if request.method != "POST" or not getattr(request, "csrf_processing_done", False):
        return NOTHING
    left_out = _NEVER | _PROOFS if own_account else _NEVER
    fields = tuple(
        (name, value) for name, values in request.POST.lists() if name not in left_out for value in values if value
    )
    return _bounded(Carried(fields))


def brought(request: HttpRequest) -> Carried:
    """What the page of the way in carried along; nothing for what no page of ours wrote."""
    text = request.POST.get("carried", "")
    if not text or len(text) > CHARS_MAX:
        return NOTHING
    try:
        pairs = json.loads(text)
    except (ValueError, RecursionError):
        return NOTHING
    if not isinstance(pairs, list) or not all(_is_pair(each) for each in pairs):
        return NOTHING
    return _bounded(Carried(tuple((name, value) for name, value in pairs if name not in _NEVER)))


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(part, str) for part in value)


def _bounded(carried: Carried) -> Carried:
    is_small = len(carried.fields) <= FIELDS_MAX and len(carried.packed) <= CHARS_MAX
    return carried if is_small else NOTHING

"""Pages of a long list: which one is asked for, and which stand before and after it."""

from dataclasses import dataclass

from django.http import HttpRequest

# Longer numbers are no page of anything.
_DIGITS_MAX = 6


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The pages before and after; 0 where there is none."""

    earlier: int
    later: int


def asked_page(request: HttpRequest) -> int:
    """The page in `?page=`; the first for what is no number of one."""
    text = request.GET.get("page", "")
    is_number = text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX
    return max(int(text), 1) if is_number else 1


def neighbours(number: int, *, has_more: bool, most: int) -> Neighbours:
    """What stands around page `number`; `most` is the last that is ever shown."""
    return Neighbours(earlier=number - 1, later=number + 1 if has_more and number < most else 0)

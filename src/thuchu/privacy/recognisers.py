"""All recognisers, in the order in which they are asked: what one has found, the next ones no longer see."""

import re
from collections.abc import Callable, Iterable, Iterator

from thuchu.privacy.clean import PLACEHOLDERS, Kind
from thuchu.privacy.mail import find_mail
from thuchu.privacy.money import (
    find_bank_numbers,
    find_called_accounts,
    find_cards,
    find_ibans,
    is_beside_bank,
)
from thuchu.privacy.numbers import Run, Stretch, runs
from thuchu.privacy.papers import find_citizens, find_health_cards, find_named_ids, find_passports, find_tax_codes
from thuchu.privacy.phones import find_called_phones, find_in_addresses, find_phones
from thuchu.privacy.places import find_places
from thuchu.privacy.plates import find_plates
from thuchu.privacy.profiles import find_profiles
from thuchu.privacy.shadow import Shadow, shadow

Span = tuple[int, int]
Found = tuple[int, int, Kind]

_PLACEHOLDER = re.compile("|".join(re.escape(placeholder) for placeholder in PLACEHOLDERS.values()))

# Web addresses, with or without `https://`: their numbers belong to the page they name.
_ADDRESS = re.compile(
    r"(?:(?<![a-z])(?:https?|hxxps?|ftp)://|(?<![a-z0-9.-])www\.)[^\s<>\"\x00]++"
    r"|(?<![a-z0-9.-])[a-z0-9-]++(?:\.[a-z0-9-]++)++(?<=[a-z])(?::[0-9]{1,5})?[/?][^\s<>\"\x00]++"
)
_MAY_BE_ADDRESS = re.compile(r"://|www\.|[a-z](?::[0-9]+)?[/?]")

_BEFORE_ADDRESSES: tuple[tuple[Kind, Callable[[Shadow], Iterator[Span]]], ...] = (
    (Kind.EMAIL, find_mail),
    (Kind.PROFILE, find_profiles),
    (Kind.COORDINATES, find_places),
)
_BEFORE_NUMBERS: tuple[tuple[Kind, Callable[[Shadow], Iterator[Span]]], ...] = (
    (Kind.PLATE, find_plates),
    (Kind.PASSPORT, find_passports),
    (Kind.ID_NUMBER, find_health_cards),
    (Kind.ACCOUNT, find_ibans),
)


def _banked_citizens(run: Run) -> Iterator[Stretch]:
    """Twelve digits that would pass for a CCCD but stand beside the name of a bank."""
    return (stretch for stretch in find_citizens(run) if is_beside_bank(stretch))


# A word beside the number weighs more than the number's shape; the surest shapes come before the vaguer ones.
_IN_RUNS: tuple[tuple[Kind, Callable[[Run], Iterator[Stretch]]], ...] = (
    (Kind.TAX_CODE, find_tax_codes),
    (Kind.ID_NUMBER, find_named_ids),
    (Kind.CARD, find_cards),
    (Kind.ACCOUNT, find_called_accounts),
    (Kind.ACCOUNT, _banked_citizens),
    (Kind.ID_NUMBER, find_citizens),
    (Kind.PHONE, find_phones),
    (Kind.ACCOUNT, find_bank_numbers),
    (Kind.PHONE, find_called_phones),
)
# Six and seven digits have no shape of their own: only a word can make them an account.
_SHAPED_DIGITS_MIN = 8
_IN_SHORT_RUNS: tuple[tuple[Kind, Callable[[Run], Iterator[Stretch]]], ...] = ((Kind.ACCOUNT, find_called_accounts),)


def find_personal(text: str) -> list[Found]:
    """Personal data in a normalised text: (start, end, kind), in order, without overlaps.  Nothing in placeholders."""
    page = shadow(text)
    page = page.hidden(match.span() for match in _PLACEHOLDER.finditer(page.letters))
    found: list[Found] = []
    page = _asked(page, _BEFORE_ADDRESSES, found)
    if page.has_digits:
        addresses = _addresses(page.letters)
        found += _free(find_in_addresses(page, addresses), Kind.PHONE)
        page = _asked(page.hidden(addresses), _BEFORE_NUMBERS, found)
    for run in runs(page):
        found += _in_run(run)
    found.sort()
    return [(page.places[start], page.places[end], kind) for start, end, kind in found]


def _addresses(letters: str) -> list[Span]:
    if _MAY_BE_ADDRESS.search(letters) is None:
        return []
    return [match.span() for match in _ADDRESS.finditer(letters)]


def _asked(
    page: Shadow, recognisers: Iterable[tuple[Kind, Callable[[Shadow], Iterator[Span]]]], found: list[Found]
) -> Shadow:
    """The page with everything hidden that these recognisers found and added to `found`."""
    for kind, find in recognisers:
        spans = _free(find(page), kind)
        if spans:
            found += spans
            page = page.hidden((start, end) for start, end, _ in spans)
    return page


def _free(spans: Iterable[Span], kind: Kind) -> list[Found]:
    """Overlapping spans of one kind become one."""
    joined: list[Found] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]), kind)
        elif end > start:
            joined.append((start, end, kind))
    return joined


def _in_run(run: Run) -> list[Found]:
    """What stands in one run of digits; the first recogniser that takes a group has it."""
    found: list[Found] = []
    for kind, find in _IN_RUNS if len(run.digits) >= _SHAPED_DIGITS_MIN else _IN_SHORT_RUNS:
        found += [(_opening(stretch), stretch.end, kind) for stretch in find(run) if stretch.take()]
    return found


def _opening(stretch: Stretch) -> int:
    """Where the number begins as people see it: with its plus sign, and the bracket that is closed inside it."""
    letters, start, end = stretch.page.letters, stretch.start, stretch.end
    while start > 0:
        before = letters[start - 1]
        opens = before == "(" and letters.count(")", start, end) > letters.count("(", start, end)
        if before != "+" and not opens:
            break
        start -= 1
    return start

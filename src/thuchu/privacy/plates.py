"""Vietnamese vehicle plates: `51G-123.45`, `29-A1 123.45`, `30A12345`.

A plate and a lot number can look the same; a small letter, or a word such as *lô* before it, asks for a word that says
vehicle.
"""

import re
from collections.abc import Iterator

from thuchu.privacy.context import near, words
from thuchu.privacy.shadow import Shadow

Span = tuple[int, int]

# Numbers that provinces have; the table of plates leaves the others free.
_PROVINCE = r"(?:1[124-9]|2[0-9]|3[0-8]|4[0137-9]|5[0-9]|6[0-9]|7[0-9]|8[0-689]|9[02345789])"
_PLATE = re.compile(
    rf"(?<![0-9a-z.,])(?P<province>{_PROVINCE})(?: ?- ?| )?(?P<series>[a-z][0-9]|[a-z]{{2}}|[a-z])"
    r"(?P<gap> ?[-.] ?| )?(?P<number>[0-9]{3}(?P<dot>[. -])?[0-9]{2}|[0-9]{4})(?![0-9a-z])"
)
# `30A12345`: the letter's own digit and the first of five look the same, so this form is tried by itself.
_TIGHT = re.compile(rf"(?<![0-9a-z.,]){_PROVINCE}[a-z][0-9]{{5}}(?![0-9a-z])")
_SERIES_LETTERS = frozenset("ABCDEFGHKLMNPRSTUVXYZĐ")

_VEHICLE = words(
    "bien | bien so | bien kiem soat | bks | bs | xe | o to | oto | taxi | moto | xe may | plate | car | bike"
)
_VEHICLE_REACH_CHARS = 24
_OTHER_NUMBER = words("lo | lot | batch | serial | ma | model | so hieu | don | qd | sp | version")
_OTHER_REACH_CHARS = 8


def find_plates(page: Shadow) -> Iterator[Span]:
    """Spans of plates; they may overlap."""
    if not page.has_digits:
        return
    for match in _TIGHT.finditer(page.letters):
        if _named_vehicle(page, match) or (_in_capitals(page, match.start() + 2) and not _other_number(page, match)):
            yield match.span()
    for match in _PLATE.finditer(page.letters):
        if _is_plate(page, match):
            yield match.span()


def _is_plate(page: Shadow, match: re.Match[str]) -> bool:
    if _named_vehicle(page, match):
        return True
    if _other_number(page, match) or not _in_capitals(page, match.start("series")):
        return False
    if match["dot"] == ".":
        return True
    # Four figures without a word are a plate only in the old form of motorcycles, `29-H1 1234`.
    five = len(match["number"].replace(" ", "")) >= 5
    return match["gap"] is not None and (five or len(match["series"]) == 2)


def _named_vehicle(page: Shadow, match: re.Match[str]) -> bool:
    return near(page, _VEHICLE, match.start(), _VEHICLE_REACH_CHARS)


def _other_number(page: Shadow, match: re.Match[str]) -> bool:
    return near(page, _OTHER_NUMBER, match.start(), _OTHER_REACH_CHARS)


def _in_capitals(page: Shadow, at: int) -> bool:
    return page.text[page.places[at]] in _SERIES_LETTERS

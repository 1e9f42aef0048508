"""Phone numbers: Vietnamese in every grouping, foreign with their country code, and whatever a word calls a phone.

Short public numbers (113, 1022) and paid or free hotlines (1900…, 1800…) are meant to be spread: they stay.
"""

import re
from collections.abc import Iterator

from thuchu.privacy.context import near, stands_on, words
from thuchu.privacy.numbers import Run, Stretch
from thuchu.privacy.shadow import Shadow

Span = tuple[int, int]

# Mobile 03 05 07 08 09, land lines 02x with ten or eleven digits, mobiles of before 2018 (012 016 018 019), old city
# codes 04 06.  First those with 84 for the country, with or without the zero left behind it, lest the 84 stay.
_VIETNAMESE = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?:00)?840?2[0-9]{9}", r"(?:00)?840?[3-9][0-9]{8}",
        r"0[3-9][0-9]{8}", r"02[0-9]{9}", r"02[0-9]{8}", r"01[2689][0-9]{8}",
        # A mobile with a digit too many is a slip of who typed it, and nine tenths of somebody's number.
        r"0[35789][0-9]{9}",
    )
)  # fmt: skip
_NORTH_AMERICAN = re.compile(r"[2-9][0-9]{2}[2-9][0-9]{6}")
_TOLL_FREE = ("800", "833", "844", "855", "866", "877", "888")
_ABROAD_DIGITS_MIN, _ABROAD_DIGITS_MAX = 8, 15
# Dialled as abroad: two zeros and the country, instead of a plus sign.
_FROM_ABROAD = re.compile(r"00[1-9][0-9]{8,14}")
# Numbers are meant to be spread when they start so and have 8 or 10 digits.
_HOTLINE = re.compile(r"(?:1900|1800)(?:[0-9]{4}|[0-9]{6})")

# A word of the phone, perhaps small words, then the number at once: the shape may then be any.
PHONE_WORDS = words(
    "sdt | so dt | dt | dien thoai | so may | di dong | tel | phone | mobile | call | goi | lien he | lien lac | lh |"
    "hotline | zalo | viber | whatsapp | alo | nhan tin | sms | contact | fone | text me",
    tail=re.compile(
        r"(?:[^0-9a-z\x00]{0,4}(?:so|la|cho|em|toi|minh|anh|chi|me|be|cua|qua|theo|may|us|at|on|is|number|no|moi|now|"
        r"bac|co|chu|ong|ba|cau|bo|ban|"
        r"ngay|zalo|thang)(?![a-z])){0,4}[^0-9a-z\x00]{0,6}"
    ),
)
_LOTTERY = words("vietlott | xo so | kqxs | lo to | loto | mega | power | jackpot | giai | bo so | day so | lottery")
_LOTTERY_REACH_CHARS = 40
_BOOK = words("isbn")
_BOOK_REACH_CHARS = 12
_ONLY_LISTS = re.compile(r"[%=<>×÷$€£₫;]")


def find_phones(run: Run) -> Iterator[Stretch]:
    """Candidates in order of certainty; they may overlap."""
    for pattern in _VIETNAMESE:
        for stretch in run.matches(pattern):
            if _reads_as_phone(stretch):
                yield stretch
    yield from _abroad(run)
    for stretch in run.matches(_NORTH_AMERICAN):
        if _reads_as_north_american(stretch):
            yield stretch


def find_called_phones(run: Run) -> Iterator[Stretch]:
    """Numbers of other shapes right behind a word such as `sđt` or `zalo`: without the zero, without the city code."""
    if not stands_on(run.page, PHONE_WORDS):
        return
    for index in range(len(run.tokens)):
        if not near(run.page, PHONE_WORDS, run.tokens[index].start, 0):
            continue
        from_abroad = run.tokens[index].digits.startswith("00")
        stretch = run.uniform_from(index, _ABROAD_DIGITS_MAX + 2 if from_abroad else 11)
        if _FROM_ABROAD.fullmatch(stretch.digits) and not stretch.is_calendar:
            yield stretch
            continue
        short = len(stretch.digits) == 8 and stretch.digits[0] in "23456789"
        without_zero = len(stretch.digits) in (9, 10) and stretch.digits[0] in "235789"
        if len(stretch.digits) == 10 and stretch.digits.startswith(_TOLL_FREE):
            continue
        if (short or without_zero) and not stretch.is_calendar and not stretch.is_amount:
            yield stretch


def is_hotline(digits: str) -> bool:
    return _HOTLINE.fullmatch(digits) is not None


def _reads_as_phone(stretch: Stretch) -> bool:
    if len(stretch.tokens) == 1:
        return not near(stretch.page, _BOOK, stretch.start, _BOOK_REACH_CHARS)
    if near(stretch.page, PHONE_WORDS, stretch.start, 0):
        return not _is_dated(stretch)
    if _is_dated(stretch) or _is_list(stretch) or _is_slashed(stretch):
        return False
    if stretch.digits.startswith("84") and stretch.is_amount and not _has_plus(stretch):
        return False
    return not (
        near(stretch.page, _LOTTERY, stretch.start, _LOTTERY_REACH_CHARS)
        or near(stretch.page, _BOOK, stretch.start, _BOOK_REACH_CHARS)
    )


def _is_dated(stretch: Stretch) -> bool:
    """A date stands in it.  With one gap all through, five pairs (`09-12-24-56-78`) or a zero and more in front
    (`0912.01.01.20`) are no date: no year begins with a zero."""
    sizes = stretch.sizes
    grouped = set(sizes) == {2} or (sizes[0] >= 3 and stretch.digits.startswith("0"))
    return not (grouped and stretch.is_uniform) and stretch.is_calendar


def _is_list(stretch: Stretch) -> bool:
    """Figures side by side: `0.35, 0.41, 0.52`, or with signs of arithmetic between."""
    gaps = stretch.gaps
    if any(_ONLY_LISTS.search(gap) for gap in gaps):
        return True
    if any(token.is_word for token in stretch.tokens):
        return False
    if stretch.is_uniform:
        return False
    # `0,3456 0,7890`: shares of one, not groups of a number.
    shares = stretch.sizes[0] == 1 and gaps[0] in (",", ".")
    return shares or (any("," in gap for gap in gaps) and max(stretch.sizes) <= 2)


def _is_slashed(stretch: Stretch) -> bool:
    """A slash between groups is a date, a fraction or a house number unless every group has three digits or more."""
    if not any("/" in gap for gap in stretch.gaps):
        return False
    return min(stretch.sizes) < 3 and not (stretch.is_uniform and set(stretch.sizes) == {2})


def _has_plus(stretch: Stretch) -> bool:
    return stretch.page.letters[max(0, stretch.start - 2) : stretch.start].endswith(("+", "+ ", "+("))


def _abroad(run: Run) -> Iterator[Stretch]:
    """A plus sign, then a country code, and groups until a number is complete."""
    letters = run.page.letters
    for index, token in enumerate(run.tokens):
        if token.start == 0 or letters[token.start - 1] != "+" or token.digits.startswith("0"):
            continue
        last, end, total = token, index + 1, len(token.digits)
        for following in run.tokens[index + 1 : index + _ABROAD_DIGITS_MAX]:
            gap = letters[last.end : following.start]
            complete = total >= 11 or (total >= _ABROAD_DIGITS_MIN and gap not in (" ", "-", ".", ""))
            total += len(following.digits)
            if complete or total > _ABROAD_DIGITS_MAX or set(gap) & set(":,;\n%="):
                break
            last, end = following, end + 1
        stretch = Stretch(run, index, end)
        if _ABROAD_DIGITS_MIN <= len(stretch.digits) <= _ABROAD_DIGITS_MAX:
            yield stretch


def _reads_as_north_american(stretch: Stretch) -> bool:
    if stretch.sizes != (3, 3, 4) or stretch.digits.startswith(_TOLL_FREE):
        return False
    return stretch.gaps in (["-", "-"], [") ", "-"], [")", "-"], [".", "."], [") ", " "], [" ", "-"], ["-", " "])


# Addresses carry long numbers of their own (`…-185240912345678901.htm`), so there only the plain shapes count.
_IN_ADDRESS = re.compile(
    r"(?<![0-9])(?:0|84|\+84|%2b84)[35789][0-9](?:[0-9]{7}|[0-9]?([.-])[0-9]{3}\1[0-9]{3,4})(?![0-9])"
)


def find_in_addresses(page: Shadow, addresses: list[Span]) -> Iterator[Span]:
    """Phone numbers inside web addresses."""
    for start, end in addresses:
        for match in _IN_ADDRESS.finditer(page.letters, start, end):
            yield match.span()

"""Bank accounts, e-wallets, cards and IBANs.

An account is a number that a word calls one (6 to 19 digits); amounts, dates and hotlines beside such words stay.
Cards and IBANs prove themselves by their check digits.
"""

import re
from collections.abc import Iterator

from thuchu.privacy.context import follows, near, stands_on, words
from thuchu.privacy.numbers import Run, Stretch
from thuchu.privacy.phones import is_hotline
from thuchu.privacy.shadow import Shadow

Span = tuple[int, int]

_ACCOUNT_DIGITS_MIN, _ACCOUNT_DIGITS_MAX = 6, 19
# Words that call the next number an account.
_ACCOUNT_WORDS = words(
    "stk | so tai khoan | so tk | tk so | tai khoan so | tk | account number | account no | acc | acct | a/c | acc no |"
    "momo | zalopay | zalo pay | vnpay | shopeepay | viettelpay | viettel money"
)
_ACCOUNT_REACH_CHARS = 30
# Words of banking: a long number near them is an account unless it looks like something else.
_BANKS = (
    "vietcombank | vcb | techcombank | tcb | bidv | agribank | vietinbank | vietin | mbbank | mb bank | mb | acb |"
    "vpbank | vp bank | tpbank | tp bank | tpb | sacombank | stb | hdbank | hd bank | vib | shb | scb | ocb | msb |"
    "eximbank | seabank | abbank | nam a bank | namabank | bac a bank | bacabank | pvcombank | lpbank |"
    "lienvietpostbank | kienlongbank | vietbank | bvbank | baovietbank | shinhan | woori | hsbc | uob |"
    "citibank | cake | timo | tnex"
)
_BANK_NAME = words(_BANKS)
_BANKING = words(
    f"{_BANKS} | bank | account | tai khoan | ngan hang | nh | chuyen khoan | ctk | ck | chuyen vao | chuyen toi |"
    "chuyen den | wire | transfer | paypal"
)
_BANKING_REACH_CHARS = 45
_BANKING_DIGITS_MIN = 8
_BANK_AFTER_CHARS = 14

_AMOUNT_ROUND = re.compile(r"[1-9][0-9]{0,6}000")

# Number ranges of card networks by length; without them one long number in ten would pass the check digit.
_CARDS = (
    re.compile(r"9704[0-9]{15}"),
    re.compile(r"9704[0-9]{12}"),
    re.compile(r"(?:4[0-9]{3}|5[1-5][0-9]{2}|2[2-7][0-9]{2}|6(?:011|4[4-9][0-9]|5[0-9]{2}|2[0-9]{2})|35[2-8][0-9])[0-9]{12}"),
    re.compile(r"3[47][0-9]{13}"),
    re.compile(r"3(?:0[0-5]|[68][0-9])[0-9]{11}"),
    re.compile(r"4[0-9]{18}"),
    re.compile(r"62[0-9]{17}"),
    re.compile(r"4[0-9]{12}"),
)  # fmt: skip
_CARD_WORDS = words("so the | the | card | visa | mastercard | master | napas | jcb | amex | atm")
_CARD_REACH_CHARS = 25
_ANY_CARDS = tuple(re.compile(rf"[2-69][0-9]{{{digits - 1}}}") for digits in (19, 18, 17, 16, 15, 14, 13))

# With a space behind the country all groups stand apart: `số 790123456789` is no IBAN of Somalia.
_IBAN = re.compile(
    r"(?<![a-z0-9])[a-z]{2}(?:[0-9]{2}(?: ?[a-z0-9]{4}){2,7}(?: ?[a-z0-9]{1,3})?|"
    r" [0-9]{2}(?: [a-z0-9]{4}){3,7}(?: [a-z0-9]{1,3})?)(?![a-z0-9])"
)


def find_called_accounts(run: Run) -> Iterator[Stretch]:
    """Numbers behind a word such as `stk`."""
    if not stands_on(run.page, _ACCOUNT_WORDS):
        return
    for index in range(len(run.tokens)):
        if near(run.page, _ACCOUNT_WORDS, run.tokens[index].start, _ACCOUNT_REACH_CHARS):
            stretch = run.uniform_from(index, _ACCOUNT_DIGITS_MAX)
            if _may_be_account(stretch, _ACCOUNT_DIGITS_MIN):
                yield stretch


def find_bank_numbers(run: Run) -> Iterator[Stretch]:
    """Long numbers next to the name of a bank or a word of banking."""
    page = run.page
    if not stands_on(page, _BANKING):
        return
    for index in range(len(run.tokens)):
        stretch = run.uniform_from(index, _ACCOUNT_DIGITS_MAX)
        if not _may_be_account(stretch, _BANKING_DIGITS_MIN):
            continue
        if stretch.is_amount or _AMOUNT_ROUND.fullmatch(stretch.digits) or is_hotline(stretch.digits):
            continue
        if near(page, _BANKING, stretch.start, _BANKING_REACH_CHARS) or is_beside_bank(stretch):
            yield stretch


def is_beside_bank(stretch: Stretch) -> bool:
    """The name of a bank touches the number, in front or behind."""
    page = stretch.page
    return near(page, _BANK_NAME, stretch.start, 3) or follows(page, _BANK_NAME, stretch.end, _BANK_AFTER_CHARS)


def _may_be_account(stretch: Stretch, digits_min: int) -> bool:
    return len(stretch.digits) >= digits_min and not stretch.is_calendar


def find_cards(run: Run) -> Iterator[Stretch]:
    """Numbers of card networks whose check digit is right; Napas numbers (9704…) also without."""
    for pattern in _CARDS:
        for stretch in run.matches(pattern):
            if (stretch.digits.startswith("9704") or passes_luhn(stretch.digits)) and _grouped_as_card(stretch):
                yield stretch
    if stands_on(run.page, _CARD_WORDS):
        for stretch in (stretch for pattern in _ANY_CARDS for stretch in run.matches(pattern)):
            named = near(run.page, _CARD_WORDS, stretch.start, _CARD_REACH_CHARS)
            if named and passes_luhn(stretch.digits) and _grouped_as_card(stretch):
                yield stretch


def _grouped_as_card(stretch: Stretch) -> bool:
    sizes = set(stretch.sizes[:-1])
    return len(stretch.tokens) == 1 or (stretch.is_uniform and (sizes in ({4}, {1}) or stretch.sizes == (4, 6, 5)))


# Twice the digit, and the sum of its figures where that has two.
_DOUBLED = str.maketrans("0123456789", "0246813579")


def passes_luhn(digits: str) -> bool:
    """The check digit of ISO/IEC 7812-1, annex B."""
    doubled = digits[-2::-2].translate(_DOUBLED)
    return (sum(map(int, doubled)) + sum(map(int, digits[-1::-2]))) % 10 == 0


def find_ibans(page: Shadow) -> Iterator[Span]:
    """International account numbers whose remainder is right (ISO 13616)."""
    for match in _IBAN.finditer(page.letters):
        end = _iban_end(match)
        if end:
            yield match.start(), end


def _iban_end(match: re.Match[str]) -> int:
    """Where the account number ends: words behind it may look like one more group; 0 when nothing passes."""
    written = match.group()
    while len(written) >= 15:
        compact = written.replace(" ", "")
        turned = "".join(str(int(char, 36)) for char in compact[4:] + compact[:4])
        if int(turned) % 97 == 1:
            return match.start() + len(written)
        written = written.rpartition(" ")[0]
    return 0

"""Numbers on people's papers: CCCD and CMND, insurance cards, driving licences, passports, tax codes.

Only the twelve digits of a CCCD say by themselves what they are; the others need a word beside them.
"""

import re
from collections.abc import Iterator

from thuchu.privacy.context import Words, near, stands_on, words
from thuchu.privacy.numbers import Run, Stretch
from thuchu.privacy.shadow import Shadow

Span = tuple[int, int]

# CCCD: a province of Circular 59/2021/TT-BCA, a digit for sex and century, two for the year of birth, six more.
_PROVINCES = (
    "001|002|004|006|008|010|011|012|014|015|017|019|020|022|024|025|026|027|030|031|033|034|035|036|037|038|040|042|"
    "044|045|046|048|049|051|052|054|056|058|060|062|064|066|067|068|070|072|074|075|077|079|080|082|083|084|086|087|"
    "089|091|092|093|094|095|096"
)
_CITIZEN = re.compile(rf"(?:{_PROVINCES})[0-3][0-9]{{8}}")
_TWELVE = re.compile(r"[0-9]{12}")
_NINE = re.compile(r"[0-9]{9}")
_TEN = re.compile(r"[0-9]{10}")
_THIRTEEN = re.compile(r"[0-9]{13}")

ID_WORDS = words(
    "cccd | cmnd | cmt | cmtnd | can cuoc | cong dan | chung minh | nhan dan | dinh danh | vneid | gplx | bang lai |"
    "giay phep lai xe | id | id card | identity card"
)
_ID_REACH_CHARS = 30
_INSURANCE_WORDS = words("bhxh | bao hiem xa hoi | so bao hiem | bhyt | bao hiem y te | the bao hiem")
_TAX_WORDS = words("mst | ma so thue | tax code | tax id | tax number")
_TAX_REACH_CHARS = 30

# Health insurance card: two letters for the group of people, then thirteen digits.
_HEALTH_CARD = re.compile(r"(?<![a-z0-9])[a-z]{2}[ -]?[0-9](?:[ .-]?[0-9]){12}(?![0-9a-z])")
_PASSPORT_WORDS = words("ho chieu | passport | pp")
_PASSPORT = re.compile(
    r"(?<![a-z])(?:ho chieu|passport|pp)(?![a-z])[^0-9\x00]{0,30}?"
    r"(?<![a-z0-9])(?P<number>[a-z]{1,2} ?[0-9]{6,8}|[a-z]? ?[0-9]{9})(?![0-9a-z])"
)


def find_passports(page: Shadow) -> Iterator[Span]:
    """A letter or two and six to eight digits, or nine digits, behind a word for a passport."""
    if not stands_on(page, _PASSPORT_WORDS):
        return
    for match in _PASSPORT.finditer(page.letters):
        yield match.span("number")


def find_health_cards(page: Shadow) -> Iterator[Span]:
    """Cards of the health insurance behind a word for it."""
    if not stands_on(page, _INSURANCE_WORDS):
        return
    for match in _HEALTH_CARD.finditer(page.letters):
        if near(page, _INSURANCE_WORDS, match.start(), _ID_REACH_CHARS):
            yield match.span()


def find_tax_codes(run: Run) -> Iterator[Stretch]:
    """Ten digits, or ten and three of a branch, behind a word for a tax code."""
    if not stands_on(run.page, _TAX_WORDS):
        return
    for pattern in (_THIRTEEN, _TEN):
        for stretch in run.matches(pattern):
            if near(run.page, _TAX_WORDS, stretch.start, _TAX_REACH_CHARS) and not stretch.is_calendar:
                yield stretch


def find_named_ids(run: Run) -> Iterator[Stretch]:
    """Nine or twelve digits behind a word for an identity paper, ten behind one for social insurance."""
    page = run.page
    if stands_on(page, ID_WORDS):
        for pattern in (_TWELVE, _NINE):
            yield from _named(run, pattern, ID_WORDS)
    if stands_on(page, _INSURANCE_WORDS):
        yield from _named(run, _TEN, _INSURANCE_WORDS)


def _named(run: Run, pattern: re.Pattern[str], named: Words) -> Iterator[Stretch]:
    for stretch in run.matches(pattern):
        if near(run.page, named, stretch.start, _ID_REACH_CHARS) and not stretch.is_calendar:
            yield stretch


def find_citizens(run: Run) -> Iterator[Stretch]:
    """Twelve digits built as a CCCD number, with no word needed."""
    for stretch in run.matches(_CITIZEN):
        if run.page.letters[stretch.start - 1 : stretch.start].isalpha():
            continue  # `SPXVN012345678912` is a parcel.
        sizes = stretch.sizes
        if len(sizes) == 1 or (stretch.is_uniform and (min(sizes) >= 3 or set(sizes) == {1})):
            yield stretch

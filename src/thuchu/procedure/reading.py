"""A question as a row of plain words: no accents, no case, short forms of chats spelt out, hours and dates as one word.

With and without accents it is the same row, so what is found in one is found in the other.
"""

import re

from thuchu.text.chat import spell_out
from thuchu.text.folding import fold
from thuchu.text.forms import normalise

# What a question about an event is full of; where a chat's short form means another thing than here, this one counts.
_SHORTENED = """
    bc bau cu · bcu bau cu · dbc diem bau cu · dbp diem bo phieu · kvbp khu vuc bo phieu · bp bo phieu · bphieu bo
    phieu · cutri cu tri · baucu bau cu · bophieu bo phieu · dibau di bau · ctri cu tri · dscct danh sach cu tri ·
    ds danh sach · dsct danh sach cu tri · cmt chung minh thu · cmtnd chung minh thu · cc can cuoc · cccd can cuoc
    · gto giay to · tg thoi gian · tgian thoi gian · dd dia diem · ddiem dia diem · dchi dia chi · dc duoc · bh
    bao gio · bgio bao gio · bjo bao gio · ng nguoi · mng moi nguoi · h gio · g gio · sdt so dien thoai · dth dien
    thoai · dt dien thoai · hotlai duong day nong · hotline duong day nong · qh quoc hoi · dbqh dai bieu quoc hoi
    · hdnd hoi dong nhan dan · ubnd uy ban nhan dan · ub uy ban · ubbc uy ban bau cu · cn chu nhat · cta chung ta
    · dky dang ky · hl hop le · khl khong hop le · kqua ket qua · kq ket qua · tui toi · z
    vay · j gi · ji gi · hok khong · k khong · ko khong · kh khong · hong khong · hem khong · wa qua
"""
_OURS = {row.split()[0]: row.split()[1:] for row in _SHORTENED.split("·")}
# What privacy put in place of a number: no word of the question.
_PLACEHOLDER = re.compile(r"\[[a-z ]{2,20}\]")
_APOSTROPHE = re.compile(r"['’`]")
# 7h30, 19g, 21 giờ: the hour as one word; 30/5, 15.3.2026: a day as one word.
_HOUR = re.compile(
    r"(?<![\w/.])(\d{1,2})\s?(?:h|g|gio)\s?(\d{2})?\b|(?<![\w/.])(\d{1,2}):(\d{2})\b|\b(\d{1,2})\s?(?:am|pm)\b"
)
_DAY = re.compile(r"(?<![\w/.])\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?(?![\w/])|\b\d{1,2}-\d{1,2}-\d{4}\b")
_WORD = re.compile(r"\w+")
# A comma stays, so that no expression is read across it.
_WORD_OR_STOP = re.compile(r"\w+|[,;:.!?()]")
_SENTENCES = re.compile(r"[?!;\n]+|\.(?:\s|$)")
# Longer than any question; a forwarded article that names everything asks nothing.
CHARS_MAX = 700


def words_of(question: str) -> str:
    """The plain words with one space between and one at each end, so that whole words are found in it."""
    text = _PLACEHOLDER.sub(" ", fold(normalise(question)))
    text = _APOSTROPHE.sub("", text)
    text = _DAY.sub(" _day ", text)
    text = _HOUR.sub(" _hour ", text)
    words = [each for word in _WORD_OR_STOP.findall(text) for each in _spelt_out(word)]
    return f" {' '.join(words)} "


def sentences_of(question: str) -> list[str]:
    """The sentences of a question that hold a word; itself where it is one."""
    return [part for part in _SENTENCES.split(question) if _WORD.search(part)]


def _spelt_out(word: str) -> list[str]:
    return _OURS.get(word) or [fold(each) for each in spell_out(word)]

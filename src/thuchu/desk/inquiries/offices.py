"""Whether words name an office or a person: plain Python, and on the careful side.

An answer is an organisation's.  Who signed it for the organisation is nobody's matter, and a person's name that stands
beside an answer for ever is more than was asked for (rule 2).  A name is told by what stands before it: an office that
is called after somebody (Bệnh viện Phạm Ngọc Thạch, phường Trần Hưng Đạo) is an office.
"""

import re

from thuchu.text.folding import fold_word

# Without those that begin the names of provinces and towns as often (Hà, Thái, Cao, Lâm …).
_SURNAMES = frozenset(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đoàn Tô Trương Tạ Đào Tống "
    "Vương Quách Lưu Triệu Phùng Khuất Nghiêm".split()
)
_PLACES = ("Hồ Chí Minh",)
# What is said before a name, and before nothing else.
_ADDRESSES = frozenset("ông bà anh chị cô chú bác ngài đc đ/c ths ts pgs gs bs ks mr mrs ms dr".split())
# What an office or a place is called after somebody with; folded, the last syllable of it.
_CALLED_AFTER = frozenset(
    "vien truong phuong xa duong pho tinh huyen quan ty thpt thcs ptth hoc quy doanh nghiep thon to khu chua nha "
    "benh mam nghe don bao tang hang cho cau ho song lang ban cum cong trung tam".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:/[^\W\d_]+)*")
# Surname, and one to four more syllables.
_SYLLABLES_MAX = 4


def names_a_person(text: str) -> bool:
    """Does it look as if somebody is named?"""
    for place in _PLACES:
        text = text.replace(place, "")
    words = [(found.group(), text[: found.start()].rstrip()[-1:]) for found in _WORD.finditer(text)]
    return any(_is_name(words, place) for place in range(len(words)))


def _is_name(words: list[tuple[str, str]], place: int) -> bool:
    word, before = words[place]
    follows = words[place + 1 : place + 1 + _SYLLABLES_MAX]
    if word.lower().rstrip(".") in _ADDRESSES and follows and follows[0][0][:1].isupper():
        return True
    if word not in _SURNAMES or not follows or not follows[0][0][:1].isupper() or follows[0][1] in ",;:(–-":
        return False
    # A place's or an office's own name comes in the same breath as what it is.
    is_in_one_breath = place > 0 and (before.isalnum() or before == "")
    return not (is_in_one_breath and fold_word(words[place - 1][0]) in _CALLED_AFTER)

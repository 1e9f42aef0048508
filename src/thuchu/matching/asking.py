"""Words with which people ask and forward, whatever about: a desk that has answered nothing yet knows them from here.

Written for this project from general knowledge; folded.  Counted messages of the desk's own say it better later.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from thuchu.matching.statistics import Weights
from thuchu.matching.terms import BIGRAM_JOIN

# What such a word is worth at most: that of a word in every sixth message.  A pair of them is half as much again.
# Chosen on train splits asked without their history: vi-healthfaq .493 -> .600, others within .006.
_WORTH_MAX = 1.7
_PAIR_WORTH_MAX = 1.5 * _WORTH_MAX
# From this many fact-checks asked about, the desk's own counts say it better (vi-healthfaq .655 without the list, .646
# with it).
ANSWERED_MIN = 200

_VIETNAMESE = """
    a ah ai anh ba bac bai ban bang bao bat biet bi buon cac cach cai cam cap cau chac chao chau chi chia chiu
    cho chu chua chung co con cua cung cuoi dang dam dau day de den di dinh do doan doc doi dong dua duoc dung
    em gap ghe gi gia giup gui ha hai hay he het hieu ho hoang hoi hom hon huhu kem kha khan khi khong kia lai
    lam lan lang lau len lo luon luot ma mai may me minh moi mong mot mua muon nao nay nen neu nghe nghi ngay
    nguoi nha nhan nhat nhau nhe nhieu nho nhom nhu nhung noi o oi on qua quan ra rang rat roi sai sang sao se
    share so sot su ta tai tam thang thanh that thay the them theo thi thich thoi thong thu tim tin toi trang
    tren trong truoc tu tung tuong tuy tu va van vay ve vi viec vo voi vua vui xem xin
"""
_ASKING = frozenset(_VIETNAMESE.split())
# Words and pairs of messages that are kept at hand: about 10 MB.
_TERMS_AT_HAND = 50_000


def discounted(folded: Sequence[str], weights: Weights, is_pair: bool) -> Weights:
    """`weights` of these folded terms (pairs joined as `terms.bigrams` does), those of asking words held down."""
    asking = np.fromiter(map(_is_asking, folded), dtype=np.bool_, count=len(folded))
    return np.where(asking, np.minimum(weights, _PAIR_WORTH_MAX if is_pair else _WORTH_MAX), weights)


@lru_cache(maxsize=_TERMS_AT_HAND)
def _is_asking(term: str) -> bool:
    return all(part in _ASKING for part in term.split(BIGRAM_JOIN))

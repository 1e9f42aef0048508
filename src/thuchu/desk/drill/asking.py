"""What is asked in the flood of a drill, and how often: all of it made up, and the same for the same seed.

Pure: no desk, no clock.  Nothing here is about a candidate, a party or a result (rule 10).
"""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

_PLACES = (
    "Bãi Dâu|Cầu Mới|Đồng Sen|Gò Vải|Hàng Bàng|Kênh Tư|Lò Gạch|Mả Đò|Nước Ngọt|Ô Chum|Phà Cũ|Quán Tre|Rạch Dừa|"
    "Suối Đá|Tam Ấp|Thôn Đình|Vườn Chè|Xóm Lưới|Ngã Ba Gạo|Bờ Hồ Sen"
).split("|")
# Each with the place where it is said to be; none says the same as another.
_RUMOURS = (
    "hộ nào ở {place} treo cờ cả tuần bầu cử thì được trưởng thôn phát hai mươi ký gạo và một thùng mì",
    "tối trước ngày bầu cử sẽ cắt điện toàn bộ {place} đến sáng hôm sau để kiểm tra đường dây",
    "cầu vào {place} bị rào lại suốt ngày bầu cử, xe máy phải gửi cách đó hai cây số",
    "có người mặc đồng phục đến từng nhà ở {place} thu căn cước để làm lại danh sách, mỗi người đóng năm mươi nghìn",
    "nhắn tin đến một đầu số lạ kèm chữ {place} là được ghi tên đi bầu qua điện thoại, khỏi phải đến nơi",
    "trường học ở {place} ngập tới đầu gối nên hòm phiếu bị chuyển sang kho thóc mà chưa ai báo",
    "dịch cúm lan ở {place}, ai ho phải ở nhà không được đến nơi bầu cho đến tuần sau",
    "điện thoại mang vào phòng phiếu ở {place} bị giữ ba ngày mới trả và còn bị phạt tiền",
    "một đường dẫn gửi trong nhóm {place} bảo điền số tài khoản để nhận tiền hỗ trợ đi bầu",
    "loa ở {place} báo hoãn hết mọi việc vì bão đổi hướng, ngày bầu dời lại hai tuần",
)
DISTINCT_MAX = len(_PLACES) * len(_RUMOURS)
OPENINGS = ("Nghe nói ", "Có tin rằng ", "Mọi người ơi, ", "")


@dataclass(frozen=True, slots=True)
class Flood:
    """Messages, and which of them each question is, in the order in which they come."""

    messages: tuple[str, ...]
    order: tuple[int, ...]

    def most_asked(self, number: int) -> list[int]:
        """The messages that were asked most, the most asked first."""
        return [message for message, _ in Counter(self.order).most_common(number)]


def flood(questions: int, distinct: int, seed: int) -> Flood:
    """So many questions over so many messages, each asked half as often as the one asked twice as often (Zipf).

    raises  ValueError for no message, more messages than DISTINCT_MAX, or fewer questions than messages
    """
    if not 1 <= distinct <= min(DISTINCT_MAX, questions):
        raise ValueError(f"{distinct} messages: must be 1 to {DISTINCT_MAX}, and no more than questions")
    dice = random.Random(seed)  # noqa: S311 (a drill, no secret)
    pairs = list(product(_PLACES, _RUMOURS))
    dice.shuffle(pairs)
    chosen = [_sentence(rumour.format(place=place), dice) for place, rumour in pairs[:distinct]]
    order = [*range(distinct), *_drawn(dice, distinct, questions - distinct)]
    dice.shuffle(order)
    return Flood(tuple(chosen), tuple(order))


def _drawn(dice: random.Random, distinct: int, number: int) -> Sequence[int]:
    return dice.choices(range(distinct), [1 / rank for rank in range(1, distinct + 1)], k=number)


def _sentence(words: str, dice: random.Random) -> str:
    opening = dice.choice(OPENINGS)
    return f"{opening}{words if opening else words[0].upper() + words[1:]}, có đúng không?"

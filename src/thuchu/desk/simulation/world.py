"""Who lives in a simulated community and what they think: all of it from one number, the same every time.

Raters stand on two sides of most things. A good note helps both, a one-sided note pleases its own side, a bad one helps
nobody who looks. Attackers are of one mind: they praise bad notes and condemn good ones. Pure: no desk, no clock.
"""

import random
from dataclasses import dataclass
from itertools import product

GOOD, ONE_SIDED, BAD = "good", "one_sided", "bad"
_KINDS, _SHARES = (GOOD, ONE_SIDED, BAD), (4, 4, 2)
# People change their mind, misread, or have a bad day: that often somebody says what their side wouldn't.
NOISE = 0.08
# Most rate most of what there is, in a community of this size.
RATES_SHARE = 0.85
NOTES_A_CLAIM_MAX, ASKERS_A_CLAIM_MAX = 2, 3

_FIRST = (
    "Lúa Ngô Khoai Sắn Đậu Vừng Lạc Bí Bầu Mướp Cà Ớt Gừng Sả Nghệ Húng Ngò Hành Tỏi Cam Quýt Bưởi Mít Xoài Vải "
    "Nhãn Dừa"
).split()
_SECOND = (
    "Sông Núi Biển Đồng Rừng Suối Làng Chợ Cầu Bến Thuyền Mây Mưa Gió Nắng Sương Trăng Sao Hoa Đá Cát Đèo Vịnh"
).split()
_THINGS = (
    "cây cầu treo|trạm bơm|nhà văn hoá|chợ đầu mối|con đê|bến phà|trường tiểu học|trạm y tế|hồ chứa nước|nhà máy gạch|"
    "đường liên xã|sân vận động|thư viện|bãi giữ xe|lò bánh mì|vườn ươm|đài phát thanh|kho thóc|trại nấm|bưu điện"
).split("|")
_EVENTS = (
    "sắp bị tháo dỡ để làm khu nghỉ mát|đóng cửa ba tháng vì phát hiện rò rỉ điện|"
    "phát gạo miễn phí cho ai đến trước sáu giờ|"
    "thu phí mỗi người mười nghìn một lượt|bị ngập sâu tới nóc sau trận mưa đêm|được một công ty nước ngoài mua lại|"
    "xây bằng xi măng trộn tro bếp|có đàn ong rừng về làm tổ đông kín|phải xếp hàng từ nửa đêm mới được vào|"
    "đổi tên theo một ca sĩ nổi tiếng|dời sang bờ bên kia ngay trong tháng|treo thưởng cho ai bắt được chuột cống|"
    "sơn lại toàn màu tím vì thầy phong thuỷ bảo|cấm xe đạp điện qua lại ban ngày|tuyển hai trăm người không cần hồ sơ|"
    "phát hiện giếng cổ chứa đầy tiền xu|mở cửa suốt đêm để tránh bão|nuôi cá sấu để giữ trật tự|"
    "bị sét đánh hỏng toàn bộ mái|chuyển thành nơi cách ly cho gia cầm"
).split("|")
_PLACES = "thôn Thượng|thôn Hạ|thôn Đông|thôn Đoài|xóm Bãi|xóm Chùa|xóm Đình|xóm Mới|ấp Giữa|ấp Cuối".split("|")
CLAIMS_MAX = len(_THINGS) * len(_EVENTS)
PEOPLE_MAX = len(_FIRST) * len(_SECOND)
PEOPLE_MIN = 6


@dataclass(frozen=True, slots=True)
class Person:
    """One contributor. `side` is from -1 to 1; nobody but this module ever hears of it."""

    name: str
    side: float
    is_attacker: bool


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody writes on a claim; `side` is whom a one-sided note pleases, -1 or 1."""

    author: int
    kind: str
    side: int
    verdict: str
    text: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing people ask about: the message, in how many words of theirs, and the notes on it."""

    messages: tuple[str, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class World:
    """People, and what happens among them."""

    people: tuple[Person, ...]
    claims: tuple[Claim, ...]


def make(*, contributors: int, claims: int, attackers: float, seed: int) -> World:
    """The world of that seed.

    contributors  PEOPLE_MIN to PEOPLE_MAX · claims  1 to CLAIMS_MAX · attackers  their share, 0 to 1
    """
    dice = random.Random(seed)  # noqa: S311 (a play, no secret)
    names = [f"{first} {second}" for first, second in product(_FIRST, _SECOND)]
    dice.shuffle(names)
    n_attackers = round(contributors * attackers)
    people = tuple(
        Person(name, side=(1 if place % 2 else -1) * dice.uniform(0.3, 1), is_attacker=place < n_attackers)
        for place, name in enumerate(names[:contributors])
    )
    events = list(product(_THINGS, _EVENTS))
    dice.shuffle(events)
    return World(people, tuple(_claim(*event, people, dice) for event in events[:claims]))


def opinion(person: Person, note: Note, dice: random.Random) -> tuple[str, tuple[str, ...]]:
    """How that person rates the note, and why."""
    if person.is_attacker:
        likes = note.kind == BAD
    else:
        likes = note.kind == GOOD or (note.kind == ONE_SIDED and person.side * note.side > 0)
        if dice.random() < NOISE:
            likes = not likes
    if likes:
        return "helpful", ("helpfulClear", "helpfulGoodSources")
    why = "notHelpfulArgumentativeOrBiased" if note.kind == ONE_SIDED else "notHelpfulSourcesMissingOrUnreliable"
    return "not_helpful", (why,)


def _claim(thing: str, event: str, people: tuple[Person, ...], dice: random.Random) -> Claim:
    place = dice.choice(_PLACES)
    what = f"{thing} ở {place} {event}"
    ways = (
        f"Nghe nói {what}, có đúng không mọi người",
        f"Ai biết chuyện {what} không",
        f"{what.capitalize()}, thật không",
    )
    asked = ways[: dice.randint(1, ASKERS_A_CLAIM_MAX)]
    authors = dice.sample(range(len(people)), dice.randint(1, NOTES_A_CLAIM_MAX))
    return Claim(asked, tuple(_note(author, what, people, dice) for author in authors))


def _note(author: int, what: str, people: tuple[Person, ...], dice: random.Random) -> Note:
    kind = BAD if people[author].is_attacker else dice.choices(_KINDS, _SHARES)[0]
    sentence = f"Về việc {what}: người phụ trách đã đến xem và ghi biên bản số {dice.randint(10, 99)}."
    words = {
        GOOD: ("false", "Chúng tôi đọc biên bản và gọi cho người phụ trách: tin này không đúng, mọi việc vẫn như cũ."),
        ONE_SIDED: (
            "misleading",
            "Ai theo dõi chuyện này lâu nay đều biết phe bên kia bày ra để có cớ mà nói mãi thôi.",
        ),
        BAD: ("true", "Chắc chắn là đúng rồi vì nhiều người đã nói như vậy từ tuần trước, khỏi cần xem thêm gì nữa."),
    }
    verdict, text = words[kind]
    return Note(author, kind, 1 if people[author].side > 0 else -1, verdict, f"{text} ({what.capitalize()}.)", sentence)

"""Names people carry on social networks: the part of a profile link that names somebody, and @handles.

Only the name goes; the host and a post's number stay, so that the same post is still the same post.
Pages of public bodies look exactly like people's pages, so they go too.
"""

import re
from collections.abc import Iterator
from itertools import islice

from thuchu.privacy.shadow import HIDDEN, Shadow

Span = tuple[int, int]

_NETWORKS = (
    "facebook|fb|messenger|instagram|instagr|tiktok|x|twitter|linkedin|youtube|threads|t|telegram|m|zalo|zaloapp|wa|"
    "whatsapp|snapchat|pinterest|reddit|vk|weibo|bsky|viber|medium|github|discord|skype|lemon8|gapo|lotus"
)
# `pic.twitter.com/…` names a picture, `vm.tiktok.com/…` a shortened link.
_LINK = re.compile(
    rf"(?<![a-z0-9-])(?<!pic\.)(?<!v[mt]\.)({_NETWORKS})(?: ?\. ?| cham | dot )(?:com|me|net|vn|am|app|org|tv)"
    r"(?![a-z0-9-]) ?/ ?"
)
# `viber://chat?number=…`, `tel:` and `sms:` are numbers, which the number recognisers read themselves.
# Names stand at the beginning; what an address says behind that many characters is a tracking code.
_PATH = re.compile(r"[^\s<>\"'\x00]{1,200}")
_PERSONAL_FIELD = re.compile(r"[?&](?:id|phone|number|user|username|user_id|u_id|uid|author|owner)=([^&#\s]+)")

# First parts of a path that are followed by a name.
_BEFORE_NAME = frozenset("in pub user c channel add profile s u stories people pages g pg company pc r".split())
# First parts of a path that name a thing of the network, or a page of it, and nobody.
_NOBODY = frozenset(
    """
    about addstickers ads blog business chat checkpoint compose dialog discover download embed en events explore feed
    foryou gaming group groups hashtag help home i intent iv jobs joinchat learning legal live login marketplace media
    messages music notes notifications oa p photo photos playlist plugins policies policy posts privacy public recover
    reel reels results search send settings share sharer shares shorts status story t tag terms tos trending tv v vi
    video videos watch watchparty
    """.split()
)
_NAMED_POSTS = frozenset({"linkedin"})
_NUMBERS_BELONG_TO_PEOPLE = frozenset({"facebook", "fb", "messenger", "whatsapp", "wa", "zalo", "viber", "m"})
_PART = re.compile(r"[^/?#&]+")
_NAME = re.compile(r"[@+~]?[\w.%+~-]+")

_HANDLE = re.compile(r"(?<![\w@+-])@(\w[\w.]*+)")
# Everybody, or the ends of addresses: `gửi đến @gmail.com`.
_EVERYBODY = re.compile(
    r"(?:all|everyone|here|channel|tat|moi|admins?|media|gmail|yahoo|hotmail|outlook|icloud)(?:\.\w+)*"
)
_TIME = re.compile(r"\d+(?:am|pm|h\d*|k|g\d*)")
# A mention as Zalo and Facebook write it carries a whole name; a family name tells it from the next sentence.
_MENTION = re.compile(
    r"(?:Nguyễn|Trần|Lê|Phạm|Hoàng|Huỳnh|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Đinh|Trịnh|Mai|Cao|Lâm|Tô|Hà)"
    r"(?: [A-ZÀ-ỸĐ][a-zà-ỹđ]*){1,4}"
)
_CALLED = r"(?:ig|insta|instagram|fb|facebook|tele|telegram|tiktok|twitter|skype|viber|wechat|line|zalo|threads)"
_AFTER_NETWORK = re.compile(
    rf"(?<![a-z0-9]){_CALLED}(?: (?:id|nick|name|ten|acc))? ?[:=] ?(?:live:)?"
    r"(?=[a-z0-9.]*[._0-9])([a-z.][a-z0-9._]{3,40})(?![a-z0-9@])"
)
# Without a colon `fb covid19` is no name; with `nick` before the network, or a line below in it, it is one.
_NICK = re.compile(
    rf"(?<![a-z0-9])(?:(?:nick|acc|id) {_CALLED} (?=[a-z0-9.]*[._0-9])|{_CALLED} (?=[a-z0-9.]*_[a-z0-9]))"
    r"([a-z][a-z0-9._]{3,40})(?![a-z0-9@])"
)


def find_profiles(page: Shadow) -> Iterator[Span]:
    """Spans of names in links, handles, and names after `ig:` or `tele:`; they may overlap."""
    letters = page.letters
    if "/" in letters:
        for link in _LINK.finditer(letters):
            path = _PATH.match(letters, link.end())
            if path is not None:
                yield from _names(link[1], path)
    if "@" in letters:
        yield from _handles(page)
    if ":" in letters or "=" in letters:
        for match in _AFTER_NETWORK.finditer(letters):
            yield match.start(1), match.start(1) + len(match[1].rstrip("."))
    for match in _NICK.finditer(letters):
        yield match.start(1), match.start(1) + len(match[1].rstrip("."))


def _names(network: str, address: re.Match[str]) -> Iterator[Span]:
    path, start = address.group(), address.start()
    if network in _NUMBERS_BELONG_TO_PEOPLE:
        for field in _PERSONAL_FIELD.finditer(path):
            yield start + field.start(1), start + field.end(1)
    query = re.search(r"[?#&]", path)
    parts = list(islice(_PART.finditer(path, 0, query.start() if query else len(path)), 4))
    naming = _naming_parts(network, parts)
    name = _NAME.match(naming[-1].group()) if naming else None
    if name is not None:
        yield start + naming[0].start(), start + naming[-1].start() + len(name.group().rstrip(".-"))


def _naming_parts(network: str, parts: list[re.Match[str]]) -> list[re.Match[str]]:
    """The parts of a path that say who it is: one, two in `people/Name/number`, none for a page about nobody."""
    if not parts:
        return []
    first = parts[0].group()
    if first == "people":
        return parts[1:3]
    if first in ("group", "groups") and len(parts) > 3 and parts[2].group() in ("user", "users", "member"):
        return parts[3:4]
    if first in _BEFORE_NAME or (network in _NAMED_POSTS and first == "posts"):
        return parts[1:2]
    if first in _NOBODY or first.endswith(".php"):
        return []
    return parts[:1]


def _handles(page: Shadow) -> Iterator[Span]:
    for match in _HANDLE.finditer(page.letters):
        name = match[1].rstrip("._")
        if len(name) < 2 or not any(c.isalpha() for c in name):
            continue
        if _EVERYBODY.fullmatch(name) or _TIME.fullmatch(name):
            continue
        end = match.start(1) + len(match[1].rstrip("."))
        yield match.start(), max(end, _mention_end(page, match.start(1)))


def _mention_end(page: Shadow, start: int) -> int:
    """Where a mention by full name ends, in letters; 0 where it is none."""
    if len(page.letters) != len(page.text) or HIDDEN in page.letters[start : start + 60]:
        return 0
    mention = _MENTION.match(page.text, start)
    return mention.end() if mention else 0

"""E-mail addresses, also written for people instead of machines: `ten (at) gmail (dot) com`, `ten a còng gmail`."""

import re
from collections.abc import Iterator

from thuchu.privacy.shadow import Shadow

Span = tuple[int, int]

# `.@name` at the start of a post is a handle, so a point alone is no local part.
_LOCAL = r"(?<![a-z0-9._%+-])(?=[._%+-]*+[a-z0-9])[a-z0-9._%+-]++"
_LOCAL_OF_THREE = r"(?<![a-z0-9._%+-])(?=[._%+-]*+[a-z0-9])[a-z0-9._%+-]{3,}+"
_HOST = r"[a-z0-9-]++(?:\.[a-z0-9-]++)*+"
# Without a dot it is an address only for these: `cà phê@home` is none.
_PROVIDERS = r"(?:g ?mail|yahoo|ymail|hotmail|outlook|icloud|proton ?mail|proton|live|zoho|example)"
_AT_SPELLED = r"(?:[(\[{<] ?(?:at|a cong|@) ?[)\]}>]| a cong | a moc | @ ?|@ )"
_DOT_SPELLED = r" ?(?:[(\[{<] ?(?:dot|cham|\.) ?[)\]}>]|\.| dot | cham ) ?"
_ENDINGS = r"(?:com|net|org|edu|gov|vn|info|me|io|co|uk|fr|de|au|jp)(?![a-z0-9])"

_PLAIN = re.compile(_LOCAL + r"@[a-z0-9-]++(?:\.[a-z0-9-]++)++")
# The host's end may be left off (`ten@gmail`); `iB@nking` is a way to write a word.
_WITHOUT_END = re.compile(_LOCAL_OF_THREE + r"@[a-z][a-z0-9-]{2,}+")
_SPACED = re.compile(
    _LOCAL
    + rf"(?: (?:cham|dot|gach duoi) [a-z0-9._%+-]++){{0,4}}+ ?{_AT_SPELLED} ?{_HOST}(?:{_DOT_SPELLED}{_ENDINGS})+"
)
_TO_PROVIDER = re.compile(_LOCAL + rf" ?{_AT_SPELLED} ?{_PROVIDERS}(?:(?:{_DOT_SPELLED}| ){_ENDINGS})*+(?![a-z0-9])")
_AT_DOT = re.compile(_LOCAL + rf" at (?:[a-z0-9-]++(?: dot {_ENDINGS})+|{_PROVIDERS}\.{_ENDINGS})")
_SPLIT_HOST = re.compile(_LOCAL + rf"@{_HOST}(?: ?\. ?{_ENDINGS})+")
# `gmail: ten1990`: the host stands before the name. A word alone may be the next sentence, so a digit or a point.
_HOST_FIRST = re.compile(
    r"(?<![a-z0-9])(?:g ?mail|e-?mail)(?: la)? ?[:=] ?((?=[a-z0-9_]*[._0-9])[a-z][a-z0-9._]{4,40})(?![a-z0-9@:/.])"
)
_MAY_BE_SPELLED = re.compile(r"@| at |[(\[{<] ?at ?[)\]}>]| a cong | a moc |[(\[{<] ?a cong")
_TRAILING = ".-"
# Words before ` @gmail.com` that are no part of an address: `gửi đến @gmail.com`.
_NO_LOCAL = frozenset(
    "a an the to at den dia chi email mail gmail la co dau duoi voi hop thu vao qua tu cho va or".split()
)


def find_mail(page: Shadow) -> Iterator[Span]:
    """Spans of addresses; they may overlap, the caller joins them."""
    letters = page.letters
    if "mail" in letters:
        for match in _HOST_FIRST.finditer(letters):
            yield match.start(1), match.start(1) + len(match[1].rstrip(_TRAILING))
    if _MAY_BE_SPELLED.search(letters) is None:
        return
    for pattern in (_PLAIN, _WITHOUT_END, _SPLIT_HOST, _SPACED, _TO_PROVIDER, _AT_DOT):
        for match in pattern.finditer(letters):
            if match.group().partition(" ")[0] in _NO_LOCAL:
                continue
            yield match.start(), match.start() + len(match.group().rstrip(_TRAILING))

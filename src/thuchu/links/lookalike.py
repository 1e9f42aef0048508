"""Look-alikes: a host that bears the name of an official one, or nearly so, and isn't official.

What is said is only that: "this isn't vietcombank.com.vn".  Whether anybody means harm is not decided here.
A name so peculiar that nobody else has it (`words` of the table) counts wherever it stands.  A name that stands in
other words too (`short_words`: tiki in "contiki", apple in "pineapple") counts only in company: beside it nothing
but figures and words that such hosts are made of (`khuyenmai`, `login`, `vay`, `24h`).  Names with a letter changed,
added or left out count where they are long enough that chance doesn't make them.
Refuses: hosts under restricted suffixes (.gov.vn, .edu.vn), which imitators can't get; paths, where anybody may write
anybody's name.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from thuchu.links.address import Address, is_ip
from thuchu.links.characters import skeleton
from thuchu.links.official import OfficialBody, OfficialTable, parents
from thuchu.links.suffixes import public_suffix, registry_suffix
from thuchu.links.tables import words

Reason = Literal[
    "userinfo",
    "homoglyphs",
    "punycode",
    "brand_subdomain",
    "wrong_suffix",
    "brand_inside",
    "changed_letters",
    "added_letters",
    "missing_letters",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAlike:
    """What a host resembles, and in which way; a page makes its sentence of these parts.

    official_host  the real host of the body that is resembled; `official_name` is the body's name
    reason   userinfo: an official host stands before the `@`, the real host behind it
             homoglyphs: letters or figures that look like others (`vietсombank`, `v1etcombank`)
             punycode: accents on the name (`vietcombạnk`), kept in an `xn--` host
             brand_subdomain: the name, or the whole official host, stands before a stranger's host
             wrong_suffix: the name alone under another ending (`shopee.top`)
             brand_inside: the name with more around it (`lazada-khuyenmai.com`)
             changed_letters, added_letters, missing_letters: the name but for one letter or a doubled one
    word     the official name or host that is meant
    found    the part of the host in which it stands, as written
    """

    official_host: str
    official_name: str
    reason: Reason
    word: str
    found: str


@dataclass(frozen=True, slots=True)
class _Hit:
    body: OfficialBody
    reason: Reason
    word: str


_RESTRICTED = words("restricted")
_RESTRICTED_ALONE = words("restricted_alone")

_CHEAP_SUFFIXES = words("cheap_endings")

_TENANTS = words("tenants")

_COMPANY = words("company")
# Two letters stand in any word by chance; these stand beside names as nothing else (`vi` is "ví", wallet).
_TELLING_COMPANY = frozenset(word for word in _COMPANY if len(word) > 2 or word in ("vn", "vi", "cl", "tx"))
_COMPANY_CHARS_MAX = max(map(len, _COMPANY))

# Bodies with branches in every province, whose many hosts under .vn no table lists.
_WITH_BRANCHES = ("carrier", "power", "delivery")

_FIGURES = str.maketrans("013457", "oieast")
_FIGURES_L = str.maketrans("013457", "oleast")
_TWINS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_DOUBLED = re.compile(r"(.)\1+")
# "bank" misspelt as nobody does by chance, at the end of a host that begins with a bank's initials.
_NEARLY_BANK = re.compile(r"b(?!ook|ack|eak|ulk|ank)[a-z]{2}k$|brn?k$|bnr?k$|bnak$")
# Shorter names are one letter away from too many others.
ALTERED_ANYWHERE_CHARS_MIN = 8
ALTERED_CHARS_MIN = 6


def look_alike(address: Address, official: OfficialTable) -> LookAlike | None:
    """What official host the host of `address` resembles without being it; None when it resembles none.

    Never warns of a host in the table, of one below it, or of a namesake's.
    """
    if official.spares(address.host):
        return None
    before = official.body_of(address.before_at) if address.before_at else None
    if before:
        return _found(before, "userinfo", address.before_at, address.before_at)
    if is_ip(address.host):
        return None
    seen = skeleton(address.unicode_host)
    if _is_restricted(seen):
        return None
    return _by_name(address, seen, official)


def _found(body: OfficialBody, reason: Reason, word: str, found: str) -> LookAlike:
    return LookAlike(official_host=body.host, official_name=body.name, reason=reason, word=word, found=found)


def _is_restricted(host: str) -> bool:
    suffix = registry_suffix(host)
    first, _, rest = suffix.partition(".")
    return suffix in _RESTRICTED_ALONE or (bool(rest) and first in _RESTRICTED)


def _by_name(address: Address, seen: str, official: OfficialTable) -> LookAlike | None:
    """By the names in a host as an eye reads it (`seen`)."""
    disguise = _disguise(address)
    body = official.body_of(seen) if disguise else None
    if body and disguise:
        return _found(body, disguise, body.host, address.unicode_host)
    if official.spares(seen):
        return None
    whole = _official_host_in_front(seen, official)
    if whole:
        return whole
    labels = seen.split(".")
    suffix = _owner_suffix(seen)
    owner_at = len(labels) - suffix.count(".") - 2
    hit = _in_owner(labels[owner_at], suffix, official)
    if hit:
        return _found(hit.body, disguise or hit.reason, hit.word, address.unicode_host.split(".")[owner_at])
    return _in_front(labels[:owner_at], labels[owner_at:], official)


def _disguise(address: Address) -> Reason | None:
    """Which kind of letters a host uses that are not plain ones."""
    if address.unicode_host.isascii():
        return None
    latin = all(
        char.isascii() or "\u00c0" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff" for char in address.unicode_host
    )
    return "punycode" if latin else "homoglyphs"


def _owner_suffix(host: str) -> str:
    suffix = public_suffix(host)
    return registry_suffix(host) if suffix == host else suffix


def _official_host_in_front(host: str, official: OfficialTable) -> LookAlike | None:
    """`vietcombank.com.vn.evil.example`: a whole official host before a stranger's."""
    labels = host.split(".")
    for start in range(len(labels) - 2):
        for end in range(start + 2, len(labels)):
            name = ".".join(labels[start:end])
            body = official.by_host.get(name) or (official.body_of("chinhphu.vn") if name == "gov.vn" else None)
            if body and (body.words or body.short_words or end - start > 2):
                return _found(body, "brand_subdomain", name, name)
    return None


def _in_owner(label: str, suffix: str, official: OfficialTable) -> _Hit | None:
    """The name in the label that somebody registered."""
    hit = _in_label(label, official) or _wallet_at_end(label, suffix, official)
    if hit is None or (hit.body.kind in _WITH_BRANCHES and suffix.endswith("vn") and hit.word in hit.body.short_words):
        return None
    if label != hit.word:
        return hit
    return _Hit(hit.body, "wrong_suffix", hit.word) if _is_wrong_suffix(hit, suffix) else None


def _wallet_at_end(label: str, suffix: str, official: OfficialTable) -> _Hit | None:
    """A wallet's name at the end under a cheap ending: `anhbamomo.fun`, as gambling pages call themselves."""
    if suffix not in _CHEAP_SUFFIXES:
        return None
    end = label.rstrip("0123456789")
    for word, body in official.short_words:
        if body.kind == "wallet" and len(word) >= 4 and end.endswith(word):
            return _Hit(body, "brand_inside", word)
    return None


def _is_wrong_suffix(hit: _Hit, suffix: str) -> bool:
    """Whether a name alone under `suffix` is most likely not its bearer's own.

    Firms register their name under the usual endings themselves, and firms known everywhere under every country's:
    those are never warned of.  A government portal has no reason to stand under `.com`.
    """
    if suffix == hit.word:
        return False
    is_cheap = suffix.rpartition(".")[2] in _CHEAP_SUFFIXES
    if hit.body.kind == "global" or len(hit.word) == 3:
        return is_cheap
    if suffix in ("vn", "com.vn"):
        return False
    if hit.body.kind == "portal":
        return True
    if hit.word in hit.body.words:
        return suffix != "com"
    return (
        is_cheap
        or (len(suffix) > 3 and "." not in suffix)
        or (len(hit.word) >= 6 and suffix not in ("com", "net", "org"))
    )


def _in_front(front: list[str], owner: list[str], official: OfficialTable) -> LookAlike | None:
    """The name in a label before a stranger's host."""
    if not front or any(name in _TENANTS for name in parents(".".join(owner))):
        return None
    for label in reversed(front):
        hit = _in_label(label, official)
        if hit and (hit.word in hit.body.words or _is_strange_owner(hit, label, owner[0])):
            return _found(hit.body, "brand_subdomain", hit.word, label)
    return None


def _is_strange_owner(hit: _Hit, label: str, owner: str) -> bool:
    """Whether the registered name under a `short_words` label is made of the words such hosts are made of."""
    if hit.body.kind == "bank" and len(hit.word) >= 4:
        return True
    return label.replace("-", "") != hit.word or _company(owner).is_close(letters_max=2)


def _in_label(label: str, official: OfficialTable) -> _Hit | None:
    """The official name that one label holds, plainly or nearly."""
    compact = label.replace("-", "")
    for word, body in official.words:
        if word in compact:
            return _Hit(body, "brand_inside", word)
    return _short_word(label, compact, official) or _in_figures(label, compact, official) or _altered(compact, official)


def _short_word(label: str, compact: str, official: OfficialTable) -> _Hit | None:
    for word, body in official.short_words:
        if word in compact and (_is_in_company(label if word in label else compact, word, body)):
            return _Hit(body, "brand_inside", word)
    return None


def _is_in_company(label: str, word: str, body: OfficialBody) -> bool:
    """Whether everything around `word` is figures and usual company, so that the label speaks of the body."""
    at = label.find(word)
    while at >= 0:
        if _has_company(label[:at], label[at + len(word) :], word, body):
            return True
        if at == 0 and body.kind == "bank" and not set(word) & set("aeiou") and _NEARLY_BANK.search(label[len(word) :]):
            return True
        at = label.find(word, at + 1)
    return False


def _has_company(before: str, behind: str, word: str, body: OfficialBody) -> bool:
    # A hyphen at the far end sets the first and the last part apart, too: `i-acb`, `acb-vn-c`.
    left, right = _company("-" + before), _company(behind + "-")
    has_company = left.has_any or right.has_any
    if left.letters or not (has_company or left.is_empty()):
        return False
    if right.letters <= _strays_max(word, body, has_company) and (has_company or right.letters or right.is_empty()):
        return True
    # Consonants at random, as hosts made by the hundred have them: `tikixm`, `tikizc`.
    return len(word) == 4 and body.kind in ("shop", "bank") and _CONSONANTS.fullmatch(behind) is not None


def _strays_max(word: str, body: OfficialBody, has_company: bool) -> int:
    """How many letters that are no company may follow a word: the longer the word, the more."""
    if body.kind == "bank" and len(word) >= 6:
        return 4
    if not has_company or len(word) == 3:
        return 0
    return 1 if len(word) == 5 else 2


@dataclass(frozen=True, slots=True)
class _Company:
    """What stands on one side of a name.

    letters  how many letters are no usual company
    has_any  whether there are figures or telling words of company
    text     all of it
    """

    letters: int
    has_any: bool
    text: str

    def is_empty(self) -> bool:
        return not self.text.strip("-")

    def is_close(self, letters_max: int) -> bool:
        return self.has_any and self.letters <= letters_max


_CONSONANTS = re.compile(r"[bcdfghjklmnpqrstvwxyz]{2,3}")
_PARTS = re.compile(r"[a-z]+|\d+")


@lru_cache(maxsize=4096)
def _company(text: str) -> _Company:
    letters = 0
    has_any = False
    for part in _PARTS.finditer(text):
        written = part.group()
        if written.isdigit():
            has_any = True
            continue
        # One or two letters between hyphens and figures (i-, vn-cy, -9s) are no other word.
        is_apart = len(written) <= 2 and part.start() > 0 and part.end() < len(text)
        strays = 0 if is_apart else _strays(written)
        has_any = has_any or is_apart or _strays(written, _TELLING_COMPANY) < len(written)
        letters += strays
    return _Company(letters, has_any, text)


def _strays(part: str, company: frozenset[str] = _COMPANY) -> int:
    """The fewest letters of `part` that are left when it is read as a row of company words."""
    fewest = [0] * (len(part) + 1)
    for end in range(1, len(part) + 1):
        fewest[end] = fewest[end - 1] + 1
        for start in range(max(0, end - _COMPANY_CHARS_MAX), end):
            if fewest[start] < fewest[end] and part[start:end] in company:
                fewest[end] = fewest[start]
    return fewest[-1]


def _in_figures(label: str, compact: str, official: OfficialTable) -> _Hit | None:
    """Names in which figures or pairs of letters stand for a letter: `sh0pee`, `vietcornbank`."""
    for shown in _as_seen(compact):
        for word, body in official.words:
            if word in shown:
                return _Hit(body, "homoglyphs", word)
        for word, body in official.short_words:
            if len(word) >= 4 and word in shown and _is_in_company(shown, word, body):
                return _Hit(body, "homoglyphs", word)
    return None


def _as_seen(compact: str) -> list[str]:
    """Other ways an eye may read a label."""
    ways = {compact.translate(_FIGURES), compact.translate(_FIGURES_L)} if not compact.isalpha() else set()
    for pair, letter in _TWINS:
        if pair in compact:
            ways.add(compact.replace(pair, letter))
    return sorted(ways - {compact})


@dataclass(frozen=True, slots=True)
class _Alterable:
    """A name long enough to be known with a letter altered: whole, without doubled letters, and in halves."""

    word: str
    body: OfficialBody
    single: str
    first: str
    second: str
    is_peculiar: bool


@lru_cache(maxsize=8)
def _alterable(official: OfficialTable) -> tuple[_Alterable, ...]:
    """The names that are looked for in altered form.  Banks of two letters (vpbank, tpbank) are one letter apart."""
    return tuple(
        _Alterable(
            word,
            body,
            _DOUBLED.sub(r"\1", word),
            word[: len(word) // 2],
            word[len(word) // 2 :],
            len(word) >= ALTERED_ANYWHERE_CHARS_MIN and word in body.words and body.kind in ("bank", "wallet"),
        )
        for word, body in (*official.words, *official.short_words)
        if len(word) >= (ALTERED_CHARS_MIN if word in body.words else ALTERED_ANYWHERE_CHARS_MIN)
        and body.kind != "portal"
        and not (len(word) < 8 and word.endswith("bank"))
    )


def _altered(compact: str, official: OfficialTable) -> _Hit | None:
    """Names with one letter changed, added, left out or swapped, or with letters doubled."""
    single = _DOUBLED.sub(r"\1", compact)
    for name in _alterable(official):
        if name.single in single and _stands_out(single, single.find(name.single), len(name.single), name):
            return _Hit(name.body, "added_letters" if len(compact) > len(single) else "missing_letters", name.word)
        if name.first in compact or name.second in compact:
            at, length = _nearly_at(compact, name)
            if length and _stands_out(compact, at, length, name):
                return _Hit(name.body, _edit_reason(length, len(name.word)), name.word)
    return None


def _stands_out(label: str, at: int, length: int, name: _Alterable) -> bool:
    """Whether a nearly written name is no chance: long and a bank's, or with nothing but company around it."""
    if label[at : at + length] in _COMPANY:
        return False
    if name.is_peculiar:
        return True
    left, right = _company(label[:at]), _company(label[at + length :])
    return left.letters == 0 and right.letters == 0 and (left.has_any or right.has_any)


def _edit_reason(found: int, meant: int) -> Reason:
    if found == meant:
        return "changed_letters"
    return "added_letters" if found > meant else "missing_letters"


def _nearly_at(label: str, name: _Alterable) -> tuple[int, int]:
    """Where `label` holds a name but for one letter, and how long; (0, 0) where it doesn't.

    One edit leaves one half of the name whole: found by the fast search for it, then compared letter by letter.
    """
    at = label.find(name.first)
    if at >= 0:
        length = _one_edit(label[at + len(name.first) :], name.second)
        if length:
            return at, len(name.first) + length
    at = label.rfind(name.second)
    if at > 0:
        length = _one_edit(label[:at][::-1], name.first[::-1])
        if length:
            return at - length, length + len(name.second)
    return 0, 0


def _one_edit(text: str, part: str) -> int:
    """How many letters at the start of `text` are `part` but for exactly one edit; 0 when they are not.

    Adding a letter counts only within the part: at its end it is the next word's.
    """
    size = len(part)
    same = next((place for place in range(min(size, len(text))) if text[place] != part[place]), min(size, len(text)))
    if same == size:
        return 0
    if text[same + 1 : size] == part[same + 1 :] and len(text) >= size:
        return size
    if text[same : same + 2] == part[same : same + 2][::-1] and text[same + 2 : size] == part[same + 2 :]:
        return size
    if text[same + 1 : size + 1] == part[same:]:
        return size + 1
    return size - 1 if text[same : size - 1] == part[same + 1 :] else 0

"""Every address in a message, however it was written; and nothing that only looks like one.

A scam is written so that filters overlook its link and a person still types it: `hxxps`, `[.]`, ` chấm com`, spaces,
line breaks, unseen or foreign letters.  A message without scheme or slash is read by its top-level name: `.com` or
`.vn` make a link; a name that is also a word (`.me`, `.co`, `.one`) or a file's ending does only beside other signs.

Each place in a text has *readings*, likeliest first.  A place is certain when a reader would take it for a link;
`inspect` looks doubtful ones up in the lists and keeps them only when one is listed there.
Refuses: e-mail addresses, prices, dates, decimals, file names, abbreviations, sentences without a space.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import islice

from thuchu.links.address import SHORTENERS, Address, NotAnAddress, parse_address
from thuchu.links.characters import readable, skeleton
from thuchu.links.suffixes import registry_suffix, top_level_names
from thuchu.links.tables import words

# A message has at most 5,000 characters at the desk's doors, and the shortest addresses four; more than this many
# in one text is a list, which `lists` reads.
PLACES_MAX = 1_500
# Most runs of labels that hold a top-level name are links; a text made to waste time has others.
RUNS_MAX = 5_000
# The deepest hosts that people write by hand have six labels.
GROUPS_MAX = 6
# Longer than any path a person can compare; the rest is not needed to know the page.
REST_CHARS_MAX = 2_048

_DOT_TIGHT = r"%2[eE]|\.|\s?[\[({<]\s?(?:[.,]|[dD][oO][tT]|[cC][hH][ấâaẤA][mM])\s?[\])}>]\s?"
_DOT_LOOSE = r"\s{0,2}\.\s{0,2}|\s{1,2}(?:[dD][oO][tT]|[cC][hH][ấâaẤA][mM])\s{1,2}"
_DOT = re.compile(f"(?P<tight>(?:{_DOT_TIGHT})(?!\\s))|(?P<loose>{_DOT_LOOSE})")
_LABEL = r"[\w%-]{1,63}"
_HOSTISH = re.compile(rf"(?<![\w%-]){_LABEL}(?:(?:(?:{_DOT_TIGHT})(?!\s)|{_DOT_LOOSE}){_LABEL}){{1,15}}")
_WORD = re.compile(r"[\w-]+")
# What may follow a top-level name of which the first letters stand before: `evil.c om`.
_CUT = re.compile(r"(?:(?<=[.\])}][a-z])|(?<=[.\])}][a-z]{2}))\s[a-z]{1,3}(?![\w-])", re.IGNORECASE)
_REST = re.compile(rf"\.?(?::\d{{1,5}}(?!\d))?(?:[/\\?#][^\s<>\"“”«»]{{0,{REST_CHARS_MAX}}})?")
_SCHEME_SIGN = r"(?:h\s?[tx*]\s?[tx*]\s?p\s?s?|ftps?)\s?(?::\s?[/\\]{0,3}|[/\\]{2})\s?"
_SCHEME_BEFORE = re.compile(rf"{_SCHEME_SIGN}(?P<broken>(?:[\w-]{{1,40}}[-]?\s){{0,3}})$", re.IGNORECASE)
_WWW_BEFORE = re.compile(r"(?<![\w-])www\d?[\s.]{1,2}$", re.IGNORECASE)
_WORDS_BEFORE = re.compile(r"(?:(?<=\s)|^)(?:[a-z0-9-]{1,24}\s){1,3}$")
# An authority that `_HOSTISH` cannot read: escapes, userinfo, a number or brackets for a host.
_ODD_AUTHORITY = re.compile(
    r"(?:h[tx*]{2}ps?|ftps?):[/\\]{0,3}(?:[\w.-]{0,253}%[0-9a-f]{2}[\w.%-]{0,750}"
    r"|[^\s/\\?#<>\"]{0,300}@[^\s/\\?#<>\"@]{1,255}|\[[0-9a-f:.]{2,60}\]"
    r"|0x[0-9a-f]{1,12}|\d{8,12}|[0-9a-fx]{1,10}(?:\.[0-9a-fx]{1,10}){1,3})(?=[/\\?#:\s]|$)",
    re.IGNORECASE,
)
_BARE_IP = re.compile(r"(?<![\w.,:/-])(?:\d{1,3}\.){3}\d{1,3}(?=[:/])")
# `v i e t . c o m` and `www vietcombank com vn`.
_SPACED_OUT = re.compile(r"(?<!\S)(?:[\w.:/\\@-] ){3,250}[\w.:/\\@-](?!\S)")
_WWW_SPACED = re.compile(r"(?<![\w-])www[ .]{1,2}[\w-]{2,63}(?:[ .]{1,2}[\w-]{1,63}){1,3}", re.IGNORECASE)

_STRICT = words("strict_endings")
_COUNTRIES = words("plain_countries")
_WORDS = words("word_endings")
_WORDS_THAT_SELL = words("selling_endings")
_PROGRAMS = words("programs")
_KNOWN = words("known_hosts")


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere in a text where an address may stand: its readings, likeliest first, and whether it surely does."""

    readings: tuple[Address, ...]
    is_certain: bool


@dataclass(slots=True)
class _Group:
    """Labels joined by tight dots, and where they stand; `gap` is what parts them from the group before."""

    labels: list[str]
    start: int
    end: int
    gap: str = ""
    has_brackets: bool = False


@dataclass(slots=True)
class _Text:
    """A text as a browser reads it, with the way back to the text as written."""

    written: str
    plain: str
    offsets: list[int]
    taken: list[tuple[int, int]] = field(default_factory=list)
    read_to: int = 0  # where the path of the last address ended

    def as_written(self, start: int, end: int) -> str:
        return self.written[self.offsets[start] : self.offsets[end]].strip()


@dataclass(slots=True)
class _Signs:
    """What beside the name itself says that something is a link."""

    scheme: bool = False
    www: bool = False
    rest: bool = False
    brackets: bool = False

    def any(self) -> bool:
        return self.scheme or self.www or self.rest or self.brackets


def find_addresses(text: str) -> tuple[Address, ...]:
    """The addresses in `text` that a reader would take for links, in their order, each canonical form once.

    Never raises; linear in the length of `text`; at most PLACES_MAX places are read.
    """
    found: dict[str, Address] = {}
    for place in find_places(text):
        if place.is_certain:
            found.setdefault(place.readings[0].canonical, place.readings[0])
    return tuple(found.values())


def find_places(text: str) -> tuple[Place, ...]:
    """All places of `text` where an address stands or may stand, doubtful ones included."""
    plain, offsets = readable(text)
    whole = _Text(text, plain, offsets)
    places: list[tuple[int, Place]] = []
    for start, place in _all_places(whole):
        places.append((start, place))
        if len(places) >= PLACES_MAX:
            break
    return tuple(place for _, place in sorted(places, key=lambda item: item[0]))


def _all_places(text: _Text) -> Iterator[tuple[int, Place]]:
    """Places by the way they are written, the rarer ways first: what they take is not read twice."""
    yield from _odd_authorities(text)
    yield from _spaced_out(text)
    yield from _www_spaced(text)
    taken = sorted(text.taken)
    turn = 0
    for match in _runs(text.plain):
        while turn < len(taken) and taken[turn][1] <= match.start():
            turn += 1
        if match.start() < text.read_to and not _has_scheme(text.plain, match.start()):
            continue  # a name in a path; after a scheme it is a link of its own: …/url?q=https://…
        if turn == len(taken) or taken[turn][0] >= match.end():
            yield from _hostish(text, match.start(), match.group())


def _runs(plain: str) -> Iterator[re.Match[str]]:
    """Labels with dots between, where one of them may be a top-level name; most sentence ends stop here."""
    runs = 0
    for match in _HOSTISH.finditer(plain):
        run = match.group()
        if _holds_top_level(run) or _CUT.match(plain, match.end()):
            yield match
            runs += 1
        if runs == RUNS_MAX:
            return


def _holds_top_level(run: str) -> bool:
    if run.isascii():
        return not top_level_names().isdisjoint(_WORD.findall(run.lower().replace("%2e", ".")))
    return any(map(_is_top_level, _WORD.findall(run)))


def _odd_authorities(text: _Text) -> Iterator[tuple[int, Place]]:
    authorities = islice(_ODD_AUTHORITY.finditer(text.plain), PLACES_MAX)
    for match in [*authorities, *islice(_BARE_IP.finditer(text.plain), PLACES_MAX)]:
        end = _rest_end(text.plain, match.end())
        address = _parse(text.plain[match.start() : end], text.as_written(match.start(), end))
        if address:
            text.taken.append((match.start(), end))
            yield match.start(), Place((address,), is_certain=True)


def _spaced_out(text: _Text) -> Iterator[tuple[int, Place]]:
    """Addresses typed letter by letter with spaces between."""
    for match in islice(_SPACED_OUT.finditer(text.plain), PLACES_MAX):
        joined = match.group().replace(" ", "")
        if "." not in joined:
            continue
        written = text.as_written(*match.span())
        for _, place in _hostishes(_Text(joined, *readable(joined))):
            text.taken.append(match.span())
            readings = tuple(replace(address, written=written) for address in place.readings)
            yield match.start(), Place(readings, place.is_certain)


def _hostishes(text: _Text) -> Iterator[tuple[int, Place]]:
    for match in _runs(text.plain):
        yield from _hostish(text, match.start(), match.group())


def _www_spaced(text: _Text) -> Iterator[tuple[int, Place]]:
    """`www vietcombank com vn`: after `www`, spaces stand for dots."""
    for match in islice(_WWW_SPACED.finditer(text.plain), PLACES_MAX):
        words = re.split(r"[ .]{1,2}", match.group())
        ends = [place for place, word in enumerate(words) if place > 1 and word.lower() in _STRICT]
        if " " not in match.group() or not ends:
            continue
        end = ends[0] + 2 if [ends[0], ends[0] + 1] == ends[:2] else ends[0] + 1
        length = _length_of_words(match.group(), end)
        if "." in match.group()[4:length]:
            continue  # a dot where dots belong: the usual way reads it
        stop = _rest_end(text.plain, match.start() + length)
        rest = text.plain[match.start() + length : stop]
        address = _parse(".".join(words[:end]) + rest, text.as_written(match.start(), stop))
        if address:
            text.taken.append((match.start(), stop))
            yield match.start(), Place((address,), is_certain=True)


def _length_of_words(text: str, count: int) -> int:
    """How many characters the first `count` words take."""
    return [match.end() for match in re.finditer(r"[\w-]+", text)][count - 1]


def _hostish(text: _Text, start: int, run: str) -> Iterator[tuple[int, Place]]:
    """The places in one run of labels and dots."""
    groups = _groups(run, start)
    turn = 0
    while turn < len(groups):
        taken, place = _place(text, groups[turn:])
        if place:
            yield groups[turn].start, place
        turn += max(taken, 1)


def _groups(run: str, start: int) -> list[_Group]:
    groups = [_Group([], start, start)]
    at = 0
    for dot in _DOT.finditer(run):
        groups[-1].labels.append(run[at : dot.start()])
        groups[-1].end = start + dot.start()
        at = dot.end()
        if dot["loose"] is not None and dot["loose"] != ".":
            groups.append(_Group([], start + at, start + at, gap=dot["loose"]))
        elif dot.group() != ".":
            groups[-1].has_brackets = True
    groups[-1].labels.append(run[at:])
    groups[-1].end = start + len(run)
    return groups


def _is_top_level(label: str) -> bool:
    return _top_level(label) in top_level_names()


@lru_cache(maxsize=4096)
def _top_level(label: str) -> str:
    """A last label as the list of top-level names writes it."""
    if label.isascii():
        return label.lower()
    try:
        encoded = "xn--" + label.lower().encode("punycode").decode()
    except UnicodeError:
        return ""
    # An accented word is no mistyped name: "có" is not ".co".  Letters of another script are.
    foreign = not any("\u00c0" <= char <= "\u024f" or "\u1e00" <= char <= "\u1eff" for char in label)
    return skeleton(label) if foreign and encoded not in top_level_names() else encoded


def _place(text: _Text, groups: list[_Group]) -> tuple[int, Place | None]:
    """The place that begins with the first group, and how many groups it takes."""
    first = groups[0]
    is_complete = bool(_complete_lengths(first.labels))
    taken = _joined(groups, is_complete=is_complete, has_scheme=_has_scheme(text.plain, first.start))
    joined, joined_certain = _read_joined(text, groups[:taken]) if taken > 1 else ([], False)
    own, own_certain = _read_group(text, first, loose=[]) if is_complete else ([], False)
    readings = joined + own if joined_certain or not own_certain else own + joined
    if own and not joined and len(groups) > 1 and all(map(_is_top_level, groups[1].labels)):
        # `an.net .ru`: no registry has net.ru, so an.net is likelier; the lists may know better.
        readings += _read_joined(text, groups[:2])[0]
    if not readings:
        readings, own_certain = _read_cut(text, first)
    place = Place(tuple(dict.fromkeys(readings)), joined_certain or own_certain) if readings else None
    return taken if joined else 1, place


def _read_joined(text: _Text, groups: list[_Group]) -> tuple[list[Address], bool]:
    """The readings of groups as one host."""
    labels = [label for group in groups for label in group.labels]
    has_brackets = any(group.has_brackets for group in groups)
    joined = _Group(labels, groups[0].start, groups[-1].end, has_brackets=has_brackets)
    return _read_group(text, joined, loose=[group.gap for group in groups[1:]])


def _complete_lengths(labels: list[str]) -> list[int]:
    """How many labels from the left make a host, longest first: behind it only words may follow."""
    return [length for length in range(len(labels), 1, -1) if _is_top_level(labels[length - 1])]


def _joined(groups: list[_Group], *, is_complete: bool, has_scheme: bool) -> int:
    """How many groups, parted by loose dots, belong to one host."""
    taken = _evenly_joined(groups)
    if taken > 1:
        return taken
    while taken < min(len(groups), GROUPS_MAX):
        right = groups[taken]
        ends_host = all(map(_is_top_level, right.labels))
        if is_complete:
            country = right.labels[0].lower()
            before = groups[taken - 1].labels[-1].lower()
            if len(right.labels) > 1 or registry_suffix(f"a.{before}.{country}") != f"{before}.{country}":
                break
        elif not ends_host and not (_is_even(right.gap) and not _complete_lengths(right.labels)) and not has_scheme:
            break
        taken += 1
        is_complete = is_complete or ends_host or bool(_complete_lengths(right.labels))
    return taken


def _evenly_joined(groups: list[_Group]) -> int:
    """How many groups make a host in which every dot is spaced out alike: up to the last top-level name."""
    taken = 1
    for place, group in enumerate(groups[:GROUPS_MAX]):
        if len(group.labels) > 1 or (place and not _is_even(group.gap)):
            break
        if place and _is_top_level(group.labels[0]):
            taken = place + 1
    return taken


def _is_even(gap: str) -> bool:
    """Spaces on both sides, as who spaces dots out writes them all; or the word for a dot."""
    return gap[:1].isspace() and gap[-1:].isspace()


def _read_group(text: _Text, group: _Group, loose: list[str]) -> tuple[list[Address], bool]:
    """The readings of one group of labels: longest host first, then the shorter ones within."""
    has_scheme, broken = _scheme_before(text.plain, group.start)
    readings: list[Address] = []
    is_certain = False
    for length in _complete_lengths(group.labels)[:3]:
        labels = group.labels[:length]
        at_end = length == len(group.labels)
        end = group.end if at_end else _label_end(text.plain, group, length)
        stop = _rest_end(text.plain, end) if at_end else end
        if _is_mail(text.plain, group.start, end, stop) and not has_scheme:
            return [], False
        rest = text.plain[end:stop]
        written = text.as_written(group.start - len(broken), stop)
        signs = _Signs(has_scheme, _has_www(text.plain, group), len(rest.strip(".")) > 1, group.has_brackets)
        for host in _with_words_before(text.plain, group.start, broken, ".".join(labels)):
            address = _parse(host + rest, written)
            if address:
                text.read_to = max(text.read_to, stop)
                readings.append(address)
                is_certain = is_certain or (len(readings) == 1 and _is_link(labels, signs, loose))
    return readings, is_certain


def _with_words_before(plain: str, start: int, broken: str, host: str) -> list[str]:
    """The host, and what it would be with the words before it, from which a space may have parted it."""
    if broken:
        return [re.sub(r"\s", "", broken) + host, host]
    before = _WORDS_BEFORE.search(plain, max(0, start - 75), start)
    if before is None or start == 0:
        return [host]
    words = before.group().split()
    return [host, *("".join(words[-count:]) + host for count in range(1, len(words) + 1))]


def _label_end(plain: str, group: _Group, length: int) -> int:
    """Where the first `length` labels of a group end."""
    at = group.start
    for label in group.labels[:length]:
        at = plain.index(label, at, group.end) + len(label)
    return at


def _read_cut(text: _Text, group: _Group) -> tuple[list[Address], bool]:
    """`evil.c om`: a top-level name broken by one space."""
    tail = re.compile(r"\s([a-z]{1,3})(?![\w-])", re.IGNORECASE).match(text.plain, group.end)
    if len(group.labels) < 2 or tail is None or (group.labels[-1] + tail[1]).lower() not in _STRICT:
        return [], False
    stop = _rest_end(text.plain, tail.end())
    host = ".".join(group.labels) + tail[1]
    address = _parse(host + text.plain[tail.end() : stop], text.as_written(group.start, stop))
    return ([address], _has_scheme(text.plain, group.start) or stop > tail.end()) if address else ([], False)


def _scheme_before(plain: str, start: int) -> tuple[bool, str]:
    """Whether a scheme stands before `start`, and the words between them (a host broken by spaces)."""
    match = _SCHEME_BEFORE.search(plain, max(0, start - 100), start)
    return (True, match["broken"]) if match else (False, "")


def _has_scheme(plain: str, start: int) -> bool:
    return _scheme_before(plain, start)[0]


def _has_www(plain: str, group: _Group) -> bool:
    first = group.labels[0].lower()
    return (
        first.rstrip("0123456789") == "www"
        or _WWW_BEFORE.search(plain, max(0, group.start - 8), group.start) is not None
    )


def _is_mail(plain: str, start: int, end: int, stop: int) -> bool:
    """An e-mail address, or the name before its `@`; a path behind it makes it a link with a name before the host."""
    if plain[end : end + 1] == "@":
        return True
    return plain[max(0, start - 1) : start] == "@" and stop == end


def _rest_end(plain: str, start: int) -> int:
    """Where port, path and query end: without the punctuation and brackets of the sentence around them."""
    match = _REST.match(plain, start)
    end = match.end() if match else start
    while end > start and _is_trailing(plain, start, end):
        end -= 1
    return end


def _is_trailing(plain: str, start: int, end: int) -> bool:
    last = plain[end - 1]
    if last in ")]}":
        opening = {")": "(", "]": "[", "}": "{"}[last]
        return plain.count(opening, start, end) < plain.count(last, start, end)
    return last in ".,;:!?'\"*_~>’”»…|([{"


def _is_link(labels: list[str], signs: _Signs, loose: list[str]) -> bool:
    """Whether a reader takes these labels for a link, by the signs around them and the shape of the name."""
    last = _top_level(labels[-1])
    name = ".".join(labels).lower()
    if signs.scheme or signs.www:
        return True
    if name in _PROGRAMS or (loose and not labels[-1].islower() and not all(map(_is_even, loose))):
        return False
    if last in _STRICT:
        # "Việt Nam.Vn" is no link, "vietcombank.Com" is one that a telephone wrote.
        return labels[-1] != "Vn" or signs.any()
    if loose:
        return signs.rest and last not in _WORDS
    return signs.any() or name in _KNOWN or name in SHORTENERS or _is_link_by_shape(labels, last)


def _is_link_by_shape(labels: list[str], last: str) -> bool:
    """A bare name under an ending that is not strict: `shop68.club` is a link, `xong.Top` and `TP.HN` are not."""
    owner = labels[-2]
    if not labels[-1].islower() or owner.isdigit() or not owner.isascii():
        return False
    has_shape = "-" in owner or any(char.isdigit() for char in owner) or len(owner) >= 9
    if last in _WORDS_THAT_SELL:
        return has_shape or len(owner) >= 6
    is_word = last in _WORDS or (len(last) == 2 and last not in _COUNTRIES)
    return has_shape if is_word else len(owner) > 1


def _parse(host_and_rest: str, written: str) -> Address | None:
    try:
        return parse_address(host_and_rest, written=written)
    except NotAnAddress:
        return None

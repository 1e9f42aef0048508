"""Which addresses may be evidence, and in which form they are kept (docs/adr/0012-what-is-no-evidence.md).

Pure: reads what is written.  A page of the web may.  A post, picture or video of a social network may where its address
names no account, or can be written without: `x.com/name/status/7` is kept as `x.com/i/status/7`, which opens the same.
Refuses: profiles and channels, groups and chats, addresses with somebody's telephone number in them.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote

from thuchu.desk.evidence.addresses import ADDRESS_CHARS_MAX
from thuchu.desk.evidence.refusals import (
    GroupRefused,
    HasCredentials,
    NotAWebAddress,
    PersonalAddress,
    ProfileRefused,
)
from thuchu.links import Address, NotAnAddress, parse_address
from thuchu.privacy import Kind, ScrubFailed, scrub
from thuchu.text.forms import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An address that may be a source.

    key      equal for the same page, however it was shared
    address  as it is opened, without names of accounts and without what says who shared it
    """

    key: str
    address: str
    host: str


# Into a group, a chat, or an invitation to one; also as an archive of pages writes it.
_GROUPS = re.compile(
    r"(?:^|/(?:www\.|m\.)?)(?:(?:facebook\.com|fb\.com)/(?:groups?(?:/|$)|share/g/|group\.php|messages)"
    r"|(?:messenger\.com|m\.me|chat\.whatsapp\.com|wa\.me|web\.telegram\.org|chat\.zalo\.me|discord\.gg|line\.me)(?:/|$)"
    r"|whatsapp\.com/(?:channel|send)"
    r"|(?:t\.me|telegram\.me|telegram\.dog)/(?:\+|joinchat|c/|addlist)"
    r"|zalo\.me/(?:g/|join)|discord(?:app)?\.com/(?:invite|channels)|reddit\.com/message)"
)
# The networks' own addresses of one post that name nobody. Groups: what is kept, the post's own number.
_NAMELESS = (
    (re.compile(r"(?:x|twitter)\.com/[^/]+/status(?:es)?/(?P<post>\d+)"), "https://x.com/i/status/{post}"),
    (re.compile(r"tiktok\.com/@[^/]*/(?:video|photo)/(?P<post>\d+)"), "https://www.tiktok.com/@/video/{post}"),
    (re.compile(r"threads\.(?:net|com)/@[^/]+/post/(?P<post>[\w-]+)"), "https://www.threads.net/t/{post}"),
    (re.compile(r"instagram\.com/[^/]+/(?:p|reel|tv)/(?P<post>[\w-]+)"), "https://www.instagram.com/p/{post}/"),
    (re.compile(r"facebook\.com/[^/]+/videos/(?:[^/]+/)?(?P<post>\d+)"), "https://www.facebook.com/watch/?v={post}"),
    (re.compile(r"facebook\.com/[^/]+/photos/(?:[^/]+/)?(?P<post>\d+)"), "https://www.facebook.com/photo/?fbid={post}"),
    (re.compile(r"reddit\.com/r/[^/]+/comments/(?P<post>\w+)"), "https://redd.it/{post}"),
    (re.compile(r"youtu\.be/(?P<post>[\w-]+)"), "https://www.youtube.com/watch?v={post}"),
    # `&ab_channel=…` names the channel.
    (re.compile(r"youtube\.com/watch\?(?:.*&)?v=(?P<post>[\w-]+)"), "https://www.youtube.com/watch?v={post}"),
)
_OTHER_SCREENS = re.compile(
    r"^(?:www|m|mbasic|touch|web|mobile|old|vi-vn|[a-z]{2}-[a-z]{2})\.(?=(?:facebook|x|twitter|tiktok|threads|instagram|reddit|youtube)\.(?:com|net)$)"
)
# Read in different ways by different readers; the wire refuses them, too.
_AMBIGUOUS = re.compile(r"[\s\\]")
_BEGINNING = re.compile(r"https?://[^/?#]+", re.IGNORECASE)


def place_of(address: str) -> Place:
    """The source that `address` may be.

    raises  NotAWebAddress, HasCredentials, and a SourceRefused that says why nothing is taken from there
    """
    # What can't be seen can't be meant, and half a character can't be stored.
    written = normalise(address[: 2 * ADDRESS_CHARS_MAX])
    beginning = _BEGINNING.match(written)
    if beginning is None or len(written) > ADDRESS_CHARS_MAX or _AMBIGUOUS.search(written):
        raise NotAWebAddress
    if "@" in unquote(beginning[0]):
        raise HasCredentials
    read = _read(written)
    shape = _OTHER_SCREENS.sub("", read.host) + read.path + (f"?{read.query}" if read.query else "")
    if _GROUPS.search(shape):
        raise GroupRefused(host=read.host)
    opened = _nameless(shape) or beginning[0] + _rest(written[beginning.end() :], read.query)
    _refuse_personal(opened, read.host)
    kept = _read(opened)
    return Place(key=kept.canonical, address=opened, host=kept.host)


def _read(address: str) -> Address:
    try:
        return parse_address(address)
    except NotAnAddress:
        raise NotAWebAddress from None


def _nameless(shape: str) -> str:
    """The same post's address without its account's name; "" where there is none or none is needed."""
    for pattern, form in _NAMELESS:
        post = pattern.match(shape)
        if post:
            return form.format(post=post["post"])
    return ""


def _rest(rest: str, without_tracking: str) -> str:
    """Path and query; the query as it was written unless it said who shared the address."""
    path, _, query = rest.partition("#")[0].partition("?")
    if query.count("=") != without_tracking.count("="):
        query = without_tracking
    return (path or "/") + (f"?{query}" if query else "")


def _refuse_personal(address: str, host: str) -> None:
    """As it is written, and with its escapes undone: `%30912…` is a telephone number, too."""
    for written in (address, unquote(address)):
        try:
            clean = scrub(written)
        except ScrubFailed:
            raise PersonalAddress from None
        if any(finding.kind is Kind.PROFILE for finding in clean.findings):
            raise ProfileRefused(host=host)
        if clean.text != normalise(written):
            raise PersonalAddress

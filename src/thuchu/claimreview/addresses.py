"""Addresses in a record: which are kept, and when two of them name the same page.

Nothing is fetched.  Addresses of personal posts are left out (rule 2 of the design); so are those behind which
anything may stand.
"""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from thuchu.claimreview.limits import ADDRESS_CHARS_MAX

_POSTS = "what people post under their names or handles"
_CHATS = "private or semi-private conversations"
_BLOGS = "pages of single persons, named in the address"
_FORUMS = "posts by members"
_OPAQUE = "an address that hides another one; that may be a personal post"

# Hosts, with all hosts below them, that are never kept as `appearance` or `citation`, and why.
LEFT_OUT_HOSTS: dict[str, str] = {
    "facebook.com": _POSTS, "fb.com": _POSTS, "fb.watch": _POSTS, "fb.me": _OPAQUE, "fbsbx.com": _POSTS,
    "instagram.com": _POSTS, "threads.net": _POSTS, "threads.com": _POSTS, "twitter.com": _POSTS, "x.com": _POSTS,
    "t.co": _OPAQUE, "tiktok.com": _POSTS, "douyin.com": _POSTS, "youtube.com": _POSTS, "youtu.be": _POSTS,
    "youtube-nocookie.com": _POSTS, "vimeo.com": _POSTS, "dailymotion.com": _POSTS, "rumble.com": _POSTS,
    "bitchute.com": _POSTS, "odysee.com": _POSTS, "kwai.com": _POSTS, "likee.video": _POSTS, "twitch.tv": _POSTS,
    "linkedin.com": _POSTS, "lnkd.in": _OPAQUE, "pinterest.com": _POSTS, "pin.it": _OPAQUE, "snapchat.com": _POSTS,
    "tumblr.com": _POSTS, "vk.com": _POSTS, "ok.ru": _POSTS, "weibo.com": _POSTS, "weibo.cn": _POSTS,
    "weixin.qq.com": _POSTS, "qzone.qq.com": _POSTS,
    "bsky.app": _POSTS, "mastodon.social": _POSTS, "truthsocial.com": _POSTS, "gab.com": _POSTS, "gettr.com": _POSTS,
    "parler.com": _POSTS, "parlerapp.com": _POSTS, "sharechat.com": _POSTS, "kooapp.com": _POSTS, "lotus.vn": _POSTS,
    "gapo.vn": _POSTS, "mocha.com.vn": _POSTS, "zing.me": _POSTS, "flickr.com": _POSTS, "imgur.com": _POSTS,
    "zalo.me": _CHATS, "zaloapp.com": _CHATS, "whatsapp.com": _CHATS, "wa.me": _CHATS, "t.me": _CHATS,
    "telegram.me": _CHATS, "m.me": _CHATS, "messenger.com": _CHATS, "viber.com": _CHATS,
    "line.me": _CHATS, "kakao.com": _CHATS, "discord.com": _CHATS, "discord.gg": _CHATS, "signal.group": _CHATS,
    "blogspot.com": _BLOGS, "blogger.com": _BLOGS, "wordpress.com": _BLOGS, "medium.com": _BLOGS,
    "substack.com": _BLOGS, "livejournal.com": _BLOGS, "patreon.com": _BLOGS, "change.org": _BLOGS,
    "reddit.com": _FORUMS, "redd.it": _FORUMS, "quora.com": _FORUMS, "4chan.org": _FORUMS, "4plebs.org": _FORUMS,
    "voz.vn": _FORUMS, "otofun.net": _FORUMS, "webtretho.com": _FORUMS, "tinhte.vn": _FORUMS, "lamchame.com": _FORUMS,
    "archive.is": _OPAQUE, "archive.today": _OPAQUE, "archive.ph": _OPAQUE, "archive.fo": _OPAQUE,
    "archive.li": _OPAQUE, "archive.md": _OPAQUE, "archive.vn": _OPAQUE, "perma.cc": _OPAQUE,
    "ghostarchive.org": _OPAQUE, "crowdtangle.com": _POSTS, "bit.ly": _OPAQUE, "tinyurl.com": _OPAQUE,
    "goo.gl": _OPAQUE, "ow.ly": _OPAQUE, "is.gd": _OPAQUE, "buff.ly": _OPAQUE, "cutt.ly": _OPAQUE, "rb.gy": _OPAQUE,
    "shorturl.at": _OPAQUE, "drive.google.com": _OPAQUE, "docs.google.com": _OPAQUE, "dropbox.com": _OPAQUE,
}  # fmt: skip

# Hosts named inside another address: `web.archive.org/web/2020/https://facebook.com/…`, `google.com/url?q=…`.
_INNER_HOST = re.compile(r"(?:https?:/{1,2}|www\.)([a-z0-9.-]{4,253})")
# "/@name" is an account wherever it stands (Mastodon, Medium under its own host, TikTok embedders).
_ACCOUNT_PATH = re.compile(r"/@[^/]")
_UNWRITABLE = re.compile(
    '[\\s\u0000-\u0020\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff<>"\\\\^`{|}]'
)
# Say how a reader came to a page, not which page it is.
_TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|msclkid|mc_cid|mc_eid|igshid|_ga|ref_src)", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def why_unreadable(address: str) -> str:
    """Why `address` is no http(s) address that a reader could open; "" when it is one."""
    if len(address) > ADDRESS_CHARS_MAX:
        return f"is longer than {ADDRESS_CHARS_MAX:,} characters"
    if not address.lower().startswith(("http://", "https://")):
        return "doesn't begin with http:// or https://"
    if _UNWRITABLE.search(address):
        return "holds a blank or another character that no address holds"
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return "has a host or a port that can't be read"
    if not host or host.strip(".") == "":
        return "names no host"
    return "holds a user name" if "@" in parts.netloc else ""


def why_left_out(address: str) -> str:
    """Why a readable `address` isn't kept as a place where a claim was seen or as evidence; "" when it is kept."""
    parts = urlsplit(address)
    decoded = unquote(unquote(address)).lower()
    hosts = [(parts.hostname or "").rstrip("."), *(host.strip(".-") for host in _INNER_HOST.findall(decoded))]
    for host in hosts:
        reason = _why_host(host)
        if reason:
            return reason
    return _POSTS if _ACCOUNT_PATH.search(unquote(parts.path)) else ""


def _why_host(host: str) -> str:
    labels = host.split(".")
    names = (".".join(labels[start:]) for start in range(len(labels)))
    return next((LEFT_OUT_HOSTS[name] for name in names if name in LEFT_OUT_HOSTS), "")


def same_page(address: str) -> str:
    """One spelling for all addresses of the same page, to compare: `https://www.a.vn/b/?utm_source=x#c` gives `a.vn/b`.

    http and https, `www.`, the default port, tracking parameters, a fragment and a last slash make no difference.
    An address that can't be taken apart is compared as it is.
    """
    if why_unreadable(address):
        return address
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".").removeprefix("www.")
    port = f":{parts.port}" if parts.port not in (None, _DEFAULT_PORTS[parts.scheme]) else ""
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    # "#!/page" is how some old sites name their pages; any other fragment is a place on the page.
    fragment = f"#{parts.fragment}" if parts.fragment.startswith(("!", "/")) else ""
    return f"{host}{port}{parts.path.rstrip('/')}{'?' if query else ''}{urlencode(query)}{fragment}"

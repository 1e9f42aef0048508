"""One address, one canonical form, however it was written: `HTTPS://WWW.Shopee.VN/a/?utm_source=x` is `shopee.vn/a`.

The standard library's `urlsplit` keeps a host as it was typed, and browsers are far more forgiving than it; an address
in a scam is written for the forgiving reader.  So the few rules needed stand here, after the WHATWG URL standard and
RFC 3986.  Refuses: fetching anything, resolving a name, following a shortener.
"""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from thuchu.links.characters import readable, skeleton
from thuchu.links.suffixes import registrable_domain, registry_suffix, top_level_names
from thuchu.links.tables import words

# Longer ones occur (signed downloads), but nothing past this tells two pages apart for a reader.
ADDRESS_CHARS_MAX = 8_192
# RFC 1035: 253 characters a name, 63 a label.
HOST_CHARS_MAX = 253
LABEL_CHARS_MAX = 63

_SCHEME = re.compile(r"(?:(?P<scheme>[a-z*][a-z0-9+.*-]{1,10}):)?[/\\]{0,3}(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_DEFACED_SCHEME = re.compile(r"h[tx*]{2}ps?|ftps?|wss?", re.IGNORECASE)
_REST = re.compile(r"(?P<authority>[^/\\?#]*)(?P<path>[^?#]*)(?P<query>(?:\?[^#]*)?)", re.DOTALL)
_PORT = re.compile(r":(\d{0,5})$")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_DEFAULT_PORTS = ("", "80", "443")
_BRACKETED_DOT = re.compile(r"\s?[\[({<]\s?(?:[.,]|dot|ch[ấâa]m)\s?[\])}>]\s?", re.IGNORECASE)
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

# Parameters that say who shared a link, not what it shows.
_TRACKING_PREFIXES = ("utm_", "__cft__", "pk_", "mtm_", "hsa_", "zalo_")
_TRACKING = words("tracking")
SHORTENERS = words("shorteners")

# Hosts that show the same page as another one; only those whose owners say so.
_MOBILE_HOSTS = {
    "m.facebook.com": "facebook.com",
    "mbasic.facebook.com": "facebook.com",
    "touch.facebook.com": "facebook.com",
    "web.facebook.com": "facebook.com",
    "m.youtube.com": "youtube.com",
    "mobile.twitter.com": "twitter.com",
    "m.tiktok.com": "tiktok.com",
}
_MOBILE_WIKIPEDIA = re.compile(r"([a-z-]+)\.m\.(wikipedia\.org)")


class NotAnAddress(ValueError):
    """The text is no address on the web; the message says which part of it is not, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address in its parts.

    host                lower case, A-labels, without a leading `www.`, a port and a trailing dot; an IP as numbers
    registrable_domain  the name somebody registered (`b.com.vn` of `a.b.com.vn`); the IP itself for an IP
    path, query         normalised, without tracking parameters; "" or begins with `/`, "" or without `?`
    canonical           host, port where it is not the usual one, path and query: equal for the same page
    written             as the message wrote it
    is_shortener        the host only forwards elsewhere: what is behind it is unknown
    unicode_host        the host as it was written, in Unicode; the same as `host` for plain ones
    before_at           what stood before an `@` where it looks like a host (the userinfo trick), else ""
    """

    host: str
    registrable_domain: str
    path: str
    query: str
    canonical: str
    written: str
    is_shortener: bool
    unicode_host: str
    before_at: str = ""


def canonical(address: str) -> str:
    """The one form of `address`: `host[:port][/path][?query]`, without scheme, fragment and tracking.

    Idempotent.  Raises NotAnAddress.
    """
    return parse_address(address).canonical


def parse_address(text: str, *, written: str = "") -> Address:
    """The address that `text` is, from its first to its last character; spaces around it and a scheme are optional.

    Raises NotAnAddress.
    """
    if len(text) > ADDRESS_CHARS_MAX:
        raise NotAnAddress(f"the address has {len(text)} characters; at most {ADDRESS_CHARS_MAX} are read")
    plain = _BRACKETED_DOT.sub(".", readable(text)[0].strip())
    authority, path, query = _split(plain)
    userinfo, _, host_port = authority.rpartition("@")
    host_text, port = _split_port(host_port)
    host, unicode_host = read_host(host_text)
    path, query = _path(path), _query(query)
    shown_port = "" if port in _DEFAULT_PORTS else f":{port}"
    return Address(
        host=host,
        registrable_domain=host if is_ip(host) else registrable_domain(host),
        path=path,
        query=query,
        canonical=_same_page(host) + shown_port + path + (f"?{query}" if query else ""),
        written=written or text,
        is_shortener=host in SHORTENERS,
        unicode_host=unicode_host,
        before_at=_host_before_at(userinfo),
    )


def _split(text: str) -> tuple[str, str, str]:
    """Authority, path and query of a text in which scheme, slashes and backslashes may stand as they like."""
    rest = text
    match = _SCHEME.fullmatch(text)
    if match and match["scheme"] is None:
        rest = match["rest"]
    elif match and _DEFACED_SCHEME.fullmatch(match["scheme"]):
        rest = match["rest"].lstrip()
    elif match and "." not in match["scheme"] and not match["rest"][:1].isdigit():
        raise NotAnAddress(f"{match['scheme']}: is no scheme of the web")
    parts = _REST.match(rest)
    if parts is None:  # every part of the pattern may be empty, so it always matches
        raise NotAnAddress("there is nothing to read")
    return parts["authority"], parts["path"], parts["query"]


def _split_port(host_port: str) -> tuple[str, str]:
    port = _PORT.search(host_port)
    if port is None or host_port.endswith("]"):
        return host_port, ""
    return host_port[: port.start()], port[1].lstrip("0")


def read_host(text: str) -> tuple[str, str]:
    """A host as A-labels and in Unicode, both lower case and without `www.`; raises NotAnAddress."""
    if len(text) > HOST_CHARS_MAX * 3:
        raise NotAnAddress(f"the host has {len(text)} characters; at most {HOST_CHARS_MAX} are allowed")
    if "%" in text:
        text = readable(unquote(text, errors="replace"))[0]
    text = text.strip().rstrip(".").lower()
    if not text:
        raise NotAnAddress("there is no host")
    numbers = _ip(text)
    if numbers:
        return numbers, numbers
    return _name(text)


def _name(text: str) -> tuple[str, str]:
    labels = text.split(".")
    last = _a_label(labels[-1])
    if last not in top_level_names():
        if skeleton(labels[-1]) not in top_level_names() or labels[-1].isascii():
            raise NotAnAddress(f"{labels[-1][:LABEL_CHARS_MAX]!r} is no top-level name")
        # No such name can exist, so the letters were swapped only for show: read what the eye reads.
        labels = [skeleton(label) for label in labels]
    host = ".".join(map(_a_label, labels))
    if len(host) > HOST_CHARS_MAX:
        raise NotAnAddress(f"the host has {len(host)} characters; at most {HOST_CHARS_MAX} are allowed")
    if registry_suffix(host) in ("", host):
        raise NotAnAddress(f"{host} is a public suffix, not a host")
    bare = without_www(host)
    return bare, ".".join(map(_unicode_label, bare.split(".")))


def without_www(host: str) -> str:
    """`host` without a leading `www.`, unless that is the name somebody registered."""
    rest = host.removeprefix("www.")
    return host if rest == host or registry_suffix(rest) in ("", rest) else rest


def _a_label(label: str) -> str:
    """One label in ASCII (punycode where needed); raises NotAnAddress where no label can look so."""
    written = label if label.isascii() else _punycode(label)
    if len(written) > LABEL_CHARS_MAX:
        raise NotAnAddress(f"a label has {len(written)} characters; at most {LABEL_CHARS_MAX} are allowed")
    if not _LABEL.fullmatch(written):
        raise NotAnAddress(f"{label[:LABEL_CHARS_MAX]!r} is no part of a host")
    return written


def _punycode(label: str) -> str:
    if not label.replace("-", "").replace("_", "").isalnum():
        raise NotAnAddress(f"{label[:LABEL_CHARS_MAX]!r} is no part of a host")
    try:
        return "xn--" + label[: LABEL_CHARS_MAX + 1].encode("punycode").decode("ascii")
    except UnicodeError:
        raise NotAnAddress(f"{label[:LABEL_CHARS_MAX]!r} is no part of a host") from None


def _unicode_label(label: str) -> str:
    """The letters behind an A-label; the label itself where it hides none or is broken."""
    if not label.startswith("xn--"):
        return label
    try:
        decoded = label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label
    return decoded if decoded.replace("-", "").isalnum() and not decoded.isascii() else label


def _ip(text: str) -> str:
    """The IP address that `text` is, in its usual form; "" when it is a name.

    IPv4 also as browsers take it: one to four numbers, decimal, octal or hexadecimal.
    """
    if text.startswith("["):
        try:
            return f"[{ipaddress.IPv6Address(text.strip('[]'))}]"
        except ValueError:
            raise NotAnAddress(f"{text[:LABEL_CHARS_MAX]!r} is no IP address") from None
    parts = text.split(".")
    if not parts[-1][:1].isdigit() or len(parts) > 4:
        return ""
    numbers = [_number(part) for part in parts]
    if None in numbers:
        return ""
    *first, last = (number or 0 for number in numbers)
    if any(number > 255 for number in first) or last >= 256 ** (5 - len(parts)):
        raise NotAnAddress(f"{text[:LABEL_CHARS_MAX]!r} is no IP address")
    value = last + sum(number << (24 - 8 * place) for place, number in enumerate(first))
    return str(ipaddress.IPv4Address(value))


def _number(part: str) -> int | None:
    """A number of an IPv4 address as browsers read it; None when it is none (or too long to be one)."""
    try:
        if not part.isascii() or len(part) > 14:
            return None
        if part.startswith("0x"):
            return int(part[2:] or "0", 16)
        return int(part, 8 if part.startswith("0") and len(part) > 1 else 10)
    except ValueError:
        return None


def is_ip(host: str) -> bool:
    """Whether a host as `Address.host` writes it is an IP address."""
    return host.startswith("[") or host.rpartition(".")[2].isdigit()


def is_public_ip(host: str) -> bool:
    """Whether an IP address as `Address.host` writes it can be reached from the whole network."""
    return ipaddress.ip_address(host.strip("[]")).is_global


def _host_before_at(userinfo: str) -> str:
    """The host that stands where a name and password belong; "" when it is a person's name: that is not kept."""
    try:
        return read_host(userinfo.partition(":")[0])[0] if "." in userinfo else ""
    except NotAnAddress:
        return ""


def _same_page(host: str) -> str:
    if host in _MOBILE_HOSTS:
        return _MOBILE_HOSTS[host]
    wikipedia = _MOBILE_WIKIPEDIA.fullmatch(host)
    return f"{wikipedia[1]}.{wikipedia[2]}" if wikipedia else host


def _path(path: str) -> str:
    """Slashes one way, dot segments resolved, escapes in one form, no slash at the end."""
    segments: list[str] = []
    for segment in path.replace("\\", "/").split("/"):
        plain = _escapes(segment)
        if plain == "..":
            segments = segments[:-1]
        elif plain not in (".", ""):
            segments.append(plain)
    return "".join("/" + segment for segment in segments)


def _query(query: str) -> str:
    """Parameters sorted, without those that only track."""
    parameters = (_escapes(parameter) for parameter in query.removeprefix("?").split("&"))
    return "&".join(sorted(parameter for parameter in parameters if parameter and not _is_tracking(parameter)))


def _is_tracking(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _escapes(text: str) -> str:
    """`text` with an escape only where RFC 3986 needs one, in capitals."""
    if text.isascii() and "%" not in text and text.isalnum():
        return text
    decoded = _PERCENT.sub(_unescape, text)
    return quote(decoded, safe="%!$&'()*+,;=:@~[]|{}^`\"<>", errors="replace")


def _unescape(match: re.Match[str]) -> str:
    char = chr(int(match[1], 16))
    return char if char in _UNRESERVED else f"%{match[1].upper()}"


def shown_host(address: Address) -> str:
    """The host as a page may show it: in Unicode where its letters can be taken for no others, else as A-labels."""
    if address.unicode_host != address.host and all(map(_is_harmless, address.unicode_host.split("."))):
        return address.unicode_host
    return address.host


_VIETNAMESE = frozenset("aăâbcdđeêghiklmnoôơpqrstuưvxyfjwz0123456789-")
_TONES = str.maketrans(
    "áàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ",
    "aaaaaăăăăăâââââeeeeeêêêêêiiiiioooooôôôôôơơơơơuuuuuưưưưưyyyyy",
)


def _is_harmless(label: str) -> bool:
    """Vietnamese letters only, or one of the scripts that look like no Latin letter."""
    if _VIETNAMESE.issuperset(label.translate(_TONES)):
        return True
    return all(
        "\u3040" <= char <= "\u30ff" or "\u4e00" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in label
    )

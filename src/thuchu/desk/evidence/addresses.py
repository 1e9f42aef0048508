"""May this address be fetched at all?  Pure: reads what is written, resolves nothing, connects to nothing.

An address in a scam, or one pasted by somebody curious about the desk's own network, is written for forgiving readers:
numbers in octal, full-width digits, an IPv4 address hidden in an IPv6 one.  So there is one reader here, everything
that connects uses what it read, and no second parser can see another host in the same letters.
Refuses: every place that is not on the public network, and every address that hides another, whatever it hides.
"""

import re
import unicodedata
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, unquote

from thuchu.desk.evidence.refusals import HasCredentials, NotAWebAddress, PlaceRefused, PortRefused

IpAddress = IPv4Address | IPv6Address

# What browsers and the sitemap protocol agree on is 2,000; signed downloads are longer. Past this it is an attack.
ADDRESS_CHARS_MAX = 8_192
# RFC 1035: 253 characters a name, 63 a label.
HOST_CHARS_MAX = 253
LABEL_CHARS_MAX = 63
WEB_PORTS = frozenset({80, 443})

# `ipaddress.is_global` changes with Python's version and calls some of these global, so each stands here by name.
_DENIED_V4 = tuple(
    map(
        ip_network,
        (
            "0.0.0.0/8",  # this host
            "10.0.0.0/8",  # private
            "100.64.0.0/10",  # between a carrier and its customers
            "127.0.0.0/8",  # loopback
            "169.254.0.0/16",  # link-local, among them the metadata services of clouds
            "172.16.0.0/12",  # private
            "192.0.0.0/24",  # protocol assignments
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",  # AS112
            "192.52.193.0/24",  # AMT
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",  # private
            "192.175.48.0/24",  # AS112
            "198.18.0.0/15",  # benchmarks
            "198.51.100.0/24",  # documentation
            "203.0.113.0/24",  # documentation
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
            "168.63.129.16/32",  # a cloud's platform service on a public-looking number
        ),
    )
)
# Only 2000::/3 is given out for the public network; all else (::1, mapped, NAT64, unique local, link-local, multicast)
# falls with one rule. Inside it, what is not a place of its own:
_GLOBAL_V6 = ip_network("2000::/3")
_DENIED_V6 = tuple(
    map(
        ip_network,
        (
            "2001::/23",  # protocol assignments: Teredo 2001::/32, benchmarks, ORCHID
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4
            "2620:4f:8000::/48",  # AS112
            "3fff::/20",  # documentation
        ),
    )
)
# ISATAP writes 0000:5efe or 0200:5efe before an IPv4 address, under any prefix.
_ISATAP = frozenset({0x0000_5EFE, 0x0200_5EFE})

# Names that stand for the inside of somebody's network. The resolved address is the guard; this is the better sentence.
_INSIDE_NAMES = ("localhost", "localdomain", "local", "internal", "home.arpa", "lan", "onion")

_ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<authority>[^/?#]*)(?P<path>[^?#]*)(?P<query>\?[^#]*)?(?:#.*)?", re.I)
_PORT = re.compile(r"(?P<host>.*?)(?::(?P<port>[0-9]{0,5}))?")
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")
# Spaces, controls and backslashes are read in different ways by different readers.
_AMBIGUOUS = re.compile(r"[\x00-\x20\x7f-\xa0\\\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")


@dataclass(frozen=True, slots=True)
class Target:
    """What a request needs, and nothing else of the address.

    host     A-labels in lower case, or an IP address in its usual form, IPv6 in brackets
    ip       the address where the host is one, else None: the name must be resolved and checked
    port     the scheme's own where none was written
    path     with the query, in ASCII, beginning with `/`
    """

    scheme: str
    host: str
    ip: IpAddress | None
    port: int
    path: str

    @property
    def address(self) -> str:
        """The address in one spelling."""
        usual = self.port == (443 if self.scheme == "https" else 80)
        return f"{self.scheme}://{self.host}{'' if usual else f':{self.port}'}{self.path}"


def read_target(address: str, *, loopback_ports: frozenset[int] = frozenset()) -> Target:
    """The place that `address` asks for; raises a FetchRefused where it may not be asked.

    loopback_ports  for tests with a server of their own: these ports, at 127.0.0.1 only
    """
    parts = _ADDRESS.fullmatch(address.strip()[: ADDRESS_CHARS_MAX + 1])
    if parts is None or len(address) > ADDRESS_CHARS_MAX or _AMBIGUOUS.search(address.strip()):
        raise NotAWebAddress
    if "@" in unicodedata.normalize("NFKC", unquote(parts["authority"])):
        raise HasCredentials
    split = _PORT.fullmatch(parts["authority"])
    if split is None:  # a line break, which is refused above
        raise NotAWebAddress
    host, ip = read_host(split["host"])
    port = int(split["port"] or (443 if parts["scheme"].lower() == "https" else 80))
    is_test_server = port in loopback_ports and (ip is None or str(ip) == "127.0.0.1")
    if port not in WEB_PORTS and not is_test_server:
        raise PortRefused(port=port)
    if ip is not None and not is_reachable(ip) and not is_test_server:
        raise PlaceRefused(host=host)
    return Target(parts["scheme"].lower(), host, ip, port, _path(parts["path"], parts["query"] or ""))


def _path(path: str, query: str) -> str:
    return quote(path or "/", safe="%/:@!$&'()*+,;=~-._") + quote(query, safe="%/:@!$&'()*+,;=~-._?[]|")


def read_host(written: str) -> tuple[str, IpAddress | None]:
    """The host in its one form, and the IP address where it is one, however it was written.

    Raises NotAWebAddress where no host can be read, PlaceRefused for a name of somebody's inside.
    """
    text = _plain(written)
    if text.startswith("["):
        ip = _ip_v6(text)
        return f"[{ip}]", ip
    labels = text.removesuffix(".").split(".")
    if labels[-1][:1].isdecimal():  # no top-level name begins so
        numbers = _ip_v4(labels)
        return str(numbers), numbers
    host = ".".join(map(_a_label, labels))
    if len(host) > HOST_CHARS_MAX:
        raise NotAWebAddress
    if "." not in host or host.endswith(tuple(f".{name}" for name in _INSIDE_NAMES)):
        raise PlaceRefused(host=host)
    return host, None


def _plain(written: str) -> str:
    """Escapes undone once, full-width digits and ideographic dots as the plain ones, in lower case."""
    return unicodedata.normalize("NFKC", unquote(written)).replace("\u3002", ".").lower()


def _ip_v6(text: str) -> IPv6Address:
    # A zone (`%eth0`) names a wire of this machine.
    if not text.endswith("]") or "%" in text:
        raise NotAWebAddress
    try:
        return IPv6Address(text[1:-1])
    except ValueError:
        raise NotAWebAddress from None


def _ip_v4(labels: list[str]) -> IPv4Address:
    """One to four numbers, decimal, octal or hexadecimal, the last filling what is left, as browsers read them."""
    if len(labels) > 4 or not all(map(_NUMBER.fullmatch, labels)):
        raise NotAWebAddress
    try:
        *first, last = map(_number, labels)
    except ValueError:
        raise NotAWebAddress from None
    if any(number > 255 for number in first) or last >= 256 ** (5 - len(labels)):
        raise NotAWebAddress
    return IPv4Address(last + sum(number << (24 - 8 * place) for place, number in enumerate(first)))


def _number(label: str) -> int:
    if len(label) > 32:  # no number of 32 bits, whatever zeros stand before it
        raise ValueError
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8 if label.startswith("0") else 10)


def _a_label(label: str) -> str:
    """One label in ASCII; raises NotAWebAddress where no label looks so."""
    written = label
    if not label.isascii():
        if not all(char == "-" or unicodedata.category(char)[0] in "LMN" for char in label):
            raise NotAWebAddress
        written = "xn--" + label[:HOST_CHARS_MAX].encode("punycode").decode("ascii")
    if len(written) > LABEL_CHARS_MAX or not _LABEL.fullmatch(written):
        raise NotAWebAddress
    return written


def is_reachable(ip: IpAddress) -> bool:
    """Whether `ip` is a place of its own on the public network."""
    if isinstance(ip, IPv4Address):
        return ip.is_global and not any(ip in network for network in _DENIED_V4)
    if ip not in _GLOBAL_V6 or any(ip in network for network in _DENIED_V6):
        return False
    return (int(ip) >> 32) & 0xFFFF_FFFF not in _ISATAP and not ip.scope_id


def read_answer(resolved: str) -> IpAddress | None:
    """An address as the name service gives it; None when it is none, or names a wire of this machine."""
    try:
        return None if "%" in resolved else ip_address(resolved)
    except ValueError:
        return None

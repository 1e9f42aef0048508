"""Public suffixes: under which names anybody may register, so that `a.b.com.vn` is known to belong to `b.com.vn`.

Reads Mozilla's list as bundled (`PROVENANCE.md`), once, when first asked.  Refuses unknown top-level names: what
ends in no name of the list is not taken for an address.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

# Reserved for documentation (RFC 2606): samples and tests need addresses that belong to nobody.
RESERVED_SUFFIXES = ("example",)


@dataclass(frozen=True, slots=True)
class _Rules:
    """The list's rules by kind; `*.ck` stands in `wild` as `ck`, `!www.ck` in `exceptions` as `www.ck`."""

    plain: frozenset[str]
    wild: frozenset[str]
    exceptions: frozenset[str]


@lru_cache(maxsize=1)
def _sections() -> tuple[_Rules, _Rules]:
    """The ICANN rules, and all rules (those of private owners such as weebly.com included), names as A-labels."""
    text = resources.files("thuchu.links").joinpath("public_suffixes.txt").read_text(encoding="utf-8")
    icann, private = text.removeprefix("[ICANN]\n").split("[PRIVATE]\n")
    registries = [*icann.split(), *RESERVED_SUFFIXES]
    return _rules(registries), _rules(registries + private.split())


def _rules(lines: list[str]) -> _Rules:
    names = [_ascii(line) for line in lines]
    return _Rules(
        frozenset(name for name in names if name[0] not in "*!"),
        frozenset(name[2:] for name in names if name[0] == "*"),
        frozenset(name[1:] for name in names if name[0] == "!"),
    )


def _ascii(name: str) -> str:
    if name.isascii():
        return name
    labels = (label if label.isascii() else "xn--" + label.encode("punycode").decode() for label in name.split("."))
    return ".".join(labels)


@lru_cache(maxsize=1)
def top_level_names() -> frozenset[str]:
    """The last labels that the list knows: `com`, `vn`, `xn--…`."""
    rules = _sections()[0]
    return frozenset(name.rpartition(".")[2] for name in rules.plain | rules.wild)


def _suffix(host: str, rules: _Rules) -> str:
    """The longest public suffix that `host` ends with; "" when the list knows none."""
    name = host
    while name:
        parent = name.partition(".")[2]
        if name in rules.exceptions:
            return parent
        if name in rules.plain or parent in rules.wild:
            return name
        name = parent
    return ""


@lru_cache(maxsize=4096)
def public_suffix(host: str) -> str:
    """The suffix of a lower-case A-label host under which different people register: `com.vn`, `weebly.com`."""
    return _suffix(host, _sections()[1])


@lru_cache(maxsize=4096)
def registry_suffix(host: str) -> str:
    """The same by the rules of registries alone: `com` for a host under `weebly.com`."""
    return _suffix(host, _sections()[0])


def registrable_domain(host: str) -> str:
    """The name somebody registered: one label and its public suffix.

    A host that is a private owner's suffix itself (`weebly.com`) is its own registrable domain; "" for a registry's
    suffix and for an unknown one.
    """
    for suffix in (public_suffix(host), registry_suffix(host)):
        if suffix and host != suffix:
            return host[: -len(suffix) - 1].rpartition(".")[2] + "." + suffix
    return ""

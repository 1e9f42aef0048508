"""How surely listed hosts are found however written, how many are known without the list, and at what cost.

    python bench/links.py [SET_DIR] [--json] [--misses]

SET_DIR holds `hosts.txt.gz` (one host, sometimes with a path, a line); default `../shared/data/vi-scam-hosts`.
Half of the set (by hash) was looked at when the rules were made, the other half only ever measured: both are printed.
"""

import argparse
import gzip
import hashlib
import json
import re
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "links"))

from written_forms import WRITTEN_FORMS

from thuchu.links import (
    ListedHosts,
    ListEntry,
    NotAnAddress,
    OfficialTable,
    Refusal,
    bundled_official,
    inspect,
    look_alike,
    parse_address,
    read_list,
)

ROOT = Path(__file__).parent.parent
# Writing and reading every host in every form takes minutes; one in five is some 160,000 messages.
FORMS_STEP = 5
DEFAULT_SET = ROOT / ".." / "shared" / "data" / "vi-scam-hosts"
PUBLISHER = "bench"
# Sub-domains that banks, shops and portals really have.
SUB_DOMAINS = (
    "www",
    "m",
    "ebank",
    "ebanking",
    "login",
    "id",
    "app",
    "api",
    "online",
    "tuyendung",
    "static.cdn",
    "khuyenmai",
)
# "Carries the name": counted for these kinds, whatever the detector thinks.
NAMED_KINDS = ("bank", "wallet", "portal", "shop")
FIGURES = str.maketrans("0134578", "oieastb")


@dataclass(frozen=True, slots=True)
class Half:
    """One half of the set: its entries, and what was refused of it."""

    name: str
    entries: list[ListEntry]
    refused: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set_dir", nargs="?", type=Path, default=DEFAULT_SET)
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--misses", action="store_true", help="print the hosts that carry a name and were not known")
    wanted = parser.parse_args()
    hosts_file = wanted.set_dir / "hosts.txt.gz"
    if not hosts_file.is_file():
        sys.exit(f"{hosts_file} is not there: give the folder that holds hosts.txt.gz, or leave this bench out.")
    official = bundled_official()
    halves = [read_half(hosts_file, name, official) for name in ("designed on", "only measured")]
    rows = [row for half in halves for row in (written_row(half, official), named_row(half, official, wanted.misses))]
    rows += [innocent_row(official), speed_row(halves, official)]
    for row in rows:
        print(json.dumps(row, ensure_ascii=False) if wanted.json else as_line(row))


def read_half(hosts_file: Path, name: str, official: OfficialTable) -> Half:
    with gzip.open(hosts_file, "rt", encoding="utf-8") as lines:
        wanted = [line for line in lines if half_of(line.strip()) == name]
    read = list(read_list(wanted, official))
    entries = [entry for entry in read if isinstance(entry, ListEntry)]
    return Half(name, entries, sum(isinstance(entry, Refusal) for entry in read))


def half_of(line: str) -> str:
    return "designed on" if hashlib.sha256(line.encode()).digest()[0] % 2 == 0 else "only measured"


def written_row(half: Half, official: OfficialTable) -> dict[str, object]:
    """Every listed host in every written form, inside a message."""
    listed = ListedHosts().with_list(PUBLISHER, half.entries)
    found = dict.fromkeys(WRITTEN_FORMS, 0)
    hosts = [entry.host for entry in half.entries if not entry.path and not entry.query][::FORMS_STEP]
    for host in hosts:
        for form, write in WRITTEN_FORMS.items():
            message = f"Bạn vào {write(host)} để nhận quà nhé."
            found[form] += any(warning.warning == "listed" for warning in inspect(message, listed, official))
    least = min(found, key=lambda form: found[form])
    return {
        "figure": "listed host found",
        "half": half.name,
        "hosts": len(hosts),
        "lines refused": half.refused,
        "forms": len(found),
        "found": sum(found.values()) / (len(hosts) * len(found)),
        "worst form": least,
        "worst form found": found[least] / len(hosts),
    }


def named_row(half: Half, official: OfficialTable, print_misses: bool) -> dict[str, object]:
    """Hosts that carry an official name, and how many are known as look-alikes without any list."""
    named = [entry.host for entry in half.entries if not entry.path and names_in(entry.host, official)]
    missed = [host for host in named if not look_alike(parse_address(host), official)]
    by_kind = {}
    for kind in NAMED_KINDS:
        of_kind = [host for host in named if kind in names_in(host, official)]
        by_kind[kind] = f"{sum(host not in missed for host in of_kind)}/{len(of_kind)}"
    if print_misses:
        print(f"# {half.name}, not known:", " ".join(missed))
    return {
        "figure": "look-alike known without the list",
        "half": half.name,
        "hosts": len(named),
        "known": (len(named) - len(missed)) / len(named),
        **by_kind,
    }


def names_in(host: str, official: OfficialTable) -> set[str]:
    """The kinds of bodies whose name a host carries, by a plain rule that knows nothing of the detector.

    A word of four letters or more counts wherever it stands in a label, hyphens left out and figures read as letters;
    one of three only as a label or a part between hyphens, with or without figures around it.
    """
    labels = host.split(".")[:-1]
    plain = [label.replace("-", "") for label in labels] + [
        label.replace("-", "").translate(FIGURES) for label in labels
    ]
    parts = [re.sub(r"^\d+|\d+$", "", part) for label in labels for part in label.split("-")]
    return {
        body.kind
        for body in official.bodies
        for word in (*body.words, *body.short_words)
        if body.kind in NAMED_KINDS and (any(word in label for label in plain) if len(word) > 3 else word in parts)
    }


def innocent_row(official: OfficialTable) -> dict[str, object]:
    """Warnings on official hosts, on sub-domains of theirs, and on ordinary sites: none is right."""
    hosts = [host for body in official.bodies for host in body.hosts]
    below = [f"{name}.{host}" for host in hosts for name in SUB_DOMAINS]
    ordinary = ordinary_sites()
    return {
        "figure": "warnings that are wrong",
        "official hosts": f"{warned(hosts, official)}/{len(hosts)}",
        "their sub-domains": f"{warned(below, official)}/{len(below)}",
        "ordinary sites": f"{warned(ordinary, official)}/{len(ordinary)}",
    }


def ordinary_sites() -> list[str]:
    text = (ROOT / "tests" / "links" / "ordinary_sites.txt").read_text(encoding="utf-8")
    return [host for line in text.splitlines() if not line.startswith("#") for host in line.split()]


def warned(hosts: Iterable[str], official: OfficialTable) -> int:
    return sum(is_warned(host, official) for host in hosts)


def is_warned(host: str, official: OfficialTable) -> bool:
    try:
        return look_alike(parse_address(f"https://{host}/"), official) is not None
    except NotAnAddress as error:
        sys.exit(f"{host}: {error}")


def speed_row(halves: list[Half], official: OfficialTable) -> dict[str, object]:
    """Processor time for one link in a message: finding, canonical form, lists, look-alikes; and for a list's host."""
    entries = [entry for half in halves for entry in half.entries]
    listed = ListedHosts().with_list(PUBLISHER, entries)
    messages = [f"Chị ơi, vào https://{entry.host}/a?b=1 nhận quà giúp em nhé." for entry in entries[::5]]
    inspect(messages[0], listed, official)
    began = time.process_time()
    for message in messages:
        inspect(message, listed, official)
    inspected = time.process_time() - began
    addresses = [parse_address(entry.host) for entry in entries[::5]]
    began = time.process_time()
    for address in addresses:
        listed.find(address)
    found = time.process_time() - began
    return {
        "figure": "time",
        "links": len(messages),
        "microseconds a link": round(inspected / len(messages) * 1e6, 1),
        "microseconds a lookup": round(found / len(addresses) * 1e6, 2),
    }


def as_line(row: dict[str, object]) -> str:
    shown = (f"{name} {value:.4f}" if isinstance(value, float) else f"{name} {value}" for name, value in row.items())
    return " · ".join(shown).removeprefix("figure ")


if __name__ == "__main__":
    main()

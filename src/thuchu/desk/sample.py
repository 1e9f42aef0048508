"""The sample content of `thuchu demo`: our own fact-checks under the publisher *Thực Hư sample*, on the desk's address.

The records ship with addresses relative to the desk; they become real ones here, so that nothing claims to be
published elsewhere.  Where the desk listens at another address than before they move along, and nothing is corrected.
"""

import json
import tempfile
from datetime import datetime
from importlib import resources
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from thuchu.desk import journey
from thuchu.desk.library.moving import move
from thuchu.desk.library.reads import addresses

PUBLISHER = "Thực Hư sample"
LIST_PUBLISHER = "Thực Hư sample list"


def load(*, now: datetime) -> int:
    """Import the sample fact-checks and link list; again changes nothing.  Gives back how many fact-checks are new."""
    with tempfile.TemporaryDirectory() as scratch:
        records = Path(scratch) / "fact-checks.jsonl"
        move(PUBLISHER, to=settings.THUCHU_ADDRESS)
        records.write_text("\n".join(_at_home(shipped())), "utf-8")
        added = 0
        for progress in journey.take_in(records, publisher=PUBLISHER, hosts=[settings.THUCHU_ADDRESS], now=now):
            added = progress.tally.counts["added"]
        links = Path(scratch) / "links.csv"
        links.write_text(_shipped("links.csv"), "utf-8")
        journey.take_in_links(links, publisher=LIST_PUBLISHER, now=now)
    return added


def questions() -> list[str]:
    """Messages that a newcomer may try."""
    return [question["text"] for question in json.loads(_shipped("questions.json"))]


def shipped() -> str:
    """The fact-checks as they ship, a record a line, at addresses that begin with the desk."""
    return _shipped("fact-checks.jsonl")


def _shipped(name: str) -> str:
    return (resources.files("thuchu.desk.library") / "sample" / name).read_text("utf-8")


def address_of(path: str) -> str | None:
    """Where the sample record of that path stands; None where there is none."""
    return _here().get(path)


def _here() -> dict[str, str]:
    return {urlsplit(url).path: url for url in addresses(PUBLISHER)}


def _at_home(lines: str) -> list[str]:
    """The records at the addresses they have here: one that couldn't move with the desk is still the same record."""
    here, records = _here(), [json.loads(line) for line in lines.splitlines() if line.strip()]
    for record in records:
        record["url"] = here.get(record["url"], settings.THUCHU_ADDRESS + record["url"])
    return [json.dumps(record, ensure_ascii=False) for record in records]

"""The sample content of `thuchu demo`: our own fact-checks under the publisher *Thực Hư sample*, on the desk's address.

The records ship with addresses relative to the desk; they become real ones here, so that nothing claims to be
published elsewhere.
"""

import json
import tempfile
from datetime import datetime
from importlib import resources
from pathlib import Path

from django.conf import settings

from thuchu.desk import journey
from thuchu.desk.library.reads import addresses

PUBLISHER = "Thực Hư sample"
LIST_PUBLISHER = "Thực Hư sample list"


def load(*, now: datetime) -> int:
    """Import the sample fact-checks and link list; again changes nothing.  Gives back how many fact-checks are new."""
    folder = resources.files("thuchu.desk.library") / "sample"
    with tempfile.TemporaryDirectory() as scratch:
        records = Path(scratch) / "fact-checks.jsonl"
        lines = [*_moved_away(now), *_at_home((folder / "fact-checks.jsonl").read_text("utf-8"))]
        records.write_text("\n".join(lines), "utf-8")
        added = 0
        for progress in journey.take_in(records, publisher=PUBLISHER, hosts=[settings.THUCHU_ADDRESS], now=now):
            added = progress.tally.counts["added"]
        links = Path(scratch) / "links.csv"
        links.write_bytes((folder / "links.csv").read_bytes())
        journey.take_in_links(links, publisher=LIST_PUBLISHER, now=now)
    return added


def questions() -> list[str]:
    """Messages that a newcomer may try."""
    text = (resources.files("thuchu.desk.library") / "sample" / "questions.json").read_text("utf-8")
    return [question["text"] for question in json.loads(text)]


def _moved_away(now: datetime) -> list[str]:
    """Withdrawals of what stands at an address the desk had before: nobody answers there now."""
    old = [url for url in addresses(PUBLISHER) if not url.startswith(settings.THUCHU_ADDRESS + "/")]
    return [json.dumps({"url": url, "dateDeleted": now.date().isoformat()}) for url in dict.fromkeys(old)]


def _at_home(lines: str) -> list[str]:
    records = [json.loads(line) for line in lines.splitlines() if line.strip()]
    for record in records:
        record["url"] = settings.THUCHU_ADDRESS + record["url"]
    return [json.dumps(record, ensure_ascii=False) for record in records]

"""The second part of a drill: a poisoned import, and what the desk answers from it.

Whoever wrote the file answers the flood's own messages with "true", in the name of a publisher that the desk trusts,
on pages that aren't that publisher's.
"""

import json
from datetime import datetime
from pathlib import Path

from thuchu.desk import journey
from thuchu.desk.drill.asking import Flood
from thuchu.desk.drill.findings import Finding, exactly, told
from thuchu.desk.library import reads as library

# The messages asked most are what an attacker would answer.
RECORDS = 200
ASKED = 20
# Where no publisher is admitted yet.
NOBODYS = "Trang Tin Bịa"


def poison(flood: Flood, folder: Path, *, now: datetime) -> list[Finding]:
    """Import it, and ask the flood's own messages once more; `folder` takes the file."""
    file = folder / "poisoned.jsonl"
    messages = flood.most_asked(RECORDS)
    publisher = _trusted()
    lines = (json.dumps(_record(flood.messages[each], publisher, place)) for place, each in enumerate(messages))
    file.write_text("\n".join(lines), encoding="utf-8")
    taken = 0
    for progress in journey.take_in(file, publisher=publisher, hosts=(), now=now):
        taken = progress.tally.counts.total() - progress.tally.counts["refused"]
    journey.catch_up()
    answers = [
        journey.ask(flood.messages[each], door="cli", page_language="vi", now=now).answer for each in messages[:ASKED]
    ]
    shown = [answer for answer in answers if any("bia.example" in each.fact_check.url for each in answer.shown)]
    return [
        told("import", "records", len(messages)),
        told("import", "taken", taken),
        told("import", "suggested", sum(answer.kind == "suggest" for answer in shown)),
        exactly("import", "answered", sum(answer.kind == "answer" for answer in shown), 0),
    ]


def _trusted() -> str:
    """A publisher that the desk answers from, whose name the file takes."""
    admitted = (each.name for each in library.publishers() if any(is_admitted for _, is_admitted in each.hosts))
    return next(admitted, NOBODYS)


def _record(message: str, publisher: str, place: int) -> dict[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"https://tin-{place}.bia.example/kiem-chung",
        "claimReviewed": message,
        "name": "<script>alert(1)</script> Tin đúng",
        "datePublished": "2026-01-02",
        "author": {"@type": "Organization", "name": publisher, "url": f"https://tin-{place}.bia.example"},
        "reviewRating": {"@type": "Rating", "alternateName": "Đúng", "ratingValue": 5, "bestRating": 5},
    }

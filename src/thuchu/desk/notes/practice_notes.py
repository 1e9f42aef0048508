"""Notes to practise on, written for this desk: what is known of each, and why."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from thuchu.desk.notes.reasons import Helpfulness

_FILE = Path(__file__).with_name("practice.json")


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Since when a practice note counts no more, and why; texts by language."""

    on: date
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeNote:
    """One note to practise on; the texts by language, "vi" and "en".

    truth      what is known of the claim
    verdict    what the note says, rightly or wrongly
    outcome    how helpful it is: "helpful" or "not_helpful", for the reason `why`
    withdrawn  what was held to be known turned out otherwise: it is asked no more
    """

    id: str
    truth: str
    verdict: str
    claim: Mapping[str, str]
    note: Mapping[str, str]
    source: Mapping[str, str]
    outcome: Helpfulness
    why: Mapping[str, str]
    withdrawn: Withdrawn | None = None


@cache
def practice_notes() -> Mapping[str, PracticeNote]:
    """All of them by id, in the order of the file; withdrawn ones among them."""
    return {row["id"]: _note(row) for row in json.loads(_FILE.read_text("utf-8"))}


def _note(row: Mapping[str, Any]) -> PracticeNote:
    """A row of the file; `withdrawn`, where it stands, has `on`, `vi` and `en`."""
    gone = row.get("withdrawn")
    withdrawn = gone and Withdrawn(date.fromisoformat(gone["on"]), {"vi": gone["vi"], "en": gone["en"]})
    return PracticeNote(**{**row, "outcome": Helpfulness(row["outcome"]), "withdrawn": withdrawn})

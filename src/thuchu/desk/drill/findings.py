"""What a drill found, line by line: what was done, what came of it, what it should have been."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal

Part = Literal["flood", "import", "ratings", "fact"]
PARTS: tuple[Part, ...] = ("flood", "import", "ratings", "fact")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of a drill.

    code   names the sentence that `wording` has for it
    found  what came of it, as a number or a few words
    bar    what it should be; "" where nothing is asked of it
    held   whether it was; None where nothing is asked of it
    """

    part: Part
    code: str
    found: str
    bar: str = ""
    held: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Drill:
    """All of it, and of what desk; `desk` is its name, `version` that of thuchu."""

    desk: str
    version: str
    played_at: datetime
    seed: int
    findings: tuple[Finding, ...]

    @property
    def held(self) -> int:
        """How many bars were."""
        return sum(each.held is True for each in self.findings)

    @property
    def asked(self) -> int:
        """How many bars there are."""
        return sum(each.held is not None for each in self.findings)


def written(drill: Drill) -> str:
    """All of it as JSON, for whoever reckons on."""
    rows = {**asdict(drill), "played_at": drill.played_at.isoformat(), "held": drill.held, "asked": drill.asked}
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def at_most(part: Part, code: str, value: float, most: float, *, digits: int = 0) -> Finding:
    """A number that must not be larger."""
    return Finding(
        part=part, code=code, found=f"{value:.{digits}f}", bar=f"≤ {most:.{digits}f}", held=round(value, digits) <= most
    )


def exactly(part: Part, code: str, value: int, wanted: int) -> Finding:
    """A number that must be this one."""
    return Finding(part=part, code=code, found=str(value), bar=str(wanted), held=value == wanted)


def told(part: Part, code: str, value: object) -> Finding:
    """Something to know, of which nothing is asked."""
    return Finding(part=part, code=code, found=str(value))

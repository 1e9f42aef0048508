"""What a note still misses, and why it wasn't found helpful: in codes that pages say in words, from counts alone.

As of the last batch, never live: a count that moves with each rating tells when somebody rated.  Who usually rates
otherwise only a round knows; until one has agreed, that people who do must find it helpful, too, is always missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from thuchu.desk.notes.reasons import FOR_NOT_HELPFUL, Reason

# The published rules give no status to a note with fewer ratings, and rule 7 shows no reasons of fewer people.
RATERS_MIN = 5
# More reasons than this help no writer to see what to mend first.
REASONS_SHOWN_MAX = 5

Code = Literal["needs_more", "needs_other_habit", "mend"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that is missing.

    needs_more         `count` more people have to rate this version
    needs_other_habit  people who usually rate otherwise have to find it helpful, too: at least one of those to come
    mend               `count` people of at least RATERS_MIN gave `reason` for not finding it helpful
    """

    code: Code
    count: int = 0
    reason: Reason | None = None


def what_is_missing(raters: int, reasons: Mapping[str, int]) -> tuple[Missing, ...]:
    """In the order to say it.

    raters   how many rated the version that stands, as of the last batch
    reasons  how many of them gave each reason; not looked at below RATERS_MIN raters
    """
    found = []
    if raters < RATERS_MIN:
        found.append(Missing(code="needs_more", count=RATERS_MIN - raters))
    found.append(Missing(code="needs_other_habit"))
    if raters >= RATERS_MIN:
        found += _to_mend(reasons)
    return tuple(found)


def _to_mend(reasons: Mapping[str, int]) -> list[Missing]:
    given = [reason for reason in FOR_NOT_HELPFUL if reasons.get(reason.value, 0)]
    given.sort(key=lambda reason: -reasons[reason.value])
    return [Missing(code="mend", count=reasons[reason.value], reason=reason) for reason in given[:REASONS_SHOWN_MAX]]

"""What a note still misses, and why it wasn't found helpful: in codes that pages say in words, from counts alone.

As of the last batch, never live: a count that moves with each rating tells when somebody rated.  Who usually rates
otherwise only a round knows, and counts don't: from them alone it is always missing that people who do find it helpful,
too.  What is left of this list once a round has spoken says `publishing.missing`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from thuchu.desk.notes.reasons import FOR_NOT_HELPFUL, Reason

# The published rules give no status to a note with fewer ratings, and rule 7 shows no reasons of fewer people.
RATERS_MIN = 5
# More reasons than this help no writer to see what to mend first.
REASONS_SHOWN_MAX = 5

Code = Literal["needs_more", "needs_other_habit", "needs_most", "mend"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """One thing that is missing.

    needs_more         `count` more people have to rate this version
    needs_other_habit  people who usually rate otherwise have to find it helpful, too: at least one of those to come
    needs_most         people of either habit rated it, and most of each have to find it helpful
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

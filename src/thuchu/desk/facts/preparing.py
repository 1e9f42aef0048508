"""Preparing an event from its template: many fields of one place, each found word for word in one captured source."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from thuchu.desk.evidence.quoting import quote_again
from thuchu.desk.evidence.refusals import QuoteRefused
from thuchu.desk.facts.pinning import HOLDS_EVERYWHERE, NO_WORDS, Holds, Wanted, pin
from thuchu.desk.facts.refusals import NothingFilledIn, QuoteMissing
from thuchu.privacy import CleanText


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One field as it was filled in; without a `sentence` the value itself is looked for in the source."""

    field: str
    value_vi: CleanText
    value_en: CleanText = NO_WORDS
    sentence: CleanText = NO_WORDS


def prepare(
    event_id: int,
    source: int,
    filled: Sequence[Filled],
    *,
    holds: Holds = HOLDS_EVERYWHERE,
    by: int,
    now: datetime,
    home: Path,
) -> list[int]:
    """Pin what was filled in, all or none; `source` is any evidence from the captured page.

    raises  FactRefused, which names the field
    """
    if not filled:
        raise NothingFilledIn
    # Stopped before `pin`: sentences of the source that nothing rests on yet; the next try finds them again.
    wanted = [
        Wanted(
            field=each.field,
            value_vi=each.value_vi,
            value_en=each.value_en,
            evidence=_found(source, each, now, home),
        )
        for each in filled
    ]
    return pin(event_id, wanted, holds=holds, by=by, now=now)


def _found(source: int, filled: Filled, now: datetime, home: Path) -> int:
    sentence = filled.sentence if filled.sentence.text else filled.value_vi
    try:
        return quote_again(source, sentence, now=now, home=home)
    except QuoteRefused:
        raise QuoteMissing(field=filled.field) from None

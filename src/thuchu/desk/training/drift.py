"""One known item among 25 notes to rate: so that somebody who rates a lot sees whether their eye has drifted.

After every note whose number is a multiple of 25 comes an item of the practice sets, the same for everybody; which one
follows from the number, so that neither dice nor a record of anybody is needed.  What is answered is said back at once,
marked as practice, and kept nowhere: this module can't write, and the page that calls it has nothing to write to.
"""

from dataclasses import dataclass

from thuchu.desk.training import refusals
from thuchu.desk.training.items import CHOICES, Item, Stratum, item_sets

ONE_IN = 25


@dataclass(frozen=True, slots=True)
class Seen:
    """An item that was answered, and whether as known."""

    item: Item
    is_right: bool


def item_after(note: int) -> Item | None:
    """The item that comes after the note with this number; None after most."""
    if note <= 0 or note % ONE_IN:
        return None
    pool = [item for each in item_sets() for item in each.asked if item.stratum is Stratum.HELPFUL]
    return pool[(note // ONE_IN - 1) % len(pool)]


def look_back(note: int, choice: str) -> Seen:
    """What is known of the item after this note, beside an answer; raises SittingGone, AnswerMissing."""
    item = item_after(note)
    if item is None:
        raise refusals.SittingGone
    if choice not in CHOICES[item.stratum]:
        raise refusals.AnswerMissing
    return Seen(item, choice == item.outcome)

"""Items whose outcome turned out otherwise: everybody is told, since who met one is written nowhere.

An item is withdrawn in a new version of its file, with the day and the reason, and stays there.  From then on it is
asked no more, and for NEWS_DAYS everybody with an account is told on their own pages, until they say that they have
read it.  To tell only those who met it, the desk would have to remember who met what: for a correction that costs a
reader ten seconds that is too much (rule 7).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from thuchu.desk.notes.practice_notes import practice_notes
from thuchu.desk.training.items import item_sets

# Half a year: somebody who practised once and comes back for an election still reads it.
NEWS_DAYS = 180


@dataclass(frozen=True, slots=True)
class TakenBack:
    """One withdrawn item: what it asked about, what was held to be known and why that no longer holds."""

    on: date
    message: Mapping[str, str]
    held: str
    why: Mapping[str, str]


def taken_back() -> tuple[TakenBack, ...]:
    """All of them, newest first."""
    of_sets = [(item.withdrawn, item.message, item.outcome) for each in item_sets() for item in each.items]
    of_notes = [(note.withdrawn, note.claim, str(note.outcome)) for note in practice_notes().values()]
    found = [
        TakenBack(gone.on, message, held, gone.why) for gone, message, held in of_sets + of_notes if gone is not None
    ]
    return tuple(sorted(found, key=lambda each: each.on, reverse=True))


def news(read_until: str, *, today: date) -> tuple[TakenBack, ...]:
    """Those of the last NEWS_DAYS that are newer than what this person said they have read: a day, "" for nothing."""
    return tuple(
        each
        for each in taken_back()
        if each.on > today - timedelta(days=NEWS_DAYS) and each.on.isoformat() > read_until
    )


def newest() -> str:
    """The day to keep of somebody who has read them all; "" while there are none."""
    found = taken_back()
    return found[0].on.isoformat() if found else ""

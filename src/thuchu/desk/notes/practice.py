"""Practice: notes whose worth is known, rated before one writes. What stays is one bit (rule 7).

The state of a practice lives in its person's web session and nowhere else: it is a plain value that a page puts there
and hands back.  When it is over, however it ended, the page takes it out of the session.
"""

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.practice import pass_practice
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.notes import refusals
from thuchu.desk.notes.practice_notes import PracticeNote, practice_notes
from thuchu.desk.notes.reasons import Helpfulness
from thuchu.desk.notes.rows import require_person

# Ten notes take about five minutes. Guessing gets eight of ten right once in eighteen times; reading, nearly always.
ASKED = 10
RIGHT_MIN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a practice is: `asked` of `total` answered, `right` of them as known."""

    asked: int
    total: int
    right: int
    is_over: bool
    is_passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What an answer was: the state to keep, whether it was right, and the note with its explanation."""

    state: dict[str, Any]
    is_right: bool
    note: PracticeNote


def begin(*, rng: random.Random | None = None) -> dict[str, Any]:
    """A new practice for a session: ASKED notes, half of them helpful, in a random order."""
    dice = rng or random.SystemRandom()
    notes = [note for note in practice_notes().values() if note.withdrawn is None]
    helpful = [note.id for note in notes if note.outcome is Helpfulness.HELPFUL]
    others = [note.id for note in notes if note.outcome is Helpfulness.NOT_HELPFUL]
    chosen = dice.sample(helpful, ASKED // 2) + dice.sample(others, ASKED - ASKED // 2)
    dice.shuffle(chosen)
    return {"left": chosen, "right": 0}


def next_note(state: object) -> PracticeNote | None:
    """The note to rate now; None when the practice is over. Raises PracticeGone for what is no practice."""
    left, _ = _read(state)
    return practice_notes()[left[0]] if left else None


def answer(state: object, note_id: str, helpfulness: str) -> Answered:
    """One note rated; raises PracticeGone when it isn't its turn, LevelUnknown."""
    left, right = _read(state)
    if not left or left[0] != note_id:
        raise refusals.PracticeGone
    if helpfulness not in set(Helpfulness):
        raise refusals.LevelUnknown
    note = practice_notes()[note_id]
    is_right = helpfulness == note.outcome
    return Answered(state={"left": left[1:], "right": right + is_right}, is_right=is_right, note=note)


def standing(state: object) -> Standing:
    """How it goes; raises PracticeGone."""
    left, right = _read(state)
    is_over = not left
    return Standing(
        asked=ASKED - len(left), total=ASKED, right=right, is_over=is_over, is_passed=is_over and right >= RIGHT_MIN
    )


def finish(person: AccountView, state: object, *, now: datetime) -> bool:
    """A practice that is over: who passed may write from now on. Whether they did, and nothing else, is kept.

    raises  PracticeGone when it isn't over
    """
    require_person(person, Act.PRACTISE)
    how = standing(state)
    if not how.is_over:
        raise refusals.PracticeGone
    if how.is_passed:
        pass_practice(person.id, now)
    return how.is_passed


def _read(state: object) -> tuple[list[str], int]:
    """What a session gave back; an older version's, or none, is gone."""
    if not isinstance(state, dict):
        raise refusals.PracticeGone
    left, right = state.get("left"), state.get("right")
    if not isinstance(left, list) or not isinstance(right, int) or not set(left) <= set(practice_notes()):
        raise refusals.PracticeGone
    return left, right

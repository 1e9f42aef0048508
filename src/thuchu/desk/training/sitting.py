"""A sitting: one set of items, or the quiz, answered one by one. What stays of it is one bit (rule 7).

Its state lives in its person's web session and nowhere else: a plain value that a page puts there and hands back, with
which items are left and whether each answer was as known, never what was answered.  The page that shows the end takes
it out of the session.

Writing opens with four of five as known, in a set or in the quiz.  How sure somebody said they were counts for nothing
there: otherwise they would say what pays.
"""

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from thuchu.desk.accounts.permissions import Act, require
from thuchu.desk.accounts.practice import pass_practice
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.training import refusals
from thuchu.desk.training.calibration import STEPS_PERCENT, Answer, Feedback, feedback
from thuchu.desk.training.items import CHOICES, Item, Stratum, item_sets, known_items

QUIZ = "quiz"
# Five of each stratum, two of them about true claims, as in the sets: 40 %.
QUIZ_OF_A_STRATUM, QUIZ_TRUE_OF_A_STRATUM = 5, 2
QUIZ_ITEMS = QUIZ_OF_A_STRATUM * len(Stratum)
# Four of five, as in the practice with ten notes. By guessing: less than once in ten thousand sets.
RIGHT_OF_FIVE_MIN = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a sitting is: `asked` of `total` answered, `right` of them as known."""

    key: str
    asked: int
    total: int
    right: int

    @property
    def is_over(self) -> bool:
        """Was every item answered?"""
        return self.asked == self.total

    @property
    def is_passed(self) -> bool:
        """Over, and enough of it as known?"""
        return self.is_over and self.right * 5 >= self.total * RIGHT_OF_FIVE_MIN


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What an answer was: the state to keep, whether it was as known, and its item."""

    state: dict[str, Any]
    is_right: bool
    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How a sitting ended; `feedback` is the quiz's alone, and is said to its person once."""

    standing: Standing
    feedback: Feedback | None


def offered() -> tuple[str, ...]:
    """What can be sat for: each set by its number, and the quiz."""
    return (*(str(each.number) for each in item_sets()), QUIZ)


def right_min(total: int) -> int:
    """How many of so many have to be as known."""
    return -(-total * RIGHT_OF_FIVE_MIN // 5)


def items_in(key: str) -> int:
    """How many items a sitting asks."""
    return QUIZ_ITEMS if key == QUIZ else len(item_sets()[int(key) - 1].asked)


def begin(key: str, *, rng: random.Random | None = None) -> dict[str, Any]:
    """A new sitting for a session, in a random order."""
    dice = rng or random.SystemRandom()
    chosen = _drawn(dice) if key == QUIZ else [item.id for item in item_sets()[int(key) - 1].asked]
    dice.shuffle(chosen)
    return {"key": key, "left": chosen, "given": []}


def next_item(state: object) -> Item | None:
    """The item to answer now; None when the sitting is over. Raises SittingGone for what is no sitting."""
    left = _read(state)["left"]
    return known_items()[left[0]] if left else None


def answer(state: object, item_id: str, choice: str, sure: str = "") -> Answered:
    """One item answered; the quiz wants to know how sure.

    raises  SittingGone when it isn't its turn; AnswerMissing, SureMissing
    """
    known = _read(state)
    if not known["left"] or known["left"][0] != item_id:
        raise refusals.SittingGone
    item = known_items()[item_id]
    if choice not in CHOICES[item.stratum]:
        raise refusals.AnswerMissing
    sure_percent = None
    if known["key"] == QUIZ:
        if sure not in {str(step) for step in STEPS_PERCENT}:
            raise refusals.SureMissing
        sure_percent = int(sure)
    is_right = choice == item.outcome
    given = [*known["given"], [str(item.stratum), is_right, sure_percent]]
    return Answered(
        state={"key": known["key"], "left": known["left"][1:], "given": given}, is_right=is_right, item=item
    )


def standing(state: object) -> Standing:
    """How it goes; raises SittingGone."""
    known = _read(state)
    asked = len(known["given"])
    right = sum(is_right for _, is_right, _ in known["given"])
    return Standing(key=known["key"], asked=asked, total=asked + len(known["left"]), right=right)


def finish(person: AccountView, state: object, *, now: datetime) -> Ended:
    """A sitting that is over: who passed may write from now on. Whether they did, and nothing else, is kept.

    raises  SittingGone when it isn't over; TypeError for anything but an AccountView, which sessions alone give out
    """
    if type(person) is not AccountView:
        raise TypeError(f"AccountView is wanted here, got {type(person).__name__}: only who is signed in practises.")
    require(person, Act.PRACTISE)
    how = standing(state)
    if not how.is_over:
        raise refusals.SittingGone
    if how.is_passed:
        pass_practice(person.id, now)
    given = _read(state)["given"]
    said = feedback([Answer(*each) for each in given]) if how.key == QUIZ else None
    return Ended(standing=how, feedback=said)


def _drawn(dice: random.Random) -> list[str]:
    """The quiz: of each stratum so many from all sets, a part of them about true claims."""
    asked = [item for each in item_sets() for item in each.asked]
    chosen = []
    for stratum in Stratum:
        true = [item.id for item in asked if item.stratum is stratum and item.truth == "true"]
        others = [item.id for item in asked if item.stratum is stratum and item.truth != "true"]
        chosen += dice.sample(true, QUIZ_TRUE_OF_A_STRATUM)
        chosen += dice.sample(others, QUIZ_OF_A_STRATUM - QUIZ_TRUE_OF_A_STRATUM)
    return chosen


def _read(state: object) -> dict[str, Any]:
    """What a session gave back; an older version's, one with an item that was withdrawn meanwhile, or none, is gone."""
    if not isinstance(state, dict) or set(state) != {"key", "left", "given"} or state["key"] not in offered():
        raise refusals.SittingGone
    left, given = state["left"], state["given"]
    if not isinstance(left, list) or not isinstance(given, list) or not left + given:
        raise refusals.SittingGone
    asked = {item.id for each in item_sets() for item in each.asked}
    if not all(isinstance(each, str) and each in asked for each in left) or not all(map(_is_given, given)):
        raise refusals.SittingGone
    if (state["key"] == QUIZ) != all(sure is not None for *_, sure in given) and given:
        raise refusals.SittingGone
    return state


def _is_given(each: object) -> bool:
    if not isinstance(each, list) or len(each) != 3:
        return False
    stratum, is_right, sure = each
    return stratum in set(Stratum) and isinstance(is_right, bool) and (sure is None or sure in STEPS_PERCENT)

"""How sure somebody is, beside how often they are right. Plain sums over one person's answers; nothing here keeps any.

source  Brier 1950 (the mean of the squared differences); reliability as in the forecasts of weather services
"""

from collections.abc import Sequence
from dataclasses import dataclass

# What one can say: from a coin's toss to surely.
STEPS_PERCENT = (50, 60, 70, 80, 90, 100)
# Five bins, by their lower ends; the last one holds 90 and 100.
BIN_ENDS_PERCENT = (50, 60, 70, 80, 90)
# With fewer answers a bin says nothing but how the dice fell.
ANSWERS_FOR_BINS_MIN = 20
# Of somebody who says 50 % to everything, whatever comes.
COIN_BRIER = 0.25


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer: what it asked, whether it was as known, and how sure its person was, in percent."""

    stratum: str
    is_right: bool
    sure_percent: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers given with about one sureness; the shares are None where there are none."""

    low_percent: int
    answers: int
    right: int
    mean_sure: float | None
    share_right: float | None


@dataclass(frozen=True, slots=True)
class Part:
    """The answers of one stratum."""

    stratum: str
    answers: int
    right: int
    brier: float


@dataclass(frozen=True, slots=True)
class Feedback:
    """What is said to one person of their answers, once.

    brier  0 for who is always right and surely so; COIN_BRIER for a coin; 1 at worst
    bins   empty with fewer than ANSWERS_FOR_BINS_MIN answers
    lean   mean sureness less the share right: above 0 is surer than right
    """

    answers: int
    right: int
    brier: float
    lean: float
    parts: tuple[Part, ...]
    bins: tuple[Bin, ...]

    @property
    def share_right(self) -> float:
        """Of all answers."""
        return self.right / self.answers


def feedback(answers: Sequence[Answer]) -> Feedback:
    """The sums; raises ValueError for no answers at all, or a sureness that is none of STEPS_PERCENT."""
    if not answers:
        raise ValueError("no answers: there is nothing to say of them")
    if not {answer.sure_percent for answer in answers} <= set(STEPS_PERCENT):
        raise ValueError(f"sureness is one of {STEPS_PERCENT}")
    right = sum(answer.is_right for answer in answers)
    mean_sure = sum(answer.sure_percent for answer in answers) / (100 * len(answers))
    strata = dict.fromkeys(answer.stratum for answer in answers)
    return Feedback(
        answers=len(answers),
        right=right,
        brier=brier(answers),
        lean=mean_sure - right / len(answers),
        parts=tuple(_part(stratum, answers) for stratum in strata),
        bins=bins(answers) if len(answers) >= ANSWERS_FOR_BINS_MIN else (),
    )


def brier(answers: Sequence[Answer]) -> float:
    """The mean of (sureness less 1 where it was as known, less 0 where it wasn't), squared; between 0 and 1."""
    # In whole hundredths until the end: the same answers in another order give the same bits.
    squares = sum((answer.sure_percent - 100 * answer.is_right) ** 2 for answer in answers)
    return squares / (10_000 * len(answers))


def bins(answers: Sequence[Answer]) -> tuple[Bin, ...]:
    """The answers by sureness, five bins whatever there is."""
    uppers = (*BIN_ENDS_PERCENT[1:], 101)
    return tuple(
        _bin(low, [answer for answer in answers if low <= answer.sure_percent < upper])
        for low, upper in zip(BIN_ENDS_PERCENT, uppers, strict=True)
    )


def _bin(low: int, answers: Sequence[Answer]) -> Bin:
    right, n = sum(answer.is_right for answer in answers), len(answers)
    if n == 0:
        return Bin(low, 0, 0, None, None)
    return Bin(low, n, right, sum(answer.sure_percent for answer in answers) / (100 * n), right / n)


def _part(stratum: str, answers: Sequence[Answer]) -> Part:
    own = [answer for answer in answers if answer.stratum == stratum]
    return Part(stratum, len(own), sum(answer.is_right for answer in own), brier(own))

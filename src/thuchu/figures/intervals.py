"""Intervals of shares and of their differences: whole numbers in, decimal arithmetic, the same digits everywhere.

Sources: Wilson 1927 (the score interval); Kish 1965 (effective number under clustering); Newcombe 1998, method 10 (the
hybrid of two Wilson intervals); Zou and Donner 2008 (the same hybrid for any two estimates with intervals).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from fractions import Fraction

from thuchu.figures.exact import WORKING, Z, decimal

Interval = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`; `squares` is the sum of squared cluster sizes where what is counted comes in clusters."""

    part: int
    whole: int
    squares: int | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole or self.whole < 1:
            raise ValueError(f"{self.part} of {self.whole} is no share")
        # Clusters of one each, or one cluster: nothing else is possible.
        if self.squares is not None and not self.whole <= self.squares <= self.whole**2:
            raise ValueError(f"{self.squares} is no sum of squares of sizes that add up to {self.whole}")

    @property
    def value(self) -> Fraction:
        """The share itself."""
        return Fraction(self.part, self.whole)

    @property
    def n_effective(self) -> Fraction:
        """Kish's effective number: of how many independent ones this is worth, if those of a cluster fare alike."""
        return Fraction(self.whole**2, self.whole if self.squares is None else self.squares)


def squares(sizes: Iterable[int]) -> int:
    """The sum of squared cluster sizes."""
    return sum(size * size for size in sizes)


def wilson(share: Share, level: str = "95") -> Interval:
    """Wilson's interval on the effective number."""
    with localcontext(WORKING):
        p, n, z2 = decimal(share.value), decimal(share.n_effective), Z[level] ** 2
        centre = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z[level] / (1 + z2 / n) * (p * (1 - p) / n + z2 / (4 * n * n)).sqrt()
        # At 0 and 1 the interval ends there exactly; forty digits of rounding would say almost.
        low = Decimal(0) if share.part == 0 else centre - half
        high = Decimal(1) if share.part == share.whole else centre + half
        return low, high


def newcombe(one: Share, other: Share, level: str = "95") -> Interval:
    """Of the first share minus the second."""
    values = decimal(one.value), decimal(other.value)
    return hybrid(values[0], wilson(one, level), values[1], wilson(other, level))


def hybrid(one: Decimal, of_one: Interval, other: Decimal, of_other: Interval) -> Interval:
    """Of the first estimate minus the second, from an interval of each: squared distances add up."""
    with localcontext(WORKING):
        difference = one - other
        below = ((one - of_one[0]) ** 2 + (of_other[1] - other) ** 2).sqrt()
        above = ((of_one[1] - one) ** 2 + (other - of_other[0]) ** 2).sqrt()
        return difference - below, difference + above

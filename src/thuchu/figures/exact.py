"""Real numbers as text that is the same on every machine: six significant digits, rounded half to even.

What must be equal byte for byte never comes out of a library's `exp` or `log`, whose last bit differs between
processors: those are `decimal`'s, which are rounded correctly everywhere.
"""

from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction

DIGITS = 6
# Far more digits than are shown, so that rounding twice doesn't show either.
WORKING = Context(prec=40, rounding=ROUND_HALF_EVEN)
_SHOWN = Context(prec=DIGITS, rounding=ROUND_HALF_EVEN)

Real = Decimal | Fraction | int | float

# Standard normal quantiles for two-sided intervals, to more digits than a double holds.
Z = {
    "95": Decimal("1.9599639845400542355245944305205515279555"),
    "99": Decimal("2.5758293035489003904350864340193420614498"),
}


def decimal(value: Real) -> Decimal:
    """`value` with the digits that are worked with; a float is taken for exactly what it is."""
    if isinstance(value, Fraction):
        return WORKING.divide(Decimal(value.numerator), Decimal(value.denominator))
    return WORKING.plus(Decimal(value))


def text(value: Real) -> str:
    """`value` with six significant digits and no exponent: 0.709470, 96.4000, 1234567 -> 1234570."""
    rounded = _SHOWN.plus(decimal(value))
    if rounded == 0:
        return "0"
    # Trailing zeros are digits like others: 0.5 is known to six of them.
    places = DIGITS - 1 - rounded.adjusted()
    return f"{rounded:.{max(places, 0)}f}"

"""A commitment that is measured by a figure: what the frozen figure says of its target."""

from decimal import Decimal, InvalidOperation

from thuchu.figures.definitions import AT_LEAST, AT_MOST, DEFINITIONS
from thuchu.figures.making import MORE_THAN
from thuchu.figures.snapshot import Figure

MET, NOT_MET, CANT_TELL = "met", "not_met", "cant_tell"


class NoTarget(ValueError):
    """A target that may not be set; the message says why and what may."""


def require_target(key: str, comparator: str, target: str) -> Decimal:
    """The target as a number; raises NoTarget for a figure that nobody may aim at, or a number that isn't one.

    Never on verdicts, on volumes of notes or ratings, on publishers: a target there buys them.
    """
    allowed = [name for name, definition in DEFINITIONS.items() if definition.may_be_target]
    if key not in allowed:
        raise NoTarget(f"{key}: a commitment may be measured by {', '.join(allowed)}")
    if comparator != DEFINITIONS[key].comparator:
        raise NoTarget(f"{key} {comparator}: only {DEFINITIONS[key].comparator} makes sense of it")
    try:
        number = Decimal(target)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise NoTarget(f"{target!r} is no number; write it like 0.8 or 86400")
    return number


def judge(figure: Figure | None, comparator: str, target: str) -> str:
    """Met or not, where the whole interval says so; else nobody can tell, and the page shows the value beside it.

    target  in the figure's unit: a share as 0.8, a waiting time in seconds
    """
    if figure is None or figure.value is None:
        return CANT_TELL
    wanted, value = Decimal(target), Decimal(figure.value)
    low = value if figure.level is None else _end(figure.ci_low, Decimal("-Infinity"))
    high = value if figure.level is None else _end(figure.ci_high, Decimal("Infinity"))
    if figure.note == MORE_THAN:
        high = Decimal("Infinity")
    if (comparator == AT_MOST and high <= wanted) or (comparator == AT_LEAST and low >= wanted):
        return MET
    if (comparator == AT_MOST and low > wanted) or (comparator == AT_LEAST and high < wanted):
        return NOT_MET
    return CANT_TELL


def _end(said: str | None, beyond: Decimal) -> Decimal:
    return beyond if said is None else Decimal(said)

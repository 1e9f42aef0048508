"""What a commitment is measured by: a figure that reviews freeze, with a target, or something that can be shown.

Targets are on waiting, reach and care, never on verdicts or on how much anybody writes: such a target would buy them.
"""

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

AT_MOST, AT_LEAST = "at_most", "at_least"
COMPARATORS = (AT_MOST, AT_LEAST)

SECONDS, SHARE, COUNT = "seconds", "share", "count"

# Figures that may have a target: the only way in which they may be measured, and in what.
FIGURES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "within_24h": (AT_LEAST, SHARE),
        "within_72h": (AT_LEAST, SHARE),
        "within_7d": (AT_LEAST, SHARE),
        "within_30d": (AT_LEAST, SHARE),
        "wait_median": (AT_MOST, SECONDS),
        "before_deadline": (AT_LEAST, SHARE),
        "coverage_area": (AT_LEAST, SHARE),
        "correction_time": (AT_MOST, SECONDS),
        "correction_reach": (AT_LEAST, SHARE),
        "evidence_rot": (AT_MOST, SHARE),
        "false_answers": (AT_MOST, SHARE),
        "accent_gap": (AT_MOST, SHARE),
        "practice": (AT_LEAST, SHARE),
        "inquiries": (AT_LEAST, COUNT),
    }
)
# Ten years in seconds have nine digits, a share six behind the point.
_DECIMAL = re.compile(r"(?:0|[1-9][0-9]{0,9})(?:\.[0-9]{1,6})?")
_HOUR_SECONDS = 3600


def canonical_target(key: str, typed: str) -> str | None:
    """The target as it is kept, from what was typed in the unit that pages show; None where it can't be one.

    Waiting times are typed in hours, shares in per cent; a comma stands for a point.
    """
    if key not in FIGURES or not _DECIMAL.fullmatch(written := typed.replace(",", ".").strip()):
        return None
    value, (_, unit) = Fraction(written), FIGURES[key]
    if unit == SHARE:
        value /= 100
        if value > 1:
            return None
    if unit == SECONDS:
        value *= _HOUR_SECONDS
    if unit != SHARE and value.denominator != 1:
        return None
    return decimal(value)


def decimal(value: Fraction) -> str:
    """A number with no more than nine digits behind the point, without zeros that say nothing."""
    if value.denominator == 1:
        return str(value.numerator)
    return f"{float(value):.9f}".rstrip("0")


def shown_number(key: str, value: str) -> Fraction:
    """A kept target or value in the unit that pages show: hours, per cent, or itself."""
    unit = FIGURES[key][1]
    number = Fraction(value)
    if unit == SHARE:
        return number * 100
    return number / _HOUR_SECONDS if unit == SECONDS else number

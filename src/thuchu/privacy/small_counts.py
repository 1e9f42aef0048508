"""Small counts are not shown: behind "2 people in this commune" stands somebody whom neighbours know (rule 7)."""

from collections.abc import Mapping

# No count below this is shown by area.
SHOWN_MIN = 10


def shown_counts(parts: Mapping[str, int]) -> dict[str, int]:
    """The parts of a public sum that may be shown.

    What is left out adds up to 0 or at least SHOWN_MIN, or else the smallest part shown is left out, too: nobody can
    work out a small count from the sum and the others.
    """
    shown = {name: count for name, count in parts.items() if count >= SHOWN_MIN}
    hidden = sum(parts.values()) - sum(shown.values())
    if 0 < hidden < SHOWN_MIN and shown:
        del shown[min(sorted(shown), key=lambda name: shown[name])]
    return shown

"""What is different from last time, in a word that is said only when 99 of 100 such differences are real.

With twenty figures at 95 in 100, two of three reviews would tell of a change that isn't there.  No arrow, no colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, localcontext

from thuchu.figures.definitions import COUNT, SECONDS
from thuchu.figures.exact import WORKING, Z, text
from thuchu.figures.intervals import Interval, Share, hybrid, newcombe
from thuchu.figures.making import MORE_THAN
from thuchu.figures.period import Period
from thuchu.figures.snapshot import Figure, Snapshot
from thuchu.privacy.small_counts import SHOWN_MIN

ROSE, FELL, NO_CLEAR_DIFFERENCE, COUNTED, TOO_FEW, NOT_COMPARABLE = (
    "rose",
    "fell",
    "no_clear_difference",
    "counted",
    "too_few",
    "not_comparable",
)
LEVEL = "99"
# What comes in a period, more in a longer one; other counts are a stock, or everything that was due.
_FLOWS = frozenset({"asked", "claims_new", "claims_closed"})


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a figure.

    word        ROSE, FELL, NO_CLEAR_DIFFERENCE; COUNTED: all there are, so that the difference needs no such word;
                TOO_FEW to say; NOT_COMPARABLE: it meant something else then
    difference  after minus before; of a waiting time, and of what comes in a period, the quotient; None where nothing
                may be said
    low, high   its 99 % interval
    """

    word: str
    difference: str | None = None
    low: str | None = None
    high: str | None = None


def changes(before: Snapshot, after: Snapshot, mapping: Mapping[str, str] | None = None) -> list[tuple[Figure, Change]]:
    """Each figure of a review with what became of it since the one before.

    mapping  area of the earlier review -> the same area today, where the tree has changed and somebody vouches for it
    """
    is_same_tree = before.area_tree == after.area_tree
    earlier = {
        (each.key, _area_now(each.area, mapping, is_same_tree), each.part): each
        for each in before.figures
        if each.area is None or is_same_tree or each.area in (mapping or {})
    }
    found = []
    for figure in after.figures:
        old = earlier.get((figure.key, figure.area, figure.part))
        if before.definitions != after.definitions or (figure.area is not None and old is None and not is_same_tree):
            found.append((figure, Change(NOT_COMPARABLE)))
        else:
            found.append((figure, change(old, figure, before.period, after.period)))
    return found


def change(before: Figure | None, after: Figure, period_before: Period, period_after: Period) -> Change:
    """Of one figure, under the same definitions and the same tree of areas."""
    if before is None or before.value is None or after.value is None or MORE_THAN in (before.note, after.note):
        return Change(TOO_FEW)
    if (before.unit, before.method) != (after.unit, after.method):
        return Change(NOT_COMPARABLE)
    if after.unit == COUNT:
        is_flow = after.key in _FLOWS
        return (
            _of_counts(before, after, _days(period_before), _days(period_after)) if is_flow else _plain(before, after)
        )
    if after.level is None:
        return _plain(before, after)
    return _of_times(before, after) if after.unit == SECONDS else _of_estimates(before, after)


def _plain(before: Figure, after: Figure) -> Change:
    """A number without an interval: what came of everything there is, or a stock. Its difference needs no word."""
    return Change(COUNTED, text(Decimal(after.value or "0") - Decimal(before.value or "0")))


def _of_estimates(before: Figure, after: Figure) -> Change:
    difference = Decimal(after.value or "0") - Decimal(before.value or "0")
    if after.method in ("wilson", "wilson_kish"):
        return _said(difference, newcombe(_share(after), _share(before), LEVEL))
    with localcontext(WORKING):
        ends = hybrid(Decimal(after.value or "0"), _wider(after), Decimal(before.value or "0"), _wider(before))
    return _said(difference, ends)


def _share(figure: Figure) -> Share:
    """As it was counted, in clusters as alike as its effective number says."""
    part, whole = figure.numerator or 0, figure.denominator or 1
    if figure.n_effective is None:
        return Share(part, whole)
    with localcontext(WORKING):
        squares = int((Decimal(whole) ** 2 / Decimal(figure.n_effective)).to_integral_value())
    return Share(part, whole, min(max(squares, whole), whole**2))


def _of_counts(before: Figure, after: Figure, days_before: int, days_after: int) -> Change:
    """How many times as often something came, a day; what comes in clusters varies as its effective number says."""
    counts = [Decimal(each.value or "0") for each in (after, before)]
    if min(counts) < SHOWN_MIN:
        return Change(TOO_FEW)
    with localcontext(WORKING):
        independent = [Decimal(each.n_effective or each.value or "1") for each in (after, before)]
        quotient = (counts[0] / counts[1] * days_before / days_after).ln()
        half = Z[LEVEL] * (1 / independent[0] + 1 / independent[1]).sqrt()
        low, high = quotient - half, quotient + half
        return Change(_word(low, high), text(quotient.exp()), text(low.exp()), text(high.exp()))


def _of_times(before: Figure, after: Figure) -> Change:
    """Of two waiting times how many times as long the later one is."""
    if None in (before.ci_low, before.ci_high, after.ci_low, after.ci_high) or "0" in (before.ci_low, after.ci_low):
        return Change(TOO_FEW)
    with localcontext(WORKING):
        logs = [Decimal(each.value or "1").ln() for each in (after, before)]
        ends = [
            _stretched(log, (Decimal(each.ci_low or "1").ln(), Decimal(each.ci_high or "1").ln()))
            for log, each in zip(logs, (after, before), strict=True)
        ]
        low, high = hybrid(logs[0], ends[0], logs[1], ends[1])
        return Change(_word(low, high), text((logs[0] - logs[1]).exp()), text(low.exp()), text(high.exp()))


def _wider(figure: Figure) -> Interval:
    return _stretched(Decimal(figure.value or "0"), (Decimal(figure.ci_low or "0"), Decimal(figure.ci_high or "1")))


def _stretched(value: Decimal, interval: Interval) -> Interval:
    """A 95 % interval as wide as one of 99 % would be."""
    factor = Z["99"] / Z["95"]
    return value - (value - interval[0]) * factor, value + (interval[1] - value) * factor


def _said(difference: Decimal, interval: Interval) -> Change:
    return Change(_word(*interval), text(difference), *map(text, interval))


def _word(low: Decimal, high: Decimal) -> str:
    return ROSE if low > 0 else FELL if high < 0 else NO_CLEAR_DIFFERENCE


def _area_now(area: str | None, mapping: Mapping[str, str] | None, is_same_tree: bool) -> str | None:
    return area if area is None or is_same_tree else (mapping or {}).get(area)


def _days(period: Period) -> int:
    return (period.end - period.begin).days

"""Figures of claims and of their waiting times."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from thuchu.figures.ledger.claims import ANSWERED, NOT_CHECKABLE, OPEN, WITHDRAWN
from thuchu.figures.making import NONE_COUNTED, TOO_FEW, TOO_SHORT, Maker
from thuchu.figures.period import Period
from thuchu.figures.snapshot import Figure
from thuchu.figures.suppression import REST
from thuchu.figures.tables import BadTable, BaseTable
from thuchu.figures.waiting import Curve, aalen_johansen, kaplan_meier
from thuchu.privacy.small_counts import SHOWN_MIN

Tables = Mapping[str, BaseTable]

HOUR_S, DAY_S = 3_600, 86_400
WITHIN_S: Mapping[str, int] = {
    "within_24h": 24 * HOUR_S,
    "within_72h": 72 * HOUR_S,
    "within_7d": 7 * DAY_S,
    "within_30d": 30 * DAY_S,
}
# Four quarters' fact-checks are looked at for a quarter each.
CORRECTED_WITHIN_S = 90 * DAY_S


def claims_new(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Opened in the period, and in each of its weeks."""
    table = tables["claims_weeks"]
    opened = table.numbers("opened")
    weeks = zip(table.column("week"), opened, strict=True)
    return [make.count(sum(opened)), *(make.count(number, str(week)) for week, number in weeks)]


def claims_closed(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Closed in the period, how, and in each of its weeks."""
    table = tables["claims_weeks"]
    ends = {name: table.numbers(name) for name in ("answered", "merged", "not_checkable")}
    of_weeks = [sum(each) for each in zip(*ends.values(), strict=True)]
    weeks = zip(table.column("week"), of_weeks, strict=True)
    return [
        make.count(sum(of_weeks)),
        *(make.count(sum(number), name) for name, number in ends.items()),
        *(make.count(number, str(week)) for week, number in weeks),
    ]


def wait_median(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """Of claims opened in the period; and with what already waited when it began."""
    entry, seconds, ends = _waits(tables["waits"])
    is_answered, is_new = ends == ANSWERED, entry == 0
    new = kaplan_meier(seconds[is_new], is_answered[is_new])
    found = [make.median(new, int(is_answered[is_new].sum()))]
    if not is_new.all():
        every = kaplan_meier(seconds, is_answered, entry)
        found.append(make.median(every, int(is_answered.sum()), "with_backlog"))
    return found


def within(make: Maker, tables: Tables, within_s: int) -> list[Figure]:
    """The share answered within so many seconds, other ends kept apart."""
    entry, seconds, ends = _waits(tables["waits"])
    is_new = entry == 0
    seconds, ends = seconds[is_new], ends[is_new]
    is_answered = ends == ANSWERED
    is_other = (ends == NOT_CHECKABLE) | (ends == WITHDRAWN)
    soon = int((is_answered & (seconds <= within_s)).sum())
    said = {"numerator": soon, "denominator": len(seconds), "method": "aalen_johansen"}
    if len(seconds) < SHOWN_MIN:
        return [make.figure(**said, note=NONE_COUNTED if len(seconds) == 0 else TOO_FEW)]
    if seconds.max() < within_s and (ends == OPEN).any():
        return [make.figure(**said, note=TOO_SHORT)]
    share = aalen_johansen(seconds, is_answered, is_other, within_s)
    return [make.estimate(share.value, share.interval, soon, len(seconds), method="aalen_johansen")]


def backlog(make: Maker, tables: Tables, period: Period) -> list[Figure]:
    """At the period's end, and when each of its weeks ended."""
    table = tables["backlog"]
    by_day: dict[str, int] = {}
    for day, number in zip(table.column("day"), table.numbers("claims"), strict=True):
        by_day[str(day)] = by_day.get(str(day), 0) + number
    return [
        make.count(by_day.get(period.end.isoformat(), 0)),
        *(make.count(number, day) for day, number in by_day.items()),
    ]


def backlog_age(make: Maker, tables: Tables, period: Period) -> list[Figure]:
    """Of what waited at the period's end: how many how long, and the oldest."""
    table, end = tables["backlog"], period.end.isoformat()
    rows = zip(table.column("day"), table.column("age"), table.numbers("claims"), strict=True)
    found = [make.count(number, str(age)) for day, age, number in rows if day == end]
    oldest = tables["backlog_oldest"]
    seconds = dict(zip(oldest.column("day"), oldest.numbers("seconds"), strict=True))
    if end in seconds:
        found.append(make.count(seconds[end], "oldest", unit="seconds"))
    return found


def coverage_area(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """By area, in the order of their codes; a page puts them in the order of their names."""
    rows = tables["coverage_area"].rows
    if not rows:
        return [make.figure(method="wilson", suppressed=True, note=TOO_FEW)]
    return [
        make.share(answered, claims, area=str(area), part=REST if scope == REST else None)
        for area, scope, claims, answered in rows
    ]


def corrections_90d(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """One minus the curve of fact-checks that stayed as they were published."""
    table = tables["corrections"]
    seconds = np.array(table.numbers("seconds"), dtype=np.int64)
    is_changed = np.array(table.column("end")) == "changed"
    curve = kaplan_meier(seconds, is_changed)
    soon = int((is_changed & (seconds <= CORRECTED_WITHIN_S)).sum())
    said = {"numerator": soon, "denominator": curve.n, "method": "kaplan_meier_share"}
    if curve.n < SHOWN_MIN:
        return [make.figure(**said, note=NONE_COUNTED if curve.n == 0 else TOO_FEW)]
    if not curve.reaches(CORRECTED_WITHIN_S):
        return [make.figure(**said, note=TOO_SHORT)]
    value, interval = curve.ended_by(CORRECTED_WITHIN_S)
    return [make.estimate(value, interval, soon, curve.n, method="kaplan_meier_share")]


def correction_time(make: Maker, tables: Tables, _period: Period) -> list[Figure]:
    """From the first report of an error until it was corrected."""
    table = tables["correction_waits"]
    is_corrected = np.array(table.column("end")) == "corrected"
    curve: Curve = kaplan_meier(np.array(table.numbers("seconds"), dtype=np.int64), is_corrected)
    return [make.median(curve, int(is_corrected.sum()))]


def _waits(table: BaseTable) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.str_]]:
    known = {ANSWERED, NOT_CHECKABLE, WITHDRAWN, OPEN}
    ends = table.column("end")
    odd = next((row for row, end in enumerate(ends, 2) if end not in known), None)
    if odd is not None:
        raise BadTable(table.name, odd, "end", f"{ends[odd - 2]!r} is none of {', '.join(sorted(known))}")
    entry, seconds = (np.array(table.numbers(name), dtype=np.int64) for name in ("entry", "seconds"))
    return entry, seconds, np.array(ends, dtype=np.str_)

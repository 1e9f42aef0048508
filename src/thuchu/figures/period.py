"""The days that a review looks back on, from its first up to but without its last."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

# Days begin at midnight in Asia/Ho_Chi_Minh, which has known no other time since 1975.
ZONE = timezone(timedelta(hours=7))
MS_A_DAY = 86_400_000


@dataclass(frozen=True, slots=True)
class Period:
    """[begin, end): `end` is the first day that no longer belongs to it."""

    begin: date
    end: date

    def __post_init__(self) -> None:
        if self.end <= self.begin:
            raise ValueError(f"{self.begin} to {self.end}: a period ends after it begins")

    @classmethod
    def of_year(cls, year: int) -> "Period":
        """A whole year."""
        return cls(date(year, 1, 1), date(year + 1, 1, 1))

    @property
    def begin_ms(self) -> int:
        """Its first moment, in milliseconds since 1970."""
        return midnight_ms(self.begin)

    @property
    def end_ms(self) -> int:
        """The first moment after it."""
        return midnight_ms(self.end)

    @property
    def year_before(self) -> date:
        """The day a year before its end: four quarters end with it."""
        try:
            return self.end.replace(year=self.end.year - 1)
        except ValueError:
            return date(self.end.year - 1, 3, 1)

    def holds(self, time_ms: int) -> bool:
        """Does a moment belong to it?"""
        return self.begin_ms <= time_ms < self.end_ms

    def holds_day(self, day: date) -> bool:
        """Does a day belong to it?"""
        return self.begin <= day < self.end


def midnight_ms(day: date) -> int:
    """The first moment of a day, in milliseconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp()) * 1000


def day_of(time_ms: int) -> date:
    """The day that a moment belongs to."""
    return datetime.fromtimestamp(time_ms // 1000, UTC).astimezone(ZONE).date()


def week_of(day: date) -> str:
    """A day's ISO week as `2026-W01`."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def week_begins(period: Period) -> list[date]:
    """The Mondays on which a week of the period ends, and the period's own end: when what waits is counted."""
    monday = period.begin + timedelta(days=7 - period.begin.weekday())
    found = []
    while monday < period.end:
        found.append(monday)
        monday += timedelta(days=7)
    return [*found, period.end]

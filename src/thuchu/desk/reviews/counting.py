"""What only the desk can count, as base tables: counts of private rows, small ones hidden."""

from datetime import date, datetime

from thuchu.figures import BaseTable


def attested_tables(*, start: date, end: date, now: datetime) -> dict[str, BaseTable]:
    """The attested base tables of the days from `start` to before `end`, as known at `now`."""
    return {}

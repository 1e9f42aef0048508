"""What is told of a row and doesn't stand in its columns: of what this desk agreed on, the day on which it changed."""

from datetime import date

from thuchu.desk.library.models import FactCheck
from thuchu.desk.wording import day_in_viet_nam


def modified_on(row: FactCheck) -> date | None:
    """When what it says last changed; None where it never did.

    A publisher's own day for what was imported.  What was agreed here changes only when rounds put it in, take it out
    or bring it back, which `updated_at` keeps.
    """
    if row.note is None:
        return row.date_modified
    return day_in_viet_nam(row.updated_at) if row.updated_at > row.imported_at else None

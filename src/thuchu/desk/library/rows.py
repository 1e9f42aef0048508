"""What is told of a row and doesn't stand in its columns: of what this desk agreed on, where it is and when it changed.

Columns keep what was so when it was first agreed; the desk may have another address by now.
"""

from datetime import date

from django.conf import settings

from thuchu.desk.library.models import FactCheck
from thuchu.desk.wording import day_in_viet_nam


def url_of(row: FactCheck) -> str:
    """Where it was published: a publisher's address as imported, or its page here under the address of today."""
    return row.url if row.note is None else f"{settings.THUCHU_ADDRESS}/f/{row.public_id}"


def modified_on(row: FactCheck) -> date | None:
    """When what it says last changed; None where it never did.

    A publisher's own day for what was imported.  What was agreed here changes only when rounds put it in, take it out
    or bring it back, which `updated_at` keeps.
    """
    if row.note is None:
        return row.date_modified
    return day_in_viet_nam(row.updated_at) if row.updated_at > row.imported_at else None

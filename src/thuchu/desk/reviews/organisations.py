"""Organisations: who may sit at the table, own a commitment or be asked; named in public, never a person."""

from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.areas import valid_areas
from thuchu.desk.ledger.append import append
from thuchu.desk.reviews import refusals
from thuchu.desk.reviews.models import NAME_CHARS_MAX, Organisation
from thuchu.desk.reviews.rows import day_in_viet_nam, insert, require_coordinator, words
from thuchu.log.entry import Value
from thuchu.privacy import CleanText


def add_organisation(person: AccountView, names: tuple[CleanText, CleanText], area: str, *, now: datetime) -> int:
    """A new one; gives back its number.

    names   in Vietnamese and in English
    area    the code of the area it works in, "" for none
    raises  WordsWanted, WordsTooLong, NameTaken, NoSuchRow, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    name_vi, name_en = (words(name, NAME_CHARS_MAX) for name in names)
    with transaction.atomic():
        place = valid_areas(now.date()).filter(code=area).first() if area else None
        if area and place is None:
            raise refusals.NoSuchRow
        row = Organisation(name_vi=name_vi, name_en=name_en, area=place)
        insert(row, refusals.NameTaken())
        body: dict[str, Value] = {"name_vi": name_vi, "name_en": name_en, "area": area, "by": by}
        append("organisation.added", f"organisation:{row.pk}", body, now=now)
    return int(row.pk)


def end_organisation(person: AccountView, number: int, *, now: datetime) -> None:
    """It is no more, or has nothing to do with this desk any more; what it did stays.

    raises  NoSuchRow, AlreadyDone, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    with transaction.atomic():
        row = Organisation.objects.select_for_update().filter(pk=number).first()
        if row is None:
            raise refusals.NoSuchRow
        if row.ended_on is not None:
            raise refusals.AlreadyDone
        row.ended_on = day_in_viet_nam(now)
        row.save(update_fields=["ended_on"])
        body: dict[str, Value] = {"on": row.ended_on.isoformat(), "by": by}
        append("organisation.ended", f"organisation:{number}", body, now=now)

"""Organisations that may own a commitment, be asked, or sit at the table: who is in the list, and under which name.

A name is public and so is each change of it: an entry with the name before it stays where it was.  One that ended stays
in the list of what was, since what it owned and answered stays.  Names of organisations are no texts about people, and
what looks like personal data in one is refused.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.db import transaction

from thuchu.desk.accounts.permissions import Act, require
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.areas import valid_areas
from thuchu.desk.claims.models import Area
from thuchu.desk.claims.views import NameView
from thuchu.desk.ledger.append import append
from thuchu.desk.marking import gettext_noop
from thuchu.desk.reviews.models import NAME_CHARS_MAX, Organisation
from thuchu.desk.wording import VIET_NAM
from thuchu.log.entry import Value
from thuchu.privacy import CleanText, require_clean
from thuchu.text.alphabet import alphabetical

NAME_CHARS_MIN = 2
# A commune's desk knows a dozen, a country's some hundreds; more can't be chosen from in a list.
ORGANISATIONS_MAX = 2_000


class OrganisationRefused(Exception):
    """Nothing was changed; `message % values` says what happened and what the person can do."""

    message: ClassVar[str] = ""
    is_conflict: ClassVar[bool] = False

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.message % values)
        self.values = values


class NoSuchOrganisation(OrganisationRefused):
    """None of this number, or it has ended."""

    message = gettext_noop("There is no such organisation in the list any more.")
    is_conflict = True


class NameWrong(OrganisationRefused):
    """`least` to `most` characters, and nobody's data."""

    message = gettext_noop(
        "An organisation has a name of %(least)s to %(most)s characters in both languages, without anybody's telephone "
        "number, address or other data. What you typed is still here."
    )


class NameTaken(OrganisationRefused):
    """Another one has it."""

    message = gettext_noop("An organisation of this name is in the list already, perhaps among those that ended.")
    is_conflict = True


class AreaUnknown(OrganisationRefused):
    """No such area."""

    message = gettext_noop("This area isn't here any more. Choose another one, or none.")


class ListFull(OrganisationRefused):
    """`most` are in it."""

    message = gettext_noop("The list has %(most)s organisations, and no more fit.")


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationView:
    """One organisation; `ended_on` is None while it can be asked and given things to do."""

    id: int
    name_vi: str
    name_en: str
    area: NameView | None
    ended_on: date | None


def add_organisation(
    person: AccountView, name_vi: CleanText, name_en: CleanText, *, area: str = "", now: datetime
) -> int:
    """Put an organisation into the list; gives back its number.

    area    a code, "" for none
    raises  NameWrong, NameTaken, AreaUnknown, ListFull, NotForYou
    """
    who = _require(person)
    with transaction.atomic():
        if Organisation.objects.count() >= ORGANISATIONS_MAX:
            raise ListFull(most=ORGANISATIONS_MAX)
        row = Organisation()
        body = _fill(row, name_vi, name_en, area, now)
        append("organisation.added", subject(row.pk), {**body, "by": who.pseudonym_id}, now=now)
    return int(row.pk)


def change_organisation(
    person: AccountView, number: int, name_vi: CleanText, name_en: CleanText, *, area: str = "", now: datetime
) -> None:
    """Another name or area from now on; the same ones change nothing.

    raises  NoSuchOrganisation, NameWrong, NameTaken, AreaUnknown, NotForYou
    """
    who = _require(person)
    with transaction.atomic():
        row = _row(number)
        before = (row.name_vi, row.name_en, row.area_id)
        body = _fill(row, name_vi, name_en, area, now)
        if (row.name_vi, row.name_en, row.area_id) != before:
            append("organisation.changed", subject(number), {**body, "by": who.pseudonym_id}, now=now)


def end_organisation(person: AccountView, number: int, *, now: datetime) -> None:
    """It is no more, or is merged into another; raises NoSuchOrganisation, NotForYou."""
    who = _require(person)
    with transaction.atomic():
        row = _row(number)
        row.ended_on = now.astimezone(VIET_NAM).date()
        row.save(update_fields=["ended_on"])
        body: dict[str, Value] = {"on": row.ended_on.isoformat(), "by": who.pseudonym_id}
        append("organisation.ended", subject(number), body, now=now)


def organisations(*, with_ended: bool = False) -> tuple[OrganisationView, ...]:
    """All of them in the order of the Vietnamese alphabet; those that ended only where they are asked for."""
    rows = Organisation.objects.select_related("area")
    found = rows if with_ended else rows.filter(ended_on=None)
    return tuple(sorted((organisation_view(row) for row in found), key=lambda view: alphabetical(view.name_vi)))


def organisation(number: int) -> OrganisationView | None:
    """The one of that number, ended or not; None when there is none."""
    row = Organisation.objects.select_related("area").filter(pk=number).first()
    return organisation_view(row) if row else None


def subject(number: int) -> str:
    """How the ledger names an organisation."""
    return f"organisation:{number}"


def _require(view: object) -> AccountView:
    if type(view) is not AccountView:
        raise TypeError(f"AccountView is wanted here, got {type(view).__name__}: only who is signed in does this.")
    return require(view, Act.ASK_ORGANISATION)


def _row(number: int) -> Organisation:
    row = Organisation.objects.select_for_update().filter(pk=number, ended_on=None).first()
    if row is None:
        raise NoSuchOrganisation
    return row


def _fill(row: Organisation, name_vi: CleanText, name_en: CleanText, area: str, now: datetime) -> dict[str, Value]:
    row.name_vi, row.name_en = _name(name_vi), _name(name_en)
    if Organisation.objects.filter(name_vi=row.name_vi).exclude(pk=row.pk).exists():
        raise NameTaken
    # One that it has may be no more by now, and is kept.
    row.area = area_row(area, row.area, now=now)
    row.save()
    return {"name_vi": row.name_vi, "name_en": row.name_en, "area": area}


def _name(words: CleanText) -> str:
    text = " ".join(require_clean(words).text.split())
    if words.findings or not NAME_CHARS_MIN <= len(text) <= NAME_CHARS_MAX:
        raise NameWrong(least=NAME_CHARS_MIN, most=NAME_CHARS_MAX)
    return text


def area_row(code: str, before: Area | None = None, *, now: datetime) -> Area | None:
    if not code or (before is not None and before.code == code):
        return before if code else None
    found = valid_areas(now.date()).filter(code=code).first()
    if found is None:
        raise AreaUnknown
    return found


def organisation_view(row: Organisation) -> OrganisationView:
    """The row as others see it; asks for its area, where that wasn't read with it."""
    area = NameView(code=row.area.code, name_vi=row.area.name_vi, name_en=row.area.name_en) if row.area else None
    return OrganisationView(id=row.pk, name_vi=row.name_vi, name_en=row.name_en, area=area, ended_on=row.ended_on)

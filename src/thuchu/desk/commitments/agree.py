"""A review agrees on a commitment: who, what, by when, and how anybody will see that it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.models import Area
from thuchu.desk.commitments import meetings, refusals
from thuchu.desk.commitments.measures import FIGURES, canonical_target
from thuchu.desk.commitments.models import (
    COORDINATORS,
    DELIVERABLE,
    FIGURE,
    MEASURE_KINDS,
    ORGANISATION,
    ROLE,
    ROLES,
    WAS_AGREED,
    Commitment,
    Helper,
)
from thuchu.desk.commitments.rows import Said, words, write
from thuchu.desk.ledger.append import digest
from thuchu.desk.notes.rows import require_person
from thuchu.desk.reviews.models import Organisation
from thuchu.desk.wording import day_in_viet_nam
from thuchu.figures import DEFINITIONS
from thuchu.privacy import CleanText

# Whoever promises more than this promises for others: a charter's work, not a quarter's.
YEARS_MAX = 3
HELPERS_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was filled in; nothing in it is trusted.

    owner, helpers  "role:duty", "organisation:5"; "" for none
    target          as it was typed: hours, per cent, or a number
    area            a code; "" for the whole desk
    evidence        what will show that it is done: wanted of a deliverable, of no use to a figure
    """

    text: CleanText
    owner: str
    helpers: Sequence[str]
    due_on: date | None
    measure: str
    figure: str
    target: str
    area: str
    evidence: CleanText


def agree(person: AccountView, resolution: str, terms: Terms, *, now: datetime) -> str:
    """Write down what a resolution in force says; gives back the commitment's number.

    raises  ResolutionWanted, WordsWanted, WordsTooLong, OwnerWanted, HelperUnknown, DayWanted, MeasureWanted,
            TargetWanted, AreaUnknown, AreaOfFigure, NotForYou
    """
    require_person(person, Act.HOLD_REVIEW)
    text = words(terms.text)
    with transaction.atomic():
        from_resolution = meetings.resolution_in_force(resolution)
        if from_resolution is None:
            raise refusals.ResolutionWanted
        role, organisation = _owner(terms.owner)
        helpers = [_helper(each, terms.owner) for each in dict.fromkeys(terms.helpers)]
        if len(helpers) > HELPERS_MAX:
            raise refusals.HelperUnknown
        row = Commitment(
            number=_next_number(day_in_viet_nam(now).year),
            text=text,
            resolution=from_resolution,
            owner_kind=ROLE if role else ORGANISATION,
            owner_role=role,
            owner_organisation=organisation,
            due_on=(due := require_day(terms.due_on, now)),
            original_due_on=due,
            agreed_at=now,
            agreed_by=person.pseudonym_id,
            **_measure(terms),
        )
        row.save(force_insert=True)
        Helper.objects.bulk_create(Helper(commitment=row, role=name, organisation=who) for name, who in helpers)
        body = {
            "number": row.number,
            "resolution": resolution,
            "owner_kind": row.owner_kind,
            "owner": role or str(row.owner_organisation_id),
            "due": due.isoformat(),
            "original_due": due.isoformat(),
            "measure": measure_said(row),
            "text_digest": digest(text),
        }
        said = Said(
            kind=WAS_AGREED, person=person, by_role=COORDINATORS, now=now, text=text, resolution=from_resolution
        )
        write(row, "commitment.agreed", body, said)
    return row.number


def require_day(day: date | None, now: datetime) -> date:
    """A day that something can be due on; raises DayWanted."""
    today = day_in_viet_nam(now)
    if day is None or not today <= day <= today + timedelta(days=366 * YEARS_MAX):
        raise refusals.DayWanted(years=YEARS_MAX)
    return day


def measure_said(row: Commitment) -> str:
    """How the ledger names what it is measured by: "deliverable", or figure, area, comparator and target."""
    if row.measure_kind == DELIVERABLE:
        return DELIVERABLE
    area = row.figure_area.code if row.figure_area else ""
    return f"{FIGURE}:{row.figure_key}:{area}:{row.comparator}:{row.target}"


def _owner(named: str) -> tuple[str, Organisation | None]:
    found = _named(named)
    if found is None:
        raise refusals.OwnerWanted
    return found


def _helper(named: str, owner: str) -> tuple[str, Organisation | None]:
    found = _named(named) if named != owner else None
    if found is None:
        raise refusals.HelperUnknown
    return found


def _named(named: str) -> tuple[str, Organisation | None] | None:
    """A role or an organisation that works, from its name in a form."""
    kind, _, name = named.partition(":")
    if kind == ROLE and name in ROLES:
        return name, None
    if kind == ORGANISATION and name.isascii() and name.isdigit() and len(name) <= len(str(2**31)):
        row = Organisation.objects.filter(pk=int(name), ended_on=None).first()
        return None if row is None else ("", row)
    return None


def _measure(terms: Terms) -> dict[str, Any]:
    if terms.measure not in MEASURE_KINDS:
        raise refusals.MeasureWanted
    if terms.measure == DELIVERABLE:
        if not terms.evidence.text.strip():
            raise refusals.MeasureWanted
        return {"measure_kind": DELIVERABLE, "evidence_wanted": words(terms.evidence)}
    target = canonical_target(terms.figure, terms.target)
    if target is None:
        raise refusals.TargetWanted
    area = Area.objects.filter(code=terms.area).first() if terms.area else None
    if terms.area and area is None:
        raise refusals.AreaUnknown
    if DEFINITIONS[terms.figure].is_by_area != (area is not None):
        raise refusals.AreaOfFigure
    return {
        "measure_kind": FIGURE,
        "figure_key": terms.figure,
        "figure_area": area,
        "comparator": FIGURES[terms.figure][0],
        "target": target,
    }


def _next_number(year: int) -> str:
    """Numbers of a year have no gaps; the transaction holds the desk's write lock, so that no two are the same."""
    beginning = f"CK-{year}-"
    return f"{beginning}{Commitment.objects.filter(number__startswith=beginning).count() + 1:03}"

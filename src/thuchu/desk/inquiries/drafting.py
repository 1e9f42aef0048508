"""A question to an organisation before it is sent: coordinators write it together, and nobody else sees it yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.models import Area, Event
from thuchu.desk.inquiries import refusals
from thuchu.desk.inquiries.models import DRAFTED, QUESTION_CHARS_MAX, Inquiry, InquiryClaim
from thuchu.desk.inquiries.rows import WORDS_CHARS_MIN, inquiry_row, office_of, require_asker, words_of
from thuchu.desk.reviews.models import Organisation
from thuchu.privacy import CleanText
from thuchu.text.language import detect

# A question about more is several questions.
CLAIMS_MAX = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What is asked of whom, and for what.

    office  which of its offices; empty for the organisation as such
    area    a code, "" for none; event a number, None for none
    """

    organisation: int
    office: CleanText
    question: CleanText
    claims: Sequence[int] = ()
    area: str = ""
    event: int | None = None


def draft(person: AccountView, said: Draft, *, now: datetime) -> int:
    """A new draft; gives back its number.

    raises  OrganisationWanted, OfficeNotPerson, WordsWanted, WordsTooLong, ClaimUnknown, TooManyClaims, PlaceUnknown,
            NotForYou
    """
    who = require_asker(person)
    with transaction.atomic():
        row = Inquiry(drafted_by=who.pseudonym_id, drafted_at=now)
        _fill(row, said, now)
    return int(row.pk)


def redraft(person: AccountView, number: int, said: Draft, *, now: datetime) -> None:
    """Other words for a draft; raises what `draft` does, NoSuchInquiry, and StepTaken for one that was sent."""
    require_asker(person)
    with transaction.atomic():
        _fill(inquiry_row(number, DRAFTED), said, now)


def drop(person: AccountView, number: int) -> None:
    """Throw a draft away; raises NoSuchInquiry, StepTaken for one that was sent, NotForYou."""
    require_asker(person)
    with transaction.atomic():
        inquiry_row(number, DRAFTED).delete()


def _fill(row: Inquiry, said: Draft, now: datetime) -> None:
    organisation = Organisation.objects.filter(pk=said.organisation, ended_on=None).first()
    if organisation is None:
        raise refusals.OrganisationWanted
    row.organisation = organisation
    row.office_role = office_of(said.office)
    row.question = words_of(said.question, WORDS_CHARS_MIN, QUESTION_CHARS_MAX)
    row.language = detect(row.question)
    row.area = Area.objects.filter(code=said.area).first()
    row.event = Event.objects.filter(pk=said.event or 0).first()
    if (said.area and row.area is None) or (said.event and row.event is None):
        raise refusals.PlaceUnknown
    wanted = _claims(said.claims, now)
    row.save()
    row.claims.all().delete()
    InquiryClaim.objects.bulk_create(InquiryClaim(inquiry=row, claim_id=number) for number in wanted)


def _claims(numbers: Sequence[int], now: datetime) -> list[int]:
    """Each once, where merged ones lead; a private matter is nobody's to ask about."""
    wanted = sorted(set(numbers))
    if len(wanted) > CLAIMS_MAX:
        raise refusals.TooManyClaims(most=CLAIMS_MAX)
    found: set[int] = set()
    for number in wanted:
        view = claims.claim(number, now=now)
        if view is None or view.situation == "private":
            raise refusals.ClaimUnknown(number=number)
        found.add(view.leads_to or number)
    return sorted(found)

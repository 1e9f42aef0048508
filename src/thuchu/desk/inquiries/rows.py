"""Finding an inquiry's row for a verb, what every verb asks of words and days, and how the ledger names it."""

from datetime import date, datetime, timedelta

from thuchu.desk.accounts.permissions import Act, require
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.inquiries import refusals
from thuchu.desk.inquiries.models import OFFICE_CHARS_MAX, Inquiry
from thuchu.desk.inquiries.offices import names_a_person
from thuchu.desk.wording import day_in_viet_nam
from thuchu.privacy import CleanText, require_clean

# A sentence.
WORDS_CHARS_MIN = 10
# What happened longer ago isn't written down here any more: the quarter it belongs to is over.
DAYS_BACK_MAX = 120


def require_asker(view: object) -> AccountView:
    """`view` when it is somebody who signed in and may ask an organisation; raises TypeError, NotForYou."""
    if type(view) is not AccountView:
        raise TypeError(f"AccountView is wanted here, got {type(view).__name__}: only who is signed in does this.")
    return require(view, Act.ASK_ORGANISATION)


def inquiry_row(number: int, *states: str) -> Inquiry:
    """The row of an inquiry in one of those states, held for this transaction; raises NoSuchInquiry, StepTaken."""
    row = Inquiry.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise refusals.NoSuchInquiry
    if row.state not in states:
        raise refusals.StepTaken
    return row


def words_of(words: CleanText, least: int, most: int) -> str:
    """The words of a clean text; raises TypeError for anything else, WordsWanted, WordsTooLong."""
    text = require_clean(words).text
    if len(text) < least:
        raise refusals.WordsWanted(least=least)
    if len(text) > most:
        raise refusals.WordsTooLong(got=len(text), most=most)
    return text


def office_of(words: CleanText) -> str:
    """An office's name, or ""; raises OfficeNotPerson where a person is named, WordsTooLong."""
    text = words_of(words, 0, OFFICE_CHARS_MAX)
    if words.findings or names_a_person(text):
        raise refusals.OfficeNotPerson
    return text


def happened(on: date, *, after: date | None, now: datetime) -> date:
    """`on`, when it can be so: not in the future, not long ago, not before the day it follows; raises DayWrong."""
    today = day_in_viet_nam(now)
    if not today - timedelta(days=DAYS_BACK_MAX) <= on <= today or (after is not None and on < after):
        raise refusals.DayWrong
    return on


def subject(number: int) -> str:
    """How the ledger names an inquiry."""
    return f"inquiry:{number}"

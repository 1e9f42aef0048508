"""What became of a commitment, by anybody with an account: news, the owner's report, another's confirmation."""

from datetime import datetime

from django.db import transaction

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.commitments import refusals
from thuchu.desk.commitments.models import (
    ADDRESS_CHARS_MAX,
    CONFIRMED,
    FIGURE,
    REPORTED_DONE,
    UNDER_WAY,
    WAS_CONFIRMED,
    WAS_REFUSED,
    WAS_REPORTED,
    WAS_UPDATED,
    Commitment,
)
from thuchu.desk.commitments.rows import Said, open_row, owner_name, report_of, require_speaker, words, write
from thuchu.desk.evidence.models import Quote
from thuchu.desk.evidence.refusals import EvidenceRefused
from thuchu.desk.evidence.sources import place_of
from thuchu.desk.ledger.append import digest
from thuchu.desk.notes.rows import require_person
from thuchu.desk.wording import day_in_viet_nam
from thuchu.log.entry import Value
from thuchu.privacy import CleanText, require_clean

# Numbers of rows beyond this are nobody's.
_DIGITS_MAX = 15


def update(
    person: AccountView, number: str, by_role: str, text: CleanText, evidence: CleanText, *, now: datetime
) -> None:
    """Say how far it is, in whose name, and show it where it can be shown.

    evidence  the address of a public page, the number of evidence that the desk keeps, or nothing
    raises    NoSuchCommitment, AlreadyEnded, SpeakerUnknown, WordsWanted, WordsTooLong, EvidenceUnknown, NotForYou
    """
    _say(person, number, by_role, text, evidence, is_report=False, now=now)


def report(
    person: AccountView, number: str, by_role: str, text: CleanText, evidence: CleanText, *, now: datetime
) -> None:
    """The owner says that it is done; it is once somebody else confirms it.

    raises  as `update`, OwnersWord in another's name, ReportWaits where it is reported already
    """
    _say(person, number, by_role, text, evidence, is_report=True, now=now)


def confirm(person: AccountView, number: str, by_role: str, *, now: datetime) -> None:
    """A second person, in another role than the owner's, found it done as the report shows.

    raises  NoSuchCommitment, AlreadyEnded, NotReported, NothingShown, FiguresSay, SpeakerUnknown, SecondPersonWanted,
            NotForYou
    """
    with transaction.atomic():
        row = _reported(person, number, by_role)
        if row.measure_kind == FIGURE:
            raise refusals.FiguresSay
        if not any(each.evidence_address or each.evidence_id for each in report_of(row)):
            raise refusals.NothingShown
        row.state = CONFIRMED
        body = {"on": day_in_viet_nam(now).isoformat(), "by_role": by_role}
        write(row, "commitment.confirmed", body, Said(kind=WAS_CONFIRMED, person=person, by_role=by_role, now=now))


def refuse(person: AccountView, number: str, by_role: str, text: CleanText, *, now: datetime) -> None:
    """A second person found otherwise: it is under way again, and they say what is missing.

    raises  as `confirm` but NothingShown and FiguresSay; WordsWanted, WordsTooLong
    """
    said = words(text)
    with transaction.atomic():
        row = _reported(person, number, by_role)
        row.state = UNDER_WAY
        body = {"on": day_in_viet_nam(now).isoformat(), "by_role": by_role, "text_digest": digest(said)}
        what = Said(kind=WAS_REFUSED, person=person, by_role=by_role, now=now, text=said)
        write(row, "commitment.report_refused", body, what)


def _say(
    person: AccountView,
    number: str,
    by_role: str,
    text: CleanText,
    evidence: CleanText,
    *,
    is_report: bool,
    now: datetime,
) -> None:
    require_person(person, Act.FOLLOW_COMMITMENT)
    said, (address, quote) = words(text), _evidence(evidence)
    with transaction.atomic():
        row = open_row(number)
        require_speaker(row, person, by_role)
        if is_report and by_role != owner_name(row):
            raise refusals.OwnersWord
        if is_report and row.state == REPORTED_DONE:
            raise refusals.ReportWaits
        row.state = REPORTED_DONE if is_report or row.state == REPORTED_DONE else UNDER_WAY
        earlier = report_of(row)
        is_shown = (
            bool(address) or quote is not None or any(each.evidence_address or each.evidence_id for each in earlier)
        )
        # What is added to a report that waits is of the report's day: it makes it no later one.
        on = earlier[-1].on if earlier else day_in_viet_nam(now)
        body: dict[str, Value] = {
            "state": row.state,
            "evidence": int(is_shown),
            "on": on.isoformat(),
            "by_role": by_role,
            "text_digest": digest(said),
        }
        what = Said(
            kind=WAS_REPORTED if is_report else WAS_UPDATED,
            person=person,
            by_role=by_role,
            now=now,
            text=said,
            evidence_address=address,
            evidence=quote,
            on=on,
        )
        write(row, "commitment.updated", body, what)


def _reported(person: AccountView, number: str, by_role: str) -> Commitment:
    """The row of one whose report this person may judge."""
    require_person(person, Act.FOLLOW_COMMITMENT)
    row = open_row(number)
    if row.state != REPORTED_DONE:
        raise refusals.NotReported
    require_speaker(row, person, by_role)
    if by_role == owner_name(row) or person.pseudonym_id in {each.by for each in report_of(row)}:
        raise refusals.SecondPersonWanted
    return row


def _evidence(typed: CleanText) -> tuple[str, Quote | None]:
    """A public page's address, or evidence of this desk by its number; ("", None) where nothing is shown."""
    text = require_clean(typed).text.strip()
    if not text:
        return "", None
    if text.isascii() and text.isdigit() and len(text) <= _DIGITS_MAX:
        quote = Quote.objects.filter(pk=int(text)).first()
        if quote is None:
            raise refusals.EvidenceUnknown
        return "", quote
    # An address in which something had to be covered leads to a person (rule 2).
    if typed.findings or len(text) > ADDRESS_CHARS_MAX or any(letter.isspace() for letter in text):
        raise refusals.EvidenceUnknown
    try:
        return place_of(text).address[:ADDRESS_CHARS_MAX], None
    except EvidenceRefused:
        raise refusals.EvidenceUnknown from None

"""“This is wrong”: anybody may say so of a note or a fact-check, and two people answer in public.

An outcome says what was done or found; it changes no status (rule 4).  Who said it is not kept; what they said is
scrubbed, shown to those who work here, and erased when the desk's stated time is over (rule 2).
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.library import reads as library
from thuchu.desk.notes import reads as notes
from thuchu.desk.notes.models import WITHDRAWN as NOTE_IS_WITHDRAWN
from thuchu.desk.notes.models import Note
from thuchu.desk.notes.rows import require_person
from thuchu.desk.publishing import refusals
from thuchu.desk.publishing.models import (
    NOTE_EDITED,
    NOTE_WITHDRAWN,
    NOTE_WRITTEN,
    OUTCOMES_OF_IMPORTED,
    OUTCOMES_OF_NOTES,
    WITHDRAWN,
    WITHHELD,
    Report,
)
from thuchu.desk.traces import forget_pages
from thuchu.privacy import CleanText, require_clean

# The clock that everybody sees.
DUE_DAYS = 14
# Fewer is no sentence; more nobody reads at one go.
WORDS_CHARS_MIN, WORDS_CHARS_MAX = 20, 2_000
ANSWER_CHARS_MAX = 2_000
ADDRESS_CHARS_MAX = 500
# Of one note or fact-check, unanswered: after so many it is known that something is said to be wrong.
WAITING_MAX = 10
# Rows erased in one transaction.
_ROWS_AT_ONCE = 500


def report_note(number: int, words: CleanText, address: CleanText, *, now: datetime) -> int:
    """Say what is wrong with a note that stands; gives back the report's number.

    raises  NoSuchReport where there is no such note, WordsWanted, WordsTooLong, AddressWrong, ReportsEnough
    """
    row = Note.objects.filter(pk=number).first()
    if row is None or row.state == NOTE_IS_WITHDRAWN:
        raise refusals.NoSuchReport
    return _receive(Report(note=row, version=row.versions), words, address, now)


def report_fact_check(name: str, words: CleanText, address: CleanText, *, now: datetime) -> int:
    """The same of a fact-check; what was agreed here is a note, and the report is about that."""
    view = library.fact_check(name)
    if view is None or view.state == "withdrawn":
        raise refusals.NoSuchReport
    if view.note is not None:
        return report_note(view.note, words, address, now=now)
    return _receive(Report(fact_check=view.id), words, address, now)


def answer(person: AccountView, number: int, outcome: str, words: CleanText, *, now: datetime) -> None:
    """Propose an outcome with a public answer; in effect once a second person agrees.

    raises  NoSuchReport, AnswerMoved, OutcomeUnknown, OutcomeUntrue, SamePerson, WordsWanted, WordsTooLong, NotForYou
    """
    require_person(person, Act.ANSWER_REPORT)
    said = _words(words, WORDS_CHARS_MIN, ANSWER_CHARS_MAX)
    with transaction.atomic():
        row = _row(number)
        if row.outcome:
            raise refusals.AnswerMoved
        _require_other(row, person)
        _require_true(row, outcome, now)
        row.outcome, row.answer, row.answered_by, row.answered_at = outcome, said, person.pseudonym_id, now
        row.save()


def agree(person: AccountView, number: int, *, now: datetime) -> None:
    """The second person's word: the report is closed, with its entry.

    raises  NoSuchReport, AnswerMoved, OutcomeUntrue, SamePerson, NotForYou
    """
    require_person(person, Act.ANSWER_REPORT)
    with transaction.atomic():
        row = _answered(number)
        _require_other(row, person)
        _require_true(row, row.outcome, now)
        row.confirmed_by, row.closed_at = person.pseudonym_id, now
        row.save()
        append(
            "report.closed",
            f"report:{row.pk}",
            {
                "about": _about(row),
                "outcome": row.outcome,
                "by": row.answered_by or 0,
                "confirmed_by": person.pseudonym_id,
                "answer_digest": digest(row.answer),
            },
            now=now,
        )


def disagree(person: AccountView, number: int) -> None:
    """It waits for an answer again: the second person says no, or the first one takes it back.

    raises  NoSuchReport, AnswerMoved, SamePerson for the note's author, NotForYou
    """
    require_person(person, Act.ANSWER_REPORT)
    with transaction.atomic():
        row = _answered(number)
        if row.answered_by != person.pseudonym_id:
            _require_other(row, person)
        row.outcome, row.answer, row.answered_by, row.answered_at = "", "", None, None
        row.save()


def erase_words(*, keep_days: int, now: datetime) -> int:
    """Erase what was said in reports that were closed more than `keep_days` days ago; gives back how many."""
    old = Report.objects.filter(closed_at__lt=now - timedelta(days=keep_days)).exclude(words="").order_by("pk")
    count = 0
    while numbers := list(old.values_list("pk", flat=True)[:_ROWS_AT_ONCE]):
        with transaction.atomic():
            Report.objects.filter(pk__in=numbers).update(words="", address="")
        count += len(numbers)
    if count:
        transaction.on_commit(forget_pages)
    return count


def _receive(row: Report, words: CleanText, address: CleanText, now: datetime) -> int:
    row.words = _words(words, WORDS_CHARS_MIN, WORDS_CHARS_MAX)
    row.address = _address(address)
    row.received_on = now.date()
    row.due_on = row.received_on + timedelta(days=DUE_DAYS)
    with transaction.atomic():
        same = Report.objects.filter(note=row.note, fact_check=row.fact_check, closed_at=None)
        if same.count() >= WAITING_MAX:
            raise refusals.ReportsEnough(most=WAITING_MAX)
        row.save()
        append("report.received", f"report:{row.pk}", {"about": _about(row), "due": row.due_on.isoformat()}, now=now)
    return int(row.pk)


def _words(words: CleanText, least: int, most: int) -> str:
    text = require_clean(words).text
    if len(text) < least:
        raise refusals.WordsWanted(least=least)
    if len(text) > most:
        raise refusals.WordsTooLong(got=len(text), most=most)
    return text


def _address(address: CleanText) -> str:
    """An address of a page; one in which something had to be covered leads to a person."""
    text = require_clean(address).text
    if not text:
        return ""
    is_one = text.startswith(("https://", "http://")) and not any(letter.isspace() for letter in text)
    if not is_one or address.findings or len(text) > ADDRESS_CHARS_MAX:
        raise refusals.AddressWrong
    return text


def _row(number: int) -> Report:
    row = Report.objects.select_for_update().filter(pk=number).first()
    if row is None:
        raise refusals.NoSuchReport
    return row


def _answered(number: int) -> Report:
    row = _row(number)
    if not row.outcome or row.closed_at is not None:
        raise refusals.AnswerMoved
    return row


def _require_other(row: Report, person: AccountView) -> None:
    author = Note.objects.filter(pk=row.note_id or 0).values_list("author", flat=True).first()
    if person.pseudonym_id in (row.answered_by, author):
        raise refusals.SamePerson


def _require_true(row: Report, outcome: str, now: datetime) -> None:
    """An outcome that says something was done is one only where it was."""
    if outcome not in (OUTCOMES_OF_NOTES if row.note_id else OUTCOMES_OF_IMPORTED):
        raise refusals.OutcomeUnknown
    number = row.note_id or 0
    is_done: Mapping[str, Callable[[], bool]] = {
        NOTE_EDITED: lambda: Note.objects.filter(pk=number, versions__gt=row.version).exists(),
        NOTE_WRITTEN: lambda: _another_note(row),
        NOTE_WITHDRAWN: lambda: Note.objects.filter(pk=number, state=NOTE_IS_WITHDRAWN).exists(),
        WITHHELD: lambda: _is_withheld(row, now),
        WITHDRAWN: lambda: _is_taken_back(row.fact_check),
    }
    if outcome in is_done and not is_done[outcome]():
        raise refusals.OutcomeUntrue


def _another_note(row: Report) -> bool:
    """Has another note been written on the claim since?"""
    claim = Note.objects.filter(pk=row.note_id or 0).values("claim")
    others = Note.objects.filter(claim__in=claim, written_at__date__gte=row.received_on)
    return others.exclude(pk=row.note_id or 0).exists()


def _is_withheld(row: Report, now: datetime) -> bool:
    found = notes.note(row.note_id or 0, viewer=None, now=now)
    return found is not None and bool(found.withheld)


def _is_taken_back(fact_check: str) -> bool:
    view = library.fact_check(fact_check)
    return view is None or view.state == "withdrawn"


def _about(row: Report) -> str:
    return f"note:{row.note_id}" if row.note_id else f"fact_check:{row.fact_check}"

"""Rating a note: helpful, somewhat helpful, not helpful, and why; changed and taken back by who gave it.

Nothing here writes an entry: when somebody rated, and in which order people did, is never public.  Ratings enter the
ledger in batches (`batch`, docs/adr/0013).  The freezing of a claim's words at its first rating is one.
"""

from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import transaction

from thuchu.desk.accounts.permissions import Act
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.wording import freeze
from thuchu.desk.notes import refusals
from thuchu.desk.notes.models import Entered, Note, Rating
from thuchu.desk.notes.reasons import FITTING, Helpfulness, Reason
from thuchu.desk.notes.rows import current_row, require_person


def rate(
    rater: AccountView, number: int, helpfulness: str, reasons: Iterable[str], *, version: int, now: datetime
) -> None:
    """Say how helpful a note is, in place of what the same person said before; saying it twice counts once.

    version  the one that was read: a note that was edited meanwhile is read again first
    raises   NoSuchNote, NoteWithdrawn, ClaimClosed, RatingRefused; TypeError for anybody but who is signed in
    """
    require_person(rater, Act.RATE)
    level, why = _said(helpfulness, reasons)
    with transaction.atomic():
        row = current_row(number)
        _require_others_words(row, rater)
        if row.versions != version:
            raise refusals.VersionGone
        _freeze(row, now)
        Rating.objects.update_or_create(
            note=row,
            rater_number=rater.rater_number,
            defaults={
                "version": version,
                "helpfulness": level,
                "reasons": why,
                "rated_on": now.astimezone(UTC).date(),
                "retracted": False,
                "pending": not _is_entered(row, rater.rater_number, version, level, why),
            },
        )


def retract(rater: AccountView, number: int, *, now: datetime) -> None:
    """Take a rating back, of a note that was withdrawn, too; one that no batch has taken leaves no trace at all.

    raises  NotRated
    """
    require_person(rater, Act.RATE)
    with transaction.atomic():
        rows = Rating.objects.filter(note=number, rater_number=rater.rater_number, retracted=False)
        if not rows.exists():
            raise refusals.NotRated
        if not Entered.objects.filter(note=number, rater_number=rater.rater_number).exists():
            rows.delete()
            return
        today = now.astimezone(UTC).date()
        rows.update(retracted=True, helpfulness="", reasons="", pending=True, rated_on=today)


def _said(helpfulness: str, reasons: Iterable[str]) -> tuple[str, str]:
    """The level, and the reasons in the vocabulary's own order with a space between them."""
    if helpfulness not in set(Helpfulness):
        raise refusals.LevelUnknown
    level = Helpfulness(helpfulness)
    given = set(reasons)
    if not given:
        raise refusals.ReasonWanted
    if not given <= FITTING[level]:
        raise refusals.ReasonMisfits
    return level.value, " ".join(reason.value for reason in Reason if reason in given)


def _require_others_words(row: Note, rater: AccountView) -> None:
    """Compared here, where both are at hand, and kept nowhere: a rating's row has no name."""
    origin = row.copied_from
    if rater.pseudonym_id in (row.author_id, origin.author_id if origin is not None else None):
        raise refusals.OwnNote


def _freeze(row: Note, now: datetime) -> None:
    try:
        freeze(row.claim_id, now=now)
    except ClaimRefused:
        raise refusals.ClaimClosed from None


def _is_entered(row: Note, rater_number: int, version: int, level: str, why: str) -> bool:
    return Entered.objects.filter(
        note=row, rater_number=rater_number, version=version, helpfulness=level, reasons=why
    ).exists()

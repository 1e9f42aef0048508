"""Putting right what was published: two coordinators, before and after and why, beside what stays as it was."""

from collections.abc import Callable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.reviews import refusals
from thuchu.desk.reviews.models import (
    PUBLISHED,
    TARGET_CHARS_MAX,
    Amendment,
    MinutesPart,
    Participant,
    Resolution,
    Review,
    Snapshot,
)
from thuchu.desk.reviews.rows import papers_are_due, require_coordinator, review_row, subject, words
from thuchu.figures import Snapshot as Figures
from thuchu.log.entry import Value
from thuchu.privacy import CleanText

AFTER_CHARS_MAX, WHY_CHARS_MAX = 10_000, 2_000
# Unconfirmed, of one review.
WAITING_MAX = 20
# What stands for nothing said: an amendment shows what was there before.
NOTHING = "–"


def propose(
    person: AccountView,
    slug: str,
    what: str,
    about: str,
    after: CleanText,
    why: CleanText,
    *,
    resolved_in: str = "",
    now: datetime,
) -> int:
    """Say what should have been there; it counts once a second coordinator confirms. Gives back its number.

    about   a figure's key, a resolution's number, an item's or a participant's number
    raises  ChoiceUnknown, NothingNew, WordsWanted, WordsTooLong, Enough, NoSuchRow, NoSuchReview, WrongState, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    if what not in _BEFORE or len(about) > TARGET_CHARS_MAX:
        raise refusals.ChoiceUnknown
    instead, reason = words(after, AFTER_CHARS_MAX), words(why, WHY_CHARS_MAX)
    with transaction.atomic():
        review = review_row(slug, PUBLISHED)
        if Amendment.objects.filter(review=review, confirmed_by=None).count() >= WAITING_MAX:
            raise refusals.Enough(most=WAITING_MAX)
        before = _now(review, what, about)
        if before == instead:
            raise refusals.NothingNew
        source = Resolution.objects.filter(number=resolved_in).exclude(confirmed_by=None).first()
        if resolved_in and source is None:
            raise refusals.NoSuchRow
        row = Amendment.objects.create(
            review=review,
            what=what,
            subject=about,
            before=before,
            after=instead,
            why=reason,
            resolved_in=source,
            proposed_by=by,
            proposed_at=now,
        )
    return int(row.pk)


def confirm(person: AccountView, number: int, *, now: datetime) -> None:
    """The second person agrees: it stands on top of the page and in its place, with an entry.

    raises  SamePerson, AlreadyDone, NoSuchRow, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    with transaction.atomic():
        row = _unconfirmed(number)
        if row.proposed_by == by:
            raise refusals.SamePerson
        # Another amendment of the same thing may have been faster.
        if _now(row.review, row.what, row.subject) != row.before:
            raise refusals.AlreadyDone
        body: dict[str, Value] = {
            "amendment": number,
            "what": row.what,
            "about": row.subject,
            "before_digest": digest(row.before),
            "after_digest": digest(row.after),
            "why_digest": digest(row.why),
            "resolved_in": row.resolved_in.number if row.resolved_in else "",
            "by": row.proposed_by,
            "confirmed_by": by,
        }
        entry = append("review.amended", subject(row.review), body, now=now)
        row.confirmed_by, row.confirmed_at, row.entry = by, now, entry.seq
        row.save(update_fields=["confirmed_by", "confirmed_at", "entry"])
        papers_are_due(row.review.slug, entry)


def decline(person: AccountView, number: int) -> None:
    """Nobody has seen it but coordinators, and it goes; raises AlreadyDone, NoSuchRow, NotForYou."""
    require_coordinator(person)
    with transaction.atomic():
        _unconfirmed(number).delete()


def _unconfirmed(number: int) -> Amendment:
    # The resolution may be none, and what may be none can't be held.
    rows = Amendment.objects.select_for_update(of=("self",)).select_related("review", "resolved_in")
    row = rows.filter(pk=number).first()
    if row is None:
        raise refusals.NoSuchRow
    if row.confirmed_by is not None:
        raise refusals.AlreadyDone
    return row


def _now(review: Review, what: str, about: str) -> str:
    """What stands there today: what was published, or what the last amendment of it says."""
    agreed = Amendment.objects.filter(review=review, what=what, subject=about).exclude(confirmed_by=None)
    last = agreed.order_by("-entry").values_list("after", flat=True).first()
    return last if last is not None else _BEFORE[what](review, about)


def _resolution(review: Review, about: str) -> str:
    row = Resolution.objects.filter(review=review, number=about).first()
    if row is None:
        raise refusals.NoSuchRow
    return row.text


def _part(review: Review, about: str) -> str:
    row = MinutesPart.objects.filter(item__review=review, pk=_number(about)).first()
    if row is None:
        raise refusals.NoSuchRow
    return row.text or NOTHING


def _participant(review: Review, about: str) -> str:
    row = Participant.objects.select_related("organisation").filter(review=review, pk=_number(about)).first()
    if row is None:
        raise refusals.NoSuchRow
    place = row.organisation.name_vi if row.organisation else NOTHING
    return f"{row.role} · {place} · {row.presence} · {row.people}"


def _figure(review: Review, about: str) -> str:
    content = Snapshot.objects.filter(review=review, number=1).values_list("content", flat=True).first()
    found = [each for each in Figures.read(bytes(content)).figures if each.key == about] if content else []
    if not found:
        raise refusals.NoSuchRow
    return "; ".join(" ".join(filter(None, (each.area, each.part, each.value or NOTHING))) for each in found)[
        :AFTER_CHARS_MAX
    ]


def _number(about: str) -> int:
    return int(about) if about.isascii() and about.isdigit() and len(about) < 16 else 0


_BEFORE: Mapping[str, Callable[[Review, str], str]] = MappingProxyType(
    {"figure": _figure, "resolution": _resolution, "minutes": _part, "attendance": _participant}
)

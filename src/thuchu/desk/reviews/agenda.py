"""What is spoken of: anybody proposes, a coordinator looks at it in public, the desk's own three items stand first."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.ledger.append import append, digest
from thuchu.desk.reviews import refusals
from thuchu.desk.reviews.models import (
    ACCEPTED,
    DESKS_ITEMS,
    FIGURES,
    FROZEN,
    HELD,
    INCIDENT,
    ITEM_KINDS,
    OPEN,
    PROPOSED,
    REFUSED,
    THE_DESK,
    AgendaItem,
    AgendaLink,
    Review,
)
from thuchu.desk.reviews.rows import (
    item_row,
    require_coordinator,
    review_row,
    speaker,
    subject,
    words,
)
from thuchu.desk.wording import day_in_viet_nam
from thuchu.log.entry import Value
from thuchu.privacy import CleanText

TITLE_CHARS_MAX, TEXT_CHARS_MAX, REASON_CHARS_MAX = 200, 2_000, 1_000
# Two evenings; what takes longer is a review of its own.
MINUTES_MAX = 240
# Nobody reads more before a meeting, and nobody floods a list that ends.
WAITING_MAX, ITEMS_MAX = 50, 60
LINKS_MAX = 10
# What the desk itself puts under one item; what is more stands in the register and on its own page.
DESKS_LINKS_MAX = 50
# What each of the desk's own three is given.
_DESKS_MINUTES = 15
# A short review of an event has twenty minutes, for figures and for what had to be corrected.
SHORT_ITEMS, SHORT_MINUTES = (FIGURES, INCIDENT), 10
# What people may propose: the desk's own three are the desk's.
OFFERED_KINDS = tuple(kind for kind in ITEM_KINDS if kind not in DESKS_ITEMS)
_TARGETS = {
    "claim": re.compile(r"[1-9][0-9]{0,14}"),
    "figure": re.compile(r"[a-z][a-z0-9_]{1,39}"),
    "commitment": re.compile(r"CK-[0-9]{4}-[0-9]{3,6}"),
    "inquiry": re.compile(r"[1-9][0-9]{0,14}"),
}


def lay_out(review: Review, about: Mapping[str, Sequence[str]], *, now: datetime) -> tuple[list[Value], list[Value]]:
    """The desk's own items of an agenda that opens, inside the caller's transaction.

    about    kind of an item of the desk's -> what it is about, each as `propose` takes it; the first DESKS_LINKS_MAX
    returns  the items' numbers, and what they are about
    """
    kinds, minutes = (SHORT_ITEMS, SHORT_MINUTES) if review.is_short else (DESKS_ITEMS, _DESKS_MINUTES)
    made = [
        AgendaItem.objects.create(
            review=review,
            position=place,
            kind=kind,
            minutes_planned=minutes,
            proposed_by=THE_DESK,
            proposed_on=day_in_viet_nam(now),
            state=ACCEPTED,
        )
        for place, kind in enumerate(kinds, 1)
    ]
    linked: list[Value] = []
    for row in made:
        targets = _targets(about.get(row.kind, ())[:DESKS_LINKS_MAX], most=DESKS_LINKS_MAX)
        AgendaLink.objects.bulk_create(AgendaLink(item=row, kind=what, target=which) for what, which in targets)
        linked += [f"{row.pk} {what} {which}" for what, which in targets]
    return [row.pk for row in made], linked


def propose(
    person: AccountView | None,
    slug: str,
    kind: str,
    title: CleanText,
    text: CleanText,
    *,
    links: Sequence[str] = (),
    now: datetime,
) -> int:
    """Something to speak of; it waits for a coordinator's look. Gives back its number.

    links   each as `claim 12`, `figure wait_median`, `commitment CK-2026-017`, `inquiry 3`
    raises  ChoiceUnknown, WordsWanted, WordsTooLong, LinkWrong, Enough, NoSuchReview, WrongState
    """
    if kind not in OFFERED_KINDS:
        raise refusals.ChoiceUnknown
    heading, about = words(title, TITLE_CHARS_MAX), words(text, TEXT_CHARS_MAX, least=0)
    targets = _targets(links)
    with transaction.atomic():
        review = review_row(slug, OPEN)
        if AgendaItem.objects.filter(review=review, state=PROPOSED).count() >= WAITING_MAX:
            raise refusals.Enough(most=WAITING_MAX)
        row = AgendaItem.objects.create(
            review=review,
            kind=kind,
            title=heading,
            text=about,
            proposed_by=speaker(person),
            proposed_on=day_in_viet_nam(now),
        )
        AgendaLink.objects.bulk_create(AgendaLink(item=row, kind=what, target=which) for what, which in targets)
        body: dict[str, Value] = {
            "item": row.pk,
            "kind": kind,
            "role": row.proposed_by,
            "digest": digest(f"{heading}\n{about}"),
            "links": [f"{what} {which}" for what, which in targets],
        }
        append("review.item_proposed", subject(review), body, now=now)
    return int(row.pk)


def accept(person: AccountView, slug: str, item: int, minutes: int, *, now: datetime) -> None:
    """It stands on the agenda, last; raises ChoiceUnknown, Enough, NoSuchRow, AlreadyDone, WrongState, NotForYou."""
    by = require_coordinator(person).pseudonym_id
    if not 0 <= minutes <= MINUTES_MAX:
        raise refusals.ChoiceUnknown
    with transaction.atomic():
        review = review_row(slug, OPEN, FROZEN)
        row = item_row(review, item, state=PROPOSED)
        listed = AgendaItem.objects.filter(review=review, state=ACCEPTED)
        if listed.count() >= ITEMS_MAX:
            raise refusals.Enough(most=ITEMS_MAX)
        last = listed.aggregate(last=Max("position"))["last"] or 0
        row.state, row.position, row.minutes_planned, row.looked_at_by = ACCEPTED, last + 1, minutes, by
        row.save(update_fields=["state", "position", "minutes_planned", "looked_at_by"])
        append("review.item_accepted", subject(review), {"item": item, "by": by}, now=now)


def refuse(person: AccountView, slug: str, item: int, reason: CleanText, *, now: datetime) -> None:
    """It isn't spoken of, for a reason that everybody reads.

    raises  WordsWanted, WordsTooLong, NoSuchRow, AlreadyDone, NoSuchReview, WrongState, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    why = words(reason, REASON_CHARS_MAX)
    with transaction.atomic():
        review = review_row(slug, OPEN, FROZEN)
        row = item_row(review, item, state=PROPOSED)
        row.state, row.refusal, row.looked_at_by = REFUSED, why, by
        row.save(update_fields=["state", "refusal", "looked_at_by"])
        body: dict[str, Value] = {"item": item, "reason_digest": digest(why), "by": by}
        append("review.item_refused", subject(review), body, now=now)


def order(person: AccountView, slug: str, items: Sequence[int], *, now: datetime) -> None:
    """Put the agenda into this order; the desk's own three stay first.

    raises  OrderWrong unless every item stands there once, NoSuchReview, WrongState, NotForYou
    """
    by = require_coordinator(person).pseudonym_id
    with transaction.atomic():
        review = review_row(slug, OPEN, FROZEN)
        rows = {row.pk: row for row in AgendaItem.objects.select_for_update().filter(review=review, state=ACCEPTED)}
        own = [row.pk for row in sorted(rows.values(), key=lambda row: row.position) if row.proposed_by == THE_DESK]
        if sorted(items) != sorted(rows) or list(items[: len(own)]) != own:
            raise refusals.OrderWrong
        for place, number in enumerate(items, 1):
            rows[number].position = place
        AgendaItem.objects.bulk_update(rows.values(), ["position"])
        append("review.items_ordered", subject(review), {"items": list(items), "by": by}, now=now)


def close_item(person: AccountView, slug: str, item: int, *, now: datetime) -> None:
    """It has been spoken of; raises NoSuchRow, AlreadyDone, NoSuchReview, WrongState, NotForYou."""
    by = require_coordinator(person).pseudonym_id
    with transaction.atomic():
        review = review_row(slug, HELD)
        row = item_row(review, item)
        if row.is_closed:
            raise refusals.AlreadyDone
        row.is_closed = True
        row.save(update_fields=["is_closed"])
        append("review.item_closed", subject(review), {"item": item, "by": by}, now=now)


def _targets(links: Sequence[str], *, most: int = LINKS_MAX) -> list[tuple[str, str]]:
    """Kinds and numbers, each once; an item about a person is none."""
    found: dict[tuple[str, str], None] = {}
    for link in links:
        kind, _, target = link.strip().partition(" ")
        pattern = _TARGETS.get(kind)
        if pattern is None or not pattern.fullmatch(target):
            raise refusals.LinkWrong(link=link[:60])
        found[kind, target] = None
    if len(found) > most:
        raise refusals.Enough(most=most)
    return list(found)

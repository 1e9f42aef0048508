"""Every state and every verb: what may be done when, held by the verbs and, apart from them, by the database."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st

from reviews.review_desk import SLUG
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reviews import refusals
from thuchu.desk.reviews.models import (
    STATES,
    STEPS,
    Minutes,
    Participant,
    Resolution,
    Review,
    Snapshot,
    SnapshotTable,
    Table,
)

# Which verbs do something in which state, on a day on which each could; nothing else does anything there.
ALLOWED = {
    "planned": {"open", "arrange", "cancel", "seat"},
    "open": {"arrange", "cancel", "propose", "order", "seat", "freeze"},
    "frozen": {"cancel", "order", "seat", "ask", "hold"},
    "held": {"close_item", "seat", "record", "draft"},
    "not_quorate": {"seat", "draft"},
    "minutes_out": {"object", "finish"},
    "published": {"amend"},
    "cancelled": set(),
}
DAYS = {"planned": date(2026, 12, 1), "open": date(2026, 12, 20), "frozen": date(2027, 1, 12)}
VERBS = sorted(set().union(*ALLOWED.values(), {"send_out", "publish"}))
_WAYS = {"open": "opened", "minutes_out": "out"}


def bring(desk, state):
    return getattr(desk, _WAYS.get(state, state))()


@pytest.mark.parametrize("state", STATES)
def test_each_verb_works_where_it_belongs_and_changes_nothing_elsewhere(desk, state):
    bring(desk, state)
    now = desk.at(DAYS.get(state, date(2027, 1, 16)), 15)

    done = set()
    for name in VERBS:
        before = Entry.objects.count()
        # "finish" belongs to the day after the week of objections.
        moment = now + timedelta(days=8) if name == "finish" else now
        with transaction.atomic():
            try:
                desk.every_verb(SLUG, moment)[name]()
                done.add(name)
            except (refusals.WrongState, refusals.ItemsOpen):
                assert Entry.objects.count() == before
            transaction.set_rollback(True)

    assert done == ALLOWED[state]


@given(before=st.sampled_from(STATES), after=st.sampled_from(STATES))
def test_no_state_leads_back(before, after):
    reached, found = {before}, {before}
    while found:
        found = {to for since, to in STEPS if since in found} - reached
        reached |= found

    if after in reached and after != before:
        assert (after, before) not in STEPS
        assert before not in _from(after)


def _from(state):
    reached, found = set(), {state}
    while found:
        found = {to for since, to in STEPS if since in found} - reached
        reached |= found
    return reached


@pytest.mark.parametrize("state", STATES)
def test_the_database_takes_no_step_that_is_none(desk, state):
    bring(desk, state)

    for other in sorted(set(STATES) - {state} - {to for since, to in STEPS if since == state}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Review.objects.filter(slug=SLUG).update(state=other)


CHANGES = {
    "reviews_reviews": lambda: Review.objects.filter(slug=SLUG).update(place="Nơi khác"),
    "snapshot": lambda: Snapshot.objects.update(content=b"{}"),
    "its name": lambda: SnapshotTable.objects.update(key="khac"),
    "table": lambda: Table.objects.update(content=b"x"),
    "words": lambda: Resolution.objects.update(text="Khác hẳn"),
    "confirmed": lambda: Resolution.objects.update(confirmed_by=99),
    "resolution": lambda: Resolution.objects.all().delete(),
    "presence": lambda: Participant.objects.update(presence="absent"),
    "name": lambda: Participant.objects.update(name_shown="Ai đó"),
    "minutes": lambda: Minutes.objects.update(begun_at=None, ended_at=None),
    "review": lambda: Review.objects.filter(slug=SLUG)._raw_delete("default"),
}


@pytest.mark.parametrize("what", sorted(CHANGES))
def test_nothing_of_a_published_review_is_changed_by_hand(desk, what):
    desk.published()

    with pytest.raises(DatabaseError), transaction.atomic():
        CHANGES[what]()


def test_every_act_is_one_entry(desk):
    desk.published()

    kinds = [entry.kind for entry in Entry.objects.filter(subject=f"review:{SLUG}").order_by("seq")]
    assert kinds == [
        "review.planned",
        "review.opened",
        "review.frozen",
        *["review.attendance"] * 4,
        "review.held",
        "review.resolution_recorded",
        "review.resolution_confirmed",
        "review.minutes_drafted",
        "review.minutes_written",
        "review.minutes_out",
        "review.minutes_final",
        "review.published",
    ]

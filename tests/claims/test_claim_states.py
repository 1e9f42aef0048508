"""A claim's way: whatever people do, in whatever order, and whoever writes to the database."""

import itertools
from collections import Counter

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from waiting_desk import AN, BINH, CAT, CHI, POWER_CUT, SALT_WATER, Desk

from thuchu.desk.claims import proposals
from thuchu.desk.claims.appeals import appeal, decide_appeal
from thuchu.desk.claims.forget import let_go
from thuchu.desk.claims.guards import missing_guards
from thuchu.desk.claims.models import CLOSED_STATES, STATES, STEPS, WAITING_STATES, Claim, Grouping, Proposal
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.wording import freeze, mark_answered, mark_unanswered, reword
from thuchu.desk.intake.models import Submission
from thuchu.desk.ledger.verify import verify_ledger
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db


def what(state, before, now, other):
    """The other columns of a row in `state` that came from `before`."""
    closed = state in CLOSED_STATES
    return {
        "state": state,
        "state_before": before if closed else "",
        "need": 0 if state in WAITING_STATES else None,
        "merged_into": other if state == "merged" else None,
        "closed_reason": "not_a_fact" if state == "not_checkable" else "",
        "frozen_at": now if state in ("in_rating", "answered") or before in ("in_rating", "answered") else None,
    }


WAYS = {
    "open": [],
    "in_rating": ["in_rating"],
    "answered": ["in_rating", "answered"],
    "merged": ["merged"],
    "not_checkable": ["not_checkable"],
}


def a_claim_in(desk, state):
    number, other = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    before = "open"
    for step in WAYS[state]:
        Claim.objects.filter(pk=number).update(**what(step, before, desk.now, other))
        before = step
    return number, other


def test_the_database_has_its_guards():
    assert missing_guards() == []


@pytest.mark.parametrize(("before", "after"), [pair for pair in itertools.permutations(STATES, 2) if pair not in STEPS])
def test_the_database_refuses_every_other_step(desk, before, after):
    number, other = a_claim_in(desk, before)

    with pytest.raises(IntegrityError, match="claim"), transaction.atomic():
        Claim.objects.filter(pk=number).update(**what(after, before, desk.now, other))

    assert desk.row(number).state == before


@pytest.mark.parametrize("closed", ["merged", "not_checkable"])
def test_a_closed_claim_goes_back_only_to_where_it_was(desk, closed):
    number, _ = a_claim_in(desk, closed)

    for state in ("in_rating", "answered"):
        with pytest.raises(IntegrityError, match="goes back to where it was"), transaction.atomic():
            Claim.objects.filter(pk=number).update(**what(state, "open", desk.now, None))

    Claim.objects.filter(pk=number).update(**what("open", "open", desk.now, None))
    assert desk.row(number).state == "open"


@pytest.mark.parametrize(
    "change",
    [
        {"wording": ""},
        {"state": "published"},
        {"closed_reason": "opinion"},
        {"need": None},
        {"state_before": "answered"},
        {"state": "in_rating"},
    ],
)
def test_the_database_refuses_a_row_that_makes_no_sense(desk, change):
    number = desk.claim(SALT_WATER)

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=number).update(**change)


@pytest.mark.parametrize("reason", ["opinion", "satire", "prediction", "faith", ""])
def test_the_database_knows_two_reasons_to_close_and_no_others(desk, reason):
    number = desk.claim(SALT_WATER)

    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=number).update(
            state="not_checkable", state_before="open", need=None, closed_reason=reason
        )


def test_frozen_words_stay_whoever_writes(desk):
    number = desk.claim(SALT_WATER)
    freeze(number, now=desk.now)

    with pytest.raises(ClaimRefused, match="words_are_frozen"):
        reword(number, scrub("Nước muối diệt vi rút."), by=AN, now=desk.now)
    for change in ({"wording": "Nước muối diệt vi rút."}, {"frozen_at": None}):
        with pytest.raises(IntegrityError, match=r"frozen"), transaction.atomic():
            Claim.objects.filter(pk=number).update(**change)


def test_a_claim_is_frozen_by_its_first_rating_and_once(desk):
    number = desk.claim(SALT_WATER)

    assert freeze(number, now=desk.now)
    assert not freeze(number, now=desk.now)
    assert desk.row(number).state == "in_rating"


def test_a_claim_is_answered_and_waits_again_when_nothing_is_agreed_any_more(desk):
    number = desk.claim(SALT_WATER)
    desk.freeze(number)

    assert mark_answered(number, now=desk.now)
    assert not mark_answered(number, now=desk.now)
    assert desk.row(number).need is None
    assert mark_unanswered(number, now=desk.now)
    assert desk.row(number).need is not None


def test_what_nobody_rated_is_not_answered(desk):
    number = desk.claim(SALT_WATER)

    with pytest.raises(ClaimRefused):
        mark_answered(number, now=desk.now)


def test_a_merged_claim_that_is_agreed_meanwhile_knows_it_when_it_comes_back(desk):
    number, other = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    desk.freeze(number)
    act = desk.merge(number, other)

    assert not mark_answered(number, now=desk.now)
    desk.undo(act)

    assert desk.row(number).state == "answered"


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "ask",
                "freeze",
                "answer",
                "unanswer",
                "reword",
                "merge",
                "split",
                "close",
                "close_private",
                "undo",
                "appeal",
                "confirm_by_the_same",
                "erase",
            ]
        ),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    max_size=30,
)


class Model:
    """A desk on which everybody does anything, and what must be so after each act."""

    def __init__(self, now):
        self.desk = Desk(now)
        self.before = {}

        self.desk.claim(SALT_WATER)
        self.desk.claim(POWER_CUT)

    def act(self, verb, one, other):
        claims = list(Claim.objects.order_by("pk").values_list("pk", flat=True))
        pick = [claims[place % len(claims)] if claims else 0 for place in (one, other)]
        try:
            with transaction.atomic():
                getattr(self, verb)(*pick)
        except ClaimRefused:
            pass
        self.check()

    def ask(self, one, _):
        self.desk.ask([SALT_WATER, POWER_CUT, CAT, "Có thật không"][one % 4])

    def freeze(self, one, _):
        self.desk.freeze(one)

    def answer(self, one, _):
        mark_answered(one, now=self.desk.now)

    def unanswer(self, one, _):
        mark_unanswered(one, now=self.desk.now)

    def reword(self, one, _):
        reword(one, scrub("Nước muối loãng diệt được vi rút."), by=AN, now=self.desk.now)

    def merge(self, one, other):
        self.desk.merge(one, other)

    def split(self, one, _):
        self.desk.split(one, list(Grouping.objects.filter(claim=one).values_list("submission_id", flat=True)[:1]))

    def close(self, one, _):
        self.desk.close(one)

    def close_private(self, one, _):
        self.desk.close(one, "private")

    def undo(self, one, other):
        act = self._act_of(one, other)
        self.desk.undo(act, "Nước muối loãng không hại ai.")

    def appeal(self, one, other):
        number = appeal(self._act_of(one, other), scrub("Xin xem lại."), by=None, now=self.desk.now)
        decide_appeal(
            number,
            "overturned",
            scrub("Đúng vậy."),
            by=CHI,
            now=self.desk.now,
            wording=scrub("Nước muối loãng không hại ai."),
        )

    def confirm_by_the_same(self, one, other):
        number = self._act_of(one, other)
        proposals.confirm(number, by=BINH, now=self.desk.now)

    def erase(self, one, _):
        numbers = list(Grouping.objects.filter(claim=one).values_list("submission_id", flat=True)[:1])
        let_go(numbers, now=self.desk.now)
        Submission.objects.filter(pk__in=numbers).delete()

    def _act_of(self, one, other):
        found = list(Proposal.objects.filter(claim=one).order_by("pk").values_list("pk", flat=True))
        return found[other % len(found)] if found else 0

    def check(self):
        rows = {row.pk: row for row in Claim.objects.all()}
        for number, row in rows.items():
            before = self.before.get(number, "open")
            # An appeal or undoing may take two steps in one act; each is one of the drawing, as the triggers hold.
            assert row.state in STATES
            assert (row.need is None) == (row.state not in WAITING_STATES)
            assert row.wording or row.state in CLOSED_STATES, (before, row.state)
            seen, place = {number}, row
            while place.merged_into_id:
                assert place.merged_into_id not in seen, "a circle of merges"
                seen.add(place.merged_into_id)
                place = rows[place.merged_into_id]
        self.before = {number: row.state for number, row in rows.items()}
        counts = Counter(Grouping.objects.values_list("claim_id", flat=True))
        assert all(row.askers == counts[number] for number, row in rows.items()), "a count that is none"
        assert all(rows[number].state != "merged" for number in counts), "a question under a merged claim"
        people = Proposal.objects.exclude(confirmed_by=None).values_list("proposed_by", "confirmed_by")
        assert all(one != other for one, other in people)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_whatever_people_do_no_claim_reaches_a_state_that_is_none(now, acts):
    with transaction.atomic():
        model = Model(now)
        for verb, one, other in acts:
            model.act(verb, one, other)
        verify_ledger()
        transaction.set_rollback(True)

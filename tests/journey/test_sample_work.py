"""`thuchu demo` shows a desk at work: people, claims in every state that people reach, notes with evidence."""

import time
from collections import Counter

import pytest

from thuchu.desk import journey, sample_crowd, sample_work
from thuchu.desk.accounts.limits import Line
from thuchu.desk.accounts.sign_in import with_password
from thuchu.desk.claims import reads as claims
from thuchu.desk.claims.models import Claim, Event
from thuchu.desk.claims.queue import queue
from thuchu.desk.commitments import reads as commitments
from thuchu.desk.commitments.models import Judgement
from thuchu.desk.dump.write import write_dump
from thuchu.desk.inquiries.models import Inquiry
from thuchu.desk.ledger.models import Entry
from thuchu.desk.ledger.verify import verify_ledger
from thuchu.desk.library.models import FactCheck, PastVersion
from thuchu.desk.limits import Limiter
from thuchu.desk.notes.reads import notes_of
from thuchu.desk.publishing.feeds import news
from thuchu.desk.publishing.models import Standing
from thuchu.desk.publishing.reads import reports
from thuchu.desk.reviews import reads as reviews
from thuchu.desk.reviews.models import Review
from thuchu.figures.recompute import recompute

pytestmark = pytest.mark.django_db


def test_a_new_home_becomes_a_desk_at_work_once(home, now):
    assert sample_work.load(now=now)
    before = verify_ledger()

    assert sample_work.load(now=now)

    assert verify_ledger() == before
    states = set(Claim.objects.values_list("state", flat=True))
    assert states == {"open", "in_rating", "not_checkable", "merged"}
    closed = Claim.objects.filter(state="not_checkable")
    assert {claims.claim(row.pk, now=now).situation for row in closed} == {"not_a_fact", "private"}
    rows = queue(now=now).rows
    assert any(row.assignment for row in rows)
    assert {reason.kind for row in rows for reason in row.reasons} >= {"asked_by", "needed_by", "event"}
    assert claims.proposals_waiting()
    notes = notes_of([row.claim_id for row in rows], viewer=None, now=now)
    assert len(notes) == 3
    assert all(note.evidence for note in notes)
    assert any(note.ai_drafted for note in notes)
    assert all(entry.time_ms <= now.timestamp() * 1000 for entry in Entry.objects.all())


def test_somebody_says_that_something_is_wrong_and_two_people_answered_one_of_them(home, now):
    sample_work.load(now=now)

    shown = reports(now=now)

    assert (shown.waiting, shown.overdue, shown.closed) == (1, 0, 1)
    assert [(each.state, each.outcome) for each in shown.items] == [("waits", ""), ("closed", "publishers_matter")]


def test_its_people_can_be_signed_in_as(home, now):
    sample_work.load(now=now)

    people = sample_work.people(now=now)

    line = Line(limiter=Limiter(per_minute=1_000), address="192.0.2.7", clock_s=time.monotonic())
    proofs = [with_password(each.name, sample_work.PASSWORD, each.code, line=line, now=now) for each in people]
    assert [each.role for each in people] == ["operator", *["coordinator"] * 3, *[""] * 5]
    assert [proof.strong for proof in proofs] == [bool(each.role) for each in people]


def test_a_home_with_a_life_of_its_own_gets_no_people(home, now):
    journey.ask("Xã mình tuần sau phát gạo cho nhà nghèo phải không", door="web", page_language="vi", now=now)

    assert not sample_work.load(now=now)

    assert sample_work.people(now=now) == ()
    assert not sample_work.is_here()


@pytest.mark.long
def test_forty_people_of_two_habits_agree_on_some_notes_and_change_their_mind_on_one(home, now):
    """Nobody set it: the desk's own rounds did, over ratings of made-up people."""
    told = []

    assert sample_work.load(now=now, with_crowd=True, tell=lambda done, total: told.append(done / total))

    assert told[-1] == 1
    assert len(sample_crowd.names()) == 40
    verify_ledger()
    own = FactCheck.objects.filter(note__isnull=False)
    states = Counter(own.values_list("state", flat=True))
    assert states["current"] >= 6
    assert states["no_longer_agreed"] == 1
    corrected = PastVersion.objects.filter(fact_check__in=own)
    assert {(before.verdict, before.fact_check.verdict) for before in corrected} == {("misleading", "false")}
    rules = set(Standing.objects.values_list("rule", flat=True))
    assert {"sides_agree", "sides_reject", "undecided"} <= rules
    assert all(entry.time_ms <= now.timestamp() * 1000 for entry in Entry.objects.all())
    answer = journey.ask(
        "Chợ đêm đầu phường sẽ đóng cửa hẳn từ mùng một tháng tới, ai thuê sạp đều mất tiền cọc",
        door="web",
        page_language="vi",
        now=now,
    ).answer
    assert answer.kind == "answer"
    storm = Event.objects.get(kind="storm").pk
    followed = [("event", str(storm)), ("area", "vn"), ("area", "vn-ha-noi"), ("area", "vn-hue")]
    assert [[each.state for each in news(*of)] for of in followed] == [["current"] * n for n in (2, 3, 1, 2)]


@pytest.mark.long
def test_a_year_of_reviews_lies_behind_the_demo(home, now, tmp_path):
    """Four held ones, commitments that fared in every way, one question answered and one not; anybody can check it."""
    assert sample_work.load(now=now, with_crowd=True)

    quarterly = Review.objects.filter(kind="quarterly").order_by("pk")
    assert [(row.state, row.quorate) for row in quarterly] == [("published", True)] * 4 + [("planned", None)]
    register = commitments.register(now=now)
    assert len(register) == 8
    fared = Counter(each.timeliness.code for each in register)
    assert set(fared) >= {"done_on_time", "done_late", "overdue", "due_soon", "not_due", "stopped"}
    assert sum(each.is_extended for each in register) == 1
    assert set(Judgement.objects.values_list("outcome", flat=True)) == {"cant_tell"}
    assert sorted(Inquiry.objects.values_list("state", flat=True)) == ["answered", "sent"]
    write_dump(tmp_path / "dump")
    for slug in reviews.frozen_slugs():
        assert recompute(tmp_path / "dump", slug).differences == ()

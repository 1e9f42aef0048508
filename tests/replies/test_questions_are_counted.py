"""asked = answered + waiting + closed + deleted + unreachable, whatever happens to questions, in any order."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from notes.notes_desk import Desk
from replies.askers import CLOSED, confirmed, link_of
from thuchu.desk import journey
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.models import Claim, Grouping
from thuchu.desk.claims.proposals import propose_undo
from thuchu.desk.intake.models import Submission
from thuchu.desk.replies.addresses import leave_address, stop
from thuchu.desk.replies.dead import give_up_on, try_again
from thuchu.desk.replies.figures import asked
from thuchu.desk.replies.models import Reply, ReplyAddress
from thuchu.desk.replies.reads import dead_letters
from thuchu.desk.replies.sayings import Saying
from thuchu.desk.replies.writing import owe
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db(transaction=False)
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PLACES = "Vinh Huế Thanh Hoá Nghệ An Hà Giang Cà Mau Lạng Sơn Quy Nhơn Bạc Liêu Sa Đéc".split()
ACTS = (
    "ask", "ask", "ask", "ask_answered", "subscribe", "stop", "owe", "kill", "again", "give_up", "close", "reopen",
    "erase", "time",
)  # fmt: skip


class Asked:
    """A desk to which things happen, and what a person with a pencil would have counted."""

    def __init__(self):
        self.desk, self.now, self.asked, self.tokens, self.closings = Desk(NOW), NOW, 0, {}, {}

    def ask(self, dice, kind="none"):
        from thuchu.desk.claims.join import join_or_open
        from thuchu.desk.intake import reads
        from thuchu.desk.intake.receive import receive
        from thuchu.desk.intake.tellings import Telling

        self.asked += 1
        text = scrub(f"Nghe nói ở {PLACES[dice % len(PLACES)]} có con voi biết hát ru {'x' * (dice % 7 + 1)} lần")
        telling = Telling(at=self.now, kind=kind, told=())
        token = receive(text, door="web", language="vi", page_language="vi", telling=telling, links=(), now=self.now)
        number = reads.number(token)
        self.tokens[number] = token
        if kind == "none":
            join_or_open(number, text, "vi", links=(), now=self.now)

    def ask_answered(self, dice):
        self.ask(dice, kind="answer")

    def _one(self, dice):
        numbers = sorted(Submission.objects.values_list("pk", flat=True))
        return numbers[dice % len(numbers)] if numbers else None

    def subscribe(self, dice):
        number = self._one(dice)
        if number is not None:
            address = f"an{dice}.{number}.{Reply.objects.count()}@thu.example"
            leave_address(
                number, self.tokens[number], address, knows=Saying(kind="waiting"), language="vi", now=self.now
            )
            from thuchu.desk.replies.addresses import confirm

            confirm(link_of(number), now=self.now)

    def stop(self, dice):
        number = self._one(dice)
        if number is not None and ReplyAddress.objects.filter(submission=number).exists():
            stop(link_of(number, "stop"), now=self.now)

    def owe(self, dice):
        number = self._one(dice)
        if number is not None:
            owe(number, CLOSED if dice % 2 else Saying(kind="private"), now=self.now)

    def kill(self, _dice):
        Reply.objects.filter(state="waiting").update(state="dead", ended_at=self.now)

    def again(self, dice):
        for letter in dead_letters()[: dice % 3]:
            try_again(letter.number, now=self.now)

    def give_up(self, dice):
        for letter in dead_letters()[: dice % 3]:
            give_up_on(letter.number, now=self.now)

    def close(self, dice):
        claims = list(Claim.objects.filter(state="open").order_by("pk"))
        if claims:
            one, two = self.desk._coordinators()
            act = propose_not_checkable(
                claims[dice % len(claims)].pk,
                ("not_a_fact", "private")[dice % 2],
                scrub("Không kiểm chứng được."),
                by=one.pseudonym_id,
                now=self.now,
                has_helpful_note=False,
            )
            journey.confirm_act(act, by=two.pseudonym_id, now=self.now)
            self.closings[act] = claims[dice % len(claims)].pk

    def reopen(self, _dice):
        if self.closings:
            act, claim = self.closings.popitem()
            if not Claim.objects.filter(pk=claim, state="not_checkable").exists():
                return
            one, two = self.desk._coordinators()
            back = propose_undo(
                act, scrub("Xem lại."), wording=scrub("Có con voi biết hát"), by=one.pseudonym_id, now=self.now
            )
            journey.confirm_act(back, by=two.pseudonym_id, now=self.now)

    def erase(self, dice):
        number = self._one(dice)
        if number is not None:
            journey.erase_question(self.tokens[number], now=self.now)

    def time(self, dice):
        self.now += timedelta(days=dice % 200)
        journey.erase_old(now=self.now)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 999)), min_size=5, max_size=40))
def test_every_question_is_in_one_of_five_counts(home, acts):
    with transaction.atomic():
        desk = Asked()
        for act, dice in acts:
            getattr(desk, act)(dice)
            counts = asked()

            assert counts.asked == desk.asked, act
            assert counts.deleted == desk.asked - Submission.objects.count()
            assert counts.closed <= Grouping.objects.filter(claim__state="not_checkable").count()
        transaction.set_rollback(True)


def test_each_count_says_what_became_of_them(home, now):
    desk = Asked()
    for dice in range(4):
        desk.ask(dice)
    desk.ask_answered(5)
    desk.close(0)
    desk.erase(1)
    number = confirmed(now)
    desk.asked += 1
    owe(number, CLOSED, now=now)
    desk.kill(0)

    counts = asked()

    assert (counts.answered, counts.waiting, counts.closed, counts.deleted, counts.unreachable) == (1, 2, 1, 1, 1)
    try_again(dead_letters()[0].number, now=now)
    assert (asked().waiting, asked().unreachable) == (3, 0)

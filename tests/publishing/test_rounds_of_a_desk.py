"""A desk holds rounds: when they are due, once each, and what they write is what the ledger says."""

import random
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from notes.notes_desk import Desk
from thuchu.desk.ledger.models import Entry
from thuchu.desk.ledger.verify import verify_ledger
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.models import Note
from thuchu.desk.notes.rate import rate, retract
from thuchu.desk.notes.take_back import withdraw
from thuchu.desk.publishing import round as rounds
from thuchu.desk.publishing.models import Change, Round, Standing
from thuchu.desk.publishing.round import hold_round, read_ledger
from thuchu.rounds import StatusOf, decide, digest_of

pytestmark = pytest.mark.django_db

HALF_AN_HOUR = timedelta(minutes=30)


class TwoCamps(Desk):
    """Twelve people of two minds, who have rated nine notes; every third is liked by both."""

    def __init__(self, now):
        super().__init__(now)
        self.raters = self.people(12)
        self.writers = [self.person(f"Người viết {letter}") for letter in "abcdefghi"]
        self.notes = []
        for n, author in enumerate(self.writers):
            claim = self.claim(f"Tin số {n} nói rằng ở phường {'abcdefghi'[n] * 3} có chuyện lạ chưa ai kiểm chứng")
            self.notes.append(self.note(author, claim))
        dice = random.Random(3)
        for place, note in enumerate(self.notes):
            for number, person in enumerate(self.raters):
                likes = place % 3 == 2 or place % 3 == number % 2
                likes ^= dice.random() < 0.02
                self.rate(person, note, "helpful" if likes else "not_helpful")

    def claims_of(self, notes):
        """The claims that these notes answer."""
        return set(Note.objects.filter(pk__in=notes).values_list("claim", flat=True))

    @property
    def bridging(self):
        return set(self.notes[2::3])


@pytest.fixture
def camps(now):
    return TwoCamps(now)


def statuses():
    return dict(Standing.objects.values_list("note_id", "status"))


def helpful():
    return {note for note, status in statuses().items() if status == "helpful"}


def test_a_desk_without_ratings_holds_none(now):
    assert hold_round(now=now) is None
    assert not Round.objects.exists()


def test_four_people_are_no_round(now):
    desk = Desk(now)
    note = desk.note(desk.person("An Nhiên"))
    for person in desk.people(4):
        desk.rate(person, note)

    assert hold_round(now=now) is None


def test_what_people_who_usually_disagree_both_find_helpful_is_helpful(camps, now):
    assert hold_round(now=now) == 1

    assert helpful() == camps.bridging
    assert set(Standing.objects.filter(note__in=camps.bridging).values_list("rule", flat=True)) == {"sides_agree"}
    assert not Standing.objects.filter(agreed=True).exists()


def test_a_round_without_news_is_not_held_until_a_helpful_note_has_waited_half_an_hour(camps, now):
    hold_round(now=now)

    assert hold_round(now=now + HALF_AN_HOUR - timedelta(seconds=1)) is None
    assert hold_round(now=now + HALF_AN_HOUR) == 2

    assert set(Standing.objects.filter(agreed=True).values_list("note_id", flat=True)) == camps.bridging
    assert set(Standing.objects.values_list("since", flat=True)) == {1}
    assert not Change.objects.filter(round=2).exists()
    assert hold_round(now=now + 10 * HALF_AN_HOUR) is None


def test_a_note_that_one_side_comes_to_reject_is_helpful_no_more(camps, now):
    hold_round(now=now)
    hold_round(now=now + HALF_AN_HOUR)
    note = camps.notes[2]
    for person in camps.raters[::2]:
        rate(person, note, "not_helpful", ["notHelpfulIncorrect"], version=1, now=now)

    assert hold_round(now=now + 2 * HALF_AN_HOUR) == 3

    row = Standing.objects.get(note=note)
    assert (row.status != "helpful", row.agreed, row.since_id) == (True, False, 3)
    assert list(Change.objects.filter(note=note).order_by("round").values_list("round", "status")) == [
        (1, "helpful"),
        (3, row.status),
    ]


def test_an_edited_and_a_withdrawn_note_lose_their_status_in_the_next_round(camps, now):
    hold_round(now=now)
    one, other = sorted(camps.bridging)[:2]
    writer = dict(zip(camps.notes, camps.writers, strict=True))
    edit(
        writer[one],
        one,
        camps.draft("Nước muối loãng làm sạch miệng thôi, không diệt được vi rút nào cả đâu."),
        now=now,
    )
    withdraw(writer[other], other, now=now)

    assert hold_round(now=now + timedelta(minutes=5)) == 2

    assert not Standing.objects.filter(note__in=[one, other]).exists()
    assert set(Change.objects.filter(round=2).values_list("note", "status")) == {(one, "none"), (other, "none")}


def test_the_ledger_alone_gives_every_round_again(camps, now):
    hold_round(now=now)
    hold_round(now=now + HALF_AN_HOUR)
    for person in camps.raters[:6]:
        retract(person, camps.notes[0], now=now)
    hold_round(now=now + 2 * HALF_AN_HOUR)

    for row in Round.objects.order_by("number"):
        again = decide(read_ledger(row.up_to), time_ms=int(row.held_at.timestamp() * 1000))
        assert (again.digest, again.n_ratings, again.n_raters) == (row.digest, row.n_ratings, row.n_raters)
    replay = read_ledger()
    assert {
        note: (each.version, each.status, each.rule, each.since_round) for note, each in replay.standing.items()
    } == {row.note_id: (row.version, row.status, row.rule, row.since_id) for row in Standing.objects.all()}
    assert Round.objects.count() == len(replay.rounds) == 3
    verify_ledger()


def test_a_desk_that_stopped_between_batch_and_round_holds_it_afterwards(camps, now, monkeypatch):
    class Killed(BaseException):
        """The worker is no more."""

    def killed(*_args, **_named):
        raise Killed

    monkeypatch.setattr(rounds, "decide", killed)
    with pytest.raises(Killed):
        hold_round(now=now)
    monkeypatch.undo()
    assert not Round.objects.exists()

    assert hold_round(now=now) == 1
    assert helpful() == camps.bridging


def test_a_round_that_fails_while_it_is_written_leaves_nothing(camps, now, monkeypatch):
    def broken(*_args, **_named):
        raise DatabaseError("disk full")

    monkeypatch.setattr(rounds, "_change", broken)
    with pytest.raises(DatabaseError):
        hold_round(now=now)

    assert not Entry.objects.filter(kind="round.held").exists()
    assert not Round.objects.exists()


def test_of_two_that_hold_the_same_round_one_does(camps, now, monkeypatch):
    real = rounds.decide

    def slow(replay, **more):
        monkeypatch.setattr(rounds, "decide", real)
        assert hold_round(now=now) == 1
        return real(replay, **more)

    monkeypatch.setattr(rounds, "decide", slow)

    assert hold_round(now=now) is None
    assert Round.objects.count() == 1


def test_no_status_is_set_without_a_round_that_says_it(camps, now):
    """The database itself refuses it, whoever asks."""
    hold_round(now=now)
    other = next(note for note in camps.notes if note not in camps.bridging)

    for change in (
        lambda: Standing.objects.filter(note=other).update(status="helpful"),
        lambda: Standing.objects.filter(note=other).update(agreed=True),
        lambda: Round.objects.update(digest="0" * 64),
        lambda: Round.objects.all().delete(),
        lambda: Change.objects.update(status="helpful"),
        lambda: Round.objects.create(
            number=7, up_to=1, held_at=now, batch=1, params="x", n_ratings=0, n_raters=0, digest=""
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_what_is_written_holds_no_number_of_a_person(camps, now):
    """Rule 7: neither rows nor entries of a round lead to a rater."""
    hold_round(now=now)

    said = " ".join(Entry.objects.filter(kind__in=["round.held", "statuses.changed"]).values_list("body", flat=True))
    assert not any(str(person.rater_number) in said for person in camps.raters)
    columns = {field.name for model in (Round, Standing, Change) for field in model._meta.get_fields()}
    assert not columns & {"factor", "intercept", "rater", "rater_number", "account", "pseudonym", "by"}


def test_the_digest_is_over_the_rows(camps, now):
    hold_round(now=now)

    rows = [StatusOf(row.note_id, row.version, row.status, row.rule) for row in Standing.objects.all()]
    assert Round.objects.get().digest == digest_of(rows)

"""A simulated community is the same from the same number, and thinks as it is told to."""

import random
from collections import Counter

import pytest
from ledger_facts import Ledger

from thuchu.desk.simulation.world import BAD, CLAIMS_MAX, GOOD, ONE_SIDED, RATES_SHARE, Note, Person, make, opinion
from thuchu.rounds import decide


def judged(person, kind, side=1, times=200):
    """The share of times that person finds such a note helpful."""
    dice = random.Random(3)
    note = Note(0, kind, side, "false", "", "")
    return sum(opinion(person, note, dice)[0] == "helpful" for _ in range(times)) / times


def test_the_same_seed_makes_the_same_world_and_another_one_another():
    one = make(contributors=20, claims=10, attackers=0.1, seed=7)

    assert make(contributors=20, claims=10, attackers=0.1, seed=7) == one
    assert make(contributors=20, claims=10, attackers=0.1, seed=8) != one


def test_people_stand_on_two_sides_under_different_names():
    people = make(contributors=41, claims=1, attackers=0, seed=1).people

    assert len({person.name for person in people}) == 41
    assert abs(sum(person.side > 0 for person in people) - 20.5) < 1
    assert not any(person.is_attacker for person in people)


def test_a_good_note_helps_both_sides_a_one_sided_one_its_own_and_a_bad_one_nobody():
    left, right = Person("Lúa Sông", -0.9, False), Person("Ngô Núi", 0.9, False)

    assert min(judged(left, GOOD), judged(right, GOOD)) > 0.8
    assert judged(left, ONE_SIDED) < 0.2
    assert judged(right, ONE_SIDED) > 0.8
    assert max(judged(left, BAD), judged(right, BAD)) < 0.2


def test_attackers_are_of_one_mind_and_write_what_is_bad():
    world = make(contributors=20, claims=60, attackers=0.25, seed=2)
    attackers = {place for place, person in enumerate(world.people) if person.is_attacker}
    attacker = world.people[min(attackers)]

    assert len(attackers) == 5
    assert (judged(attacker, BAD), judged(attacker, GOOD)) == (1, 0)
    kinds = Counter(note.kind for claim in world.claims for note in claim.notes if note.author in attackers)
    assert set(kinds) == {BAD}


def test_nobody_writes_twice_on_one_claim_and_no_two_claims_are_one():
    world = make(contributors=6, claims=CLAIMS_MAX, attackers=0, seed=5)

    assert len({claim.messages[0] for claim in world.claims}) == CLAIMS_MAX
    for claim in world.claims:
        authors = [note.author for note in claim.notes]
        assert len(authors) == len(set(authors)) >= 1


@pytest.mark.parametrize("attackers", [0, 0.1])
def test_of_what_they_write_the_consensus_publishes_what_is_good_and_nothing_else(attackers):
    world = make(contributors=40, claims=12, attackers=attackers, seed=1)
    notes = [note for claim in world.claims for note in claim.notes]
    ledger, dice, lines = Ledger(), random.Random(1), []
    for number, note in enumerate(notes, 1):
        ledger.write(number, claim=number)
        for rater, person in enumerate(world.people):
            if rater != note.author and dice.random() < RATES_SHARE:
                lines.append((number, 1, 1000 + rater, opinion(person, note, dice)[0]))
    ledger.rate(*lines)

    said = decide(ledger.replay(), time_ms=1).statuses

    helpful = Counter(notes[each.note - 1].kind for each in said if each.status == "helpful")
    assert set(helpful) == {GOOD}
    assert helpful[GOOD] == sum(note.kind == GOOD for note in notes)

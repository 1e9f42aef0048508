"""What rounds say follows from the entries alone: not from names, not from who reads them, not from a clock."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_facts import HOUR_MS, Ledger, two_camps

from thuchu.rounds import Replay, UnreadableEntry, decide

BRIDGING = set(range(3, 31, 3))


@pytest.fixture(scope="module")
def camps():
    ledger = Ledger()
    two_camps(ledger)
    return ledger


def said(outcome):
    return {each.note: each.status for each in outcome.statuses}


def test_what_both_camps_like_is_helpful_and_nothing_else(camps):
    outcome = decide(camps.replay(), time_ms=0)

    assert {note for note, status in said(outcome).items() if status == "helpful"} == BRIDGING
    assert {each.rule for each in outcome.statuses if each.note in BRIDGING} == {"sides_agree"}


def test_one_camp_alone_publishes_nothing_however_many_they_are():
    ledger = Ledger()
    for note in (1, 2, 3):
        ledger.write(note)
        ledger.rate(*((note, 1, 1001 + rater, "helpful") for rater in range(30)))

    outcome = decide(ledger.replay(), time_ms=0)

    assert set(said(outcome).values()) == {"needs_more_ratings"}
    assert {each.rule for each in outcome.statuses} == {"too_few_viewpoints"}


def test_a_note_is_agreed_when_it_was_helpful_half_an_hour_ago_and_is_still():
    ledger = Ledger()
    two_camps(ledger)
    first = decide(ledger.replay(), time_ms=0)
    ledger.hold(1, first, 0)

    assert first.agreed == frozenset()
    assert decide(ledger.replay(), time_ms=HOUR_MS // 2 - 1).agreed == frozenset()
    later = decide(ledger.replay(), time_ms=HOUR_MS // 2)
    assert later.agreed == BRIDGING
    assert later.changes == ()
    assert later.digest == first.digest


def test_a_new_version_begins_anew_and_a_withdrawn_note_is_nothing():
    ledger = Ledger()
    two_camps(ledger)
    ledger.hold(1, decide(ledger.replay(), time_ms=0), 0)
    ledger.edit(3, 2)
    ledger.append("note.withdrawn", "note:6", {"version": 1})

    outcome = decide(ledger.replay(), time_ms=HOUR_MS)

    assert {(each.note, each.status) for each in outcome.changes} == {(3, "none"), (6, "none")}
    assert outcome.agreed == BRIDGING - {3, 6}


def test_what_is_taken_back_counts_no_more_and_what_is_said_again_counts_once():
    ledger = Ledger()
    ledger.write(1)
    ledger.rate((1, 1, 7, "helpful"), (1, 1, 8, "helpful"), (1, 1, 9, "not_helpful"))
    ledger.rate((1, 1, 7, "retracted"), (1, 1, 8, "not_helpful"))

    ratings = ledger.replay().ratings()

    assert [(ratings.rater_ids[row], level) for row, level in zip(ratings.rater, ratings.level, strict=True)] == [
        (9, 0),
        (8, 0),
    ]


def test_notes_of_an_erased_claim_leave_no_trace_in_the_table():
    ledger = Ledger()
    ledger.write(1, claim=5)
    ledger.write(2, claim=6)
    ledger.rate((1, 1, 7, "helpful"), (2, 1, 7, "helpful"))
    ledger.append("notes.erased", "claim:5", {"notes": 1})

    assert [decide(ledger.replay(), time_ms=0).statuses[0].note] == [2]
    assert len(ledger.replay().ratings()) == 1


def test_an_empty_ledger_says_nothing():
    outcome = decide(Replay(), time_ms=0)

    assert (outcome.statuses, outcome.changes, outcome.n_ratings, outcome.up_to) == ((), (), 0, 0)


@settings(max_examples=8, deadline=None)
@given(st.randoms(use_true_random=False))
def test_renaming_raters_and_cutting_batches_elsewhere_changes_no_status(dice):
    first, second = Ledger(), Ledger()
    lines = two_camps(first, raters=14, notes=9, seed=dice.random())
    names = dict(zip(range(1001, 1015), dice.sample(range(1, 2**62), 14), strict=True))
    for note in range(1, 10):
        second.write(note, claim=note)
    cut = dice.randrange(len(lines))
    renamed = [(note, version, names[rater], level) for note, version, rater, level in lines]
    second.rate(*renamed[:cut])
    second.rate(*renamed[cut:])

    one, other = decide(first.replay(), time_ms=0), decide(second.replay(), time_ms=0)

    assert one.digest == other.digest


LEVELS = st.sampled_from(["helpful", "somewhat_helpful", "not_helpful", "retracted"])
LINES = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 5), LEVELS), max_size=40)


@given(LINES)
def test_of_what_one_rater_said_of_a_note_the_last_line_stands(lines):
    ledger = Ledger()
    for note in range(1, 5):
        ledger.write(note)
    ledger.rate(*lines)
    replay = ledger.replay()

    ratings = replay.ratings()

    stands = {}
    for note, version, rater, level in lines:
        stands[note, rater] = (version, level)
    found = {}
    for row in range(len(ratings)):
        note, version = replay.version_of(ratings.note_ids[ratings.note[row]])
        found[note, int(ratings.rater_ids[ratings.rater[row]])] = (version, int(ratings.level[row]))
    level_of = {"not_helpful": 0, "somewhat_helpful": 1, "helpful": 2}
    assert found == {key: (v, level_of[level]) for key, (v, level) in stands.items() if level != "retracted"}


@pytest.mark.parametrize(
    ("kind", "subject", "body"),
    [
        ("note.written", "note:x", {"claim": 1, "verdict": "false"}),
        ("note.written", "note:1", {}),
        ("note.edited", "note:99", {"version": 2, "verdict": "true"}),
        ("ratings.entered", "ratings:1", {"ratings": [[1, 1, "x", "helpful", []]]}),
        ("ratings.entered", "ratings:1", {"ratings": [[1, 1, "5", "great", []]]}),
        ("ratings.entered", "ratings:1", {"ratings": [[1, 40, "5", "helpful", []]]}),
        ("ratings.entered", "ratings:1", {"ratings": [[1, 1, str(2**64), "helpful", []]]}),
        ("round.held", "round:1", {"up_to": None}),
    ],
)
def test_an_entry_that_cannot_be_read_is_named(kind, subject, body):
    with pytest.raises(UnreadableEntry, match=rf"entry 7 \({kind}\)"):
        Replay().feed(7, 0, kind, subject, body)


def test_two_hundred_thousand_ratings_are_read_and_laid_out_in_seconds():
    import time

    dice = np.random.default_rng(1)
    notes, raters = dice.integers(1, 60_000, 200_000), dice.integers(1, 2**60, 20_000)
    lines = [[int(note), 1, str(raters[dice.integers(20_000)]), "helpful", []] for note in notes]
    replay, start = Replay(), time.process_time()
    for begin in range(0, len(lines), 1000):
        replay.feed(begin + 1, 0, "ratings.entered", "ratings:1", {"ratings": lines[begin : begin + 1000]})
    replay.ratings()

    assert time.process_time() - start < 4

"""Plots of ratings over the axis follow from entries alone, have five people in each part, and move by five."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_facts import HOUR_MS, Ledger, two_camps

from thuchu import consensus
from thuchu.rounds import Part, Plot, decide, digest_of_plots
from thuchu.rounds.plots import PEOPLE_A_PART_MIN, PEOPLE_MIN, _merged, _parts, _slopes, plots


def moved(outcome):
    return {plot.note: plot for plot in outcome.plots}


def hold(ledger, number):
    """A round with its entries, as a desk writes them."""
    outcome = decide(ledger.replay(), time_ms=HOUR_MS * number)
    ledger.hold(number, outcome, HOUR_MS * number)
    if outcome.plots:
        body = {"plots": [[p.note, p.version, len(p.parts)] for p in outcome.plots], "digest": ""}
        ledger.append("plots.moved", f"round:{number}", body)
    return outcome


@pytest.fixture
def held():
    ledger = Ledger()
    two_camps(ledger)
    return ledger, hold(ledger, 1)


def test_what_one_side_likes_and_what_both_like_look_it(held):
    """Twenty of either mind rated all: the one-sided note falls off, the other one does not."""
    _, outcome = held
    one_sided, both = moved(outcome)[1], moved(outcome)[3]

    def share(part):
        return part.helpful / part.people

    assert share(one_sided.parts[0]) > 0.7
    assert share(one_sided.parts[-1]) < 0.3
    assert min(share(part) for part in both.parts) > 0.6
    for plot in outcome.plots:
        assert sum(part.fifths for part in plot.parts) == 5
        assert sum(part.people for part in plot.parts) == 40


def test_the_sign_of_the_axis_means_nothing_and_changes_nothing(held):
    ledger, outcome = held
    ratings = ledger.replay().ratings()
    scores = consensus.score(ratings)
    fit = scores.fits[0]
    other = replace(scores, fits=(replace(fit, rater_factor=-fit.rater_factor),))
    moving = {int(unit): ledger.replay().version_of(unit) for unit in ratings.note_ids}

    assert plots(ratings, scores, moving) == plots(ratings, other, moving)
    assert sorted(plots(ratings, scores, moving)) == sorted(outcome.plots)


def test_nothing_moves_before_five_people_have_said_something_new(held):
    ledger, _ = held
    ledger.rate(*((3, 1, 2001 + rater, "not_helpful") for rater in range(4)))
    assert hold(ledger, 2).plots == ()

    ledger.rate((3, 1, 2005, "not_helpful"))
    assert list(moved(hold(ledger, 3))) == [3]

    assert hold(ledger, 4).plots == ()


def test_one_person_who_says_it_again_and_again_moves_nothing(held):
    ledger, _ = held
    for level in ("not_helpful", "helpful", "retracted", "helpful", "somewhat_helpful"):
        ledger.rate((3, 1, 1001, level))

    assert hold(ledger, 2).plots == ()


def test_two_pictures_never_differ_by_fewer_than_five_people(held):
    """Whoever keeps every picture and takes one from another is left with what five people or more said together."""
    ledger, outcome = held
    dice = np.random.default_rng(4)
    fresh, pictures = set(), [moved(outcome)[3]]
    for number in range(2, 12):
        raters = {3000 + int(n) for n in dice.integers(0, 40, dice.integers(1, 4))}
        ledger.rate(*((3, 1, rater, "helpful") for rater in raters))
        fresh |= raters
        plot = moved(hold(ledger, number)).get(3)
        assert (plot is not None) == (len(fresh) >= PEOPLE_A_PART_MIN)
        if plot is not None:
            pictures.append(plot)
            fresh = set()
    assert len(pictures) > 2


def test_an_edited_note_begins_with_nothing(held):
    ledger, _ = held
    ledger.edit(3, 2)
    ledger.rate(*((3, 2, 1001 + rater, "helpful") for rater in range(9)))
    assert hold(ledger, 2).plots == ()

    ledger.rate((3, 2, 1010, "helpful"))
    assert moved(hold(ledger, 3))[3].version == 2


def test_a_picture_goes_when_too_few_are_left(held):
    ledger, _ = held
    ledger.rate(*((3, 1, 1001 + rater, "retracted") for rater in range(31)))

    assert hold(ledger, 2).plots == (Plot(3, 1, ()),)


def test_people_of_one_mind_have_no_axis():
    ledger = Ledger()
    for note in range(1, 10):
        ledger.write(note, claim=note)
        ledger.rate(*((note, 1, 1001 + rater, "helpful" if note % 2 else "not_helpful") for rater in range(30)))

    assert hold(ledger, 1).plots == ()


TABLES = st.lists(st.lists(st.integers(0, 9), min_size=3, max_size=3), min_size=5, max_size=5)


@given(TABLES)
def test_no_part_has_fewer_than_five_people_and_nobody_is_lost(table):
    people = sum(map(sum, table))
    parts = _merged(table)

    assert all(part.people >= PEOPLE_A_PART_MIN for part in parts)
    assert not parts or (sum(p.people for p in parts), sum(p.fifths for p in parts)) == (people, 5)


@given(TABLES)
def test_from_whichever_end_one_looks_the_picture_is_the_same(table):
    ends = [(int(_slopes(np.array([each]))[0]), each) for each in (table, table[::-1])]

    shown = _parts(ends)

    assert shown == _parts(ends[::-1])
    assert not shown or sum(part.people for part in shown) >= PEOPLE_MIN


@settings(max_examples=5, deadline=None)
@given(st.randoms(use_true_random=False))
def test_renaming_raters_and_cutting_batches_elsewhere_moves_no_plot(dice):
    first, second = Ledger(), Ledger()
    lines = two_camps(first, raters=24, notes=9, seed=dice.random())
    names = dict(zip(range(1001, 1025), dice.sample(range(1, 2**62), 24), strict=True))
    for note in range(1, 10):
        second.write(note, claim=note)
    cut = dice.randrange(len(lines))
    renamed = [(note, version, names[rater], level) for note, version, rater, level in lines]
    second.rate(*renamed[:cut])
    second.rate(*renamed[cut:])

    one, other = hold(first, 1), hold(second, 1)

    assert one.plots
    assert digest_of_plots(one.plots) == digest_of_plots(other.plots)


def test_a_digest_covers_every_count():
    plot = Plot(1, 1, (Part(2, 5, 0, 0), Part(3, 4, 1, 0)))

    assert digest_of_plots([plot]) != digest_of_plots([replace(plot, parts=(Part(2, 5, 0, 0), Part(3, 4, 0, 1)))])

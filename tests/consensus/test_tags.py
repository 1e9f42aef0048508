"""What tags say of a note, on tables whose answer is plain."""

import numpy as np
import pytest

from consensus.ratings_facts import tagged
from thuchu import consensus
from thuchu.consensus import tags
from thuchu.consensus.ratings import Ratings, Tags
from thuchu.consensus.values import BadRatings

SPAM, WRONG = tags.bit(tags.HARASSMENT), tags.bit("notHelpfulIncorrect")


def table(rows: list[tuple[int, int, float, int]]) -> Ratings:
    note, rater, value, ticks = (list(column) for column in zip(*rows, strict=True))
    return consensus.read(note, rater, value, tags=np.array(ticks, dtype=np.uint32))


def test_a_tag_of_one_s_own_side_counts_more_than_one_of_the_other() -> None:
    """CONSENSUS section 11.4: weights of the first rater's ratings of the first four notes."""
    from consensus.ratings_facts import TOY, drawn
    from thuchu.consensus.fitting import fit

    ratings = drawn(TOY)
    found = fit(ratings)
    ticks: Tags = np.where(ratings.rater == 0, SPAM, 0).astype(np.uint32)
    ratings = consensus.read(ratings.note, ratings.rater, ratings.value, tags=ticks)

    weighed = tags.weighed(ratings, found.rater_factor, found.note_factor)

    amount = weighed.amount[tags.OUTLIER_TAGS.index(tags.HARASSMENT)]
    assert amount[:4] == pytest.approx([0.870595, 0.821836, 0.006416, 0.037708], abs=1e-6)
    share = weighed.share[tags.OUTLIER_TAGS.index(tags.HARASSMENT)]
    assert amount[0] / share[0] == pytest.approx(3.788260342, abs=1e-8)


def test_without_a_helpful_note_any_tag_stands_out() -> None:
    """As published (trap T12): the threshold of no notes is zero."""
    ratings = table([(1, 1, 0, SPAM), (1, 2, 0, 0)])
    weighed = tags.weighed(ratings, np.array([0.1, -0.1]), np.array([0.2]))

    assert not tags.outlier_shares(weighed, np.array([False]), 0.95).any()


def test_incorrect_counts_for_more_from_those_who_seldom_say_so() -> None:
    other = tags.bit("notHelpfulOutdated")
    # Rater 1 says "incorrect" of every note, rater 2 of one of four; both of note 4, alone of 5 and 6.
    rows = [(note, 1, 0.0, int(WRONG)) for note in (1, 2, 4, 5)]
    rows += [(note, 2, 0.0, int(other)) for note in (1, 2, 3)] + [(6, 2, 0.0, int(WRONG))]
    ratings = table(rows)

    habit = tags.incorrect_habit(ratings)
    found = tags.incorrect(ratings, np.zeros(2), np.zeros(ratings.n_notes), habit)

    assert habit.tolist() == [1, 0.25]
    by_note = dict(zip(ratings.note_ids.tolist(), found.score.tolist(), strict=True))
    assert by_note[5] == pytest.approx(1 / np.log(2))
    assert by_note[6] == pytest.approx(1 / np.log(1.25))
    assert found.raters.tolist() == [2, 2, 1, 1, 1, 1]


def test_raters_far_from_the_note_don_t_count_as_surprised() -> None:
    ratings = table([(1, 1, 0, int(WRONG)), (1, 2, 0, int(WRONG))])

    found = tags.incorrect(ratings, np.array([0.4, -0.4]), np.array([0.35]), np.array([1.0, 1.0]))

    assert found.times.tolist() == [1]


def test_of_two_reasons_ticked_as_often_the_first_in_order_stands_first() -> None:
    clear, sources = int(tags.bit("helpfulClear")), int(tags.bit("helpfulGoodSources"))
    ratings = table([(1, 1, 1, clear | sources), (1, 2, 1, clear | sources), (2, 1, 1, clear), (2, 2, 1, sources)])

    places = tags.top_two(ratings, tags.HELPFUL_ORDER, 2)

    assert [tags.NAMES[place] for place in places[:, 0]] == ["helpfulClear", "helpfulGoodSources"]
    assert places[:, 1].tolist() == [-1, -1]


def test_a_rating_twice_with_other_tags_is_no_rating_twice() -> None:
    with pytest.raises(BadRatings, match="twice, differently"):
        table([(1, 1, 0, int(SPAM)), (1, 1, 0, 0)])


def test_tags_that_were_not_read_are_asked_for_by_name() -> None:
    with pytest.raises(BadRatings, match="without the tags"):
        _ = consensus.read([1], [1], [1]).ticks


def test_rows_by_note_are_the_same_rows() -> None:
    ratings = tagged(1)

    again = ratings.where(np.random.default_rng(1).permutation(len(ratings)) >= 0).by_note()

    assert (np.diff(again.note.astype(np.int64) * ratings.n_raters + again.rater) > 0).all()
    assert sorted(again.ticks.tolist()) == sorted(ratings.ticks.tolist())

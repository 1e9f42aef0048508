"""Notes given their raters: the worked examples of CONSENSUS sections 11.2 and 11.3."""

import numpy as np
import pytest

from consensus.ratings_facts import TOY, drawn, two_camps
from thuchu.consensus import notes
from thuchu.consensus.fitting import fit
from thuchu.consensus.layout import lay_out
from thuchu.consensus.notes import Frozen
from thuchu.consensus.ratings import Ratings

# Two new ratings: r1 and r4 find n5 helpful.
MORE = TOY.replace("1 1 0 h -", "1 1 0 h 1").replace("h 1 h h -", "h 1 h h 1")


def frozen(k: float) -> tuple[Ratings, Frozen]:
    found = fit(drawn(TOY))
    layout = lay_out(drawn(MORE))
    raters = layout.raters.codes
    return drawn(MORE), Frozen(
        found.global_intercept, found.rater_intercept[raters], found.rater_factor[raters], (0.15 * k, 0.03 * k)
    )


def by_note(values: np.ndarray, ratings: Ratings) -> np.ndarray:
    found = np.empty(ratings.n_notes)
    found[lay_out(ratings).notes.codes] = values
    return found


def test_two_new_ratings_with_raters_frozen() -> None:
    expected = {
        5.2: ([0.4203116963544, 0.1684509973781, 0.0959840230841, 0.3884476082549, 0.0478122846219],
              [-0.2046958735734, -0.8219883264993, 0.6904252900960, 0.3295083145535, -0.2806504972069]),
        10: ([0.3803437717821, 0.1549918982543, 0.0843073074348, 0.3334991934411, 0.0441558507236],
             [-0.1961775569185, -0.7615080808475, 0.6355187065407, 0.2705133421364, -0.2598330328135]),
    }  # fmt: skip
    for k, (intercepts, factors) in expected.items():
        ratings, raters = frozen(k)
        solved = notes.solved(notes.note_sums(lay_out(ratings), raters), raters.note_ridge)

        np.testing.assert_allclose(by_note(solved.intercept, ratings), intercepts, atol=1e-9)
        np.testing.assert_allclose(by_note(solved.factor, ratings), factors, atol=1e-9)


def test_one_more_helpful_rating_of_each_kind() -> None:
    """With the published ridges, which change with the added ratings (trap T5), the specification's own numbers."""
    least, factors = 0.1218748107045, (-0.5789015614491, 0.0, 0.6479606109273)
    expected = {
        -0.5789015614491: [0.4255491158904, 0.1717182866622, 0.1912050742296, 0.4285131240898, 0.0959583688229],
        0.0: [0.4452558550918, 0.2324604591675, 0.1695418062769, 0.4276905746310, 0.1296957364500],
        0.6479606109273: [0.4567131258389, 0.2855529942402, 0.1124031910447, 0.3904088286412, 0.1422041297020],
    }
    ratings, raters = frozen(33 / 5)
    sums = notes.note_sums(lay_out(ratings), raters)

    for factor in factors:
        left = 1.0 - raters.global_intercept - least
        more = sums + np.array([1.0, factor, factor**2, left, left * factor])[:, None]
        found = by_note(notes.solved(more, raters.note_ridge).intercept, ratings)
        np.testing.assert_allclose(found, expected[factor], atol=1e-9)
    highest = by_note(notes.upper_bound(sums, raters, least, factors), ratings)
    np.testing.assert_allclose(highest, np.max(list(expected.values()), axis=0), atol=1e-9)


@pytest.mark.parametrize("rows", [1, 3, 50, 10_000])
def test_how_many_rows_are_summed_at_a_time_changes_no_bit(monkeypatch: pytest.MonkeyPatch, rows: int) -> None:
    ratings = two_camps(3, n_raters=60, n_notes=80)
    found, layout = fit(ratings), lay_out(ratings)
    codes = layout.raters.codes
    raters = Frozen(found.global_intercept, found.rater_intercept[codes], found.rater_factor[codes], (0.15, 0.03))
    at_once = notes.note_sums(layout, raters)

    monkeypatch.setattr(notes, "_ROWS_AT_ONCE", rows)

    assert notes.note_sums(layout, raters).tobytes() == at_once.tobytes()

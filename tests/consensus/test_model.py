"""The worked example of the specification, to its last printed digit."""

import numpy as np
import pytest

from consensus.ratings_facts import TOY, drawn
from thuchu.consensus import model
from thuchu.consensus.fitting import fit
from thuchu.consensus.model import Parameters
from thuchu.consensus.values import Penalty

RATERS = {
    "intercept": [
        0.1567922880723, 0.1517321487409, 0.1393545505036, 0.1572457594308, 0.3137208502899, 0.1218748107045,
    ],
    "factor": [
        -0.5789015614491, -0.5776678459096, -0.1844861262240, -0.2665377349810, 0.6233001169181, 0.6479606109273,
    ],
}  # fmt: skip
NOTES = {
    "intercept": [0.4203116963544, 0.1684509973781, 0.0959840230841, 0.3884476082549, -0.2059273186198],
    "factor": [-0.2046958735734, -0.8219883264993, 0.6904252900960, 0.3295083145535, 0.1253894529707],
}


def test_the_worked_example_comes_out_to_its_last_digit() -> None:
    found = fit(drawn(TOY))

    assert found.loss == pytest.approx(0.066519979569235, abs=1e-14)
    assert found.squared_error == pytest.approx(0.028832349150667, abs=1e-9)
    assert found.global_intercept == pytest.approx(0.17345340129033, abs=1e-9)
    np.testing.assert_allclose(found.rater_intercept, RATERS["intercept"], atol=1e-9)
    np.testing.assert_allclose(found.rater_factor, RATERS["factor"], atol=1e-9)
    np.testing.assert_allclose(found.note_intercept, NOTES["intercept"], atol=1e-9)
    np.testing.assert_allclose(found.note_factor, NOTES["factor"], atol=1e-9)
    assert found.gradient_norm <= 1e-9


def test_the_definition_agrees_with_what_the_fit_reports() -> None:
    ratings = drawn(TOY)

    found = fit(ratings)

    at = Parameters.of(found)
    assert model.loss(ratings, Penalty(), at) == pytest.approx(found.loss, abs=1e-15)
    slope = model.gradient(ratings, Penalty(), at)
    assert max(np.abs(part).max() for part in (slope.note_intercept, slope.note_factor, slope.rater_intercept)) < 1e-9
    assert abs(slope.global_intercept) < 1e-9


def test_turning_all_factors_over_changes_nothing() -> None:
    ratings, found = drawn(TOY), fit(drawn(TOY))

    turned = Parameters(
        found.global_intercept, found.note_intercept, -found.note_factor, found.rater_intercept, -found.rater_factor
    )

    assert model.loss(ratings, Penalty(), turned) == model.loss(ratings, Penalty(), Parameters.of(found))


def test_the_gradient_is_the_slope_of_the_loss() -> None:
    ratings = drawn(TOY)
    at = Parameters(0.2, np.full(5, 0.1), np.linspace(-1, 1, 5), np.full(6, -0.1), np.linspace(1, -1, 6))
    step = 1e-6

    for name in ("note_intercept", "note_factor", "rater_intercept", "rater_factor"):
        for place in range(len(getattr(at, name))):
            moved = []
            for sign in (1, -1):
                values = {
                    field: np.array(getattr(at, field), dtype=float)
                    for field in ("note_intercept", "note_factor", "rater_intercept", "rater_factor")
                }
                values[name][place] += sign * step
                moved.append(model.loss(ratings, Penalty(), Parameters(0.2, **values)))
            slope = getattr(model.gradient(ratings, Penalty(), at), name)[place]
            assert slope == pytest.approx((moved[0] - moved[1]) / (2 * step), abs=1e-8)

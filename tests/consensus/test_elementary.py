"""Our own exponential and logarithm are as right as a library's, and bound where those overflow."""

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from thuchu.consensus import elementary


@given(st.floats(-700, 700))
def test_the_exponential_is_right_to_the_last_bits(x: float) -> None:
    assert math.isclose(float(elementary.exp(np.array([x]))[0]), math.exp(x), rel_tol=1e-15)


@given(st.floats(1e-300, 1e300))
def test_the_logarithm_is_right_to_the_last_bits(x: float) -> None:
    assert math.isclose(float(elementary.log(np.array([x]))[0]), math.log(x), rel_tol=1e-15, abs_tol=1e-16)


@given(st.floats(-1e6, 1e6))
def test_a_logit_of_any_size_has_a_probability_and_a_loss(z: float) -> None:
    likely, loss = elementary.sigmoid(np.array([z]))[0], elementary.softplus(np.array([z]))[0]

    assert 0 <= likely <= 1
    assert math.isclose(loss, max(z, 0) + math.log1p(math.exp(-abs(z))), abs_tol=1e-12)

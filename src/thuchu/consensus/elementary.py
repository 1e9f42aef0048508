"""Exponential and logarithm by +, -, × and ÷ alone: libraries' own differ in the last bit between processors."""

import numpy as np

from thuchu.consensus.values import Floats

# The logarithm of 2 in two parts; a whole number up to 2¹¹ times the first is exact.
_LN2_HIGH = 6.93147180369123816490e-01
_LN2_LOW = 1.90821492927058770002e-10
_LN2 = _LN2_HIGH + _LN2_LOW
# Below e⁻⁷⁰⁰ is nothing that matters; above it a double would overflow.
_EXPONENT_MAX = 700.0
# Terms of the series after which no further one moves the last bit, for |x| ≤ ln 2 ÷ 2 and |s| ≤ .172.
_EXP_TERMS = 14
_LOG_TERMS = 11
_ROOT_HALF = 0.7071067811865476


def exp(x: Floats) -> Floats:
    """e to the power of x; x beyond ±700 counts as ±700."""
    x = np.minimum(np.maximum(x, -_EXPONENT_MAX), _EXPONENT_MAX)
    whole = np.rint(x / _LN2)
    rest = (x - whole * _LN2_HIGH) - whole * _LN2_LOW
    series = np.ones_like(rest)
    for term in range(_EXP_TERMS, 0, -1):
        series = 1 + series * rest / term
    answer: Floats = np.ldexp(series, whole.astype(np.int32))
    return answer


def log(x: Floats) -> Floats:
    """The natural logarithm of positive numbers."""
    part, power = np.frexp(x)
    low = part < _ROOT_HALF
    part, whole = np.where(low, part * 2, part), power - low
    s = (part - 1) / (part + 1)
    square = s * s
    series = np.zeros_like(s)
    for term in range(2 * _LOG_TERMS + 1, 0, -2):
        series = series * square + 1 / term
    answer: Floats = whole * _LN2_HIGH + (whole * _LN2_LOW + 2 * s * series)
    return answer


def sigmoid(x: Floats) -> Floats:
    """1 ÷ (1 + e⁻ˣ)."""
    small = exp(-np.abs(x))
    answer: Floats = np.where(x >= 0, 1.0, small) / (1 + small)
    return answer


def softplus(x: Floats) -> Floats:
    """log(1 + eˣ)."""
    answer: Floats = np.maximum(x, 0) + log(1 + exp(-np.abs(x)))
    return answer

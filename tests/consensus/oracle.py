"""The minimum by the slow way: the objective's own Hessian, damped Newton steps on all parameters, many starts.

Written from CONSENSUS section 2.1 alone; shares nothing with `thuchu.consensus` but the penalty's numbers.
"""

import numpy as np


def minimum(note, rater, value, starts=4, per_note=None, per_rater=None):
    """The lowest loss found and its parameters: global, note intercepts, note factors, rater intercepts, factors."""
    m, u, n = note.max() + 1, rater.max() + 1, len(value)
    k_note, k_rater = per_note or n / m, per_rater or n / u
    ridge = np.concatenate(([0.15 * n], *(np.full(s, lam * k) for s, lam, k in (
        (m, 0.15, k_note), (m, 0.03, k_note), (u, 0.15, k_rater), (u, 0.03, k_rater)))))  # fmt: skip
    at = lambda theta: np.split(theta, np.cumsum([1, m, m, u]))  # noqa: E731

    def error(theta):
        g, c, y, b, x = at(theta)
        return value - g - c[note] - b[rater] - x[rater] * y[note]

    def loss(theta):
        return (np.sum(error(theta) ** 2) + np.sum(ridge * theta**2)) / n

    def step(theta, damping):
        _, _, y, _, x = at(theta)
        rows = np.arange(n)
        jacobian = np.zeros((n, len(theta)))
        jacobian[:, 0] = jacobian[rows, 1 + note] = jacobian[rows, 1 + 2 * m + rater] = 1
        jacobian[rows, 1 + m + note], jacobian[rows, 1 + 2 * m + u + rater] = x[rater], y[note]
        hessian = jacobian.T @ jacobian + np.diag(ridge + damping)
        np.add.at(hessian, (1 + m + note, 1 + 2 * m + u + rater), -error(theta))
        np.add.at(hessian, (1 + 2 * m + u + rater, 1 + m + note), -error(theta))
        slope = ridge * theta - jacobian.T @ error(theta)
        try:
            np.linalg.cholesky(hessian)
        except np.linalg.LinAlgError:
            return None
        return -np.linalg.solve(hessian, slope)

    best = None
    for start in range(starts):
        theta = np.random.default_rng(start).normal(0, 0.3, 1 + 2 * m + 2 * u)
        damping = 1.0
        for _ in range(120):
            move = step(theta, damping)
            if move is None or loss(theta + move) > loss(theta) + 1e-15:
                damping = max(4 * damping, 1e-3)
                if damping > 1e9:
                    break
                continue
            theta, damping = theta + move, damping / 4 if damping > 1e-6 else 0.0
            if np.abs(move).max() < 1e-13:
                break
        if best is None or loss(theta) < best[0]:
            best = loss(theta), theta
    return best[0], at(best[1])

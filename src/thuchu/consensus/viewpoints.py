"""Are there two sides, who stands where, and do both find a note helpful?  Each with its uncertainty.

The rule `desk` publishes by.  The published thresholds take factors as known; with few ratings, or with one side only,
they are noise.  Here every rating is judged by what the *other* ratings say of its rater and its note:

1. A rater's leaning is estimated from notes whose own leaning comes from everybody else (leave one out).
2. How leanings are spread over the community is estimated from all of them together (a mixture over a fixed grid); it
   says how far a single rater's estimate is to be believed, and whether there is a second side at all.
3. A note has a share of approval on either side.  How these two shares are spread over notes is estimated likewise; a
   note is as helpful as the probability that both shares are above a half.

Only +, -, ×, ÷ and square roots, in fixed order: the same bits on every machine.
"""

from dataclasses import dataclass

import numpy as np

from thuchu.consensus.ratings import Ratings
from thuchu.consensus.values import Bits, Fit, Floats, Penalty

# Leanings, in units of their own root mean square; 0 is left out: a leaning has a side.
LEANINGS = np.array([-2.0, -1.5, -1.1, -0.8, -0.55, -0.35, -0.15, 0.15, 0.35, 0.55, 0.8, 1.1, 1.5, 2.0])
# Shares of approval; the outer ones are as sure as a rater ever is.
SHARES = np.array([0.04, 0.12, 0.25, 0.4, 0.6, 0.75, 0.88, 0.96])
MIXTURE_ROUNDS = 60
# As many notes as are thought to have been seen before, evenly spread over all pairs of shares.
PRIOR_NOTES = 4.0
PRIOR_RATERS = 1.0


@dataclass(frozen=True, slots=True)
class Viewpoints:
    """What the ratings say about sides.

    first_side   (n_raters,) probability of a positive leaning
    sides        how many raters the smaller side has, by those probabilities
    evidence     how many times likelier (as a power of e) the leanings are with two sides than with one
    agreed       (n_notes,) probability that both sides find the note helpful
    approval     (n_notes, 2) mean share of approval on the negative and on the positive side
    """

    first_side: Floats
    smaller_side: float
    evidence: float
    agreed: Floats
    approval: Floats
    reach: Floats


def look(ratings: Ratings, fit: Fit, penalty: Penalty, part_rows: Bits) -> Viewpoints:
    note, rater, value = ratings.note[part_rows], ratings.rater[part_rows], ratings.value[part_rows]
    n_notes, n_raters = ratings.n_notes, ratings.n_raters
    b, x = fit.rater_intercept[rater], fit.rater_factor[rater]
    # 1. notes without this row
    ri, rf = penalty.note_intercept * fit.ratings_per_note, penalty.note_factor * fit.ratings_per_note
    t = value - fit.global_intercept - b
    S = [np.bincount(note, w, n_notes)[note] - w for w in (np.ones_like(x), x, x * x, t, t * x)]
    a11, a12, a22 = S[0] + ri, S[1], S[2] + rf
    det = a11 * a22 - a12 * a12
    c, y = (a22 * S[3] - a12 * S[4]) / det, (a11 * S[4] - a12 * S[3]) / det
    # 2. leanings from those
    ridge = penalty.rater_intercept * fit.ratings_per_rater
    e = value - fit.global_intercept - c
    sums = [np.bincount(rater, w, n_raters) for w in (np.ones_like(y), y, y * y, e, e * y)]
    error = e - b - x * y
    noise = max(float(np.cumsum(error * error)[-1]) / len(error), 1e-6)

    def leaning(s):
        info = s[2] - s[1] * s[1] / (s[0] + ridge)
        score = s[4] - s[1] * s[3] / (s[0] + ridge)
        info = np.maximum(info, 1e-9)
        return score / info, np.sqrt(noise / info)

    estimate, spread = leaning(sums)
    known = sums[0] > 0
    scale = np.sqrt(max(np.cumsum((x * x))[-1] / len(x), 1e-12))
    grid = LEANINGS * scale

    def density(est, sd):
        z = (est[:, None] - grid) / sd[:, None]
        d = 1 + z * z / 15
        d = d * d
        d = d * d
        return 1 / (d * d)

    dens = density(estimate[known], spread[known])
    free = mixture(dens, np.ones(len(grid), bool))
    best1 = max(loglik(dens, mixture(dens, grid > 0)), loglik(dens, mixture(dens, grid < 0)))
    evidence = loglik(dens, free) - best1
    post = dens * free
    post = post / post.sum(1, keepdims=True)
    first = np.full(n_raters, np.nan)
    first[known] = post[:, grid > 0].sum(1)
    smaller = min(np.nansum(first), np.nansum(1 - first))
    # per row, without this note
    loo = [s[rater] - w for s, w in zip(sums, (np.ones_like(y), y, y * y, e, e * y), strict=True)]
    est, sd = leaning(loo)
    post = density(est, sd) * free
    p = post[:, grid > 0].sum(1) / post.sum(1)
    # 3.
    minus, plus = np.meshgrid(SHARES, SHARES, indexing="ij")
    minus, plus = minus.reshape(-1), plus.reshape(-1)
    like = {v: s for v, s in ((0.0, 1 - SHARES), (0.5, np.sqrt(SHARES * (1 - SHARES))), (1.0, SHARES))}
    K = len(SHARES)
    lik3 = np.stack([like[0.0], like[0.5], like[1.0]])
    lv = (value * 2).astype(int)
    L = lik3[lv]  # rows × K
    rows_like = (1 - p)[:, None, None] * L[:, :, None] + p[:, None, None] * L[:, None, :]
    order = np.argsort(note, kind="stable")
    starts = np.searchsorted(note[order], np.arange(n_notes))
    cnt = np.bincount(note, minlength=n_notes)
    has = cnt > 0
    prod = np.multiply.reduceat(rows_like[order].reshape(len(p), K * K), starts[has], axis=0)
    prior = np.full(K * K, 1 / (K * K))
    base = prior.copy()
    for _ in range(MIXTURE_ROUNDS):
        w = prod * prior
        w = w / w.sum(1, keepdims=True)
        prior = (w.sum(0) + PRIOR_NOTES * base) / (len(w) + PRIOR_NOTES)
    w = prod * prior
    w = w / w.sum(1, keepdims=True)
    both = (minus > 0.5) & (plus > 0.5)
    agreed = np.full(n_notes, np.nan)
    agreed[has] = w[:, both].sum(1)
    approval = np.full((n_notes, 2), np.nan)
    approval[has] = np.stack([w @ minus, w @ plus], axis=1)
    reach = np.stack([np.bincount(note, 1 - p, n_notes), np.bincount(note, p, n_notes)], axis=1)
    return Viewpoints(first, float(smaller), float(evidence), agreed, approval, reach)


def mixture(dens, allowed):
    g = allowed / allowed.sum()
    base = g.copy()
    for _ in range(MIXTURE_ROUNDS):
        w = dens * g
        w = w / w.sum(1, keepdims=True)
        g = (w.sum(0) + PRIOR_RATERS * base) / (len(w) + PRIOR_RATERS)
    return g


def loglik(dens, g):
    return float(np.log(dens @ g).sum())

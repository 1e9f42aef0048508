"""`score`: from a table of ratings to each note's status and the rule that decided, by one parameter set.

Every stage takes and gives named tables, so that it can be fed another's result and compared with it.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.consensus import notes as closed
from thuchu.consensus import rules, viewpoints
from thuchu.consensus.counting import Counter
from thuchu.consensus.fitting import fit
from thuchu.consensus.layout import Layout, TakingPart, enough, lay_out
from thuchu.consensus.notes import Frozen
from thuchu.consensus.params import DAY_MS, DESK, ConsensusParams
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.rules import HELPFUL, NOT_HELPFUL, NoteFacts, Sides, Statuses
from thuchu.consensus.values import Bits, Fit, Floats, Ids, TooFewRatings


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of the notes beside their ratings, in the numbering of `Ratings.note_ids`; research runs only.

    author  code of the author among the raters, or -1
    created_ms, decided_ms  when it was written, and when it last got another status than needs_more_ratings; or NaN
    """

    author: npt.NDArray[np.int64]
    created_ms: Floats
    decided_ms: Floats
    was_helpful: Bits
    not_misleading: Bits


@dataclass(frozen=True, slots=True)
class Raters:
    """One row a rater, in the numbering of `Ratings.rater_ids`; for research runs, never for a desk."""

    intercept: Floats
    factor: Floats
    agreement: Floats
    stays: Bits


@dataclass(frozen=True, slots=True)
class Scores:
    """One row a note, in the order of `note_ids`.

    uncertainty  standard deviation of the intercept, its raters taken as known
    status  1 helpful, 0 needs more ratings, -1 not helpful
    rule    id of the rule that decided
    agreed, reach, tells  probability that both sides approve, and for each side of the axis for how many raters the
        ratings speak and how much one more would tell; desk only, else NaN
    """

    note_ids: Ids
    n_ratings: npt.NDArray[np.int64]
    intercept: Floats
    factor: Floats
    uncertainty: Floats
    status: Statuses
    rule: npt.NDArray[np.str_]
    agreed: Floats
    reach: Floats
    tells: Floats
    params: ConsensusParams
    fits: tuple[Fit, ...]
    evidence_bits: float
    smaller_side: float
    raters: Raters | None

    def who_could_decide(self, note: int) -> tuple[float, float]:
        """Where one more rating would tell most: a weight for the negative and for the positive side, 1 together."""
        tells = self.tells[:, note]
        total = float(tells[0] + tells[1])
        if not total > 0:
            return 0.5, 0.5
        return float(tells[0]) / total, float(tells[1]) / total


def score(
    ratings: Ratings,
    params: ConsensusParams = DESK,
    *,
    prior: Prior | None = None,
    correlated: Bits | None = None,
    counter: Counter | None = None,
) -> Scores:
    """All statuses of a table, from a cold start.

    prior       notes' authors, times and prior statuses; without it the rules that need them never answer
    correlated  (n_raters,) who acts together with others (`coordination`); nobody unless said
    """
    counter = counter or Counter()
    try:
        if params.passes == 1:
            return _desk(ratings, params, counter)
        return _published(ratings, params, prior or _nothing_known(ratings), correlated, counter)
    except TooFewRatings:
        return _undecided(ratings, params)


def _nothing_known(ratings: Ratings) -> Prior:
    n = ratings.n_notes
    unknown, no = np.full(n, np.nan), np.zeros(n, dtype=np.bool_)
    return Prior(np.full(n, -1, dtype=np.int64), unknown, unknown, no, no)


def _undecided(ratings: Ratings, params: ConsensusParams) -> Scores:
    """Nothing could be fitted: no note has a number."""
    facts = _facts(ratings, np.bincount(ratings.note, minlength=ratings.n_notes))
    status, rule = rules.decide(facts, params)
    return _scores(ratings, params, facts, (rules.public(status), rule), ())


def _facts(ratings: Ratings, n_ratings: npt.NDArray[np.int64], **known: object) -> NoteFacts:
    n = ratings.n_notes
    missing, two, no = np.full(n, np.nan), np.full((2, n), np.nan), np.zeros(n, dtype=np.bool_)
    values: dict[str, object] = {
        "used": n_ratings,
        "intercept": missing,
        "factor": missing,
        "upper": missing,
        "without_high_volume": missing,
        "without_correlated": missing,
        "sides": Sides(two, two, two),
        "was_helpful": no,
        "not_misleading": no,
        "agreed": missing,
        "rejected": missing,
        "reach": two,
        "two_sides": False,
    }
    return NoteFacts(n_ratings=n_ratings, **(values | known))  # type: ignore[arg-type]


def _scores(  # noqa: PLR0913 - one argument a column.
    ratings: Ratings,
    params: ConsensusParams,
    facts: NoteFacts,
    decided: tuple[Statuses, npt.NDArray[np.str_]],
    fits: tuple[Fit, ...],
    *,
    uncertainty: Floats | None = None,
    tells: Floats | None = None,
    sides: tuple[float, float] = (0.0, 0.0),
    raters: Raters | None = None,
) -> Scores:
    n = ratings.n_notes
    return Scores(
        ratings.note_ids,
        facts.n_ratings,
        facts.intercept,
        facts.factor,
        np.full(n, np.nan) if uncertainty is None else uncertainty,
        decided[0],
        decided[1],
        facts.agreed,
        facts.reach,
        np.full((2, n), np.nan) if tells is None else tells,
        params,
        fits,
        *sides,
        raters,
    )


def _spread(ratings: Ratings, layout: Layout, values: Floats) -> Floats:
    """From the layout's places to the ratings' codes, on the last axis."""
    column = np.full((*values.shape[:-1], ratings.n_notes), np.nan)
    column[..., layout.notes.codes] = values
    return column


# The desk's way.


def _desk(ratings: Ratings, params: ConsensusParams, counter: Counter) -> Scores:
    part = enough(ratings, params.ratings_per_note_min, params.ratings_per_rater_min, counter)
    found = fit(ratings, params.penalty, part=part, counter=counter)
    layout = lay_out(ratings, part, counter)
    frozen = frozen_at(found, params, layout)
    rater_ridge = (
        params.penalty.rater_intercept * found.ratings_per_rater,
        params.penalty.rater_factor * found.ratings_per_rater,
    )
    seen = viewpoints.look(
        viewpoints.Fitted(
            layout,
            frozen.global_intercept,
            frozen.rater_intercept,
            frozen.rater_factor,
            frozen.note_ridge,
            rater_ridge,
        )
    )
    two_sides = seen.evidence >= params.evidence_bits and seen.smaller_side >= params.smaller_side_min
    facts = _facts(
        ratings,
        counter.bodies.counts(ratings.note, ratings.rater, part.raters, ratings.n_notes),
        intercept=found.note_intercept,
        factor=found.note_factor,
        agreed=_spread(ratings, layout, seen.agreed),
        rejected=_spread(ratings, layout, seen.rejected),
        reach=_spread(ratings, layout, seen.reach),
        two_sides=two_sides,
    )
    values = closed.solved(closed.note_sums(layout, frozen), frozen.note_ridge, found.squared_error)
    return _scores(
        ratings,
        params,
        facts,
        rules.decide(facts, params),
        (found,),
        uncertainty=_spread(ratings, layout, values.deviation),
        tells=_spread(ratings, layout, seen.tells),
        sides=(seen.evidence, seen.smaller_side),
    )


def frozen_at(found: Fit, params: ConsensusParams, layout: Layout) -> Frozen:
    """The fit's raters and global intercept, for a layout whose raters all took part in it."""
    codes = layout.raters.codes
    k = found.ratings_per_note
    return Frozen(
        found.global_intercept,
        found.rater_intercept[codes],
        found.rater_factor[codes],
        (params.penalty.note_intercept * k, params.penalty.note_factor * k),
    )


# The published way (CONSENSUS section 8, "smallest faithful subset").


def _published(
    ratings: Ratings, params: ConsensusParams, prior: Prior, correlated: Bits | None, counter: Counter
) -> Scores:
    part = enough(ratings, params.ratings_per_note_min, params.ratings_per_rater_min, counter)
    first = fit(ratings, params.penalty, part=part, counter=counter)
    before = first_statuses(ratings, params, prior, first, part)
    raters = helpful_raters(ratings, params, prior, first, before)
    second = fit(ratings, params.penalty, part=TakingPart(part.notes, part.raters & raters.stays), counter=counter)
    return final_scores(ratings, params, prior, (first, second), raters, correlated, counter)


def first_statuses(ratings: Ratings, params: ConsensusParams, prior: Prior, first: Fit, part: TakingPart) -> Statuses:
    """Statuses by the first fit, from three rules only (section 4.1, P2)."""
    facts = _facts(
        ratings,
        np.bincount(ratings.note[part.rows(ratings)], minlength=ratings.n_notes),
        intercept=first.note_intercept,
        factor=first.note_factor,
        not_misleading=prior.not_misleading,
    )
    status = np.zeros(ratings.n_notes, dtype=np.int8)
    for name in ("general_helpful", "general_not_helpful", "not_misleading_not_helpful"):
        status[rules.RULES[name].when(facts, params, status)] = rules.RULES[name].sets
    return status


def helpful_raters(
    ratings: Ratings,
    params: ConsensusParams,
    prior: Prior,
    first: Fit,
    status: Statuses,
    penalty: Floats | None = None,
) -> Raters:
    """Who agreed with what came out often enough to stay (section 6.2).

    penalty  agreeing ratings taken from each rater; nobody's unless said
    """
    valid = (ratings.level != 1) & (status[ratings.note] != 0)
    if ratings.time is not None:
        age = ratings.time - prior.created_ms[ratings.note]
        late = (age >= params.valid_ms) | (ratings.time >= prior.decided_ms[ratings.note])
        valid &= ~late
    agrees = (ratings.level == 2) == (status[ratings.note] == HELPFUL)
    n = ratings.n_raters
    count = np.bincount(ratings.rater[valid], minlength=n)
    successes = np.bincount(ratings.rater[valid & agrees], minlength=n).astype(np.float64)
    with np.errstate(invalid="ignore"):
        agreement = successes / count
        kept = (successes - (0 if penalty is None else penalty)) / count
    stays = (
        (agreement >= params.agreement_min)
        & (kept >= params.agreement_min)
        & _good_authors(params, prior, first, status, n)
    )
    return Raters(first.rater_intercept, first.rater_factor, agreement, stays)


def _good_authors(params: ConsensusParams, prior: Prior, first: Fit, status: Statuses, n: int) -> Bits:
    """Everybody but those whose own notes were found wanting."""
    scored = (prior.author >= 0) & ~np.isnan(first.note_intercept)
    author = prior.author[scored]
    written = np.bincount(author, minlength=n)
    helpful = np.bincount(author, weights=status[scored] == HELPFUL, minlength=n)
    wanting = np.bincount(author, weights=status[scored] == NOT_HELPFUL, minlength=n)
    intercepts = np.bincount(author, weights=first.note_intercept[scored], minlength=n)
    many = np.maximum(written, 1)
    good = (helpful / many - 5 * wanting / many >= params.author_ratio_min) & (
        intercepts / many >= params.author_score_min
    )
    answer: Bits = good | (written == 0)
    return answer


def high_volume(ratings: Ratings, params: ConsensusParams) -> Bits:
    """Raters who rated more than nearly all others in one of the last windows (section 3, step 3)."""
    flagged = np.zeros(ratings.n_raters, dtype=np.bool_)
    if ratings.time is None or ratings.n_notes < params.high_volume_notes_min or not len(ratings):
        return flagged
    newest = int(ratings.time.max())
    for days in params.high_volume_days:
        count = np.bincount(ratings.rater[ratings.time > newest - days * DAY_MS], minlength=ratings.n_raters)
        if count.any():
            flagged |= count > np.quantile(count[count > 0], params.high_volume_quantile)
    return flagged


def final_scores(
    ratings: Ratings,
    params: ConsensusParams,
    prior: Prior,
    fits: tuple[Fit, Fit],
    raters: Raters,
    correlated: Bits | None,
    counter: Counter,
) -> Scores:
    """Notes with raters frozen at the second fit: four closed forms a note, then the rules (section 4.2)."""
    second = fits[1]
    counts = np.bincount(ratings.note, minlength=ratings.n_notes)
    notes_in, raters_in = counts >= params.ratings_min, ~np.isnan(second.rater_factor) & raters.stays
    layout = lay_out(ratings, TakingPart(notes_in, raters_in), counter)
    frozen = frozen_at(second, params, layout)
    sums = closed.note_sums(layout, frozen)
    values = closed.solved(sums, frozen.note_ridge, second.squared_error)
    factors = float(frozen.rater_factor.min()), 0.0, float(frozen.rater_factor.max())
    upper = closed.upper_bound(sums, frozen, float(frozen.rater_intercept.min()), factors)
    nobody = np.zeros(ratings.n_raters, dtype=np.bool_)
    facts = _facts(
        ratings,
        counts,
        used=np.bincount(ratings.note[(notes_in[ratings.note]) & raters_in[ratings.rater]], minlength=ratings.n_notes),
        intercept=_spread(ratings, layout, values.intercept),
        factor=_spread(ratings, layout, values.factor),
        upper=_spread(ratings, layout, upper),
        without_high_volume=_without(ratings, params, second, raters_in, high_volume(ratings, params), counter),
        without_correlated=_without(
            ratings, params, second, raters_in, nobody if correlated is None else correlated, counter
        ),
        sides=_sides(ratings, second, notes_in, raters_in),
        was_helpful=prior.was_helpful,
        not_misleading=prior.not_misleading,
    )
    status, rule = rules.decide(facts, params)
    after = Raters(second.rater_intercept, second.rater_factor, raters.agreement, raters.stays)
    return _scores(
        ratings,
        params,
        facts,
        (rules.public(status), rule),
        fits,
        uncertainty=_spread(ratings, layout, values.deviation),
        raters=after,
    )


def _without(
    ratings: Ratings, params: ConsensusParams, second: Fit, raters_in: Bits, out: Bits, counter: Counter
) -> Floats:
    """Intercepts without some raters, of notes that keep ratings enough."""
    counts = counter.bodies.counts(ratings.note, ratings.rater, ~out, ratings.n_notes)
    try:
        layout = lay_out(ratings, TakingPart(counts >= params.ratings_min, raters_in & ~out), counter)
    except TooFewRatings:
        return np.full(ratings.n_notes, np.nan)
    frozen = frozen_at(second, params, layout)
    return _spread(ratings, layout, closed.solved(closed.note_sums(layout, frozen), frozen.note_ridge).intercept)


def _sides(ratings: Ratings, second: Fit, notes_in: Bits, raters_in: Bits) -> Sides:
    """Whole and half numbers: exact in any order.  A factor of zero counts as positive, as published."""
    used = notes_in[ratings.note] & raters_in[ratings.rater]
    note, level = ratings.note[used], ratings.level[used].astype(np.float64)
    positive = second.rater_factor[ratings.rater[used]] >= 0
    n = ratings.n_notes
    count = np.stack([np.bincount(note[side], minlength=n) for side in (~positive, positive)]).astype(np.float64)
    halves = np.stack([np.bincount(note[side], weights=level[side], minlength=n) for side in (~positive, positive)])
    with np.errstate(invalid="ignore"):
        return Sides(count, halves / 2 / count, halves - count)

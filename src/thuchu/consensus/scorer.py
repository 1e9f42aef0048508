"""`score`: from a table of ratings to each note's status and the rule that decided, by one parameter set."""

import numpy as np

from thuchu.consensus import notes as closed
from thuchu.consensus import published, rules, viewpoints
from thuchu.consensus.counting import Counter
from thuchu.consensus.fitting import fit
from thuchu.consensus.independence import company
from thuchu.consensus.layout import enough, lay_out
from thuchu.consensus.params import DESK, ConsensusParams
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.scores import Prior, Scores, facts_of, frozen_at, scores_of, spread
from thuchu.consensus.values import Bits, TooFewRatings


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
    if params.passes == 1:
        return _desk(ratings, params, counter)
    try:
        return published.scored(ratings, params, prior, correlated, counter)
    except TooFewRatings:
        return _undecided(ratings, ratings, params)


def _undecided(ratings: Ratings, kept: Ratings, params: ConsensusParams) -> Scores:
    """Nothing could be fitted: no note has a number."""
    everyone, used = (np.bincount(rows.note, minlength=ratings.n_notes) for rows in (ratings, kept))
    facts = facts_of(ratings, everyone, used=used)
    status, rule = rules.decide(facts, params)
    return scores_of(ratings, params, facts, (rules.public(status), rule), (), set_aside=everyone - used)


def _desk(ratings: Ratings, params: ConsensusParams, counter: Counter) -> Scores:
    kept = ratings
    if params.company_max is not None:
        kept = ratings.where(company(ratings, params.notes_per_time) <= params.company_max)
    try:
        return _of_kept(ratings, kept, params, counter)
    except TooFewRatings:
        return _undecided(ratings, kept, params)


def _of_kept(ratings: Ratings, kept: Ratings, params: ConsensusParams, counter: Counter) -> Scores:
    """By the ratings that were not set aside; `ratings` are all."""
    part = enough(kept, params.ratings_per_note_min, params.ratings_per_rater_min, counter)
    found = fit(kept, params.penalty, part=part, counter=counter)
    layout = lay_out(kept, part, counter)
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
    everyone = np.bincount(ratings.note, minlength=ratings.n_notes)
    facts = facts_of(
        ratings,
        everyone,
        used=counter.bodies.counts(kept.note, kept.rater, part.raters, ratings.n_notes),
        intercept=found.note_intercept,
        factor=found.note_factor,
        agreed=spread(ratings, layout, seen.agreed),
        rejected=spread(ratings, layout, seen.rejected),
        reach=spread(ratings, layout, seen.reach),
        two_sides=two_sides,
    )
    values = closed.solved(closed.note_sums(layout, frozen), frozen.note_ridge, found.squared_error)
    return scores_of(
        ratings,
        params,
        facts,
        rules.decide(facts, params),
        (found,),
        uncertainty=spread(ratings, layout, values.deviation),
        tells=spread(ratings, layout, seen.tells),
        set_aside=everyone - np.bincount(kept.note, minlength=ratings.n_notes),
        sides=(seen.evidence, seen.smaller_side),
    )

"""The published way to statuses (CONSENSUS section 8, "smallest faithful subset", and its defences), stage by stage.

Every stage takes and gives named tables, so that it can be fed another's result and compared with it.
"""

import itertools
from dataclasses import dataclass, replace

import numpy as np

from thuchu.consensus import history, rules, tag_models, tags
from thuchu.consensus import notes as closed
from thuchu.consensus.counting import Counter
from thuchu.consensus.fitting import fit
from thuchu.consensus.layout import TakingPart, enough, lay_out
from thuchu.consensus.params import DAY_MS, ConsensusParams
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.rules import HELPFUL, NOT_HELPFUL, Sides, Statuses
from thuchu.consensus.scores import Prior, Raters, Scores, facts_of, frozen_at, nothing_known, scores_of, spread
from thuchu.consensus.tag_models import Diligence
from thuchu.consensus.values import Bits, Fit, Floats, Indices, TooFewRatings


@dataclass(frozen=True, slots=True)
class FromTags:
    """What the first passes over tags leave for the last one.

    shares  above which each tag of `tags.OUTLIER_TAGS` is an outlier; habit: `tags.incorrect_habit`
    known_diligence  (n_notes,) another run's last low-diligence intercepts, taken instead of solving for them
    """

    shares: Floats
    habit: Floats
    diligence: Diligence | None
    known_diligence: Floats | None = None


def scored(
    ratings: Ratings, params: ConsensusParams, prior: Prior | None, correlated: Bits | None, counter: Counter
) -> Scores:
    """Both passes, and the rules; `correlated` as in `score`."""
    prior = prior or nothing_known(ratings)
    if ratings.tags is not None:
        ratings = ratings.by_note()
    part = enough(ratings, params.ratings_per_note_min, params.ratings_per_rater_min, counter)
    first = fit(ratings, params.penalty, part=part, counter=counter)
    before = first_statuses(ratings, params, prior, first, part)
    raters = helpful_raters(ratings, params, prior, first, before)
    if ratings.tags is not None:
        rows = ratings.where(part.rows(ratings))
        harassing = tag_models.harassment(rows, first, raters.stays, params, counter)
        lost = tag_models.harassment_penalty(rows, harassing, params)
        raters = helpful_raters(ratings, params, prior, first, before, lost)
    second = fit(ratings, params.penalty, part=TakingPart(part.notes, part.raters & raters.stays), counter=counter)
    told = None
    if ratings.tags is not None:
        told = from_tags(ratings, params, TakingPart(part.notes, part.raters & raters.stays), second, before, counter)
    return final_scores(ratings, params, prior, (first, second), raters, correlated, counter, told)


def from_tags(
    ratings: Ratings,
    params: ConsensusParams,
    part: TakingPart,
    second: Fit,
    before: Statuses,
    counter: Counter | None = None,
) -> FromTags:
    """By the second fit's factors, over notes that the first one found helpful (as published: trap T12)."""
    found = tags.weighed(ratings, second.rater_factor, second.note_factor)
    return FromTags(
        tags.outlier_shares(found, before == HELPFUL, params.tag_quantile),
        tags.incorrect_habit(ratings),
        tag_models.diligence(ratings, part, second.rater_factor, counter),
    )


def first_statuses(ratings: Ratings, params: ConsensusParams, prior: Prior, first: Fit, part: TakingPart) -> Statuses:
    """Statuses by the first fit, from three rules only (section 4.1, P2)."""
    facts = facts_of(
        ratings,
        np.bincount(ratings.note[part.rows(ratings)], minlength=ratings.n_notes),
        intercept=first.note_intercept,
        factor=first.note_factor,
        not_misleading=prior.not_misleading,
    )
    first_rules = ("general_helpful", "general_not_helpful", "not_misleading_not_helpful")
    status, _ = rules.decide(facts, replace(params, rules=first_rules))
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
    with np.errstate(invalid="ignore", divide="ignore"):
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
    told: FromTags | None = None,
) -> Scores:
    """Notes with raters frozen at the second fit: closed forms a note, then the rules (section 4.2).

    told  what tags said before; without it the rules about tags never answer
    """
    second = fits[1]
    counts = np.bincount(ratings.note, minlength=ratings.n_notes)
    notes_in, raters_in = counts >= params.ratings_min, ~np.isnan(second.rater_factor) & raters.stays
    part = TakingPart(notes_in, raters_in)
    layout = lay_out(ratings, part, counter)
    frozen = frozen_at(second, params, layout)
    sums = closed.note_sums(layout, frozen)
    values = closed.solved(sums, frozen.note_ridge, second.squared_error)
    factors = float(frozen.rater_factor.min()), 0.0, float(frozen.rater_factor.max())
    upper = closed.upper_bound(sums, frozen, float(frozen.rater_intercept.min()), factors)
    nobody = np.zeros(ratings.n_raters, dtype=np.bool_)
    factor = spread(ratings, layout, values.factor)
    known: dict[str, object] = {
        "used": np.bincount(ratings.note[part.rows(ratings)], minlength=ratings.n_notes),
        "intercept": spread(ratings, layout, values.intercept),
        "factor": factor,
        "upper": spread(ratings, layout, upper),
        "without_high_volume": _without(ratings, params, second, raters_in, high_volume(ratings, params), counter),
        "without_correlated": _without(
            ratings, params, second, raters_in, nobody if correlated is None else correlated, counter
        ),
        "sides": _sides(ratings, second, notes_in, raters_in),
        "was_helpful": prior.was_helpful,
        "not_misleading": prior.not_misleading,
    }
    reasons = None
    if told is not None:
        reasons = top_reasons(ratings, params)
        known |= _tag_facts(ratings, params, second, told, factor, part, counter)
        known |= {
            "explained": (reasons >= 0).all(axis=1),
            "sampled": _sampled(ratings, params, second, raters_in, counter),
        }
    earlier = prior.history
    if earlier is not None:
        known |= {"waits": history.waits(earlier, params), "locked": earlier.is_locked, "locked_at": earlier.locked}
    facts = facts_of(ratings, counts, **known)
    status, rule = rules.decide(facts, params)
    if earlier is not None:
        earlier = history.after(
            earlier,
            params,
            scored=rules.decide(facts, _before_rounds(params))[0],
            status=rules.public(status),
            created_ms=prior.created_ms,
            may_lock=~np.isnan(facts.intercept) & (rule != "not_yet_stable"),
        )
    after = Raters(second.rater_intercept, second.rater_factor, raters.agreement, raters.stays)
    return scores_of(
        ratings,
        params,
        facts,
        (rules.public(status), rule),
        fits,
        uncertainty=spread(ratings, layout, values.deviation),
        raters=after,
        reasons=None if reasons is None else _of_status(reasons, rules.public(status)),
        history=earlier,
    )


def _before_rounds(params: ConsensusParams) -> ConsensusParams:
    """The rules up to those that look at earlier rounds."""
    return replace(params, rules=tuple(itertools.takewhile(lambda name: name != "stays_helpful", params.rules)))


def top_reasons(ratings: Ratings, params: ConsensusParams) -> Indices:
    """The two tags for not helpful and the two for helpful, by place in `tags.NAMES`, -1 for none: (2, 2, n_notes)."""
    orders = (tags.NOT_HELPFUL_ORDER, tags.HELPFUL_ORDER)
    return np.stack([tags.top_two(ratings, order, params.reason_uses_min) for order in orders])


def _of_status(reasons: Indices, status: Statuses) -> Indices:
    """The reasons for the status that came out: (2, n_notes)."""
    none = np.full(reasons.shape[1:], -1, dtype=np.int64)
    return np.where(status == HELPFUL, reasons[1], np.where(status == NOT_HELPFUL, reasons[0], none))


def _tag_facts(
    ratings: Ratings,
    params: ConsensusParams,
    second: Fit,
    told: FromTags,
    factor: Floats,
    part: TakingPart,
    counter: Counter,
) -> dict[str, object]:
    found = tags.weighed(ratings, second.rater_factor, factor)
    stands_out = (found.amount > params.tag_amount_over) & (found.share > told.shares[:, None])
    wrong = tags.incorrect(ratings, second.rater_factor, factor, told.habit)
    return {
        "outlier_tag": stands_out.any(axis=0),
        "incorrect": (wrong.times >= params.incorrect_times_min)
        & (wrong.raters >= params.incorrect_raters_min)
        & (wrong.score >= params.incorrect_score_min),
        "diligence": _diligence(ratings, told, part, counter),
    }


def _diligence(ratings: Ratings, told: FromTags, part: TakingPart, counter: Counter) -> Floats:
    if told.known_diligence is not None:
        return told.known_diligence
    if told.diligence is None:
        return np.full(ratings.n_notes, np.nan)
    return tag_models.diligence_now(ratings, part, told.diligence, counter)


def _sampled(ratings: Ratings, params: ConsensusParams, second: Fit, raters_in: Bits, counter: Counter) -> Floats:
    """The intercept by raters invited at random, where there are enough of them on either side (rule 32)."""
    invited = ratings.where(tags.ticked(ratings.ticks, tags.SAMPLED) & raters_in[ratings.rater])
    sides = _sides(invited, second, np.ones(ratings.n_notes, dtype=np.bool_), raters_in)
    enough_ = (sides.count.sum(axis=0) >= params.sampled_min) & (sides.count >= params.sampled_side_min).all(axis=0)
    try:
        layout = lay_out(invited, TakingPart(enough_, raters_in), counter)
    except TooFewRatings:
        return np.full(ratings.n_notes, np.nan)
    k = params.sampled_ratings_per_note
    frozen = replace(
        frozen_at(second, params, layout),
        note_ridge=(params.penalty.note_intercept * k, params.penalty.note_factor * k),
    )
    return spread(ratings, layout, closed.solved(closed.note_sums(layout, frozen), frozen.note_ridge).intercept)


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
    return spread(ratings, layout, closed.solved(closed.note_sums(layout, frozen), frozen.note_ridge).intercept)


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

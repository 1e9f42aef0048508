"""The rules, as small named objects: when each answers, what it says, and why, in a sentence for people.

They are asked in the order of a parameter set; a later answer replaces an earlier one, and the last one that answered
is the rule that decided.  A comparison with a missing number is false: what is not known never fires a rule, except
for the safeguards, which hold a note back when they can't be computed (trap T6).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.consensus.params import ConsensusParams
from thuchu.consensus.values import Bits, Floats

Statuses = npt.NDArray[np.int8]
NEEDS_MORE_RATINGS, HELPFUL, NOT_HELPFUL = 0, 1, -1
# Inside the published rules only: good enough but for a safeguard; and not to be published by any later model.
NEEDS_YOUR_HELP, FIRM_REJECT = 2, -2
# Means of halves meet a line like .3 exactly: (.2 + .4) ÷ 2 must count as .3 (trap T39).
_EXACT = 1e-9
STATUS_NAMES = {NEEDS_MORE_RATINGS: "needs_more_ratings", HELPFUL: "helpful", NOT_HELPFUL: "not_helpful"}


@dataclass(frozen=True, slots=True)
class Sides:
    """A note's used ratings by the sign of the rater's factor: (2, n_notes) each, negative side first.

    net  helpful less not helpful
    """

    count: Floats
    mean: Floats
    net: Floats


@dataclass(frozen=True, slots=True)
class NoteFacts:
    """All that rules look at; one row a note, NaN where there is no number.

    n_ratings  all ratings that count, whoever made them; used: those of raters that take part in the last fit
                and, for a desk, that nobody stands behind who is as one with their rater (`independence`)
    upper      the intercept with one more helpful rating of the kind that moves it most
    without_high_volume, without_correlated  the intercept without the busiest, without the coordinated raters
    was_helpful, not_misleading  prior status helpful; the note says that nothing is wrong
    outlier_tag, incorrect  a not helpful tag, or "incorrect", stands out among raters of the note's own side
    diligence  how far raters of all sides call its sources poor
    sampled    the intercept by raters invited at random, where there are enough of them
    explained  raters ticked two reasons for the status that it would have, (2, n_notes): not helpful, helpful
    waits, locked, locked_at  see `history`
    agreed, rejected, reach, two_sides  see `viewpoints`
    """

    n_ratings: npt.NDArray[np.int64]
    used: npt.NDArray[np.int64]
    intercept: Floats
    factor: Floats
    upper: Floats
    without_high_volume: Floats
    without_correlated: Floats
    sides: Sides
    was_helpful: Bits
    not_misleading: Bits
    outlier_tag: Bits
    incorrect: Bits
    diligence: Floats
    sampled: Floats
    explained: Bits
    waits: Bits
    locked: Bits
    locked_at: Statuses
    agreed: Floats
    rejected: Floats
    reach: Floats
    two_sides: bool


When = Callable[[NoteFacts, ConsensusParams, Statuses], Bits]


@dataclass(frozen=True, slots=True)
class Rule:
    """sets: the status it gives to the notes for which `when` holds; None: the one that each was locked at."""

    id: str
    version: int
    sentence: str
    sets: int | None
    when: When


def _enough(facts: NoteFacts, params: ConsensusParams) -> Bits:
    answer: Bits = facts.n_ratings >= params.ratings_min
    return answer


def _every(facts: NoteFacts, _params: ConsensusParams, _status: Statuses) -> Bits:
    return np.ones(len(facts.n_ratings), dtype=np.bool_)


def _helpful(facts: NoteFacts, params: ConsensusParams, _status: Statuses) -> Bits:
    answer: Bits = _enough(facts, params) & (facts.intercept >= params.helpful_intercept) & ~facts.not_misleading
    return answer


def _not_helpful(facts: NoteFacts, params: ConsensusParams, _status: Statuses) -> Bits:
    line = params.not_helpful_intercept - params.not_helpful_slope * np.abs(facts.factor)
    answer: Bits = _enough(facts, params) & (facts.intercept <= line)
    return answer


def _upper_bound(facts: NoteFacts, params: ConsensusParams, _status: Statuses) -> Bits:
    answer: Bits = _enough(facts, params) & (facts.upper < params.upper_bound)
    return answer


def _both_sides(facts: NoteFacts, params: ConsensusParams, _status: Statuses) -> Bits:
    mean, many = facts.sides.mean, (facts.sides.count >= params.side_raters_min).all(axis=0)
    low = (mean <= params.side_mean_max + _EXACT).all(axis=0)
    low &= (mean[0] + mean[1]) / 2 <= params.sides_mean_max + _EXACT
    answer: Bits = _enough(facts, params) & many & low
    return answer


def _not_misleading(facts: NoteFacts, params: ConsensusParams, _status: Statuses) -> Bits:
    answer: Bits = facts.not_misleading & (facts.intercept < params.not_misleading_intercept)
    return answer


def _inertia(facts: NoteFacts, params: ConsensusParams, status: Statuses) -> Bits:
    kept = params.helpful_intercept - params.helpful_inertia
    # Not from not helpful: trap T8.
    held = facts.was_helpful & ~facts.not_misleading & (status == NEEDS_MORE_RATINGS)
    answer: Bits = held & _enough(facts, params) & (facts.intercept >= kept)
    return answer


def _outlier_tag(facts: NoteFacts, _params: ConsensusParams, status: Statuses) -> Bits:
    answer: Bits = (status != NOT_HELPFUL) & facts.outlier_tag
    return answer


def _incorrect(facts: NoteFacts, _params: ConsensusParams, status: Statuses) -> Bits:
    answer: Bits = (status != NOT_HELPFUL) & facts.incorrect
    return answer


def _low_diligence(facts: NoteFacts, params: ConsensusParams, status: Statuses) -> Bits:
    answer: Bits = (status != NOT_HELPFUL) & (facts.diligence > params.low_diligence_over)
    return answer


def _large_factor(facts: NoteFacts, params: ConsensusParams, status: Statuses) -> Bits:
    answer: Bits = (status == HELPFUL) & (np.abs(facts.factor) > params.factor_max)
    return answer


def _low_intercept(facts: NoteFacts, params: ConsensusParams, status: Statuses) -> Bits:
    answer: Bits = (status != NOT_HELPFUL) & (facts.intercept < params.reject_intercept)
    return answer


def _minority(facts: NoteFacts) -> Floats:
    answer: Floats = np.maximum(np.nan_to_num(facts.sides.net).min(axis=0), 0)
    return answer


def _minority_raters(facts: NoteFacts, params: ConsensusParams, status: Statuses) -> Bits:
    answer: Bits = (status == HELPFUL) & (_minority(facts) < params.minority_net_min)
    return answer


def _rater_balance(facts: NoteFacts, params: ConsensusParams, status: Statuses) -> Bits:
    net = _minority(facts)
    small = (net >= params.minority_net_min) & (net < params.minority_net_enough)
    total = np.maximum(np.nan_to_num(facts.sides.count).sum(axis=0), 1)
    answer: Bits = (status == HELPFUL) & small & (net / total < params.minority_share_min)
    return answer


def _without(name: str) -> When:
    def holds(facts: NoteFacts, params: ConsensusParams, status: Statuses) -> Bits:
        intercept: Floats = getattr(facts, name)
        answer: Bits = (status == HELPFUL) & ~(intercept >= params.safeguard_intercept)
        return answer

    return holds


def _sampled(facts: NoteFacts, params: ConsensusParams, status: Statuses) -> Bits:
    low = facts.sampled < params.sampled_intercept
    answer: Bits = (status == HELPFUL) & low & (facts.intercept - facts.sampled >= params.sampled_gap)
    return answer


def _stays_helpful(facts: NoteFacts, _params: ConsensusParams, status: Statuses) -> Bits:
    answer: Bits = (status == NEEDS_YOUR_HELP) & facts.was_helpful
    return answer


def _not_yet_stable(facts: NoteFacts, _params: ConsensusParams, status: Statuses) -> Bits:
    answer: Bits = (status == HELPFUL) & facts.waits
    return answer


def _too_few_reasons(facts: NoteFacts, _params: ConsensusParams, status: Statuses) -> Bits:
    answer: Bits = ((status == NOT_HELPFUL) & ~facts.explained[0]) | ((status == HELPFUL) & ~facts.explained[1])
    return answer


def _locked(facts: NoteFacts, _params: ConsensusParams, status: Statuses) -> Bits:
    answer: Bits = facts.locked & (public(status) != facts.locked_at)
    return answer


def _too_few(facts: NoteFacts, params: ConsensusParams, _status: Statuses) -> Bits:
    answer: Bits = facts.n_ratings < params.ratings_min
    return answer


def _too_few_independent(facts: NoteFacts, params: ConsensusParams, _status: Statuses) -> Bits:
    few = (facts.used < params.ratings_min) | (facts.used < params.counted_share_min * facts.n_ratings)
    answer: Bits = few & (facts.n_ratings >= params.ratings_min)
    return answer


def _sides_agree(facts: NoteFacts, params: ConsensusParams, _status: Statuses) -> Bits:
    liked = (facts.intercept >= params.floor_intercept) & (np.abs(facts.factor) <= params.factor_max)
    answer: Bits = _enough(facts, params) & (facts.agreed >= params.agreement_probability) & liked
    return answer


def _sides_reject(facts: NoteFacts, params: ConsensusParams, _status: Statuses) -> Bits:
    answer: Bits = _enough(facts, params) & (facts.rejected >= params.agreement_probability)
    return answer


def _too_few_viewpoints(facts: NoteFacts, params: ConsensusParams, _status: Statuses) -> Bits:
    unheard = ~(facts.reach >= params.reach_min).all(axis=0)
    return _enough(facts, params) & (unheard if facts.two_sides else np.ones_like(unheard))


RULES = {
    rule.id: rule
    for rule in (
        Rule("initial", 1, "No rule has decided yet: it needs more ratings.", NEEDS_MORE_RATINGS, _every),
        Rule(
            "general_helpful", 1,
            "What raters of all sides like about it, beyond what their sides explain, is above the line.",
            HELPFUL, _helpful,
        ),
        Rule(
            "general_not_helpful", 1,
            "What raters of all sides dislike about it is below the line, which is lower for a one-sided note.",
            NOT_HELPFUL, _not_helpful,
        ),
        Rule(
            "upper_bound_not_helpful", 1,
            "Even one more helpful rating of the kind that would help most would leave it below the line.",
            NOT_HELPFUL, _upper_bound,
        ),
        Rule(
            "both_sides_not_helpful", 1,
            "At least three raters of each side found it, on average, not helpful.",
            NOT_HELPFUL, _both_sides,
        ),
        Rule(
            "not_misleading_not_helpful", 1,
            "It says that nothing is wrong, and raters of all sides disagree.",
            NOT_HELPFUL, _not_misleading,
        ),
        Rule(
            "inertia", 1,
            "It was helpful before and is a hair below the line: a status does not flicker.",
            HELPFUL, _inertia,
        ),
        Rule(
            "tag_outlier", 1,
            "Raters of its own side name one defect much oftener than they do of helpful notes.",
            FIRM_REJECT, _outlier_tag,
        ),
        Rule(
            "surprisingly_incorrect", 1,
            "Raters of its own side who seldom call notes incorrect call it so.",
            FIRM_REJECT, _incorrect,
        ),
        Rule(
            "low_diligence", 1,
            "Raters of all sides, those of repute most, find that it is wrong or that its sources don't carry it.",
            FIRM_REJECT, _low_diligence,
        ),
        Rule(
            "large_factor", 1,
            "One side likes it so much more than the other that its score can't be trusted.",
            FIRM_REJECT, _large_factor,
        ),
        Rule("low_intercept", 1, "It is far from the line.", FIRM_REJECT, _low_intercept),
        Rule(
            "minority_raters", 1,
            "The smaller side has too few helpful ratings more than not helpful ones.",
            NEEDS_YOUR_HELP, _minority_raters,
        ),
        Rule(
            "rater_balance", 1,
            "The smaller side's support is too small a part of all ratings.",
            NEEDS_YOUR_HELP, _rater_balance,
        ),
        Rule(
            "no_high_volume", 2,
            "Without the busiest raters it would be below the line, or nothing would be left to say.",
            NEEDS_YOUR_HELP, _without("without_high_volume"),
        ),
        Rule(
            "no_correlated", 2,
            "Without raters who act together it would be below the line, or nothing would be left to say.",
            NEEDS_YOUR_HELP, _without("without_correlated"),
        ),
        Rule(
            "sampled_raters", 1,
            "Raters who were invited at random like it much less than those who came by themselves.",
            NEEDS_MORE_RATINGS, _sampled,
        ),
        Rule(
            "stays_helpful", 1,
            "It is helpful already: the checks before these words keep a note from becoming so, not from staying so.",
            HELPFUL, _stays_helpful,
        ),
        Rule(
            "not_yet_stable", 1,
            "It is good enough, but has not been so for long enough.",
            NEEDS_MORE_RATINGS, _not_yet_stable,
        ),
        Rule(
            "too_few_reasons", 1,
            "Its raters don't agree on two reasons that a reader could be given.",
            NEEDS_MORE_RATINGS, _too_few_reasons,
        ),
        Rule("locked", 1, "Its status was settled two weeks after it was written.", None, _locked),
        Rule("too_few_ratings", 1, "It has fewer ratings than any status needs.", NEEDS_MORE_RATINGS, _too_few),
        Rule(
            "too_few_independent", 2,
            "Without people who turn up together and say the same, too few ratings are left: fewer than any status "
            "needs, or a small part of all.",
            NEEDS_MORE_RATINGS, _too_few_independent,
        ),
        Rule(
            "sides_agree", 1,
            "More than two thirds of either side find it helpful: its ratings say so with four chances in five.",
            HELPFUL, _sides_agree,
        ),
        Rule(
            "sides_reject", 1,
            "Less than a third of either side find it helpful: its ratings say so with four chances in five.",
            NOT_HELPFUL, _sides_reject,
        ),
        Rule(
            "too_few_viewpoints", 1,
            "Its ratings, or this community's so far, don't show two sides that have really disagreed before.",
            NEEDS_MORE_RATINGS, _too_few_viewpoints,
        ),
    )
}  # fmt: skip
# What is said of a note that has ratings enough, where no rule answered.
UNDECIDED = Rule("undecided", 1, "Its raters have not come to agree.", NEEDS_MORE_RATINGS, _every)


def decide(facts: NoteFacts, params: ConsensusParams) -> tuple[Statuses, npt.NDArray[np.str_]]:
    """Each note's status (as the rules say it, with the inner ones) and the id of the rule that decided."""
    status = np.zeros(len(facts.n_ratings), dtype=np.int8)
    decided = np.full(len(status), UNDECIDED.id, dtype="U32")
    for name in params.rules:
        rule = RULES[name]
        answers = rule.when(facts, params, status)
        status[answers] = facts.locked_at[answers] if rule.sets is None else rule.sets
        decided[answers] = rule.id
    return status, decided


def public(status: Statuses) -> Statuses:
    """The three statuses that people see."""
    return np.where(np.abs(status) > 1, NEEDS_MORE_RATINGS, status).astype(np.int8)

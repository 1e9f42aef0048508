"""The rules' thresholds, in two published sets.  A set never changes: another number is another version.

So does a constant of `viewpoints`, `independence`, `coordination`, `tags`, `tag_models` or `history` that bears on a
status: it belongs to the version, too.
"""

from dataclasses import dataclass, replace

from thuchu.consensus.values import Penalty

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS


@dataclass(frozen=True, slots=True)
class ConsensusParams:
    """What a scoring of a table depends on besides the table.

    rules  ids, in the order in which they are asked; the last that answers decides
    passes  1: fit and decide.  2: fit, drop raters who disagree with its outcome, fit again (CONSENSUS section 4.1)
    """

    name: str
    version: int
    rules: tuple[str, ...]
    passes: int
    penalty: Penalty
    # A note with fewer ratings gets no status; what a note and a rater need to take part in the fit.
    ratings_min: int = 5
    ratings_per_note_min: int = 1
    ratings_per_rater_min: int = 1
    # Published thresholds (CONSENSUS sections 2.8 and 5.1).
    helpful_intercept: float = 0.40
    helpful_inertia: float = 0.01
    not_helpful_intercept: float = -0.05
    not_helpful_slope: float = 0.8
    not_misleading_intercept: float = -0.15
    upper_bound: float = -0.04
    factor_max: float = 0.5
    reject_intercept: float = 0.30
    safeguard_intercept: float = 0.37
    minority_net_min: int = 4
    minority_net_enough: int = 10
    minority_share_min: float = 0.05
    side_raters_min: int = 3
    side_mean_max: float = 0.4
    sides_mean_max: float = 0.3
    # Which raters stay for the second pass (section 6).
    agreement_min: float = 0.66
    author_ratio_min: float = 0.0
    author_score_min: float = 0.05
    valid_ms: int = 48 * HOUR_MS
    high_volume_notes_min: int = 200
    high_volume_quantile: float = 0.999
    high_volume_days: tuple[int, ...] = (7, 28)
    # Tags (section 5.1, rules 8 to 10; section 6.3).
    tag_amount_over: float = 2.5
    tag_quantile: float = 0.95
    incorrect_times_min: int = 2
    incorrect_raters_min: int = 3
    incorrect_score_min: float = 2.5
    low_diligence_over: float = 0.263
    harassment_min: float = 2.0
    harassment_penalty: float = 10.0
    harassment_per_note_min: int = 5
    harassment_per_rater_min: int = 10
    # Ratings that answer a random invitation (section 5.2, rule 32): how many, how many a side, and a K of their own.
    sampled_min: int = 8
    sampled_side_min: int = 2
    sampled_intercept: float = 0.30
    sampled_gap: float = 0.15
    sampled_ratings_per_note: float = 10.0
    # Two reasons with two uses each, or no status (rule 35).
    reason_uses_min: int = 2
    # Rounds (sections 5.3 to 5.5): how long a status must last before it counts and before it locks, how many may flip.
    stable_ms: int = HOUR_MS
    nearly_stable_ms: int = 6 * HOUR_MS
    lock_ms: int = 14 * DAY_MS
    flips_max: float = 0.30
    # What both sides must say, and how sure it must be that there are two (`viewpoints`).
    agreement_probability: float = 0.80
    # And the note itself, beyond what the sides explain: attackers who pass for one side raise its share, hardly this.
    floor_intercept: float = 0.30
    # Among 120 made-up communities of twenty raters and one side the most by chance were 11.2.
    evidence_bits: float = 12.0
    smaller_side_min: float = 2.5
    reach_min: float = 0.5
    # A rating behind which more than so many others stand who are as one with its rater is set aside (`independence`).
    # Of 300,000 ratings in made-up communities without any bloc none had more, of those of a bloc of ten nearly all.
    company_max: float | None = None
    # So many notes, one after the other, are one time: who met whom by chance is reckoned for each time by itself.  At
    # 64 people who joined a small desk after others were taken for a bloc; at 8 a bloc's own notes begin to hide it.
    notes_per_time: int = 64
    # Where fewer of a note's ratings count, what most people said of it was set aside: nobody's word is taken then.
    counted_share_min: float = 0.0


COMMUNITY_NOTES = ConsensusParams(
    name="community_notes",
    version=2,
    passes=2,
    penalty=Penalty(),
    ratings_per_note_min=5,
    ratings_per_rater_min=10,
    rules=(
        "initial",
        "general_helpful",
        "general_not_helpful",
        "upper_bound_not_helpful",
        "both_sides_not_helpful",
        "not_misleading_not_helpful",
        "inertia",
        "tag_outlier",
        "surprisingly_incorrect",
        "low_diligence",
        "large_factor",
        "low_intercept",
        "minority_raters",
        "rater_balance",
        "no_high_volume",
        "no_correlated",
        "sampled_raters",
        "stays_helpful",
        "not_yet_stable",
        "too_few_reasons",
        "locked",
    ),
)
"""The core scorer as published, exact fits; K from the data."""

DESK_1 = ConsensusParams(
    name="desk",
    version=1,
    passes=1,
    # The published community has 37 ratings a note; what a desk's note gets is nearer 15, a rater's 30.  Fixed, so that
    # a note's intercept means the same as the desk grows.
    penalty=Penalty(ratings_per_note=15.0, ratings_per_rater=30.0),
    rules=("too_few_ratings", "sides_agree", "sides_reject", "too_few_viewpoints"),
)
"""What rounds said until version 2; kept so that they can be computed again."""

DESK_2 = replace(
    DESK_1,
    version=2,
    company_max=1.0,
    rules=("too_few_ratings", "sides_agree", "sides_reject", "too_few_viewpoints", "too_few_independent"),
)
"""What rounds said until version 3; kept so that they can be computed again."""

DESK = replace(DESK_2, version=3, notes_per_time=16, counted_share_min=0.25)
"""A desk's: no author-side signals, no clock, honest about few raters and about many that are one."""

PARAMS = {params.name: params for params in (DESK, COMMUNITY_NOTES)}
"""By name, the newest of each."""
EDITIONS = {f"{params.name} {params.version}": params for params in (DESK_1, DESK_2, DESK, COMMUNITY_NOTES)}
"""By name and version, as a round's entry gives them: what was decided by a set is decided by it for ever.

No desk ever decided by `community_notes`; of that set only the newest version is kept.
"""

"""What a scoring takes besides ratings, what it gives, and how its tables are put together."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.consensus.history import History
from thuchu.consensus.layout import Layout
from thuchu.consensus.notes import Frozen
from thuchu.consensus.params import ConsensusParams
from thuchu.consensus.ratings import Ratings
from thuchu.consensus.rules import NoteFacts, Sides, Statuses
from thuchu.consensus.values import Bits, Fit, Floats, Ids, Indices


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of the notes beside their ratings, in the numbering of `Ratings.note_ids`; research runs only.

    author  code of the author among the raters, or -1
    created_ms, decided_ms  when it was written, and when it last got another status than needs_more_ratings; or NaN
    post     number of the post that each note is about; its own unless known
    history  earlier rounds, and when this one is; None for a single round
    """

    author: npt.NDArray[np.int64]
    created_ms: Floats
    decided_ms: Floats
    was_helpful: Bits
    not_misleading: Bits
    post: Indices | None = None
    history: History | None = None


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
    reasons  the two tags ticked most, by place in `tags.NAMES`, -1 for none; where tags were read
    history  what the round leaves for the next one, where there is a history
    set_aside  how many of the ratings don't count because people who are as one with their raters said the same
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
    set_aside: npt.NDArray[np.int64]
    params: ConsensusParams
    fits: tuple[Fit, ...]
    evidence_bits: float
    smaller_side: float
    raters: Raters | None
    reasons: Indices | None = None
    history: History | None = None

    def who_could_decide(self, note: int) -> tuple[float, float]:
        """Where one more rating would tell most: a weight for the negative and for the positive side, 1 together."""
        tells = self.tells[:, note]
        total = float(tells[0] + tells[1])
        if not total > 0:
            return 0.5, 0.5
        return float(tells[0]) / total, float(tells[1]) / total


def nothing_known(ratings: Ratings) -> Prior:
    n = ratings.n_notes
    unknown, no = np.full(n, np.nan), np.zeros(n, dtype=np.bool_)
    return Prior(np.full(n, -1, dtype=np.int64), unknown, unknown, no, no)


def facts_of(ratings: Ratings, n_ratings: npt.NDArray[np.int64], **known: object) -> NoteFacts:
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
        "outlier_tag": no,
        "incorrect": no,
        "diligence": missing,
        "sampled": missing,
        "explained": np.ones((2, n), dtype=np.bool_),
        "waits": no,
        "locked": no,
        "locked_at": np.zeros(n, dtype=np.int8),
        "agreed": missing,
        "rejected": missing,
        "reach": two,
        "two_sides": False,
    }
    return NoteFacts(n_ratings=n_ratings, **(values | known))  # type: ignore[arg-type]


def scores_of(  # noqa: PLR0913 - one argument a column.
    ratings: Ratings,
    params: ConsensusParams,
    facts: NoteFacts,
    decided: tuple[Statuses, npt.NDArray[np.str_]],
    fits: tuple[Fit, ...],
    *,
    uncertainty: Floats | None = None,
    tells: Floats | None = None,
    set_aside: npt.NDArray[np.int64] | None = None,
    sides: tuple[float, float] = (0.0, 0.0),
    raters: Raters | None = None,
    reasons: Indices | None = None,
    history: History | None = None,
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
        np.zeros(n, dtype=np.int64) if set_aside is None else set_aside,
        params,
        fits,
        *sides,
        raters,
        reasons,
        history,
    )


def spread(ratings: Ratings, layout: Layout, values: Floats) -> Floats:
    """From the layout's places to the ratings' codes, on the last axis."""
    column = np.full((*values.shape[:-1], ratings.n_notes), np.nan)
    column[..., layout.notes.codes] = values
    return column


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

"""What raters tick beside a rating, and what it says of a note (CONSENSUS sections 5.1 and 5.2).

Tags come as a bit each.  Only the published rules look at them.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from thuchu.consensus import elementary
from thuchu.consensus.ratings import Ratings, Tags
from thuchu.consensus.solve import total
from thuchu.consensus.values import Bits, Floats, Numbers

HELPFUL_TAGS = (
    "helpfulOther",
    "helpfulInformative",
    "helpfulClear",
    "helpfulEmpathetic",
    "helpfulGoodSources",
    "helpfulUniqueContext",
    "helpfulAddressesClaim",
    "helpfulImportantContext",
    "helpfulUnbiasedLanguage",
)
NOT_HELPFUL_TAGS = (
    "notHelpfulOther",
    "notHelpfulIncorrect",
    "notHelpfulSourcesMissingOrUnreliable",
    "notHelpfulOpinionSpeculationOrBias",
    "notHelpfulMissingKeyPoints",
    "notHelpfulOutdated",
    "notHelpfulHardToUnderstand",
    "notHelpfulArgumentativeOrBiased",
    "notHelpfulOffTopic",
    "notHelpfulSpamHarassmentOrAbuse",
    "notHelpfulIrrelevantSources",
    "notHelpfulOpinionSpeculation",
    "notHelpfulNoteNotNeeded",
)
# A rating given in answer to a random invitation: no tag, but one more bit beside the rating.
SAMPLED = "populationSampled"
NAMES = (*HELPFUL_TAGS, *NOT_HELPFUL_TAGS, SAMPLED)
# A note whose raters find it hard to understand is not outvoted for that alone.
OUTLIER_TAGS = tuple(name for name in NOT_HELPFUL_TAGS if name != "notHelpfulHardToUnderstand")
DILIGENCE_TAGS = ("notHelpfulIncorrect", "notHelpfulIrrelevantSources", "notHelpfulSourcesMissingOrUnreliable")
HARASSMENT = "notHelpfulSpamHarassmentOrAbuse"
# Which of two tags that were ticked as often stands first (section 5.2).
HELPFUL_ORDER = tuple(
    f"helpful{name}"
    for name in "Informative Clear ImportantContext AddressesClaim GoodSources Empathetic UniqueContext "
    "UnbiasedLanguage Other".split()
)
NOT_HELPFUL_ORDER = tuple(
    f"notHelpful{name}"
    for name in "Outdated SpamHarassmentOrAbuse HardToUnderstand OffTopic Incorrect ArgumentativeOrBiased "
    "NoteNotNeeded MissingKeyPoints OpinionSpeculationOrBias OpinionSpeculation SourcesMissingOrUnreliable "
    "IrrelevantSources Other".split()
)
# The share of pairs of rater and note that count as near, and how fast a tag counts less with distance.
_NEAR_QUANTILE = 0.40
# Raters and notes are near for the incorrect filter where their factors, cut at ±.4, are at most .3 apart.
_FACTOR_CUT = 0.4
_INTERVAL = 0.3


def bit(name: str) -> np.uint32:
    return np.uint32(1 << NAMES.index(name))


def bits(names: tuple[str, ...]) -> np.uint32:
    return np.uint32(sum(1 << NAMES.index(name) for name in names))


def ticked(tags: Tags, *names: str) -> Bits:
    """Which rows carry at least one of these."""
    answer: Bits = (tags & bits(names)) != 0
    return answer


@dataclass(frozen=True, slots=True)
class Weighed:
    """Not helpful tags of a note's ratings, those of its own side counting most: (12, n_notes) by `OUTLIER_TAGS`.

    amount  how much of them there is; share: of all that could be
    """

    amount: Floats
    share: Floats


def weighed(ratings: Ratings, rater_factor: Floats, note_factor: Floats) -> Weighed:
    """Tags weighed by how near rater and note are; ratings where one of them has no factor don't count."""
    known = ~np.isnan(rater_factor[ratings.rater]) & ~np.isnan(note_factor[ratings.note])
    note, ticks = ratings.note[known], ratings.ticks[known]
    n = ratings.n_notes
    if not len(note):
        nothing = np.zeros((len(OUTLIER_TAGS), n))
        return Weighed(nothing, nothing)
    apart = np.abs(_standard(rater_factor)[ratings.rater[known]] - _standard(note_factor)[note])
    far = apart / max(float(np.quantile(apart, _NEAR_QUANTILE)), np.finfo(np.float64).tiny)
    square = far * far
    weight = 1 / (1 + square * square * far)
    amount = np.stack([_summed(note, np.where(ticked(ticks, name), weight, 0.0), n) for name in OUTLIER_TAGS])
    whole = _summed(note, weight, n)
    return Weighed(amount, amount / np.where(whole > 0, whole, 1.0))


def _summed(note: Numbers, values: Floats, n: int) -> Floats:
    return np.bincount(note, weights=values, minlength=n).astype(np.float64)


def _standard(values: Floats) -> Floats:
    """Less the mean, in standard deviations, over those that are numbers."""
    there = values[~np.isnan(values)]
    less = values - total(there) / len(there)
    left = less[~np.isnan(values)]
    deviation = float(np.sqrt(total(left * left) / len(left)))
    return less / (deviation or 1.0)


def outlier_shares(found: Weighed, helpful: Bits, quantile: float) -> Floats:
    """The share above which a tag is an outlier: (12,), a quantile over helpful notes; 0 where there is none."""
    if not helpful.any():
        return np.zeros(len(OUTLIER_TAGS))
    answer: Floats = np.quantile(found.share[:, helpful], quantile, axis=1)
    return answer


@dataclass(frozen=True, slots=True)
class Incorrect:
    """Raters near a note who ticked a not helpful tag, how many of them "incorrect", and that beside their habit."""

    raters: Floats
    times: Floats
    score: Floats


def incorrect_habit(ratings: Ratings) -> Floats:
    """The share of each rater's ratings with a not helpful tag that say "incorrect"; NaN without any: (n_raters,)."""
    tagged = ticked(ratings.ticks, *NOT_HELPFUL_TAGS)
    says = ticked(ratings.ticks, "notHelpfulIncorrect")
    n = ratings.n_raters
    with np.errstate(invalid="ignore"):
        answer: Floats = np.bincount(ratings.rater[says], minlength=n) / np.bincount(ratings.rater[tagged], minlength=n)
    return answer


def incorrect(ratings: Ratings, rater_factor: Floats, note_factor: Floats, habit: Floats) -> Incorrect:
    """How surprisingly often raters near a note call it incorrect."""
    x = np.clip(rater_factor[ratings.rater], -_FACTOR_CUT, _FACTOR_CUT)
    y = np.clip(note_factor[ratings.note], -_FACTOR_CUT, _FACTOR_CUT)
    # A comparison with a missing factor is false.
    near = ticked(ratings.ticks, *NOT_HELPFUL_TAGS) & (np.abs(x - y) < _INTERVAL) & ~np.isnan(habit[ratings.rater])
    note, says = ratings.note[near], ticked(ratings.ticks[near], "notHelpfulIncorrect")
    n = ratings.n_notes
    times = _summed(note, says.astype(np.float64), n)
    expected = _summed(note, habit[ratings.rater[near]], n)
    heard = elementary.log(1 + expected)
    score = times / np.where(heard > 0, heard, 1.0)
    return Incorrect(np.bincount(note, minlength=n).astype(np.float64), times, score)


def counts(ratings: Ratings, names: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """How often each tag was ticked on each note: (len(names), n_notes)."""
    n = ratings.n_notes
    return np.stack([np.bincount(ratings.note[ticked(ratings.ticks, name)], minlength=n) for name in names])


def top_two(ratings: Ratings, names: tuple[str, ...], uses_min: int) -> npt.NDArray[np.int64]:
    """The two tags ticked most on each note (the first of equals), by place in `NAMES`, -1 for none: (2, n_notes)."""
    often = counts(ratings, names)
    place = np.array([NAMES.index(name) for name in names])
    places = np.full((2, ratings.n_notes), -1, dtype=np.int64)
    for rank in (0, 1):
        best = np.argmax(often, axis=0)
        enough = often[best, np.arange(ratings.n_notes)] >= uses_min
        places[rank, enough] = place[best[enough]]
        often[best, np.arange(ratings.n_notes)] = 0
    return places

"""Room `consensus`: which notes people who usually disagree both find helpful, by a public algorithm.

Enters: a table of ratings (numbers or ids; no text, no names) and a parameter set.  Leaves: each note's status, the
rule that decided, and for research runs the fit behind it.
Never here: randomness, a clock, a network, a result that depends on threads, row order, names or the processor.
"""

from thuchu.consensus.counting import Counter
from thuchu.consensus.files import read_ratings
from thuchu.consensus.fitting import fit
from thuchu.consensus.layout import enough
from thuchu.consensus.live import Provisional, Scorer
from thuchu.consensus.params import COMMUNITY_NOTES, DESK, EDITIONS, PARAMS, ConsensusParams
from thuchu.consensus.ratings import Halves, Ratings, read
from thuchu.consensus.rules import RULES, Rule
from thuchu.consensus.scorer import score
from thuchu.consensus.scores import Prior, Scores
from thuchu.consensus.values import BadRatings, ConsensusError, Fit, Penalty, TooFewRatings

__all__ = [
    "COMMUNITY_NOTES",
    "DESK",
    "EDITIONS",
    "PARAMS",
    "RULES",
    "BadRatings",
    "ConsensusError",
    "ConsensusParams",
    "Counter",
    "Fit",
    "Halves",
    "Penalty",
    "Prior",
    "Provisional",
    "Ratings",
    "Rule",
    "Scorer",
    "Scores",
    "TooFewRatings",
    "enough",
    "fit",
    "read",
    "read_ratings",
    "score",
]

"""How sure is sure enough: from the evidence for a candidate to the probability that it answers the message.

A logistic regression fitted on messages asked twice, with their document in the collection and without it, so that
"the best there is" and "right" are two things.  What decides is less how much fits than how far ahead it is.
"""

from functools import cache

import numpy as np

from thuchu.matching.features import FEATURES
from thuchu.matching.fitting import sigmoid
from thuchu.matching.scoring import Floats, Message
from thuchu.matching.weights import Calibration

# Sizes of collections it was fitted on: beyond them a line would be drawn where nobody looked.
_DOCUMENTS = (150, 20_000)
# What calibration looks at besides the features.
EXTRA_INPUTS = (
    "score",  # what ranking gave
    "lead",  # score less the best other candidate's
    "rival",  # the best other candidate's score
    "lead_log",  # ln(1 + lead)
    "lead_share",  # lead over score
    "words",  # ln(1 + terms of the message)
    "mass",  # ln(1 + what all its distinct terms are worth)
    "documents",  # ln(documents in the collection)
    "unmatched",  # ln(1 + weight of the message that the candidate does not hold)
    "covered_squared",
    "covered_mass",  # products of those above, where one means more beside the other
    "covered_known",
    "covered_head_known",
    "covered_run",
    "covered_lead",
    "known_root",
    "head_known_root",
    "documents_lead",
    "documents_covered",
)
INPUTS = FEATURES + EXTRA_INPUTS


def inputs(matrix: Floats, scores: Floats, message: Message, n_documents: int) -> Floats:
    """One row a candidate, one column a name in INPUTS.

    matrix, scores  of the candidates, best first
    """
    n = len(scores)
    rival = np.zeros(n)
    if n > 1:
        rival[:] = scores[0]
        rival[0] = scores[1]
    lead = scores - rival
    lead_log = np.log1p(np.maximum(lead, 0.0))
    mass = np.full(n, np.log1p(message.folded.mass()))
    documents = np.full(n, np.log(np.clip(n_documents, *_DOCUMENTS)))
    covered, known, head_known, run = (
        matrix[:, FEATURES.index(name)] for name in ("covered", "known", "head_known", "run_terms")
    )
    extra = (
        scores,
        lead,
        rival,
        lead_log,
        np.maximum(lead, 0.0) / np.maximum(scores, 1.0),
        np.full(n, np.log1p(len(message.sequence))),
        mass,
        documents,
        np.log1p(message.folded.mass() * np.maximum(1 - covered, 0.0)),
        covered**2,
        covered * mass,
        covered * known,
        covered * head_known,
        covered * run,
        covered * lead_log,
        np.sqrt(known),
        np.sqrt(head_known),
        documents * lead_log,
        documents * covered,
    )
    return np.column_stack((matrix, *extra))


def probabilities(fitted: Calibration, matrix: Floats, scores: Floats, message: Message, n_documents: int) -> Floats:
    """How sure each candidate is, 0 to 1: (len(scores),).  Never rising down the ranking."""
    seen = inputs(matrix, scores, message, n_documents)[:, _columns(fitted.inputs)]
    sure: Floats = np.minimum.accumulate(sigmoid(seen @ fitted.weights + fitted.constant))
    return sure


@cache
def _columns(names: tuple[str, ...]) -> list[int]:
    return [INPUTS.index(name) for name in names]

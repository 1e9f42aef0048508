"""A desk's own calibration: how sure is sure enough here, told by the messages it has already answered.

Collections differ: in one, two documents are never alike, in another every document has a twin; what is a sure sign
in the first is none in the second.  So each answered message is asked twice, with its document and without it, by
statistics of the other messages, and the calibration that ships is pulled towards what came true.
"""

from collections.abc import Iterator, Sequence

import numpy as np

from thuchu.matching.analysis import Tokens
from thuchu.matching.calibration import INPUTS, inputs
from thuchu.matching.fitting import Flags, answer_threshold, fit_logistic, sigmoid
from thuchu.matching.learned import Arrays
from thuchu.matching.ranker import evidence, relative
from thuchu.matching.scoring import Floats, Message
from thuchu.matching.snapshot import Snapshot
from thuchu.matching.statistics import message_arrays
from thuchu.matching.weights import Calibration, calibration, ranking_weights, usual_desk
from thuchu.text.folding import strip_accents

# Fact-checks that a desk must have answered with, and outcomes of one kind, before its own messages say anything.
_ANSWERED_MIN = 100
# Messages asked: ten seconds of one processor; more change little.
_ASKED_MAX = 800
_FOLDS = 4
# Ridge towards what ships: a desk of some hundred messages moves it, one of two hundred hardly.
_PULL = 30.0
PRECISION_AIM = 0.97
FALSE_ANSWERS_AIM = 0.01

Messages = Sequence[tuple[str, str]]
Read = Sequence[tuple[Tokens, str]]
# Fold; then what `ask_twice` says.
_Outcome = tuple[int, Floats, bool, bool]


def desk_arrays(messages: Messages, read: Read, snapshot: Snapshot) -> Arrays:
    """What `desk_calibration` reads: desk_{kind} (len(INPUTS) + 2,) weights, constant, threshold of an answer.

    messages  (text, id of the document that answered it); those whose document is gone are passed over
    read      the same messages' terms, as `answered_tokens` gives them
    """
    told: dict[str, list[_Outcome]] = {}
    for fold, text, document, learned in _asked(messages, read, snapshot):
        found = evidence(text, learned)
        right = np.array([name == document for name in learned.document_ids(found.pool.rows)], dtype=np.bool_)
        outcomes = ask_twice(found.matrix, right, ranking_weights(found.kind), found.message, snapshot.n_documents)
        told.setdefault(found.kind, []).extend((fold, *outcome) for outcome in outcomes)
    return {f"desk_{kind}": _fit(kind, rows) for kind, rows in told.items() if len(rows) >= _ANSWERED_MIN}


def desk_calibration(kind: str, learned: Arrays) -> Calibration | None:
    """The desk's own, where it has one that the inputs of this version fit."""
    fitted = learned.get(f"desk_{kind}")
    if fitted is None or len(fitted) != len(INPUTS) + 2:
        return None
    suggest = calibration(kind).suggest_probability
    return Calibration(INPUTS, np.array(fitted[:-2]), float(fitted[-2]), float(fitted[-1]), suggest)


def ask_twice(
    matrix: Floats, right: Flags, weights: Floats, message: Message, n_documents: int
) -> Iterator[tuple[Floats, bool, bool]]:
    """The first candidate's inputs, whether it is right, and whether the right document was there: with it, without it.

    matrix   evidence for the documents of the pool · right (n,) which of them answer the message
    weights  of ranking
    """
    for there in (True, False):
        kept = matrix if there else matrix[~right]
        if not len(kept):
            continue
        scores = relative(kept) @ weights
        best = np.argsort(-scores, kind="stable")[:2]
        is_right = there and bool(right[best[0]])
        yield inputs(kept[best], scores[best], message, n_documents)[0], is_right, there


def _asked(messages: Messages, read: Read, snapshot: Snapshot) -> Iterator[tuple[int, str, str, Snapshot]]:
    """(fold, text, document, the snapshot that has learned from the other folds' messages); typed and without accents.

    Messages about one document share a fold, so that no message is weighed by statistics of its own rumour.
    """
    known = [(text, name) for text, name in messages if snapshot.may_hold(name)]
    names = sorted({name for _, name in known})
    if len(names) < _ANSWERED_MIN:
        return
    fold_of = {name: place % _FOLDS for place, name in enumerate(names)}
    tokens = [pair for pair in read if pair[1] in fold_of]
    chosen = known[:: -(-len(known) // _ASKED_MAX)]
    for fold in range(_FOLDS):
        learned = snapshot.having_learned(message_arrays([pair for pair in tokens if fold_of[pair[1]] != fold]))
        for text, name in chosen:
            if fold_of[name] == fold:
                for typed in dict.fromkeys((text, strip_accents(text))):
                    yield fold, typed, name, learned


def _fit(kind: str, told: Sequence[_Outcome]) -> Floats:
    folds = np.array([fold for fold, _, _, _ in told])
    seen = np.stack([row for _, row, _, _ in told])
    right = np.array([is_right for _, _, is_right, _ in told])
    there = np.array([is_there for _, _, _, is_there in told])
    usual, usual_constant = usual_desk(kind)
    start = np.array([usual.get(name, 0.0) for name in INPUTS]), usual_constant
    probability = np.zeros(len(told))
    for fold in np.unique(folds):
        rest = folds != fold
        weights, constant = _pulled(seen[rest], right[rest], start)
        probability[~rest] = sigmoid(seen[~rest] @ weights + constant)
    weights, constant = _pulled(seen, right, start)
    worth = np.ones(len(told))
    threshold = answer_threshold(probability, right, there, worth, PRECISION_AIM, FALSE_ANSWERS_AIM)
    return np.concatenate((weights, [constant, threshold]))


def _pulled(seen: Floats, right: Flags, start: tuple[Floats, float]) -> tuple[Floats, float]:
    return fit_logistic(seen, right.astype(np.float64), np.ones(len(seen)), _PULL, start)

"""Which field a question is about: of an election the likeliest one where it is likely enough; else none.

Of an election, written clues and weights that were learned from questions of our own (`weighing`); of other events the
clues alone: the field whose clues weigh most, where it is clearly that one.  Where two could be meant nothing is said,
and the question goes the way of any other.
"""

from thuchu.procedure.cues import Cues, scores
from thuchu.procedure.election_cues import ELECTION
from thuchu.procedure.outbreak_cues import OUTBREAK
from thuchu.procedure.reading import CHARS_MAX, sentences_of, words_of
from thuchu.procedure.storm_cues import STORM
from thuchu.procedure.weighing import NONE, Weights, election_weights, features

# What is asked must be said, not only the event (`cues`).
WEIGHT_MIN = 4
# One step between what is named and what is asked: less, and either could be meant.
MARGIN_MIN = 1
# Who asks about more than two things at once is better served by the page that shows all.
FIELDS_MAX = 2

# Below this share another field, or none, could as well be meant.
SHARE_MIN = 0.5
# Where nothing names the event, or something speaks of another one, it has to be surer.
SHARE_MIN_IN_DOUBT = 0.6

# Never a field, whatever the weights say (rule 10); when it is announced who was elected is one.
_NO_FIELD = ("merits", "elected", "turnout")
_EXCUSES = ("elected_when",)
_CUES = {"election": ELECTION, "storm": STORM, "flood": STORM, "disaster": STORM, "outbreak": OUTBREAK}


def warm_up() -> None:
    """Read one question of every kind, so that the first to ask needs not wait for patterns and weights."""
    for kind in _CUES:
        asked_about("?", kind)


def asked_about(question: str, kind: str, weights: Weights | None = None) -> tuple[str, ...]:
    """Codes of the fields of an event of `kind` that a question, or a rumour, is about; empty where that isn't clear.

    One field, or two where two sentences each ask clearly.  The same with and without accents, for any text.
    `weights` are others than those that ship, where it is to be seen how these do.
    """
    cues = _CUES.get(kind)
    if cues is None or len(question) > CHARS_MAX:
        return ()
    words = words_of(question)
    found = cues.found(words)
    sentences = sentences_of(question)
    if kind == "election":
        return _weighed(cues, words, found, sentences, weights or election_weights())
    return _by_clues(cues, found, sentences)


def _weighed(cues: Cues, words: str, found: frozenset[str], sentences: list[str], weights: Weights) -> tuple[str, ...]:
    """The likeliest field where it is likely enough; where two or more sentences ask, what their clues say."""
    if cues.silenced(found.intersection((*_NO_FIELD, *_EXCUSES))):
        return ()
    named = _named(cues, sentences) if len(sentences) > 1 else ()
    if len(named) > 1 and not cues.silenced(found):
        return named if len(named) <= FIELDS_MAX else ()
    shares = weights.shares(features(cues, words, found))
    likeliest = max(shares, key=lambda code: (shares[code], code))
    doubted = found.isdisjoint(cues.context) or cues.silenced(found)
    enough = SHARE_MIN_IN_DOUBT if doubted else SHARE_MIN
    return (likeliest,) if likeliest != NONE and shares[likeliest] >= enough else ()


def _by_clues(cues: Cues, found: frozenset[str], sentences: list[str]) -> tuple[str, ...]:
    """The field whose clues weigh most, for kinds of events that nothing was learned about."""
    if found.isdisjoint(cues.context) or cues.silenced(found):
        return ()
    whole = _clear(cues, found)
    if len(sentences) < 2:
        return whole
    named = _named(cues, sentences)
    if len(named) > 1:
        return named if len(named) <= FIELDS_MAX else ()
    if whole:
        return whole
    # What the event is may stand in one sentence, what is asked of it in another.
    context = found.intersection(cues.context)
    named = tuple(dict.fromkeys(code for each in sentences for code in _clear(cues, _found(cues, each) | context)))
    return named if len(named) == 1 else ()


def speaks_of_merits(text: str, kind: str) -> bool:
    """Does it say who stands, who is better, who won, how many voted? Of an election that is no field (rule 10)."""
    return kind == "election" and not ELECTION.found(words_of(text)).isdisjoint(_NO_FIELD)


def _named(cues: Cues, sentences: list[str]) -> tuple[str, ...]:
    """The fields that sentences ask about, each saying for itself that it is about the event."""
    apart = [found for each in sentences if not (found := _found(cues, each)).isdisjoint(cues.context)]
    return tuple(dict.fromkeys(code for found in apart for code in _clear(cues, found)))


def _found(cues: Cues, sentence: str) -> frozenset[str]:
    return cues.found(words_of(sentence))


def _clear(cues: Cues, found: frozenset[str]) -> tuple[str, ...]:
    """The one field that weighs enough, and more than any other by the margin."""
    ranked = sorted(scores(cues, found).items(), key=lambda each: (-each[1], each[0]))
    if not ranked or ranked[0][1] < WEIGHT_MIN:
        return ()
    if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN_MIN:
        return ()
    return (ranked[0][0],)

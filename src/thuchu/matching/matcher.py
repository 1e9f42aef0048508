"""From a message to a decision: exact doors, ranked candidates, the rule that dares or does not.

A `Matcher` may be shared by any number of threads.  A rumour comes as one text a thousand times: what was decided
about a text is kept under its digest until the next commit, the text itself nowhere.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from thuchu.matching.calibration import probabilities
from thuchu.matching.collection import Collection
from thuchu.matching.desk_calibration import desk_calibration
from thuchu.matching.encoder import EncoderError
from thuchu.matching.fingerprints import Fingerprint, fingerprint, same_forward
from thuchu.matching.forwards import answered_groups
from thuchu.matching.ranker import Ranking, rank, shared_words
from thuchu.matching.snapshot import Snapshot
from thuchu.matching.values import Decision, DecisionKind, Match, Why
from thuchu.matching.weights import Calibration, calibration, fitted_encoder

# Whoever asks reads five suggestions, not six.
SUGGESTIONS_MAX = 5
# A message of fewer words is suggested, never answered, unless an exact door matched (rule 8 of the design).
ANSWER_WORDS_MIN = 8
# Characters looked at: twice what a desk accepts.  What a message is about stands in its beginning.
MESSAGE_CHARS_MAX = 10_000
# A canonical address names one thing, or the few that a round-up checks.
LINK_PROBABILITY = 0.99
# Decisions kept at a time: a wave has a few hundred texts.
DECISIONS_KEPT_MAX = 1_000
# The same forward: what is left is that two publishers may have checked different claims in it.
FORWARD_PROBABILITY = 0.98
# Nearly the same message was answered before: suggested, but answered only where the words say so, too.  In the
# evaluation sets such a message was nearly always marked with another document, often another publisher's on the claim.
ANSWERED_BEFORE_PROBABILITY = 0.8
# Which words is found out for those that are shown.
_BY_WORDS = Why(by="words")


class Matcher:
    """Finds the documents of a collection that answer a message."""

    def __init__(self, collection: Collection) -> None:
        """raises EncoderError where the collection's encoder is not the one that the weights were fitted with"""
        encoder = collection.encoder
        if encoder is not None and encoder.name != fitted_encoder():
            raise EncoderError(
                f"The weights were fitted with the encoder {fitted_encoder()}, this one is {encoder.name}: build that "
                "one (docs/semantic.md), or fit the weights anew with bench/train_meaning.py."
            )
        self._collection = collection
        self._decided: tuple[Snapshot, dict[bytes, Decision]] = (collection.snapshot, {})

    def find(self, message: str, links: Sequence[str] = (), without: Sequence[str] = ()) -> Decision:
        """What to say to `message`: the collection as of its last `refresh` decides.

        links    canonical addresses found in it by the caller (room `links`)
        without  ids of documents to be passed over: what would be said if they had not been written yet
        raises  nothing for any `str`
        """
        message = message[:MESSAGE_CHARS_MAX]
        snapshot, decided = self._decided_on(self._collection.snapshot)
        key = _digest(message, links, without)
        decision = decided.get(key)
        if decision is None:
            if len(decided) >= DECISIONS_KEPT_MAX:
                decided.clear()
            decision = decided[key] = self._find(message, links, without, snapshot)
        return decision

    def _decided_on(self, snapshot: Snapshot) -> tuple[Snapshot, dict[bytes, Decision]]:
        """What was decided on this snapshot; nothing of an earlier one stays."""
        decided = self._decided
        if decided[0] is not snapshot:
            decided = self._decided = (snapshot, {})
        return decided

    def _find(self, message: str, links: Sequence[str], without: Sequence[str], snapshot: Snapshot) -> Decision:
        left_out = snapshot.rows_by_id(without).tolist() if without else []
        ranking = rank(message, snapshot, left_out)
        sure = _calibration(ranking, snapshot)
        own = fingerprint(message)
        before = snapshot.rows_by_id(answered_groups(own, snapshot.learned)).tolist()
        matches = _by_link(snapshot, links)
        _join(matches, _by_forward(own, ranking))
        _join(matches, _by_words(ranking, sure, snapshot.n_documents))
        _join(matches, dict.fromkeys(before, (ANSWERED_BEFORE_PROBABILITY, Why(by="forward"))))
        for row in left_out:
            matches.pop(row, None)
        return _decide(ranking, sure, snapshot, matches)

    def rank(self, message: str, without: Sequence[str] = ()) -> list[tuple[str, float]]:
        """At most RANKED_DOCUMENTS ids with their scores, best first; scores compare within one message only."""
        snapshot = self._collection.snapshot
        left_out = snapshot.rows_by_id(without).tolist() if without else []
        ranking = rank(message[:MESSAGE_CHARS_MAX], snapshot, left_out)
        return list(zip(snapshot.document_ids(ranking.rows), ranking.scores.tolist(), strict=True))


def _digest(message: str, *lists: Sequence[str]) -> bytes:
    """One for each message with its lists; any `str` has one, halves of letters, too."""
    digest = hashlib.blake2b(message.encode(errors="surrogatepass"), digest_size=16)
    for each in lists:
        digest.update(repr(each).encode(errors="surrogatepass"))
    return digest.digest()


_Found = dict[int, tuple[float, Why]]


def _by_link(snapshot: Snapshot, links: Sequence[str]) -> _Found:
    """Documents that carry a link of the message; several share its certainty, as the claims of a round-up do."""
    found: dict[int, str] = {}
    for link in dict.fromkeys(links):
        for row in snapshot.rows_by_link([link]).tolist():
            found.setdefault(row, link)
    return {row: (LINK_PROBABILITY / len(found), Why(by="link", link=link)) for row, link in found.items()}


def _by_forward(own: Fingerprint, ranking: Ranking) -> _Found:
    """Documents whose claim or title is nearly the message."""
    pool = ranking.evidence.pool
    alike = same_forward(own, pool.sketches).max(axis=1, initial=0.0)
    places = np.flatnonzero(alike)
    rows = pool.rows[places[np.argsort(-alike[places], kind="stable")]].tolist()
    return {row: (FORWARD_PROBABILITY, Why(by="forward")) for row in dict.fromkeys(rows)}


def _calibration(ranking: Ranking, snapshot: Snapshot) -> Calibration:
    """The desk's own, where it has answered enough of such messages; else what ships for new desks."""
    kind = ranking.evidence.kind
    return desk_calibration(kind, snapshot.learned) or calibration(kind)


def _by_words(ranking: Ranking, sure: Calibration, n_documents: int) -> _Found:
    """The ranked documents, best first."""
    found = ranking.evidence
    each = probabilities(sure, found.matrix[ranking.best], ranking.scores, found.message, n_documents)
    return {row: (p, _BY_WORDS) for row, p in zip(ranking.rows.tolist(), each.tolist(), strict=True)}


def _join(matches: _Found, more: _Found) -> None:
    """Add what is new; what is there becomes surer, but no surer than a forward, and keeps the reason of its door."""
    for row, (probability, why) in more.items():
        if row not in matches:
            matches[row] = (probability, why)
        elif probability > matches[row][0]:
            known = matches[row][1]
            matches[row] = (min(probability, FORWARD_PROBABILITY), known if why.by == "words" else why)


def _decide(ranking: Ranking, sure: Calibration, snapshot: Snapshot, matches: _Found) -> Decision:
    found = ranking.evidence
    kept = [(row, *found) for row, found in matches.items() if found[0] >= sure.suggest_probability]
    kept = sorted(kept, key=lambda match: -match[1])[:SUGGESTIONS_MAX]
    if not kept:
        return Decision(kind="none", language=found.reading.told)
    n_words = found.reading.n_words
    ids = snapshot.document_ids(np.array([row for row, _, _ in kept], dtype=np.int64))
    _, probability, why = kept[0]
    may_answer = probability >= FORWARD_PROBABILITY and why.by != "words"
    may_answer = may_answer or (n_words >= ANSWER_WORDS_MIN and probability >= sure.answer_probability)
    kind: DecisionKind = "answer" if may_answer else "suggest"
    words = shared_words(found, [row for row, _, why in kept if why.by == "words"])
    matches_out = tuple(
        Match(id=name, probability=p, why=replace(w, words=words.get(row, ())))
        for name, (row, p, w) in zip(ids, kept, strict=True)
    )
    return Decision(kind=kind, language=found.reading.told, matches=matches_out)

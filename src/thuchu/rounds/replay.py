"""The ledger read from its beginning: which notes there are, what was said of them, and what rounds said.

Only what bears on statuses is kept.  Ratings stay in columns, a line a rating as it was entered; which of them stand is
found out when they are asked for.
"""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from thuchu import consensus
from thuchu.rounds.evidence import EvidenceRules

_Column = npt.NDArray[np.int64]

# How a line of `ratings.entered` says a level, in halves; what was taken back counts no more.
_LEVELS = {"not_helpful": 0, "somewhat_helpful": 1, "helpful": 2, "retracted": -1}
# A note and its version are one number for the consensus; a note has 20 versions at most.
_VERSIONS = 32
# A batch's ratings are many numbers; the largest rater number has 63 bits.
_NUMBERS = "q"


class UnreadableEntry(ValueError):
    """An entry whose body isn't what its kind carries; `seq` is its number."""

    def __init__(self, seq: int, kind: str, what: str) -> None:
        super().__init__(f"entry {seq} ({kind}): {what}")
        self.seq = seq


@dataclass(slots=True)
class NoteState:
    """A note as of the last entry read: its claim, its last version and what that says, and whether it stands."""

    claim: int
    version: int
    verdict: str
    stands: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What the last round that changed it said of a note's version."""

    version: int
    status: str
    rule: str
    since_round: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundHeld:
    """A round as its entry says it: entries up to `up_to` count; `digest` covers every status."""

    number: int
    time_ms: int
    up_to: int
    params: str
    digest: str


@dataclass(frozen=True, slots=True)
class Plotted:
    """A plot's last move: of which version, into how many parts, and how many lines of ratings had been read."""

    version: int
    parts: int
    lines: int


class Replay:
    """Entries go in by `feed`, one after the other from the first; everything else answers as of the last one.

    notes     number -> state
    standing  note's number -> what rounds said; notes that nobody rated are left out
    rounds    number -> round
    plotted   note's number -> its plot's last move; left out where it never had one
    evidence  the rules of evidence that events have, and which notes they bind
    """

    def __init__(self) -> None:
        self.up_to = 0
        self.notes: dict[int, NoteState] = {}
        self.standing: dict[int, Standing] = {}
        self.rounds: dict[int, RoundHeld] = {}
        self.plotted: dict[int, Plotted] = {}
        self.evidence = EvidenceRules(self._is_helpful)
        self._unit, self._rater, self._level = array(_NUMBERS), array(_NUMBERS), array("b")

    def feed(self, seq: int, time_ms: int, kind: str, subject: str, body: Mapping[str, Any]) -> None:
        """The next entry; kinds that bear on no status are passed over.  Raises UnreadableEntry."""
        self.up_to = seq
        reads = _READS.get(kind)
        if reads is None:
            return
        try:
            reads(self, time_ms, _number(subject), body)
        except (KeyError, TypeError, ValueError, OverflowError) as error:
            raise UnreadableEntry(seq, kind, f"{type(error).__name__}: {error}") from None

    def ratings(self) -> consensus.Ratings:
        """What stands of all ratings, each for the version it was given to, in the ledger's order.

        Of what one rater number said of a note the last line stands, unless it took the rating back.  Earlier versions
        and withdrawn notes count, too: not for their own sake, but for what they tell of who usually agrees with whom.
        Notes of erased claims don't.
        """
        unit, rater = (np.frombuffer(column, dtype=np.int64) for column in (self._unit, self._rater))
        level = np.frombuffer(self._level, dtype=np.int8)
        last = _last_of_each(unit // _VERSIONS, rater)
        gone = np.array([note for note, state in self.notes.items() if state.version == 0], dtype=np.int64)
        last = last[(level[last] >= 0) & ~np.isin(unit[last] // _VERSIONS, gone)]
        return consensus.read(unit[last], rater[last], consensus.Halves(level[last]), entries=last)

    def fresh_raters(self) -> dict[int, int]:
        """How many rater numbers said something of a note's version since its plot last moved, by `version_of` id."""
        marks = {note * _VERSIONS + at.version: at.lines for note, at in self.plotted.items()}
        unit, rater = (np.frombuffer(column, dtype=np.int64) for column in (self._unit, self._rater))
        known = np.array(sorted(marks), dtype=np.int64)
        is_fresh = np.ones(len(unit), dtype=np.bool_)
        if len(known):
            place = np.minimum(np.searchsorted(known, unit), len(known) - 1)
            since = np.array([marks[each] for each in known.tolist()], dtype=np.int64)[place]
            is_fresh = (known[place] != unit) | (np.arange(len(unit)) >= since)
        unit, rater = unit[is_fresh], rater[is_fresh]
        order = np.lexsort((rater, unit))
        unit, rater = unit[order], rater[order]
        is_first = np.ones(len(unit), dtype=np.bool_)
        is_first[1:] = (unit[1:] != unit[:-1]) | (rater[1:] != rater[:-1])
        found, counts = np.unique(unit[is_first], return_counts=True)
        return dict(zip(found.tolist(), counts.tolist(), strict=True))

    def unit_of(self, note: int, version: int) -> int:
        """The consensus's note id of a note's version."""
        return note * _VERSIONS + version

    def version_of(self, unit: int) -> tuple[int, int]:
        """(note, version) of one of the consensus's note ids."""
        return divmod(int(unit), _VERSIONS)

    def _written(self, _time_ms: int, note: int, body: Mapping[str, Any]) -> None:
        self.notes[note] = NoteState(int(body["claim"]), 1, str(body["verdict"]), stands=True)
        self.evidence.read_note(note, int(body["claim"]), body.get("hosts", ()))

    def _edited(self, _time_ms: int, note: int, body: Mapping[str, Any]) -> None:
        state = self.notes[note]
        state.version, state.verdict = int(body["version"]), str(body["verdict"])
        self.evidence.read_note(note, state.claim, body.get("hosts", ()))

    def _withdrawn(self, _time_ms: int, note: int, _body: Mapping[str, Any]) -> None:
        self.notes[note].stands = False

    def _erased(self, _time_ms: int, claim: int, _body: Mapping[str, Any]) -> None:
        for state in self.notes.values():
            if state.claim == claim:
                state.stands, state.version = False, 0

    def _rated(self, _time_ms: int, _batch: int, body: Mapping[str, Any]) -> None:
        lines: Sequence[Sequence[Any]] = body["ratings"]
        for note, version, rater, level, _reasons in lines:
            if not 0 < version < _VERSIONS:
                raise ValueError(f"version {version}")
            self._unit.append(int(note) * _VERSIONS + version)
            self._rater.append(int(rater))
            self._level.append(_LEVELS[level])

    def _held(self, time_ms: int, number: int, body: Mapping[str, Any]) -> None:
        self.rounds[number] = RoundHeld(
            number=number,
            time_ms=time_ms,
            up_to=int(body["up_to"]),
            params=str(body["params"]),
            digest=str(body["statuses_digest"]),
        )

    def _changed(self, _time_ms: int, number: int, body: Mapping[str, Any]) -> None:
        for note, version, status, rule in body["changes"]:
            before = self.standing.pop(int(note), None)
            if status == "none":
                continue
            # Another rule that says the same is no other status: since when it has it stays.
            is_same = before is not None and (before.version, before.status) == (version, status)
            since = before.since_round if before is not None and is_same else number
            self.standing[int(note)] = Standing(int(version), str(status), str(rule), since)

    def _event(self, time_ms: int, event: int, body: Mapping[str, Any]) -> None:
        self.evidence.read_event(time_ms, event, body)

    def _evidence_declared(self, time_ms: int, event: int, body: Mapping[str, Any]) -> None:
        self.evidence.read_declared(time_ms, event, body)

    def _claim_added(self, time_ms: int, event: int, body: Mapping[str, Any]) -> None:
        self.evidence.read_claim_added(time_ms, event, body)

    def _claim_removed(self, time_ms: int, event: int, body: Mapping[str, Any]) -> None:
        self.evidence.read_claim_removed(time_ms, event, body)

    def _merged(self, _time_ms: int, claim: int, body: Mapping[str, Any]) -> None:
        self.evidence.read_merged(claim, body)

    def _split(self, _time_ms: int, claim: int, body: Mapping[str, Any]) -> None:
        self.evidence.read_split(claim, body)

    def _merge_undone(self, _time_ms: int, _claim: int, body: Mapping[str, Any]) -> None:
        self.evidence.read_merge_undone(body)

    def _split_undone(self, _time_ms: int, _claim: int, body: Mapping[str, Any]) -> None:
        self.evidence.read_split_undone(body)

    def _is_helpful(self, note: int) -> bool:
        said, state = self.standing.get(note), self.notes[note]
        return said is not None and (said.version, said.status) == (state.version, "helpful")

    def _plots_moved(self, _time_ms: int, _round: int, body: Mapping[str, Any]) -> None:
        for note, version, parts in body["plots"]:
            self.plotted[int(note)] = Plotted(int(version), int(parts), len(self._unit))


_READS = {
    "note.written": Replay._written,
    "note.edited": Replay._edited,
    "note.withdrawn": Replay._withdrawn,
    "notes.erased": Replay._erased,
    "ratings.entered": Replay._rated,
    "round.held": Replay._held,
    "statuses.changed": Replay._changed,
    "plots.moved": Replay._plots_moved,
    "event.opened": Replay._event,
    "event.changed": Replay._event,
    "event.evidence_declared": Replay._evidence_declared,
    "event.claim_added": Replay._claim_added,
    "event.claim_removed": Replay._claim_removed,
    "claim.merged": Replay._merged,
    "claim.split": Replay._split,
    "claim.merge_undone": Replay._merge_undone,
    "claim.split_undone": Replay._split_undone,
}
KINDS = tuple(_READS)


def _number(subject: str) -> int:
    """12 of "note:12"."""
    return int(subject.rpartition(":")[2])


def _last_of_each(note: _Column, rater: _Column) -> _Column:
    """Row of the last line of each (note, rater), ascending."""
    order = np.lexsort((np.arange(len(note)), rater, note))
    is_last = np.ones(len(order), dtype=np.bool_)
    is_last[:-1] = (note[order][1:] != note[order][:-1]) | (rater[order][1:] != rater[order][:-1])
    return np.sort(order[is_last])

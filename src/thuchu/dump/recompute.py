"""Every round of a dump once more: from the entries that it counted to a status for every note, and what differs."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thuchu import consensus
from thuchu.dump.entries import InAnyOrder
from thuchu.dump.errors import DumpBroken, OtherRules
from thuchu.dump.manifest import ENTRIES, read_manifest
from thuchu.dump.tables import number_of
from thuchu.dump.verify import Checked, Say, check_files, silent
from thuchu.log.entry import Entry
from thuchu.rounds import Outcome, Replay, UnknownParams, UnreadableEntry, decide, params_of

# What is published follows its round at once; another one may be held before the entry is written.
_ROUNDS_REMEMBERED = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a round comes out otherwise: `note` 0 is the round as a whole."""

    round: int
    note: int
    expected: str
    got: str

    def __str__(self) -> str:
        about = f"note {self.note}" if self.note else "as a whole"
        return f"round {self.round}, {about}: published {self.expected}, computed {self.got}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recomputed:
    """rounds and statuses: how many were compared; checked: None where only rounds were asked for."""

    rounds: int
    statuses: int
    differences: tuple[Difference, ...]
    checked: Checked | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Held:
    """A round as its entry says it."""

    number: int
    up_to: int
    time_ms: int
    params: str
    digest: str
    counts: tuple[int, int, int]


def recompute(folder: Path, *, only_rounds: bool = False, last: int | None = None, say: Say = silent) -> Recomputed:
    """Check a dump's files, then hold each of its rounds again and compare.

    only_rounds  leave files, chain and tables out: lines of entries may be shuffled, and rater numbers given other
                 names, one for one; the statuses must be the same
    last         only the last so many rounds
    raises       NotADump, DumpBroken, OtherRules
    """
    if only_rounds:
        read_manifest(folder)
        if not (folder / ENTRIES).is_file():
            raise DumpBroken(ENTRIES, 0, "is missing; take another copy of the dump")
    checked = None if only_rounds else check_files(folder, say=say)
    done = rounds_again(InAnyOrder(folder / ENTRIES), last=last, say=say)
    return Recomputed(rounds=done.rounds, statuses=done.statuses, differences=done.differences, checked=checked)


def rounds_again(entries: Iterable[Entry], *, last: int | None = None, say: Say = silent) -> Recomputed:
    """The same over entries in their order, which are read twice: first for their rounds."""
    rounds = _rounds(entries)
    first = max(0, len(rounds) - last) if last is not None else 0
    again = _Again(rounds[first:], say)
    for entry in entries:
        again.feed(entry)
    return again.done()


class _Again:
    """Entries go in one by one; each round is computed as soon as all that it counts was read."""

    def __init__(self, rounds: Sequence[_Held], say: Say) -> None:
        self._waiting = list(reversed(rounds))
        self._total = len(rounds)
        self._say = say
        self._replay = Replay()
        self._last: tuple[_Held, Outcome] | None = None
        self._agreed: dict[int, dict[int, int]] = {}
        self._statuses = 0
        self._differences: list[Difference] = []

    def feed(self, entry: Entry) -> None:
        """The next entry."""
        try:
            if entry.kind == "statuses.changed" and number_of(entry.subject) not in self._replay.rounds:
                raise DumpBroken(ENTRIES, 0, f"entry {entry.seq} tells of a round that no entry before it held")
            self._replay.feed(entry.seq, entry.time_ms, entry.kind, entry.subject, entry.body)
            if entry.kind == "fact_check.agreed":
                self._look_at_published(entry.body)
        except (UnreadableEntry, KeyError, TypeError, ValueError, OverflowError) as error:
            raise DumpBroken(ENTRIES, 0, f"entry {entry.seq} can't be read ({error})") from None
        while self._waiting and self._waiting[-1].up_to == entry.seq:
            self._hold(self._waiting.pop())

    def done(self) -> Recomputed:
        """What came out, when every entry was read."""
        self._compare_statuses()
        if self._waiting:
            held = self._waiting[-1]
            raise DumpBroken(ENTRIES, 0, f"round {held.number} counts entries up to {held.up_to}, which isn't there")
        return Recomputed(
            rounds=self._total, statuses=self._statuses, differences=tuple(sorted(self._differences, key=_place))
        )

    def _hold(self, held: _Held) -> None:
        self._say("Holding the rounds again", 1 - (len(self._waiting) + 1) / self._total)
        # By now the entries say what the round before changed.
        self._compare_statuses()
        try:
            outcome = decide(self._replay, time_ms=held.time_ms, params=params_of(held.params))
        except UnknownParams as error:
            raise OtherRules(held.number, str(error)) from None
        except consensus.ConsensusError as error:
            raise DumpBroken(ENTRIES, 0, f"ratings that round {held.number} counts can't be read ({error})") from None
        self._compare_whole(held, outcome)
        versions = {each.note: each.version for each in outcome.statuses}
        self._agreed[held.number] = {note: versions[note] for note in outcome.agreed}
        self._agreed.pop(held.number - _ROUNDS_REMEMBERED, None)
        self._last = (held, outcome)

    def _compare_whole(self, held: _Held, outcome: Outcome) -> None:
        counts = (outcome.n_ratings, outcome.n_raters, len(outcome.statuses))
        if counts != held.counts:
            said = "{} ratings, {} raters, {} notes".format
            self._differences.append(Difference(held.number, 0, said(*held.counts), said(*counts)))
        if outcome.digest != held.digest:
            self._differences.append(
                Difference(held.number, 0, f"statuses_digest {held.digest}", f"statuses_digest {outcome.digest}")
            )

    def _compare_statuses(self) -> None:
        """What was computed for the last round with what the entries say since it was held."""
        if self._last is None:
            return
        (held, outcome), self._last = self._last, None
        got = {each.note: (each.version, each.status, each.rule) for each in outcome.statuses}
        expected = {note: (each.version, each.status, each.rule) for note, each in self._replay.standing.items()}
        self._statuses += len(got)
        for note in sorted(got.keys() | expected.keys()):
            if got.get(note) != expected.get(note):
                sides = (_status(expected.get(note)), _status(got.get(note)))
                self._differences.append(Difference(held.number, note, *sides))

    def _look_at_published(self, body: Any) -> None:
        """A fact-check must follow from the round that it names."""
        agreed = self._agreed.get(body["round"])
        if agreed is not None and agreed.get(body["note"]) != body["version"]:
            version = f"version {body['version']}"
            self._differences.append(Difference(body["round"], body["note"], f"{version} as agreed", "not agreed"))


def _rounds(entries: Iterable[Entry]) -> list[_Held]:
    return list(_held(entries))


def _held(entries: Iterable[Entry]) -> Iterator[_Held]:
    before = 0
    for entry in entries:
        if entry.kind != "round.held":
            continue
        body: Any = entry.body
        try:
            held = _Held(
                number=number_of(entry.subject),
                up_to=int(body["up_to"]),
                time_ms=entry.time_ms,
                params=str(body["params"]),
                digest=str(body["statuses_digest"]),
                counts=(int(body["ratings"]), int(body["raters"]), int(body["notes"])),
            )
        except (KeyError, TypeError, ValueError) as error:
            raise DumpBroken(ENTRIES, 0, f"entry {entry.seq} is no round's ({type(error).__name__}: {error})") from None
        if not before <= held.up_to < entry.seq:
            what = f"round {held.number} counts entries up to {held.up_to}, and its own has number {entry.seq}"
            raise DumpBroken(ENTRIES, 0, what)
        before = held.up_to
        yield held


def _status(said: tuple[int, str, str] | None) -> str:
    return f"{said[1]} by {said[2]} (version {said[0]})" if said else "nothing"


def _place(difference: Difference) -> tuple[int, int]:
    return difference.round, difference.note

"""What a round says: statuses by the consensus, what changed since the last one, which notes are agreed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from thuchu import consensus
from thuchu.rounds.evidence import EVENT_EVIDENCE, VERSION
from thuchu.rounds.plots import PEOPLE_A_PART_MIN, Plot, plots
from thuchu.rounds.replay import Replay

# A note is published when it was helpful in two rounds at least so far apart: one lucky batch publishes nothing.
AGREED_AFTER_MS = 30 * 60 * 1000
STATUS = {1: "helpful", 0: "needs_more_ratings", -1: "not_helpful"}
HELPFUL = STATUS[1]
# What a round adds to its rule set's name where a rule of evidence was declared: whoever lacks it must not compute.
_WITH_EVIDENCE = f" + {EVENT_EVIDENCE} {VERSION}"
# Of a note whose version nobody has rated, or that was withdrawn, a round says nothing.
NOTHING = "none"


class UnknownParams(ValueError):
    """A round was held by a rule set of a later version."""


@dataclass(frozen=True, slots=True, order=True)
class StatusOf:
    """One note's status, of its version, and the id of the rule that decided."""

    note: int
    version: int
    status: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a round says.

    statuses  of every note that stands and whose last version was rated, by number
    changes   what differs from the round before, with status "none" for notes it says nothing of any more
    agreed    notes that were helpful, in this version, in this round and in one at least half an hour before, and in
              all between
    params    the rule set's name and version, and that of the rule of evidence where one was declared
    plots     those that move, by number; one without parts goes
    """

    up_to: int
    params: str
    n_ratings: int
    n_raters: int
    statuses: tuple[StatusOf, ...]
    changes: tuple[StatusOf, ...]
    agreed: frozenset[int]
    plots: tuple[Plot, ...] = ()

    @property
    def digest(self) -> str:
        """What its entry says of all statuses."""
        return digest_of(self.statuses)


def decide(replay: Replay, *, time_ms: int, params: consensus.ConsensusParams = consensus.DESK) -> Outcome:
    """The outcome of a round held at `time_ms` over all that was read: the same on every machine.

    The time decides nothing but which helpful notes are agreed.
    params  the newest rule set of desks unless said; of a round that was held: `params_of(its params)`
    """
    ratings = replay.ratings()
    scores = consensus.score(ratings, params)
    statuses = []
    for place, unit in enumerate(scores.note_ids.tolist()):
        note, version = replay.version_of(unit)
        state = replay.notes.get(note)
        if state is not None and state.stands and state.version == version:
            said = StatusOf(note, version, STATUS[int(scores.status[place])], str(scores.rule[place]))
            statuses.append(_with_evidence(replay, said))
    statuses.sort()
    return Outcome(
        up_to=replay.up_to,
        params=f"{params.name} {params.version}" + (_WITH_EVIDENCE if replay.evidence.any_declared else ""),
        n_ratings=len(ratings),
        n_raters=ratings.n_raters,
        statuses=tuple(statuses),
        changes=_changes(replay, statuses),
        agreed=_agreed(replay, statuses, time_ms),
        plots=_moved(replay, statuses, ratings, scores),
    )


def params_of(said: str) -> consensus.ConsensusParams:
    """The rule set that a round's entry names, as "desk 1" or "desk 1 + event_evidence 1"; raises UnknownParams."""
    found = consensus.EDITIONS.get(said.removesuffix(_WITH_EVIDENCE))
    if found is None:
        known = ", ".join(consensus.EDITIONS)
        raise UnknownParams(f"rule set {said!r} is none that this version of thuchu knows ({known}); take a newer one")
    return found


def _with_evidence(replay: Replay, said: StatusOf) -> StatusOf:
    """What would be helpful, and rests on too little for the event it is about, needs more."""
    if said.status != HELPFUL or not replay.evidence.fails(said.note):
        return said
    return StatusOf(said.note, said.version, STATUS[0], EVENT_EVIDENCE)


def digest_of(statuses: Sequence[StatusOf]) -> str:
    """SHA-256 in hexadecimal over [note, version, status, rule] of every note, by number, as compact JSON."""
    rows = [[each.note, each.version, each.status, each.rule] for each in sorted(statuses)]
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()


def digest_of_plots(moved: Sequence[Plot]) -> str:
    """SHA-256 in hexadecimal over [note, version, parts] of every plot that moved, by number, as compact JSON."""
    rows = [
        [each.note, each.version, [[p.fifths, p.helpful, p.somewhat_helpful, p.not_helpful] for p in each.parts]]
        for each in sorted(moved)
    ]
    return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()


def _moved(
    replay: Replay, statuses: Sequence[StatusOf], ratings: consensus.Ratings, scores: consensus.Scores
) -> tuple[Plot, ...]:
    fresh = replay.fresh_raters()
    moving = {
        unit: (each.note, each.version)
        for each in statuses
        if fresh.get(unit := replay.unit_of(each.note, each.version), 0) >= PEOPLE_A_PART_MIN
    }
    found = plots(ratings, scores, moving) if moving else []
    # Where there was nothing and is nothing, nothing moves.
    return tuple(plot for plot in found if plot.parts or _has_plot(replay, plot))


def _has_plot(replay: Replay, plot: Plot) -> bool:
    before = replay.plotted.get(plot.note)
    return before is not None and before.version == plot.version and before.parts > 0


def _changes(replay: Replay, statuses: Sequence[StatusOf]) -> tuple[StatusOf, ...]:
    now = {each.note: each for each in statuses}
    changed = [each for each in statuses if not _is_as_before(replay, each)]
    gone = [
        StatusOf(note, before.version, NOTHING, "")
        for note, before in sorted(replay.standing.items())
        if note not in now
    ]
    return tuple(sorted([*changed, *gone]))


def _is_as_before(replay: Replay, now: StatusOf) -> bool:
    before = replay.standing.get(now.note)
    return before is not None and (before.version, before.status, before.rule) == (now.version, now.status, now.rule)


def _agreed(replay: Replay, statuses: Sequence[StatusOf], time_ms: int) -> frozenset[int]:
    agreed = set()
    for each in statuses:
        before = replay.standing.get(each.note)
        if each.status != HELPFUL or before is None or (before.version, before.status) != (each.version, HELPFUL):
            continue
        if time_ms - replay.rounds[before.since_round].time_ms >= AGREED_AFTER_MS:
            agreed.add(each.note)
    return frozenset(agreed)

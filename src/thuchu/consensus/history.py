"""What earlier rounds leave, and what a round adds: stabilisation, lock, times (CONSENSUS sections 5.3 to 5.5).

Research runs only: a desk's statuses come from one scoring of a table.  The time of the round is an argument.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from thuchu.consensus.params import ConsensusParams
from thuchu.consensus.values import Bits, ConsensusError, Floats

# 1 helpful, 0 needs more ratings, -1 not helpful.
Statuses = npt.NDArray[np.int8]
_HELPFUL, _NEEDS_YOUR_HELP = 1, 2
# A timer that ran and is over.
LEFT = -1.0
# Few helpful notes flip all at once by chance: so many are added to them before the share is taken.
_FLIPS_SMOOTHING = 100


class TooManyFlips(ConsensusError):
    """More statuses changed at once than ratings explain; the data is to be looked at before anything is published."""


@dataclass(frozen=True, slots=True)
class History:
    """One row a note; times in milliseconds, NaN where there is none.

    current, first, latest  status now, and the first and the latest that was not needs_more_ratings (0: none yet)
    waiting_ms  since when the note waits for its status to be stable; `LEFT`: it did
    locked      the status it was locked at, where `locked_ms` is a time
    """

    now_ms: int
    current: Statuses
    changed_ms: Floats
    first: Statuses
    first_ms: Floats
    latest: Statuses
    latest_ms: Floats
    waiting_ms: Floats
    locked: Statuses
    locked_ms: Floats

    @property
    def is_locked(self) -> Bits:
        answer: Bits = ~np.isnan(self.locked_ms)
        return answer

    def elapsed(self) -> Floats:
        """How long each note has waited; NaN where it does not wait."""
        return np.where(self.waiting_ms > 0, self.now_ms - self.waiting_ms, np.nan)


def nothing_yet(n: int, now_ms: int) -> History:
    """Of notes that no round has seen."""
    none, never = np.zeros(n, dtype=np.int8), np.full(n, np.nan)
    return History(now_ms, none, never, none, never, none, never, never, none, never)


def waits(history: History, params: ConsensusParams) -> Bits:
    """Notes that would have to wait before they are called helpful: not those that are, nor those that did."""
    answer: Bits = (history.current != _HELPFUL) & ~(history.elapsed() >= params.stable_ms)
    return answer


def after(
    history: History,
    params: ConsensusParams,
    *,
    scored: npt.NDArray[np.int8],
    status: Statuses,
    created_ms: Floats,
    may_lock: Bits,
) -> History:
    """What the round leaves for the next one.

    scored    statuses before stabilisation, the inner ones included; status: what came out
    may_lock  notes whose deciding rule may hold for ever
    """
    now = float(history.now_ms)
    decided, anew = status != 0, status != history.current
    locks = may_lock & ~history.is_locked & (now - created_ms > params.lock_ms)
    return replace(
        history,
        current=status,
        changed_ms=np.where(anew, now, history.changed_ms),
        first=np.where(decided & (history.first == 0), status, history.first),
        first_ms=np.where(decided & (history.first == 0), now, history.first_ms),
        latest=np.where(decided, status, history.latest),
        latest_ms=np.where(decided & (status != history.latest), now, history.latest_ms),
        waiting_ms=np.where(locks, LEFT, _waiting(history, params, scored)),
        locked=np.where(locks, status, history.locked),
        locked_ms=np.where(locks, now, history.locked_ms),
    )


def _waiting(history: History, params: ConsensusParams, scored: npt.NDArray[np.int8]) -> Floats:
    """The timers (section 5.4): begun by a status worth waiting for, ended by time or by losing it."""
    timer, now = history.waiting_ms, float(history.now_ms)
    runs, good, nearly = timer > 0, scored == _HELPFUL, scored == _NEEDS_YOUR_HELP
    begins = ((np.isnan(timer) | (timer == LEFT)) & good) | (np.isnan(timer) & nearly)
    elapsed = history.elapsed()
    ends = runs & np.where(
        good, elapsed >= params.stable_ms, np.where(nearly, elapsed >= params.nearly_stable_ms, True)
    )
    changed = np.where(begins, now, np.where(ends, LEFT, timer))
    return np.where(history.current == _HELPFUL, timer, changed)


def flips(history: History, status: Statuses) -> tuple[float, float]:
    """Unlocked notes that gained and that lost helpful, as shares of those that had it (and a hundred)."""
    open_ = ~history.is_locked
    was, is_ = (history.current == _HELPFUL) & open_, (status == _HELPFUL) & open_
    beside = int(was.sum()) + _FLIPS_SMOOTHING
    return int((is_ & ~was).sum()) / beside, int((was & ~is_).sum()) / beside


def check_flips(history: History, status: Statuses, params: ConsensusParams) -> None:
    """raises TooManyFlips."""
    for word, share in zip(("gained", "lost"), flips(history, status), strict=True):
        if share > params.flips_max:
            raise TooManyFlips(
                f"{share:.0%} as many notes {word} the status helpful as had it (and {_FLIPS_SMOOTHING}); "
                f"{params.flips_max:.0%} are the most: look at the ratings, or score without checking flips"
            )

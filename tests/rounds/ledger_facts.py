"""A ledger in memory, as a desk would have written it, for tests of what follows from it."""

import random

from thuchu.rounds import Replay

HOUR_MS = 3_600_000


class Ledger:
    """Entries as (seq, time, kind, subject, body), with verbs that append them."""

    def __init__(self):
        self.entries = []

    def append(self, kind, subject, body, time_ms=0):
        self.entries.append((len(self.entries) + 1, time_ms, kind, subject, body))

    def write(self, note, *, claim=1, verdict="false"):
        self.append("note.written", f"note:{note}", {"claim": claim, "verdict": verdict})

    def edit(self, note, version, verdict="false"):
        self.append("note.edited", f"note:{note}", {"version": version, "verdict": verdict})

    def rate(self, *lines, batch=1):
        """Lines of (note, version, rater number, level)."""
        ratings = [[note, version, str(rater), level, []] for note, version, rater, level in lines]
        self.append("ratings.entered", f"ratings:{batch}", {"ratings": ratings})

    def hold(self, number, outcome, time_ms):
        changes = [[each.note, each.version, each.status, each.rule] for each in outcome.changes]
        body = {"up_to": outcome.up_to, "params": outcome.params, "statuses_digest": outcome.digest}
        self.append("round.held", f"round:{number}", body, time_ms)
        self.append("statuses.changed", f"round:{number}", {"changes": changes}, time_ms)

    def replay(self):
        replay = Replay()
        for entry in self.entries:
            replay.feed(*entry)
        return replay


def two_camps(ledger, *, raters=40, notes=30, seed=7):
    """Notes that one camp likes, notes that the other likes, and every third that both do; raters 1001, 1002, …"""
    dice = random.Random(seed)
    lines = []
    for note in range(1, notes + 1):
        ledger.write(note, claim=note)
        for rater in range(raters):
            camp = rater % 2
            likes = note % 3 == 0 or note % 3 - 1 == camp
            if dice.random() < 0.05:
                likes = not likes
            lines.append((note, 1, 1001 + rater, "helpful" if likes else "not_helpful"))
    dice.shuffle(lines)
    ledger.rate(*lines)
    return lines

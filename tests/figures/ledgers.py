"""Ledgers made up for tests: entries as `thuchu.desk.ledger.reads.entries_of` gives them."""

from datetime import date, timedelta
from itertools import count

from thuchu.figures.period import midnight_ms

HOUR_MS = 3_600_000
NOBODY = {"by": 1, "confirmed_by": 2, "reason_digest": "00"}


class Ledger:
    """Entries in the order in which they are written; times are (day, hour)."""

    def __init__(self):
        self.entries = []
        self._acts = count(1)

    @property
    def last(self):
        return len(self.entries)

    def add(self, at, kind, subject, **body):
        day, hour = at
        time_ms = midnight_ms(day) + round(hour * HOUR_MS)
        self.entries.append((self.last + 1, time_ms, kind, subject, body))
        return self.last

    def opened(self, at, claim):
        return self.add(at, "claim.opened", f"claim:{claim}", language="vi")

    def areas(self, at, claim, *codes):
        return self.add(at, "claim.areas_set", f"claim:{claim}", areas=list(codes), by=1)

    def written(self, at, note, claim, evidence=(1,)):
        self.add(at, "note.written", f"note:{note}", claim=claim, by=1, verdict="false", evidence=list(evidence))

    def agreed(self, at, note, claim, *, version=1, verdict="false"):
        body = {"note": note, "version": version, "claim": claim, "verdict": verdict, "disputed": False, "round": 1}
        return self.add(at, "fact_check.agreed", f"fact_check:f{note}", **body)

    def lost(self, at, note):
        return self.add(at, "fact_check.no_longer_agreed", f"fact_check:f{note}", note=note, round=2)

    def merged(self, at, claim, into):
        act = next(self._acts)
        self.add(at, "claim.merged", f"claim:{claim}", into=into, proposal=act, **NOBODY)
        return act

    def split(self, at, claim, into):
        act = next(self._acts)
        self.add(at, "claim.split", f"claim:{claim}", into=into, questions=1, proposal=act, **NOBODY)
        return act

    def closed(self, at, claim, reason="not_a_fact"):
        act = next(self._acts)
        self.add(at, "claim.closed", f"claim:{claim}", reason=reason, proposal=act, **NOBODY)
        return act

    def undone(self, at, what, claim, act):
        return self.add(at, f"claim.{what}_undone", f"claim:{claim}", act=act, proposal=next(self._acts), **NOBODY)


def day(month, number):
    return date(2026, month, number)


def later(at, hours):
    """The moment so many hours after."""
    first, hour = at
    return first + timedelta(days=(hour + hours) // 24), (hour + hours) % 24

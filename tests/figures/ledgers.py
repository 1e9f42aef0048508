"""Ledgers made up for tests: entries as `thuchu.desk.ledger.reads.entries_of` gives them."""

import hashlib
import random
from datetime import date, timedelta
from itertools import count

from thuchu.dump import manifest
from thuchu.figures.period import midnight_ms
from thuchu.log import chain
from thuchu.log.entry import Entry, canonical_json

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


def dumped(folder, ledger, reviews):
    """A dump of the entries and of frozen reviews: [(snapshot's bytes, its name, base tables)]."""
    head, text = chain.EMPTY, b""
    for fields in ledger.entries:
        entry = Entry(*fields)
        head = chain.extend(head, entry)
        value = dict(zip(("seq", "time_ms", "kind", "subject", "body"), fields, strict=True))
        text += canonical_json(value | {"hash": head.hash.hex()}) + b"\n"
    out = dict.fromkeys(manifest.FILES, b"") | {manifest.ENTRIES: text}
    for name, content, tables in reviews:
        out[f"reviews/{name}.json"] = content
        out |= {f"reviews/tables/{table.sha256}.csv": table.csv for table in tables.values()}
    for name, content in out.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    sealed(folder, head)
    return folder


def sealed(folder, head):
    """The manifest of the files as they are."""
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != manifest.MANIFEST
    }
    said = manifest.Manifest(desk="Thử", address="http://localhost", head=head, as_of_ms=0, files=files)
    (folder / manifest.MANIFEST).write_bytes(said.written())


def hash_of(ledger, seq):
    head = chain.EMPTY
    for fields in ledger.entries[:seq]:
        head = chain.extend(head, Entry(*fields))
    return head.hash.hex()


def busy(seed=1, claims=120, first=date(2026, 1, 1), days=180):
    """Half a year of a small desk: claims in three communes, answered, closed, merged, corrected, reported."""
    dice, ledger, acts = random.Random(seed), Ledger(), []
    for claim in range(1, claims + 1):
        at = (first + timedelta(days=dice.randrange(days)), dice.randrange(24))
        acts.append((at, lambda at, claim=claim: ledger.opened(at, claim)))
        acts.append((at, lambda at, claim=claim: ledger.areas(at, claim, dice.choice(["c1", "c2", "p2"]))))
        acts.append((later(at, 1), lambda at, claim=claim: ledger.written(at, claim, claim, [claim])))
        if dice.random() < 0.7:
            told = later(at, 2 + round(dice.lognormvariate(3.5, 1)))
            acts.append((told, lambda at, claim=claim: ledger.agreed(at, claim, claim)))
            if dice.random() < 0.2:
                acts.append((later(told, 200), lambda at, claim=claim: ledger.lost(at, claim)))
        elif dice.random() < 0.5:
            acts.append((later(at, 30), lambda at, claim=claim: ledger.closed(at, claim)))
        elif claim > 1:
            acts.append((later(at, 40), lambda at, claim=claim: ledger.merged(at, claim, claim - 1)))
        if dice.random() < 0.3:
            about = {"about": f"note:{claim}", "due": "2026-12-31"}
            acts.append((later(at, 90), lambda at, claim=claim, about=about: received(ledger, at, claim, about)))
            if dice.random() < 0.7:
                acts.append((later(at, 170), lambda at, claim=claim, about=about: answered(ledger, at, claim, about)))
        if dice.random() < 0.2:
            acts.append((later(at, 300), lambda at, claim=claim: rotted(ledger, at, claim)))
    for _, (at, act) in sorted(enumerate(acts), key=lambda each: (each[1][0], each[0])):
        act(at)
    return ledger


def received(ledger, at, claim, about):
    ledger.add(at, "report.received", f"report:{claim}", **about)


def answered(ledger, at, claim, about):
    body = {"about": about["about"], "outcome": "note_edited" if claim % 2 else "nothing_wrong"}
    ledger.add(at, "report.closed", f"report:{claim}", by=1, confirmed_by=2, answer_digest="00", **body)


def rotted(ledger, at, claim):
    ledger.add(at, "evidence.rotted", f"evidence:{claim}", state="gone", before="alive")

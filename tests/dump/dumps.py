"""Dumps for tests: written by a desk once, and made up from a ledger in memory for those that need no desk."""

import hashlib
import json
import shutil

from rounds.ledger_facts import HOUR_MS, Ledger, two_camps
from thuchu.dump import lines, manifest, schema
from thuchu.dump.tables import KINDS, Tables, number_of
from thuchu.log import chain
from thuchu.log.entry import Entry, canonical_json
from thuchu.rounds import decide


def entry_line(entry, digest):
    fields = {"seq": entry.seq, "time_ms": entry.time_ms, "kind": entry.kind, "subject": entry.subject}
    return canonical_json({**fields, "body": entry.body, "hash": digest.hex()}) + b"\n"


def made_up(folder, ledger, *, rules=b'{"editions": []}\n'):
    """A dump of a `ledger_facts.Ledger`, without words."""
    folder.mkdir(parents=True)
    entries = [Entry(*fields) for fields in ledger.entries]
    head, out = chain.EMPTY, dict.fromkeys(manifest.FILES, b"")
    rounds = [(number_of(e.subject), e.body["up_to"]) for e in entries if e.kind == "round.held"]
    tables = Tables(rounds)
    for entry in entries:
        head = chain.extend(head, entry)
        out[manifest.ENTRIES] += entry_line(entry, head.hash)
        if entry.kind in KINDS:
            for name, line in tables.lines_of(entry):
                out[name] += line
        if entry.kind in ("note.written", "note.edited"):
            line = {
                "note": number_of(entry.subject),
                "version": entry.body.get("version", 1),
                "verdict": entry.body["verdict"],
                "text": "",
                "withheld": [],
            }
            out[manifest.NOTES] += lines.written(line)
    out[manifest.RULES], out[manifest.SCHEMA], out[manifest.README] = (
        rules,
        schema.written(),
        "# Made up\n\nOf Thử (http://localhost).\n".encode(),
    )
    write_all(folder, out, head)
    return folder


def write_all(folder, out, head):
    for name, content in out.items():
        (folder / name).write_bytes(content)
    files = {name: hashlib.sha256(content).hexdigest() for name, content in out.items()}
    said = manifest.Manifest(desk="Thử", address="http://localhost", head=head, as_of_ms=0, files=files)
    (folder / manifest.MANIFEST).write_bytes(said.written())


def sealed_again(folder):
    """The manifest brought to the files as they are now, and the chain to the entries: what a liar would do."""
    head, text = chain.EMPTY, b""
    for line in (folder / manifest.ENTRIES).read_bytes().splitlines():
        value = json.loads(line)
        entry = Entry(value["seq"], value["time_ms"], value["kind"], value["subject"], value["body"])
        head = chain.extend(head, entry)
        text += entry_line(entry, head.hash)
    out = {name: (folder / name).read_bytes() for name in manifest.FILES}
    write_all(folder, {**out, manifest.ENTRIES: text}, head)


def copied(dump, tmp_path, name="copy"):
    return shutil.copytree(dump, tmp_path / name)


def values(folder, name):
    return [json.loads(line) for line in (folder / name).read_bytes().splitlines()]


class Held(Ledger):
    """A ledger whose rounds say how many they counted."""

    def hold(self, number, time_ms):
        outcome = decide(self.replay(), time_ms=time_ms)
        changes = [[each.note, each.version, each.status, each.rule] for each in outcome.changes]
        body = {
            "up_to": outcome.up_to,
            "batch": number,
            "params": outcome.params,
            "ratings": outcome.n_ratings,
            "raters": outcome.n_raters,
            "notes": len(outcome.statuses),
            "statuses_digest": outcome.digest,
        }
        self.append("round.held", f"round:{number}", body, time_ms)
        self.append("statuses.changed", f"round:{number}", {"changes": changes}, time_ms)
        return outcome

    def write(self, note, *, claim=1, verdict="false"):
        body = {"claim": claim, "verdict": verdict, "text_digest": EMPTY_DIGEST}
        self.append("note.written", f"note:{note}", body)

    def edit(self, note, version, verdict="false"):
        body = {"version": version, "verdict": verdict, "text_digest": EMPTY_DIGEST}
        self.append("note.edited", f"note:{note}", body)


# SHA-256 of no words: made-up notes have none.
EMPTY_DIGEST = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def three_rounds(seed=7):
    """Two camps rate twelve notes; one note is edited, one withdrawn, some raters change their minds."""
    ledger = Held()
    lines = two_camps(ledger, raters=16, notes=12, seed=seed)
    ledger.hold(1, HOUR_MS)
    ledger.edit(3, 2)
    ledger.append("note.withdrawn", "note:6", {"version": 1})
    ledger.append("link_list.removed", "publisher:1", {"entries": 0})
    ledger.rate(*[(note, 1, rater, "retracted") for note, _, rater, _ in lines[:9]], batch=2)
    ledger.hold(2, 3 * HOUR_MS)
    ledger.rate(*[(3, 2, rater, level) for note, _, rater, level in lines if note == 9], batch=3)
    outcome = ledger.hold(3, 5 * HOUR_MS)
    for note in sorted(outcome.agreed):
        body = {"note": note, "version": 1, "claim": note, "verdict": "false", "disputed": False, "round": 3}
        ledger.append("fact_check.agreed", f"fact_check:f{note}", body, 5 * HOUR_MS)
    return ledger

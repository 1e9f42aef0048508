"""Dumps for tests: written by a desk once, and made up from a ledger in memory for those that need no desk."""

import hashlib
import json
import shutil

from thuchu.dump import lines, manifest, schema
from thuchu.dump.tables import KINDS, Tables, number_of
from thuchu.log import chain
from thuchu.log.entry import Entry, canonical_json


def entry_line(entry, digest):
    fields = {"seq": entry.seq, "time_ms": entry.time_ms, "kind": entry.kind, "subject": entry.subject}
    return canonical_json({**fields, "body": entry.body, "hash": digest.hex()}) + b"\n"


def made_up(folder, ledger, *, rules=b'{"params": {"name": "of another desk"}}\n'):
    """A dump of a `ledger_facts.Ledger`, without words."""
    folder.mkdir(parents=True)
    entries = [Entry(*fields) for fields in ledger.entries]
    head, out = chain.EMPTY, {name: b"" for name in manifest.FILES}
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
    out[manifest.RULES], out[manifest.SCHEMA], out[manifest.README] = rules, schema.written(), b"# made up\n"
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

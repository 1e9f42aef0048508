"""Writing a dump: read from one moment of the database, the same bytes for one last entry, all or nothing."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override

from thuchu import consensus
from thuchu.consensus.rules import UNDECIDED
from thuchu.desk.claims import reads as claims
from thuchu.desk.dump.readme import readme
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.library.public import PublicFactCheck, public_fact_checks
from thuchu.desk.moment import one_moment
from thuchu.desk.notes.reads import claims_of
from thuchu.desk.notes.texts import PublicVersion, public_versions
from thuchu.desk.publishing.words import RULES
from thuchu.desk.reviews import reads as reviews
from thuchu.dump import entries, lines, manifest, schema, tables
from thuchu.dump.manifest import Manifest
from thuchu.log.chain import EMPTY, Head
from thuchu.log.entry import Entry
from thuchu.matching.durable import sync_folder
from thuchu.rounds.evidence import EVENT_EVIDENCE, SENTENCE
from thuchu.rounds.evidence import VERSION as EVIDENCE_VERSION

# Called with (done, total) in entries.
Report = Callable[[int, int], None]
REPORT_EVERY = 200


class CannotWriteDump(Exception):
    """Nothing was written; the message says why, and what to do."""


def write_dump(target: Path, *, report: Report | None = None) -> Manifest:
    """Write everything public to the folder `target`, in place of an earlier dump there.

    The desk may run meanwhile: what is committed later isn't in it.  Passages that were withheld when the last entry
    was written are withheld in it, and no clock is read, so that the same ledger gives the same bytes.
    raises  CannotWriteDump where something else than a dump is in the way
    """
    target = target.resolve()
    _require_free(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        with one_moment():
            made = _write(scratch, report)
        # mkdtemp gives it to its owner alone; a dump is for everybody.
        scratch.chmod(0o755)
        sync_folder(scratch)
        _put_in_place(scratch, target)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    sync_folder(target.parent)
    return made


def _write(folder: Path, report: Report | None) -> Manifest:
    files: dict[str, str] = {}
    with ExitStack() as stack:
        out = {name: stack.enter_context(_File(folder / name, files)) for name in manifest.FILES}
        head, as_of_ms = _write_ledger(out, report)
        now = datetime.fromtimestamp(as_of_ms / 1000, UTC)
        for version in public_versions(now=now):
            out[manifest.NOTES].write(lines.written(_note(version)))
        for some in public_fact_checks():
            for line in _fact_checks(some, now):
                out[manifest.FACT_CHECKS].write(lines.written(line))
        out[manifest.RULES].write(_rules())
        out[manifest.SCHEMA].write(schema.written())
        out[manifest.README].write(readme(settings.THUCHU_NAME, settings.THUCHU_ADDRESS, head, as_of_ms))
    _write_reviews(folder, files)
    made = Manifest(
        desk=settings.THUCHU_NAME, address=settings.THUCHU_ADDRESS, head=head, as_of_ms=as_of_ms, files=files
    )
    with _File(folder / manifest.MANIFEST, {}) as file:
        file.write(made.written())
    return made


def _write_reviews(folder: Path, files: dict[str, str]) -> None:
    """Each review's figures as frozen, and the base tables that they follow from, by their SHA-256."""
    slugs = reviews.frozen_slugs()
    if not slugs:
        return
    (folder / manifest.REVIEWS / "tables").mkdir(parents=True)
    for slug in slugs:
        _write_one(folder, f"{manifest.REVIEWS}/{slug}.json", reviews.written(slug) or b"", files)
    for digest, content in reviews.frozen_tables():
        _write_one(folder, f"{manifest.REVIEWS}/tables/{digest}.csv", content, files)


def _write_one(folder: Path, name: str, content: bytes, files: dict[str, str]) -> None:
    written: dict[str, str] = {}
    path = folder / name
    with _File(path, written) as file:
        file.write(content)
    files[name] = written[path.name]


def _write_ledger(out: "dict[str, _File]", report: Report | None) -> tuple[Head, int]:
    """Entries and the tables that follow from them; gives back the head and its time."""
    head, as_of_ms, total = EMPTY, 0, ledger.last_number()
    facts = tables.Tables(_rounds())
    for seq, time_ms, kind, subject, body, digest in ledger.raw_entries():
        out[manifest.ENTRIES].write(entries.line_of(seq, time_ms, kind, subject, body, digest))
        if kind in tables.KINDS:
            for name, line in facts.lines_of(Entry(seq, time_ms, kind, subject, json.loads(body))):
                out[name].write(line)
        head, as_of_ms = Head(seq, digest), time_ms
        if report and seq % REPORT_EVERY == 0:
            report(seq, total)
    return head, as_of_ms


def _rounds() -> list[tuple[int, int]]:
    held = ledger.entries_of(["round.held"])
    return [(tables.number_of(subject), _whole(body["up_to"])) for _, _, _, subject, body in held]


def _note(each: PublicVersion) -> dict[str, Any]:
    return {
        "note": each.note,
        "version": each.version,
        "stands": each.stands,
        "claim": each.claim,
        "author": each.author,
        "verdict": each.verdict,
        "text": each.text,
        "withheld": [
            {"reason": hidden.reason, "until": hidden.until.date().isoformat(), "court_order": hidden.court_order}
            for hidden in each.withheld
        ],
        "evidence": [
            {
                "number": piece.number,
                "address": piece.address,
                "title": piece.title,
                "sentence": piece.sentence,
                "before": piece.before,
                "after": piece.after,
                "description": piece.description,
                "how": piece.how,
                "captured_on": piece.fetched_at.date().isoformat(),
                "sha256": piece.digest,
            }
            for piece in each.evidence
        ],
        "ai_drafted": each.ai_drafted,
        "copied_from": each.copied_from,
    }


def _fact_checks(some: Iterable[PublicFactCheck], now: datetime) -> Iterator[dict[str, Any]]:
    some = list(some)
    # A passage of a claim's words may be withheld since its fact-check was published.
    on = claims_of([each.note for each in some if each.note is not None])
    worded = claims.answerable(set(on.values()), now=now) if on else {}
    for each in some:
        line = asdict(each) | {"citations": list(each.citations)}
        for name in ("published_on", "changed_on", "ended_on"):
            line[name] = line[name].isoformat() if line[name] else None
        claim = worded.get(on[each.note]) if each.note in on else None
        yield line | ({"claim": claim.wording} if claim else {})


def _rules() -> bytes:
    editions = [params for params in consensus.EDITIONS.values() if params.name == consensus.DESK.name]
    names = dict.fromkeys(name for params in editions for name in params.rules)
    asked = [*(consensus.RULES[name] for name in names), _evidence_rule(), UNDECIDED]
    said = {language: _said(language) for language in ("en", "vi")}
    value = {
        "editions": [asdict(params) for params in editions],
        "rules": [
            {
                "id": rule.id,
                "version": rule.version,
                "sentence": rule.sentence,
                "en": said["en"][rule.id],
                "vi": said["vi"][rule.id],
            }
            for rule in asked
        ],
    }
    return json.dumps(value, ensure_ascii=False, indent=1).encode() + b"\n"


def _evidence_rule() -> consensus.Rule:
    """Asked after the rule set, where a note is about an event: never of ratings alone."""
    return replace(UNDECIDED, id=EVENT_EVIDENCE, version=EVIDENCE_VERSION, sentence=SENTENCE)


def _said(language: str) -> dict[str, str]:
    with override(language):
        return {name: gettext(sentence) for name, sentence in RULES.items()}


def _require_free(target: Path) -> None:
    if target.is_dir() and not target.is_symlink() and (manifest.is_dump(target) or not any(target.iterdir())):
        return
    if target.exists() or target.is_symlink():
        raise CannotWriteDump(f"{target} is something else than a dump: name another folder, or move it away")


def _put_in_place(scratch: Path, target: Path) -> None:
    """Whoever looks finds the earlier dump, for a moment none, or this one; never half of either."""
    # Somebody may have put something there while we wrote.
    _require_free(target)
    if not target.exists():
        scratch.rename(target)
        return
    aside = Path(tempfile.mkdtemp(prefix=f".{target.name}-old-", dir=target.parent))
    try:
        target.rename(aside / "dump")
        try:
            scratch.rename(target)
        except OSError:
            (aside / "dump").rename(target)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _whole(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(f"{value!r} is no whole number")
    return value


class _File:
    """A file that is hashed while it is written, and on disk when it is closed; its digest goes into `files`."""

    def __init__(self, path: Path, files: dict[str, str]) -> None:
        self._path, self._files = path, files
        self._file = path.open("wb")
        self._hashed = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """The next bytes."""
        self._hashed.update(data)
        self._file.write(data)

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: TracebackType | None) -> None:
        with self._file as file:
            file.flush()
            os.fsync(file.fileno())
        if kind is None:
            self._files[self._path.name] = self._hashed.hexdigest()

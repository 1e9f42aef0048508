"""`thuchu import`: files of fact-checks or lists of hosts, with a bar, a count, and every refusal with its place."""

import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from thuchu.desk import journey
from thuchu.desk.commands.progress import bar
from thuchu.desk.commands.ready import ready
from thuchu.desk.library.importing import RESULTS, Tally
from thuchu.desk.library.publishers import PublisherRefused
from thuchu.desk.library.reads import publishers


def fact_checks(files: Sequence[Path], *, publisher: str | None, hosts: Sequence[str]) -> int:
    """Import each file; 1 when one could not be read, 2 when the call was wrong."""
    if not files and any(Path(host).exists() for host in hosts):
        return _wrong("--host takes every word after it; name the FILE before it.")
    if not files:
        return _wrong("Say which FILE to import, or --links FILE for a list of hosts.")
    if hosts and publisher is None:
        return _wrong("Say whose hosts these are: --publisher NAME.")
    ready()
    failed = False
    for file in files:
        try:
            tally = _one(file, publisher, hosts)
        except (OSError, PublisherRefused) as error:
            print(f"{file}: {error.strerror if isinstance(error, OSError) else error}", file=sys.stderr)
            failed = True
            continue
        _report(file, tally)
        failed = failed or not (tally.counts.total() - tally.counts["refused"])
    _hint()
    return 1 if failed else 0


def links(file: Path | None, *, publisher: str | None, remove: bool) -> int:
    """Load a publisher's list in place of its last one, or take it away."""
    if publisher is None:
        return _wrong("Say whose list this is: --publisher NAME.")
    ready()
    now = timezone.now()
    if remove:
        return _take_away(publisher, now)
    if file is None:
        return _wrong("Say which FILE: --links FILE.")
    try:
        loaded = journey.take_in_links(file, publisher=publisher, now=now)
    except (OSError, PublisherRefused) as error:
        print(f"{file}: {error.strerror if isinstance(error, OSError) else error}", file=sys.stderr)
        return 1
    for refusal in loaded.refusals:
        print(f"{file}, {refusal}", file=sys.stderr)
    if loaded.personal:
        print(f"{file}: {loaded.personal} pages left out, their addresses hold personal data.", file=sys.stderr)
    print(f"{file}: {loaded.entries} hosts of {publisher}'s list, {len(loaded.refusals)} lines skipped.")
    return 0 if loaded.entries else 1


def _take_away(publisher: str, now: datetime) -> int:
    try:
        count = journey.take_away_links(publisher, now=now)
    except PublisherRefused as error:
        return _wrong(str(error))
    if not count:
        print(f"{publisher} has no list of hosts here; the publishers' page names who has one.", file=sys.stderr)
        return 1
    print(f"{publisher}: {count} hosts taken away.")
    return 0


def _one(file: Path, publisher: str | None, hosts: Sequence[str]) -> Tally:
    tally = Tally()
    with bar(file.name) as shown:
        for progress in journey.take_in(file, publisher=publisher, hosts=hosts, now=timezone.now()):
            tally = progress.tally
            shown.to(progress.bytes_read, progress.bytes_total)
    return tally


def _report(file: Path, tally: Tally) -> None:
    for refusal in tally.refusals:
        print(refusal, file=sys.stderr)
    counts = Counter(tally.counts)
    print(f"{file}: " + ", ".join(f"{counts[result]} {result}" for result in RESULTS) + ".")


def _hint() -> None:
    """Say which publishers can't be answered from yet, and why: it is the first thing an operator stumbles over."""
    for publisher in publishers():
        if publisher.fact_checks and not any(admitted for _, admitted in publisher.hosts):
            print(
                f"{publisher.name}: {publisher.fact_checks} fact-checks can be suggested, none answered: "
                "no host of this publisher is admitted (--host HOST, while nobody has asked this desk anything)."
            )


def _wrong(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 2

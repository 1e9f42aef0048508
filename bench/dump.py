"""How long a public dump of many ratings takes, and how much memory: written, packed, verified, computed again.

    python bench/dump.py --ratings 1000000

Prints JSON: for each step seconds, those of the processor, and the most memory that its process held.  The home is
filled by rows and entries, not by rating: what is measured is reading.  Each step runs in a process of its own; the
last two without the desk.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

RATINGS_A_NOTE, RATINGS_A_RATER = 50, 500
RATINGS_AN_ENTRY = 1_000
ROUNDS = 2
TEXT = "Nước muối loãng chỉ làm sạch miệng, không diệt được vi rút trong cổ họng, Bộ Y tế đã nói rõ. " * 3
SENTENCE = "Súc miệng bằng nước muối không diệt được vi rút."
VIEWS_SHARE = 0.05


def main() -> None:
    """Fill a home, then run each step over it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ratings", type=int, default=1_000_000, help="how many (1000000)")
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        began = time.monotonic()
        STEPS[options.step](options.folder, options.ratings)
        spent = {"seconds": round(time.monotonic() - began, 1), "cpu_s": round(time.process_time(), 1)}
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(json.dumps({**spent, "peak_mb": peak}))
        return
    report = {"ratings": options.ratings}
    with tempfile.TemporaryDirectory() as folder:
        for name in STEPS:
            report[name] = _step(name, folder, options.ratings)
            sys.stderr.write(f"{name}: {report[name]}\n")
        dump = Path(folder) / "dump"
        report["mb"] = round(sum(path.stat().st_size for path in dump.iterdir()) / 1e6, 1)
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


def _step(name: str, folder: str, ratings: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--step", name, "--folder", folder, "--ratings", str(ratings)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _desk(folder: Path) -> None:
    os.environ["THUCHU_HOME"] = str(folder / "home")
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()


def _fill(folder: Path, ratings: int) -> None:
    _desk(folder)
    from django.core.management import call_command
    from django.db import transaction
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    from thuchu.desk.ledger.append import append
    from thuchu.desk.parts import parts

    now = timezone.now() - timedelta(days=1)
    notes = max(1, ratings // RATINGS_A_NOTE)
    _write_notes(notes, now)
    dice = random.Random(11)
    raters = max(20, ratings // RATINGS_A_RATER)
    for number in range(1, ROUNDS + 1):
        lines = []
        for note in range(1, notes + 1):
            for rater in dice.sample(range(raters), min(raters, RATINGS_A_NOTE // ROUNDS)):
                likes = note % 3 == 0 or note % 3 - 1 == rater % 2
                likes ^= dice.random() < VIEWS_SHARE
                level = "helpful" if likes else "not_helpful"
                lines.append([note, 1, str(10**17 + rater), level, ["helpfulClear" if likes else "notHelpfulOther"]])
        dice.shuffle(lines)
        with transaction.atomic():
            for some in parts(lines, RATINGS_AN_ENTRY):
                append("ratings.entered", f"ratings:{number}", {"ratings": list(some)}, now=now)
        _hold(number, now + timedelta(hours=number))


def _write_notes(number: int, now: datetime) -> None:
    from django.db import transaction

    from thuchu.desk.accounts.models import Pseudonym
    from thuchu.desk.claims.models import Claim
    from thuchu.desk.evidence.models import Capture, Quote, Source
    from thuchu.desk.evidence.reads import hosts_of
    from thuchu.desk.ledger.append import append, digest
    from thuchu.desk.notes.models import Note, Version

    author = Pseudonym.objects.create(name="Người viết", key="nguoi viet", joined_at=now)
    source = Source.objects.create(key="https://yte.example/", address="https://yte.example/", host="yte.example")
    capture = Capture.objects.create(
        source=source, how="fetched", digest="0" * 64, media_type="text/html", size_bytes=1, status=200, by=1,
        fetched_at=now,
    )  # fmt: skip
    quote = Quote.objects.create(
        capture=capture, start=0, end=len(SENTENCE), exact=SENTENCE, score=100.0, created_at=now
    )
    words = {"wording": "Điều này", "opened_at": now, "last_asked_at": now, "need": 0}
    Claim.objects.bulk_create((Claim(pk=n, change=n, **words) for n in range(1, number + 1)), batch_size=500)
    Note.objects.bulk_create(
        (Note(pk=n, claim_id=n, author=author, written_at=now) for n in range(1, number + 1)), batch_size=500
    )
    version = {"number": 1, "verdict": "false", "text": TEXT, "n_words": 60, "rests_on": quote, "written_at": now}
    Version.objects.bulk_create((Version(note_id=n, **version) for n in range(1, number + 1)), batch_size=500)
    body = {"by": author.pk, "copied_from": 0, "verdict": "false", "text_digest": digest(TEXT), "ai_drafted": False}
    body |= {"hosts": hosts_of([quote.pk])}
    with transaction.atomic():
        for n in range(1, number + 1):
            append("note.written", f"note:{n}", body | {"claim": n, "evidence": [quote.pk]}, now=now)


def _hold(number: int, now: datetime) -> None:
    from django.db import transaction

    from thuchu.desk.ledger.append import append
    from thuchu.desk.parts import parts
    from thuchu.desk.publishing.round import read_ledger
    from thuchu.rounds import decide

    outcome = decide(read_ledger(), time_ms=int(now.timestamp() * 1000))
    body = {
        "up_to": outcome.up_to,
        "batch": number,
        "params": outcome.params,
        "ratings": outcome.n_ratings,
        "raters": outcome.n_raters,
        "notes": len(outcome.statuses),
        "statuses_digest": outcome.digest,
    }
    with transaction.atomic():
        append("round.held", f"round:{number}", body, now=now)
        for some in parts(outcome.changes, RATINGS_AN_ENTRY):
            changes = [[each.note, each.version, each.status, each.rule] for each in some]
            append("statuses.changed", f"round:{number}", {"changes": changes}, now=now)


def _write(folder: Path, _ratings: int) -> None:
    _desk(folder)
    from thuchu.desk.dump.write import write_dump

    write_dump(folder / "dump")


def _pack(folder: Path, _ratings: int) -> None:
    _desk(folder)
    from django.utils import timezone

    from thuchu.desk.dump.kept import renew

    renew(folder / "home", now=timezone.now())


def _verify(folder: Path, _ratings: int) -> None:
    from thuchu.dump import check_chain

    check_chain(folder / "dump")


def _recompute(folder: Path, _ratings: int) -> None:
    from thuchu.dump import recompute

    done = recompute(folder / "dump")
    if done.differences or done.rounds != ROUNDS:
        raise SystemExit(f"{done.rounds} rounds, {len(done.differences)} differences")


STEPS = {"fill": _fill, "write": _write, "pack": _pack, "verify": _verify, "recompute": _recompute}


if __name__ == "__main__":
    main()

"""How long a round takes inside a desk: the batch, the ledger read, statuses, publishing, the index, replies queued.

    python bench/desk_round.py --ratings 1000000 [--home DIR]

Prints JSON: seconds by the clock and of the processor for the first round (every rating is new), the confirming one
(everything helpful is published), a round with a thousand new ratings, and one in which a hundred notes lose their
agreement; peak memory.  The home is filled by rows and by entries; from the batch on the desk's own code runs.
"""

import argparse
import json
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import desk_pages as pages

# Who rates as their side does, not always.
ERRS = 0.08
NEW_RATINGS, TURNED_NOTES = 1_000, 100


def main() -> None:
    """Fill a home, hold four rounds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ratings", type=int, default=1_000_000, help="how often notes were rated (1000000)")
    parser.add_argument("--home", type=Path, help="where the desk is kept; a folder that is taken away afterwards")
    options = parser.parse_args()
    if options.home:
        options.home.mkdir(parents=True, exist_ok=True)
        _run(options.home, options.ratings)
        return
    with tempfile.TemporaryDirectory() as folder:
        _run(Path(folder), options.ratings)


def _run(home: Path, ratings: int) -> None:
    os.environ["THUCHU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from thuchu.desk import journey
    from thuchu.desk.library.models import FactCheck

    call_command("migrate", verbosity=0)
    now = timezone.now()
    n_notes = max(20, ratings // pages.RATINGS_A_NOTE)
    pages._fill(n_notes)
    _rate(n_notes, now)
    report: dict[str, object] = {"ratings": ratings, "notes": n_notes}
    report["first"] = _timed(lambda at: journey.settle(now=at), now)
    report["confirming"] = _timed(lambda at: journey.settle(now=at), now + timedelta(minutes=31))
    _say_more(now)
    report["a thousand new ratings"] = _timed(lambda at: journey.settle(now=at), now + timedelta(hours=1))
    _turn(now)
    report["a hundred notes turned"] = _timed(lambda at: journey.settle(now=at), now + timedelta(hours=2))
    report["published"] = FactCheck.objects.filter(state="current").count()
    report["no longer agreed"] = FactCheck.objects.filter(state="no_longer_agreed").count()
    report["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _timed(settle: Callable[[datetime], int | None], at: datetime) -> dict[str, float | int | None]:
    began, worked = time.perf_counter(), time.process_time()
    number = settle(at)
    return {
        "round": number,
        "seconds": round(time.perf_counter() - began, 1),
        "cpu_s": round(time.process_time() - worked, 1),
    }


def _rate(n_notes: int, now: datetime) -> None:
    """One note a claim with its entry, and ratings of two sides that wait for their batch."""
    from django.db import transaction

    from thuchu.desk.evidence.reads import hosts_of
    from thuchu.desk.ledger.append import append, digest
    from thuchu.desk.notes.models import Version

    dice = random.Random(8)
    notes = pages.written(list(range(1, n_notes + 1)), dice, now, raters=0)
    first = Version.objects.order_by("pk")[0]
    hosts = hosts_of([first.rests_on_id])
    for begin in range(0, n_notes, pages.BATCH_ROWS):
        part = notes[begin : begin + pages.BATCH_ROWS]
        with transaction.atomic():
            for note in part:
                said = {
                    "claim": note.claim_id, "by": note.author_id, "copied_from": 0, "verdict": "false",
                    "text_digest": digest(first.text), "evidence": [first.rests_on_id], "hosts": hosts,
                    "ai_drafted": False,
                }  # fmt: skip
                append("note.written", f"note:{note.pk}", said, now=now)
        _rate_some(part, dice, now)
        pages._bar(begin + len(part), n_notes, "notes")


def _rate_some(notes: list, dice: random.Random, now: datetime) -> None:
    rows = []
    for note in notes:
        for who in dice.sample(range(pages.RATERS), pages.RATINGS_A_NOTE):
            # Two notes in five please both sides, one in five neither, the others one of them.
            kind = note.pk % 5
            likes = kind < 2 or (kind > 2 and kind % 2 == who % 2)
            rows.append(_rating(note, who, likes != (dice.random() < ERRS), now))
    _add(rows)


def _rating(note: object, who: int, likes: bool, now: datetime) -> object:
    from thuchu.desk.notes.models import Rating

    return Rating(
        note=note,
        rater_number=10**15 + pages.AUTHORS + who,
        version=1,
        helpfulness="helpful" if likes else "not_helpful",
        reasons="helpfulClear" if likes else "notHelpfulIncorrect",
        rated_on=now.date(),
        pending=True,
    )


def _add(rows: list) -> None:
    from thuchu.desk.notes.models import Rating

    Rating.objects.bulk_create(
        rows,
        batch_size=pages.BATCH_ROWS,
        update_conflicts=True,
        unique_fields=["note", "rater_number"],
        update_fields=["helpfulness", "reasons", "pending"],
    )


def _say_more(now: datetime) -> None:
    from thuchu.desk.notes.models import Note

    dice = random.Random(9)
    notes = list(Note.objects.order_by("pk")[: NEW_RATINGS // 10])
    _add(
        [_rating(note, who, dice.random() < 0.5, now) for note in notes for who in dice.sample(range(pages.RATERS), 10)]
    )


def _turn(now: datetime) -> None:
    """Half of those who had rated a published note find it not helpful any more."""
    from thuchu.desk.notes.models import Rating
    from thuchu.desk.publishing.models import Standing

    notes = Standing.objects.filter(agreed=True).order_by("-note").values_list("note", flat=True)[:TURNED_NOTES]
    for note in list(notes):
        numbers = (
            Rating.objects.filter(note=note).order_by("pk").values_list("pk", flat=True)[: pages.RATINGS_A_NOTE // 2]
        )
        Rating.objects.filter(pk__in=list(numbers)).update(
            helpfulness="not_helpful", reasons="notHelpfulIncorrect", pending=True
        )


if __name__ == "__main__":
    main()

"""What freezing a review costs a desk that was asked much, and what its page costs whoever reads it.

    python bench/review_freeze.py [--claims 100000] [--submissions 400000] [--ratings 300000] [--runs 5] [--home DIR]

A home is filled by rows: the ledger of `review_figures.py`, its claims and fact-checks, and the questions under them;
some were answered at once.  Each freeze runs in a process of its own, over a copy of the home; then the frozen page is
asked for.  Prints JSON: seconds by the clock and of the processor, megabytes more than a desk at rest, queries.
`--home` keeps the home, so that a second run only measures.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from review_figures import COMMUNES, PROVINCES, QUARTER, made_up, peak_mb

SLUG = "2026-q1"
BATCH_ROWS = 2_000
# Of the questions: told a fact-check at once, shown some, typed without accents.
AT_ONCE, SUGGESTED, PLAIN = 0.3, 0.2, 0.25
FACT_CHECKS_TOLD = 5_000
WORDS = "nghe nói uống nước chanh nóng mỗi sáng thì khỏi bệnh tiểu đường có đúng không".split()
PLAIN_WORDS = "nghe noi uong nuoc chanh nong moi sang thi khoi benh tieu duong co dung khong".split()
FREEZES_AT = datetime(2026, 4, 7, 2, tzinfo=UTC)
REQUESTS = 100


def main() -> None:
    """Fill a home, freeze copies of it, read the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--submissions", type=int, default=400_000)
    parser.add_argument("--ratings", type=int, default=300_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--home", type=Path, help="where the filled desk is kept; else a folder that is taken away")
    parser.add_argument("--do", choices=("freeze", "read"), help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.do:
        _set_up(chosen.home)
        sys.stdout.write(json.dumps(_freeze() if chosen.do == "freeze" else _read()))
        return
    with tempfile.TemporaryDirectory() as folder:
        home = chosen.home or Path(folder) / "home"
        if not (home / "filled").exists():
            home.mkdir(parents=True, exist_ok=True)
            _set_up(home)
            _fill(chosen.claims, chosen.submissions, chosen.ratings)
            (home / "filled").touch()
        runs = [_one_run(home, Path(folder) / "copy") for _ in range(chosen.runs)]
    report = {"claims": chosen.claims, "submissions": chosen.submissions, "ratings": chosen.ratings, "runs": runs}
    report |= {f"median_{key}": round(statistics.median(run[key] for run in runs), 2) for key in runs[0]}
    sys.stdout.write(json.dumps(report, indent=1) + "\n")


def _one_run(home: Path, copy: Path) -> dict[str, float]:
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(home, copy)
    found: dict[str, float] = {}
    for what in ("freeze", "read"):
        command = [sys.executable, __file__, "--do", what, "--home", str(copy)]
        found |= json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return found


def _set_up(home: Path) -> None:
    os.environ["THUCHU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _freeze() -> dict[str, float]:
    from django.test import Client

    from thuchu.desk import journey

    Client(headers={"accept-language": "vi", "host": "localhost"}).get("/reviews/")
    rest_mb, before = peak_mb(), _plain_loop_s()
    began, worked = time.perf_counter(), time.process_time()
    journey.freeze_review(None, SLUG, now=FREEZES_AT)
    took, work = time.perf_counter() - began, time.process_time() - worked
    loops = work / ((before + _plain_loop_s()) / 2)
    return {"freeze_s": took, "freeze_cpu_s": work, "freeze_loops": loops, "freeze_mb": peak_mb() - rest_mb}


def _plain_loop_s() -> float:
    """A million squares: the same processor takes between one and two times as long, from minute to minute."""
    began = time.process_time()
    sum(number * number for number in range(1_000_000))
    return time.process_time() - began


def _read() -> dict[str, float]:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    browser = Client(headers={"accept-language": "vi", "host": "localhost"})
    page = f"/reviews/{SLUG}/"
    with CaptureQueriesContext(connection) as asked:
        if browser.get(page).status_code != 200:
            raise SystemExit(f"{page} isn't there")
    found: dict[str, float] = {"page_queries": len(asked)}
    times, works = [], []
    for _ in range(REQUESTS):
        began, worked = time.perf_counter(), time.process_time()
        browser.get(page)
        times.append((time.perf_counter() - began) * 1000)
        works.append((time.process_time() - worked) * 1000)
    for name, values in (("page", times), ("page_cpu", works)):
        found |= {f"{name}_p50_ms": statistics.median(values), f"{name}_p95_ms": sorted(values)[int(REQUESTS * 0.95)]}
    return {key: round(value, 2) for key, value in found.items()}


def _fill(claims: int, submissions: int, ratings: int) -> None:
    from datetime import date

    from thuchu.desk.claims.models import Area
    from thuchu.desk.intake.models import FirstQuestion
    from thuchu.desk.reviews.models import OPEN, QUARTERLY, Review

    since = {"valid_from": date(2025, 7, 1)}
    country = Area.objects.create(code="vn", name_vi="Việt Nam", name_en="Viet Nam", kind="country", **since)
    provinces = Area.objects.bulk_create(
        Area(code=f"p{n}", name_vi=f"Tỉnh {n}", name_en=f"Province {n}", kind="province", parent=country, **since)
        for n in range(PROVINCES)
    )
    Area.objects.bulk_create(
        Area(
            code=f"c{n}",
            name_vi=f"Xã {n}",
            name_en=f"Commune {n}",
            kind="commune",
            parent=provinces[n % PROVINCES],
            **since,
        )
        for n in range(COMMUNES)
    )
    entries = sorted(made_up(claims, ratings), key=lambda entry: entry[0])
    _write_ledger(entries)
    _write_claims(entries)
    del entries
    FirstQuestion.objects.get_or_create(pk=1, defaults={"asked_at": datetime(2025, 12, 1, tzinfo=UTC)})
    _ask(claims, submissions)
    review = Review.objects.create(
        slug=SLUG,
        kind=QUARTERLY,
        period_start=QUARTER.begin,
        period_end=QUARTER.end,
        opens_on=date(2026, 3, 15),
        freezes_on=date(2026, 4, 7),
        meeting_at=datetime(2026, 4, 14, 7, tzinfo=UTC),
        minutes_due_on=date(2026, 4, 17),
        final_on=date(2026, 4, 24),
    )
    review.state = OPEN
    review.save()


def _write_ledger(entries: list[tuple[int, str, str, dict[str, object]]]) -> None:
    from thuchu.desk.ledger.append import head
    from thuchu.desk.ledger.models import Entry as Row
    from thuchu.log import chain, entry

    last, rows = head(), []
    for time_ms, kind, subject, body in entries:
        fresh = entry.Entry(last.seq + 1, time_ms, kind, subject, body)
        last = chain.extend(last, fresh)
        text = entry.canonical_json(body).decode()
        rows.append(Row(seq=fresh.seq, time_ms=time_ms, kind=kind, subject=subject, body=text, hash=last.hash))
    Row.objects.bulk_create(rows, batch_size=BATCH_ROWS)


def _write_claims(entries: list[tuple[int, str, str, dict[str, object]]]) -> None:
    """The rows that the ledger tells of: claims, a note on each that was answered, its fact-check."""
    from desk_pages import written
    from thuchu.desk.claims.models import Claim
    from thuchu.desk.library.models import FactCheck, Publisher
    from thuchu.desk.publishing.models import Change, Round, Standing

    opened = {int(subject[6:]): time_ms for time_ms, kind, subject, _ in entries if kind == "claim.opened"}
    Claim.objects.bulk_create(
        (
            Claim(
                pk=number,
                wording=f"Nghe nói chuyện số {number}",
                wording_by=1,
                language="vi",
                opened_at=_moment(time_ms),
                last_asked_at=_moment(time_ms),
                askers=4,
                need=0,
                change=number,
            )
            for number, time_ms in opened.items()
        ),
        batch_size=BATCH_ROWS,
    )
    agreed = [(time_ms, int(str(body["claim"]))) for time_ms, kind, _, body in entries if kind == "fact_check.agreed"]
    notes = written([claim for _, claim in agreed], random.Random(8), _moment(agreed[0][0]), raters=20)
    held = Round.objects.create(
        number=1, up_to=1, held_at=_moment(agreed[0][0]), batch=1, params="desk 2", n_ratings=1, n_raters=1, digest="0"
    )
    said = {"version": 1, "status": "helpful", "rule": "certain"}
    Change.objects.bulk_create((Change(round=held, note=note, **said) for note in notes), batch_size=BATCH_ROWS)
    rows = (Standing(note=note, since=held, agreed=True, **said) for note in notes)
    Standing.objects.bulk_create(rows, batch_size=BATCH_ROWS)
    publisher = Publisher.objects.create(name="Bàn kiểm chứng", name_key="bàn kiểm chứng")
    FactCheck.objects.bulk_create(
        (
            FactCheck(
                public_id=f"{claim:016x}",
                publisher=publisher,
                note=note.pk,
                note_version=1,
                url=f"https://desk.example/n/{note.pk}",
                url_key=f"desk.example/n/{note.pk}",
                claim=f"Nghe nói chuyện số {claim}",
                claim_digest=f"{claim:064x}",
                verdict="false",
                language="vi",
                content_digest="0" * 64,
                imported_at=_moment(time_ms),
                updated_at=_moment(time_ms),
                change=place,
            )
            for place, ((time_ms, claim), note) in enumerate(zip(agreed, notes, strict=True), 1)
        ),
        batch_size=BATCH_ROWS,
    )


def _ask(claims: int, submissions: int) -> None:
    from thuchu.desk.claims.models import Grouping
    from thuchu.desk.intake.models import Submission

    dice = random.Random(9)
    for begin in range(0, submissions, BATCH_ROWS):
        rows = list(_questions(dice, begin, min(begin + BATCH_ROWS, submissions), submissions))
        made = Submission.objects.bulk_create(rows)
        waiting = [row for row in made if row.told_kind != "answer"]
        Grouping.objects.bulk_create(
            Grouping(
                submission=row,
                claim_id=(claim := dice.randrange(1, claims + 1)),
                placed_in_id=claim,
                how="forward",
                at=row.asked_at,
                text_digest="0" * 64,
                marks_digest="",
            )
            for row in waiting
        )


def _questions(dice: random.Random, begin: int, end: int, submissions: int) -> Iterator[object]:
    from thuchu.desk.intake.models import Submission

    span = (QUARTER.end_ms - QUARTER.begin_ms) / 1000
    for number in range(begin, end):
        # In the order of their numbers, as they come to a desk.
        asked = _moment(QUARTER.begin_ms) + timedelta(seconds=(number + dice.random()) * span // submissions)
        fate = dice.random()
        kind = "answer" if fate < AT_ONCE else "suggest" if fate < AT_ONCE + SUGGESTED else "none"
        told = [[f"{dice.randrange(FACT_CHECKS_TOLD):016x}", "false"]] if kind != "none" else []
        words = PLAIN_WORDS if dice.random() < PLAIN else WORDS
        yield Submission(
            token_digest=f"{number:064x}",
            text=" ".join(dice.choices(words, k=30)),
            language="vi",
            page_language="vi",
            door="web",
            asked_at=asked,
            told_at=asked,
            told_kind=kind,
            tellings=[[int(asked.timestamp()), kind, told]],
            first_kind=kind,
            first_told=told[0][0] if told else "",
            links=[],
        )


def _moment(time_ms: int) -> datetime:
    return datetime.fromtimestamp(time_ms / 1000, UTC)


if __name__ == "__main__":
    main()

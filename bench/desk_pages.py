"""How long the desk's pages take: a home with many claims and questions, one reader, SQLite.

    python bench/desk_pages.py --claims 100000 --ratings 1000000

Prints JSON: for each page p50 and p95 in milliseconds, and how often it asks the database.  The home is filled by
rows, not by asking: what is measured is reading.  `--home` keeps it, so that a second run only measures.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from thuchu.desk.notes.models import Note

# Rows of one statement: few enough that a bar moves.
BATCH_ROWS = 2_000
QUESTIONS_A_CLAIM_MAX = 5
# A note in a busy desk is rated so often; claims without a note wait beside them.
RATINGS_A_NOTE = 50
AUTHORS, RATERS = 200, 2_000
# One claim of a wave, as a storm makes it.
WAVE_QUESTIONS = 2_000
TOKEN = "t" * 24
WORDS = ("bão", "lũ", "điện", "nước", "thuốc", "vắc-xin", "ngân hàng", "bầu cử", "học phí", "giá xăng", "đất", "cầu")


def main() -> None:
    """Fill a home, measure its pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000, help="how many claims wait (100000)")
    parser.add_argument("--ratings", type=int, default=1_000_000, help="how often notes were rated (1000000)")
    parser.add_argument("--requests", type=int, default=200, help="how often each page is asked for (200)")
    parser.add_argument("--home", type=Path, help="where the desk is kept; a folder that is taken away afterwards")
    options = parser.parse_args()
    if options.home:
        options.home.mkdir(parents=True, exist_ok=True)
        _run(options.home, options.claims, options.ratings, options.requests)
        return
    with tempfile.TemporaryDirectory() as folder:
        _run(Path(folder), options.claims, options.ratings, options.requests)


def _run(home: Path, claims: int, ratings: int, requests: int) -> None:
    os.environ["THUCHU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from thuchu.desk.claims.models import Claim

    if not Claim.objects.exists():
        _fill(claims)
        _rate(claims, ratings)
    from thuchu.desk.notes.models import Entered, Note

    report = {
        "claims": Claim.objects.count(),
        "notes": Note.objects.count(),
        "ratings": Entered.objects.count(),
        "requests": requests,
        "pages": _measure(requests),
    }
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def _fill(claims: int) -> None:
    from django.utils import timezone

    from thuchu.desk.claims.areas import VIET_NAM, load_areas
    from thuchu.desk.claims.models import Area, Claim, ClaimArea, ClaimTopic, Event, EventClaim, Grouping, Topic
    from thuchu.desk.claims.need import weigh
    from thuchu.desk.intake.models import FirstQuestion, Submission
    from thuchu.desk.intake.status_link import digest

    dice, now = random.Random(7), timezone.now()
    load_areas(VIET_NAM, now=now)
    areas = list(Area.objects.filter(kind="province"))
    topics = Topic.objects.bulk_create(
        [Topic(code=f"t-{n}", name_vi=f"Chủ đề {n}", name_en=f"Topic {n}") for n in range(9)]
    )
    event = Event.objects.create(
        name_vi="Bão", name_en="Storm", kind="storm", starts=now - timedelta(days=2), ends=now + timedelta(days=9)
    )
    FirstQuestion.objects.get_or_create(pk=1, defaults={"asked_at": now})
    for start in range(1, claims + 1, BATCH_ROWS):
        numbers = range(start, min(start + BATCH_ROWS, claims + 1))
        rows, submissions, groupings = [], [], []
        for number in numbers:
            opened = now - timedelta(minutes=dice.randrange(60 * 24 * 40))
            times = WAVE_QUESTIONS if number == 1 else dice.randrange(1, QUESTIONS_A_CLAIM_MAX + 1)
            rows.append(
                Claim(
                    pk=number,
                    wording=f"Nghe nói {' '.join(dice.choices(WORDS, k=12))} số {number}",
                    wording_by=1,
                    language=dice.choices(("vi", "en"), (9, 1))[0],
                    opened_at=opened,
                    last_asked_at=opened,
                    askers=times,
                    need=0,
                    change=number,
                )
            )
            for _ in range(times):
                token = TOKEN if number == 1 and not submissions else f"{number}-{len(submissions)}".ljust(24, "-")
                submissions.append(_submission(Submission, digest(token), rows[-1].wording, opened))
                groupings.append((number, opened))
        Claim.objects.bulk_create(rows)
        made = Submission.objects.bulk_create(submissions)
        Grouping.objects.bulk_create(
            Grouping(
                submission=submission,
                claim_id=number,
                placed_in_id=number,
                how="forward",
                at=opened,
                text_digest=f"{number:064}",
                marks_digest="",
            )
            for submission, (number, opened) in zip(made, groupings, strict=True)
        )
        ClaimTopic.objects.bulk_create(ClaimTopic(claim_id=n, topic=dice.choice(topics)) for n in numbers)
        ClaimArea.objects.bulk_create(ClaimArea(claim_id=n, area=dice.choice(areas)) for n in numbers[::3])
        EventClaim.objects.bulk_create(EventClaim(claim_id=n, event=event) for n in numbers[::50])
        _bar(numbers[-1], claims)
    weigh(now=now)


def _submission(model: type, token_digest: str, text: str, at: object) -> object:
    return model(
        token_digest=token_digest,
        text=text,
        language="vi",
        page_language="vi",
        door="web",
        asked_at=at,
        told_at=at,
        told_kind="none",
        tellings=[[int(at.timestamp()), "none", []]],  # type: ignore[attr-defined]
        first_kind="none",
        links=[],
    )


def _rate(claims: int, ratings: int) -> None:
    """Notes on the first claims, one each and twenty on the first, rated in one batch."""
    from django.utils import timezone

    from thuchu.desk.accounts.models import Account
    from thuchu.desk.accounts.practice import pass_practice
    from thuchu.desk.notes.models import Batch, Entered, Rating, Tally

    dice, now = random.Random(8), timezone.now()
    claims_rated = min(claims, max(1, ratings // RATINGS_A_NOTE))
    on = [1] * 20 + list(range(2, claims_rated + 1))
    notes = written(on, dice, now, raters=RATINGS_A_NOTE)
    pass_practice(Account.objects.order_by("pk")[0].pk, now)
    batch = Batch.objects.create(number=1, taken_at=now, n_ratings=ratings, n_people=RATERS)
    said = {"helpfulness": "helpful", "reasons": "helpfulClear", "version": 1}
    for begin in range(0, len(notes), BATCH_ROWS // RATINGS_A_NOTE * 20):
        part = notes[begin : begin + BATCH_ROWS // RATINGS_A_NOTE * 20]
        pairs = [(note, 10**15 + AUTHORS + who) for note in part for who in dice.sample(range(RATERS), RATINGS_A_NOTE)]
        for model, more in ((Rating, {"rated_on": now.date(), "pending": False}), (Entered, {"batch": batch})):
            rows = (model(note=note, rater_number=number, **said, **more) for note, number in pairs)
            model.objects.bulk_create(rows, batch_size=BATCH_ROWS)
        Tally.objects.bulk_create(
            Tally(note=note, version=1, helpful=RATINGS_A_NOTE, reasons={"helpfulClear": RATINGS_A_NOTE})
            for note in part
        )
        _bar(begin + len(part), len(notes), "notes")


def written(on: list[int], dice: random.Random, now: datetime, *, raters: int) -> "list[Note]":
    """The desk's people, and a note by one of its authors on each of these claims, all on one quote."""
    from thuchu.desk.accounts import names
    from thuchu.desk.accounts.models import Account, Pseudonym
    from thuchu.desk.claims.models import Claim
    from thuchu.desk.evidence.models import Capture, Quote, Source
    from thuchu.desk.notes.models import Note, Version

    people = Pseudonym.objects.bulk_create(
        Pseudonym(name=f"Người {n}", key=names.key(f"Người {n}"), joined_at=now) for n in range(AUTHORS + RATERS)
    )
    Account.objects.bulk_create(
        Account(pseudonym=each, rater_number=10**15 + n, user_handle=str(n).encode().ljust(64, b"."))
        for n, each in enumerate(people)
    )
    source = Source.objects.create(key="https://yte.example/1", address="https://yte.example/1", host="yte.example")
    capture = Capture.objects.create(
        source=source, digest="a" * 64, how="fetched", text_digest="b" * 64, media_type="text/html", size_bytes=100,
        title="Bộ Y tế", status=200, by=1, fetched_at=now,
    )  # fmt: skip
    words = "Súc miệng bằng nước muối không diệt được vi rút."
    quote = Quote.objects.create(capture=capture, start=0, end=len(words), exact=words, score=100.0, created_at=now)
    Claim.objects.filter(pk__lte=max(on)).update(state="in_rating", frozen_at=now)
    notes = Note.objects.bulk_create(
        (Note(claim_id=claim, author=people[n % AUTHORS], written_at=now, raters=raters) for n, claim in enumerate(on)),
        batch_size=BATCH_ROWS,
    )
    text = " ".join(dice.choices(WORDS, k=60))
    Version.objects.bulk_create(
        (
            Version(note=note, number=1, verdict="false", text=text, n_words=60, rests_on=quote, written_at=now)
            for note in notes
        ),
        batch_size=BATCH_ROWS,
    )
    return notes


def _browsers() -> "dict[str, Client]":
    """Somebody passing by, and somebody signed in who writes and rates."""
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import Client
    from django.utils import timezone

    from thuchu.desk.accounts import session
    from thuchu.desk.accounts.models import Account

    account, store = Account.objects.order_by("pk")[0], SessionStore()
    session.sign_in(
        store, session.SignedIn(account_id=account.pk, strong=True, epoch=account.epoch), now=timezone.now()
    )
    store.save()
    headers = {"accept-language": "vi", "host": "localhost"}
    browsers = {"visitor": Client(headers=headers), "contributor": Client(headers=headers)}
    browsers["contributor"].cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    return browsers


def _measure(requests: int) -> dict[str, dict[str, float]]:
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from thuchu.desk import journey
    from thuchu.desk.board.count import count_days

    journey.warm_up()
    journey.catch_up_claims()
    count_days(now=timezone.now())
    browsers = _browsers()
    pages = {
        "/queue/": "/queue/",
        "/queue/ page 50": "/queue/?page=50",
        "/queue/ by topic": "/queue/?topic=t-3",
        "/queue/ by area": "/queue/?area=vn-hue",
        "/queue/ by event": "/queue/?event=1",
        "/queue/ in English": "/queue/?language=en",
        "/queue/ only free": "/queue/?free=1",
        "/c/1": "/c/1",
        "/c/77": "/c/77",
        "/events/": "/events/",
        "/e/1": "/e/1",
        "/": "/",
        "/f/": "/f/",
        "/q/…": f"/q/{TOKEN}",
        "/n/1, 20 notes on its claim": "/n/1",
        "/n/77": "/n/77",
        "/ledger/": "/ledger/",
        "/board/": "/board/",
        "/corrections/": "/corrections/",
        "/open-data/": "/open-data/",
        "/rate/ contributor": "/rate/",
        "/my-work/ contributor": "/my-work/",
        "/n/777/rate contributor": "/n/777/rate",
        "/n/1 contributor": "/n/1",
        "/c/1 contributor": "/c/1",
        "/queue/ contributor": "/queue/",
    }
    found = {}
    for name, path in pages.items():
        client = browsers["contributor" if name.endswith("contributor") else "visitor"]
        with CaptureQueriesContext(connection) as asked:
            status = client.get(path).status_code
        queries = len(asked)
        reset_queries()
        both = [_milliseconds(client, path) for _ in range(requests)]
        times, works = (sorted(each) for each in zip(*both, strict=True))
        found[name] = {
            "status": status,
            "queries": queries,
            "p50_ms": round(statistics.median(times), 1),
            "p95_ms": round(times[int(len(times) * 0.95)], 1),
            "p50_cpu_ms": round(statistics.median(works), 1),
            "p95_cpu_ms": round(works[int(len(works) * 0.95)], 1),
        }
    return found


def _milliseconds(client: object, path: str) -> tuple[float, float]:
    """By the clock, and of the processor: the second says what a busy machine hides."""
    began, worked = time.perf_counter(), time.process_time()
    client.get(path)  # type: ignore[attr-defined]
    return (time.perf_counter() - began) * 1000, (time.process_time() - worked) * 1000


def _bar(done: int, total: int, what: str = "claims") -> None:
    width = 40 * done // total
    sys.stderr.write(f"\r[{'#' * width}{'.' * (40 - width)}] {done} of {total} {what}")
    if done == total:
        sys.stderr.write("\n")


if __name__ == "__main__":
    main()

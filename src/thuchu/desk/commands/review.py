"""`thuchu review …`: what the calendar does, done now; and a review's figures as files.

Whoever runs the machine has no say on anything public (rule 4): nothing here comes before its day, and nothing is
published that coordinators haven't brought to its end.
"""

import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from thuchu.desk import journey, papers
from thuchu.desk.commands.ready import ready
from thuchu.desk.editions import reads as editions
from thuchu.desk.reviews import planning, reads
from thuchu.desk.reviews import publish as publishing
from thuchu.desk.reviews.refusals import ReviewRefused
from thuchu.desk.wording import day_in_viet_nam


def new() -> int:
    """Plan the next quarterly review; says which is under way where there is one."""
    ready()
    slug = planning.plan_quarterly(now=timezone.now())
    if slug:
        print(f"{slug} is planned; its page says when it opens, freezes and meets.")
        return 0
    under_way = [
        line.slug for line in reads.reviews(now=timezone.now()) if line.state not in ("published", "cancelled")
    ]
    print(
        f"Nothing to plan: {', '.join(under_way)} is under way."
        if under_way
        else "Nothing to plan: nobody has asked this desk anything yet."
    )
    return 0


def freeze(slug: str) -> int:
    """Freeze its figures, from the day on that the calendar says; a coordinator may do it earlier, on its page."""
    ready()
    now = timezone.now()
    view = reads.review(slug, now=now)
    if view is not None and view.line.state == "open" and view.line.freezes_on > day_in_viet_nam(now):
        print(
            f"{slug} freezes on {view.line.freezes_on}; before that a coordinator does it, on its page.",
            file=sys.stderr,
        )
        return 1
    try:
        journey.freeze_review(None, slug, now=now)
    except ReviewRefused as error:
        print(f"{slug}: {error}", file=sys.stderr)
        return 1
    frozen = reads.frozen(slug)
    if frozen is not None:
        print(f"{slug}: {len(frozen.figures.figures)} figures frozen as of entry {frozen.figures.ledger_number}.")
        print(f"sha256 {frozen.sha256}")
    return 0


def publish(slug: str) -> int:
    """Publish what coordinators have finished."""
    ready()
    try:
        publishing.publish(None, slug, now=timezone.now())
    except ReviewRefused as error:
        print(f"{slug}: {error} It is published once its minutes are final.", file=sys.stderr)
        return 1
    print(f"{slug} is published.")
    return 0


def export(slug: str, folder: Path) -> int:
    """Write figures.json and tables/NAME.csv, the very bytes whose digests the ledger has."""
    ready()
    written = reads.written(slug)
    if written is None:
        print(f"{slug}: there is no such review, or its figures aren't frozen yet.", file=sys.stderr)
        return 1
    try:
        (folder / "tables").mkdir(parents=True)
        (folder / "figures.json").write_bytes(written)
        names = reads.table_names(slug)
        for name in names:
            (folder / "tables" / f"{name}.csv").write_bytes(reads.table(slug, name) or b"")
    except OSError as error:
        print(f"{folder}: {error.strerror}", file=sys.stderr)
        return 1
    print(f"{folder}: figures.json and {len(names)} tables.")
    return 0


def paper(slug: str, document: str, form: str, language: str, output: Path) -> int:
    """Write the newest edition of a paper, the very bytes that its page hands out."""
    ready()
    sha256 = editions.latest(slug, document, form, language)
    if sha256 is None:
        print(
            f"{slug}: there is no such paper yet. Papers are made by the worker (`thuchu jobs` says what waits).",
            file=sys.stderr,
        )
        return 1
    try:
        body = papers.read(settings.THUCHU_HOME / papers.FOLDER, sha256)
        output.write_bytes(body)
    except papers.PaperGone as error:
        print(f"{slug}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{output}: {error.strerror}", file=sys.stderr)
        return 1
    print(f"{output}: {len(body)} bytes, sha256 {sha256}")
    return 0

"""What `thuchu doctor` looks at in a home folder: one line and one remedy each."""

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from thuchu.desk import databases, papers
from thuchu.desk.accounts.guards import missing_guards as accounts_guards
from thuchu.desk.claims import index as claims_index
from thuchu.desk.claims import last_day
from thuchu.desk.claims.guards import missing_guards as claims_guards
from thuchu.desk.commitments.guards import missing_guards as commitments_guards
from thuchu.desk.editions.reads import missing_files as missing_papers
from thuchu.desk.evidence.clean import missing_files
from thuchu.desk.evidence.guards import missing_guards as evidence_guards
from thuchu.desk.facts.guards import missing_guards as facts_guards
from thuchu.desk.home import unknown_migrations
from thuchu.desk.inquiries.calendars import missing_year
from thuchu.desk.inquiries.guards import missing_guards as inquiries_guards
from thuchu.desk.jobs import reads as jobs
from thuchu.desk.jobs.guards import missing_guards as jobs_guards
from thuchu.desk.ledger.verify import unguarded, verify_ledger
from thuchu.desk.library import index, reads
from thuchu.desk.library.link_lists import own_official_trouble
from thuchu.desk.notes.guards import missing_guards as notes_guards
from thuchu.desk.publishing.guards import missing_guards as publishing_guards
from thuchu.desk.replies import reads as replies
from thuchu.desk.replies import smtp
from thuchu.desk.reviews.guards import missing_guards as reviews_guards
from thuchu.desk.schema import waiting_migrations
from thuchu.desk.wording import VIET_NAM
from thuchu.matching.encoder import EncoderError, OnnxEncoder

# Below this a busy day may fill the disk, and a full disk refuses every question.
FREE_BYTES_MIN = 500 * 1024 * 1024
# A job that is due longer than this has no worker, or too few.
JOB_WAIT_SECONDS_MAX = 900.0


def findings() -> Iterator[tuple[str, str]]:
    """(what was looked at, how to mend it or "") from the folder up to the index."""
    home: Path = settings.THUCHU_HOME
    yield from _folder(home)
    locked = _out_of_reach(home)
    if locked:
        yield f"this user can't read and write {locked}", f"chown -R the user that runs the desk, or chmod u+rwX {home}"
        return
    if not settings.THUCHU_DATABASE_URL and not (home / databases.FILE).exists():
        yield "the database is not made yet", "run `thuchu serve`, `thuchu demo` or `thuchu import` once"
        return
    try:
        yield from _database()
        is_whole = not waiting_migrations(MigrationExecutor(connection))
    except DatabaseError as error:
        yield f"the database can't be read ({str(error).strip()})", _reach(home)
        return
    # Without its tables nothing else can be asked.
    if is_whole:
        yield from _above_the_database(home)


def _above_the_database(home: Path) -> Iterator[tuple[str, str]]:
    trouble = own_official_trouble(home)
    yield "the tables of official hosts", f"official.csv, {trouble}" if trouble else ""
    yield from _publishers()
    yield from _accounts()
    yield from _jobs()
    yield from _evidence(home)
    yield from _notes()
    yield from _last_day()
    yield from _papers()
    yield from _inquiries()
    yield from _letters()
    try:
        yield from _encoder()
    except EncoderError as error:
        # The index is opened with the model, so it can't be looked at either.
        yield f"the model in {settings.THUCHU_ENCODER}", str(error)
        return
    wrong = index.behind(home)
    yield "the index and the database agree", f"{wrong}; run `thuchu import` or `thuchu serve` once" if wrong else ""
    yield from _claims(home)


def _out_of_reach(home: Path) -> str:
    """The first file or folder of the home that this user can't read and write; "" when there is none."""
    for folder, folders, files in os.walk(home):
        for name in (*folders, *files):
            path = Path(folder) / name
            # A running desk takes files away while we look.
            if os.path.lexists(path) and not os.access(path, os.R_OK | os.W_OK):
                return str(path)
    return ""


def _folder(home: Path) -> Iterator[tuple[str, str]]:
    writable = os.access(home, os.W_OK)
    yield f"home {home}", "" if writable else "make it writable for this user, or name another with --home"
    free = shutil.disk_usage(home).free
    mend = "" if free >= FREE_BYTES_MIN else "free some space; a full disk refuses every question"
    yield f"{free // 1024**2} MB free", mend
    key = home / "secret-key"
    # The settings have made it by now, if it was missing.
    private = not stat.S_IMODE(key.stat().st_mode) & 0o077
    yield "the secret key is the operator's alone", "" if private else f"chmod 600 {key}"


def _database() -> Iterator[tuple[str, str]]:
    yield _server() if connection.vendor == "postgresql" else _file()
    executor = MigrationExecutor(connection)
    unknown = unknown_migrations(executor)
    if unknown:
        yield f"the database is of a newer version ({', '.join(unknown)})", "upgrade thuchu"
    waiting = waiting_migrations(executor)
    yield (
        "the database is of this version",
        f"{len(waiting)} migrations wait; run `thuchu serve` once" if waiting else "",
    )
    if waiting:
        return
    missing = unguarded()
    yield "the ledger is guarded", f"triggers missing: {', '.join(missing)}; restore from a backup" if missing else ""
    try:
        head = verify_ledger()
    except ValueError as error:
        yield f"the ledger's chain: {error}", "somebody changed the database by hand; restore it from a backup"
    else:
        yield f"the ledger's chain holds up to entry {head.seq}", ""


def _reach(home: Path) -> str:
    url = settings.THUCHU_DATABASE_URL
    if url:
        return f"see that the server of {databases.shown(url)} runs and lets this user in"
    return f"restore {home / databases.FILE} from a backup"


def _file() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA quick_check")
        sound = cursor.fetchone()[0]
    return "the database is sound", "" if sound == "ok" else f"{sound}; restore it from a backup"


def _server() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), current_setting('server_encoding')")
        version, encoding = cursor.fetchone()
    mend = "" if encoding == "UTF8" else f"it keeps text as {encoding}; make one with ENCODING 'UTF8', and move there"
    return f"the database is on PostgreSQL {version}", mend


def _publishers() -> Iterator[tuple[str, str]]:
    yield f"{reads.count()} fact-checks", "" if reads.count() else "run `thuchu import FILE`, or `thuchu demo`"
    for publisher in reads.publishers():
        if publisher.imported and not any(admitted for _, admitted in publisher.hosts):
            mend = "its records are only suggested until a host of it is admitted (rule 5 on the About page)"
            yield f"publisher {publisher.name} has no admitted host", mend


def _accounts() -> Iterator[tuple[str, str]]:
    missing = accounts_guards()
    mend = f"triggers missing: {', '.join(missing)}; restore from a backup" if missing else ""
    yield "the accounts are guarded", mend


def _jobs() -> Iterator[tuple[str, str]]:
    missing = jobs_guards()
    yield "the jobs are guarded", f"triggers missing: {', '.join(missing)}; restore from a backup" if missing else ""
    counts, wait = jobs.counts(), jobs.oldest_wait_seconds(timezone.now())
    late = wait > JOB_WAIT_SECONDS_MAX
    mend = f"the oldest is due for {wait / 60:.0f} minutes; run `thuchu serve` or `thuchu worker`" if late else ""
    yield f"{counts['waiting']} jobs wait", mend
    if counts["failed"]:
        yield f"{counts['failed']} jobs failed", "`thuchu jobs` says which and where; mend it, then --retry them"


def _evidence(home: Path) -> Iterator[tuple[str, str]]:
    missing = evidence_guards()
    yield "the evidence is guarded", f"triggers missing: {', '.join(missing)}; restore from a backup" if missing else ""
    lost = missing_files(home)
    mend = (
        f"{len(lost)} are missing, the first is {lost[0][:12]}; restore {home / 'captures'} from a backup"
        if lost
        else ""
    )
    yield "every capture has its file", mend


def _papers() -> Iterator[tuple[str, str]]:
    lost = missing_papers()
    folder = settings.THUCHU_HOME / papers.FOLDER
    mend = f"{len(lost)} are missing, the first is {lost[0]}; restore {folder} from a backup" if lost else ""
    yield "every paper of a review has its file", mend


def _notes() -> Iterator[tuple[str, str]]:
    missing = notes_guards()
    yield "the notes are guarded", f"triggers missing: {', '.join(missing)}; restore from a backup" if missing else ""
    missing = facts_guards()
    yield "the facts are guarded", f"triggers missing: {', '.join(missing)}; restore from a backup" if missing else ""
    missing = commitments_guards()
    mend = f"triggers missing: {', '.join(missing)}; restore from a backup" if missing else ""
    yield "the commitments are guarded", mend
    missing = publishing_guards()
    yield "the rounds are guarded", f"triggers missing: {', '.join(missing)}; restore from a backup" if missing else ""
    missing = reviews_guards()
    yield "the reviews are guarded", f"triggers missing: {', '.join(missing)}; restore from a backup" if missing else ""


def _last_day() -> Iterator[tuple[str, str]]:
    """Nothing to mend: what an operator must know before they deploy."""
    quiet = last_day.running(now=timezone.now())
    if quiet is not None:
        until = quiet.ends.astimezone(VIET_NAM)
        yield f"the last day of election {quiet.event}, until {until:%Y-%m-%d %H:%M}: deploy security fixes alone", ""


def _inquiries() -> Iterator[tuple[str, str]]:
    missing = inquiries_guards()
    mend = f"triggers missing: {', '.join(missing)}; restore from a backup" if missing else ""
    yield "questions to organisations and their answers are guarded", mend
    year = missing_year(now=timezone.now())
    mend = f"the days off of {year} are missing; load them with `thuchu holidays load FILE`" if year else ""
    yield "the holidays of this year are here, from November on those of the next", mend


def _letters() -> Iterator[tuple[str, str]]:
    server, letters = settings.THUCHU_SMTP_URL, replies.letters()
    if server is None:
        mend = f"{letters['waiting']} letters wait; set THUCHU_SMTP_URL" if letters["waiting"] else ""
        yield "no mail server: no page asks for an address", mend
    else:
        wrong = smtp.trouble(server)
        mend = f"it says {wrong}; check THUCHU_SMTP_URL, and that it takes mail from {settings.THUCHU_MAIL_FROM}"
        yield f"the mail server {server}", mend if wrong else ""
    if letters["dead"]:
        yield f"{letters['dead']} letters were taken by no server", "a coordinator or operator opens /letters/"
    lost = replies.unreadable()
    if lost:
        yield f"{lost} addresses can't be read with this secret-key", "restore secret-key from the backup of this home"


def _claims(home: Path) -> Iterator[tuple[str, str]]:
    missing = claims_guards()
    yield "the claims are guarded", f"triggers missing: {', '.join(missing)}; restore from a backup" if missing else ""
    wrong = claims_index.trouble(home)
    yield "the index of claims is sound", f"{wrong}; run `thuchu serve` once" if wrong else ""


def _encoder() -> Iterator[tuple[str, str]]:
    folder: Path | None = settings.THUCHU_ENCODER
    if folder is None:
        return
    OnnxEncoder(folder)
    yield f"the model in {folder}", ""

"""What follows by itself: one table of the functions that jobs call, and how often the desk calls which unasked.

A name here stands in rows of the database: it is added, and taken away a version after the last row, never renamed.
Each function does nothing the second time; each runs by itself, so that one that fails keeps no other waiting.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings
from django.utils import timezone

from thuchu.desk import journey
from thuchu.desk.accounts.forget import forget_old
from thuchu.desk.board.count import count_days
from thuchu.desk.claims.assign import free_expired
from thuchu.desk.claims.forget import let_go_of_the_lost
from thuchu.desk.claims.need import weigh
from thuchu.desk.commitments import reminders
from thuchu.desk.commitments.owner_mail import forget_unconfirmed as forget_owner_addresses
from thuchu.desk.dump.kept import renew
from thuchu.desk.editions.make import make_editions
from thuchu.desk.evidence.clean import clean_captures
from thuchu.desk.evidence.fetch import HttpWire
from thuchu.desk.evidence.requests import CAPTURE_JOB, fetch_requested, forget_requests
from thuchu.desk.evidence.rot import look_again
from thuchu.desk.facts.keeping import archive_over
from thuchu.desk.jobs.forget import forget_done
from thuchu.desk.jobs.queue import Task, task
from thuchu.desk.jobs.schedule import Periodic
from thuchu.desk.publishing.reports import erase_words
from thuchu.desk.replies.addresses import forget_unconfirmed
from thuchu.desk.replies.reads import letters_are_due
from thuchu.desk.replies.send import send_due
from thuchu.desk.replies.sending import letterhead, server
from thuchu.desk.replies.smtp import connected
from thuchu.desk.reviews.rows import PAPERS_JOB


@task("library.catch_up")
def catch_up() -> None:
    """Finish an import that was cut off."""
    journey.catch_up()


@task("library.learn")
def learn() -> None:
    """Teach the matcher from what askers said since the last time."""
    journey.learn_what_is_new()


@task("claims.catch_up")
def catch_up_claims() -> None:
    """Let the index of claims see those that are new or changed."""
    journey.catch_up_claims()


@task("claims.make_index_afresh")
def make_claims_index_afresh() -> None:
    """Leave nothing in the index of claims of words that were erased."""
    journey.make_claims_index_afresh()


@task("claims.let_wait")
def let_questions_wait() -> None:
    """Put questions from before this desk had claims into the queue."""
    journey.let_wait(now=timezone.now())


@task("claims.weigh")
def weigh_claims() -> None:
    """Bring what waits to its place in the queue: time passes, events begin, days come near."""
    weigh(now=timezone.now())


@task("claims.free")
def free_claims() -> None:
    """Free the claims whose taker's time is over."""
    free_expired(now=timezone.now())


@task("claims.forget")
def forget_claims() -> None:
    """Erase the words of questions that went without their claims being told."""
    let_go_of_the_lost(now=timezone.now())


@task("intake.erase")
def erase() -> None:
    """Erase the questions whose time is over (rule 2)."""
    journey.erase_old(now=timezone.now())


@task(CAPTURE_JOB)
def capture(number: int) -> None:
    """Fetch the page that a contributor asked for."""
    fetch_requested(number, now=timezone.now(), wire=_wire(), home=settings.THUCHU_HOME)


@task("evidence.look_again")
def look_at_sources() -> None:
    """See whether sources still say what is quoted from them (rule 3)."""
    look_again(now=timezone.now(), wire=_wire())


@task("evidence.clean")
def clean_evidence() -> None:
    """Forget requests that ended, and files that no row names."""
    forget_requests(now=timezone.now())
    clean_captures(home=settings.THUCHU_HOME, now=timezone.now())


@task("facts.archive")
def archive_facts() -> None:
    """Archive the facts of events that are over; nothing of them is deleted."""
    archive_over(now=timezone.now())


@task("accounts.forget")
def forget_accounts() -> None:
    """Forget sessions, invitations and unconfirmed addresses whose time is over."""
    forget_old(now=timezone.now())


@task("publishing.settle")
def settle() -> None:
    """Hold a round where one is due, and publish what it says (rules 4 and 7)."""
    journey.settle(now=timezone.now())


@task("publishing.forget_reports")
def forget_reports() -> None:
    """Erase what was said in reports that were closed long ago (rule 2)."""
    erase_words(keep_days=settings.THUCHU_KEEP_DAYS, now=timezone.now())


@task("replies.send")
def send_replies() -> None:
    """Send the letters that wait, where this desk has a mail server (rule 9)."""
    ours = server()
    if ours is not None and letters_are_due(now=timezone.now()):
        with connected(ours) as post:
            send_due(post, letterhead(), now=timezone.now)


@task("replies.forget")
def forget_addresses() -> None:
    """Erase the addresses that nobody confirmed in time."""
    forget_unconfirmed(now=timezone.now())


@task("commitments.remind")
def remind_owners() -> None:
    """Remind owners of commitments by mail, where this desk has a mail server and they left an address."""
    ours, now = server(), timezone.now()
    if ours is None:
        return
    reminders.plan(now=now)
    reminders.gather(now=now)
    if reminders.letters_are_due(now=now):
        with connected(ours) as post:
            reminders.send(post, letterhead(), now=timezone.now)


@task("commitments.forget")
def forget_owners_mail() -> None:
    """Erase the addresses of owners that nobody confirmed in time."""
    forget_owner_addresses(now=timezone.now())


@task("dump.renew")
def renew_dump() -> None:
    """Make another public dump where one is due (rule 6)."""
    renew(settings.THUCHU_HOME, now=timezone.now())


@task("board.count")
def count_board() -> None:
    """Count the days that are over, for the board."""
    count_days(now=timezone.now())


@task("reviews.keep_calendar")
def keep_calendar() -> None:
    """Plan the next quarterly review, open agendas, freeze figures: what the day brings."""
    journey.keep_reviews(now=timezone.now())


@task(PAPERS_JOB)
def make_papers(slug: str) -> None:
    """Make a review's report, minutes, conclusions and register, in a process of their own."""
    make_editions(slug, now=timezone.now())


@task("jobs.forget")
def forget() -> None:
    """Forget the jobs that were done long ago."""
    forget_done(now=timezone.now())


def _wire() -> HttpWire:
    return HttpWire(desk_address=settings.THUCHU_ADDRESS)


TABLE: Mapping[str, Task] = MappingProxyType(
    {
        each.name: each
        for each in (
            catch_up,
            learn,
            catch_up_claims,
            make_claims_index_afresh,
            let_questions_wait,
            weigh_claims,
            free_claims,
            forget_claims,
            capture,
            look_at_sources,
            clean_evidence,
            archive_facts,
            forget_accounts,
            erase,
            settle,
            forget_reports,
            send_replies,
            forget_addresses,
            remind_owners,
            forget_owners_mail,
            renew_dump,
            count_board,
            keep_calendar,
            make_papers,
            forget,
        )
    }
)

# Erasing may be an hour late, never a day; an import that was cut off is finished within a minute or so. A claim is
# found by its words a quarter of a minute after it was opened, by its link or its very words at once; questions from
# before there were claims wait in the queue as soon as the upgraded worker has begun; in the queue ten minutes are not
# felt; the files of an index hold erased words a day at most. Who waits for a confirmation looks into
# the mailbox within a minute. A dump that lost its right to be handed out is made again within ten minutes; a day is
# on the board an hour after it ended.
SCHEDULE = (
    Periodic("library.catch_up", every_seconds=60),
    Periodic("library.learn", every_seconds=3600),
    Periodic("claims.catch_up", every_seconds=15),
    Periodic("claims.let_wait", every_seconds=3600),
    Periodic("claims.weigh", every_seconds=600),
    Periodic("claims.free", every_seconds=3600),
    Periodic("claims.forget", every_seconds=3600),
    Periodic("claims.make_index_afresh", every_seconds=86_400),
    Periodic("intake.erase", every_seconds=3600),
    Periodic("evidence.look_again", every_seconds=300),
    Periodic("evidence.clean", every_seconds=3600),
    Periodic("facts.archive", every_seconds=3600),
    Periodic("accounts.forget", every_seconds=3600),
    Periodic("publishing.settle", every_seconds=300),
    Periodic("publishing.forget_reports", every_seconds=3600),
    Periodic("replies.send", every_seconds=30),
    Periodic("replies.forget", every_seconds=3600),
    Periodic("commitments.remind", every_seconds=60),
    Periodic("commitments.forget", every_seconds=3600),
    Periodic("dump.renew", every_seconds=600),
    Periodic("board.count", every_seconds=3600),
    Periodic("reviews.keep_calendar", every_seconds=3600),
    Periodic("jobs.forget", every_seconds=3600),
)

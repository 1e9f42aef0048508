"""`thuchu worker`: does what the desk's acts left to do, and what it does by itself every hour."""

import os
import signal
import threading
import time

from django.conf import settings
from django.utils import timezone

from thuchu.desk.commands.ready import ready
from thuchu.desk.jobs import worker
from thuchu.desk.reactions import SCHEDULE, TABLE

# How soon a worker sees that the server it works beside was killed.
LOOK_SECONDS = 1.0
# Of a core that the server wants too, a third is left to it.
NICENESS = 5


def run(*, until_empty: bool, parent: int | None) -> int:
    """Work until stopped; `parent` is the process beside which it works, and with which it ends."""
    stop = threading.Event()
    stop_on_signals(stop)
    ready()
    if parent is not None:
        # Whoever asks goes first: a round, an index or a dump fills a core for as long as it takes.
        os.nice(NICENESS)
        threading.Thread(target=_stop_without, args=(parent, stop), name="parent", daemon=True).start()
    elif not until_empty:
        print(f"Working for {settings.THUCHU_HOME}; stop with Ctrl+C.", flush=True)
    worker.run(TABLE, SCHEDULE, stop=stop, now=timezone.now, until_empty=until_empty)
    return 0


def stop_on_signals(stop: threading.Event) -> None:
    """The first signal lets the job in hand end; the same one again ends the worker there and then."""

    def ask(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        # Not here: the signal may have come while this very thread holds the event's lock.
        threading.Thread(target=stop.set, name="stop").start()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)


def _stop_without(parent: int, stop: threading.Event) -> None:
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    stop.set()

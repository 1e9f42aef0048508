"""Jobs that tests run in worker processes: each writes lines into a file beside the home, so that nothing is hidden.

python some_jobs.py HOME SECONDS EVERY LEASE    a worker over HOME; each `test.note` takes SECONDS, a tick comes each
EVERY seconds (0 for none), a worker that isn't heard of for LEASE seconds is lost; none works while HOME/hold is there
"""

import os
import sys
import time
from pathlib import Path

SETTINGS = "thuchu.desk.settings"


def stand_on(home):
    """Start Django over a home of its own; in a process that has none yet."""
    os.environ["THUCHU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    import django

    django.setup()


def write_line(path, *words):
    """One line, whole: appends of a few bytes are not torn apart."""
    with path.open("a", buffering=1) as file:
        file.write(" ".join(map(str, words)) + "\n")


def table_of(home, seconds):
    from thuchu.desk.jobs.queue import Task

    def note(context, number):
        path = home / "did.txt"
        write_line(path, "begin", number, os.getpid(), context.attempt)
        time.sleep(seconds)
        write_line(path, "end", number, os.getpid(), context.attempt)

    def tick():
        write_line(home / "did.txt", "tick")

    return {"test.note": Task("test.note", note, takes_context=True), "test.tick": Task("test.tick", tick)}


def main():
    home, seconds = Path(sys.argv[1]), float(sys.argv[2])
    schedule_seconds, lease_seconds = int(sys.argv[3]), float(sys.argv[4])
    stand_on(home)
    import threading

    from django.utils import timezone

    from thuchu.desk.commands.worker import stop_on_signals
    from thuchu.desk.jobs import worker
    from thuchu.desk.jobs.pace import Pace
    from thuchu.desk.jobs.schedule import Periodic

    stop = threading.Event()
    stop_on_signals(stop)
    schedule = (Periodic("test.tick", every_seconds=schedule_seconds),) if schedule_seconds else ()
    # A lost worker's job comes back within seconds here, not a minute.
    pace = Pace(
        lease_seconds=lease_seconds, poll_seconds=0.05, upkeep_seconds=0.2, backoff_seconds=0.1, backoff_seconds_max=0.1
    )
    (home / f"ready-{os.getpid()}").touch()
    while (home / "hold").exists():
        time.sleep(0.01)
    worker.run(table_of(home, seconds), schedule, stop=stop, now=timezone.now, pace=pace)


if __name__ == "__main__":
    main()

"""A worker process for the tests: python some_captures.py HOME [NUMBER_OF_REQUESTS], over a wire that is slow.

With a number it asks for so many pages and ends; without, it works until it is killed or nothing is due.
"""

import os
import sys
import threading
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
SENTENCE = "Trang này nói đúng một câu, và câu ấy ở đây."


def main():
    home = Path(sys.argv[1])
    os.environ["THUCHU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    if len(sys.argv) > 2:
        ask(int(sys.argv[2]))
    else:
        work(home)


def ask(count):
    from django.utils import timezone

    from thuchu.desk import schema
    from thuchu.desk.evidence.requests import request_capture
    from thuchu.privacy import scrub

    schema.migrate()
    for number in range(count):
        request_capture(f"https://bao{number}.example/tin", scrub(SENTENCE), by=number + 1, now=timezone.now())


def work(home):
    from django.utils import timezone

    from fake_wire import FakeWire
    from thuchu.desk.evidence.requests import CAPTURE_JOB, fetch_requested
    from thuchu.desk.jobs import worker
    from thuchu.desk.jobs.pace import Pace
    from thuchu.desk.jobs.queue import Task

    class SlowWire(FakeWire):
        def fetch(self, address):
            time.sleep(0.1)
            # Other bytes each time, as a page with the time of day on it.
            self.pages[address] = f"<p>{SENTENCE}</p><!-- {time.time_ns()} -->".encode()
            return super().fetch(address)

    def capture(number):
        fetch_requested(number, now=timezone.now(), wire=SlowWire(), home=home)

    pace = Pace(lease_seconds=1.5, poll_seconds=0.05, upkeep_seconds=0.2, backoff_seconds=0.1, backoff_seconds_max=0.1)
    (home / f"ready-{os.getpid()}").touch()
    table = {CAPTURE_JOB: Task(CAPTURE_JOB, capture)}
    worker.run(table, stop=threading.Event(), now=timezone.now, pace=pace)


if __name__ == "__main__":
    main()

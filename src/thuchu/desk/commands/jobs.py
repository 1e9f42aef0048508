"""`thuchu jobs`: how many wait, which were given up, and another try for one of them."""

import sys

from django.utils import timezone

from thuchu.desk.commands.ready import ready
from thuchu.desk.jobs import reads
from thuchu.desk.jobs.retry import retry


def run(again: int | None) -> int:
    """Show the jobs, or try the failed one with that number again."""
    ready()
    return show() if again is None else try_again(again)


def show() -> int:
    """Print the counts, what runs, and what failed."""
    now = timezone.now()
    print(" · ".join(f"{count} {state}" for state, count in reads.counts().items()))
    wait = reads.oldest_wait_seconds(now)
    if wait:
        print(f"The oldest has been due for {wait:.0f} s.")
    for job in reads.running():
        far = f", {job.progress_done} of {job.progress_total}" if job.progress_total else ""
        print(f"running  {job.number}  {job.name}, try {job.attempts}{far}")
    for job in reads.failed():
        ended = f"{job.ended_at:%Y-%m-%d %H:%M}" if job.ended_at else ""
        print(f"failed   {job.number}  {job.name}, {ended} after {job.attempts} tries: {job.last_error}")
    if reads.failed():
        print("Try one again with `thuchu jobs --retry NUMBER`.")
    return 0


def try_again(number: int) -> int:
    """Give a failed job its tries back."""
    if not retry(number, now=timezone.now()):
        print(f"No failed job has the number {number}; `thuchu jobs` lists those that failed.", file=sys.stderr)
        return 1
    print(f"Job {number} waits again; a worker takes it within a second or two.")
    return 0

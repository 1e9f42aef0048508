"""`thuchu learn`: teach the matcher from questions whose askers said "this is it"."""

import sys

from django.utils import timezone

from thuchu.desk import journey
from thuchu.desk.commands.ready import ready


def run() -> int:
    """Learn from all of them, in place of what was learned before; not on an election's last day."""
    ready()
    until = journey.quiet_until(now=timezone.now())
    if until is not None:
        print(
            f"It is the last day of an election: nothing is learned until {until:%Y-%m-%d %H:%M} UTC.", file=sys.stderr
        )
        return 1
    print(f"Learned from {journey.learn()} answered messages.")
    return 0

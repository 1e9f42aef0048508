"""`thuchu learn`: teach the matcher from questions whose askers said "this is it"."""

from thuchu.desk import journey
from thuchu.desk.commands.ready import ready


def run() -> int:
    """Learn from all of them, in place of what was learned before."""
    ready()
    print(f"Learned from {journey.learn()} answered messages.")
    return 0

"""`thuchu simulate`: a made-up community on a desk of its own, marked for ever as one."""

import sys
import time

from django.utils import timezone

from thuchu.desk.commands.progress import bar
from thuchu.desk.commands.ready import ready
from thuchu.desk.commands.serving import served
from thuchu.desk.simulation import joining, world
from thuchu.desk.simulation.marking import NotNew, mark
from thuchu.desk.simulation.play import PageFailed, Played, play


def run(*, contributors: int, claims: int, attackers: float, seed: int) -> int:
    """Play it, and say what came of it."""
    ready()
    community = world.make(contributors=contributors, claims=claims, attackers=attackers, seed=seed)
    try:
        mark(seed, now=timezone.now())
    except NotNew as error:
        print(f"A simulation needs a desk of its own, but {error}.", file=sys.stderr)
        return 1
    with bar("People join") as shown:
        joining.let_in(community.people, now=timezone.now(), report=shown.to)
    try:
        with served("--no-worker") as address, bar("They ask, write and rate") as shown:
            began = time.monotonic()
            played = play(community, address, seed=seed, now=timezone.now(), report=shown.to)
    except (PageFailed, TimeoutError) as error:
        print(f"The desk didn't play along ({error}); its home keeps what happened.", file=sys.stderr)
        return 1
    _say(played, time.monotonic() - began)
    return 0


def _say(played: Played, seconds: float) -> None:
    print(f"asked {played.asked} = answered {played.answered} + waiting {played.waiting}, under {played.claims} claims")
    for kind, count in sorted(played.notes.items()):
        print(f"notes, {kind.replace('_', '-')}: {count} written, {played.published.get(kind, 0)} published")
    print(f"wrongly published: {played.wrongly_published}")
    print(f"{played.ratings} ratings in {played.rounds} rounds; {seconds:.0f} s")
    print("Look at it: thuchu serve. Every page says that it is a simulation.")

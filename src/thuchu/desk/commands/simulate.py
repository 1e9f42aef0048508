"""`thuchu simulate`: a made-up community on a desk of its own, marked for ever as one."""

import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta

from django.utils import timezone

from thuchu.desk.commands.progress import bar
from thuchu.desk.commands.ready import ready
from thuchu.desk.commands.serving import served
from thuchu.desk.jobs import worker
from thuchu.desk.reactions import SCHEDULE, TABLE
from thuchu.desk.simulation import joining, world, year
from thuchu.desk.simulation.browser import PageFailed
from thuchu.desk.simulation.clock import Clock
from thuchu.desk.simulation.marking import NotNew, mark
from thuchu.desk.simulation.play import Played, play
from thuchu.desk.simulation.world import World
from thuchu.desk.simulation.year import Register

# A play without quarters takes some hours of its clock; the desk's own goes on from where it ended.
_PLAYED_BEFORE = timedelta(days=1)


def run(*, contributors: int, claims: int, attackers: float, seed: int, quarters: int) -> int:
    """Play it, and say what came of it; with `quarters`, a review is held after each."""
    ready()
    community = world.make(contributors=contributors, claims=claims, attackers=attackers, seed=seed)
    now = timezone.now()
    begin = year.begins(now, quarters) if quarters else now - _PLAYED_BEFORE
    try:
        # Before the first of them joins, also by the ledger's clock.
        mark(seed, now=begin - timedelta(days=len(community.people) + 2))
    except NotNew as error:
        print(f"A simulation needs a desk of its own, but {error}.", file=sys.stderr)
        return 1
    began = time.monotonic()
    try:
        if quarters:
            _play_year(community, quarters, seed, now)
        else:
            _play(community, seed, begin)
    except (PageFailed, TimeoutError) as error:
        print(f"The desk didn't play along ({error}); its home keeps what happened.", file=sys.stderr)
        return 1
    print(f"{time.monotonic() - began:.0f} s. Look at it: thuchu serve. Every page says that it is a simulation.")
    return 0


def _play(community: World, seed: int, now: datetime) -> None:
    with bar("People join") as shown:
        joining.let_in(community.people, now=now, report=shown.to)
    with served("--no-worker", "--stage") as address, bar("They ask, write and rate") as shown:
        played = play(community, address, seed=seed, now=now, report=shown.to)
    _say(played)


def _play_year(community: World, quarters: int, seed: int, now: datetime) -> None:
    with bar("People join") as shown:
        secrets = year.join_before(community, quarters, now=now, report=shown.to)
    with served("--no-worker", "--stage") as address, bar("Quarters pass") as shown:
        played, register = year.play_year(
            community, address, quarters=quarters, seed=seed, secrets=secrets, work=_work, now=now, report=shown.to
        )
    _say(played)
    _say_year(register)


def _work(clock: Clock) -> None:
    """What the desk's worker would do by now."""
    worker.run(TABLE, SCHEDULE, stop=threading.Event(), now=clock, until_empty=True)


def _say(played: Played) -> None:
    counts = " + ".join(f"{name} {count}" for name, count in asdict(played.became).items())
    print(f"asked {played.asked} = {counts}, under {played.claims} claims")
    for kind, count in sorted(played.notes.items()):
        print(f"notes, {kind.replace('_', '-')}: {count} written, {played.published.get(kind, 0)} published")
    print(f"wrongly published: {played.wrongly_published}")
    print(f"{played.ratings} ratings in {played.rounds} rounds")


def _say_year(register: Register) -> None:
    print(f"On {register.day}, {len(register.published)} reviews are published: {', '.join(register.published)}")
    print(f"commitments: {_counts(register.states)}")
    print(f"on time: {_counts(register.timeliness)}")
    print(f"day moved {register.extended}, carried over {register.carried_over}")
    print(f"judged by their figures: {_counts(register.judged)}")
    print(f"questions to organisations: {_counts(register.inquiries)}")


def _counts(counts: Mapping[str, int]) -> str:
    return f"{sum(counts.values())} = " + " + ".join(f"{name} {count}" for name, count in sorted(counts.items()))

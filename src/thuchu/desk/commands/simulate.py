"""`thuchu simulate`: a made-up community on a desk of its own, marked for ever as one."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone

from thuchu.desk.commands.progress import bar
from thuchu.desk.commands.ready import ready
from thuchu.desk.simulation import joining, world
from thuchu.desk.simulation.marking import NotNew, mark
from thuchu.desk.simulation.play import PageFailed, Played, play

SERVE_SECONDS_MAX = 120.0
STOP_SECONDS_MAX = 30.0


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
        with _serving() as address, bar("They ask, write and rate") as shown:
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


@contextmanager
def _serving() -> Iterator[str]:
    """The address of this desk, served on loopback by a process of its own for as long as the block runs."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    # We stand before the desk as a proxy does, and say whose line each request comes from.
    environment = os.environ | {"THUCHU_ADDRESS": address, "THUCHU_TRUSTED_PROXIES": "1"}
    command = [sys.executable, "-m", "thuchu.cli", "--home", str(settings.THUCHU_HOME)]
    server = subprocess.Popen(  # noqa: S603 (our own command)
        [*command, "serve", "--no-worker", "--port", str(port)], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait_for(port, server)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + SERVE_SECONDS_MAX
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise TimeoutError("it didn't start")

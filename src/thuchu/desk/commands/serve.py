"""`thuchu serve`: the desk's web server."""

import socket
import sys
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connections

from thuchu.desk import keeper
from thuchu.desk.commands.ready import ready
from thuchu.desk.library import index
from thuchu.desk.serve import Desk
from thuchu.desk.simulation.clock import by_the_play
from thuchu.desk.simulation.marking import is_simulation
from thuchu.desk.web.compile_messages import CannotCompile, refresh

# The home stands in the environment by now.
WORKER = (sys.executable, "-m", "thuchu.cli", "worker")
# Listening on all addresses of the machine is no address that anybody can type.
_EVERY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 (compared with, not bound to)
_NO_NAME = (
    "People can't reach the desk at that address: set THUCHU_ADDRESS to the one they type, such as "
    'http://192.168.1.20:8000. Until then only this machine gets pages, everybody else "400".'
)


def run(host: str, port: int, *, with_worker: bool, is_stage: bool) -> int:
    """Serve until stopped; `is_stage` for a play, whose visitors say what time it is."""
    ready()
    if is_stage and not is_simulation():
        print("Only a desk that is marked as a simulation goes by a play's clock.", file=sys.stderr)
        return 1
    return listen(host, port, with_worker=with_worker, is_stage=is_stage)


def listen(host: str, port: int, *, with_worker: bool = True, is_stage: bool = False) -> int:
    """Listen on a home that is ready; a port in use is said before any process starts."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            print(f"Can't listen on {host}:{port}: {error.strerror}. Choose another with --port.", file=sys.stderr)
            return 1
    # Workers are forks of this process; a SQLite connection that two processes share can destroy the file.
    connections.close_all()
    # Each worker opens the index for itself, too: no lock or thread of this process may live on in it.
    index.close(settings.THUCHU_HOME)
    print(f"Thực Hư: {settings.THUCHU_ADDRESS}  (home {settings.THUCHU_HOME}; stop with Ctrl+C)", flush=True)
    if urlsplit(settings.THUCHU_ADDRESS).hostname in _EVERY_ADDRESS:
        print(_NO_NAME, file=sys.stderr, flush=True)
    _speak_as_written()
    keeper_pid = keeper.start(WORKER) if with_worker else None
    desk = Desk(host, port, keeper_pid, by_the_play) if is_stage else Desk(host, port, keeper_pid)
    desk.run()
    return 0


def _speak_as_written() -> None:
    """Compile translations somebody has edited since; where that can't be done, the last ones are used."""
    try:
        refresh()
    except (CannotCompile, OSError) as error:
        print(f"Pages may show older words: {error}", file=sys.stderr)

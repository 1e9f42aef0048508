"""Keeps one `thuchu worker` running beside the web server, for as long as the server lives.

A process of its own, because gunicorn's master may have no second thread (it forks) and waits for children itself; and
because a job that fills a core or the memory must not take the pages with it.
"""

import logging
import os
import signal
import subprocess
import time
from collections.abc import Sequence

# How soon it is seen that the worker, or the server, has ended.
LOOK_SECONDS = 0.2
# A worker that ends at once, again and again, is started ever more rarely.
RESTART_SECONDS = 1.0
RESTART_SECONDS_MAX = 60.0
# What a job in hand is given to end in; then it is killed, and done again when the desk is back.
STOP_SECONDS_MAX = 30.0

_log = logging.getLogger("thuchu.serve")


def start(command: Sequence[str]) -> int:
    """Fork the keeper of `command`; gives back its process id. Call it before this process has threads."""
    server = os.getpid()
    keeper = os.fork()
    if keeper:
        return keeper
    try:
        _Keeper(command, server).run()
    finally:
        # Never up the stack: that is the server's.
        os._exit(0)


def stop(keeper: int) -> None:
    """Have the worker finish its job, then end both; waits for it. Doing it again does nothing."""
    try:
        os.kill(keeper, signal.SIGTERM)
        os.waitpid(keeper, 0)
    except (ProcessLookupError, ChildProcessError):
        # It ended before, and somebody else has waited for it.
        return


class _Keeper:
    def __init__(self, command: Sequence[str], server: int) -> None:
        self._command = [*command, "--parent", str(os.getpid())]
        self._server = server
        self._is_asked = False

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask)
        wait = RESTART_SECONDS
        while not self._is_over():
            since = time.monotonic()
            self._keep_one()
            has_lasted = time.monotonic() - since > RESTART_SECONDS_MAX
            wait = RESTART_SECONDS if has_lasted else min(wait * 2, RESTART_SECONDS_MAX)
            self._pause(wait)

    def _ask(self, *_: object) -> None:
        self._is_asked = True

    def _is_over(self) -> bool:
        # A server that was killed can't say so; its children then have another parent.
        return self._is_asked or os.getppid() != self._server

    def _keep_one(self) -> None:
        process = subprocess.Popen(self._command)  # noqa: S603 (our own command)
        while process.poll() is None:
            if self._is_over():
                process.terminate()
                try:
                    process.wait(STOP_SECONDS_MAX)
                except subprocess.TimeoutExpired:
                    process.kill()
                return
            time.sleep(LOOK_SECONDS)
        if not self._is_over():
            _log.error("the worker ended by itself (%s); it is started again", process.returncode)

    def _pause(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._is_over():
            time.sleep(LOOK_SECONDS)

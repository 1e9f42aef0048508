"""A desk served to a play on this machine, by a process of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

SERVE_SECONDS_MAX = 120.0
STOP_SECONDS_MAX = 30.0


@contextmanager
def served(*options: str) -> Iterator[str]:
    """The address of this home's desk, served on loopback for as long as the block runs; raises TimeoutError.

    options  of `thuchu serve`, besides the port
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    # We stand before the desk as a proxy does, and say whose line each request comes from.
    environment = os.environ | {"THUCHU_ADDRESS": address, "THUCHU_TRUSTED_PROXIES": "1"}
    command = [sys.executable, "-m", "thuchu.cli", "--home", str(settings.THUCHU_HOME)]
    server = subprocess.Popen(  # noqa: S603 (our own command)
        [*command, "serve", "--port", str(port), *options], env=environment, stdout=subprocess.DEVNULL
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

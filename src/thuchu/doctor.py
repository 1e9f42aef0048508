"""`thuchu doctor`: what is wrong with an installation, and how to mend it, from the ground up.

Each finding is a line; the first part runs on a bare `pip install thuchu`, the second needs the desk.
"""

import importlib.util
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PYTHON_MIN = (3, 11)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: `mend` says what to do, "" where all is well."""

    what: str
    mend: str = ""

    def __str__(self) -> str:
        return f"WRONG  {self.what}\n       → {self.mend}" if self.mend else f"ok     {self.what}"


def run() -> int:
    """Print every finding; 1 when something is to be mended."""
    wrong = 0
    for finding in _findings():
        print(finding)
        wrong += bool(finding.mend)
    print(f"{wrong} to mend." if wrong else "All is well.")
    return 1 if wrong else 0


def _findings() -> Iterator[Finding]:
    yield from _ground()
    if importlib.util.find_spec("django") is None:
        yield Finding("the desk is not installed (fine for the pure rooms)")
        return
    yield from _desk()


def _ground() -> Iterator[Finding]:
    version = ".".join(map(str, sys.version_info[:3]))
    old = sys.version_info < PYTHON_MIN
    yield Finding(f"Python {version}", "install Python 3.11, 3.12 or 3.13" if old else "")
    for module, extra in (("numpy", "thuchu"), ("tantivy", "thuchu[search]"), ("rapidfuzz", "thuchu[search]")):
        missing = importlib.util.find_spec(module) is None
        yield Finding(module, f"pip install '{extra}'" if missing else "")


def _desk() -> Iterator[Finding]:
    try:
        home = _home()
    except SystemExit as error:
        yield Finding("the settings", str(error))
        return
    # A look must leave nothing behind: the settings would make the folder and its key.
    if not home.is_dir():
        yield _no_home(home)
        return
    try:
        _start()
    except OSError as error:
        yield Finding(f"the home folder: {error}", "let this user read and write it, or name another with --home")
        return
    from thuchu.desk.commands.doctor import findings

    for what, mend in findings():
        yield Finding(what, mend)


def _home() -> Path:
    from thuchu.desk.options import read_options

    home: Path = read_options()["THUCHU_HOME"]
    return home


def _no_home(home: Path) -> Finding:
    if home.exists():
        return Finding(f"home {home} is a file, not a folder", "name a folder with --home or THUCHU_HOME")
    return Finding(
        f"home {home} is not made yet", "run `thuchu serve`, `thuchu demo` or `thuchu import` once, or check --home"
    )


def _start() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    django.setup()

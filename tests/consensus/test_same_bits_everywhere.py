"""Processes on processors with and without vector instructions, with and without Numba, write the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from consensus.ratings_facts import in_columns, tagged
from thuchu.consensus import files

# Statuses by both sets, one after the other: the second with its models of tags.
_RUN = """
import sys
from thuchu import cli
for params in ("desk", "community_notes"):
    arguments = ["consensus", "score", "--params", params, "--out", sys.argv[1] + params, *sys.argv[2:]]
    if cli.main(arguments):
        sys.exit(1)
"""
_WITHOUT_NUMBA = """
import importlib.util as util
found = util.find_spec
util.find_spec = lambda name, package=None: None if name == "numba" else found(name, package)
"""
# What a processor of 2010 can do; features that this one lacks anyway are passed over with a warning.
_PLAIN = {"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR", "NUMBA_CPU_NAME": "generic"}


def written(
    places: tuple[Path, Path], out: Path, *, numba: bool = True, threads: int = 1, plain: bool = False
) -> bytes:
    environment = dict(os.environ) | (_PLAIN if plain else {})
    if plain:
        environment["NUMBA_CACHE_DIR"] = str(out.parent / "plain-cache")
    code = _RUN if numba else _WITHOUT_NUMBA + _RUN
    table, history = places
    arguments = [str(out), "--ratings", str(table), "--status-history", str(history)]
    arguments += ["--format", "tsv", "--threads", str(threads)]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # Notes by either set, raters and what the next round begins with by the published one.
    runs = [Path(f"{out}{params}") for params in ("desk", "community_notes")]
    return b"".join(path.read_bytes() for run in runs for path in sorted(run.glob("*.tsv")))


@pytest.mark.long
def test_every_machine_writes_the_same_tables(tmp_path: Path) -> None:
    pytest.importorskip("numba", reason="compares with the compiled bodies")
    ratings = tagged(7, n_raters=80, n_notes=120, per_note=14)
    # Everybody within minutes of each other: who acts together is looked for, too.
    times = {"createdAtMillis": 1_764_000_000_000 + 1_000 * np.arange(len(ratings))}
    table = files.write_table(tmp_path, "ratings", "tsv", in_columns(ratings) | times)
    history = files.write_table(tmp_path, "history", "tsv", {
        "noteId": np.arange(120),
        "noteAuthorParticipantId": np.arange(120) % 9,
        "createdAtMillis": np.full(120, 1_763_990_000_000),
        "currentStatus": np.full(120, "NEEDS_MORE_RATINGS"),
    })  # fmt: skip

    first = written((table, history), tmp_path / "first")

    assert first == written((table, history), tmp_path / "threads", threads=2)
    assert first == written((table, history), tmp_path / "plain", plain=True)
    assert first == written((table, history), tmp_path / "numpy", numba=False, plain=True)

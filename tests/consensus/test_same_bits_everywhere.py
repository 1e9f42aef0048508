"""Processes on processors with and without vector instructions, with and without Numba, write the same bytes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from consensus.ratings_facts import two_camps
from thuchu.consensus import files

_RUN = """
import sys
from thuchu import cli
sys.exit(cli.main(["consensus", *sys.argv[1:]]))
"""
_WITHOUT_NUMBA = """
import importlib.util as util
found = util.find_spec
util.find_spec = lambda name, package=None: None if name == "numba" else found(name, package)
"""
# What a processor of 2010 can do; features that this one lacks anyway are passed over with a warning.
_PLAIN = {"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR", "NUMBA_CPU_NAME": "generic"}


def written(table: Path, out: Path, step: str, *, numba: bool = True, threads: int = 1, plain: bool = False) -> bytes:
    environment = dict(os.environ) | (_PLAIN if plain else {})
    if plain:
        environment["NUMBA_CACHE_DIR"] = str(out.parent / "plain-cache")
    code = _RUN if numba else _WITHOUT_NUMBA + _RUN
    arguments = [step, "--ratings", str(table), "--out", str(out), "--format", "tsv", "--threads", str(threads)]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return (out / "notes.tsv").read_bytes()


def test_every_machine_writes_the_same_notes(tmp_path: Path) -> None:
    pytest.importorskip("numba", reason="compares with the compiled bodies")
    ratings = two_camps(7, n_raters=80, n_notes=120, per_note=14)
    table = files.write_table(
        tmp_path, "ratings", "tsv", {"rater": ratings.rater, "note": ratings.note, "rating": ratings.value}
    )

    first = written(table, tmp_path / "first", "score")

    assert first == written(table, tmp_path / "threads", "score", threads=2)
    assert first == written(table, tmp_path / "plain", "score", plain=True)
    assert first == written(table, tmp_path / "numpy", "score", numba=False, plain=True)

"""Every measurement that needs no set of data can be made: each runs, as small as it goes, and says something.

Figures of a product that moved on are no figures; what nobody runs rots.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

BENCH = Path(__file__).parents[2] / "bench"
# As small as each still says what it is there to say.
ARGUMENTS: dict[str, list[str]] = {
    "check_load": ["--records", "0", "--seconds", "1", "--connections", "1", "--json"],
    "consensus": ["--ratings", "20000", "--pipeline", "--threads", "2", "--json"],
    "consensus_attacks": ["--repetitions", "1", "--raters", "20", "--json"],
    "consensus_blocks": ["--npz", "TABLE", "--orders", "2", "--json"],
    "consensus_live": ["--ratings", "20000", "--json"],
    "consensus_small": ["--repetitions", "1", "--raters", "12", "--per-note", "8", "--json"],
    "desk_pages": ["--claims", "200", "--ratings", "400", "--requests", "2"],
    "desk_round": ["--ratings", "2000"],
    "documents": ["--review", "--json"],
    "dump": ["--ratings", "2000"],
    "facts_questions": ["QUESTIONS"],
    "fifty_people": ["--people", "3", "--think", "0.5", "--seconds", "8", "--json"],
    "forwards": ["--texts", "50", "--json"],
    "match_speed": ["--documents", "300", "--messages", "5", "--json"],
    "privacy": [],
    "review_figures": ["--claims", "300", "--ratings", "900", "--runs", "1"],
    "review_freeze": ["--claims", "200", "--submissions", "400", "--ratings", "400", "--runs", "1"],
    "who_is_who": ["--people", "12", "--years", "0.2", "--repetitions", "1", "--json"],
}
# What needs a set of data, makes pictures and weights of what others measured, or is there to be imported.
LEFT_OUT = {
    "consensus_example",
    "consensus_growth",
    "consensus_pipeline",
    "decision_plots",
    "learn_election_weights",
    "links",
    "match_decisions",
    "match_quality",
    "picture_of_answer",
    "sets",
    "synthetic",
    "train_meaning",
    "train_ranker",
    "write_cli_docs",
}
NEEDS_A_PROGRAM = {"check_load": "wrk"}
SECONDS_MAX = 600


def test_every_bench_is_run_here_or_named_with_a_reason() -> None:
    assert {file.stem for file in BENCH.glob("*.py")} == LEFT_OUT | set(ARGUMENTS)


@pytest.mark.long
@pytest.mark.parametrize("name", ARGUMENTS)
def test_a_bench_runs_and_prints_what_it_measured(name: str, tmp_path: Path) -> None:
    if name in NEEDS_A_PROGRAM and not shutil.which(NEEDS_A_PROGRAM[name]):
        pytest.skip(f"needs the program {NEEDS_A_PROGRAM[name]}")
    command = [sys.executable, str(BENCH / f"{name}.py"), *made(ARGUMENTS[name], tmp_path)]

    ended = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"TMPDIR": str(tmp_path)},
        capture_output=True,
        timeout=SECONDS_MAX,
        check=False,
    )

    assert ended.returncode == 0, ended.stderr.decode()[-2_000:]
    assert ended.stdout.strip()
    if "--json" in command:
        for line in lines_of_json(ended.stdout.decode()):
            assert json.loads(line)


def made(arguments: list[str], folder: Path) -> list[str]:
    """The arguments, with the files that they name."""
    table, questions = folder / "table.npz", folder / "questions.tsv"
    if "TABLE" in arguments:
        random = np.random.default_rng(1)
        note, rater = np.divmod(random.choice(60 * 40, 1_200, replace=False), 40)
        np.savez(table, note=note, rater=rater, level=random.integers(0, 3, 1_200).astype(np.int8))
    if "QUESTIONS" in arguments:
        questions.write_text("Mấy giờ thì hết giờ bỏ phiếu?\tclosing_time\t-\nHôm nay ăn gì?\t-\t-\n", encoding="utf-8")
    return [{"TABLE": str(table), "QUESTIONS": str(questions)}.get(word, word) for word in arguments]


def lines_of_json(printed: str) -> list[str]:
    """One object a line, or one over several lines."""
    return printed.splitlines() if printed.startswith("{") and "}\n{" in printed else [printed]

"""Write docs/cli.md from the command's own words, so that the page can't lie; a test compares the two.

python bench/write_cli_docs.py
"""

import io
import os
import sys
from contextlib import redirect_stdout, suppress
from pathlib import Path

from thuchu.cli import main
from thuchu.desk.options import OPTIONS

COMMANDS = (
    "serve",
    "demo",
    "simulate",
    "worker",
    "jobs",
    "commitments",
    "invite",
    "check",
    "import",
    "export",
    "recompute",
    "review new",
    "review freeze",
    "review publish",
    "review paper",
    "review recompute",
    "review export",
    "ledger verify",
    "withdraw",
    "learn",
    "areas load",
    "holidays load",
    "doctor",
    "backup",
    "move-database",
    "restore",
    "consensus fit",
    "consensus score",
    "consensus explain",
    "consensus compare",
    "consensus simulate",
    "semantic build",
)
TARGET = Path(__file__).parents[1] / "docs" / "cli.md"
HEAD = """# Commands

Written by `python bench/write_cli_docs.py`; don't edit by hand.

All commands take `--home DIR` (or `THUCHU_HOME`), before or behind the command; a home that is missing or empty is made
and migrated at first use; `export` and `ledger verify` only look at a desk, and say so where there is none.

Exit codes: 0 done, 1 something is wrong, 2 the call was wrong; and two of their own: `ledger verify DIR --head` ends
with 3 where the dump holds and ends before that head, `drill` with 3 where a requirement didn't hold.
"""


def page() -> str:
    """The whole page as it should be."""
    parts = [HEAD, *(f"## thuchu {command}\n\n```\n{help_of(command)}```\n" for command in COMMANDS)]
    rows = [f"| `{o.name}` | {o.default or '–'} | {o.allowed} | {o.help} |" for o in OPTIONS]
    table = "\n".join(["| name | unless said | allowed | what for |", "|---|---|---|---|", *rows])
    parts.append(f"## Settings\n\nRead once from the environment; a wrong value stops the start.\n\n{table}\n")
    return "\n".join(parts)


def help_of(command: str) -> str:
    """What `thuchu COMMAND --help` prints, 100 columns wide."""
    os.environ["COLUMNS"] = "100"
    out = io.StringIO()
    with redirect_stdout(out), suppress(SystemExit):
        main([*command.split(), "--help"])
    return out.getvalue()


if __name__ == "__main__":
    TARGET.write_text(page(), "utf-8")
    sys.exit(0)

"""`docs/formats.md` says what the code does: its tables are compared with the code's, cell by cell."""

import csv
from importlib import resources
from pathlib import Path

import pytest

from thuchu.claimreview import Verdict, limits
from thuchu.claimreview.addresses import LEFT_OUT_HOSTS
from thuchu.claimreview.tables import COLUMN_NAMES, COLUMNS
from thuchu.claimreview.writing import RATING_VALUES

DOCS = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def verdict_rows() -> list[str]:
    text = resources.files("thuchu.claimreview").joinpath("verdict_words.csv").read_text(encoding="utf-8")
    words: dict[tuple[str, str], list[str]] = {}
    for row in csv.DictReader(text.splitlines()):
        words.setdefault((row["verdict"], row["language"]), []).append(row["words"])
    order = list(Verdict)
    keys = sorted(words, key=lambda key: order.index(Verdict(key[0])))
    return [f"| `{verdict}` | {language} | {' · '.join(words[verdict, language])} |" for verdict, language in keys]


def column_rows() -> list[str]:
    return [f"| {field} | {', '.join(f'`{name}`' for name in names)} |" for field, names in COLUMN_NAMES.items()]


def limit_rows() -> list[tuple[str, str]]:
    values = {name: value for name, value in vars(limits).items() if name.isupper()}
    return [(name, f"| `{name}` | {value:,} |") for name, value in values.items()]


def host_rows() -> list[str]:
    by_reason: dict[str, list[str]] = {}
    for host, reason in LEFT_OUT_HOSTS.items():
        by_reason.setdefault(reason, []).append(host)
    return [f"| {reason} | {', '.join(hosts)} |" for reason, hosts in by_reason.items()]


@pytest.mark.parametrize("row", [*verdict_rows(), *column_rows(), *host_rows()])
def test_a_row_of_the_code_stands_in_the_docs(row: str) -> None:
    assert row in DOCS, f"docs/formats.md lacks this row, or has an old one:\n{row}"


@pytest.mark.parametrize(("name", "row"), limit_rows())
def test_a_limit_stands_in_the_docs_with_its_value(name: str, row: str) -> None:
    assert row in DOCS, f"docs/formats.md lacks {name}, or has an old value: {row}"


def rows_between(start: str, end: str) -> set[str]:
    """The rows of the table in one part of the page, without its two head lines."""
    part = DOCS[DOCS.index(f"\n{start}\n") : DOCS.index(f"\n{end}\n")]
    return set([line for line in part.splitlines() if line.startswith("|")][2:])


def test_the_docs_hold_no_row_that_the_code_has_not() -> None:
    assert rows_between("### Columns of tables", "## What is dropped, and why") == set(column_rows())
    assert rows_between("## Verdicts", "## What is written") == set(verdict_rows())
    assert rows_between("## What is dropped, and why", "## Limits") == set(host_rows())


def test_the_docs_name_our_own_columns_and_numbers() -> None:
    assert ",".join(COLUMNS) in DOCS
    assert ", ".join(f"`{verdict}` {number}" for verdict, number in RATING_VALUES.items()) in DOCS

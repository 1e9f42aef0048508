"""docs/figures.md says what each figure is in the very words of its definition."""

from pathlib import Path

from thuchu.figures.compute import figures
from thuchu.figures.definitions import DEFINITIONS, METHODS, TABLES
from thuchu.figures.from_ledger import public_tables
from thuchu.figures.period import Period

PAGE = (Path(__file__).parents[2] / "docs" / "figures.md").read_text("utf-8")


def test_every_figure_has_its_row():
    for key, each in DEFINITIONS.items():
        tables = ", ".join(f"`{name}`" for name in each.tables)
        target = each.comparator.replace("_", " ") or "–"
        assert f"| `{key}` | {each.klass} | {each.definition} {each.note} | {tables} | {target} |" in PAGE


def test_every_base_table_has_its_row():
    for name, each in TABLES.items():
        columns = ", ".join(f"`{column}`" for column in each.columns)
        assert f"| `{name}` | {each.klass} | {columns} | {each.row} |" in PAGE


def test_every_method_has_its_row():
    for method, sentence in METHODS.items():
        assert f"| `{method}` | {sentence} |" in PAGE


def test_every_figure_is_computed_by_a_method_that_is_described():
    tables = public_tables([], period=Period.of_year(2026), ledger_number=0, tree={"vn": "vn"})

    assert {each.method for each in figures(tables, Period.of_year(2026))} <= set(METHODS)

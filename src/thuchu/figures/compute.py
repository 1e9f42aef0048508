"""Figures from base tables."""

from collections.abc import Mapping

from thuchu.figures.period import Period
from thuchu.figures.snapshot import Figure
from thuchu.figures.tables import BaseTable


def figures(tables: Mapping[str, BaseTable], period: Period) -> tuple[Figure, ...]:
    """Every figure whose base tables are there, in the order of `definitions.DEFINITIONS`."""
    return ()

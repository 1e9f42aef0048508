"""Figures from base tables and from nothing else: the freeze on the desk and whoever re-computes run this very code."""

from collections.abc import Callable, Container, Mapping
from types import MappingProxyType

from thuchu.figures import of_claims, of_counts, of_submissions
from thuchu.figures.definitions import DEFINITIONS, TABLES
from thuchu.figures.making import Maker
from thuchu.figures.period import Period
from thuchu.figures.snapshot import Figure
from thuchu.figures.tables import BadTable, BaseTable

_Computes = Callable[[Maker, Mapping[str, BaseTable], Period], list[Figure]]

# Tables without which their figure is told all the same, only less of it.
OPTIONAL = frozenset({"false_answers_upheld", "false_answers_audit", "practice_finished", "areas"})


def _within(seconds: int) -> _Computes:
    return lambda make, tables, _period: of_claims.within(make, tables, seconds)


_COMPUTED: Mapping[str, _Computes] = MappingProxyType(
    {
        "asked": of_submissions.asked,
        "fate": of_submissions.fate,
        "answered_share": of_submissions.answered_share,
        "claims_new": of_claims.claims_new,
        "claims_closed": of_claims.claims_closed,
        "wait_median": of_claims.wait_median,
        **{key: _within(seconds) for key, seconds in of_claims.WITHIN_S.items()},
        "backlog": of_claims.backlog,
        "backlog_age": of_claims.backlog_age,
        "before_deadline": of_submissions.before_deadline,
        "coverage_area": of_claims.coverage_area,
        "corrections_90d": of_claims.corrections_90d,
        "correction_time": of_claims.correction_time,
        "correction_reach": of_submissions.correction_reach,
        "evidence_rot": of_counts.evidence_rot,
        "false_answers": of_submissions.false_answers,
        "accent_gap": of_submissions.accent_gap,
        "raters": of_counts.raters,
        "retention": of_submissions.retention,
        "practice": of_submissions.practice,
        "order": of_counts.order,
        "inquiries": of_counts.inquiries,
        "commitments": of_counts.commitments,
        "sources": of_submissions.sources,
        "corrections": of_counts.corrections,
        "facts_due": of_counts.facts_due,
    }
)


def figures(
    tables: Mapping[str, BaseTable], period: Period, *, only: Container[str] | None = None
) -> tuple[Figure, ...]:
    """Every figure whose base tables are there, in the order of `definitions.DEFINITIONS`.

    only    the keys that are wanted; None: all
    raises  BadTable for a table with other columns than its definition says, or cells that can't be counted
    """
    for name, table in tables.items():
        if name not in TABLES or table.columns != TABLES[name].columns:
            raise BadTable(name, 1, "", f"no base table has the columns {', '.join(table.columns)}")
    found: list[Figure] = []
    for key, definition in DEFINITIONS.items():
        if only is not None and key not in only:
            continue
        if all(name in tables or name in OPTIONAL for name in definition.tables):
            make = Maker(definition, tables[definition.tables[0]])
            found += _computed(key, make, tables, period)
    return tuple(found)


def _computed(key: str, make: Maker, tables: Mapping[str, BaseTable], period: Period) -> list[Figure]:
    """A row or column that a table lacks is the table's fault, and named so."""
    try:
        return _COMPUTED[key](make, tables, period)
    except BadTable:
        raise
    except (KeyError, TypeError, ValueError) as error:
        tables_of = ", ".join(DEFINITIONS[key].tables)
        raise BadTable(tables_of, 0, "", f"{key} can't be computed ({type(error).__name__}: {error})") from None

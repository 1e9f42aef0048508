"""Rule 7: a review counts the desk, offices and crowds; no figure, table or column is about a person or a side."""

import re

from thuchu.figures.definitions import DEFINITIONS, TABLES
from thuchu.figures.from_ledger import KINDS, public_tables
from thuchu.figures.period import Period
from thuchu.figures.snapshot import Figure

FORBIDDEN = re.compile(
    r"pseudonym|author|rater(?!s\b)|contributor|asker|account|person|name|rank|most_active|factor|viewpoint|side|camp|"
    r"party|candidate|verdict|false_claims|hostile|toxic|user"
)
PERIOD = Period.of_year(2026)


def test_no_figure_table_or_column_is_named_for_a_person_or_a_side():
    columns = {column for table in TABLES.values() for column in table.columns}

    for name in {*DEFINITIONS, *TABLES, *columns, *Figure.__slots__}:
        assert not FORBIDDEN.search(name), name


def test_what_a_figure_may_be_aimed_at_buys_no_verdict_and_no_volume():
    aimed = {key for key, definition in DEFINITIONS.items() if definition.may_be_target}

    assert not aimed & {"asked", "fate", "claims_new", "claims_closed", "raters", "sources", "order", "retention"}


def test_who_did_what_makes_no_other_figure():
    """The same acts by other people, and the same ratings by others one for one, are the same tables."""

    def tables(first):
        entries = [
            (1, PERIOD.begin_ms, "claim.opened", "claim:1", {"language": "vi"}),
            (
                2,
                PERIOD.begin_ms,
                "note.written",
                "note:1",
                {"claim": 1, "by": first, "verdict": "false", "evidence": [1]},
            ),
            (
                3,
                PERIOD.begin_ms,
                "claim.merged",
                "claim:1",
                {"into": 2, "proposal": 1, "by": first, "confirmed_by": first + 1},
            ),
            (
                4,
                PERIOD.begin_ms,
                "ratings.entered",
                "ratings:1",
                {"ratings": [[1, 1, str(first + rater), "helpful", []] for rater in range(12)]},
            ),
        ]
        assert {entry[2] for entry in entries} <= set(KINDS)
        return {name: table.csv for name, table in read(entries).items()}

    def read(entries):
        return public_tables(entries, period=PERIOD, ledger_number=9, tree={"vn": "vn"})

    assert tables(1) == tables(700)


def test_a_verdict_makes_no_other_figure():
    """True or false: nothing in a review tells how many of each there are."""

    def tables(verdict):
        entries = [
            (1, PERIOD.begin_ms, "claim.opened", "claim:1", {"language": "vi"}),
            (2, PERIOD.begin_ms, "note.written", "note:1", {"claim": 1, "by": 1, "verdict": verdict, "evidence": [1]}),
            (
                3,
                PERIOD.begin_ms + 1000,
                "fact_check.agreed",
                "fact_check:x",
                {"note": 1, "version": 1, "claim": 1, "verdict": verdict, "disputed": False, "round": 1},
            ),
        ]
        made = public_tables(entries, period=PERIOD, ledger_number=9, tree={"vn": "vn"})
        return {name: table.csv for name, table in made.items()}

    assert tables("true") == tables("false")

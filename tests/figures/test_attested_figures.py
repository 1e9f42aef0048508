"""Figures from tables that the desk answers for: as counted, and silent where a few people stand behind them."""

from datetime import date

import pytest

from thuchu.figures.attested import Clustered, Counts, Submissions, base_tables
from thuchu.figures.compute import figures
from thuchu.figures.definitions import ATTESTED, DEFINITIONS, TABLES
from thuchu.figures.period import Period
from thuchu.figures.suppression import HIDDEN
from thuchu.figures.tables import BadTable, BaseTable

QUARTER = Period(date(2026, 1, 1), date(2026, 4, 1))


def submissions(**more):
    counted = {
        "weeks": {"2026-W01": 40, "2026-W02": 60},
        "doors": {"web": 80, "mail": 20},
        "fates": {"at_once": 40, "suggestion": 10, "later": 20, "not_checkable": 10, "waiting": 20},
        "squares": 400,
        "squares_checkable": 300,
        "publishers": {"Báo Một": 50, "Viện Hai": 20},
        "squares_answered": 140,
        "reported": 10,
        "squares_at_once": 80,
        "with_accents": Clustered(30, 60, 120),
        "without_accents": Clustered(10, 40, 80),
    }
    return Submissions(**(counted | more))


def figure(key, part=None, **more):
    found = figures(base_tables(Counts(submissions=submissions(), **more)), QUARTER)
    return next(each for each in found if (each.key, each.part) == (key, part))


def test_parts_of_what_became_of_submissions_are_shares_of_independent_claims():
    part = figure("fate", "at_once")

    assert (part.numerator, part.denominator, part.value) == (40, 100, "0.400000")
    # A hundred in clusters whose squares add up to 400 are worth 25.
    assert part.n_effective == "25.0000"
    assert (part.ci_low, part.ci_high) == ("0.234033", "0.592605")


def test_what_was_answered_is_all_that_could_be_but_what_waits():
    share = figure("answered_share")

    assert (share.numerator, share.denominator, share.value) == (70, 90, "0.777778")
    assert share.n_effective == "27.0000"


def test_asked_is_told_by_week_and_by_door():
    assert figure("asked").value == "100"
    assert figure("asked", "2026-W02").value == "60"
    assert figure("asked", "door:mail").value == "20"


def test_the_gap_between_accents_and_none_has_an_interval():
    gap = figure("accent_gap")

    assert gap.value == "0.250000"
    assert float(gap.ci_low) < 0.25 < float(gap.ci_high)


def test_false_answers_are_told_with_reports_that_were_upheld_and_an_audit():
    many = submissions(
        weeks={"2026-W01": 1000},
        doors={"web": 1000},
        fates={"at_once": 940, "suggestion": 10, "later": 20, "not_checkable": 10, "waiting": 20},
        squares=1400,
        squares_checkable=1390,
        publishers={"Báo Một": 970},
        squares_answered=1200,
        squares_at_once=1000,
        with_accents=Clustered(470, 500, 600),
        without_accents=Clustered(470, 500, 600),
    )
    more = {"reports_judged": (10, 20), "audit": (98, 100)}

    assert figure("false_answers").value == "0.250000"
    assert figure("false_answers", "upheld", **more).value == "0.500000"
    audited = figures(base_tables(Counts(submissions=many, **more)), QUARTER)
    assert next(each for each in audited if each.part == "audit").value == "0.980000"


@pytest.mark.parametrize("audit", [(0, 0), (9, 9)])
def test_of_a_few_that_were_judged_an_audit_says_nothing(audit):
    found = figure("false_answers", "audit", audit=audit)

    assert (found.value, found.numerator, found.denominator, found.suppressed) == (None, None, None, True)


def test_an_audit_of_all_that_there_is_tells_no_small_part():
    at_once = submissions().fates["at_once"]

    made = base_tables(Counts(submissions=submissions(), audit=(at_once - 3, at_once)))

    assert made["false_answers_audit"].rows == ((HIDDEN, at_once),)


def test_an_audit_does_not_give_the_number_of_answers_back():
    hidden = submissions(
        weeks={"2026-W01": 58},
        doors={"web": 58},
        fates={"at_once": 12, "suggestion": 1, "later": 15, "not_checkable": 15, "waiting": 15},
        publishers={"Báo Một": 28},
        reported=0,
        with_accents=Clustered(12, 58, 58),
        without_accents=Clustered(0, 0, 0),
    )

    made = base_tables(Counts(submissions=hidden, audit=(11, 12)))

    assert made["false_answers"].rows[0][1] == HIDDEN
    assert made["false_answers_audit"].rows == ((HIDDEN, HIDDEN),)


def test_what_a_desk_does_not_count_is_left_out():
    found = figures(base_tables(Counts(submissions=submissions())), QUARTER)

    assert {each.key for each in found} == {
        *("asked", "fate", "answered_share", "false_answers", "accent_gap", "sources"),
    }


def test_of_a_few_people_nothing_is_said():
    more = {
        "active_before": (3, 9),
        "newcomers": (0, 0),
        "finished": 9,
        "first_ten": Clustered(40, 90, 900),
        "last_ten": Clustered(80, 90, 900),
        "correction_reach": Clustered(5, 8, 8),
        "deadlines": (3, 2, 1),
    }

    for key in ("retention", "practice", "correction_reach", "before_deadline"):
        found = [
            each for each in figures(base_tables(Counts(submissions=submissions(), **more)), QUARTER) if each.key == key
        ]
        assert found
        assert all((each.value, each.numerator, each.suppressed) == (None, None, True) for each in found), key


def test_a_small_desks_figures_are_all_silent():
    few = submissions(
        weeks={"2026-W01": 5},
        doors={"web": 5},
        fates={"at_once": 2, "suggestion": 1, "later": 1, "not_checkable": 0, "waiting": 1},
        squares=5,
        squares_checkable=5,
        publishers={"Báo Một": 4},
        squares_answered=4,
        reported=0,
        squares_at_once=2,
        with_accents=Clustered(2, 4, 4),
        without_accents=Clustered(0, 1, 1),
    )

    found = figures(base_tables(Counts(submissions=few)), QUARTER)

    assert found
    assert all(each.value is None and each.suppressed and each.note for each in found)


def test_a_word_where_a_number_belongs_is_named_by_table_row_and_column():
    tables = base_tables(Counts(submissions=submissions()))
    tables["fate"] = BaseTable.of("fate", TABLES["fate"].columns, [("all", "many")])

    with pytest.raises(BadTable, match=r"fate, row 2, column submissions: 'many' is no number and not 'hidden'"):
        figures(tables, QUARTER)


def test_a_table_that_lacks_a_row_is_named():
    tables = base_tables(Counts(submissions=submissions()))
    tables["fate"] = BaseTable.of("fate", TABLES["fate"].columns, [("all", 100)])

    with pytest.raises(BadTable, match="fate, fate_clusters: fate can't be computed"):
        figures(tables, QUARTER)


def test_every_attested_table_belongs_to_a_figure_and_every_figure_to_its_tables():
    named = {name for definition in DEFINITIONS.values() for name in definition.tables}

    assert named == set(TABLES)
    for definition in DEFINITIONS.values():
        classes = {TABLES[name].klass for name in definition.tables}
        assert classes == {definition.klass}, definition.key
    assert sum(definition.klass == ATTESTED for definition in DEFINITIONS.values()) == 11

"""No count from one to nine can be worked out of all that is published: tables, editions, quarters and years together.

`bounds` plays whoever has them all: it knows every cell that is shown, and that no count is below nothing.
"""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from bounds import bounds
from hypothesis import given
from hypothesis import strategies as st

from thuchu.figures.against import GUARDED, Published, beside, leaks
from thuchu.figures.attested import FATES, BadCounts, Clustered, Counts, Submissions, base_tables
from thuchu.figures.definitions import TABLES
from thuchu.figures.period import Period, week_of
from thuchu.figures.suppression import ALL, HIDDEN, hidden_of, pooled, shown
from thuchu.figures.tables import BaseTable

counts = st.dictionaries(st.sampled_from("abcdefghij"), st.integers(0, 40), min_size=1, max_size=8)


@given(counts)
def test_no_small_part_of_a_public_sum_can_be_worked_out(parts):
    rows = dict(shown(parts))

    equations = [({part}, number) for part, number in rows.items() if part != ALL and number != HIDDEN]
    if rows[ALL] != HIDDEN:
        equations.append((set(parts), rows[ALL]))
    for part, number in parts.items():
        if 0 < number < 10:
            assert rows[part] == HIDDEN
            least, most = bounds(parts, equations, {part})
            assert most is None or most - least >= 10


@given(counts)
def test_what_is_hidden_is_two_cells_and_ten_at_least(parts):
    hidden = hidden_of(parts)

    if hidden and sum(parts.values()) >= 10:
        assert len(hidden) >= min(2, len(parts))
        assert sum(parts[part] for part in hidden) >= 10


def test_nothing_is_hidden_that_needs_no_hiding():
    assert hidden_of({"a": 10, "b": 0, "c": 400}) == frozenset()


def test_ten_hidden_ones_cannot_be_told_to_be_ones():
    """Zeros are hidden beside them, so that nobody knows how many there are."""
    parts = {f"w{number:02}": 1 if number < 10 else 0 for number in range(13)}

    assert hidden_of(parts) == frozenset(parts)


def test_nines_cannot_be_told_to_be_nines():
    assert "d" in hidden_of({"a": 9, "b": 9, "c": 9, "d": 30, "e": 31})


trees = st.integers(1, 4).flatmap(
    lambda provinces: st.tuples(
        st.just(provinces), st.lists(st.integers(0, provinces - 1), min_size=1, max_size=8), st.integers(0, 2**32)
    )
)


@given(trees)
def test_every_area_that_is_named_has_ten_claims_of_its_own(drawn):
    provinces, communes, seed = drawn
    tree = {"vn": "vn"} | {f"p{number}": "vn" for number in range(provinces)}
    tree |= {f"c{number}": f"p{province}" for number, province in enumerate(communes)}
    dice = random.Random(seed)
    about = {
        area: set(range(place * 100, place * 100 + dice.choice([0, 1, 4, 9, 10, 30])))
        for place, area in enumerate(tree)
    }

    groups = pooled(about, set(), tree)

    every = sum(len(claims) for claims in about.values())
    assert all(group.claims >= 10 for group in groups)
    assert sum(group.claims for group in groups) == (every if groups else 0)
    assert bool(groups) == (every >= 10)


FIRST_DAY = date(2026, 1, 1)
PUBLISHERS = ["Báo A", "Đài B", "Viện C", "Trang D"]
DOORS = ["web", "api", "mail"]


def population(dice, size, days):
    """Made-up submissions; some doors, publishers and fates are rare."""
    return [
        {
            "day": FIRST_DAY + timedelta(days=dice.randrange(days)),
            "door": dice.choices(DOORS, [20, 4, 1])[0],
            "fate": dice.choices(FATES, [12, 2, 4, 1, 3])[0],
            "publisher": dice.choices(PUBLISHERS, [12, 4, 1, 1])[0],
            "accents": dice.choices(["with", "without", "other"], [6, 5, 1])[0],
            "cluster": dice.randrange(1 + size // 3),
            "reported": dice.random() < 0.05,
        }
        for _ in range(size)
    ]


def counted(submissions, period):
    """What a desk counts of those of a period, and the tables of it."""
    of = [each for each in submissions if period.holds_day(each["day"])]
    answered = [each for each in of if each["fate"] in ("at_once", "suggestion", "later")]
    at_once = [each for each in of if each["fate"] == "at_once"]
    weeks = {week_of(period.begin + timedelta(days=day)): 0 for day in range((period.end - period.begin).days)}

    def squared(some):
        return sum(size * size for size in Counter(each["cluster"] for each in some).values())

    def accents(kind):
        some = [each for each in of if each["accents"] == kind]
        return Clustered(sum(each["fate"] == "at_once" for each in some), len(some), squared(some))

    return Submissions(
        weeks=weeks | Counter(week_of(each["day"]) for each in of),
        doors={door: sum(each["door"] == door for each in of) for door in DOORS},
        fates={fate: sum(each["fate"] == fate for each in of) for fate in FATES},
        squares=squared(of),
        squares_checkable=squared([each for each in of if each["fate"] != "not_checkable"]),
        publishers=Counter(each["publisher"] for each in answered),
        squares_answered=squared(answered),
        reported=sum(each["reported"] for each in at_once),
        squares_at_once=squared(at_once),
        with_accents=accents("with"),
        without_accents=accents("without"),
        others=accents("other"),
    )


def published(submissions, period, earlier=()):
    new = Published(period, base_tables(Counts(submissions=counted(submissions, period))), {})
    return Published(period, beside(new, earlier), {})


def sums_of(reviews, table, dimension):
    """What a table of every review says, as sums over (row, day)."""
    for review in reviews:
        length = (review.period.end - review.period.begin).days
        days = [review.period.begin + timedelta(days=day) for day in range(length)]
        for row, cell in review.tables[table].rows:
            if cell != HIDDEN:
                yield {(each, day) for each in (dimension if row == ALL else [row]) for day in days}, cell


PLAYS = [
    # A quarter, a second, and the half year of both.
    [(0, 28), (28, 56), (0, 56)],
    # The half year first, then its quarters.
    [(0, 56), (0, 28), (28, 56)],
    # An event that reaches from one quarter into the next.
    [(0, 28), (28, 56), (21, 35)],
    # A quarter, and an event within it.
    [(0, 28), (7, 20)],
    # The last two are told by the first, though they don't touch.
    [(14, 49), (35, 49), (14, 35)],
]


def what_is_known(submissions, plays):
    """Small counts of a row in a slice of time, or in a published period, that follow from all that was published."""
    reviews = []
    for begin, end in plays:
        period = Period(FIRST_DAY + timedelta(days=begin), FIRST_DAY + timedelta(days=end))
        reviews.append(published(submissions, period, reviews))
    cuts = sorted({FIRST_DAY + timedelta(days=day) for play in plays for day in play})
    slices = list(pairwise(cuts))
    stretches = [*slices, *((review.period.begin, review.period.end) for review in reviews)]

    for table, dimension, field in (
        ("asked_doors", DOORS, "door"),
        ("fate", list(FATES), "fate"),
        ("sources", PUBLISHERS, "publisher"),
    ):
        of = [each for each in submissions if table != "sources" or each["fate"] in ("at_once", "suggestion", "later")]
        unknown = {(row, begin) for row in dimension for begin, _ in slices}
        said = [
            ({piece for piece in pieces if piece in unknown}, total)
            for pieces, total in sums_of(reviews, table, dimension)
        ]
        for row in dimension:
            for begin, end in stretches:
                true = sum(each[field] == row and begin <= each["day"] < end for each in of)
                if 0 < true < 10:
                    wanted = {(row, day) for day, _ in slices if begin <= day < end}
                    least, most = bounds(unknown, said, wanted)
                    if least == most:
                        yield table, row, begin, end


@pytest.mark.parametrize("plays", PLAYS)
@pytest.mark.parametrize("seed", range(4))
def test_no_small_count_can_be_worked_out_of_all_quarters_and_years(plays, seed):
    dice = random.Random(seed)

    assert list(what_is_known(population(dice, dice.choice([60, 150, 400]), 56), plays)) == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100))
def test_nor_of_any_periods_that_overlap_in_any_way_in_any_order(seed):
    dice = random.Random(seed)
    plays = [sorted(dice.sample(range(0, 57, 7), 2)) for _ in range(dice.randrange(2, 6))]

    assert list(what_is_known(population(dice, dice.choice([40, 80, 150, 400, 900]), 56), plays)) == []


@pytest.mark.parametrize("seed", range(4))
def test_no_week_can_be_worked_out_of_an_event_that_begins_within_it(seed):
    dice = random.Random(seed)
    submissions = population(dice, dice.choice([80, 300]), 28)
    quarter = Period(FIRST_DAY, FIRST_DAY + timedelta(days=28))
    event = Period(FIRST_DAY + timedelta(days=6), FIRST_DAY + timedelta(days=17))
    first = published(submissions, quarter)
    second = published(submissions, event, [first])

    unknown = {(FIRST_DAY + timedelta(days=day)) for day in range(28)}
    said = []
    for review in (first, second):
        for week, cell in review.tables["asked_weeks"].rows:
            if cell != HIDDEN:
                said.append(
                    ({day for day in unknown if review.period.holds_day(day) and week in (ALL, week_of(day))}, cell)
                )
    parts = {(week_of(day), event.holds_day(day)) for day in unknown}
    for part in parts:
        days = {day for day in unknown if (week_of(day), event.holds_day(day)) == part}
        true = sum(each["day"] in days for each in submissions)
        if 0 < true < 10:
            least, most = bounds(unknown, said, days)
            assert least != most


def test_a_corrected_table_does_not_tell_who_was_taken_out():
    """Three people erased their questions between two editions: their number is nobody's to know."""
    dice = random.Random(1)
    submissions = population(dice, 400, 28)
    quarter = Period(FIRST_DAY, FIRST_DAY + timedelta(days=28))
    first = published(submissions, quarter)

    second = published(submissions[3:], quarter, [first])

    totals = {name: dict(second.tables[name].rows)[ALL] for name in ("asked_weeks", "asked_doors", "fate")}
    assert set(totals.values()) == {HIDDEN}


def test_the_same_table_again_hides_nothing_more():
    submissions = population(random.Random(2), 400, 28)
    quarter = Period(FIRST_DAY, FIRST_DAY + timedelta(days=28))
    first = published(submissions, quarter)

    assert published(submissions, quarter, [first]).tables == first.tables


def test_quarters_that_lie_beside_each_other_hide_nothing_of_each_other():
    submissions = population(random.Random(3), 400, 56)
    first = published(submissions, Period(FIRST_DAY, FIRST_DAY + timedelta(days=28)))
    later = Period(FIRST_DAY + timedelta(days=28), FIRST_DAY + timedelta(days=56))

    assert published(submissions, later, [first]).tables == published(submissions, later).tables


def test_areas_of_an_overlapping_period_are_not_named_where_a_difference_is_small():
    tree = {"vn": "vn", "c1": "vn", "c2": "vn"}

    def areas(period, *rows):
        return Published(
            period, {"coverage_area": BaseTable.of("coverage_area", TABLES["coverage_area"].columns, rows)}, tree
        )

    quarter = Period(FIRST_DAY, FIRST_DAY + timedelta(days=90))
    event = Period(FIRST_DAY + timedelta(days=10), FIRST_DAY + timedelta(days=30))
    before = areas(quarter, ("c1", "own", 30, 10), ("vn", "rest", 40, 0))

    assert beside(areas(event, ("c1", "own", 27, 10)), [before])["coverage_area"].rows == ()
    assert beside(areas(event, ("c1", "own", 20, 10)), [before])["coverage_area"].rows != ()


@pytest.mark.parametrize("seed", range(10))
def test_tables_of_one_review_give_nothing_away_by_themselves(seed):
    dice = random.Random(seed)
    review = published(
        population(dice, dice.choice([5, 30, 150, 400]), 28), Period(FIRST_DAY, FIRST_DAY + timedelta(days=28))
    )

    assert [name for name in GUARDED if leaks(name, [review])] == []


def test_publishers_do_not_give_back_what_became_of_submissions():
    """All that were answered is all less two parts, of which one is hidden beside one of the others."""
    submissions = counted([], Period(FIRST_DAY, FIRST_DAY + timedelta(days=28)))
    fates = {"at_once": 100, "suggestion": 0, "later": 12, "not_checkable": 40, "waiting": 4}
    tables = base_tables(
        Counts(
            submissions=Submissions(
                weeks={"2026-W01": 156},
                doors={"web": 156},
                fates=fates,
                squares=156,
                squares_checkable=116,
                publishers={"Báo A": 112},
                squares_answered=112,
                reported=0,
                squares_at_once=100,
                with_accents=Clustered(60, 80, 80),
                without_accents=Clustered(40, 76, 76),
                others=submissions.others,
            )
        )
    )

    assert dict(tables["fate"].rows) == {
        "at_once": 100,
        "suggestion": HIDDEN,
        "later": HIDDEN,
        "waiting": HIDDEN,
        "not_checkable": 40,
        ALL: 156,
    }
    assert tables["sources"].rows == ((ALL, HIDDEN),)
    assert tables["sources_clusters"].rows == ((HIDDEN, HIDDEN),)


def test_answers_of_a_few_people_are_not_shown_though_they_are_many():
    few = Counts(
        submissions=counted([], Period(FIRST_DAY, FIRST_DAY + timedelta(days=28))),
        finished=3,
        first_ten=Clustered(20, 30, 300),
        last_ten=Clustered(25, 30, 300),
    )

    tables = base_tables(few)

    assert tables["practice_finished"].rows == ((HIDDEN,),)
    assert {cell for row in tables["practice"].rows for cell in row[1:]} == {HIDDEN}


def test_counts_that_contradict_each_other_are_refused():
    good = counted(population(random.Random(1), 50, 28), Period(FIRST_DAY, FIRST_DAY + timedelta(days=28)))
    wrong = {name: getattr(good, name) for name in good.__slots__} | {"doors": {"web": 3}}

    with pytest.raises(BadCounts, match="submissions by door are 3, by what became of them 50"):
        base_tables(Counts(submissions=Submissions(**wrong)))

"""What somebody can work out from sums: all of it is found, and nothing that isn't so."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from thuchu.figures.sums import Sums

counts = st.lists(st.integers(0, 30), min_size=2, max_size=6)
subsets = st.lists(st.sets(st.integers(0, 5), min_size=1), max_size=6)


def told(true, groups):
    sums = Sums()
    for group in groups:
        within = [place for place in group if place < len(true)]
        if within:
            sums.add(within, sum(true[place] for place in within))
    return sums


def follows(true, groups, wanted):
    """By fractions: does the sum that is wanted lie in the span of those that were told?  Zeros are left out."""
    nothing = {
        place for group in groups if sum(true[place] for place in group if place < len(true)) == 0 for place in group
    }
    width = [place for place in range(len(true)) if place not in nothing]
    rows = [[Fraction(place in group) for place in width] for group in groups]
    return rank([*rows, [Fraction(place in wanted) for place in width]]) == rank(rows)


def rank(rows):
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
        found += 1
    return found


@given(counts, subsets, st.sets(st.integers(0, 5), min_size=1))
def test_what_is_found_is_so_and_what_follows_is_found(true, groups, wanted):
    groups = [[place for place in group if place < len(true)] for group in groups]
    groups = [group for group in groups if group]
    wanted = [place for place in wanted if place < len(true)]
    mentioned = {place for group in groups for place in group}

    known = told(true, groups).known(wanted)

    if wanted and set(wanted) <= mentioned:
        assert (known is not None) == follows(true, groups, wanted)
    if known is not None:
        assert known == sum(true[place] for place in wanted)


def test_a_year_less_three_quarters_is_a_quarter():
    sums = Sums()
    sums.add("1234", 400)
    for quarter in "124":
        sums.add(quarter, 131)

    assert sums.known("3") == 7
    assert sums.known("34") == 138
    assert sums.known("5") is None


def test_where_all_are_none_each_is_none():
    sums = Sums()
    sums.add("abc", 12)
    assert sums.known("a") is None

    sums.add("bc", 0)

    assert (sums.known("a"), sums.known("b")) == (12, 0)


def test_another_number_for_what_is_known_is_told_by_how_much():
    sums = Sums()
    sums.add("ab", 100)
    sums.add("a", 60)
    sums.add("b", 37)

    assert sums.contradictions() == [3]

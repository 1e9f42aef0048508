"""What is asked in a drill's flood: made up, repeatable, a few messages by very many."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu import privacy
from thuchu.desk.drill.asking import DISTINCT_MAX, flood
from thuchu.procedure import asked_about


@given(st.integers(1, DISTINCT_MAX), st.integers(0, 400), st.integers(0, 2**32))
def test_every_message_is_asked_and_nothing_else(distinct, more, seed):
    made = flood(distinct + more, distinct, seed)

    assert len(made.order) == distinct + more
    assert set(made.order) == set(range(distinct))
    assert len(set(made.messages)) == distinct
    assert made == flood(distinct + more, distinct, seed)


def test_a_few_messages_are_most_of_it():
    made = flood(20_000, 200, 1)

    counts = Counter(made.order)
    assert [counts[each] for each in made.most_asked(3)] == sorted(counts.values(), reverse=True)[:3]
    assert sum(counts[each] for each in made.most_asked(10)) > 0.4 * 20_000


@pytest.mark.parametrize(("questions", "distinct"), [(10, 11), (10, 0), (10_000, DISTINCT_MAX + 1)])
def test_what_can_not_be_asked_is_said(questions, distinct):
    with pytest.raises(ValueError, match="must be 1 to"):
        flood(questions, distinct, 1)


def test_nothing_in_it_is_anybodys_and_most_of_it_no_fact_answers():
    made = flood(DISTINCT_MAX, DISTINCT_MAX, 3)

    assert all(privacy.scrub(message).findings == () for message in made.messages)
    # The queue is what the flood is for: what pinned facts answer never comes there.
    assert sum(not asked_about(message, "election") for message in made.messages) > DISTINCT_MAX / 2

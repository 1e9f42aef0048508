"""The chain of entries: what it notices."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.log.chain import EMPTY, ChainBroken, extend, verify
from thuchu.log.entry import GENESIS, Entry, NotCanonical, canonical_json, entry_hash

values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text("abcăđ0 \n", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abcxyz", max_size=4), inner, max_size=3),
    max_leaves=6,
)
bodies = st.dictionaries(st.text("abcxyz", max_size=5), values, max_size=4)


def chain_of(all_bodies):
    rows, head = [], EMPTY
    for seq, body in enumerate(all_bodies, start=1):
        entry = Entry(seq, 1_700_000_000_000 + seq, "import.finished", f"publisher:{seq}", body)
        head = extend(head, entry)
        rows.append((entry, head.hash))
    return rows, head


def test_the_bytes_of_an_entry_are_written_down_for_ever():
    """A change of these bytes would break every ledger that exists: the hash stands here by hand."""
    entry = Entry(1, 1_764_000_000_000, "import.finished", "publisher:mẫu", {"records": 2, "file": "a.jsonl"})

    canonical = (
        '{"body":{"file":"a.jsonl","records":2},"kind":"import.finished","seq":1,'
        '"subject":"publisher:mẫu","time_ms":1764000000000}'
    ).encode()

    assert entry_hash(GENESIS, entry) == hashlib.sha256(b"thuchu ledger entry 1\n" + bytes(32) + canonical).digest()


@given(st.lists(bodies, max_size=6))
def test_an_untouched_chain_verifies(all_bodies):
    rows, head = chain_of(all_bodies)

    assert verify(rows) == head


@given(st.lists(bodies, min_size=2, max_size=6), st.data())
def test_a_changed_missing_or_moved_entry_is_noticed(all_bodies, data):
    rows, _ = chain_of(all_bodies)
    place = data.draw(st.integers(0, len(rows) - 2))
    entry, stored = rows[place]
    tampered = {
        "changed": [*rows[:place], (replace(entry, subject="someone else"), stored), *rows[place + 1 :]],
        "missing": rows[:place] + rows[place + 1 :],
        "moved": [*rows[:place], rows[place + 1], rows[place], *rows[place + 2 :]],
    }[data.draw(st.sampled_from(["changed", "missing", "moved"]))]

    with pytest.raises(ChainBroken):
        verify(tampered)


@given(bodies)
def test_key_order_changes_no_byte(body):
    backwards = dict(reversed(list(body.items())))

    assert canonical_json(backwards) == canonical_json(body)


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"share": 0.5}, "body.share"),
        ({"rows": [1, 2**53]}, r"body.rows\[1\]"),
        ({"name": "e\u0302"}, "body.name"),
        ({"name": "\ud800"}, "body.name"),
        ({1: "a"}, "body"),
        ({"a": {"b": object()}}, "body.a.b"),
    ],
)
def test_what_two_languages_would_write_differently_is_refused_with_its_place(body, place):
    with pytest.raises(NotCanonical, match=place):
        canonical_json(body)

"""Tables of ratings that the tests share."""

from dataclasses import replace

import numpy as np

from thuchu.consensus import ratings, tags
from thuchu.consensus.ratings import Ratings

# CONSENSUS section 11: 6 raters (rows) × 5 notes; "-" is no rating, "h" a half.
TOY = """
    1 1 0 h -
    1 1 0 - 0
    1 h 0 1 0
    h 1 h h -
    1 0 1 - h
    h 0 1 1 0
"""
_VALUE = {"0": 0.0, "h": 0.5, "1": 1.0}


def drawn(table: str) -> Ratings:
    """A table as drawn: a row a rater, a column a note."""
    rows = [
        (note, rater, _VALUE[mark])
        for rater, line in enumerate(table.split("\n")[1:-1])
        for note, mark in enumerate(line.split())
        if mark != "-"
    ]
    return ratings.read(*(list(column) for column in zip(*rows, strict=True)))


def two_camps(seed: int, n_raters: int = 40, n_notes: int = 60, per_note: int = 12, share: float = 0.5) -> Ratings:
    """Raters of two sides, notes that lean, and a bit of luck."""
    random = np.random.default_rng(seed)
    side = np.where(np.arange(n_raters) < share * n_raters, 1.0, -1.0)
    lean = random.choice([-1.0, 0.0, 1.0], n_notes)
    quality = random.normal(0, 0.7, n_notes)
    note = np.repeat(np.arange(n_notes), per_note)
    rater = np.concatenate([random.choice(n_raters, per_note, replace=False) for _ in range(n_notes)])
    liking = quality[note] + side[rater] * lean[note] + random.normal(0, 0.5, len(note))
    return ratings.read(note, rater, np.digitize(liking, [-0.2, 0.2]) * 0.5)


def tagged(seed: int, n_raters: int = 60, n_notes: int = 90, per_note: int = 20) -> Ratings:
    """Two camps who tick tags: one or two beside each rating, a helpful one beside a helpful one."""
    plain, random = two_camps(seed, n_raters, n_notes, per_note), np.random.default_rng(seed + 1_000)
    ticks = np.zeros(len(plain), dtype=np.uint32)
    for _ in range(2):
        helpful = random.choice([tags.bit(name) for name in tags.HELPFUL_TAGS], len(plain))
        against = random.choice([tags.bit(name) for name in tags.NOT_HELPFUL_TAGS], len(plain))
        ticks |= np.where(plain.level == 2, helpful, np.where(plain.level == 0, against, 0)).astype(np.uint32)
    return replace(plain, tags=ticks)


def in_columns(ratings: Ratings) -> dict[str, np.ndarray]:
    """As a file holds them: a column a tag where there are tags."""
    table = {"rater": ratings.rater, "note": ratings.note, "rating": ratings.value}
    if ratings.tags is not None:
        table |= {name: tags.ticked(ratings.tags, name).astype(np.int8) for name in tags.NAMES if name != tags.SAMPLED}
    return table


def scattered(seed: int) -> Ratings:
    """A small table of any shape: one rater, one note, everything the same, camps that never meet, rows told twice."""
    random = np.random.default_rng(seed)
    n_raters, n_notes = int(random.integers(1, 12)), int(random.integers(1, 12))
    table = random.random((n_raters, n_notes)) < random.choice([0.2, 0.5, 1.0])
    if random.random() < 0.2:
        table[: n_raters // 2, n_notes // 2 :] = table[n_raters // 2 :, : n_notes // 2] = False
    table[0, 0] = True
    rater, note = np.nonzero(table)
    values = np.full(len(note), 1.0) if random.random() < 0.2 else random.choice([0.0, 0.5, 1.0], len(note))
    again = np.concatenate((np.arange(len(note)), random.choice(len(note), len(note) // 3)))
    return ratings.read(note[again], rater[again], values[again])

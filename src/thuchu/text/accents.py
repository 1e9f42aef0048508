"""Accents put back: of all ways to read a text typed without them, the likeliest by what stands beside what elsewhere.

Knows no words of its own.  Whoever calls brings the readings of each syllable, counted in texts of the same matter.
"""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise

from thuchu.text.folding import fold_word

# A text with a smaller share of accented words was typed without them; names and slips stay below.
ACCENTED_SHARE_MIN = 0.10
# What a reading owes to the syllable before it, the rest to itself.
_PAIR_SHARE = 0.9
# Readings of one syllable that are weighed; the seventh is never right often enough to pay for its time.
_READINGS_MAX = 6

# The number of a written form; the caller knows which.
Reading = int


def is_typed_without_accents(words: Sequence[str]) -> bool:
    """Whether fewer than ACCENTED_SHARE_MIN of `words` (lower case) carry an accent; True for no words."""
    return sum(word != fold_word(word) for word in words) < ACCENTED_SHARE_MIN * max(len(words), 1)


def is_typed_with_accents(text: str, language: str) -> bool | None:
    """Whether a text in Vietnamese, "vi", has its accents; None for one in another language."""
    if language != "vi":
        return None
    return not text.isascii() and not is_typed_without_accents(text.lower().split())


def restore(
    syllables: Sequence[Mapping[Reading, float]], pairs: Mapping[tuple[Reading, Reading], float]
) -> list[Reading | None]:
    """The likeliest reading of each syllable (Viterbi), None where a syllable has none.

    syllables  readings of each syllable in order, with how often each was seen
    pairs      how often two readings stood side by side
    ties       the reading named first wins
    """
    restored: list[Reading | None] = []
    stretch: list[Mapping[Reading, float]] = []
    for readings in syllables:
        if readings:
            stretch.append(readings)
            continue
        restored += _best_path(stretch, pairs)
        restored.append(None)
        stretch = []
    return [*restored, *_best_path(stretch, pairs)]


def _best_path(
    stretch: Sequence[Mapping[Reading, float]], pairs: Mapping[tuple[Reading, Reading], float]
) -> list[Reading]:
    if not stretch:
        return []
    kept = [dict(sorted(readings.items(), key=lambda item: -item[1])[:_READINGS_MAX]) for readings in stretch]
    score = {reading: math.log(count / sum(kept[0].values())) for reading, count in kept[0].items()}
    back: list[dict[Reading, Reading]] = []
    for before, here in pairwise(kept):
        total = sum(here.values())
        step: dict[Reading, float] = {}
        origin: dict[Reading, Reading] = {}
        for reading, count in here.items():
            alone = (1 - _PAIR_SHARE) * count / total
            ways = {
                other: score[other] + math.log(_PAIR_SHARE * pairs.get((other, reading), 0.0) / seen + alone)
                for other, seen in before.items()
            }
            origin[reading] = max(ways, key=ways.__getitem__)
            step[reading] = ways[origin[reading]]
        back.append(origin)
        score = step
    path = [max(score, key=score.__getitem__)]
    for origin in reversed(back):
        path.append(origin[path[-1]])
    return path[::-1]

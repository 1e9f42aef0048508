"""How likely a question is about each field, from weights that were learned from questions of our own writing.

A log-linear model: what is found in a question (a concept, a pair of them, a rule's voice, a word, a pair of words)
speaks for and against each field, and "-" stands for none.  The weights are a file that can be read and reviewed
(`election_weights.tsv`); `bench/learn_election_weights.py` writes it.  The same text always has the same
shares.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import combinations, pairwise

from thuchu.procedure.cues import Cues, scores

# The class of questions about no field.
NONE = "-"
# Weights are written down in hundredths.
SCALE = 100
# Words share this much however many they are, so that a long rumour isn't decided by its length.
_WORDS_VOICE = 4.0
_PAIR_VOICE = 0.5
# A rule's weight is counted in parts of the strongest.
_RULE_VOICE = 0.1
# Punctuation, and what units of places are called: no word of what is asked.
_NO_WORDS = frozenset(",;:.!?()") | {"xa", "phuong", "p", "commune", "ward"}


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by feature, a column a class; `start` is what stands without any feature."""

    classes: tuple[str, ...]
    start: tuple[float, ...]
    of: Mapping[str, tuple[float, ...]]

    def shares(self, features: Mapping[str, float]) -> dict[str, float]:
        """How likely each class is; they add up to one."""
        sums = list(self.start)
        for name, value in features.items():
            for at, weight in enumerate(self.of.get(name, ())):
                sums[at] += weight * value
        highest = max(sums)
        parts = [math.exp(each - highest) for each in sums]
        return {code: part / sum(parts) for code, part in zip(self.classes, parts, strict=True)}


def features(cues: Cues, words: str, found: frozenset[str]) -> dict[str, float]:
    """What speaks in a question, with how loud it does."""
    said = dict.fromkeys(_words(words), 0.0)
    voice = _WORDS_VOICE / math.sqrt(max(1, len(said)))
    features = dict.fromkeys(said, voice)
    features.update((f"c:{name}", 1.0) for name in found)
    if found.isdisjoint(cues.context):
        features["c:no context"] = 1.0
    if cues.silenced(found):
        features["c:silenced"] = 1.0
    telling = sorted(found.difference(cues.context))
    features.update((f"p:{one}+{other}", _PAIR_VOICE) for one, other in combinations(telling, 2))
    features.update((f"r:{field}", _RULE_VOICE * weight) for field, weight in scores(cues, found).items())
    return features


@lru_cache(maxsize=1)
def election_weights() -> Weights:
    """The weights that ship with the desk."""
    return parsed(files("thuchu.procedure").joinpath("election_weights.tsv").read_text("utf-8"))


def parsed(text: str) -> Weights:
    """Weights from their file: a head with the classes, a row a feature, hundredths, an empty cell for nothing."""
    head, first, *rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return Weights(
        classes=tuple(head[1:]), start=_numbers(first[1:]), of={name: _numbers(cells) for name, *cells in rows}
    )


def _numbers(cells: list[str]) -> tuple[float, ...]:
    return tuple(int(cell or 0) / SCALE for cell in cells)


def _words(words: str) -> Iterator[str]:
    said = [word for word in words.split() if word not in _NO_WORDS]
    yield from (f"w:{word}" for word in said)
    yield from (f"b:{one} {other}" for one, other in pairwise(said))

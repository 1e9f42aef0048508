"""One thing, several everyday names: a message about a `nhà băng` finds the fact-check about an `ngân hàng`.

The tables beside this file (thesaurus_vi.txt, thesaurus_en.txt) hold a concept a line, its names parted by bars.  They
were written for this project from general knowledge; no text of any collection stands behind them.
"""

from collections.abc import Callable, Iterator, Sequence
from importlib.resources import files

# Languages that a table was written for.
CONCEPT_LANGUAGES = ("vi", "en")
# What no word begins with: marks a concept among the terms of a text.
CONCEPT_MARK = "§"


class Concepts:
    """The concepts of one language, found by their names among the folded terms of a text."""

    def __init__(self, language: str, read: Callable[[str], Sequence[str]]) -> None:
        """`read` gives the folded terms of a name, as it gives those of a text."""
        self._concept_of: dict[tuple[str, ...], str] = {}
        for names in _lines(language):
            terms = [tuple(read(name)) for name in names]
            for name in terms:
                self._concept_of.setdefault(name, CONCEPT_MARK + "".join(terms[0]))
        # Of how many terms the names are that begin with this one, the longest first: most terms begin none.
        lengths: dict[str, set[int]] = {}
        for name in self._concept_of:
            lengths.setdefault(name[0], set()).add(len(name))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def named(self, folded: Sequence[str]) -> list[str]:
        """The marks of the concepts that a text of these folded terms names, each once, in order.

        A name inside a longer one is not read: who writes `not dangerous` does not say `dangerous`.
        """
        found: dict[str, None] = {}
        place = 0
        while place < len(folded):
            concept, length = self._at(folded, place)
            if concept:
                found[concept] = None
            place += length
        return list(found)

    def _at(self, folded: Sequence[str], place: int) -> tuple[str, int]:
        """The concept of the longest name that begins here and its terms; "" and 1 where none does."""
        for length in self._lengths.get(folded[place], ()):
            concept = self._concept_of.get(tuple(folded[place : place + length]))
            if concept is not None:
                return concept, length
        return "", 1


def is_concept(term: str) -> bool:
    return term.startswith(CONCEPT_MARK)


def _lines(language: str) -> Iterator[list[str]]:
    table = files("thuchu.matching").joinpath(f"thesaurus_{language}.txt").read_text("utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            yield line.split(" | ")

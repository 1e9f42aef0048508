"""One thing, several everyday names: a message about a `nhà băng` finds the fact-check about an `ngân hàng`.

The tables beside this file (thesaurus_vi.txt, thesaurus_en.txt) hold a concept a line, its names parted by bars.  They
were written for this project from general knowledge; no text of any collection stands behind them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files

# Languages that a table was written for.
CONCEPT_LANGUAGES = ("vi", "en")
# What no word begins with: marks a concept among the terms of a text.
CONCEPT_MARK = "§"


class Concepts:
    """Concepts found by their names among the folded terms of a text."""

    def __init__(self, table: Iterable[Sequence[str]], read: Callable[[str], Sequence[str]]) -> None:
        """Each row of `table` names one concept; `read` gives the folded terms of a name, as of a text."""
        self._concept_of: dict[tuple[str, ...], str] = {}
        for names in table:
            terms = [tuple(read(name)) for name in names]
            for name in terms:
                self._concept_of.setdefault(name, CONCEPT_MARK + "".join(terms[0]))
        # How names begin, so that nearly all places of a text are passed over at a glance: their first two terms, ""
        # behind a name of one; and of how many terms the names are that begin so, the longest first.
        lengths: dict[tuple[str, str], set[int]] = {}
        for name in self._concept_of:
            lengths.setdefault((name[0], name[1] if len(name) > 1 else ""), set()).add(len(name))
        self._lengths = {beginning: sorted(found, reverse=True) for beginning, found in lengths.items()}
        self._single = {first for first, second in lengths if not second}

    def named(self, folded: Sequence[str]) -> list[str]:
        """The marks of the concepts that a text of these folded terms names, each once, in order.

        A name inside a longer one is not read: who writes `not dangerous` does not say `dangerous`.
        """
        lengths, single, found, read = self._lengths, self._single, dict[str, None](), 0
        pairs = zip(folded, [*folded[1:], ""], strict=False)
        for place in [place for place, pair in enumerate(pairs) if pair in lengths or pair[0] in single]:
            if place >= read:
                concept, length = self._at(folded, place)
                found[concept] = None
                read = place + length
        found.pop("", None)
        return list(found)

    def _at(self, folded: Sequence[str], place: int) -> tuple[str, int]:
        """The concept of the longest name that begins here and its terms; "" and 1 where none does."""
        first, second = folded[place], folded[place + 1] if place + 1 < len(folded) else ""
        for length in (*self._lengths.get((first, second), ()), 1):
            concept = self._concept_of.get(tuple(folded[place : place + length]))
            if concept is not None:
                return concept, length
        return "", 1


def is_concept(term: str) -> bool:
    return term.startswith(CONCEPT_MARK)


def thesaurus(language: str) -> Iterator[list[str]]:
    """The names of each concept of the language's table."""
    table = files("thuchu.matching").joinpath(f"thesaurus_{language}.txt").read_text("utf-8")
    for line in table.splitlines():
        if line and not line.startswith("#"):
            yield line.split(" | ")

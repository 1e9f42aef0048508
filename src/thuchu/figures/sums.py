"""What follows from known sums over unknown counts: linear elimination, in whole numbers modulo a prime.

Modulo a prime nothing grows and nothing is rounded.  That a number which isn't known comes out as known, by chance, is
as likely as one in 2^61; that a known one is missed, as little.
"""

from collections.abc import Hashable, Iterable

# A Mersenne prime, far above every count and every coefficient met on the way.
_PRIME = 2**61 - 1
# A difference below zero comes out just below the prime.
_NEGATIVE = _PRIME // 2

_Row = dict[int, int]


class Sums:
    """Sums go in by `add`; `known` tells what any other sum of the same counts must then be."""

    def __init__(self) -> None:
        self._places: dict[Hashable, int] = {}
        # Each row begins with its largest place, with a one; all others that have it are rid of it by this row.
        self._rows: dict[int, tuple[_Row, int]] = {}
        self._nothing: set[int] = set()
        self._contradictions: list[int] = []
        self._said: list[tuple[list[int], int]] = []

    def __len__(self) -> int:
        """How many sums were told."""
        return len(self._said)

    def add(self, pieces: Iterable[Hashable], total: int) -> None:
        """These counts add up to that; none of them is below zero."""
        places = [self._places.setdefault(piece, len(self._places)) for piece in pieces]
        self._said.append((places, total))
        if total == 0 and not self._nothing.issuperset(places):
            # Nothing in all is nothing in each: what was said before says more now.
            self._nothing.update(places)
            self._begin_anew()
        else:
            self._take(places, total)

    def known(self, pieces: Iterable[Hashable]) -> int | None:
        """What these counts must add up to; None where it doesn't follow, or is nothing anybody could have counted."""
        places = [self._places.get(piece, -1) for piece in pieces]
        if -1 in places:
            return None
        rest, value = self._reduced(dict.fromkeys(set(places) - self._nothing, 1), 0)
        total = -value % _PRIME
        return None if rest or total > _NEGATIVE else total

    def contradictions(self) -> list[int]:
        """By how much sums that were told differ from what follows from those told before."""
        return list(self._contradictions)

    def _begin_anew(self) -> None:
        self._rows.clear()
        self._contradictions.clear()
        for places, total in self._said:
            self._take(places, total)

    def _take(self, places: Iterable[int], total: int) -> None:
        rest, value = self._reduced(dict.fromkeys(set(places) - self._nothing, 1), total)
        if not rest:
            if value:
                self._contradictions.append(min(value, _PRIME - value))
            return
        first = max(rest)
        inverse = pow(rest[first], -1, _PRIME)
        row = {place: factor * inverse % _PRIME for place, factor in rest.items()}
        self._rows[first] = (row, value * inverse % _PRIME)

    def _reduced(self, row: _Row, value: int) -> tuple[_Row, int]:
        """What is left of a row and of its total when the rows before were taken from it as often as they fit."""
        rest: _Row = {}
        while row:
            place = max(row)
            factor = row.pop(place)
            if place not in self._rows:
                rest[place] = factor
                continue
            other, total = self._rows[place]
            value = (value - factor * total) % _PRIME
            for each, times in other.items():
                if each != place:
                    left = (row.get(each, 0) - factor * times) % _PRIME
                    if left:
                        row[each] = left
                    else:
                        row.pop(each, None)
        return rest, value

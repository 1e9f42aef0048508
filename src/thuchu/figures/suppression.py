"""Small counts are not published, and can't be worked out from what is (rule 7).

Behind "2 people in this commune" stands somebody whom neighbours know.  So counts of one to nine are hidden, and then
as many others as it takes: what is hidden in a table is two cells at least and adds up to ten at least.  Zeros beside a
hidden cell are hidden with it, or else ten hidden ones that add up to ten would be ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from thuchu.figures.tables import Cell
from thuchu.privacy.small_counts import SHOWN_MIN

# Stands in a cell in place of a number.
HIDDEN = "hidden"
# The row of a table that all others add up to.
ALL = "all"


def is_small(count: int) -> bool:
    """Is it a count that isn't shown?"""
    return 0 < count < SHOWN_MIN


def hidden_of(counts: Mapping[str, int]) -> frozenset[str]:
    """Which parts of a sum that is public are hidden; all of them where the sum itself is too small.

    Of two equal counts the one whose name is smaller goes first, so that the same counts hide the same cells.
    """
    if sum(counts.values()) < SHOWN_MIN:
        return frozenset(counts)
    if not any(is_small(count) for count in counts.values()):
        return frozenset()
    order = sorted(counts, key=lambda key: (counts[key], key))
    hidden = [key for key in order if counts[key] < SHOWN_MIN]
    for key in order[len(hidden) :]:
        if _is_enough([counts[each] for each in hidden]):
            break
        hidden.append(key)
    return frozenset(hidden)


def _is_enough(hidden: Sequence[int]) -> bool:
    # Who knows that each of them is below ten would know them all if all were nine.
    all_known = sum(hidden) == (SHOWN_MIN - 1) * len(hidden)
    return len(hidden) >= 2 and sum(hidden) >= SHOWN_MIN and not all_known


def shown(counts: Mapping[str, int]) -> list[tuple[str, Cell]]:
    """Rows of a table of parts and their sum (`ALL`), small ones hidden."""
    hidden, total = hidden_of(counts), sum(counts.values())
    rows: list[tuple[str, Cell]] = [(part, HIDDEN if part in hidden else count) for part, count in counts.items()]
    return [*rows, (ALL, total if total >= SHOWN_MIN else HIDDEN)]


def share_is_shown(part: int, whole: int) -> bool:
    """May a share be told with both its numbers?  Neither the part nor what is left of the whole may be small."""
    return whole >= SHOWN_MIN and not is_small(part) and not is_small(whole - part)


@dataclass(frozen=True, slots=True)
class Group:
    """Claims about an area: about all of it (own), or about what is left of it beside areas named apart (rest)."""

    area: str
    scope: str
    claims: int
    answered: int


OWN, REST = "own", "rest"


def pooled(about: Mapping[str, AbstractSet[int]], answered: AbstractSet[int], tree: Mapping[str, str]) -> list[Group]:
    """Areas with ten claims at least; smaller ones are counted with the one around them, up to the outermost.

    about    area -> the claims about it; a claim about two areas that are counted together counts once
    tree     area -> the area that it lies in; an outermost one lies in itself
    returns  groups that lie beside each other, so that nothing is left to be subtracted; by area
    """
    left: dict[str, set[int]] = {area: set(claims) for area, claims in about.items()}
    named: dict[str, set[int]] = {}
    for area in _deepest_first(about, tree):
        claims, around = left.pop(area, set()), tree.get(area, area)
        if len(claims) >= SHOWN_MIN:
            named[area] = claims
        elif around != area:
            left.setdefault(around, set()).update(claims)
        elif claims:
            _take_in(named, area, claims, tree)
    has_named_below = {place for area in named for place in way_up(area, tree)[1:]}
    return [
        Group(area, REST if area in has_named_below else OWN, len(claims), len(claims & answered))
        for area, claims in sorted(named.items())
    ]


def _deepest_first(areas: Iterable[str], tree: Mapping[str, str]) -> list[str]:
    """These areas and all around them, each before the one that it lies in."""
    depths = {place: len(way_up(place, tree)) for area in areas for place in way_up(area, tree)}
    return sorted(depths, key=lambda area: (-depths[area], area))


def way_up(area: str, tree: Mapping[str, str]) -> list[str]:
    """An area, the one around it, and so on to the outermost; one that the tree doesn't know stands alone."""
    way = [area]
    while (around := tree.get(way[-1], way[-1])) not in way:
        way.append(around)
    return way


def _take_in(named: dict[str, set[int]], area: str, claims: set[int], tree: Mapping[str, str]) -> None:
    """A few claims are left over in an outermost area: the smallest one in it joins them until they are enough.

    Only an area with no other around it that is named: what is within that one would be taken for its own.
    """
    while len(claims) < SHOWN_MIN:
        free = [
            place
            for place in named
            if area in way_up(place, tree) and not any(around in named for around in way_up(place, tree)[1:])
        ]
        if not free:
            return
        smallest = min(free, key=lambda place: (len(named[place]), place))
        claims |= named.pop(smallest)
    named[area] = claims

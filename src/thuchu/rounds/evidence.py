"""The rule of evidence that two people declare for an event before it begins, and which notes it binds.

It asks one thing: a source on an official host that the declaration names, or sources of two different owners.  It is
never anybody's act on one note (rule 4): what a round has found helpful already isn't bound when its claim comes under
the event, and once the event has begun no claim is released and the rule stays.  An edited note is looked at anew.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

EVENT_EVIDENCE = "event_evidence"
# What it asks, as rules.json of a dump says it.
SENTENCE = (
    "Its claim is under an event for which two people declared before it began that a helpful note rests on a page of "
    "an official host that they named, or on sources of two different owners; this one doesn't."
)
# Another number is another rule; a round names it beside its rule set, so that nobody computes it by one they lack.
VERSION = 1
INDEPENDENT_MIN = 2

# Of one source: the digests of its host and of those above it, the one that somebody registered last.
Chain = tuple[str, ...]


def digest_of_host(host: str) -> str:
    """How entries name a host: its SHA-256, since somebody's name may be in it."""
    return hashlib.sha256(host.encode()).hexdigest()


def chain_of(host: str, registered: str) -> list[str]:
    """The digests of a host and of those above it, up to the one that somebody registered."""
    names = [host]
    while names[-1] != registered and names[-1].endswith(f".{registered}"):
        names.append(names[-1].partition(".")[2])
    return [digest_of_host(name) for name in names]


class EvidenceRules:
    """Entries go in by the `read_` methods, in their order; `fails` answers as of the last one.

    is_helpful  did the last round find the version of that note which stands helpful?
    """

    def __init__(self, is_helpful: Callable[[int], bool]) -> None:
        self._is_helpful = is_helpful
        # An event's beginning, in milliseconds; and those that have begun, whatever is said of their times later.
        self._begins: dict[int, int] = {}
        self._begun: set[int] = set()
        # Event -> digests of the official hosts.
        self._official: dict[int, frozenset[str]] = {}
        self._under: dict[int, set[int]] = defaultdict(set)
        self._sources: dict[int, tuple[Chain, ...]] = {}
        self._notes_on: dict[int, set[int]] = defaultdict(set)
        # Events that bind a note, and those that don't since it was helpful when they came to.
        self._bound: dict[int, set[int]] = defaultdict(set)
        self._free: dict[int, set[int]] = defaultdict(set)
        # By the number of the act, so that one that is taken back can be struck out.
        self._merges: dict[int, tuple[int, int]] = {}
        self._splits: dict[int, tuple[int, int]] = {}
        self._unsplit: dict[int, tuple[int, int]] = {}

    @property
    def any_declared(self) -> bool:
        """Has a rule of evidence ever been declared?"""
        return bool(self._official)

    def fails(self, note: int) -> bool:
        """Is a note bound by a rule that its evidence doesn't meet?"""
        return any(not self._meets(note, event) for event in self._bound.get(note, ()))

    def read_note(self, note: int, claim: int, hosts: Iterable[Sequence[Any]]) -> None:
        """A version of a note: written, or edited; older entries say nothing of hosts."""
        self._sources[note] = tuple(tuple(map(str, chain)) for chain in hosts)
        self._notes_on[claim].add(note)
        self._bound.pop(note, None)
        self._free.pop(note, None)
        for event in self._official:
            if self._under[event] & self._and_where_it_leads(claim):
                self._bound[note].add(event)

    def read_event(self, time_ms: int, event: int, body: Mapping[str, Any]) -> None:
        """An event opened, or changed: once it has begun it has."""
        if not self._has_begun(event, time_ms):
            self._begins[event] = int(body["starts"]) * 1000

    def read_declared(self, time_ms: int, event: int, body: Mapping[str, Any]) -> None:
        """Two people declared the rule: before the event begins, or it binds nobody."""
        official = frozenset(digest_of_host(str(host)) for host in body["hosts"])
        one, other = int(body["by"]), int(body["confirmed_by"])
        if event not in self._begins or self._has_begun(event, time_ms) or one == other or not official:
            return
        self._official[event] = official
        for claim in self._under[event]:
            self._bind(event, self._with_merged(claim))

    def read_claim_added(self, time_ms: int, event: int, body: Mapping[str, Any]) -> None:
        """A claim came under an event, with all that is merged into it."""
        self._has_begun(event, time_ms)
        claim = int(body["claim"])
        self._under[event].add(claim)
        if event in self._official:
            self._bind(event, self._with_merged(claim))

    def read_claim_removed(self, time_ms: int, event: int, body: Mapping[str, Any]) -> None:
        """A claim was taken from an event: that releases it before the event begins, and never afterwards."""
        claim = int(body["claim"])
        if event not in self._official:
            self._under[event].discard(claim)
            return
        if self._has_begun(event, time_ms):
            return
        self._under[event].discard(claim)
        for each in self._with_merged(claim):
            if not self._under[event] & self._and_where_it_leads(each):
                for note in self._notes_on.get(each, ()):
                    self._bound[note].discard(event)

    def read_merged(self, claim: int, body: Mapping[str, Any]) -> None:
        """A claim leads to another: under what that one is, its notes are, too."""
        into = int(body["into"])
        self._merges[int(body["proposal"])] = (claim, into)
        self._bind_all(claim)

    def read_split(self, claim: int, body: Mapping[str, Any]) -> None:
        """A claim was made of another's questions; no note goes with them."""
        self._splits[int(body["proposal"])] = (claim, int(body["into"]))

    def read_merge_undone(self, body: Mapping[str, Any]) -> None:
        """It leads there no more; its notes stay bound as they are until they are edited."""
        self._merges.pop(int(body["act"]), None)

    def read_split_undone(self, body: Mapping[str, Any]) -> None:
        """The claim that was made leads back to where it came from."""
        act = int(body["act"])
        split = self._splits.pop(act, None)
        if split is not None:
            claim, into = split
            self._unsplit[act] = (into, claim)
            self._bind_all(into)

    def _has_begun(self, event: int, time_ms: int) -> bool:
        if self._begins.get(event, time_ms + 1) <= time_ms:
            self._begun.add(event)
        return event in self._begun

    def _meets(self, note: int, event: int) -> bool:
        sources = [chain for chain in self._sources.get(note, ()) if chain]
        is_official = any(self._official[event].intersection(chain) for chain in sources)
        return is_official or len({chain[-1] for chain in sources}) >= INDEPENDENT_MIN

    def _bind_all(self, claim: int) -> None:
        for event in self._official:
            if self._under[event] & self._and_where_it_leads(claim):
                self._bind(event, self._with_merged(claim))

    def _bind(self, event: int, claims: Iterable[int]) -> None:
        for claim in claims:
            for note in self._notes_on.get(claim, ()):
                if event in self._bound[note] or event in self._free[note]:
                    continue
                (self._free if self._is_helpful(note) else self._bound)[note].add(event)

    def _leads(self) -> list[tuple[int, int]]:
        return [*self._merges.values(), *self._unsplit.values()]

    def _and_where_it_leads(self, claim: int) -> set[int]:
        leads = dict(self._leads())
        found = {claim}
        while (claim := leads.get(claim, claim)) not in found:
            found.add(claim)
        return found

    def _with_merged(self, claim: int) -> set[int]:
        merged: dict[int, list[int]] = defaultdict(list)
        for each, into in self._leads():
            merged[into].append(each)
        found, layer = {claim}, [claim]
        while layer := [each for into in layer for each in merged[into] if each not in found]:
            found.update(layer)
        return found

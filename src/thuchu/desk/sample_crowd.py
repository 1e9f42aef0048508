"""Forty more people of the demo: what they wrote, how they rated it, and the rounds that followed; all of it invented.

Two habits divide them, as they do in a real place: some side with the old market, some with the new houses.  Nobody
sets what comes of it: the desk's own consensus finds what both call helpful, publishes it, and takes back what they
come to reject.
"""

import json
import random
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache
from importlib import resources
from typing import Any

from thuchu.desk import journey
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.claims.areas import set_areas
from thuchu.desk.claims.topics import set_topics
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.rate import rate
from thuchu.desk.sample_verbs import ask_and_wait, draft_of, ticking, write_on

# The same people say the same in every demo.
_SEED = 11
_RATERS_A_NOTE = 18
# Notes that are rated between one round and the next, and how long that takes.
_NOTES_A_ROUND = 3
_BETWEEN_ROUNDS = timedelta(hours=9)
# A round that confirms the last one, as the worker would hold it.
_CONFIRMED_AFTER = timedelta(minutes=31)
# How often somebody rates against their habit.
_ERRS = 0.04
# Who has helpful ratings to give, gives these reasons; and who hasn't, those.
_FOR = ("helpfulClear", "helpfulGoodSources", "helpfulAddressesClaim", "helpfulImportantContext")
_AGAINST = ("notHelpfulArgumentativeOrBiased", "notHelpfulMissingKeyPoints")


# Told after each note that was written or rated: how many steps of how many are done.
Tell = Callable[[int, int], None]


def nobody(_done: int, _total: int) -> None:
    """Where nobody looks."""


@cache
def names() -> tuple[str, ...]:
    return tuple(_written()["names"])


def work(
    people: list[AccountView], *, coordinator: int, begun: datetime, until: datetime, tell: Tell
) -> Mapping[str, int]:
    """Two weeks of a desk in the order of time: asked, written, rated in rounds; a correction, a change of mind.

    coordinator  whoever says what claims are about
    returns      the claims' numbers by name
    """
    crowd, dice = _written(), random.Random(_SEED)  # noqa: S311 (made-up ratings)
    clock = ticking(begun + timedelta(hours=2), timedelta(minutes=13))
    claims, notes = {}, {}
    for place, note in enumerate(crowd["notes"]):
        author = people[place]
        claims[note["claim"]] = _asked(note, coordinator, clock)
        notes[note["claim"]] = write_on(claims[note["claim"]], note, author, clock)
        tell(place + 1, 2 * len(crowd["notes"]))
    raters = _Raters(people, dice, tell)
    moment = _rate_all(crowd["notes"], notes, people, raters, next(clock) + _BETWEEN_ROUNDS)
    moment = _correct(crowd, notes, people, raters, moment)
    _turn_against(crowd["turned_against"], notes, raters, moment)
    if moment > until:
        raise RuntimeError("the sample's weeks don't fit before its last days")
    return claims


class _Raters:
    """People by their habit, and who has rated what; made for one loading and gone with it."""

    def __init__(self, people: list[AccountView], dice: random.Random, tell: Tell) -> None:
        self._people, self._dice, self._tell = people, dice, tell
        self.of: dict[int, list[AccountView]] = {}

    def rate(self, number: int, liked_by: str, author: AccountView, *, now: datetime) -> None:
        """As many of either habit, each as they see it."""
        chosen = []
        for habit in (0, 1):
            theirs = [person for person in self._people[habit::2] if person.id != author.id]
            for person in self._dice.sample(theirs, _RATERS_A_NOTE // 2):
                likes = (liked_by == "both" or liked_by == ("one", "other")[habit]) != (self._dice.random() < _ERRS)
                self.say(person, number, likes=likes, now=now)
                chosen.append(person)
        self.of[number] = chosen
        n_notes = len(_written()["notes"])
        self._tell(n_notes + len(self.of), 2 * n_notes)

    def say(self, person: AccountView, number: int, *, likes: bool, now: datetime, version: int = 1) -> None:
        level, reasons = ("helpful", _FOR) if likes else ("not_helpful", _AGAINST)
        rate(person, number, level, [self._dice.choice(reasons)], version=version, now=now)


def _asked(note: Mapping[str, Any], coordinator: int, clock: Iterator[datetime]) -> int:
    claim = 0
    for text in note["asked"]:
        claim = ask_and_wait(text, now=next(clock))
    set_topics(claim, note["topics"], by=coordinator, now=next(clock))
    if "areas" in note:
        set_areas(claim, note["areas"], by=coordinator, now=next(clock))
    return claim


def _rate_all(
    written: list[dict[str, Any]],
    notes: Mapping[str, int],
    people: list[AccountView],
    raters: _Raters,
    moment: datetime,
) -> datetime:
    """A few notes a round, those that divide people among the first: without them nobody has disagreed yet."""
    for first in range(0, len(written), _NOTES_A_ROUND):
        for note in written[::-1][first : first + _NOTES_A_ROUND]:
            author = people[written.index(note)]
            raters.rate(notes[note["claim"]], note["liked_by"], author, now=moment)
        moment = _settle(moment)
    return moment


def _correct(
    crowd: Mapping[str, Any], notes: Mapping[str, int], people: list[AccountView], raters: _Raters, moment: datetime
) -> datetime:
    """A note that was published is said otherwise, rated anew, and published with its history."""
    edited = crowd["edited"]
    number = notes[edited["claim"]]
    place, note = next((p, note) for p, note in enumerate(crowd["notes"]) if note["claim"] == edited["claim"])
    edit(people[place], number, draft_of(note | edited, people[place], now=moment), now=moment)
    moment = _settle(moment)
    for person in raters.of[number]:
        raters.say(person, number, likes=True, version=2, now=moment)
    return _settle(moment)


def _turn_against(written: Mapping[str, str], notes: Mapping[str, int], raters: _Raters, moment: datetime) -> None:
    """The rains are over, and with them what a note said: people of both habits call it outdated."""
    number = notes[written["claim"]]
    for person in raters.of[number]:
        rate(person, number, "not_helpful", [written["reason"]], version=1, now=moment)
    _settle(moment)


def _settle(moment: datetime) -> datetime:
    journey.settle(now=moment)
    journey.settle(now=moment + _CONFIRMED_AFTER)
    return moment + _BETWEEN_ROUNDS


@cache
def _written() -> dict[str, Any]:
    crowd: dict[str, Any] = json.loads(
        (resources.files("thuchu.desk.library") / "sample" / "crowd.json").read_text("utf-8")
    )
    return crowd

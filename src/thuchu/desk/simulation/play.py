"""A world plays on a desk: its people ask, write and rate on the pages; between them rounds are held.

Half an hour lies between two rounds that publish a note. Nobody waits for it here: the rounds of a simulated desk, and
nothing else of it, go by a clock that this module moves on.
"""

import random
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from thuchu.desk import journey
from thuchu.desk.publishing import reads as publishing
from thuchu.desk.simulation.browser import Browser, PageFailed, lines_to
from thuchu.desk.simulation.joining import PASSWORD
from thuchu.desk.simulation.marking import is_simulation
from thuchu.desk.simulation.world import GOOD, RATES_SHARE, Claim, Note, World, opinion

# Longer than the half-hour after which a helpful note is agreed on.
BETWEEN_ROUNDS = timedelta(minutes=31)
# Rounds are held in the middle of it, too: ratings come in so many waves.
WAVES = 3
_CLAIM = re.compile(r'href="/c/(\d+)"')

_PAGE = '<!doctype html><html><head><meta charset="utf-8"><title>Biên bản</title></head><body><p>{}</p></body></html>'

Report = Callable[[int, int], None]


class NotASimulation(Exception):
    """The desk isn't marked as one: nobody plays there."""


@dataclass(frozen=True, slots=True)
class Played:
    """What happened. Of those who asked, each is `answered` or `waiting`."""

    asked: int
    answered: int
    waiting: int
    claims: int
    notes: dict[str, int]
    published: dict[str, int]
    ratings: int
    rounds: int

    @property
    def wrongly_published(self) -> int:
        """Notes that a community which looks closely wouldn't have agreed on."""
        return sum(count for kind, count in self.published.items() if kind != GOOD)


def play(world: World, address: str, *, seed: int, now: datetime, report: Report) -> Played:
    """Let it happen on the desk at `address`, whose rows this process can read; raises NotASimulation, PageFailed."""
    if not is_simulation():
        raise NotASimulation
    dice = random.Random(seed)  # noqa: S311 (a play, no secret)
    with lines_to(address) as open_line:
        stage = _Stage(world, open_line, dice, now, report)
        stage.ask()
        stage.sign_in()
        stage.write()
        stage.rate()
        return stage.look_back()


class _Stage:
    """One play from beginning to end; each step needs those before it."""

    def __init__(
        self,
        world: World,
        open_line: Callable[[str], Browser],
        dice: random.Random,
        now: datetime,
        report: Report,
    ) -> None:
        self._world, self._open_line, self._dice = world, open_line, dice
        self._clock, self._report = now, report
        self._done, self._rounds, self._ratings, self._lines = 0, 0, 0, 0
        self._total = 2 * sum(len(claim.messages) + len(claim.notes) for claim in world.claims) + len(world.people)
        self._tokens: list[str] = []
        self._claims: dict[int, Claim] = {}
        self._notes: dict[int, Note] = {}
        self._browsers: list[Browser] = []

    def ask(self) -> None:
        """Strangers ask; a question that joins another's claim is one of its askers."""
        for claim in self._world.claims:
            for message in claim.messages:
                page = self._browser().send("/", {"message": message})
                self._tokens.append(page.leads_to.rsplit("/", 1)[1])
                under = _CLAIM.search(self._browser().open(page.leads_to).text)
                if under:
                    self._claims.setdefault(int(under[1]), claim)
                self._step()
            # As the desk's worker does every few seconds.
            journey.catch_up_claims()

    def sign_in(self) -> None:
        """Contributors come, each with name and password."""
        for person in self._world.people:
            browser = self._browser()
            browser.send("/signin/", {"name": person.name, "password": PASSWORD, "code": ""})
            self._browsers.append(browser)
            self._step()

    def write(self) -> None:
        """Notes, each with a page that its author saved."""
        for number, claim in self._claims.items():
            for note in claim.notes:
                self._write(number, note)
                self._step()

    def rate(self) -> None:
        """Everybody rates most of it, in waves; a round after each, and two more: nothing waits for its half-hour."""
        order = list(range(len(self._browsers)))
        self._dice.shuffle(order)
        for wave in range(WAVES):
            for person in order[wave::WAVES]:
                self._rate_all(person)
            self._hold_round()
        for _ in range(2):
            self._hold_round()

    def look_back(self) -> Played:
        """Everybody who asked opens their page once more; what it says is counted."""
        answered = 0
        for token in self._tokens:
            self._browser().open(f"/q/{token}")
            view = journey.look_again(token, now=self._clock)
            answered += view is not None and view.answer.kind == "answer"
            self._step()
        standings = publishing.standings(list(self._notes))
        return Played(
            asked=len(self._tokens),
            answered=answered,
            waiting=len(self._tokens) - answered,
            claims=len(self._claims),
            notes=dict(Counter(note.kind for note in self._notes.values())),
            published=dict(Counter(self._notes[number].kind for number, each in standings.items() if each.agreed)),
            ratings=self._ratings,
            rounds=self._rounds,
        )

    def _write(self, claim: int, note: Note) -> None:
        browser, base = self._browsers[note.author], f"/c/{claim}/write"
        file = ("file", "bien-ban.html", _PAGE.format(note.sentence).encode())
        browser.send(f"{base}/upload", {"quote": note.sentence}, found_on=base, file=file)
        browser.send(f"{base}/words", {"verdict": note.verdict, "text": note.text, "go": "preview"})
        page = browser.send(f"{base}/preview", {})
        self._notes[int(page.leads_to.rsplit("/", 1)[1])] = note

    def _rate_all(self, person: int) -> None:
        for number, note in self._notes.items():
            if note.author == person or self._dice.random() > RATES_SHARE:
                continue
            level, reasons = opinion(self._world.people[person], note, self._dice)
            fields = {"version": "1", "helpfulness": level, "reasons": reasons}
            self._browsers[person].send(f"/n/{number}/rate", fields)
            self._ratings += 1

    def _hold_round(self) -> None:
        self._clock += BETWEEN_ROUNDS
        journey.settle(now=self._clock)
        last = publishing.last_round()
        self._rounds = last.number if last else 0

    def _browser(self) -> Browser:
        self._lines += 1
        # A network for documentation: nobody's.
        return self._open_line(f"2001:db8:{self._lines:x}::1")

    def _step(self) -> None:
        self._done += 1
        self._report(self._done, self._total)


__all__ = ["NotASimulation", "PageFailed", "Played", "play"]

"""A world plays on a desk: its people ask, write and rate on the pages; between them rounds are held.

Half an hour lies between two rounds that publish a note. Nobody waits for it here: a simulated desk goes by the play's
clock, which is moved on.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from thuchu.desk import journey
from thuchu.desk.publishing import reads as publishing
from thuchu.desk.replies.figures import Asked, asked
from thuchu.desk.simulation.browser import Browser, lines_to
from thuchu.desk.simulation.clock import Clock, go_by_the_play, going
from thuchu.desk.simulation.visitors import Member
from thuchu.desk.simulation.world import GOOD, RATES_SHARE, Claim, Note, World, opinion

# Longer than the half-hour after which a helpful note is agreed on.
BETWEEN_ROUNDS = timedelta(minutes=31)
# Rounds are held in the middle of it, too: ratings come in so many waves.
WAVES = 3
_CLAIM = re.compile(r'href="/c/(\d+)"')

_PAGE = '<!doctype html><html><head><meta charset="utf-8"><title>Biên bản</title></head><body><p>{}</p></body></html>'

OpenLine = Callable[[str], Browser]
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Played:
    """What happened.

    asked   questions that a page acknowledged
    became  what the desk says became of everything it was asked; `became.asked` is the same number, or one is lost
    """

    asked: int
    became: Asked
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
    go_by_the_play()
    clock = Clock(now)
    with going(clock), lines_to(address, clock) as open_line:
        community = Community(world, open_line, clock, seed=seed, secrets={})
        total, done = community.steps_of(world.claims), 0

        def step() -> None:
            nonlocal done
            done += 1
            report(done, total)

        community.live(world.claims, step)
        return community.looked_back()


class Community:
    """People who ask, write and rate on a desk's pages; what became of it is counted at the end."""

    def __init__(
        self, world: World, open_line: OpenLine, clock: Clock, *, seed: int, secrets: Mapping[str, str]
    ) -> None:
        self._world, self._open_line, self._clock = world, open_line, clock
        self._dice = random.Random(seed)  # noqa: S311 (a play, no secret)
        self._lines, self._asked, self._ratings, self._rounds = 0, 0, 0, 0
        self._claims: dict[int, Claim] = {}
        self._notes: dict[int, Note] = {}
        self.members = [
            Member(person.name, secrets.get(person.name, ""), self.stranger(), clock) for person in world.people
        ]

    def steps_of(self, claims: Sequence[Claim]) -> int:
        """How many steps it takes to live through these."""
        return sum(2 * len(claim.messages) + 2 * len(claim.notes) for claim in claims) + len(self.members)

    def live(self, claims: Sequence[Claim], step: Callable[[], None]) -> None:
        """These are asked about, written on and rated; whoever asked looks again."""
        tokens, numbers = self._ask(claims, step)
        for member in self.members:
            member.sign_in()
            step()
        written = self._write_on(numbers, step)
        self._rate(written, step)
        for token in tokens:
            self.stranger().open(f"/q/{token}")
            step()

    def looked_back(self) -> Played:
        """What happened so far."""
        standings = publishing.standings(list(self._notes))
        return Played(
            asked=self._asked,
            became=asked(),
            claims=len(self._claims),
            notes=dict(Counter(note.kind for note in self._notes.values())),
            published=dict(Counter(self._notes[number].kind for number, each in standings.items() if each.agreed)),
            ratings=self._ratings,
            rounds=self._rounds,
        )

    def stranger(self) -> Browser:
        """Somebody's browser, on a line of their own."""
        self._lines += 1
        # A network for documentation: nobody's.
        return self._open_line(f"2001:db8:{self._lines:x}::1")

    def _ask(self, claims: Sequence[Claim], step: Callable[[], None]) -> tuple[list[str], dict[int, Claim]]:
        """Strangers ask; a question that joins another's claim is one of its askers."""
        tokens: list[str] = []
        numbers: dict[int, Claim] = {}
        for claim in claims:
            for message in claim.messages:
                page = self.stranger().send("/", {"message": message})
                tokens.append(page.leads_to.rsplit("/", 1)[1])
                under = _CLAIM.search(self.stranger().open(page.leads_to).text)
                if under and int(under[1]) not in self._claims:
                    numbers.setdefault(int(under[1]), claim)
                step()
            # As the desk's worker does every few seconds.
            journey.catch_up_claims()
        self._asked += len(tokens)
        self._claims |= numbers
        return tokens, numbers

    def _write_on(self, numbers: Mapping[int, Claim], step: Callable[[], None]) -> dict[int, Note]:
        """Notes, each with a page that its author saved."""
        written: dict[int, Note] = {}
        for number, claim in numbers.items():
            for note in claim.notes:
                written[self._write(number, note)] = note
                step()
        self._notes |= written
        return written

    def _write(self, claim: int, note: Note) -> int:
        browser, base = self.members[note.author].here(), f"/c/{claim}/write"
        file = ("file", "bien-ban.html", _PAGE.format(note.sentence).encode())
        browser.send(f"{base}/upload", {"quote": note.sentence}, found_on=base, file=file)
        browser.send(f"{base}/words", {"verdict": note.verdict, "text": note.text, "go": "preview"})
        page = browser.send(f"{base}/preview", {})
        return int(page.leads_to.rsplit("/", 1)[1])

    def _rate(self, written: Mapping[int, Note], step: Callable[[], None]) -> None:
        """Everybody rates most of it, in waves; a round after each, and two more: nothing waits for its half-hour."""
        order = list(range(len(self.members)))
        self._dice.shuffle(order)
        for wave in range(WAVES):
            for person in order[wave::WAVES]:
                self._rate_all(person, written)
            self._hold_round()
        for _ in range(2):
            self._hold_round()
        for _ in written:
            step()

    def _rate_all(self, person: int, written: Mapping[int, Note]) -> None:
        for number, note in written.items():
            if note.author == person or self._dice.random() > RATES_SHARE:
                continue
            level, reasons = opinion(self._world.people[person], note, self._dice)
            fields = {"version": "1", "helpfulness": level, "reasons": reasons}
            self.members[person].here().send(f"/n/{number}/rate", fields)
            self._ratings += 1

    def _hold_round(self) -> None:
        self._clock.wait(BETWEEN_ROUNDS)
        journey.settle(now=self._clock.now)
        last = publishing.last_round()
        self._rounds = last.number if last else 0

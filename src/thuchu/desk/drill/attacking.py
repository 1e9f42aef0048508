"""The third part of a drill: a rating attack in two phases, among people who rate honestly.

First the attackers rate like everybody else, half of them on either side, so that they seem to disagree.  Then all of
them praise one false note and condemn one good one.  Who they are is known here and nowhere else.
"""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings

from thuchu.desk import journey
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.drill.copying import require_copy
from thuchu.desk.drill.findings import Finding, exactly, told
from thuchu.desk.notes.rate import rate
from thuchu.desk.notes.write import write
from thuchu.desk.publishing import reads as publishing
from thuchu.desk.sample_verbs import ask_and_wait, draft_of
from thuchu.desk.simulation.world import BAD, GOOD, RATES_SHARE, Note, Person, World, opinion

# One in ten, the share that DESIGN's consensus is measured against.
ATTACKERS_SHARE = 0.1
BETWEEN_ROUNDS = timedelta(minutes=31)
_READ_FOR = timedelta(minutes=2)
_PRAISE = ("helpful", ("helpfulClear",))
_BLAME = ("not_helpful", ("notHelpfulSourcesMissingOrUnreliable",))

Everybody = Sequence[tuple[Person, AccountView]]


def attack(world: World, accounts: Sequence[AccountView], *, seed: int, now: datetime) -> list[Finding]:
    """Play both phases; `accounts` are those of the world's people, in their order.

    raises  NotACopy: nobody rates in anyone's name where people work
    """
    require_copy(settings.THUCHU_HOME)
    dice = random.Random(seed)  # noqa: S311 (a drill, no secret)
    everybody = list(zip(world.people, accounts, strict=True))
    attackers = max(2, round(len(everybody) * ATTACKERS_SHARE))
    notes, clock = _written(world, accounts, now), now + _READ_FOR
    targets = _targets(notes, attackers)
    decoys = {number: note for number, note in notes.items() if number not in targets}
    for number, note in decoys.items():
        _rate(everybody, number, note, dice, clock)
    clock = _rounds(clock)
    for number, note in targets.items():
        _rate(everybody, number, note, dice, clock, since=attackers)
        for _, account in everybody[:attackers]:
            level, reasons = _PRAISE if note.kind == BAD else _BLAME
            rate(account, number, level, list(reasons), version=1, now=clock)
    _rounds(clock)
    return _judge(notes, targets, len(everybody), attackers)


def _written(world: World, accounts: Sequence[AccountView], now: datetime) -> dict[int, Note]:
    found: dict[int, Note] = {}
    for claim in world.claims:
        number = ask_and_wait(claim.messages[0], now=now)
        for note in claim.notes:
            author = accounts[note.author]
            page = {"name": "bien-ban.html", "title": "Biên bản", "body": [note.sentence]}
            written = {"verdict": note.verdict, "text": note.text, "page": page, "quote": note.sentence}
            found[write(author, number, draft_of(written, author, now=now), now=now)] = note
    return found


def _targets(notes: dict[int, Note], attackers: int) -> dict[int, Note]:
    """One false note to lift and one good note to sink, by honest authors: nobody rates their own."""
    honest = [(number, note) for number, note in notes.items() if note.author >= attackers]
    return dict(next(each for each in honest if each[1].kind == kind) for kind in (BAD, GOOD))


def _rate(everybody: Everybody, number: int, note: Note, dice: random.Random, now: datetime, *, since: int = 0) -> None:
    for place, (person, account) in enumerate(everybody):
        if place < since or place == note.author or dice.random() > RATES_SHARE:
            continue
        level, reasons = opinion(person, note, dice)
        rate(account, number, level, list(reasons), version=1, now=now)


def _rounds(clock: datetime) -> datetime:
    for _ in range(2):
        clock += BETWEEN_ROUNDS
        journey.settle(now=clock)
    return clock


def _judge(notes: dict[int, Note], targets: dict[int, Note], people: int, attackers: int) -> list[Finding]:
    standings = publishing.standings(list(notes))
    published = {number for number, each in standings.items() if each.agreed}
    lifted, sunk = targets
    decoys = [number for number, note in notes.items() if number not in targets and note.kind == GOOD]
    return [
        told("ratings", "people", people),
        told("ratings", "attackers", attackers),
        exactly("ratings", "wrongly_published", sum(notes[number].kind != GOOD for number in published), 0),
        told("ratings", "lifted", _status(lifted)),
        told("ratings", "sunk", _status(sunk)),
        told("ratings", "good_published", f"{sum(number in published for number in decoys)} / {len(decoys)}"),
    ]


def _status(note: int) -> str:
    standing = publishing.standings([note]).get(note)
    return f"{standing.status} ({standing.rule})" if standing else "none"

"""A desk whose people write and rate for two years, and a reader who keeps everything public after every round.

python two_years_desk.py HOME PEOPLE    plays it; says as JSON who was there and what the reader learnt

People write and rate as bench/who_is_who.py has them, so that both can be compared: a note a week for ten people, a
dozen ratings each, by people who differ in how much they do.  They stand on two sides, so that rounds have something to
find.  A week's ratings come in an order that only this process knows.
"""

import json
import os
import random
import sys
from datetime import timedelta
from importlib import util
from pathlib import Path

import numpy as np

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "accounts"), str(TESTS / "publishing")]
YEARS = 2
SEED = 16
SLIPS_SHARE = 0.08
# A good note helps both sides, a one-sided one its own, a bad one nobody.
KINDS, SHARES = ("good", "one_sided", "bad"), (4, 4, 2)
LETTERS = "abcdeghiklmnopqrstuvxy"


def who_is_who():
    """bench/who_is_who.py: the reader's ways, and how many notes and ratings a desk of some size has."""
    spec = util.spec_from_file_location("who_is_who", TESTS.parent / "bench" / "who_is_who.py")
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main():
    os.environ["THUCHU_HOME"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    from thuchu.desk.home import make_ready

    make_ready()
    years = TwoYears(int(sys.argv[2]))
    years.pass_by()
    sys.stdout.write(json.dumps(years.told()))


class TwoYears:
    """The desk, its people, and the reader."""

    def __init__(self, n_people):
        from django.utils import timezone

        from notes.notes_desk import Desk
        from thuchu.desk.simulation.world import make

        self.bench = who_is_who()
        self.n_weeks = round(YEARS * self.bench.WEEKS_A_YEAR)
        self.desk = Desk(timezone.now() - timedelta(weeks=self.n_weeks + 1))
        community = make(contributors=n_people, claims=1, attackers=0, seed=SEED).people
        self.people = [self.desk.person(each.name) for each in community]
        self.sides = [each.side for each in community]
        self.dice, self.random = random.Random(SEED), np.random.default_rng(SEED)
        self.writes = self.random.lognormal(0, 1.2, n_people)
        self.rates = self.random.lognormal(0, 0.8, n_people)
        self.notes = []
        self.reader = Reader(self.bench)
        self.given = []

    def pass_by(self):
        """Week by week: notes, ratings, a round, and one that confirms it; the reader looks after each."""
        from thuchu.desk import journey

        a_week = self.bench.NOTES_A_WEEK * len(self.people) / 10
        for week in range(self.n_weeks):
            fresh = [self._write() for _ in range(round((week + 1) * a_week) - round(week * a_week))]
            self._rate(fresh)
            for later in (timedelta(hours=1), timedelta(hours=2)):
                journey.settle(now=self.desk.now + later)
                self.reader.look(self.given)
            self.desk.now += timedelta(weeks=1)

    def told(self):
        """Who is who, what nobody may find, and what the reader found."""
        from thuchu.consensus import DESK, score
        from thuchu.desk.publishing.models import Round
        from thuchu.desk.publishing.round import read_ledger

        ratings = read_ledger().ratings()
        fit = score(ratings, DESK).fits[0]
        numbers = {person.name: person.rater_number for person in self.people}
        return {
            "people": {name: str(number) for name, number in numbers.items()},
            "factors": [float(each) for each in (*fit.rater_factor, *fit.rater_intercept) if np.isfinite(each)],
            "rounds": Round.objects.count(),
            "ratings": len(ratings),
            **self.reader.found(numbers),
        }

    def _write(self):
        author = self.random.choice(len(self.people), p=self.writes / self.writes.sum())
        number = len(self.notes)
        place, animal = LETTERS[number % len(LETTERS)] * 2, LETTERS[number // len(LETTERS)] * 3
        words = f"Tin thứ {number} kể rằng ở thôn {place} có con {animal} biết hát"
        kind = self.dice.choices(KINDS, SHARES)[0]
        note = self.desk.note(self.people[author], self.desk.claim(f"{words}, ai cũng bảo nhau đi xem"))
        self.notes.append((note, int(author), kind))
        return self.notes[-1]

    def _rate(self, notes):
        """A dozen people a note, none of them its author, in any order."""
        given = []
        for note, author, kind in notes:
            may = np.flatnonzero(np.arange(len(self.people)) != author)
            weights = self.rates[may] / self.rates[may].sum()
            who = self.random.choice(may, min(self.bench.RATINGS_A_NOTE, len(may)), replace=False, p=weights)
            given += [(int(person), note, kind, author) for person in who]
        self.dice.shuffle(given)
        for person, note, kind, author in given:
            likes = kind == "good" or (kind == "one_sided" and self.sides[person] * self.sides[author] > 0)
            likes ^= self.dice.random() < SLIPS_SHARE
            self.desk.rate(self.people[person], note, "helpful" if likes else "not_helpful")
        self.given = [(note, self.people[person].rater_number) for person, note, _, _ in given]


class Reader:
    """Keeps the public dump as it is after each round, and nothing else; the true order is for marking the guesses."""

    def __init__(self, bench):
        from django.conf import settings

        self.bench, self.folder = bench, settings.THUCHU_HOME.parent / "reader"
        self.authors, self.ratings, self.moments = {}, [], []

    def look(self, given):
        """After a round: what is new, and which of two ratings of it came first, if anything tells."""
        from thuchu.desk.dump.write import write_dump

        write_dump(self.folder)
        lines = [json.loads(line) for line in (self.folder / "notes.jsonl").read_text("utf-8").splitlines()]
        self.authors = {line["note"]: line["author"] for line in lines}
        lines = [json.loads(line) for line in (self.folder / "ratings.jsonl").read_text("utf-8").splitlines()]
        fresh = [(line["note"], int(line["rater"])) for line in lines[len(self.ratings) :]]
        self.ratings += fresh
        if len(fresh) > 1:
            place = {each: number for number, each in enumerate(given)}
            assert set(place) == set(fresh), "a round shows what was rated since the last one, and nothing else"
            shown = [place[each] for each in fresh]
            self.moments.append(float(np.corrcoef(np.arange(len(shown)), shown)[0, 1]))

    def found(self, numbers):
        """The share of writers whose number is guessed, and of pairs of ratings whose order is."""
        return {"right": self._right(numbers), "moments": 0.5 + 0.5 * float(np.mean(self.moments))}

    def _right(self, numbers):
        names, raters = sorted(set(self.authors.values())), sorted({rater for _, rater in self.ratings})
        notes = sorted(self.authors)
        rated = np.zeros((len(raters), len(notes)), dtype=bool)
        for note, rater in self.ratings:
            rated[raters.index(rater), notes.index(note)] = True
        writer = np.array([names.index(self.authors[note]) for note in notes])
        guessed = self.bench._guess(rated, writer)
        return float(np.mean([numbers[names[name]] == raters[rater] for name, rater in guessed.items()]))


if __name__ == "__main__":
    main()

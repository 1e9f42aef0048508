"""Can a patient reader of everything public tell which rater number belongs to which name?

    python bench/who_is_who.py [--people 24 60 200 1000] [--years 2] [--repetitions 40] [--json]

The reader has every note with its writer's name and every rating with its rater number and round; nothing else is
public.  What gives people away is what they may not do: nobody rates their own notes.  So the reader weighs, for each
name and each number, how likely it is that this number would have left out all of that name's notes by chance, and
guesses the number that fits best.  A made-up desk: people differ in how much they write and rate (log-normal); notes
come in weekly rounds and have about a dozen ratings, from people who choose for themselves and not their own.

And what would help: numbers that are new every quarter (the reader guesses quarter by quarter), or leave to rate one's
own notes like others' (whoever does finds them helpful, and the reader looks for that).

"right" is the share of writers whose number the reader guesses, "chance" one over the number of raters who were there.
"moments": of two ratings of one round, how often the reader says rightly which was given first (batches are shuffled:
half, if nothing leaks).
"""

import argparse
import itertools
import json
import math

import numpy as np

WEEKS_A_YEAR = 52
RATINGS_A_NOTE = 12
# Notes a week for every ten people.
NOTES_A_WEEK = 1.0


def main() -> None:
    options = _options()
    ways = {
        "as it is": (options.years, False),
        "new numbers every quarter": (0.25, False),
        "own too": (options.years, True),
    }
    for people, (way, (years, own)) in itertools.product(options.people, ways.items()):
        found = np.array([_one_desk(people, years, seed, own=own) for seed in range(options.repetitions)])
        row = {
            "people": people,
            "way": way,
            "writers": round(float(found[:, 2].mean()), 1),
            "right": round(float(found[:, 0].mean()), 3),
            "right_of_who_wrote_at_most_three": round(float(np.nanmean(found[:, 4])), 3),
            "chance": round(float(found[:, 1].mean()), 4),
            "moments": round(float(found[:, 3].mean()), 3),
        }
        print(json.dumps(row) if options.json else row, flush=True)


def _one_desk(people: int, years: float, seed: int, *, own: bool) -> tuple[float, float, float, float, float]:
    random = np.random.default_rng(seed)
    writes, rates = random.lognormal(0, 1.2, people), random.lognormal(0, 0.8, people)
    n_notes = max(1, round(years * WEEKS_A_YEAR * NOTES_A_WEEK * people / 10))
    writer = random.choice(people, n_notes, p=writes / writes.sum())
    rated, helped = np.zeros((2, people, n_notes), dtype=bool)
    liked = random.beta(2, 1.4, n_notes)
    order, shown = [], []
    for note in range(n_notes):
        may = np.flatnonzero(own | (np.arange(people) != writer[note]))
        who = random.choice(may, min(RATINGS_A_NOTE, len(may)), replace=False, p=rates[may] / rates[may].sum())
        rated[who, note] = True
        helped[who, note] = (random.random(len(who)) < liked[note]) | (who == writer[note])
        order.append(np.arange(len(who)))
        shown.append(random.permutation(len(who)))
    # Rater numbers are random: the reader's rows are these, in an order that says nothing.
    number = random.permutation(people)
    guessed = _guess_own(rated[number], helped[number], writer) if own else _guess(rated[number], writer)
    writers = np.unique(writer)
    right = np.array([number[guessed[name]] == name for name in writers])
    few = np.bincount(writer, minlength=people)[writers] <= 3
    moments = np.mean([np.corrcoef(a, b)[0, 1] for a, b in zip(order, shown, strict=True)])
    return float(right.mean()), 1 / people, len(writers), 0.5 + 0.5 * float(moments), float(right[few].mean()) if few.any() else math.nan  # noqa: E501 # fmt: skip


def _guess(rated: np.ndarray, writer: np.ndarray) -> dict[int, int]:
    """For each name the number whose silence on that name's notes is least likely to be chance."""
    much = rated.sum(axis=1, keepdims=True)
    popular = rated.sum(axis=0, keepdims=True)
    chance = np.minimum(much * popular / max(rated.sum(), 1), 0.95)
    silence = np.where(rated, -np.inf, -np.log1p(-chance))
    return {int(name): int(np.argmax(silence[:, writer == name].sum(axis=1))) for name in np.unique(writer)}


def _guess_own(rated: np.ndarray, helped: np.ndarray, writer: np.ndarray) -> dict[int, int]:
    """For each name the number that is for that name's notes whenever it rates them, where others are not."""
    share = (helped.sum(axis=0, keepdims=True) + 1) / (rated.sum(axis=0, keepdims=True) + 2)
    speaks = np.where(helped, -np.log(share), np.log(0.02) - np.log(1 - share))
    told = np.where(rated, speaks, 0.0)
    return {int(name): int(np.argmax(told[:, writer == name].sum(axis=1))) for name in np.unique(writer)}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, nargs="+", default=[24, 60, 200, 1000])
    parser.add_argument("--years", type=float, default=2)
    parser.add_argument("--repetitions", type=int, default=40)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    main()

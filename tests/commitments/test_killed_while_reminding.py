"""Reminders in real processes on a real file: racing, killed with -9, asleep for days; each once, every one sent."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from commitments.reminding import START
from thuchu.desk.commitments.reminders import OFFSETS, WINDOW_DAYS
from thuchu.desk.wording import day_in_viet_nam

SCRIPT = Path(__file__).with_name("reminding.py")
DAY = timedelta(days=1)
# The second one is later by more than a letter is held by whoever took it, and their clock is fast.
TICKS_A_DAY = (timedelta(0), timedelta(minutes=25))
WAIT_SECONDS = 60
SKEW_SECONDS = 300


class Home:
    """A desk's home, its workers and its clock."""

    def __init__(self, folder, number):
        self.folder, self.tick, self.now, self.workers, self.killed = folder, 0, START, [], 0
        self.started = 0
        folder.mkdir()
        words = [sys.executable, str(SCRIPT), "make", str(folder), str(number)]
        subprocess.run(words, check=True, timeout=300)
        self.set_clock(START)

    def set_clock(self, now):
        self.tick, self.now = self.tick + 1, now
        fresh = self.folder / "clock.new"
        fresh.write_text(f"{self.tick} {now.isoformat()}")
        fresh.replace(self.folder / "clock")

    def start(self):
        log = (self.folder / "log.txt").open("ab")
        # Every second one's clock is some minutes fast: less than a letter is held by whoever took it.
        self.started += 1
        fast_by = str(SKEW_SECONDS * (self.started % 2))
        words = [sys.executable, str(SCRIPT), "work", str(self.folder), fast_by]
        self.workers.append(subprocess.Popen(words, stderr=log))

    def kill(self, worker):
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait(timeout=30)

    def settle(self):
        """Until every worker that lives has done this moment's work; one that was killed is started again."""
        until = time.monotonic() + WAIT_SECONDS
        while time.monotonic() < until:
            for worker in [each for each in self.workers if each.poll() is not None]:
                assert worker.returncode == -signal.SIGKILL, (self.folder / "log.txt").read_text()[-2000:]
                self.workers.remove(worker)
                self.killed += 1
                self.start()
            if all(self.did(worker) == self.tick for worker in self.workers):
                return
            time.sleep(0.02)
        raise AssertionError(f"not done after {WAIT_SECONDS} s: {(self.folder / 'log.txt').read_text()[-2000:]}")

    def did(self, worker):
        path = self.folder / f"did-{worker.pid}"
        return int(path.read_text() or 0) if path.exists() else 0

    def live_through(self, day):
        for tick in TICKS_A_DAY:
            self.set_clock(day + tick)
            self.settle()

    def stop(self):
        for worker in self.workers:
            if worker.poll() is None:
                self.kill(worker)

    def ask(self, question):
        with closing(sqlite3.connect(self.folder / "desk.sqlite3", timeout=20)) as connection:
            return connection.execute(question).fetchall()

    def outbox(self):
        path = self.folder / "outbox"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def expected(self, days):
        """(commitment, kind, day it is due on) of every reminder whose window stood open on a day that was worked."""
        dues = self.ask("SELECT commitment_id, due_after, at FROM commitments_update ORDER BY id")
        history = {}
        for commitment, due, at in dues:
            history.setdefault(commitment, []).append((day_in_viet_nam(datetime.fromisoformat(f"{at}+00:00")), due))
        found = set()
        for commitment, steps in history.items():
            for day in days:
                due = next(due for since, due in reversed(steps) if since <= day)
                for kind, offset in OFFSETS.items():
                    begins = date.fromisoformat(due) + offset * DAY
                    if begins <= day < begins + WINDOW_DAYS * DAY:
                        found.add((commitment, kind, due))
        return found


@pytest.fixture
def home_of(tmp_path):
    homes = []

    def make(number):
        homes.append(Home(tmp_path / "home", number))
        return homes[-1]

    yield make
    for home in homes:
        home.stop()


def check(home, days):
    rows = home.ask("SELECT commitment_id, kind, due_on, recipient, state FROM commitments_reminder")
    keys = [row[:4] for row in rows]
    assert len(keys) == len(set(keys))
    sent = {row[:3] for row in rows if row[4] == "sent"}
    assert sent == home.expected(days)
    letters = home.ask("SELECT key, recipient, day FROM commitments_letter WHERE kind = 'digest' AND state = 'sent'")
    assert len({row[1:] for row in letters}) == len(letters), "one digest an owner and day"
    names = [each["id"] for each in home.outbox()]
    assert {f"<{key[:32]}@ban.example>" for key, _, _ in letters} == set(names)
    # A second copy has the first one's name, and comes only where a worker was killed after handing it over.
    assert len(names) - len(set(names)) <= home.killed
    of_letters = "SELECT l.key, c.number FROM commitments_reminder r JOIN commitments_letter l ON l.id = r.letter_id "
    told = home.ask(of_letters + "JOIN commitments_commitment c ON c.id = r.commitment_id WHERE r.state = 'sent'")
    bodies = {each["id"]: each["body"] for each in home.outbox()}
    assert all(number in bodies[f"<{key[:32]}@ban.example>"] for key, number in told)


def live(home, chance, days, *, deaths, extended_on):
    """Days pass; on some the job is away, never for so long that a window closes unseen; the last are all worked."""
    worked, away = [], 0
    home.start()
    home.start()
    for number in range(days):
        day = START + number * DAY
        if number == extended_on:
            # Before seven nothing goes out, so that nobody is told of the old day on the day it moves.
            (home.folder / "extend").touch()
            home.set_clock(day - timedelta(hours=3))
            home.settle()
        is_away = number != extended_on and away < 3 and number < days - 4 and chance.random() < 0.3
        away = away + 1 if is_away else 0
        if is_away:
            continue
        if number in deaths:
            (home.folder / deaths[number]).touch()
        home.live_through(day)
        worked.append(day.date())
    return worked


def test_two_workers_killed_and_asleep_remind_of_each_day_once(home_of):
    home = home_of(8)

    days = live(home, random.Random(11), 14, deaths={0: "die-before", 5: "die-after"}, extended_on=9)

    check(home, days)
    assert home.killed == 2


@pytest.mark.long
def test_a_quarter_of_five_hundred_commitments_with_workers_killed_all_along(home_of):
    home, chance = home_of(500), random.Random(12)
    deaths = {day: chance.choice(("die-before", "die-after")) for day in range(80) if chance.random() < 0.4}
    home.start()

    days = live(home, chance, 80, deaths=deaths, extended_on=15)

    check(home, days)
    assert home.killed >= 10

"""`kill -9` of web, worker and of whoever holds rounds and sends letters, while a desk keeps changing its mind:
everybody who left an address is told each time, in order, by letters that mailboxes can tell from each other.
"""

import json
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from journey.killed_desk import PAUSE_SECONDS, BusyDesk, check_ledger, check_questions

SCRIPT = Path(__file__).with_name("told_desk.py")
ASKERS = 20
# Between the starts of two turns, in the desk's own time: two rounds half an hour apart, and letters after them.
TURN_MINUTES = 60
TURN_SECONDS_MAX = 180
# Every so often a turn may come to its end: a desk that is always killed first changes its mind never.  An odd number,
# or it would always be the same mind.
LEFT_ALONE_EVERY = 5


class TellingDesk(BusyDesk):
    """A busy desk whose askers want letters, and whose raters change their minds."""

    def __init__(self, folder, office):
        super().__init__(folder, claims=3)
        self.environment |= {"THUCHU_SMTP_URL": f"smtp+plain://127.0.0.1:{office.port}"}
        self.environment |= {"THUCHU_ADDRESS": f"http://127.0.0.1:{self.port}"}
        made = json.loads(self._script("make", str(ASKERS)).stdout)
        self.note, self.raters = made["note"], made["raters"]
        self.turns = 0

    def count(self):
        return json.loads(self._script("count").stdout)

    def turn(self, *, kill_after=None):
        """One turn, killed so many seconds after it began, or let be; True when it came to its end."""
        self.turns += 1
        liked = "helpful" if self.turns % 2 else "not_helpful"
        words = ("turn", str(self.turns * TURN_MINUTES), liked, str(self.note), *map(str, self.raters))
        command = [sys.executable, str(SCRIPT), str(self.home), *words]
        with (
            (self.home.parent / "turns.log").open("ab") as log,
            subprocess.Popen(command, env=self.environment, stdout=subprocess.PIPE, stderr=log) as process,
        ):
            assert process.stdout.readline() == b"begun\n"
            try:
                process.wait(TURN_SECONDS_MAX if kill_after is None else kill_after)
            except subprocess.TimeoutExpired:
                process.kill()
        return process.returncode == 0

    def _script(self, *words):
        command = [sys.executable, str(SCRIPT), str(self.home), *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True, timeout=300)


# The notes of the two camps quote pages that nobody fetched.
WRONG_FROM_THE_START = ["every capture has its file"]


@pytest.fixture
def telling(tmp_path, office):
    desk = TellingDesk(tmp_path, office)
    yield desk
    desk.stop()


def keep_killing(desk, kills, seed):
    """By turns all of the desk, its web, its worker; and the turn that runs meanwhile, but for every fourth."""
    chance = random.Random(seed)
    people = [threading.Thread(target=each) for each in (desk.ask, desk.write, desk.rate)]
    desk.stand_up()
    desk.wait_until_up()
    for each in people:
        each.start()
    ended = 0
    for number in range(kills):
        told = desk.told()
        is_left_alone = number % LEFT_ALONE_EVERY == LEFT_ALONE_EVERY - 1
        killing = threading.Timer(chance.uniform(*PAUSE_SECONDS), desk.kill, [("all", "web", "worker")[number % 3]])
        killing.start()
        ended += desk.turn(kill_after=None if is_left_alone else chance.uniform(0.05, 4.0))
        killing.join()
        desk.wait_until_up()
        desk.wait_until_more_is_told(told)
    time.sleep(PAUSE_SECONDS[1])
    desk.stop()
    for each in people:
        each.join(60)
    # Letters that somebody had in hand when they were killed are taken again ten minutes later.
    assert desk.turn()
    return ended


def check_letters(desk, office):
    count = desk.count()
    # All that a door acknowledged is counted; more only where the line broke before anybody could be told.
    acknowledged = ASKERS + len(desk.asked)
    assert acknowledged <= count["asked"] <= acknowledged + len(desk.lost), "the counters don't sum to what was asked"
    rows = [row for row in count["letters"] if row[2] != "dropped"]
    assert {state for _, _, state, _ in rows} == {"sent"}, "a letter was never sent"
    arrived = Counter(letter["Message-ID"].split("@")[0].strip("<") for letter in office.letters)
    for _, key, _, _ in rows:
        assert any(key.startswith(name) for name in arrived), "a letter is lost"
    by_asker = {asker: list(letters) for asker, letters in groupby(rows, lambda row: row[0])}
    assert len(by_asker) == ASKERS, "somebody was never told"
    for asker, letters in by_asker.items():
        said = [says for _, _, _, says in letters]
        assert all(a != b for a, b in pairwise(said)), "the same was told twice, by two letters"
        assert json.loads(said[-1]) == count["told"][str(asker)], "the last letter is not what holds"
    return sum(times - 1 for times in arrived.values()), len(rows)


@pytest.mark.long
def test_everybody_is_told_in_order_when_everything_is_killed_a_hundred_times(telling, office, record_property):
    ended = keep_killing(telling, kills=100, seed=22)

    check_questions(telling)
    check_ledger(telling, wrong=WRONG_FROM_THE_START)
    twice, letters = check_letters(telling, office)
    record_property("turns that ended", ended)
    record_property("letters", letters)
    record_property("letters sent a second time, under the same Message-ID", twice)
    assert letters > 5 * ASKERS
    # Only a kill between a server's answer and our mark sends one again.
    assert twice <= 100

"""A desk in processes of its own that is killed and stands up again, and what must hold of it in the end."""

import http.client
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlencode

from journey.busy_desk import RATERS

SCRIPT = Path(__file__).with_name("busy_desk.py")
CLI = [sys.executable, "-m", "thuchu.cli"]
CSRF = "a" * 32
SENTENCE = "Con vật nào cũng vậy, không con nào biết làm thơ."
PAGE = f"<!doctype html><title>Viện thú y</title><p>Hỏi đáp.</p><p>{SENTENCE}</p>".encode()
TEXT = "Viện thú y nói rõ rằng không con vật nào biết làm thơ, xin bà con đọc trang này rồi hãy chuyển tin đi."
UP_SECONDS_MAX = 120
# Between two kills: long enough to be in the middle of something, short enough to be killed while still starting it.
PAUSE_SECONDS = (0.05, 1.2)


class BusyDesk:
    """A desk in processes of its own that is killed, stands up again, and what people were told by it meanwhile."""

    def __init__(self, folder, claims):
        self.home = folder / "home"
        self.log = (folder / "desk.log").open("ab")
        self.environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        command = [sys.executable, str(SCRIPT), str(self.home), str(claims)]
        made = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, check=True, timeout=300)
        self.people = json.loads(made.stdout)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.over = threading.Event()
        self.asked, self.lost, self.notes, self.ratings, self.wrong = set(), set(), {}, set(), []
        self.process = None

    # The desk's side.

    def stand_up(self):
        """Start it, and wait until it answers."""
        more = {"THUCHU_WORKERS": "1", "THUCHU_CHECKS_PER_MINUTE": "100000"}
        words = [*CLI, "--home", str(self.home), "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(words, env=self.environment | more, stdout=self.log, stderr=self.log)

    def wait_until_up(self):
        until = time.monotonic() + UP_SECONDS_MAX
        while time.monotonic() < until:
            assert self.process.poll() is None, "the desk ended by itself"
            if self.send("GET", "/robots.txt")[0] == 200:
                return
            time.sleep(0.05)
        raise AssertionError("the desk didn't stand up again")

    def told(self):
        """How much was acknowledged so far."""
        return len(self.asked) + len(self.notes) + len(self.ratings)

    def wait_until_more_is_told(self, before):
        """A desk that is killed before it has done anything shows nothing."""
        until = time.monotonic() + UP_SECONDS_MAX
        while self.told() == before:
            assert time.monotonic() < until, "the desk answers and does nothing"
            time.sleep(0.02)

    def kill(self, what):
        """All of it, its web process alone, or its worker alone; how many processes that were."""
        until = time.monotonic() + UP_SECONDS_MAX
        chosen = self._processes(what)
        while not chosen and time.monotonic() < until:
            time.sleep(0.05)
            chosen = self._processes(what)
        # The master first: it starts no other child in place of one that went.
        for pid in chosen:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        if what == "all":
            self.process.wait(30)
            self.stand_up()
        return len(chosen)

    def _processes(self, what):
        """Those to kill; none while a part of the desk is only just starting."""
        workers = {child: keeper for keeper in children_of(self.process.pid) for child in children_of(keeper)}
        web = set(children_of(self.process.pid)) - set(workers.values())
        if not workers or not web:
            return []
        chosen = {"all": [self.process.pid, *web, *workers.values(), *workers], "web": [*web], "worker": [*workers]}
        return chosen[what]

    def stop(self):
        self.over.set()
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)
        self.log.close()

    # People's side.

    def send(self, method, path, body=b"", session="", kind="application/x-www-form-urlencoded"):
        """(status, where to, body) of the answer; status 0 where the line broke before there was one."""
        cookie = f"csrftoken={CSRF}; session={session}" if session else f"csrftoken={CSRF}"
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body, {"Content-Type": kind, "Cookie": cookie})
            answer = line.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read()
        except (OSError, http.client.HTTPException):
            return 0, "", b""
        finally:
            line.close()

    def post(self, path, session, **form):
        return self.send("POST", path, urlencode({**form, "csrfmiddlewaretoken": CSRF}).encode(), session)

    def until_told(self, act):
        """Do it again until the desk has answered; None when it's over before."""
        while not self.over.is_set():
            status, where, _ = act()
            if 200 <= status < 400:
                return where
            if 400 <= status < 500:
                self.wrong.append((status, where))
                return None
            time.sleep(0.05)
        return None

    def ask(self):
        """Ask one new thing after the other; nobody asks twice because the line broke."""
        number = 0
        while not self.over.is_set():
            number += 1
            text = f"Nghe đồn chợ phiên số {number} ngoài đê bán cá biết hát, bà con có ai thấy tận mắt chưa"
            sent = json.dumps({"text": text}).encode()
            status, _, body = self.send("POST", "/api/v1/check", sent, kind="application/json")
            if status == 200 and json.loads(body)["status_url"]:
                self.asked.add(text)
            elif status in (0, 500, 502, 503):
                self.lost.add(text)
                time.sleep(0.05)
            else:
                self.wrong.append((status, body[:200]))

    def write(self):
        """A note on every claim, by its own writer, each step again until it was answered."""
        for claim, session in self.people["writers"].items():
            where = self._write(f"/c/{claim}/write", session)
            if where is None:
                return
            self.notes[int(claim)] = int(where.split("/")[2])

    def _write(self, base, session):
        written = {"verdict": "false", "text": TEXT, "go": "on"}
        steps = (
            lambda: self._upload(base, session),
            lambda: self.post(f"{base}/words", session, **written),
            lambda: self._sent(base, session),
        )
        where = None
        for step in steps:
            where = self.until_told(step)
            if where is None:
                break
        return where

    def _upload(self, base, session):
        parts = {"csrfmiddlewaretoken": CSRF, "quote": SENTENCE, "description": "", "address": ""}
        lines = [f'--line\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in parts.items()]
        head = '--line\r\nContent-Disposition: form-data; name="file"; filename="trang.html"\r\n\r\n'
        body = ("".join(lines) + head).encode() + PAGE + b"\r\n--line--\r\n"
        return self.send("POST", f"{base}/upload", body, session, "multipart/form-data; boundary=line")

    def _sent(self, base, session):
        """Send it; whoever doesn't know whether it was sent looks at the page first, which then leads to the note."""
        status, where, _ = self.send("GET", base, session=session)
        if where.startswith("/n/") or not 200 <= status < 400:
            return status, where, b""
        return self.post(f"{base}/preview", session)

    def rate(self):
        """Each rater finds each note helpful that somebody was told of."""
        while not self.over.is_set():
            for note in list(self.notes.values()):
                for rater, session in enumerate(self.people["raters"]):
                    if (rater, note) not in self.ratings:
                        self._rate(rater, note, session)
            time.sleep(0.05)

    def _rate(self, rater, note, session):
        form = {"helpfulness": "helpful", "reasons": "helpfulClear", "version": "1"}
        if self.until_told(lambda: self.post(f"/n/{note}/rate", session, **form)) is not None:
            self.ratings.add((rater, note))

    # What is there in the end.

    def rows(self, sql):
        with closing(sqlite3.connect(self.home / "desk.sqlite3", timeout=20)) as database:
            return database.execute(sql).fetchall()

    def run(self, *words):
        command = [*CLI, "--home", str(self.home), *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=300, check=False)


def children_of(parent):
    """The processes that this one started."""
    found = Path(f"/proc/{parent}/task/{parent}/children")
    try:
        return [int(child) for child in found.read_text().split()]
    except OSError:
        return []


def kill_again_and_again(desk, kills, seed):
    """Random moments, and by turns all of it, web, worker; each time it must answer again by itself."""
    chance, people = random.Random(seed), [threading.Thread(target=each) for each in (desk.ask, desk.write, desk.rate)]
    desk.stand_up()
    desk.wait_until_up()
    for each in people:
        each.start()
    killed, told = [], 0
    for number in range(kills):
        desk.wait_until_more_is_told(told)
        time.sleep(chance.uniform(*PAUSE_SECONDS))
        told = desk.told()
        killed.append(desk.kill(("all", "web", "worker")[number % 3]))
        desk.wait_until_up()
    time.sleep(PAUSE_SECONDS[1])
    desk.stop()
    for each in people:
        each.join(60)
    assert all(killed), "there was nothing to kill"


def check_whole(desk):
    assert desk.wrong == []
    assert desk.asked
    check_questions(desk)
    check_notes(desk)
    # Nobody imported anything here; that alone the doctor may say.
    check_ledger(desk, wrong=["0 fact-checks"])


def check_questions(desk):
    texts = [text for (text,) in desk.rows("SELECT text FROM intake_submission WHERE door = 'api'")]
    assert len(texts) == len(set(texts)), "a question is there twice"
    assert desk.asked <= set(texts), "a question that was acknowledged is lost"
    assert set(texts) <= desk.asked | desk.lost
    groupless = "SELECT COUNT(*) FROM intake_submission WHERE id NOT IN (SELECT submission_id FROM claims_grouping)"
    assert desk.rows(groupless) == [(0,)], "a question waits under no claim"
    counted = "(SELECT COUNT(*) FROM claims_grouping WHERE claim_id = claims_claim.id)"
    assert desk.rows(f"SELECT COUNT(*) FROM claims_claim WHERE askers != {counted}") == [(0,)], (
        "a claim counts its askers wrongly"
    )


def check_notes(desk):
    notes = desk.rows("SELECT claim_id, id, versions FROM notes_note")
    assert len({claim for claim, _, _ in notes}) == len(notes), "a note is there twice"
    assert desk.notes.items() <= {(claim, note) for claim, note, _ in notes}, "a note that was acknowledged is lost"
    assert desk.rows("SELECT COUNT(*) FROM notes_version") == [(sum(versions for _, _, versions in notes),)]
    assert desk.rows("SELECT COUNT(*) FROM ledger_entry WHERE kind = 'note.written'") == [(len(notes),)]
    rated = dict(desk.rows("SELECT note_id, COUNT(*) FROM notes_rating GROUP BY note_id"))
    for note in {note for _, note in desk.ratings}:
        told = sum(each == note for _, each in desk.ratings)
        assert told <= rated.get(note, 0) <= len(RATERS), "a rating that was acknowledged is lost"


def check_ledger(desk, *, wrong=()):
    """Gapless and chained; files, index and database agree, as the operator is told."""
    worked, doctor = desk.run("worker", "--until-empty"), desk.run("doctor")
    assert worked.returncode == 0, worked.stderr
    assert "the ledger's chain holds" in doctor.stdout
    found = [line.split(maxsplit=1)[1] for line in doctor.stdout.splitlines() if line.startswith("WRONG")]
    assert found == list(wrong), found
    assert desk.rows("SELECT COUNT(*), MIN(seq) FROM ledger_entry") == desk.rows("SELECT MAX(seq), 1 FROM ledger_entry")
    opened = desk.rows("SELECT COUNT(*) FROM ledger_entry WHERE kind = 'claim.opened'")
    assert opened == desk.rows("SELECT COUNT(*) FROM claims_claim"), "a claim without its entry, or the other way"

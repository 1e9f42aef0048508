"""A simulated desk's year: played by the command, read off its pages, and counted again from its entries alone.

The recount is written anew, from docs/ledger.md and docs/commitments.md: nothing of the desk's own rooms is used.
"""

import csv
import io
import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from html import unescape

CLI = [sys.executable, "-m", "thuchu.cli"]
PLAY_SECONDS_MAX = 1800
START_SECONDS_MAX = 240
VIET_NAM = timezone(timedelta(hours=7))
DAY = timedelta(days=1)
OPEN = {"agreed", "under_way", "reported_done"}
# As a page in English heads its counts.
HEADS = {
    "Not due yet": "not_due",
    "Due soon": "due_soon",
    "Overdue": "overdue",
    "No evidence yet": "no_evidence",
    "Done on time": "done_on_time",
    "Done late": "done_late",
    "Stopped": "stopped",
}
# As a commitment's page says what a figure said of it.
OUTCOMES = {
    "met": "The target was met.",
    "not_met": "The target was not met.",
    "cant_tell": "Can't tell: the interval holds the target, or the figure says nothing.",
}


def environment(**more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("THUCHU_", "DJANGO_"))}
    return clean | more


def play(home, *words, **settings):
    """What `thuchu simulate` said, in a process that may take its time."""
    done = subprocess.run(
        [*CLI, "--home", home, "simulate", *words],
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=PLAY_SECONDS_MAX,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def entries_of(dump):
    """Every entry of a public dump, first to last."""
    return [json.loads(line) for line in (dump / "entries.jsonl").read_text("utf-8").splitlines()]


@dataclass
class Told:
    """A commitment as its entries tell it."""

    review: str
    due: date
    state: str = "agreed"
    reported_on: date | None = None
    is_shown: bool = False
    done_on: date | None = None
    moved: int = 0

    def hear(self, kind, body):
        if kind == "updated":
            if body["state"] == "reported_done":
                self.reported_on = self.reported_on or date.fromisoformat(body["on"])
                self.is_shown = bool(body["evidence"])
            self.state = body["state"]
        elif kind == "confirmed":
            self.state, self.done_on = "confirmed", self.reported_on or date.fromisoformat(body["on"])
        elif kind == "report_refused" or (kind == "judged" and body["outcome"] == "not_met"):
            if self.state == "reported_done":
                self.state, self.reported_on, self.is_shown = "under_way", None, False
        elif kind == "extended":
            self.due, self.moved = date.fromisoformat(body["due"]), self.moved + 1
        elif kind in ("dropped", "replaced"):
            self.state = kind

    def timeliness(self, today):
        if self.state in ("dropped", "replaced"):
            return "stopped"
        if self.state == "confirmed":
            return "done_late" if self.done_on > self.due else "done_on_time"
        if self.state == "reported_done" and not self.is_shown:
            return "no_evidence"
        if today > self.due:
            return "overdue"
        return "due_soon" if self.due - today <= 14 * DAY else "not_due"


def told(entries, until=date.max):
    """Commitments by number, as entries up to the end of a day tell them."""
    found = {}
    for entry in entries:
        room, _, kind = entry["kind"].partition(".")
        if room != "commitment" or day_of(entry) > until:
            continue
        body, number = entry["body"], entry["subject"].partition(":")[2]
        if kind == "agreed":
            review = body["resolution"].partition("/")[2]
            found[number] = Told(review, date.fromisoformat(body["due"]))
        elif number in found:
            found[number].hear(kind, body)
    return found


def recount(entries, today):
    """What the register and the pages of reviews must say on a day."""
    now = told(entries)
    reviews = _reviews(entries)
    carried = {slug: _carried(entries, now, slug, reviews) for slug in reviews}
    return {
        "published": sorted(slug for slug, review in reviews.items() if review["published"]),
        "states": Counter(each.state for each in now.values()),
        "timeliness": Counter(each.timeliness(today) for each in now.values()),
        "moved": sum(each.moved > 0 for each in now.values()),
        "carried_from": {n: now[n].review for n in set().union(*carried.values())},
        "judged": Counter(entry["body"]["outcome"] for entry in entries if entry["kind"] == "commitment.judged"),
        "inquiries": _inquiries(entries, today),
        "resolved": {slug: review["resolved"] for slug, review in reviews.items()},
        "agreed": {slug: {n for n, each in now.items() if each.review == slug} for slug in reviews},
        "carried": carried,
        "due": {slug: _due(entries, now, *review["period"]) for slug, review in reviews.items()},
    }


def _reviews(entries):
    """Those whose meeting took place."""
    found = {}
    for entry in entries:
        slug, body = entry["subject"].removeprefix("review:"), entry["body"]
        if entry["kind"] == "review.planned":
            period = tuple(map(date.fromisoformat, body["period"]))
            found[slug] = {"period": period, "held": False, "published": False, "resolved": 0}
        if entry["kind"] in ("review.planned", "review.arranged"):
            found[slug]["met"] = datetime.fromtimestamp(body["meeting"], VIET_NAM).date()
        if entry["kind"] in ("review.held", "review.published"):
            found[slug][entry["kind"].removeprefix("review.")] = True
        if entry["kind"] == "review.resolution_confirmed":
            found[slug]["resolved"] += 1
    return {slug: review for slug, review in found.items() if review["held"]}


def _carried(entries, now, slug, reviews):
    """What was open when the day of a meeting began, and came from an earlier one."""
    then = told(entries, reviews[slug]["met"] - DAY)
    return {number for number, each in then.items() if each.state in OPEN and now[number].review != slug}


def _due(entries, now, begin, end):
    """Of those that were due in a period: done on time, late, overdue, and how many had their day moved."""
    counts = Counter()
    for number, then in told(entries, end - DAY).items():
        if not begin <= then.due < end:
            continue
        done_on = now[number].done_on
        if done_on is not None and done_on < end:
            counts["late" if done_on > then.due else "on time"] += 1
        elif then.state not in ("dropped", "replaced"):
            counts["overdue"] += 1
        counts["moved"] += then.moved > 0
    return +counts


def _inquiries(entries, today):
    due, stands = {}, {}
    for entry in entries:
        room, _, kind = entry["kind"].partition(".")
        if room != "inquiry":
            continue
        subject, body = entry["subject"], entry["body"]
        if "due" in body:
            due[subject] = date.fromisoformat(body["due"])
        if kind == "sent":
            stands[subject] = "overdue" if today > due[subject] else "waiting"
        elif kind == "answered" and subject in stands:
            stands[subject] = "late" if date.fromisoformat(body["on"]) > due[subject] else "on_time"
        elif kind == "withdrawn":
            stands[subject] = "withdrawn"
    return Counter(stands.values())


def day_of(entry):
    """The day of an entry, in Viet Nam."""
    return datetime.fromtimestamp(entry["time_ms"] / 1000, VIET_NAM).date()


@contextmanager
def stage(home, **settings):
    """What opens a page of that desk at a moment of its year: (path, moment) -> its text."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [*CLI, "--home", home, "serve", "--no-worker", "--stage", "--port", str(port)],
        env=environment(THUCHU_WORKERS="1", **settings),
        stdout=subprocess.DEVNULL,
    )

    def get(path, moment):
        headers = {"X-Simulated-Now": str(int(moment.timestamp() * 1000)), "Accept-Language": "en"}
        with urllib.request.urlopen(urllib.request.Request(address + path, headers=headers), timeout=60) as answer:
            return answer.read().decode("utf-8-sig")

    try:
        until = time.monotonic() + START_SECONDS_MAX
        while True:
            try:
                get("/robots.txt", datetime.now(UTC))
                break
            except OSError:
                assert server.poll() is None, "the desk ended"
                assert time.monotonic() < until, "the desk did not start"
                time.sleep(0.2)
        yield get
    finally:
        server.terminate()
        server.wait(30)


def said_by_the_desk(get, moment, published):
    """The same as `recount`, read from register, files and pages as they are at that moment."""
    rows = list(csv.DictReader(io.StringIO(get("/commitments.csv?lang=en", moment))))
    milestones = [each["thuchu"] for each in json.loads(get("/commitments.json", moment))["milestones"]]
    inquiries = csv.DictReader(io.StringIO(get("/inquiries/table.csv", moment)))
    pages = {slug: get(f"/reviews/{slug}/", moment) for slug in published}
    histories = unescape("".join(get(f"/commitments/{row['number']}", moment) for row in rows))
    counts = {
        "published": sorted(
            slug for slug, page in pages.items() if '<span class="tag">Held, and published</span>' in page
        ),
        "states": Counter(row["state"] for row in rows),
        "timeliness": Counter(row["timeliness"] for row in rows),
        "moved": sum(each["extensions"] > 0 for each in milestones),
        "carried_from": {row["number"]: row["carried_from"] for row in rows if row["carried_from"]},
        "judged": +Counter({code: histories.count(words) for code, words in OUTCOMES.items()}),
        "inquiries": Counter(row["timeliness"] for row in inquiries),
        "resolved": {slug: len(re.findall(r'id="resolution-\d+"', page)) for slug, page in pages.items()},
    }
    for slug, page in pages.items():
        section = re.search(r'<section aria-labelledby="commitments">.*?</section>', page, re.DOTALL)[0]
        agreed, _, carried = section.partition("Carried over from earlier reviews")
        counts.setdefault("agreed", {})[slug] = _numbers(agreed)
        counts.setdefault("carried", {})[slug] = _numbers(carried)
        counts.setdefault("due", {})[slug] = _tally(section)
    return counts


def heads_of(page):
    """The counts on top of the register, by the desk's own codes."""
    facts = re.search(r'<dl class="facts card">(.*?)</dl>', page, re.DOTALL)[1]
    found = {unescape(name): int(count) for name, count in re.findall(r"<dt>(.*?)</dt><dd>(\d+)</dd>", facts)}
    return Counter({code: found.get(name, 0) for name, code in HEADS.items()}), found["Their day was moved"]


def _numbers(page):
    return set(re.findall(r'href="/commitments/(CK-\d{4}-\d{3})"', page))


def _tally(section):
    names = {"on time": "Done on time", "late": "done late", "overdue": "overdue", "moved": "Their day was moved"}
    found = {name: re.search(rf"{words}: (\d+)", section) for name, words in names.items()}
    return +Counter({name: int(match[1]) for name, match in found.items() if match})

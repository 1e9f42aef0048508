"""Rule 7 over two years of rounds: nowhere is a rater's leaning, nowhere a name beside a rater number, and a reader of
everything public learns no more of who is who than is said.

A desk is played, served and walked as a stranger does; then everything of it is looked through: every row of every
table, every page, every answer of the API, every line of the log and of the dump, every file of the home.
"""

import json
import os
import re
import socket
import sqlite3
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from two_years_desk import who_is_who

pytestmark = pytest.mark.long

SCRIPT = Path(__file__).with_name("two_years_desk.py")
CLI = [sys.executable, "-m", "thuchu.cli"]
PEOPLE = 24
PLAY_SECONDS_MAX = 3600
START_SECONDS_MAX = 240
PAGES_MAX = 1_500
MODEL_DESKS = 40
# Names of what this desk never keeps of anybody.
LEANINGS = {"factor", "factors", "intercept", "intercepts", "side", "sides", "camp", "camps", "leaning", "viewpoint"}
# An account is the one row that holds both, until its person leaves: whoever signs in rates and writes.
HOLDS_BOTH = "accounts_account"
HOLD_RATER_NUMBERS = {HOLDS_BOTH, "notes_rating", "notes_entered", "ledger_entry"}
WHO = {"author", "author_id", "account", "account_id", "pseudonym", "pseudonym_id", "by", "name"}
_LINK = re.compile(r'(?:href|action)="(/[^"#]*)"')
_LOC = re.compile(r"<loc>[^<]*?//[^/<]+(/[^<]*)</loc>")
_NUMBER = re.compile(r"\d*[.,]\d{6,}")


def environment(**more):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("THUCHU_", "DJANGO_"))}
    return clean | more


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The home after two years, and what the play says of it."""
    home = tmp_path_factory.mktemp("years") / "home"
    done = subprocess.run(
        [sys.executable, str(SCRIPT), str(home), str(PEOPLE)],
        env=environment(),
        stdout=subprocess.PIPE,
        text=True,
        timeout=PLAY_SECONDS_MAX,
        check=True,
    )
    return SimpleNamespace(home=home, **json.loads(done.stdout))


@pytest.fixture(scope="module")
def walked(played):
    """Everything public as a stranger reads it: texts by address; and the log that the desk wrote meanwhile."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address, log = f"http://127.0.0.1:{port}", played.home.with_name("desk.log")
    words = [*CLI, "--home", str(played.home), "serve", "--no-worker", "--port", str(port)]
    more = {"THUCHU_ADDRESS": address, "THUCHU_WORKERS": "1", "THUCHU_CHECKS_PER_MINUTE": "100000"}
    with log.open("wb") as out, subprocess.Popen(words, env=environment(**more), stdout=out, stderr=out) as server:
        try:
            wait_for(f"{address}/robots.txt", server)
            pages = walk(address, ["/", "/sitemap.xml", "/ledger/", "/api/v1/openapi.json"])
            answers = programs(address, json.loads(pages["/api/v1/openapi.json"]))
        finally:
            server.terminate()
            server.wait(30)
    return SimpleNamespace(pages=pages, answers=answers, log=log.read_text("utf-8", "replace"))


@pytest.fixture(scope="module")
def dump(played):
    folder = played.home.with_name("dump")
    subprocess.run([*CLI, "--home", str(played.home), "export", "--public", str(folder)], env=environment(), check=True)
    return {path.name: path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()}


def wait_for(address, server):
    until = time.monotonic() + START_SECONDS_MAX
    while get(address) is None:
        assert server.poll() is None, "the desk ended by itself"
        assert time.monotonic() < until, "the desk did not start"
        time.sleep(0.2)


def get(address):
    """The text at an address, a refusal's too; None for what is no text, or nobody who answers."""
    try:
        with urllib.request.urlopen(address, timeout=60) as answer:
            kind, body = answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as error:
        kind, body = error.headers.get_content_type(), error.read()
    except OSError:
        return None
    return body.decode("utf-8") if kind.startswith("text/") or kind.endswith(("json", "xml")) else None


def walk(address, begin):
    """What links lead to from there, breadth first and not without end: every kind of page comes early."""
    pages, waiting, seen = {}, list(begin), set(begin)
    while waiting and len(pages) < PAGES_MAX:
        path = waiting.pop(0)
        text = get(address + path)
        if text is None:
            continue
        pages[path] = text
        found = {each.replace("&amp;", "&"): None for each in (*_LINK.findall(text), *_LOC.findall(text))}
        waiting += [each for each in found if each not in seen]
        seen |= set(found)
    return pages


def programs(address, described):
    """Every address of the API that is read, with numbers and names of what is there."""
    lists = {"/api/v1/claims": "claims", "/api/v1/fact-checks": "fact-checks"}
    answers = {path: get(address + path) for path in lists}
    names = re.findall(r'"id":\s*"(\w+)"', answers["/api/v1/fact-checks"])
    assert names
    for path, methods in described["paths"].items():
        if "get" not in methods:
            continue
        for value in names if "fact" in path else map(str, range(1, 260, 7)):
            filled = re.sub(r"\{[^}]*\}", value, path)
            answers[filled] = get(address + filled)
    return {path: text for path, text in answers.items() if text is not None}


def leanings_in(text, played):
    """Numbers in a text that are somebody's factor or intercept, whatever their sign."""
    known = {round(abs(each), 6) for each in played.factors}
    return [each for each in _NUMBER.findall(text) if round(float(each.replace(",", ".")), 6) in known]


def tables(home):
    with closing(sqlite3.connect(f"file:{home / 'desk.sqlite3'}?mode=ro", uri=True)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            rows = database.execute(f'SELECT * FROM "{name}"')
            columns = [each[0] for each in rows.description]
            yield name, columns, rows.fetchall()


def test_two_years_were_played(played):
    assert played.rounds >= 104
    assert len(played.people) == PEOPLE
    assert len(played.factors) >= PEOPLE
    assert leanings_in(f"somebody stands at {played.factors[0]:.8f} here", played), "the search sees what it looks for"


def test_no_table_holds_anybodys_leaning_or_a_name_beside_a_rater_number(played):
    numbers, holding = set(played.people.values()), set()

    for name, columns, rows in tables(played.home):
        assert not LEANINGS & {word for column in columns for word in column.split("_")}, name
        for row in rows:
            text = " ".join(map(str, row))
            assert not leanings_in(text, played), (name, row)
            if any(number in text for number in numbers):
                holding.add(name)
                if name == HOLDS_BOTH:
                    continue
                assert not any(each in text for each in played.people), (name, row)
                assert not WHO & set(columns), name

    assert holding == HOLD_RATER_NUMBERS


def test_no_page_of_a_stranger_holds_a_leaning_or_ties_a_name_to_a_rater_number(played, walked):
    kinds = {re.sub(r"\d+", "1", path.split("?")[0]) for path in walked.pages}
    assert {"/", "/c/1", "/n/1", "/ledger/", "/board/", "/open-data/", "/corrections/", "/about/"} <= kinds
    assert any(path.startswith("/f/") and path != "/f/" for path in walked.pages)

    for path, page in walked.pages.items():
        assert not leanings_in(page, played), path
        for piece in pieces(page):
            assert not names_beside_numbers(piece, played), path
        if not path.startswith("/ledger/"):
            assert not any(number in page for number in played.people.values()), path


def pieces(page):
    """An entry of the ledger's page by itself; any other page whole."""
    return page.split('<li class="card" id="entry-')


def names_beside_numbers(text, played):
    numbers = [number for number in played.people.values() if number in text]
    return [name for name in played.people if numbers and name in text]


def test_no_answer_of_the_api_and_no_line_of_the_log_knows_a_rater_number(played, walked):
    assert len(walked.answers) > 20

    for path, answer in walked.answers.items():
        assert not any(number in answer for number in played.people.values()), path
        assert not leanings_in(answer, played), path
        if path != "/api/v1/openapi.json":
            assert not LEANINGS & keys_of(json.loads(answer)), path
    assert not any(number in walked.log for number in played.people.values())
    assert not leanings_in(walked.log, played)


def keys_of(value):
    if isinstance(value, dict):
        return {word for key in value for word in key.split("_")}.union(*map(keys_of, value.values()))
    return set().union(*map(keys_of, value)) if isinstance(value, list) else set()


def test_no_line_of_the_dump_holds_a_leaning_or_a_name_beside_a_rater_number(played, dump):
    ratings = [json.loads(line) for line in dump["ratings.jsonl"].splitlines()]
    assert {line["rater"] for line in ratings} <= set(played.people.values())
    assert len({line["rater"] for line in ratings}) > PEOPLE / 2

    for name, text in dump.items():
        assert not leanings_in(text, played), name
        for line in text.splitlines():
            assert not names_beside_numbers(line, played), name
            if name.endswith(".jsonl"):
                assert not LEANINGS & keys_of(json.loads(line)), name
    # What tells when: a rating has its round's time alone.
    assert {key for line in ratings for key in line} == {
        *("note", "rater", "rating", "reasons", "round", "seq", "version"),
    }


def test_no_file_of_the_home_holds_a_leaning_as_a_machine_writes_it(played):
    packed = [struct.pack(order, each) for each in played.factors for order in ("<d", ">d")]

    for path in played.home.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        assert not any(each in content for each in packed), path


def test_a_reader_of_everything_learns_no_more_than_the_model_says(played, record_property):
    bench = who_is_who()
    model = np.array([bench._one_desk(PEOPLE, 2, seed, own=False)[0] for seed in range(MODEL_DESKS)])
    record_property("writers whose number is guessed", played.right)
    record_property("the model's", float(model.mean()))
    record_property("which of two ratings came first", played.moments)

    assert abs(played.moments - 0.5) <= 0.05
    assert played.right <= model.mean() + 3 * model.std()

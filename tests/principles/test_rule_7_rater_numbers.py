"""Rule 7: a rater number is random, leads to no name, and belongs to nobody once its person has left."""

import dataclasses
import inspect
import json
import os
import pkgutil
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest
from django.apps import apps

from thuchu.desk import accounts
from thuchu.desk.accounts import reads
from thuchu.desk.accounts.invite import invite, invite_first_operator
from thuchu.desk.accounts.joining import ByPassword, join
from thuchu.desk.accounts.leave import leave
from thuchu.desk.accounts.models import RATER_NUMBER_MAX, Account, Invitation, Pseudonym
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.accounts.ways_in import NewPassword
from thuchu.desk.ledger.models import Entry
from thuchu.privacy import scrub

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
MODULES = [import_module(f"thuchu.desk.accounts.{each.name}") for each in pkgutil.iter_modules(accounts.__path__)]
ROOT = Path(__file__).parents[2]


def joins(name, token):
    way_in = ByPassword(password=NewPassword(hashed="argon2$kept"))
    return join(token, scrub(name), way_in, desk_name="Thực Hư", now=NOW).account_id


@pytest.fixture
def people(db):
    """Nine people who joined one after the other."""
    first = joins("Người Mở Bàn", invite_first_operator(now=NOW))
    Account.objects.filter(pk=first).update(totp_secret="A" * 32)
    numbers = [first]
    for letter in "bcdghkmn":
        Invitation.objects.filter(is_used=True).delete()
        numbers.append(joins(f"Ai {letter}{letter}", invite(reads.account_view(first), now=NOW)))
    return [reads.account_view(number) for number in numbers]


def functions():
    for module in MODULES:
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__}.{name}", function


def test_a_rater_number_is_no_function_of_any_other_number(people):
    """Nobody's is the next after somebody's, near a pseudonym's, or the same when the same person joins again."""
    rater_numbers = [view.rater_number for view in people]

    assert len(set(rater_numbers)) == len(people)
    assert not {view.pseudonym_id for view in people} & set(rater_numbers)
    assert all(abs(one - other) > 1_000_000 for one, other in pairwise(sorted(rater_numbers)))
    # Nine random numbers of 63 bits all lie below 2^56 on one desk of 2^63.
    assert max(rater_numbers) > RATER_NUMBER_MAX >> 7


def test_the_same_person_joining_again_has_another_number(people):
    name, before = people[3].name, people[3].rater_number
    leave(people[3].id, now=NOW)
    Invitation.objects.filter(is_used=True).delete()

    again = reads.account_view(joins(name, invite(people[0], now=NOW)))

    assert again.rater_number != before


def test_after_leaving_the_number_stands_in_no_row(people):
    gone = people[3]

    leave(gone.id, now=NOW)

    for model in apps.get_models():
        rows = json.dumps(list(model.objects.values()), default=str)
        assert str(gone.rater_number) not in rows, model.__name__


LEAVES = """
import sys, django; django.setup()
from django.utils import timezone
from thuchu.desk.accounts import emails, joining, leave, reads
from thuchu.desk.accounts.invite import invite_first_operator
from thuchu.desk.accounts.ways_in import NewPassword
from thuchu.desk.home import make_ready
from thuchu.privacy import scrub

make_ready()
now = timezone.now()
way_in = joining.ByPassword(password=NewPassword(hashed="argon2$a-hash-of-a-password"))
token = invite_first_operator(now=now)
account = joining.join(token, scrub("Cây Khế Sau Vườn"), way_in, desk_name="Thực Hư", now=now).account_id
emails.give_email(account, "cay.khe@thu.example", now=now)
print(reads.account_view(account).rater_number, flush=True)
sys.stdin.readline()
leave.leave(account, now=now)
print("left", flush=True)
sys.stdin.readline()
"""


def test_after_leaving_nothing_of_a_person_is_in_the_files_of_the_desk(tmp_path):
    """While the desk still runs: its write-ahead log, too, is emptied."""
    process = subprocess.Popen(
        [sys.executable, "-c", LEAVES],
        env={**os.environ, "THUCHU_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "thuchu.desk.settings"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    rater_number = int(process.stdout.readline()).to_bytes(8, "big")
    planted = ["Cây Khế Sau Vườn".encode(), b"cay.khe@thu.example", b"a-hash-of-a-password", rater_number]
    before = files_of(tmp_path)
    print("go on", file=process.stdin, flush=True)
    assert process.stdout.readline() == "left\n"
    after = files_of(tmp_path)
    process.communicate("end\n", timeout=30)

    assert all(value in before for value in planted)
    assert not any(value in after for value in planted)


def files_of(home):
    return b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_no_entry_of_the_ledger_holds_a_rater_number_of_an_account(people):
    leave(people[3].id, now=NOW)
    written = json.dumps(list(Entry.objects.values("subject", "body")))

    assert not any(str(view.rater_number) in written for view in people)


def test_only_a_persons_own_view_holds_both_name_and_rater_number():
    for module in MODULES:
        for _, value in inspect.getmembers(module, dataclasses.is_dataclass):
            fields = {field.name for field in dataclasses.fields(value)}
            assert "rater_number" not in fields or value is AccountView, value


def test_no_function_leads_from_a_rater_number_to_anything():
    for name, function in functions():
        assert "rater" not in name, name
        assert not [p for p in inspect.signature(function).parameters if "rater" in p], name


def test_a_persons_own_view_is_found_by_their_account_alone():
    """By name, pseudonym or rater number it can't be had: only a session leads to it."""
    makers = {
        name.rpartition(".")[2]: list(inspect.signature(function).parameters)
        for name, function in functions()
        if "AccountView" in str(inspect.signature(function).return_annotation)
    }

    assert makers == {
        "account_view": ["account_id", "strong"],
        "current": ["session", "now"],
        "require": ["view", "act"],
        # Of a row that this room's own `account_view` and `current` have found by the account's number.
        "view_of": ["row", "strong"],
    }


def test_no_other_table_of_the_room_holds_a_rater_number():
    with_number = [
        model.__name__
        for model in apps.get_app_config("accounts").get_models()
        if any("rater" in field.name for field in model._meta.get_fields())
    ]

    assert with_number == ["Account"]
    assert not any("rater" in field.name for field in Pseudonym._meta.get_fields())


def test_a_view_that_is_logged_shows_no_rater_number(people):
    assert not any(str(view.rater_number) in repr(view) for view in people)


def test_no_score_of_a_person_is_kept():
    words = {"score", "factor", "reputation", "karma", "rank", "helpful", "intercept", "side", "weight"}
    for model in apps.get_app_config("accounts").get_models():
        for field in model._meta.get_fields():
            assert not words & set(field.name.split("_")), field


def test_it_is_said_plainly_what_this_cannot_protect_from():
    security = " ".join((ROOT / "SECURITY.md").read_text("utf-8").split())

    assert "Who holds the database could still compute factors" in security
    assert "fewer than about 30 raters" in security

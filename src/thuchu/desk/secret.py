"""The desk's secret key: made once, kept in the home folder, readable by the operator alone."""

import os
import secrets
from pathlib import Path

# 50 characters of url-safe base64 carry about 300 bits, more than any use of the key needs.
SECRET_CHARS = 50


def secret_key(home: Path) -> str:
    """The key in `home`/secret-key; makes it, and the folder, at first use.

    Two processes that start together agree on one key: the file is linked into place only if none is there.
    """
    place = home / "secret-key"
    if not place.exists():
        home.mkdir(parents=True, exist_ok=True)
        _make(place)
    key = place.read_text().strip()
    if len(key) >= SECRET_CHARS:
        return key
    # Cut short by a full disk or a power cut: a key that can be guessed is none, and nothing is lost with it.
    place.unlink(missing_ok=True)
    _make(place)
    return place.read_text().strip()


def _make(place: Path) -> None:
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(SECRET_CHARS)[:SECRET_CHARS])
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, place)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()

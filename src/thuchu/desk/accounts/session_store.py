"""Django's sessions in the database, opened only by a name that it could have given."""

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import VALID_KEY_CHARS


class SessionStore(db.SessionStore):
    """A cookie may hold anything; PostgreSQL refuses to look for text with a zero byte in it."""

    def _validate_session_key(self, key: str | None) -> bool:
        is_long_enough = bool(super()._validate_session_key(key))  # type: ignore[misc] # the stubs leave it out
        return is_long_enough and set(key or "") <= set(VALID_KEY_CHARS)

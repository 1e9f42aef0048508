"""Links that open something once: a token nobody can guess, of which we keep the digest alone."""

import hashlib
import re
import secrets
from typing import Literal

# 144 bits: guessing one of a billion live links would still take longer than the desk will exist.
TOKEN_BYTES = 18
_TOKEN = re.compile(r"[A-Za-z0-9_-]{24}")

Purpose = Literal["invitation", "email", "api token"]


def new_token() -> str:
    """A fresh token, 24 characters that fit into an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str, purpose: Purpose) -> str:
    """What a table keeps of a token; "" for what can't be one, which no row has."""
    if not _TOKEN.fullmatch(token):
        return ""
    return hashlib.sha256(f"thuchu {purpose} link\n{token}".encode()).hexdigest()

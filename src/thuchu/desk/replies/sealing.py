"""Sealing what we must be able to read again: an asker's address and the private link of their question.

The keys are derived from the desk's secret key, which lives beside the database: a copy of the database alone opens
nothing.  Each row is sealed with whose it is, so that no row opens in the place of another: the number of a question,
or the name of an owner of commitments, which has letters in it.
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

# Twelve bytes is what AES-GCM takes; made anew for each sealing, far from the 2^32 that one key bears.
_NONCE_BYTES = 12
# 144 bits, as every link that opens something.
_TOKEN_BYTES = 18

Purpose = Literal["confirm", "stop"]
_Use = Literal["seal", "digest", "link"]


@dataclass(frozen=True, slots=True)
class Recipient:
    """What was sealed: where to write, and the token of the question's private page.  Never printed by itself."""

    address: str
    token: str

    def __repr__(self) -> str:
        return "Recipient(…)"


def seal(whose: int | str, recipient: Recipient) -> bytes:
    """The recipient, readable by this desk alone."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    plain = f"{recipient.token}\n{recipient.address}".encode()
    return nonce + AESGCM(_key("seal")).encrypt(nonce, plain, str(whose).encode())


def unseal(whose: int | str, sealed: bytes) -> Recipient | None:
    """What `seal` was given; None where the key is another one by now, or the row somebody else's."""
    nonce, cipher = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
    try:
        plain = AESGCM(_key("seal")).decrypt(nonce, cipher, str(whose).encode())
    except (InvalidTag, ValueError):
        return None
    token, _, address = plain.decode().partition("\n")
    return Recipient(address, token)


def digest(address: str) -> str:
    """The same for the same mailbox, whatever its capitals; worthless without the desk's key."""
    return hmac.new(_key("digest"), address.lower().encode(), hashlib.sha256).hexdigest()


def new_nonce() -> str:
    """What the links of one address are made of."""
    return secrets.token_hex(16)


def link_token(nonce: str, purpose: Purpose) -> str:
    """The token of a link in mail, 24 characters; computed again for every letter, so that it needs no keeping."""
    made = hmac.new(_key("link"), f"{purpose}\n{nonce}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(made[:_TOKEN_BYTES]).decode()


def link_digest(token: str, purpose: Purpose) -> str:
    """What the table keeps of such a token."""
    return hashlib.sha256(f"thuchu {purpose} mail link\n{token}".encode()).hexdigest()


def _key(use: _Use) -> bytes:
    return _derived(settings.SECRET_KEY, use)


@lru_cache(maxsize=8)
def _derived(secret: str, use: str) -> bytes:
    return HKDF(SHA256(), 32, None, f"thuchu replies {use}\n1".encode()).derive(secret.encode())

"""Which automatic answers are judged by two people: picked by a hash that nobody could choose beforehand.

The salt is the hash of the ledger's head at the freeze: whoever answers can't know it, whoever checks can.
"""

import hashlib
from collections.abc import Iterable

PICKED = 100


def pick(answers: Iterable[int], salt: str, number: int = PICKED) -> list[int]:
    """The numbers of the answers to be judged, in ascending order; all of them where there are no more.

    answers  numbers of automatic answers of the period
    salt     the hash of the ledger's entry, in hexadecimal
    """
    return sorted(sorted(set(answers), key=lambda answer: _place(answer, salt))[:number])


def _place(answer: int, salt: str) -> bytes:
    return hashlib.sha256(f"thuchu audit 1\n{salt}\n{answer}".encode()).digest()

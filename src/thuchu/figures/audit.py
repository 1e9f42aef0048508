"""Which automatic answers are judged by two people: picked by a hash that nobody could choose beforehand.

A salt is the hash of an entry of the ledger that was written after the answers it is for: who answers can't know it.
"""

import hashlib
from collections.abc import Iterable, Mapping

PICKED = 100


def pick(answers: Mapping[str, Iterable[int]], number: int = PICKED) -> list[int]:
    """The numbers of the answers to be judged, in ascending order; all of them where there are no more.

    answers  salt, in hexadecimal -> numbers of the automatic answers that it is for; each answer has one salt
    """
    places = {answer: _place(answer, salt) for salt, numbers in answers.items() for answer in numbers}
    return sorted(sorted(places, key=places.__getitem__)[:number])


def _place(answer: int, salt: str) -> bytes:
    return hashlib.sha256(f"thuchu audit 1\n{salt}\n{answer}".encode()).digest()

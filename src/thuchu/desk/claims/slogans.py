"""Does a text read like a slogan, or name a person? A prebunk repeats neither (docs/events.md)."""

import re

_QUOTED = re.compile(r"[\"“”„«»‹›「」『』!！#]|(?<!\w)['‘’]\w")
# One or two such words are an office's letters (UBND TP); three in a row are shouted.
_SHOUTED = re.compile(r"\b[^\W\d_]{2,}(?:\s+[^\W\d_]{2,}){2}\b")
# “Bà” with a capital begins the names of places.
_PERSON = re.compile(r"\b(?:[Ôô]ng|bà|[Aa]nh|[Cc]hị|Mr|Mrs|Ms|Dr)\.? (?P<name>[^\W\d_]+)")


def is_slogan(text: str) -> bool:
    """Does it hold quotation marks, exclamation marks, hashtags, or three words in a row in capitals?"""
    return bool(_QUOTED.search(text)) or any(found.group().isupper() for found in _runs(text))


def names_a_person(text: str) -> bool:
    """Does it name somebody with the word people put before a name? Numbers are `scrub`'s."""
    return any(found["name"][0].isupper() for found in _PERSON.finditer(text))


def _runs(text: str) -> "list[re.Match[str]]":
    """Every three words in a row, also such as overlap."""
    found, start = [], 0
    while run := _SHOUTED.search(text, start):
        found.append(run)
        start = run.start() + 1
    return found

"""Folding: what is left of a text when accents and case are taken off, as people type it in a hurry."""

import unicodedata

_STROKES = str.maketrans({"đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ı": "i"})


def fold(text: str) -> str:
    """`text` in lower case without any accent: `Đập vỡ` gives `dap vo`.

    Letters that carry their mark inside (đ, ø, ł) are mapped by hand: Unicode does not take them apart.
    Idempotent; a syllable stays one syllable.
    """
    decomposed = unicodedata.normalize("NFD", text.casefold().translate(_STROKES))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if unicodedata.category(c) != "Mn"))


def strip_accents(text: str) -> str:
    """`text` without accents, its case kept: what a person types who does not bother with them."""
    decomposed = unicodedata.normalize("NFD", text.translate(_STROKES))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if unicodedata.category(c) != "Mn"))

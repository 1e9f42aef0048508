"""Characters that stand for others in an address: what a reader sees, with the place it was written at.

An address is hidden with full-width letters, unseen characters, dots and slashes of other scripts, letters that look
alike.  `readable` undoes what a browser undoes too (and keeps offsets); `skeleton` goes further and says what an eye
reads.  Refuses: guessing at digits for letters, which real names hold as well (`lookalike` weighs those).
"""

import re
import unicodedata
from functools import lru_cache

from thuchu.text.folding import fold

# Dots, slashes and colons that browsers or people take for the plain ones (UTS 46 maps the first four).
_PUNCTUATION = {
    "\u3002": ".", "\uff0e": ".", "\uff61": ".", "\ufe52": ".", "\u2024": ".", "\u00b7": ".", "\ua4f8": ".",
    "\u2044": "/", "\u2215": "/", "\uff0f": "/", "\u29f8": "/", "\uff3c": "\\", "\u2216": "\\",
    "\uff1a": ":", "\u2236": ":", "\ua789": ":", "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2212": "-",
}  # fmt: skip

# Letters of other scripts that have the shape of a Latin one, lower case, in the usual fonts.
_LOOK_ALIKES = str.maketrans(
    "абвгдеһніјкӏмпорԛѕтуѵԝхсԁѡєзьѐёї" + "αβγειϊκνοόπρτυύχωηϲϳσ" + "օոսհցզեіյ" + "ɑɡıɩǀʟƅɪʙɴʀʏꜱᴀᴄᴅᴇᴊᴋᴍᴏᴘᴛᴜᴠᴡᴢℓ",
    "abbrdehhijklmnopqstyvwxcdwe3beei" + "abyeiikvoonptuuxwncjo" + "onuhgqeij" + "agiillbibnrysacdejkmoptuvwzl",
)

# Capitals whose small letter looks like another one than they do (Greek eta, nu, upsilon; zeta and mu have no twin).
_CAPITALS = str.maketrans("ΗΝΥΖΜ", "hnyzm")

# Texts of these alone are read as they stand: ASCII and the Latin letters with their accents.
_PLAIN = re.compile(
    "[\n -~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0134-\u013e\u0141-\u0148\u014a-\u017e\u01a0-\u01b0\u1ea0-\u1ef9]*"
)

_COMBINING_FIRST, _COMBINING_LAST = "\u0300", "\u036f"


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """`char` as a browser reads it in an address: one character, or "" for what is not seen."""
    if char in _PUNCTUATION:
        return _PUNCTUATION[char]
    category = unicodedata.category(char)
    if category in ("Cf", "Cs", "Cc") and char not in "\n\t\r":
        return ""
    if char.isspace():
        return "\n" if char in "\n\r\u2028\u2029\u0085" else " "
    if "\ufe00" <= char <= "\ufe0f" or "\u20d0" <= char <= "\u20ff":
        return ""
    compatible = unicodedata.normalize("NFKC", char)
    return compatible if len(compatible) == 1 else char


def readable(text: str) -> tuple[str, list[int]]:
    """`text` as a browser would read an address in it, and for each of its characters the offset in `text`.

    Unseen characters are gone, letters and their marks are one character (marks that fit no letter are gone),
    every kind of space is one; the offsets have one more element, the length of `text`.
    """
    if _PLAIN.fullmatch(text):
        return text, list(range(len(text) + 1))
    plain: list[str] = []
    offsets: list[int] = []
    for offset, char in enumerate(text):
        if _COMBINING_FIRST <= char <= _COMBINING_LAST:
            _join_mark(plain, char)
            continue
        shown = char if "!" <= char <= "~" or char == " " else _plain(char)
        if shown:
            plain.append(shown)
            offsets.append(offset)
    offsets.append(len(text))
    return "".join(plain), offsets


def _join_mark(plain: list[str], mark: str) -> None:
    """Put an accent that stands alone onto the letter before it, where the two make one letter."""
    if plain:
        joined = unicodedata.normalize("NFC", plain[-1] + mark)
        if len(joined) == 1:
            plain[-1] = joined


def skeleton(text: str) -> str:
    """What an eye reads: letters of other scripts as the Latin ones they resemble, without accents, lower case."""
    if text.isascii():
        return text.lower()
    latin = unicodedata.normalize("NFKC", text).translate(_CAPITALS).casefold().translate(_LOOK_ALIKES)
    return fold(latin).translate(_LOOK_ALIKES)

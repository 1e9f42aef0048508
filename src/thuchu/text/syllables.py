"""Vietnamese syllables as people really write them: where the tone mark sits, letters held down, keys left raw.

Refuses to guess meaning: every rule here looks at the letters of one syllable only.
"""

import re

# Old and new style put the tone of an open rime on different letters (hóa/hoá, khỏe/khoẻ, thủy/thuỷ).  One row a rime,
# new style to old style; "quý" keeps its tone, because there the u belongs to the consonant.
_NEW_STYLE = {"oa": "oàoáoãoảoạ", "oe": "oèoéoẽoẻoẹ", "uy": "uỳuýuỹuỷuỵ"}
_OLD_STYLE = {"oa": "òaóaõaỏaọa", "oe": "òeóeõeỏeọe", "uy": "ùyúyũyủyụy"}
_PLACEMENT = {
    new[i : i + 2]: _OLD_STYLE[rime][i : i + 2] for rime, new in _NEW_STYLE.items() for i in range(0, len(new), 2)
}
_OPEN_RIME = re.compile(r"(?<!q)(" + "|".join(_PLACEMENT) + r")$")
# After one of these consonants alone, i and y are two spellings of one sound (kĩ/kỹ, lí/lý, tỉ/tỷ).
_LONE_Y = re.compile(r"(?<=^[hklmstv])[yỳýỷỹỵ]$")
_Y_TO_I = dict(zip("yỳýỷỹỵ", "iìíỉĩị", strict=True))
_HELD_DOWN = re.compile(r"([^\W\d_])\1{2,}")


def one_tone_placement(syllable: str) -> str:
    """A lower-case NFC syllable with its tone where the older spelling puts it: `hoá` gives `hóa`; idempotent."""
    return _OPEN_RIME.sub(lambda rime: _PLACEMENT[rime[1]], syllable)


def one_final_i(syllable: str) -> str:
    """A lower-case NFC syllable with i where i and y sound alike: `kỹ` gives `kĩ`, `quý` stays; idempotent."""
    return _LONE_Y.sub(lambda y: _Y_TO_I[y[0]], syllable)


def release_held_keys(word: str) -> str:
    """A word without letters held down for effect: `ngonnnn` gives `ngon`; two equal letters stay; idempotent."""
    return _HELD_DOWN.sub(r"\1", word)

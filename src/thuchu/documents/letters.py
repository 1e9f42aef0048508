"""Which letters the shipped fonts draw in all their styles, read from the fonts themselves.

A letter that no font draws would be an empty box in the document, which a tagged PDF may not hold: typst refuses the
whole file.  So what isn't drawn here is replaced by □ beforehand, and counted.
"""

import struct
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "fonts"
FAMILY = "Liberation Serif"
_STYLES = ("Regular", "Bold", "Italic")
STAND_IN = "□"
# Unicode on Windows, the Basic Multilingual Plane: the table that every TrueType font has.
_WINDOWS_UNICODE = (3, 1)


def drawn(text: str) -> tuple[str, int]:
    """The text with □ for what the fonts don't draw, and how many that were."""
    strange = [letter for letter in set(text) if letter not in letters() and letter != "\n"]
    count = 0
    for letter in strange:
        count += text.count(letter)
        text = text.replace(letter, STAND_IN)
    return text, count


@cache
def letters() -> frozenset[str]:
    """Every character that all three styles draw; of the private use area none, since it means nothing to others."""
    shared = frozenset.intersection(*(_of(FOLDER / f"LiberationSerif-{style}.ttf") for style in _STYLES))
    return frozenset(letter for letter in shared if not "\ue000" <= letter <= "\uf8ff")


def _of(font: Path) -> frozenset[str]:
    """What one TrueType font has a glyph for, by its format-4 character map."""
    body = font.read_bytes()
    (count,) = struct.unpack_from(">H", body, 4)
    tables = {body[at : at + 4]: struct.unpack_from(">II", body, at + 8) for at in range(12, 12 + 16 * count, 16)}
    start = tables[b"cmap"][0]
    (subtables,) = struct.unpack_from(">H", body, start + 2)
    for at in range(start + 4, start + 4 + 8 * subtables, 8):
        platform, encoding, offset = struct.unpack_from(">HHI", body, at)
        if (platform, encoding) == _WINDOWS_UNICODE:
            return _segments(body, start + offset)
    raise ValueError(f"{font.name}: has no Unicode character map")


def _segments(body: bytes, at: int) -> frozenset[str]:
    (length,) = struct.unpack_from(">H", body, at + 6)
    count = length // 2
    ends = struct.unpack_from(f">{count}H", body, at + 14)
    starts = struct.unpack_from(f">{count}H", body, at + 16 + length)
    deltas = struct.unpack_from(f">{count}H", body, at + 16 + 2 * length)
    ranges_at = at + 16 + 3 * length
    offsets = struct.unpack_from(f">{count}H", body, ranges_at)
    found = []
    for segment in range(count):
        for code in range(starts[segment], min(ends[segment], 0xFFFE) + 1):
            glyph = code
            if offsets[segment]:
                place = ranges_at + 2 * segment + offsets[segment] + 2 * (code - starts[segment])
                (glyph,) = struct.unpack_from(">H", body, place)
            if not (glyph or offsets[segment] == 0) or (glyph + deltas[segment]) & 0xFFFF == 0:
                continue
            found.append(chr(code))
    return frozenset(found)

"""JSON lines: one value a line, keys sorted, no spaces, UTF-8; the same bytes for the same value."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from thuchu.dump.errors import DumpBroken

# The longest entry that a desk writes has about 100 KB, the longest note 20; a line beyond this is no dump's.
LINE_BYTES_MAX = 16 * 1024 * 1024


class Line(NamedTuple):
    """One line as it stands: `number` counts from 1, `start` is its first byte, `text` has no line end."""

    number: int
    start: int
    text: bytes


def written(value: Any) -> bytes:
    """`value` as a line, with its end."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def read(path: Path) -> Iterator[Line]:
    """Every line of a file; raises DumpBroken for one that is too long or has no end."""
    with path.open("rb") as file:
        number, start = 0, 0
        while text := file.readline(LINE_BYTES_MAX + 1):
            number += 1
            if len(text) > LINE_BYTES_MAX:
                raise DumpBroken(path.name, number, f"longer than {LINE_BYTES_MAX} bytes; take another copy of it")
            if not text.endswith(b"\n"):
                raise DumpBroken(path.name, number, "the line is cut off; take another copy of the dump")
            yield Line(number, start, text[:-1])
            start += len(text)


def value(path: Path, line: Line) -> dict[str, Any]:
    """The object that a line holds; raises DumpBroken."""
    try:
        found = json.loads(line.text)
    except (ValueError, RecursionError) as error:
        raise DumpBroken(path.name, line.number, f"not JSON ({error}); take another copy of the dump") from None
    if not isinstance(found, dict):
        raise DumpBroken(path.name, line.number, f"{type(found).__name__} where an object is expected")
    return found

"""From the translations people edit (`.po`) to the ones gettext reads (`.mo`), which are never committed.

The build hook runs it for every install; commands and tests run it again when somebody has edited a `.po` file since.
"""

import os
from pathlib import Path

LOCALE = Path(__file__).parent / "locale"


class CannotCompile(RuntimeError):
    """A translation is missing or older than its source, and there is nothing here to compile it with."""


def refresh(locale: Path = LOCALE) -> list[Path]:
    """Compile every `.po` below `locale` whose `.mo` is missing or older; gives back the files written.

    raises  CannotCompile when one must be compiled and polib isn't installed
    """
    stale = [source for source in sorted(locale.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]
    for source in stale:
        _compile(source)
    return [source.with_suffix(".mo") for source in stale]


def _is_stale(source: Path) -> bool:
    compiled = source.with_suffix(".mo")
    return not compiled.exists() or compiled.stat().st_mtime_ns < source.stat().st_mtime_ns


def _compile(source: Path) -> None:
    try:
        import polib
    except ImportError:
        hint = "install polib, or the package again with `pip install -e .`"
        raise CannotCompile(f"{source} must be compiled: {hint}") from None
    scratch = source.with_suffix(f".{os.getpid()}.part")
    # Put in place whole: two test processes may compile the same file at the same time.
    scratch.write_bytes(polib.pofile(str(source)).to_binary())
    scratch.replace(source.with_suffix(".mo"))

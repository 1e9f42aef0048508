"""A line on the terminal for commands that run without the desk: what is being done, and how much of it is."""

import sys
import time

# A bar appears for what takes longer than this, and is drawn at most ten times a second.
PATIENCE_S = 1.0
REDRAW_S = 0.1
BAR_CHARS = 24


class Watching:
    """One line that is written over: what is being done, how much of it is, how long it has taken.

    For people only: nothing where the output is read by a program, and nothing of what is over at once.
    """

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty()
        self._text, self._since, self._shown = "", time.monotonic(), 0.0

    def __call__(self, text: str, share: float) -> None:
        """Say what is being done, and how much of it is, from 0.0 to 1.0."""
        now = time.monotonic()
        if text != self._text:
            self._text, self._since = text, now
        if self._watched and now - self._since >= PATIENCE_S and now - self._shown >= REDRAW_S:
            self._shown = now
            done = int(share * BAR_CHARS)
            bar = "█" * done + "░" * (BAR_CHARS - done)
            print(f"\r\x1b[K{bar} {share:4.0%}  {text}  {now - self._since:.0f} s", end="", file=sys.stderr, flush=True)

    def __enter__(self) -> "Watching":
        return self

    def __exit__(self, *_raised: object) -> None:
        if self._shown:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)

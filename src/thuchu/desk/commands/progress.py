"""A progress bar on standard error; silent where nobody looks at a terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

console = Console(stderr=True, highlight=False)


class Bar:
    """One line that fills up; `to` takes (done, total) in any unit."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task

    def to(self, done: int, total: int) -> None:
        """Show that `done` of `total` is done."""
        self._progress.update(self._task, completed=done, total=max(total, 1))


@contextmanager
def bar(label: str) -> Iterator[Bar]:
    """A bar named `label`, for as long as the block runs."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    # Disabled, or it would still write an empty line into a log or a pipe.
    is_off = not console.is_terminal
    with Progress(*columns, TimeRemainingColumn(), console=console, transient=True, disable=is_off) as progress:
        yield Bar(progress, progress.add_task(label, total=None))

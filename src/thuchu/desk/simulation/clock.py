"""The time of a desk that plays itself: a year passes while its play takes minutes.

Everything in the house that needs a clock asks one, `django.utils.timezone.now()` (a test looks), and so do Django's
own sessions.  Here alone another one takes its place, for a whole process, and only where the ledger's first entry says
that the desk is a simulation.  Rooms get `now` as an argument, as ever.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.utils import timezone

from thuchu.desk.simulation.marking import NotASimulation, is_simulation

# How a made-up person's browser says when it asks, in milliseconds since 1970; no served desk but a play's reads it.
HEADER = "X-Simulated-Now"
_IN_ENVIRON = "HTTP_X_SIMULATED_NOW"
# Until the year 2286.
_DIGITS_MAX = 13

_Source = Callable[[], datetime]
_real_now: _Source = timezone.now
_source: ContextVar[_Source] = ContextVar("simulated_clock", default=_real_now)


@dataclass(slots=True)
class Clock:
    """A play's own time; it never goes back."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    def wait(self, time: timedelta) -> None:
        """So much later."""
        self.now += time

    def wait_until(self, moment: datetime) -> None:
        """That moment; nothing where it is over."""
        self.now = max(self.now, moment)


def go_by_the_play() -> None:
    """From now on this process asks the play for the time, where the play says one; raises NotASimulation."""
    if not is_simulation():
        raise NotASimulation
    timezone.now = _now


@contextmanager
def going(clock: Clock) -> Iterator[None]:
    """In this block `clock` is the desk's, in a process that `go_by_the_play` was called in."""
    before = _source.set(clock)
    try:
        yield
    finally:
        _source.reset(before)


def by_the_play(application: WSGIApplication) -> WSGIApplication:
    """The same pages, each at the moment that its visitor's browser says; raises NotASimulation."""
    go_by_the_play()

    def at_their_moment(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        said = environ.get(_IN_ENVIRON, "")
        if not (said.isascii() and said.isdecimal() and len(said) <= _DIGITS_MAX):
            return application(environ, start_response)
        with going(Clock(datetime.fromtimestamp(int(said) / 1000, UTC))):
            return application(environ, start_response)

    return at_their_moment


def _now() -> datetime:
    return _source.get()()

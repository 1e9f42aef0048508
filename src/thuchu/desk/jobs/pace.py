"""How fast everything goes, in one value: a desk has one pace, a test that kills workers another."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The limits of a worker.

    lease_seconds    a worker not heard of for so long is lost; its heart beats four times in it, and a write
                     transaction, which keeps the heart waiting on SQLite, takes seconds at most
    poll_seconds     who waits for a job at a screen hardly notices a second; looking costs 0.1 ms
    upkeep_seconds   how late a periodic job, or the job of a lost worker, may be noticed
    backoff_seconds  10 s, 20 s, … 2 h: twelve tries take about five hours, longer than a mail server's repair,
                     shorter than a day
    """

    lease_seconds: float = 60.0
    poll_seconds: float = 1.0
    upkeep_seconds: float = 5.0
    backoff_seconds: float = 10.0
    backoff_seconds_max: float = 7_200.0
    attempts_max: int = 12

    @property
    def beat_seconds(self) -> float:
        """Between two beats of a worker's heart."""
        return self.lease_seconds / 4


DESK = Pace()

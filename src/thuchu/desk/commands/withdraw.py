"""`thuchu withdraw`: an imported fact-check goes out of search; its page says so, and why."""

import sys

from django.utils import timezone

from thuchu.desk import journey
from thuchu.desk.commands.ready import ready
from thuchu.desk.library.withdraw import CannotWithdraw


def run(url: str, reason: str) -> int:
    """Withdraw what was imported from `url`."""
    ready()
    try:
        names = journey.withdraw_from(url, reason, now=timezone.now())
    except CannotWithdraw as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Withdrawn: {', '.join(names)}.")
    return 0

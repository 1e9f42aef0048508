"""The flood on the desk's own pages: every question from a line of its own, at its moment, ready or not.

How long an answer takes is counted from the moment the question was due: what a desk makes people wait before it takes
their question is waiting, too.
"""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from thuchu.desk.drill.asking import Flood
from thuchu.desk.simulation.browser import Browser, PageFailed, lines_to

# Questions under way at a time; a desk that holds more up is late.
ASKERS = 16
# Every so manieth message is checked by a program, too, and every so manieth asker opens their page again.
CHECKED_EVERY, OPENED_EVERY = 10, 20
# The processes of a desk take turns: by then each was asked.
WAKING_CALLS = 40
# A desk that can't follow is given so much longer; then what is left counts as lost.
LATE_SECONDS_MAX = 600.0

Report = Callable[[int, int], None]


@dataclass(slots=True)
class Poured:
    """What came of it: milliseconds from when a question was due to its answer, of checks by programs, of pages.

    messages  the message of every question that was taken, by its place in the flood
    """

    asked_ms: list[float] = field(default_factory=list)
    checked_ms: list[float] = field(default_factory=list)
    opened_ms: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    messages: list[int] = field(default_factory=list)
    seconds: float = 0.0


def wake(address: str) -> None:
    """A desk that has been open since the morning has read its collection: so has each of its processes then."""
    with lines_to(address) as open_line:
        for place in range(WAKING_CALLS):
            body = json.dumps({"text": f"Có ai biết chuyện số {place} ở bến phà chiều nay không?"}).encode()
            open_line(f"2001:db8:0:{place + 1:x}::1").call("/api/v1/check", body)


def pour(flood: Flood, address: str, *, seconds: float, report: Report) -> Poured:
    """Ask all of it within `seconds`, on the desk at `address`."""
    poured, places, lock = Poured(), iter(range(len(flood.order))), threading.Lock()
    began = time.monotonic()

    def step() -> int | None:
        with lock:
            place = next(places, None)
            if place is not None:
                report(place + 1, len(flood.order))
            return place

    def ask_on() -> None:
        with lines_to(address) as open_line:
            browser = open_line("2001:db8::1")
            token = browser.form("/")
            while (place := step()) is not None and time.monotonic() < began + seconds + LATE_SECONDS_MAX:
                due = began + seconds * place / len(flood.order)
                time.sleep(max(0.0, due - time.monotonic()))
                _ask(browser, token, flood, place, due, poured)

    askers = [threading.Thread(target=ask_on, daemon=True) for _ in range(ASKERS)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    poured.seconds = time.monotonic() - began
    return poured


def _ask(browser: Browser, token: str, flood: Flood, place: int, due: float, poured: Poured) -> None:
    # Networks for documentation: nobody's.
    browser.line = f"2001:db8:{place // 65_000 + 1:x}:{place % 65_000:x}::1"
    message = flood.messages[flood.order[place]]
    try:
        page = browser.hand_in("/", token, {"message": message})
        poured.asked_ms.append((time.monotonic() - due) * 1000)
        poured.tokens.append(page.leads_to.rsplit("/", 1)[1])
        poured.messages.append(flood.order[place])
        if place % OPENED_EVERY == 0:
            began = time.monotonic()
            browser.open(page.leads_to)
            poured.opened_ms.append((time.monotonic() - began) * 1000)
        if place % CHECKED_EVERY == 0:
            began = time.monotonic()
            browser.call("/api/v1/check", json.dumps({"text": message}).encode())
            poured.checked_ms.append((time.monotonic() - began) * 1000)
    except PageFailed as error:
        poured.failed.append(str(error))

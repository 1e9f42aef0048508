"""What the tests of accounts share: a desk with an operator, and a line to sign in from."""

import pytest
from people import DESK, Desk

from thuchu.desk.accounts.passkeys import Site
from thuchu.desk.accounts.sign_in import Line
from thuchu.desk.limits import Limiter


@pytest.fixture
def site():
    """The desk as its people's browsers reach it."""
    return Site(rp_id="localhost", name=DESK, origin="http://localhost:8000")


@pytest.fixture
def line():
    """A line from which nobody has tried anything yet, and that may try a lot."""
    return Line(limiter=Limiter(per_minute=1_000), address="192.0.2.7", clock_s=0.0)


@pytest.fixture
def desk(db, now, site):
    """A desk that people join: each gives back the person, with their account, names and keys."""
    return Desk(now, site)

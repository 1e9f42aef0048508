"""What the tests of accounts share: a desk with an operator, and a line to sign in from."""

import pytest
from people import DESK, Desk, plenty

from thuchu.desk.accounts.passkeys import Site


@pytest.fixture
def site():
    """The desk as its people's browsers reach it."""
    return Site(rp_id="localhost", name=DESK, origin="http://localhost:8000")


@pytest.fixture
def line():
    """A line from which nobody has tried anything yet, and that may try a lot."""
    return plenty()


@pytest.fixture
def desk(db, now, site):
    """A desk that people join: each gives back the person, with their account, names and keys."""
    return Desk(now, site)

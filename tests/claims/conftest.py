"""What the tests of claims share: a desk nobody has asked yet."""

import pytest
from waiting_desk import Desk


@pytest.fixture
def desk(db, now):
    """A desk nobody has asked yet."""
    return Desk(now)

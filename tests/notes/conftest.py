"""What the tests of notes share."""

import pytest
from notes_desk import Desk


@pytest.fixture
def desk(db, now):
    """A desk with nobody and nothing yet; a test says who comes and what they do."""
    return Desk(now)


@pytest.fixture
def an(desk):
    """An writes."""
    return desk.person("An Nhiên")


@pytest.fixture
def binh(desk):
    """Bình rates."""
    return desk.person("Bình Minh", may_write=False)

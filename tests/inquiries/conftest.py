"""What the tests of inquiries share."""

import pytest

from inquiries.asking_desk import AskingDesk


@pytest.fixture
def desk(db, now):
    """A desk with a coordinator, on a Tuesday: 24 November 2026."""
    return AskingDesk(now)

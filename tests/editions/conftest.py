"""The desk of these tests."""

import pytest

from reviews.review_desk import ReviewDesk


@pytest.fixture
def desk(db, home, now):
    return ReviewDesk(now)

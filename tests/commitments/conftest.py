"""A desk that held a review of the third quarter of 2026 and agrees on things on 24 November."""

import pytest

from commitments.meeting_desk import MeetingDesk


@pytest.fixture
def desk(db, now):
    return MeetingDesk(now)

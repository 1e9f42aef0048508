"""What the tests of facts share: a made-up election."""

import pytest
from election_desk import ElectionDesk


@pytest.fixture
def desk(db, home, now, tmp_path):
    """An election three weeks away, a captured notice, no fact yet."""
    return ElectionDesk(now, tmp_path)

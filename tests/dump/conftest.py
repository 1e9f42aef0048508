"""What the tests of dumps share."""

import pytest
from dumps import made_up, three_rounds


@pytest.fixture(scope="session")
def dump(tmp_path_factory):
    """A made-up dump of three rounds; whoever changes it copies it first."""
    return made_up(tmp_path_factory.mktemp("dumps") / "dump", three_rounds())

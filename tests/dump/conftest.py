"""What the tests of dumps share."""

import pytest
from dumps import made_up, three_rounds

from thuchu.desk.web.compile_messages import refresh

# A dump says its rules in both languages.
refresh()


@pytest.fixture(scope="session")
def dump(tmp_path_factory):
    """A made-up dump of three rounds; whoever changes it copies it first."""
    return made_up(tmp_path_factory.mktemp("dumps") / "dump", three_rounds())

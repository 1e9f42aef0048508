"""A site on loopback, and a wire that may ask it."""

import pytest
from sites import Listener, Site

from thuchu.desk.evidence.fetch import HttpWire, Limits

QUICK = Limits(seconds=1.0, bytes_max=200_000, redirects=5)


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture
def listener():
    listener = Listener()
    yield listener
    listener.close()


@pytest.fixture
def wire(site):
    """May ask the test's own site, and gives up after a second."""
    return HttpWire(limits=QUICK, loopback_ports=frozenset({site.port}))

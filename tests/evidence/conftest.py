"""A site on loopback, and a wire that may ask it."""

import pytest
from sites import Listener, Site

from thuchu.desk.evidence.fetch import HttpWire, Limits

SMALL = Limits(seconds=10.0, bytes_max=200_000, redirects=5)
HASTY = Limits(seconds=1.0, bytes_max=200_000, redirects=5)


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
    """May ask the test's own site, and takes little of it."""
    return HttpWire(limits=SMALL, loopback_ports=frozenset({site.port}))


@pytest.fixture
def hasty_wire(site):
    """The same, and gives up after a second."""
    return HttpWire(limits=HASTY, loopback_ports=frozenset({site.port}))

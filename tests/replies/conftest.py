"""A post office, and askers who want to be told by mail."""

import pytest

from replies.post_office import PostOffice


@pytest.fixture
def post_office(settings):
    office = PostOffice()
    office.open()
    settings.THUCHU_SMTP_URL = office.server
    yield office
    office.close()

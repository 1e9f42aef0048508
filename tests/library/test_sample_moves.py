"""The sample content when the desk's address changes: it moves along and stands there once."""

import pytest

from thuchu.desk import sample
from thuchu.desk.library import reads

pytestmark = pytest.mark.django_db


def test_the_sample_moves_with_the_desk_and_back_and_is_never_there_twice(home, settings, now):
    added = sample.load(now=now)

    counts = []
    for address in ("http://127.0.0.1:9000", "http://127.0.0.1:8000"):
        settings.THUCHU_ADDRESS = address
        sample.load(now=now)
        counts.append((reads.count(), {url.rsplit("/", 2)[0] for url in reads.addresses(sample.PUBLISHER)}))

    assert added == reads.count()
    assert counts == [
        (added, {"http://127.0.0.1:9000"}),
        (added, {"http://127.0.0.1:8000"}),
    ]

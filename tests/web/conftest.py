"""What the pages' tests share: both languages compiled, imports, and a browser's side of the conversation."""

import json

import pytest
from django.test import Client

from thuchu.desk import journey
from thuchu.desk.intake.limits import limiter
from thuchu.desk.web.compile_messages import refresh

# What was edited since the last run is compiled before anything is translated.
refresh()


@pytest.fixture(autouse=True)
def plenty(settings):
    """Every test begins with full buckets; tests of the limit set their own."""
    settings.THUCHU_CHECKS_PER_MINUTE = 1000
    limiter.cache_clear()
    yield
    limiter.cache_clear()


@pytest.fixture
def take_in(tmp_path, home, now):
    """Imports records as the operator would."""

    def take(*records, publisher="Báo Thử", hosts=("tin.example",), at=None):
        path = tmp_path / "records.jsonl"
        path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), "utf-8")
        for _ in journey.take_in(path, publisher=publisher, hosts=list(hosts), now=at or now):
            pass

    return take


@pytest.fixture
def vi():
    """Somebody whose browser asks for Vietnamese."""
    return Client(headers={"accept-language": "vi"})


@pytest.fixture
def en():
    """Somebody whose browser asks for English."""
    return Client(headers={"accept-language": "en-GB,en;q=0.8"})


@pytest.fixture
def ask():
    """Sends a message through the box and gives back the page it leads to."""

    def send(client, message):
        return client.get(client.post("/", {"message": message})["Location"])

    return send

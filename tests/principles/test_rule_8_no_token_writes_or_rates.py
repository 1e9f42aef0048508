"""Rule 8: a token with every scope, of somebody who may write and rate, writes no note and no rating anywhere."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from notes.notes_desk import ANSWER, Desk
from the_router import addresses
from thuchu.desk.accounts import api_tokens
from thuchu.desk.accounts.limits import Line
from thuchu.desk.accounts.models import SCOPES
from thuchu.desk.intake import limits
from thuchu.desk.limits import Limiter
from thuchu.desk.notes.models import Note, Rating, Version
from thuchu.privacy import scrub

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
METHODS = ("get", "post", "put", "patch", "delete")

pytestmark = pytest.mark.django_db


@pytest.fixture
def fast(home, settings):
    settings.THUCHU_CHECKS_PER_MINUTE = 100_000
    limits.limiter.cache_clear()
    limits.token_limiter.cache_clear()
    yield
    limits.limiter.cache_clear()
    limits.token_limiter.cache_clear()


def token_of(person):
    line = Line(limiter=Limiter(per_minute=1_000), address="192.0.2.7", clock_s=0.0)
    return api_tokens.make(person, scrub("máy của An"), SCOPES, days=365, line=line, now=timezone.now())


def forms(desk, claim, note):
    """What pages of writing and rating take, all of it at once, as a form and as JSON."""
    quote = desk.draft().evidence[0]
    everything = {
        "text": ANSWER,
        "verdict": "false",
        "evidence": quote,
        "quote": quote,
        "helpfulness": "helpful",
        "reasons": "helpfulClear",
        "version": 1,
        "claim": claim,
        "note": note,
        "name": "nước muối",
        "status_url": "/q/nothing",
    }
    return everything, json.dumps(everything)


def test_no_token_writes_a_note_or_a_rating_at_any_address(fast):
    desk = Desk(NOW)
    author, owner = desk.person("An Nhiên"), desk.person("Bình Minh", role="coordinator")
    claim = desk.claim()
    note = desk.note(author, claim)
    form, body = forms(desk, claim, note)
    client = Client(headers={"authorization": f"Bearer {token_of(owner)}"}, raise_request_exception=False)
    before = (Note.objects.count(), Version.objects.count(), Rating.objects.count())

    for _, path, _ in addresses():
        for method in METHODS:
            for at in {path, path.replace("/1", f"/{note}"), path.replace("/1", f"/{claim}")}:
                sent = [{}] if method == "get" else [{"data": body, "content_type": "application/json"}]
                sent += [{"data": form}] if method == "post" else []
                for each in sent:
                    assert getattr(client, method)(at, **each).status_code < 500, (method, at)

    assert (Note.objects.count(), Version.objects.count(), Rating.objects.count()) == before


def test_no_scope_speaks_of_notes_or_ratings():
    assert set(SCOPES) == {"check", "wishes"}

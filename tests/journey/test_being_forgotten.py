"""Who leaves is forgotten in every room: nothing is held in their name any more."""

import pytest

from notes.notes_desk import Desk
from thuchu.desk import journey
from thuchu.desk.accounts.models import Account
from thuchu.desk.claims.assign import take
from thuchu.desk.claims.queue import taken_by
from thuchu.desk.evidence.models import CaptureRequest
from thuchu.desk.evidence.requests import request_capture
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db


def test_what_they_had_taken_is_free_and_what_they_asked_for_is_not_fetched(home, now):
    desk = Desk(now)
    an = desk.person("An Nhiên")
    claim = desk.claim()
    take(claim, person=an.pseudonym_id, now=now)
    request_capture("https://bao.example/tin", scrub("Câu này nói rõ."), by=an.pseudonym_id, now=now)

    name = journey.leave(an.id, now=now)

    assert name != an.name
    assert not Account.objects.filter(pk=an.id).exists()
    assert not taken_by(an.pseudonym_id, now=now)
    assert not CaptureRequest.objects.exists()

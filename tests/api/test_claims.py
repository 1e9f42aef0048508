"""What waits and what was found so far, for programs: the same as on the public pages, and nothing more."""

import json

import pytest
from django.utils import timezone

from thuchu.desk import sample_work
from thuchu.desk.accounts.models import Account
from thuchu.desk.claims.models import Claim
from thuchu.desk.facts.models import PinnedFact
from thuchu.desk.notes.models import Note, Rating

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_work(home):
    # The API goes by the clock, and what somebody has taken is theirs for two days.
    sample_work.load(now=timezone.now())


def test_what_waits_is_listed_with_the_reason_of_its_place(at_work, client):
    page = client.get("/api/v1/claims").json()

    assert page["items"][0]["reasons"]
    assert {item["state"] for item in page["items"]} == {"open", "in_rating"}
    assert [item for item in page["items"] if item["is_taken"]]
    assert not page["has_more"]
    assert client.get("/api/v1/claims?topic=weather").json()["items"][0]["wording"].startswith("Đoạn đê")
    assert client.get("/api/v1/claims?topic=no-such").json()["items"] == []


def test_a_claim_comes_with_its_notes_their_evidence_and_what_was_done_to_it(at_work, client):
    note = Note.objects.order_by("pk").first()

    claim = client.get(f"/api/v1/claims/{note.claim_id}").json()

    assert [each["verdict"] for each in claim["notes"]] == ["false", "unproven"]
    assert claim["notes"][0]["evidence"][0]["how"] == "uploaded"
    assert client.get(f"/api/v1/notes/{note.pk}").json() == claim["notes"][0]
    merged = Claim.objects.get(state="merged")
    assert client.get(f"/api/v1/claims/{merged.pk}").json()["leads_to"] == merged.merged_into_id
    closed = Claim.objects.filter(state="not_checkable").first()
    assert client.get(f"/api/v1/claims/{closed.pk}").json()["acts"][0]["reason"]


def test_events_are_listed(at_work, client):
    events = client.get("/api/v1/events").json()

    assert sorted((event["kind"], event["is_running"]) for event in events) == [("election", True), ("storm", True)]
    assert [event["claims"] for event in events if event["kind"] == "storm"] == [1]


def test_an_event_comes_with_its_facts_and_what_was_written_beforehand(at_work, client):
    number = next(event["id"] for event in client.get("/api/v1/events").json() if event["kind"] == "election")

    event = client.get(f"/api/v1/events/{number}").json()

    fact = next(each for each in event["facts"] if each["area"] == "vn-da-nang")
    assert (fact["standing"], fact["field"]) == ("current", "opening_hours")
    assert "6 giờ đến 18 giờ" in fact["value"]
    assert "6 giờ đến 18 giờ" in fact["quote"]
    assert fact["event_url"] == event["page_url"]
    waiting = PinnedFact.objects.filter(event=number, confirmed_by=None)
    assert not {fact.value_vi for fact in waiting} & {each["value"] for each in event["facts"]}
    assert len(event["prebunks"]) == 2
    first = client.get(f"/api/v1/claims/{event['prebunks'][0]['claim']}").json()
    assert first["wording"] == event["prebunks"][0]["wording"]


def test_no_rater_number_and_no_rating_is_in_any_of_it(at_work, client):
    everything = [
        client.get("/api/v1/claims").content,
        client.get("/api/v1/events").content,
        *(client.get(f"/api/v1/claims/{claim.pk}").content for claim in Claim.objects.all()),
        *(client.get(f"/api/v1/notes/{note.pk}").content for note in Note.objects.all()),
    ]

    said = b"".join(everything).decode()

    assert Rating.objects.exists()
    assert not [number for number in Account.objects.values_list("rater_number", flat=True) if str(number) in said]
    assert "helpful" not in said


NOWHERE = [f"/{kind}/{number}" for kind in ("claims", "notes", "events") for number in (999, 2**70)]


@pytest.mark.parametrize("path", [*NOWHERE, "/claims/x"])
def test_what_is_not_there_is_a_problem_with_a_next_step(db, home, client, path):
    answer = client.get(f"/api/v1{path}")

    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("application/problem+json")
    assert json.loads(answer.content)["detail"]


def test_nothing_can_be_written_there(at_work, client):
    for path in ("/claims", "/claims/1", "/notes/1", "/events"):
        for method in (client.post, client.put, client.patch, client.delete):
            assert method(f"/api/v1{path}").status_code == 405

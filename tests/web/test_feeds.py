"""Feeds: what is new, in two forms and two languages, well-formed whatever anybody wrote."""

import json
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from small_library import SALT, STORM

from publishing.test_rounds_of_a_desk import TwoCamps
from thuchu.desk import journey
from thuchu.desk.claims.events import open_event, put_under_event
from thuchu.desk.claims.topics import add_topic, set_topics
from thuchu.desk.ledger.append import head
from thuchu.desk.library.agreed import name_of
from thuchu.desk.library.reads import by_url
from thuchu.desk.notes.rate import rate
from thuchu.desk.web import atom
from thuchu.log.chain import Head
from thuchu.privacy import scrub

HALF_AN_HOUR = timedelta(minutes=30)
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
NAMES = {"a": "http://www.w3.org/2005/Atom", "t": "urn:thuchu:feed:1"}


@pytest.fixture
def agreed(home):
    camps = TwoCamps(timezone.now() - timedelta(hours=3))
    journey.settle(now=camps.now)
    journey.settle(now=camps.now + HALF_AN_HOUR)
    return camps


def read(client, path):
    response = client.get(path)
    assert response.status_code == 200
    return ET.fromstring(response.content)


def state_of(feed, address):
    entries = feed.findall("a:entry", NAMES)
    return next(each.find("t:state", NAMES) for each in entries if each.find("a:id", NAMES).text.endswith(address))


def titles(feed):
    return [title.text for title in feed.findall("a:entry/a:title", NAMES)]


@pytest.mark.django_db
def test_what_is_ours_and_what_a_publisher_reports_are_told_apart(agreed, take_in, vi):
    take_in(SALT)

    said = titles(read(vi, "/feeds/vi/all.atom"))

    assert f"Báo Thử cho biết: Sai: “{SALT['claimReviewed']}”" in said
    assert sum(title.startswith("Sai: “Tin số") for title in said) == len(agreed.bridging)
    items = vi.get("/feeds/en/all.json").json()["items"]
    assert {item["authors"][0]["name"] for item in items} == {"Thực Hư", "Báo Thử"}
    assert [item["external_url"] for item in items if "external_url" in item] == [SALT["url"]]


@pytest.mark.django_db
def test_what_no_longer_holds_stays_under_its_name_and_says_so(agreed, take_in, vi, now):
    take_in(SALT)
    note = agreed.notes[2]
    before = {
        entry.find("a:id", NAMES).text: entry for entry in read(vi, "/feeds/vi/all.atom").findall("a:entry", NAMES)
    }
    for person in agreed.raters[::2]:
        rate(person, note, "not_helpful", ["notHelpfulIncorrect"], version=1, now=agreed.now)
    journey.settle(now=agreed.now + 2 * HALF_AN_HOUR)
    journey.withdraw_from(SALT["url"], "nguồn đã đính chính", now=timezone.now())

    feed = read(vi, "/feeds/en/all.atom")
    after = {entry.find("a:id", NAMES).text: entry for entry in feed.findall("a:entry", NAMES)}

    assert set(after) == set(before)
    ours = next(entry for address, entry in after.items() if address.endswith(f"/f/{name_of(note)}"))
    theirs = next(entry for address, entry in after.items() if address.endswith(by_url(SALT["url"]).page_path))
    assert ours.find("a:title", NAMES).text.startswith("No longer agreed: “")
    assert ours.find("t:state", NAMES).text == "no_longer_agreed"
    assert theirs.find("a:title", NAMES).text.startswith("Báo Thử reports: Withdrawn: “")
    assert "nguồn đã đính chính" in theirs.find("a:summary", NAMES).text
    updated = ours.find("a:updated", NAMES).text
    assert datetime.fromisoformat(updated) == (agreed.now + 2 * HALF_AN_HOUR).replace(microsecond=0)


@pytest.mark.django_db
def test_programs_are_told_no_verdict_of_what_does_not_stand(agreed, take_in, vi):
    """The state said no_longer_agreed, and the verdict beside it was the one that nobody agrees on any more."""
    note = agreed.notes[2]
    address = f"/f/{name_of(note)}"
    assert state_of(read(vi, "/feeds/en/all.atom"), address).get("verdict") == "false"
    for person in agreed.raters[::2]:
        rate(person, note, "not_helpful", ["notHelpfulIncorrect"], version=1, now=agreed.now)
    journey.settle(now=agreed.now + 2 * HALF_AN_HOUR)

    assert "verdict" not in state_of(read(vi, "/feeds/en/all.atom"), address).attrib
    items = vi.get("/feeds/en/all.json").json()["items"]
    assert [item["_thuchu"] for item in items if item["id"].endswith(address)] == [
        {"state": "no_longer_agreed", "verdict": None}
    ]


@pytest.mark.django_db
def test_our_words_are_in_the_feeds_language_and_others_in_their_own(agreed, take_in, vi):
    take_in(SALT)
    journey.withdraw_from(SALT["url"], "nguồn đã đính chính", now=timezone.now())
    feed = read(vi, "/feeds/en/all.atom")
    entries = {entry.find("a:id", NAMES).text.rpartition("/")[2]: entry for entry in feed.findall("a:entry", NAMES)}
    ours, theirs = entries[name_of(agreed.notes[2])], entries[by_url(SALT["url"]).id]

    assert feed.get(LANGUAGE) == "en"
    assert not any(entry.get(LANGUAGE) or entry.find("a:title", NAMES).get(LANGUAGE) for entry in entries.values())
    assert ours.find("a:title", NAMES).text.startswith("False: “")
    assert ours.find("a:summary", NAMES).get(LANGUAGE) == "vi"
    assert theirs.find("a:summary", NAMES).text.startswith("It answers nobody any more.")
    assert theirs.find("a:summary", NAMES).get(LANGUAGE) is None


@pytest.mark.django_db
def test_a_feed_carries_the_head_of_the_ledger_and_is_not_sent_twice(agreed, vi, take_in):
    first = vi.get("/feeds/vi/all.json")
    again = vi.get("/feeds/vi/all.json", headers={"if-none-match": first["ETag"], "accept-language": "vi"})

    assert first.json()["_thuchu"]["ledger"] == {"seq": head().seq, "hash": head().hash.hex()}
    assert read(vi, "/feeds/vi/all.atom").find("t:ledger", NAMES).get("hash") == head().hash.hex()
    assert again.status_code == 304
    take_in(STORM)
    moved = vi.get("/feeds/vi/all.json", headers={"if-none-match": first["ETag"], "accept-language": "vi"})
    assert moved.status_code == 200


@pytest.mark.django_db
def test_topics_events_and_areas_have_feeds_of_what_was_agreed_about_them(agreed, take_in, vi, en):
    take_in(SALT)
    claim = next(iter(agreed.claims_of({agreed.notes[2]})))
    add_topic("suc-khoe", name_vi=scrub("Sức khoẻ"), name_en=scrub("Health"), by=1, now=agreed.now)
    set_topics(claim, ["suc-khoe"], by=1, now=agreed.now)
    times = (agreed.now, timezone.now() + timedelta(days=9))
    event = open_event(
        "storm", names=(scrub("Bão số 9"), scrub("Storm 9")), times=times, areas=[], by=1, now=agreed.now
    )
    put_under_event(event, claim, by=1, now=agreed.now)

    for path in ("topic/suc-khoe", f"event/{event}"):
        items = en.get(f"/feeds/en/{path}.json").json()["items"]
        assert [item["id"].rpartition("/")[2] for item in items] == [name_of(agreed.notes[2])]
    assert en.get("/feeds/en/topic/suc-khoe.json").json()["title"] == "Thực Hư: Health"
    assert f"/feeds/vi/event/{event}.atom" in vi.get(f"/e/{event}").content.decode()
    page = vi.get("/feeds/").content.decode()
    assert "/feeds/vi/topic/suc-khoe.atom" in page
    assert "Bão số 9" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["fr/all.atom", "vi/all.rss", "vi/topic/x.atom", "vi/event/x.atom", f"vi/event/{'9' * 16}.json", "vi/by/x.atom"],
)
def test_what_nobody_can_follow_is_no_feed(vi, home, path):
    assert vi.get(f"/feeds/{path}").status_code == 404


@pytest.mark.django_db
def test_an_empty_desk_has_feeds_and_pages_name_them(vi, home):
    assert titles(read(vi, "/feeds/vi/all.atom")) == []
    assert 'type="application/atom+xml" title="Thực Hư" href="/feeds/vi/all.atom"' in vi.get("/").content.decode()


@pytest.mark.django_db
def test_a_feed_asks_the_database_at_most_eight_times(agreed, take_in, vi, django_assert_max_num_queries):
    take_in(SALT, STORM)

    with django_assert_max_num_queries(8):
        vi.get("/feeds/vi/all.atom")


ANY_TEXT = st.text(st.characters(), max_size=40)


@given(title=ANY_TEXT, text=ANY_TEXT, author=ANY_TEXT, elsewhere=ANY_TEXT)
def test_any_text_makes_a_well_formed_feed(title, text, author, elsewhere):
    moment = datetime(2026, 11, 26, tzinfo=UTC)
    entry = atom.Entry(
        address="https://desk.example/f/a",
        title=title,
        text=text,
        language="vi",
        published=moment,
        updated=moment,
        author=author,
        elsewhere=elsewhere,
        verdict="false",
        state="current",
    )
    feed = atom.Feed(
        title=title,
        subtitle=text,
        language="vi",
        desk=author,
        home="https://desk.example/f/",
        icon="https://desk.example/icon.svg",
        atom="https://desk.example/feeds/vi/all.atom",
        json="https://desk.example/feeds/vi/all.json",
        updated=moment,
        version="1",
        head=Head(1, bytes(32)),
        entries=[entry],
    )

    read_back = ET.fromstring(atom.atom(feed))
    assert read_back.find("a:entry/a:id", NAMES).text == entry.address
    assert json.loads(atom.json_feed(feed))["items"][0]["title"] == title

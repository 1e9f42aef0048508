"""From a page on the web to a note that was rated: evidence fetched, practice passed, written, rated, entered."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from fake_wire import FakeWire
from thuchu.desk.accounts.reads import account_view
from thuchu.desk.evidence.capture import capture_address
from thuchu.desk.notes import reads
from thuchu.desk.notes.batch import take_batch
from thuchu.desk.notes.practice import answer, begin, finish, next_note
from thuchu.desk.notes.to_rate import to_rate
from thuchu.desk.notes.write import write
from thuchu.privacy import scrub

ADDRESS = "https://yte.example/nuoc-muoi"
SENTENCE = "Súc miệng bằng nước muối không diệt được vi rút."
PAGE = f"<title>Nước muối</title><p>Bộ Y tế cho biết.</p><p>{SENTENCE}</p><p>Hãy đến cơ sở y tế.</p>".encode()


def test_from_a_page_to_a_rated_note(desk, binh, home, now):
    state = begin()
    while (known := next_note(state)) is not None:
        state = answer(state, known.id, known.outcome.value).state
    assert finish(binh, state, now=now)
    evidence = capture_address(
        ADDRESS, scrub(SENTENCE), by=binh.pseudonym_id, now=now, wire=FakeWire({ADDRESS: PAGE}), home=home
    )
    claim = desk.claim()

    number = write(account_view(binh.id), claim, desk.draft(evidence=[evidence]), now=now)
    people = desk.people(5)
    for person in people:
        assert [note.number for note in to_rate(person, now=now)] == [number]
        desk.rate(person, number)
    take_batch(now=now)

    (shown,) = reads.notes_of([claim], viewer=people[0], now=now)
    assert shown.result.helpful == 5
    assert (shown.evidence[0].sentence, shown.evidence[0].host) == (SENTENCE, "yte.example")
    assert [missing.code for missing in shown.missing] == ["needs_other_habit"]
    assert to_rate(people[0], now=now) == ()


def test_the_list_is_read_in_the_order_it_is_stored_in(on_sqlite, desk, an, binh, now):
    desk.note(an)
    with CaptureQueriesContext(connection) as asked:
        to_rate(binh, now=now)

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked[0]['sql']}")
        plan = " ".join(row[3] for row in cursor.fetchall())

    assert "notes_to_rate" in plan
    assert "TEMP B-TREE" not in plan

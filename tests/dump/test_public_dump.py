"""Everything public of a desk as files: complete, checkable, the same bytes again, and nothing that isn't public."""

import json
import re
import zipfile
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import jsonschema_rs
import pytest
from django.db import connections, transaction
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import override_settings
from dumps import values

from notes.notes_desk import ANSWER
from publishing.test_rounds_of_a_desk import TwoCamps
from thuchu.desk import journey
from thuchu.desk.accounts.models import Account
from thuchu.desk.dump import kept as kept_dumps
from thuchu.desk.dump.kept import kept, renew
from thuchu.desk.dump.write import CannotWriteDump, write_dump
from thuchu.desk.intake.models import Submission
from thuchu.desk.ledger.append import append, head
from thuchu.desk.ledger.models import Entry
from thuchu.desk.library import index
from thuchu.desk.library.agreed import name_of
from thuchu.desk.moment import one_moment
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.models import Rating
from thuchu.desk.notes.rate import rate
from thuchu.dump import check_files, manifest, recompute, schema

pytestmark = pytest.mark.django_db

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def agreed(home, now):
    camps = TwoCamps(now)
    journey.settle(now=now)
    journey.settle(now=now + HALF_AN_HOUR)
    return camps


@pytest.fixture(scope="module")
def dumped(django_db_setup, django_db_blocker, tmp_path_factory):
    """A desk's dump, and what the desk says of itself; the desk is gone when the tests that only read begin."""
    folder = tmp_path_factory.mktemp("dumped")
    (folder / "home").mkdir()
    at = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    with django_db_blocker.unblock(), override_settings(THUCHU_HOME=folder / "home"), transaction.atomic():
        camps = TwoCamps(at)
        journey.settle(now=at)
        journey.settle(now=at + HALF_AN_HOUR)
        write_dump(folder / "dump")
        write_dump(folder / "again")
        said = SimpleNamespace(
            folder=folder / "dump",
            again=folder / "again",
            head=head(),
            entries=list(Entry.objects.values("seq", "time_ms", "kind", "subject", "body", "hash")),
            notes=camps.notes,
            raters=len(camps.raters),
            published={name_of(note) for note in camps.bridging},
        )
        transaction.set_rollback(True)
    index.close(folder / "home")
    return said


def test_it_holds_and_every_status_comes_out_as_published(dumped):
    done = recompute(dumped.folder)

    assert done.differences == ()
    assert (done.rounds, done.checked.manifest.head) == (2, dumped.head)
    assert done.statuses == 2 * len(dumped.notes)


def test_every_line_of_every_file_is_as_the_schema_says(dumped):
    folder = dumped.folder
    definitions = json.loads((folder / manifest.SCHEMA).read_text("utf-8"))

    assert definitions["$schema"] == schema.DRAFT
    for name in (*manifest.FILES, manifest.MANIFEST):
        if name in (manifest.SCHEMA, manifest.README):
            continue
        of_one_line = {"$ref": f"#/$defs/{name.partition('.')[0]}", **definitions}
        check = jsonschema_rs.validator_for(of_one_line)
        whole = name.endswith(".json")
        for value in [json.loads((folder / name).read_text("utf-8"))] if whole else values(folder, name):
            check.validate(value)
        assert whole or values(folder, name), name


def test_entries_are_what_the_ledger_chains_byte_for_byte(dumped):
    said = values(dumped.folder, manifest.ENTRIES)

    assert said == [row | {"body": json.loads(row["body"]), "hash": bytes(row["hash"]).hex()} for row in dumped.entries]


def test_notes_have_their_words_and_evidence_and_ratings_their_round(dumped):
    notes = values(dumped.folder, manifest.NOTES)
    ratings = values(dumped.folder, manifest.RATINGS)

    assert [line["note"] for line in notes] == dumped.notes
    assert notes[0]["text"] == ANSWER
    assert notes[0]["evidence"][0]["address"].startswith("https://yte.example/")
    assert len(ratings) == len(dumped.notes) * dumped.raters
    assert {line["round"] for line in ratings} == {1}


def test_fact_checks_and_rules_are_there_in_both_languages(dumped):
    rules = json.loads((dumped.folder / manifest.RULES).read_text("utf-8"))
    decided = {line["rule"] for line in values(dumped.folder, manifest.STATUSES)}

    assert {line["id"] for line in values(dumped.folder, manifest.FACT_CHECKS)} == dumped.published
    assert {rule["id"] for rule in rules["rules"]} >= decided
    assert "Những người thường đánh giá khác nhau" in next(r["vi"] for r in rules["rules"] if r["id"] == "sides_agree")


def test_the_same_ledger_gives_the_same_bytes(dumped):
    for name in (*manifest.FILES, manifest.MANIFEST):
        assert (dumped.folder / name).read_bytes() == (dumped.again / name).read_bytes(), name


def test_a_withheld_passage_is_withheld_and_the_dump_still_holds(agreed, tmp_path):
    start = ANSWER.index("Bộ Y tế")
    agreed.withhold(agreed.notes[2], (start, start + 7))

    write_dump(tmp_path / "dump")

    line = next(line for line in values(tmp_path / "dump", manifest.NOTES) if line["note"] == agreed.notes[2])
    assert "Bộ Y tế" not in line["text"]
    assert line["withheld"][0]["reason"] == "doxxing"
    everything = (tmp_path / "dump" / manifest.FACT_CHECKS).read_text("utf-8")
    # Its fact-check is brought to it by the next round; the dump doesn't wait for that.
    assert "Bộ Y tế" not in everything
    assert recompute(tmp_path / "dump").differences == ()


def test_edited_and_rated_again_and_held_once_more_it_still_comes_out_the_same(agreed, now, tmp_path):
    author = agreed.writers[2]
    edit(author, agreed.notes[2], agreed.draft(ANSWER + " Hãy hỏi trạm y tế."), now=now)
    journey.settle(now=now + 3 * HALF_AN_HOUR)
    for person in agreed.raters[:6]:
        rate(person, agreed.notes[2], "helpful", ["helpfulClear"], version=2, now=now)
    journey.settle(now=now + 4 * HALF_AN_HOUR)
    append("link_list.removed", "publisher:1", {"entries": 0}, now=now)

    write_dump(tmp_path / "dump")

    done = recompute(tmp_path / "dump")
    assert (done.rounds, done.differences) == (4, ())
    lost = next(line for line in values(tmp_path / "dump", manifest.FACT_CHECKS) if line["note"] == agreed.notes[2])
    assert (lost["state"], lost["verdict"]) == ("no_longer_agreed", None)


def test_nothing_else_than_a_dump_is_written_over(agreed, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("ba năm")
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()

    for name in ("mine", "file"):
        with pytest.raises(CannotWriteDump, match="something else than a dump"):
            write_dump(tmp_path / name)
    write_dump(tmp_path / "empty")
    write_dump(tmp_path / "empty")

    assert (tmp_path / "mine" / "thesis.txt").read_text() == "ba năm"
    assert check_files(tmp_path / "empty")
    assert {path.name for path in tmp_path.iterdir()} >= {"mine", "file", "empty"}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_half_a_dump_is_never_seen(agreed, tmp_path, monkeypatch):
    write_dump(tmp_path / "dump")
    before = (tmp_path / "dump" / manifest.MANIFEST).read_bytes()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("thuchu.desk.dump.write.readme", full)
    with pytest.raises(OSError, match="No space"):
        write_dump(tmp_path / "dump")

    assert (tmp_path / "dump" / manifest.MANIFEST).read_bytes() == before
    assert [path.name for path in tmp_path.iterdir() if path.name != "home"] == ["dump"]


def words_in(folder):
    return {name: (folder / name).read_text("utf-8") for name in (*manifest.FILES, manifest.MANIFEST)}


def test_what_nobody_is_shown_is_in_no_file(agreed, now, tmp_path):
    """Planted: private questions, digests of private links, accounts, ratings that wait, the hour of a rating."""
    person = agreed.raters[0]
    secret = Submission.objects.order_by("-pk").first()
    Submission.objects.filter(pk=secret.pk).update(text="Chuyện riêng của tôi không ai được biết đâu nhé bạn ơi")
    rate(person, agreed.notes[0], "somewhat_helpful", ["helpfulOther"], version=1, now=now)
    waiting = Rating.objects.get(pending=True)

    write_dump(tmp_path / "dump")

    for name, text in words_in(tmp_path / "dump").items():
        assert "Chuyện riêng của tôi" not in text, name
        assert secret.token_digest not in text, name
        assert "somewhat_helpful" not in text or name == manifest.SCHEMA, (name, waiting)
        assert str(waiting.pk) not in text, name
        for account in Account.objects.all():
            assert account.user_handle.rstrip(b".").decode() not in text or name == manifest.NOTES, name
        for view in agreed.raters:
            assert view.name not in text, name
        assert not re.search(r'"(email|token|session|account|rated_on|rated_at|ip|user_handle)\w*"', text), name


def test_no_line_has_a_rater_and_a_name_or_the_moment_of_a_rating(dumped):
    folder = dumped.folder
    for name in manifest.FILES:
        if name.endswith(".jsonl") and name != manifest.ENTRIES:
            for line in values(folder, name):
                assert not {"rater", "author"} <= line.keys()
                assert not ("rater" in line and {key for key in line if "time" in key or key.endswith("_on")}), name
    numbers = {line["rater"] for line in values(folder, manifest.RATINGS)}
    for line in values(folder, manifest.ENTRIES):
        if line["kind"] != "ratings.entered":
            assert not [number for number in numbers if number in json.dumps(line)], line["kind"]


def test_a_dump_is_packed_for_visitors_when_a_round_was_held(agreed, home, now, tmp_path):
    first = renew(home, now=now + HALF_AN_HOUR)

    assert renew(home, now=now + 9 * HALF_AN_HOUR) is None
    with zipfile.ZipFile(first.path) as packed:
        packed.extractall(tmp_path / "taken")
    assert recompute(tmp_path / "taken").differences == ()
    assert (kept(home).seq, kept(home).hash) == (head().seq, head().hash.hex())

    for person in agreed.raters[::2]:
        rate(person, agreed.notes[2], "not_helpful", ["notHelpfulIncorrect"], version=1, now=now)
    journey.settle(now=now + 2 * HALF_AN_HOUR)
    assert renew(home, now=now + 2 * HALF_AN_HOUR) is None, "half an hour is too soon"
    second = renew(home, now=now + 4 * HALF_AN_HOUR)

    assert second.seq > first.seq
    assert [path.name for path in (home / kept_dumps.FOLDER).iterdir()] == [second.path.name]


def test_without_a_round_it_is_made_again_a_day_later(agreed, home, now):
    renew(home, now=now)
    append("link_list.removed", "publisher:1", {"entries": 0}, now=now)

    assert renew(home, now=now + timedelta(hours=23)) is None
    assert renew(home, now=now + timedelta(hours=24)).seq == head().seq


def test_what_was_hidden_since_is_handed_out_no_more(agreed, home, now):
    before = renew(home, now=now)
    agreed.withhold(agreed.notes[2], (0, 20))

    assert kept(home) is None
    after = renew(home, now=now + timedelta(minutes=1))
    assert after.seq > before.seq
    assert not before.path.exists()


def test_a_damaged_archive_is_none_at_all(agreed, home, now):
    made = renew(home, now=now)
    made.path.write_bytes(made.path.read_bytes()[:1000])

    assert kept(home) is None
    assert renew(home, now=now).size_bytes > 1000


def test_an_empty_ledger_is_packed_for_nobody(home, now, db):
    assert renew(home, now=now) is None


def test_a_dump_of_an_empty_ledger_holds(home, tmp_path, db):
    write_dump(tmp_path / "dump")

    assert recompute(tmp_path / "dump").rounds == 0


def test_whoever_reads_much_sees_one_moment_and_keeps_no_writer_waiting(tmp_path, settings):
    alias = {**connections["default"].settings_dict, "ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "a.db"}
    alias["OPTIONS"] = {"transaction_mode": "IMMEDIATE", "timeout": 1, "init_command": "PRAGMA journal_mode=WAL;"}
    reader, writer = DatabaseWrapper(alias, "moment"), DatabaseWrapper(alias, "writer")
    connections["moment"] = reader
    try:
        with writer.cursor() as cursor:
            cursor.execute("CREATE TABLE entry (seq INTEGER)")
        with one_moment("moment"), reader.cursor() as asks, writer.cursor() as writes:
            writes.execute("INSERT INTO entry VALUES (1)")
            asks.execute("SELECT count(*) FROM entry")
            assert asks.fetchone() == (0,)
        with reader.cursor() as asks:
            asks.execute("SELECT count(*) FROM entry")
            assert asks.fetchone() == (1,)
    finally:
        reader.close()
        writer.close()
        del connections["moment"]

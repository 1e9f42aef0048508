"""A review's figures come out of a dump byte for byte, and whoever changed one is told where."""

import json
import random
import shutil
from datetime import date, timedelta

import pytest
from ledgers import Ledger, busy, dumped, hash_of, sealed

from thuchu.cli import main
from thuchu.dump import DumpBroken, NotADump, check_chain
from thuchu.figures.against import Published
from thuchu.figures.attested import Clustered, Counts, Submissions, base_tables
from thuchu.figures.change import NOT_COMPARABLE, changes
from thuchu.figures.definitions import DEFINITIONS
from thuchu.figures.freezing import Occasion, freeze
from thuchu.figures.period import Period
from thuchu.figures.recompute import FROZEN, NoSuchReview, OtherDefinitions, recompute
from thuchu.figures.snapshot import Snapshot

# Between the quarters a level of areas was abolished: each review keeps the tree that it was held under.
TREES = {
    "2026-q1": {"vn": "vn", "p1": "vn", "p2": "vn", "d1": "p1", "c1": "d1", "c2": "d1"},
    "2026-q2": {"vn": "vn", "p1": "vn", "p2": "vn", "c1": "p1", "c2": "p1"},
}
QUARTERS = {
    "2026-q1": Period(date(2026, 1, 1), date(2026, 4, 1)),
    "2026-q2": Period(date(2026, 4, 1), date(2026, 7, 1)),
}


def counts(dice):
    fates = {fate: dice.randrange(12, 60) for fate in ("at_once", "suggestion", "later", "not_checkable", "waiting")}
    total, at_once = sum(fates.values()), fates["at_once"]
    answered = at_once + fates["suggestion"] + fates["later"]
    return Counts(
        submissions=Submissions(
            weeks={"2026-W01": total},
            doors={"web": total - 20, "mail": 20},
            fates=fates,
            squares=3 * total,
            squares_checkable=3 * (total - fates["not_checkable"]),
            publishers={"Báo Một": answered - 11, "Viện Hai": 11},
            squares_answered=2 * answered,
            reported=0,
            squares_at_once=2 * at_once,
            with_accents=Clustered(at_once - 10, total - 30, 2 * (total - 30)),
            without_accents=Clustered(10, 30, 60),
        ),
        deadlines=(30, 12, 0),
        correction_reach=Clustered(80, 100, 900),
        reports_judged=(12, 30),
        audit=(97, 100),
        active_before=(15, 30),
        newcomers=(0, 12),
        finished=14,
        first_ten=Clustered(90, 140, 1400),
        last_ten=Clustered(110, 140, 1400),
    )


@pytest.fixture(scope="module")
def reviews():
    """Two quarters of a small desk, each frozen some days after its end."""
    ledger, dice, frozen, earlier = Ledger(), random.Random(4), [], []
    facts = busy().entries
    for name, period in QUARTERS.items():
        until = period.end + timedelta(days=7)
        while facts and facts[0][1] < Period(date(2026, 1, 1), until).end_ms:
            ledger.entries.append((ledger.last + 1, *facts.pop(0)[1:]))
        occasion = Occasion(
            review=name, period=period, ledger_number=ledger.last, ledger_hash=hash_of(ledger, ledger.last), code="1.0"
        )
        attested = base_tables(counts(dice))
        snapshot, tables = freeze(ledger.entries, occasion, tree=TREES[name], attested=attested, earlier=earlier)
        body = {"review": name, "ledger_number": snapshot.ledger_number, "snapshot_digest": snapshot.sha256}
        ledger.add((until, 0), FROZEN, f"review:{name}", **body, tables=sorted(snapshot.tables.values()))
        earlier.append(Published(period, tables, TREES[name]))
        frozen.append((name, snapshot.written(), tables))
    return ledger, frozen


@pytest.fixture(scope="module")
def whole(tmp_path_factory, reviews):
    return dumped(tmp_path_factory.mktemp("frozen") / "dump", *reviews)


@pytest.fixture
def dump(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "dump")


@pytest.mark.parametrize("name", QUARTERS)
def test_every_figure_comes_out_byte_for_byte(whole, name):
    done = recompute(whole, name)

    assert done.differences == ()
    of_events_alone = {"corrections", "facts_due"}
    assert {figure.key for figure in done.snapshot.figures} == set(DEFINITIONS) - of_events_alone
    assert done.public > 40
    assert done.attested > 20


def test_every_figure_that_a_commitment_may_be_measured_by_is_there_to_judge_it(whole):
    snapshot = recompute(whole, "2026-q2").snapshot

    for key, each in DEFINITIONS.items():
        # Of areas alone; the whole desk has its own figures of waiting.
        if each.may_be_target and key != "coverage_area":
            assert snapshot.figure(key, part=each.target_part) is not None, key


def test_a_review_held_before_a_reform_of_areas_is_computed_under_its_own_tree(whole):
    before, after = (recompute(whole, name).snapshot for name in QUARTERS)

    assert before.area_tree != after.area_tree
    by_area = [found.word for figure, found in changes(before, after) if figure.area is not None]
    assert by_area
    assert set(by_area) == {NOT_COMPARABLE}
    mapped = dict(zip(TREES["2026-q2"], TREES["2026-q2"], strict=True))
    assert NOT_COMPARABLE not in {found.word for _, found in changes(before, after, mapped)}


def test_the_command_says_so_without_the_desk(whole, capsys):
    assert main(["review", "recompute", "2026-q1", "--dump", str(whole)]) == 0
    assert "all as published" in capsys.readouterr().out


def test_a_snapshot_read_back_is_written_alike(reviews):
    for _, content, _ in reviews[1]:
        assert Snapshot.read(content).written() == content


def test_a_dump_of_reviews_has_no_other_files_in_it(dump):
    (dump / "reviews" / "note.txt").write_text("x")
    sealed(dump, check_chain(dump))

    with pytest.raises(DumpBroken, match=r"manifest.json: names other files than a dump has: reviews/note.txt"):
        check_chain(dump)


def lied(folder, change):
    """A dump whose first review says something else, with entry, chain and manifest to match: what a liar would do."""
    path = folder / "reviews" / "2026-q1.json"
    value = json.loads(path.read_bytes())
    change(value)
    path.write_bytes(canonical(value))
    ledger = Ledger()
    for line in (folder / "entries.jsonl").read_bytes().splitlines():
        entry = json.loads(line)
        if entry["kind"] == FROZEN and entry["body"]["review"] == "2026-q1":
            entry["body"]["snapshot_digest"] = Snapshot.read(path.read_bytes()).sha256
        ledger.entries.append(tuple(entry[name] for name in ("seq", "time_ms", "kind", "subject", "body")))
    return dumped(folder, ledger, [])


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


@pytest.mark.parametrize("key", ["wait_median", "within_72h", "coverage_area", "answered_share", "commitments"])
def test_a_figure_that_was_changed_is_named(dump, key, capsys):
    def change(value):
        figure = next(each for each in value["figures"] if each["key"] == key)
        figure["value"] = "0.999999"

    folder = lied(dump, change)
    done = recompute(folder, "2026-q1")

    assert len(done.differences) == 1
    assert str(done.differences[0]).startswith(key)
    assert "published value 0.999999, computed value" in str(done.differences[0])
    assert main(["review", "recompute", "2026-q1", "--dump", str(folder)]) == 1
    assert "1 differ" in capsys.readouterr().out


def test_a_figure_that_was_left_out_is_named(dump):
    def change(value):
        value["figures"] = [each for each in value["figures"] if each["key"] != "backlog_age"]

    done = recompute(lied(dump, change), "2026-q1")

    assert {str(each).split()[0] for each in done.differences} == {"backlog_age"}


def test_a_table_that_is_not_the_one_the_ledger_names_is_told_by_its_file(dump):
    digest = Snapshot.read((dump / "reviews" / "2026-q1.json").read_bytes()).tables["asked_doors"]
    path = dump / "reviews" / "tables" / f"{digest}.csv"
    path.write_bytes(path.read_bytes().replace(b"mail,20", b"mail,21"))
    sealed(dump, check_chain(dump))

    with pytest.raises(DumpBroken, match=f"{path.name}: isn't the table asked_doors that the ledger names"):
        recompute(dump, "2026-q1")


def test_a_snapshot_that_no_entry_names_is_refused(dump):
    path = dump / "reviews" / "2026-q1.json"
    value = json.loads(path.read_bytes())
    value["code"] = "9.9"
    path.write_bytes(canonical(value))

    with pytest.raises(DumpBroken, match=r"2026-q1.json: no entry review.frozen names its SHA-256"):
        recompute(dump, "2026-q1")


def test_a_snapshot_of_another_ledger_is_refused(dump):
    path = dump / "reviews" / "2026-q1.json"
    value = json.loads(path.read_bytes())
    value["ledger_hash"] = 64 * "0"
    path.write_bytes(canonical(value))

    with pytest.raises(DumpBroken, match="was written down: another ledger"):
        recompute(dump, "2026-q1")


def test_other_definitions_are_said_to_be_other(dump):
    def change(value):
        value["definitions"] = "1999-01"

    with pytest.raises(OtherDefinitions, match="install the desk's"):
        recompute(lied(dump, change), "2026-q1")


@pytest.mark.parametrize("name", ["2026-q9", "../2026-q1", "", "2026-Q1"])
def test_a_review_that_is_not_there_is_answered_with_those_that_are(whole, name, capsys):
    with pytest.raises(NoSuchReview, match="it holds 2026-q1, 2026-q2"):
        recompute(whole, name)
    assert main(["review", "recompute", name, "--dump", str(whole)]) == 2


def test_a_folder_that_is_no_dump_is_refused(tmp_path):
    with pytest.raises(NotADump):
        recompute(tmp_path, "2026-q1")

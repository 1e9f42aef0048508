"""A dump is checked by whoever has one: what holds comes out the same, what doesn't is named with its file and line."""

import hashlib
import json
import random
import re
import subprocess
import sys
from dataclasses import replace

import pytest
from dumps import copied, made_up, sealed_again, three_rounds, values
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thuchu.cli import main
from thuchu.dump import (
    DumpBroken,
    DumpError,
    EndsEarlier,
    NotADump,
    OtherRules,
    check_chain,
    check_files,
    manifest,
    recompute,
)
from thuchu.log.chain import Head

COPIES = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def rewritten(folder, name, change):
    lines = (folder / name).read_bytes().splitlines(keepends=True)
    (folder / name).write_bytes(b"".join(change(lines)))
    return folder


def test_an_honest_dump_comes_out_the_same(dump):
    done = recompute(dump)

    assert (done.rounds, done.differences) == (3, ())
    assert done.statuses == 12 + 10 + 11
    assert len(values(dump, manifest.RATINGS)) == 12 * 16 + 9 + 16
    assert {line["round"] for line in values(dump, manifest.RATINGS)} == {1, 2, 3}


def test_something_was_agreed_and_published_by_then():
    assert [kind for _, _, kind, _, _ in three_rounds().entries if kind == "fact_check.agreed"]


def test_only_the_last_rounds(dump):
    assert recompute(dump, last=1).rounds == 1
    assert recompute(dump, last=1).differences == ()


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_entries_shuffled_and_raters_renamed_give_the_same_statuses(dump, tmp_path_factory, seed):
    shuffled_and_renamed(dump, tmp_path_factory, seed)


@pytest.mark.long
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32))
def test_shuffled_and_renamed_they_are_the_same_every_one_every_time(dump, tmp_path_factory, seed):
    shuffled_and_renamed(dump, tmp_path_factory, seed)


def shuffled_and_renamed(dump, tmp_path_factory, seed):
    folder = copied(dump, tmp_path_factory.mktemp("renamed"))
    dice = random.Random(seed)
    names = {line["rater"] for line in values(dump, manifest.RATINGS)}
    others = dict(zip(sorted(names), dice.sample(range(1, 2**63), len(names)), strict=True))

    def other(lines):
        entries = [json.loads(line) for line in lines]
        for entry in entries:
            for rating in entry["body"]["ratings"] if entry["kind"] == "ratings.entered" else ():
                rating[2] = str(others[rating[2]])
        dice.shuffle(entries)
        return [json.dumps(entry).encode() + b"\n" for entry in entries]

    rewritten(folder, manifest.ENTRIES, other)

    done = recompute(folder, only_rounds=True)
    assert (done.rounds, done.statuses, done.differences) == (3, 33, ())
    with pytest.raises(DumpBroken):
        recompute(folder)


def test_a_status_that_somebody_set_is_told_with_round_note_and_both_sides(dump, tmp_path):
    folder = copied(dump, tmp_path)
    before = values(dump, manifest.STATUSES)[0]

    def lie(lines):
        return [line.replace(b'[1,1,"needs_more_ratings"', b'[1,1,"helpful"', 1) for line in lines]

    rewritten(folder, manifest.ENTRIES, lie)
    rewritten(
        folder,
        manifest.STATUSES,
        lambda lines: [lines[0].replace(b'"status":"needs_more_ratings"', b'"status":"helpful"'), *lines[1:]],
    )
    sealed_again(folder)

    differences = recompute(folder).differences

    assert (before["note"], before["status"]) == (1, "needs_more_ratings")
    first = differences[0]
    assert (first.round, first.note) == (1, 1)
    assert first.expected.startswith("helpful by")
    assert first.got.startswith("needs_more_ratings by")


def test_a_rating_that_somebody_added_is_told_by_counts_and_digest(dump, tmp_path):
    folder = copied(dump, tmp_path)

    def add(lines):
        place = next(n for n, line in enumerate(lines) if b'"ratings.entered"' in line)
        entry = json.loads(lines[place])
        entry["body"]["ratings"] += [[1, 1, str(5000 + n), "helpful", []] for n in range(20)]
        return [*lines[:place], json.dumps(entry).encode() + b"\n", *lines[place + 1 :]]

    rewritten(folder, manifest.ENTRIES, add)

    differences = recompute(folder, only_rounds=True).differences

    assert "212 ratings" in differences[0].got
    assert "192 ratings" in differences[0].expected


def test_a_fact_check_that_no_round_agreed_on_is_told(tmp_path):
    ledger = three_rounds()
    body = {"note": 1, "version": 1, "claim": 1, "verdict": "false", "disputed": False, "round": 3}
    ledger.append("fact_check.agreed", "fact_check:f1", body)

    done = recompute(made_up(tmp_path / "dump", ledger))

    assert [(d.round, d.note, d.got) for d in done.differences] == [(3, 1, "not agreed")]


def test_rules_of_another_version_are_named(tmp_path):
    ledger = three_rounds()
    for _, _, kind, _, body in ledger.entries:
        if kind == "round.held":
            body["params"] = "desk 99"

    with pytest.raises(OtherRules, match="round 1: rule set 'desk 99'"):
        recompute(made_up(tmp_path / "dump", ledger))


def test_other_numbers_under_the_same_name_are_told(tmp_path):
    rules = b'{"editions": [{"name": "desk", "version": 1, "ratings_min": 3}]}'

    with pytest.raises(DumpBroken, match=r"rules\.json: says other numbers"):
        check_files(made_up(tmp_path / "dump", three_rounds(), rules=rules))


def test_a_dump_of_another_desk_than_it_says_is_told(dump, tmp_path):
    folder = copied(dump, tmp_path / "renamed")
    said = (folder / manifest.MANIFEST).read_bytes()
    (folder / manifest.MANIFEST).write_bytes(said.replace(b"localhost", b"localhosu"))

    with pytest.raises(DumpBroken, match=r"manifest\.json: names another desk"):
        check_files(folder)


def whole(folder):
    """Every check there is; raises what is wrong."""
    check_chain(folder)
    return recompute(folder)


@COPIES
@given(data=st.data())
def test_a_byte_altered_in_any_file_is_found_and_the_file_is_named(dump, tmp_path_factory, data):
    name = data.draw(st.sampled_from([*manifest.FILES, manifest.MANIFEST]))
    folder = copied(dump, tmp_path_factory.mktemp("altered"))
    content = bytearray((folder / name).read_bytes())
    if not content:
        return
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] = data.draw(st.integers(0, 255).filter(lambda byte: byte != content[place]))
    (folder / name).write_bytes(bytes(content))

    with pytest.raises(DumpError) as raised:
        whole(folder)

    named = getattr(raised.value, "file", name)
    # An altered digest in the manifest tells that one of the two is wrong.
    assert name in (named, manifest.MANIFEST)


@COPIES
@given(data=st.data())
def test_a_file_that_is_cut_off_is_found_and_named(dump, tmp_path_factory, data):
    name = data.draw(st.sampled_from([*manifest.FILES, manifest.MANIFEST]))
    folder = copied(dump, tmp_path_factory.mktemp("cut"))
    content = (folder / name).read_bytes()
    if not content:
        return
    (folder / name).write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])

    with pytest.raises(DumpError) as raised:
        whole(folder)

    assert getattr(raised.value, "file", name) == name


@COPIES
@given(data=st.data())
def test_swapped_lines_are_found_with_file_and_line(dump, tmp_path_factory, data):
    name = data.draw(st.sampled_from([manifest.ENTRIES, manifest.RATINGS, manifest.ROUNDS, manifest.STATUSES]))
    folder = copied(dump, tmp_path_factory.mktemp("swapped"))
    lines = (folder / name).read_bytes().splitlines(keepends=True)
    one, other = data.draw(st.lists(st.integers(0, len(lines) - 1), min_size=2, max_size=2, unique=True))
    lines[one], lines[other] = lines[other], lines[one]
    (folder / name).write_bytes(b"".join(lines))

    with pytest.raises(DumpBroken) as raised:
        recompute(folder)

    assert (raised.value.file, raised.value.line) == (name, min(one, other) + 1)
    assert re.match(rf"{name}, line {min(one, other) + 1}: ", str(raised.value))


@COPIES
@given(junk=st.binary(max_size=200), place=st.integers(0, 20))
def test_junk_among_the_entries_is_a_sentence_never_a_traceback(dump, tmp_path_factory, junk, place):
    folder = copied(dump, tmp_path_factory.mktemp("junk"))
    rewritten(folder, manifest.ENTRIES, lambda lines: [*lines[:place], junk + b"\n", *lines[place:]])

    for only_rounds in (False, True):
        with pytest.raises(DumpBroken) as raised:
            recompute(folder, only_rounds=only_rounds)
        assert raised.value.file == manifest.ENTRIES


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("ratings.entered", {}),
        ("ratings.entered", {"ratings": 7}),
        ("ratings.entered", {"ratings": [[1, 1, "x", "helpful", []]]}),
        ("ratings.entered", {"ratings": [[1, 99, "5", "helpful", []]]}),
        ("ratings.entered", {"ratings": [[1, 1, "9" * 30, "helpful", []]]}),
        ("statuses.changed", {"changes": [[1, 1, "helpful", "sides_agree"]]}),
        ("round.held", {"up_to": "all"}),
        ("round.held", {"up_to": 999}),
        ("note.written", {"claim": None}),
        ("note.edited", {"version": 2, "verdict": "false", "text_digest": "no"}),
    ],
)
def test_an_entry_that_no_desk_writes_is_a_sentence(dump, tmp_path, kind, body):
    folder = copied(dump, tmp_path)
    last = len((folder / manifest.ENTRIES).read_bytes().splitlines())
    odd = {"seq": last + 1, "time_ms": 0, "kind": kind, "subject": "round:77", "body": body, "hash": "00" * 32}
    rewritten(folder, manifest.ENTRIES, lambda lines: [*lines, json.dumps(odd).encode() + b"\n"])
    sealed_again(folder)

    for only_rounds in (False, True):
        with pytest.raises(DumpBroken):
            recompute(folder, only_rounds=only_rounds)


def test_missing_and_foreign_files_are_named(dump, tmp_path):
    one, other = copied(dump, tmp_path, "one"), copied(dump, tmp_path, "other")
    (one / manifest.RATINGS).unlink()
    (other / "extra.txt").write_text("x")

    with pytest.raises(DumpBroken, match=r"ratings\.jsonl: is missing"):
        recompute(one)
    with pytest.raises(DumpBroken, match=r"extra\.txt: is no file of a dump"):
        recompute(other)
    with pytest.raises(NotADump, match="holds no manifest"):
        recompute(tmp_path)


def test_a_head_written_down_earlier_must_be_part_of_the_chain(dump):
    line = values(dump, manifest.ENTRIES)[4]
    known = Head(5, bytes.fromhex(line["hash"]))

    assert check_chain(dump, known=known).seq > 5
    with pytest.raises(DumpBroken, match=r"entries\.jsonl, line 5: .*another ledger"):
        check_chain(dump, known=Head(5, bytes(32)))
    with pytest.raises(EndsEarlier, match="before 999"):
        check_chain(dump, known=Head(999, bytes(32)))


def test_a_dump_that_does_not_hold_is_not_said_to_end_earlier(dump, tmp_path):
    broken = rewritten(copied(dump, tmp_path), manifest.ENTRIES, lambda lines: lines[:-1])

    with pytest.raises(DumpBroken) as refused:
        check_chain(broken, known=Head(999, bytes(32)))

    assert not isinstance(refused.value, EndsEarlier)


def test_the_commands_say_it_in_exit_codes_and_sentences(dump, tmp_path, capsys):
    broken = rewritten(copied(dump, tmp_path), manifest.ENTRIES, lambda lines: lines[:-1])
    head = values(dump, manifest.ENTRIES)[-1]

    assert main(["recompute", str(dump)]) == 0
    assert "3 rounds computed again, 33 statuses compared: all as published." in capsys.readouterr().out
    assert main(["recompute", str(broken)]) == 1
    assert "entries.jsonl" in capsys.readouterr().err
    assert main(["recompute", str(tmp_path / "nothing")]) == 2
    assert main(["ledger", "verify", str(dump)]) == 0
    assert f"{head['seq']}:{head['hash']}" in capsys.readouterr().out
    assert main(["ledger", "verify", str(dump), "--head", f"{head['seq']}:{head['hash']}"]) == 0
    assert main(["ledger", "verify", str(dump), "--head", f"{head['seq']}:{'0' * 64}"]) == 1
    assert main(["ledger", "verify", str(broken)]) == 1
    with pytest.raises(SystemExit) as called_wrong:
        main(["ledger", "verify", "--head", "12"])
    assert called_wrong.value.code == 2


def test_what_a_stranger_wrote_into_a_dump_does_nothing_to_the_terminal(tmp_path, capsys):
    ledger = three_rounds()
    for _, _, kind, _, body in ledger.entries:
        if kind == "statuses.changed":
            body["changes"][0][3] = "\x1b[2Jsides_agree\u202e"

    assert main(["recompute", str(made_up(tmp_path / "dump", ledger))]) == 1

    out = capsys.readouterr().out
    assert "\\x1b[2Jsides_agree\\u202e" in out
    assert "\x1b" not in out


WITHOUT_DJANGO = """
import sys
from importlib.machinery import PathFinder

class OnlyNumpy:
    allowed = sys.stdlib_module_names | {"thuchu", "numpy"}

    def find_spec(self, name, path=None, target=None):
        return PathFinder.find_spec(name, path, target) if name.partition(".")[0] in self.allowed else None

sys.meta_path[:] = [finder for finder in sys.meta_path if finder is not PathFinder and "ditable" not in repr(finder)]
sys.meta_path.append(OnlyNumpy())
sys.path.insert(0, sys.argv[1])
from thuchu.cli import main
code = main(sys.argv[2:])
assert not [name for name in sys.modules if name.startswith(("django", "thuchu.desk", "rich"))]
sys.exit(code)
"""


@pytest.mark.parametrize("command", [["recompute"], ["ledger", "verify"]])
def test_it_runs_where_only_numpy_is_installed(dump, command):
    source = next(path for path in sys.path if path.endswith("src"))
    arguments = [sys.executable, "-c", WITHOUT_DJANGO, source, *command, str(dump)]

    done = subprocess.run(arguments, capture_output=True, text=True, check=False, timeout=120)

    assert done.returncode == 0, done.stderr


def test_files_of_reviews_are_checked_like_all_others(dump, tmp_path):
    folder = copied(dump, tmp_path)
    name = f"reviews/tables/{hashlib.sha256(b'').hexdigest()}.csv"
    (folder / name).parent.mkdir(parents=True)
    (folder / name).write_bytes(b"")
    said = manifest.read_manifest(folder)
    files = {**said.files, name: hashlib.sha256(b"").hexdigest()}
    (folder / manifest.MANIFEST).write_bytes(replace(said, files=files).written())

    assert check_files(folder).manifest.files[name]

    (folder / name).write_bytes(b"x")
    with pytest.raises(DumpBroken, match=f"{name}: its SHA-256 isn't that in the manifest"):
        check_files(folder)

    (folder / "reviews" / "mine.txt").write_bytes(b"x")
    with pytest.raises(DumpBroken, match=r"reviews/mine.txt: is no file of a dump"):
        check_files(folder)


@pytest.mark.parametrize("name", ["reviews/../x.json", "reviews/x.csv", "reviews/tables/x.csv", "reviews/a/b.json"])
def test_a_manifest_names_no_file_that_a_review_has_not(dump, tmp_path, name):
    folder = copied(dump, tmp_path)
    said = manifest.read_manifest(folder)
    (folder / manifest.MANIFEST).write_bytes(replace(said, files={**said.files, name: 64 * "0"}).written())

    with pytest.raises(DumpBroken, match="names other files than a dump has"):
        manifest.read_manifest(folder)

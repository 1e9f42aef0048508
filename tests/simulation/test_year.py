"""A year that a community plays through the desk's pages: what the desk says of it is what its ledger says."""

import re
from datetime import datetime, time, timedelta

import pytest
from test_cli import thuchu

from a_year import VIET_NAM, day_of, entries_of, heads_of, play, recount, said_by_the_desk, stage

# Few people and one question a quarter: what is counted here are reviews and what follows from them.
SMALL = ("--quarters", "4", "--contributors", "6", "--claims", "4", "--seed", "1")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("year") / "home"


@pytest.fixture(scope="module")
def printed(home):
    """What the command said at the end."""
    return play(home, *SMALL)


@pytest.fixture(scope="module")
def dump(home, printed):
    """The public dump of that year."""
    folder = home.with_name("dump")
    done = thuchu("export", "--public", folder, home=home)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def entries(dump):
    return entries_of(dump)


@pytest.fixture(scope="module")
def last_day(entries):
    """The evening of the year's last day."""
    return datetime.combine(day_of(entries[-1]), time(20), tzinfo=VIET_NAM)


@pytest.fixture(scope="module")
def counted(entries, last_day):
    return recount(entries, last_day.date())


@pytest.fixture(scope="module")
def looked_at(home, counted, last_day):
    """What register, files and pages say on the last day, what stands on top of the register, and the frozen files."""
    with stage(home) as get:
        said = said_by_the_desk(get, last_day, counted["resolved"])
        heads = heads_of(get("/commitments/", last_day))
        frozen = {slug: get(f"/reviews/{slug}/figures.json", last_day) for slug in counted["resolved"]}
    return said, heads, frozen


def test_the_year_has_every_end_a_promise_may_come_to(counted):
    assert len(counted["published"]) == 4
    assert counted["states"]["dropped"] == 1
    assert counted["moved"] == 2
    assert counted["judged"] == {"met": 1, "not_met": 1, "cant_tell": 1}
    assert counted["timeliness"] == {"done_on_time": 3, "done_late": 1, "stopped": 1, "overdue": 2, "not_due": 3}
    assert len(counted["carried_from"]) >= 4
    assert sorted(counted["inquiries"]) == ["on_time", "overdue"]


def test_register_and_reviews_say_what_the_ledger_says(counted, looked_at):
    said, (timeliness, moved), _ = looked_at

    assert said == counted
    assert (timeliness, moved) == (counted["timeliness"], counted["moved"])


def test_the_command_prints_the_same_counts(printed, counted):
    assert f"4 reviews are published: {', '.join(counted['published'])}" in printed
    assert f"carried over {len(counted['carried_from'])}" in printed
    for heading, name in (
        ("commitments", "states"),
        ("on time", "timeliness"),
        ("judged by their figures", "judged"),
        ("questions to organisations", "inquiries"),
    ):
        line = re.search(rf"^{heading}: (\d+) = (.*)$", printed, re.MULTILINE)
        parts = {words.rsplit(" ", 1)[0]: int(words.rsplit(" ", 1)[1]) for words in line[2].split(" + ")}
        assert (int(line[1]), parts) == (counted[name].total(), counted[name])


@pytest.mark.parametrize(
    "kind",
    [
        "commitment.agreed",
        "commitment.confirmed",
        "commitment.extended",
        "commitment.dropped",
        "commitment.judged",
        "review.held",
        "review.resolution_confirmed",
        "review.published",
        "inquiry.sent",
        "inquiry.answered",
    ],
)
def test_an_entry_that_is_left_out_is_missed(entries, counted, last_day, kind):
    places = [place for place, entry in enumerate(entries) if entry["kind"] == kind]

    assert places
    for place in places:
        assert recount(entries[:place] + entries[place + 1 :], last_day.date()) != counted


def test_what_was_said_of_a_commitment_is_missed_where_it_moved_a_count(entries, counted, last_day):
    """A report that was confirmed in time anyway moves none."""
    places = [place for place, entry in enumerate(entries) if entry["kind"] == "commitment.updated"]
    missed = sum(recount(entries[:place] + entries[place + 1 :], last_day.date()) != counted for place in places)

    assert len(places) == 6
    assert missed >= 2


def test_frozen_figures_follow_from_the_dump_byte_for_byte(dump, counted, looked_at):
    for slug in counted["published"]:
        again = thuchu("review", "recompute", slug, "--dump", dump)

        assert again.returncode == 0, again.stdout + again.stderr
        assert "all as published" in again.stdout
        assert (dump / "reviews" / f"{slug}.json").read_text("utf-8") == looked_at[2][slug]


def test_acts_of_the_year_are_dated_in_their_quarters(entries, counted):
    asked = {day_of(entry).isoformat()[:7] for entry in entries if entry["kind"] == "claim.opened"}
    times = [entry["time_ms"] for entry in entries]

    assert len(asked) == 4
    assert times == sorted(times)
    assert day_of(entries[-1]) - day_of(entries[0]) > timedelta(days=365)


@pytest.mark.long
def test_a_larger_community_has_the_same_year_with_figures_to_show(tmp_path):
    home = tmp_path / "home"
    play(home, "--quarters", "4", "--contributors", "40", "--claims", "48", "--seed", "2")
    assert thuchu("export", "--public", tmp_path / "dump", home=home).returncode == 0

    entries = entries_of(tmp_path / "dump")
    evening = datetime.combine(day_of(entries[-1]), time(20), tzinfo=VIET_NAM)
    counted = recount(entries, evening.date())

    with stage(home) as get:
        assert said_by_the_desk(get, evening, counted["resolved"]) == counted
    for slug in counted["published"]:
        assert thuchu("review", "recompute", slug, "--dump", tmp_path / "dump").returncode == 0
    assert thuchu("doctor", home=home).returncode == 0

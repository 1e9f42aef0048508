"""A writer killed with SIGKILL at random moments leaves a collection at some commit, whole."""

import random
import subprocess
import sys
import time
from pathlib import Path

import crash_writer
import pytest
from collection_facts import assert_holds

from thuchu.matching import Collection, Matcher

WRITER = Path(crash_writer.__file__)
KILL_SECONDS_MAX = 0.8
# A busy machine commits twice a second; two compactions come after some fifteen commits.
FOLLOW_SECONDS_MAX = 60.0


def kill_once(folder: Path, seconds: float) -> int:
    """Let a writer work on `folder` for `seconds`, kill it, and give the last step it acknowledged."""
    with subprocess.Popen([sys.executable, str(WRITER), str(folder)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        time.sleep(seconds)
        writer.kill()
        # A line may have been cut short by the kill; only whole ones were acknowledged.
        said = [line for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]
    return int(said[-1]) if said else 0


def kill_and_check(folder: Path, times: int, seed: int) -> None:
    moments = random.Random(seed)
    durable = 0
    # On a busy machine the first writers may be killed before anything is committed: some more then, so that the
    # test says something.
    for turn in range(4 * times):
        if turn >= times and durable:
            break
        durable = max(durable, kill_once(folder, moments.uniform(0, KILL_SECONDS_MAX)))

        with Collection.open(folder) as collection:
            # The commit that was under way may have come through without its writer saying so.
            assert durable <= collection.stamp <= durable + 1
            durable = collection.stamp
            assert_holds(collection, crash_writer.contents(collection.stamp))
            learned = [len(array) for name, array in collection.snapshot.learned.items() if name.startswith("forward")]
            assert learned == [] or min(learned) > 0
    assert durable > 0


def test_a_killed_writer_leaves_the_last_commit_whole(tmp_path: Path) -> None:
    kill_and_check(tmp_path / "c", times=5, seed=1)


@pytest.mark.long
def test_fifty_kills_lose_nothing(tmp_path: Path) -> None:
    kill_and_check(tmp_path / "c", times=50, seed=2)


def test_the_next_writer_goes_on_where_the_killed_one_stopped(tmp_path: Path) -> None:
    kill_once(tmp_path / "c", 0.5)
    with Collection.open(tmp_path / "c") as collection:
        step = collection.stamp + 1
        put, removed = crash_writer.changes(step)

        collection.put(put)
        collection.remove(removed)
        collection.commit(step)

        assert_holds(collection, crash_writer.contents(step))


def test_a_reader_follows_a_writer_that_compacts_under_it(tmp_path: Path) -> None:
    command = [sys.executable, str(WRITER), str(tmp_path / "c")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
        stamps, generations = [0], {0}
        give_up = time.monotonic() + FOLLOW_SECONDS_MAX
        with Collection.open(tmp_path / "c") as reader:
            while len(generations) < 3 and time.monotonic() < give_up:
                reader.refresh()
                stamps.append(reader.stamp)
                generations.add(reader.snapshot.state.forward.generation)
                assert_holds(reader, crash_writer.contents(reader.stamp))
                Matcher(reader).find("chữ1 chữ2 chữ3")
        writer.kill()

    assert stamps == sorted(stamps)
    assert len(generations) == 3

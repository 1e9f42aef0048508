"""The vector store against a plain dictionary, through kills, damage and another process's commits."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from thuchu.matching import vectors as vectors_module
from thuchu.matching.vectors import FloatArray, StoreBusyError, VectorStore

DIMENSION = 8
ENCODER = "test-encoder@1"


def unit(seed: int, dimension: int = DIMENSION) -> FloatArray:
    row = np.random.default_rng(seed).standard_normal(dimension).astype(np.float32)
    return np.asarray(row / np.linalg.norm(row), dtype=np.float32)


def open_store(folder: Path, encoder: str = ENCODER) -> VectorStore:
    return VectorStore(folder, encoder, DIMENSION)


def filled(folder: Path, count: int) -> VectorStore:
    store = open_store(folder)
    store.put([f"d{i}" for i in range(count)], np.stack([unit(i) for i in range(count)]))
    store.commit(1)
    return store


def test_the_nearest_is_the_vector_itself(tmp_path: Path) -> None:
    store = filled(tmp_path, 50)

    ids, cosines = store.view.nearest(unit(17)[None], 3)

    assert ids[0] == "d17"
    assert cosines[0] == pytest.approx(1, abs=1e-6)
    assert cosines[0] >= cosines[1] >= cosines[2]


def test_what_is_not_committed_is_not_seen(tmp_path: Path) -> None:
    store = filled(tmp_path, 2)

    store.put(["new"], unit(99)[None])

    assert store.view.nearest(unit(99)[None], 1)[0] != ["new"]
    store.commit(2)
    assert store.view.nearest(unit(99)[None], 1)[0] == ["new"]


def test_a_rollback_leaves_nothing_behind(tmp_path: Path) -> None:
    store = filled(tmp_path, 2)

    store.put(["new"], unit(99)[None])
    store.remove(["d0"])
    store.rollback()
    store.commit(2)

    assert sorted(open_store(tmp_path).view.nearest(unit(0)[None], 9)[0]) == ["d0", "d1"]


def test_a_second_vector_replaces_the_first(tmp_path: Path) -> None:
    store = filled(tmp_path, 3)

    store.put(["d1"], unit(99)[None])
    store.commit(2)

    assert len(store) == 3
    assert store.view.cosines(unit(99)[None], ["d1"])[0] == pytest.approx(1, abs=1e-6)


def test_a_removed_id_is_found_no_more(tmp_path: Path) -> None:
    store = filled(tmp_path, 3)

    store.remove(["d1", "never there"])
    store.commit(2)

    assert sorted(store.view.nearest(unit(1)[None], 9)[0]) == ["d0", "d2"]
    assert np.isnan(store.view.cosines(unit(1)[None], ["d1"])).all()


def test_an_empty_store_answers_with_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "not there yet")

    ids, cosines = store.view.nearest(unit(0)[None], 5)

    assert ids == []
    assert cosines.shape == (0,)
    assert store.stamp == 0
    assert not (tmp_path / "not there yet").exists()


def test_equal_vectors_come_in_the_order_of_their_ids(tmp_path: Path) -> None:
    """Several blocks of rows apart: where a row stands must not show in the last bit of its cosine."""
    dimension = 384
    store = VectorStore(tmp_path, ENCODER, dimension)
    twins = [f"twin{i:04d}" for i in np.random.default_rng(1).permutation(1000)]
    others = [f"other{i}" for i in range(37)]
    rows = np.stack(
        [unit(1, dimension)] * 500 + [unit(2 + i, dimension) for i in range(37)] + [unit(1, dimension)] * 500
    )
    store.put(twins[:500] + others + twins[500:], rows)
    store.commit(1)

    ids, cosines = store.view.nearest(unit(3000, dimension)[None], 1037)

    first = ids.index("twin0000")
    assert ids[first : first + 1000] == sorted(twins)
    assert len(set(cosines[first : first + 1000].tolist())) == 1
    assert store.view.cosines(unit(3000, dimension)[None], ids).tolist() == cosines.tolist()


def test_a_text_of_several_passages_is_as_near_as_its_nearest(tmp_path: Path) -> None:
    store = filled(tmp_path, 50)

    ids, cosines = store.view.nearest(np.stack([unit(7), unit(31)]), 2)

    assert sorted(ids) == ["d31", "d7"]
    assert cosines == pytest.approx([1, 1], abs=1e-6)


def test_fewer_wanted_than_tied_are_the_first_by_id(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    store.put(["b", "c", "a"], np.stack([unit(1)] * 3))
    store.commit(1)

    assert store.view.nearest(unit(1)[None], 2)[0] == ["a", "b"]


def test_the_stamp_survives_a_reopening(tmp_path: Path) -> None:
    filled(tmp_path, 3).commit(41)

    assert open_store(tmp_path).stamp == 41


def test_vectors_of_another_encoder_count_as_none(tmp_path: Path) -> None:
    filled(tmp_path, 3)

    other = open_store(tmp_path, encoder="test-encoder@2")

    assert (len(other), other.stamp) == (0, 0)


def test_the_old_encoders_vectors_stay_until_the_new_ones_are_committed(tmp_path: Path) -> None:
    filled(tmp_path, 3)
    other = open_store(tmp_path, encoder="test-encoder@2")

    other.put(["x"], unit(9)[None])
    other.rollback()

    assert len(open_store(tmp_path)) == 3
    other.put(["x"], unit(9)[None])
    other.commit(2)
    assert len(open_store(tmp_path)) == 0
    assert open_store(tmp_path, encoder="test-encoder@2").view.nearest(unit(9)[None], 1)[0] == ["x"]


def test_a_reader_sees_anothers_commit_after_a_refresh(tmp_path: Path) -> None:
    writer = filled(tmp_path, 3)
    reader = open_store(tmp_path)

    writer.put(["new"], unit(99)[None])
    writer.commit(2)

    assert reader.stamp == 1
    reader.refresh()
    assert (reader.stamp, reader.view.nearest(unit(99)[None], 1)[0]) == (2, ["new"])


def test_two_writers_at_once_are_refused(tmp_path: Path) -> None:
    first, second = filled(tmp_path, 1), open_store(tmp_path)
    first.put(["a"], unit(1)[None])

    with pytest.raises(StoreBusyError, match="another process"):
        second.put(["b"], unit(2)[None])

    first.commit(2)
    second.put(["b"], unit(2)[None])
    second.commit(3)
    assert sorted(open_store(tmp_path).view.nearest(unit(1)[None], 9)[0]) == ["a", "b", "d0"]


def test_dead_rows_are_dropped_when_they_are_many(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors_module, "DEAD_ROWS_MIN", 10)
    store = filled(tmp_path, 60)
    reader = open_store(tmp_path)

    store.remove([f"d{i}" for i in range(40)])
    store.commit(2)

    files = sorted(path.name for path in tmp_path.glob("vectors-*"))
    assert files == ["vectors-2.f32", "vectors-2.ids"]
    assert (tmp_path / "vectors-2.f32").stat().st_size == 20 * DIMENSION * 4
    assert open_store(tmp_path).view.nearest(unit(50)[None], 1)[0] == ["d50"]
    # A reader that still holds the old files goes on with them until it looks again.
    assert reader.view.nearest(unit(5)[None], 1)[0] == ["d5"]
    reader.refresh()
    assert reader.view.nearest(unit(5)[None], 60)[0] == store.view.nearest(unit(5)[None], 60)[0]


@pytest.mark.parametrize("damage", ["manifest", "rows", "ids", "ids changed", "ids gone", "manifest of another kind"])
def test_a_damaged_store_is_empty_and_can_be_filled_again(tmp_path: Path, damage: str) -> None:
    filled(tmp_path, 5)
    rows, ids, manifest = tmp_path / "vectors-1.f32", tmp_path / "vectors-1.ids", tmp_path / "vectors.json"
    if damage == "manifest":
        manifest.write_text("{")
    if damage == "manifest of another kind":
        manifest.write_text(manifest.read_text().replace('"rows": 5', '"rows": "five"'))
    if damage == "rows":
        rows.write_bytes(rows.read_bytes()[:-1])
    if damage == "ids":
        ids.write_bytes(ids.read_bytes()[:-1])
    if damage == "ids changed":
        ids.write_bytes(ids.read_bytes().replace(b"d3", b"d4"))
    if damage == "ids gone":
        ids.unlink()

    store = open_store(tmp_path)

    assert (len(store), store.stamp) == (0, 0)
    store.put(["x"], unit(9)[None])
    store.commit(2)
    assert open_store(tmp_path).view.nearest(unit(9)[None], 3)[0] == ["x"]


@pytest.mark.parametrize(
    "vectors", [np.ones((1, DIMENSION - 1), np.float32), np.full((1, DIMENSION), np.nan, np.float32)]
)
def test_rows_that_are_no_vectors_are_refused(tmp_path: Path, vectors: FloatArray) -> None:
    store = open_store(tmp_path)

    with pytest.raises(ValueError, match="vectors"):
        store.put(["x"], vectors)


IDS = st.sampled_from(["a", "b", "c", "đ", 'quote" and\nline', "x" * 64])
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), IDS, st.integers(0, 5)),
        st.tuples(st.just("remove"), IDS, st.just(0)),
        st.tuples(st.sampled_from(["clear", "commit", "rollback", "reopen"]), st.just(""), st.just(0)),
    ),
    max_size=25,
)


@given(steps=STEPS)
@settings(max_examples=60, deadline=None)
def test_any_history_leaves_what_a_dictionary_would_hold(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, int]]
) -> None:
    folder = tmp_path_factory.mktemp("store")
    store = open_store(folder)
    committed: dict[str, int] = {}
    pending: dict[str, int] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vectors_module, "DEAD_ROWS_MIN", 1)
        for step, id, seed in steps:
            if step == "put":
                store.put([id], unit(seed)[None])
                pending[id] = seed
            elif step == "remove":
                store.remove([id])
                pending.pop(id, None)
            elif step == "clear":
                store.clear()
                pending = {}
            elif step == "commit":
                store.commit(7)
                committed = dict(pending)
            else:
                store.rollback()
                pending = dict(committed)
                store = open_store(folder) if step == "reopen" else store
    store.rollback()

    for reader in (store, open_store(folder)):
        ids, cosines = reader.view.nearest(unit(2)[None], 100)
        expected = {id: float(unit(seed) @ unit(2)) for id, seed in committed.items()}
        assert sorted(ids) == sorted(expected)
        assert cosines == pytest.approx([expected[id] for id in ids], abs=1e-6)
        order = [(-cosine, id) for id, cosine in zip(ids, cosines.tolist(), strict=True)]
        assert order == sorted(order)


WRITER = """
import sys
from pathlib import Path
import numpy as np
from thuchu.matching import vectors
vectors.DEAD_ROWS_MIN = 20
store = vectors.VectorStore(Path(sys.argv[1]), "test-encoder@1", 8)
number = store.stamp
while number < 100_000:
    number += 1
    row = np.zeros((7, 8), dtype=np.float32)
    row[:, number % 8] = 1
    store.put([f"{i}" for i in range(7)], row)
    store.commit(number)
    print(number, flush=True)
"""


def kill_while_writing(folder: Path, seconds: float) -> int:
    """The number of the last commit the writer had told of when it was killed."""
    with subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        told = int(writer.stdout.readline())
        time.sleep(seconds)
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.stdout.read().split("\n")
    return max([told, *(int(line) for line in rest[:-1])])


def assert_killed_writers_lose_nothing(folder: Path, kills: int) -> None:
    waits = np.random.default_rng(7).uniform(0, 0.15, kills)
    for wait in waits:
        told = kill_while_writing(folder, float(wait))

        store = open_store(folder)

        held = store.stamp
        assert told <= held <= told + 1
        axis = np.zeros(DIMENSION, dtype=np.float32)
        axis[held % DIMENSION] = 1
        assert store.view.nearest(axis[None], 100)[0] == [str(i) for i in range(7)]
        assert store.view.nearest(axis[None], 100)[1].tolist() == [1.0] * 7


def test_a_killed_writer_loses_no_committed_row(tmp_path: Path) -> None:
    assert_killed_writers_lose_nothing(tmp_path, kills=5)


@pytest.mark.long
def test_fifty_killed_writers_lose_no_committed_row(tmp_path: Path) -> None:
    assert_killed_writers_lose_nothing(tmp_path, kills=50)


def test_readers_in_threads_see_whole_commits_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors_module, "DEAD_ROWS_MIN", 20)
    store = open_store(tmp_path)
    seen: list[set[float]] = []
    finished = threading.Event()

    def read() -> None:
        reader = open_store(tmp_path)
        while not finished.is_set():
            reader.refresh()
            seen.append(set(reader.view.nearest(unit(0)[None], 10)[1].tolist()))

    thread = threading.Thread(target=read)
    thread.start()
    for number in range(60):
        store.put([str(i) for i in range(10)], np.stack([unit(number)] * 10))
        store.commit(number)
    finished.set()
    thread.join()

    assert len(seen) > 3
    assert max(len(cosines) for cosines in seen) == 1

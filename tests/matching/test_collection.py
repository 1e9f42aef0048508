"""A collection against a dictionary: whatever is put, removed, committed, forgotten and reopened."""

import threading
from pathlib import Path

import pytest
from collection_facts import assert_holds
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thuchu.matching import Collection, CollectionBusy, Document, Matcher, StaleCollection
from thuchu.matching import collection as collection_module
from thuchu.matching.writing import BODY_CHARS_MAX


def test_a_new_collection_is_empty_and_finds_nothing(tmp_path: Path) -> None:
    with Collection.open(tmp_path) as collection:
        assert (len(collection), collection.stamp) == (0, 0)
        assert Matcher(collection).find("uống nước chanh chữa ung thư").kind == "none"
        assert collection.average_length("folded") == 0.0


def test_what_is_put_is_there_after_the_commit_and_after_reopening(tmp_path: Path) -> None:
    lemon = Document(id="a", title="Nước chanh", claim="uống nước chanh chữa ung thư", language="vi")
    with Collection.open(tmp_path) as collection:
        collection.put([lemon])
        assert len(collection) == 0

        collection.commit(7)

        assert_holds(collection, {"a": lemon})
    with Collection.open(tmp_path) as reopened:
        assert reopened.stamp == 7
        assert_holds(reopened, {"a": lemon})


def test_a_document_put_again_takes_the_place_of_the_first(tmp_path: Path) -> None:
    old, new = (
        Document(id="a", claim="ngôi nhà cũ", language="vi"),
        Document(id="a", claim="con đường mới", language="vi"),
    )
    with Collection.open(tmp_path) as collection:
        collection.put([old])
        collection.commit(1)

        collection.put([new])
        collection.commit(2)

        assert_holds(collection, {"a": new})
        assert collection.pool(_terms("nha"), 5).rows.size == 0


def test_of_two_documents_with_one_id_in_one_commit_the_later_stays(tmp_path: Path) -> None:
    texts = [Document(id="a", claim=f"bản {number}", language="vi") for number in range(3)]
    with Collection.open(tmp_path) as collection:
        collection.put(texts[:2])
        collection.put(texts[2:])
        collection.commit(1)

        assert_holds(collection, {"a": texts[2]})


def test_a_removed_document_is_gone_at_once_and_may_come_back(tmp_path: Path) -> None:
    one = Document(id="a", claim="bão số chín", language="vi", links=("https://bao.example/9",))
    with Collection.open(tmp_path) as collection:
        collection.put([one])
        collection.commit(1)
        collection.remove(["a", "không có", "\ud800"])
        collection.commit(2)
        assert_holds(collection, {})
        assert Matcher(collection).find("x", ["https://bao.example/9"]).kind == "none"

        collection.put([one])
        collection.commit(3)

        assert_holds(collection, {"a": one})


def test_put_and_removed_before_the_commit_was_never_there(tmp_path: Path) -> None:
    with Collection.open(tmp_path) as collection:
        collection.put([Document(id="a", claim="một hai ba", language="vi")])
        collection.remove(["a"])
        collection.commit(1)

        assert_holds(collection, {})


def test_an_id_that_cannot_be_used_keeps_its_whole_batch_out(tmp_path: Path) -> None:
    unwritable = Document(id="l", links=("https://\ud800.example/",))
    with Collection.open(tmp_path) as collection:
        with pytest.raises(ValueError, match="1 to 200"):
            collection.put([Document(id="a"), Document(id="x" * 201)])
        with pytest.raises(ValueError, match="surrogate"):
            collection.put([Document(id="b"), unwritable])
        collection.commit(1)

        assert len(collection) == 0


def test_two_writers_are_told_apart(tmp_path: Path) -> None:
    with Collection.open(tmp_path) as first, Collection.open(tmp_path) as second:
        first.put([Document(id="a", claim="một", language="vi")])
        with pytest.raises(CollectionBusy):
            second.put([Document(id="b", claim="hai", language="vi")])
        first.commit(1)
        first.end_writing()

        second.put([Document(id="b", claim="hai", language="vi")])
        second.commit(2)

        assert len(second) == 2


def test_ending_without_a_commit_forgets(tmp_path: Path) -> None:
    kept, lost = Document(id="a", claim="giữ lại", language="vi"), Document(id="b", claim="bỏ đi", language="vi")
    with Collection.open(tmp_path) as collection:
        collection.put([kept])
        collection.commit(1)
        collection.put([lost])
    with Collection.open(tmp_path) as reopened:
        assert_holds(reopened, {"a": kept})


def test_another_version_of_the_analysis_asks_for_a_rebuild(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Collection.open(tmp_path) as collection:
        collection.put([Document(id="a", claim="một", language="vi")])
        collection.commit(1)
    monkeypatch.setattr(collection_module, "ANALYSIS_VERSION", -1)
    with pytest.raises(StaleCollection, match="iscard it"):
        Collection.open(tmp_path)

    Collection.discard(tmp_path)

    with Collection.open(tmp_path) as fresh:
        assert (len(fresh), fresh.stamp) == (0, 0)


@pytest.mark.parametrize("damaged", ["forward/generation-0/rows", "forward/generation-0/terms", "index/meta.json"])
def test_a_damaged_file_asks_for_a_rebuild(tmp_path: Path, damaged: str) -> None:
    with Collection.open(tmp_path) as collection:
        collection.put([Document(id="a", claim="một hai ba", language="vi")])
        collection.commit(1)
    (tmp_path / damaged).write_bytes(b"x")

    with pytest.raises(StaleCollection, match="iscard it"):
        Collection.open(tmp_path)


def test_a_missing_forward_file_asks_for_a_rebuild(tmp_path: Path) -> None:
    with Collection.open(tmp_path) as collection:
        collection.put([Document(id="a", claim="một hai ba", language="vi")])
        collection.commit(1)
    (tmp_path / "forward/generation-0/ids").unlink()

    with pytest.raises(StaleCollection, match="iscard it"):
        Collection.open(tmp_path)


def test_a_huge_document_is_cut_and_found(tmp_path: Path) -> None:
    huge = Document(id="a", title="t" * 1_000_000, claim="bà con " * 200_000, body="thêm " * 500_000, language="vi")
    with Collection.open(tmp_path) as collection:
        collection.put([huge])
        collection.commit(1)

        pool = collection.pool(_terms("con"), 5)

        assert collection.document_ids(pool.rows) == ["a"]
        assert pool.offsets[-1] < 5_000
        assert len(pool.folded) - pool.head_tokens[0] <= BODY_CHARS_MAX


def test_every_duplicate_is_kept_under_its_own_id(tmp_path: Path) -> None:
    same = {str(number): Document(id=str(number), claim="cùng một câu", language="vi") for number in range(300)}
    with Collection.open(tmp_path) as collection:
        collection.put(same.values())
        collection.commit(1)

        assert_holds(collection, same)


def test_compaction_loses_nothing_and_frees_the_terms_of_the_dead(tmp_path: Path) -> None:
    with Collection.open(tmp_path) as collection:
        collection.dead_rows_min = 10
        for step in range(1, 6):
            held = {
                str(number): Document(id=str(number), claim=f"bản {step} số {number}", language="vi")
                for number in range(20)
            }
            collection.put(held.values())
            collection.commit(step)

        assert collection.snapshot.state.forward.generation > 0
        assert collection.snapshot.state.forward.terms < 5 * 20 * 4
        assert collection.average_length("folded") == 4.0
        assert_holds(collection, held)
    with Collection.open(tmp_path) as reopened:
        assert_holds(reopened, held)


def test_threads_read_while_one_writes(tmp_path: Path) -> None:
    failures: list[BaseException] = []
    stop = threading.Event()

    def read(collection: Collection) -> None:
        matcher = Matcher(collection)
        try:
            while not stop.is_set():
                matcher.find("bản số 3 của tin này có đúng không mọi người ơi")
                snapshot = collection.snapshot
                assert len(snapshot.document_ids(snapshot.live_rows())) == snapshot.n_documents
        except BaseException as failure:
            failures.append(failure)

    with Collection.open(tmp_path) as collection:
        collection.dead_rows_min = 10
        readers = [threading.Thread(target=read, args=(collection,)) for _ in range(4)]
        for reader in readers:
            reader.start()
        for step in range(1, 9):
            collection.put(Document(id=str(n), claim=f"bản {step} số {n}", language="vi") for n in range(15))
            collection.commit(step)
        stop.set()
        for reader in readers:
            reader.join()

    assert failures == []


def test_a_snapshot_taken_before_a_commit_stays_as_it_was(tmp_path: Path) -> None:
    with Collection.open(tmp_path) as collection:
        collection.put([Document(id="a", claim="một", language="vi")])
        collection.commit(1)
        before = collection.snapshot

        collection.remove(["a"])
        collection.commit(2)

        assert before.document_ids(before.live_rows()) == ["a"]
        assert len(collection) == 0


def _terms(*folded: str) -> collection_module.WeightedTerms:
    return collection_module.WeightedTerms(folded=dict.fromkeys(folded, 1.0))


names = st.sampled_from(["a", "b", "c", "d", "đ", "tin-01"])
texts = st.text(max_size=40) | st.sampled_from(
    ["", "nước chanh", "Nước Chanh chữa bệnh", "\ud800 \x00 \u202eabc", "a_b _ a b"]
)
links = st.lists(st.sampled_from(["https://a.example/", "https://b.example/x?y=1"]), max_size=2).map(tuple)
documents = st.builds(
    Document,
    id=names,
    title=texts,
    claim=texts,
    body=texts,
    language=st.sampled_from(["vi", "en", "pt", ""]),
    links=links,
)
acts = st.one_of(
    st.tuples(st.just("put"), st.lists(documents, max_size=4)),
    st.tuples(st.just("remove"), st.lists(names, max_size=3)),
    st.tuples(st.sampled_from(["commit", "rollback", "reopen"]), st.just(())),
)


@given(st.lists(acts, max_size=12))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_sequence_of_acts_is_what_a_dictionary_says(
    tmp_path_factory: pytest.TempPathFactory, sequence: list
) -> None:  # type: ignore[type-arg]
    folder = tmp_path_factory.mktemp("acts")
    committed: dict[str, Document] = {}
    pending: dict[str, Document] = {}
    collection = Collection.open(folder)
    collection.dead_rows_min = 3
    for step, (act, what) in enumerate(sequence, start=1):
        if act == "put":
            collection.put(what)
            pending |= {each.id: each for each in what}
        elif act == "remove":
            collection.remove(what)
            pending = {name: each for name, each in pending.items() if name not in what}
        elif act == "commit":
            collection.commit(step)
            committed = dict(pending)
        else:
            if act == "reopen":
                collection.close()
                collection = Collection.open(folder)
                collection.dead_rows_min = 3
            collection.rollback()
            pending = dict(committed)
        assert_holds(collection, committed)
    collection.close()

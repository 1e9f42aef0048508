"""Meaning beside words: what joins the pool, what a collection keeps of it, and when it stays out."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from thuchu.matching import Collection, Document, Matcher
from thuchu.matching.encoder import EncoderError, FloatArray
from thuchu.matching.features import FEATURES
from thuchu.matching.meaning import PASSAGE_STEP_WORDS, PASSAGE_WORDS, PASSAGES_MAX, document_vectors, passages
from thuchu.matching.ranker import RANKED_DOCUMENTS, evidence, rank

LEMON = Document(id="lemon", title="Citrus drinks and tumours", claim="Lemonade heals tumours", language="en")
STORM = Document(id="storm", title="Storm warnings", claim="A storm arrives on Saturday night", language="en")
SALT = Document(id="salt", title="Nước muối", claim="Nước muối chữa khỏi bệnh", language="vi")

# Axes of meaning: a word stands for one, whatever language it would be in.
AXES = [{"lemon", "lemonade", "citrus"}, {"cancer", "tumours"}, {"cures", "heals"}, {"storm", "hurricane"}, {"muối"}]


class AxisEncoder:
    """An encoder one can follow by eye: a text's vector counts its words along each axis, and one axis for the rest."""

    name = "axes@1"
    languages = frozenset({"en"})
    dimension = len(AXES) + 1

    def encode(self, texts: Sequence[str]) -> FloatArray:
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in text.lower().split():
                row[next((axis for axis, words in enumerate(AXES) if word in words), len(AXES))] += 1
            row[-1] = max(0.1, row[-1] / 10)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def filled(folder: Path, *documents: Document) -> Collection:
    collection = Collection.open(folder, AxisEncoder())
    collection.put(documents)
    collection.commit(1)
    return collection


def found(collection: Collection, message: str) -> list[str]:
    rows = rank(message, collection.snapshot).rows.tolist()
    return collection.snapshot.document_ids(np.array(rows, dtype=np.int64))


def cosine(collection: Collection, message: str, id: str) -> float:
    seen = evidence(message, collection.snapshot)
    place = collection.snapshot.document_ids(seen.pool.rows).index(id)
    return float(seen.matrix[place, FEATURES.index("cosine")])


def test_a_claim_told_in_other_words_is_found(tmp_path: Path) -> None:
    with filled(tmp_path / "with", LEMON, STORM) as collection:
        assert found(collection, "hurricane")[0] == "storm"

    with Collection.open(tmp_path / "without") as collection:
        collection.put([LEMON, STORM])
        collection.commit(1)
        assert found(collection, "hurricane") == []


def test_a_document_found_by_words_and_by_meaning_is_in_the_pool_once(tmp_path: Path) -> None:
    with filled(tmp_path, LEMON, STORM) as collection:
        seen = evidence("a storm on Saturday", collection.snapshot)

    assert len(set(seen.pool.rows.tolist())) == len(seen.pool) == 2


def test_without_an_encoder_no_cosine_is_there(tmp_path: Path) -> None:
    with Collection.open(tmp_path) as collection:
        collection.put([LEMON])
        collection.commit(1)

        assert cosine(collection, "lemonade heals tumours", "lemon") == 0
        assert evidence("lemonade heals tumours", collection.snapshot).kind == "en"


def test_a_message_in_another_language_is_left_to_its_words(tmp_path: Path) -> None:
    with filled(tmp_path, LEMON, SALT) as collection:
        seen = evidence("Uống nước muối chữa khỏi bệnh có đúng không vậy mọi người", collection.snapshot)

    assert seen.kind == "vi"
    assert not seen.matrix[:, FEATURES.index("cosine")].any()


def test_a_document_in_another_language_has_no_vector(tmp_path: Path) -> None:
    with filled(tmp_path, LEMON, SALT) as collection:
        assert collection.snapshot.meanings is not None
        assert collection.snapshot.meanings.view.row_by_id.keys() == {"lemon"}


def test_a_document_put_again_in_another_language_loses_its_vector(tmp_path: Path) -> None:
    with filled(tmp_path, LEMON) as collection:
        collection.put([Document(id="lemon", claim="Nước chanh chữa ung thư", language="vi")])
        collection.commit(2)

        assert collection.snapshot.meanings is not None
        assert len(collection.snapshot.meanings.view) == 0


def test_a_removed_document_is_near_nothing(tmp_path: Path) -> None:
    with filled(tmp_path, LEMON, STORM) as collection:
        collection.remove(["lemon"])
        collection.commit(2)

        assert "lemon" not in found(collection, "they say citrus cures cancer")


def test_a_document_passed_over_does_not_come_back_by_its_meaning(tmp_path: Path) -> None:
    with filled(tmp_path, LEMON, STORM) as collection:
        row = collection.snapshot.rows_by_id(["lemon"]).tolist()

        ranking = rank("citrus cures cancer", collection.snapshot, without=row)

    assert row[0] not in ranking.rows.tolist()


def test_what_was_not_committed_is_forgotten_with_its_vector(tmp_path: Path) -> None:
    with filled(tmp_path, STORM) as collection:
        collection.put([LEMON])
        collection.rollback()
        collection.commit(2)

        assert collection.snapshot.meanings is not None
        assert len(collection.snapshot.meanings.view) == 1


def test_documents_put_without_the_encoder_leave_meaning_out_until_all_are_put_again(tmp_path: Path) -> None:
    filled(tmp_path, LEMON).close()
    with Collection.open(tmp_path) as collection:
        collection.put([STORM])
        collection.commit(2)

    with Collection.open(tmp_path, AxisEncoder()) as collection:
        assert collection.lacks_vectors
        collection.put([SALT])
        collection.commit(3)
        assert collection.lacks_vectors
        assert found(collection, "lemonade")[0] == "lemon"

    Collection.discard(tmp_path)
    with filled(tmp_path, LEMON, STORM, SALT) as collection:
        assert not collection.lacks_vectors


def test_another_reader_sees_vectors_with_the_commit_they_belong_to(tmp_path: Path) -> None:
    with filled(tmp_path, STORM) as writer:
        reader = Collection.open(tmp_path, AxisEncoder())
        writer.put([LEMON])
        writer.commit(2)

        assert "lemon" not in found(reader, "citrus cures cancer")
        reader.refresh()
        assert "lemon" in found(reader, "citrus cures cancer")


def test_weights_fitted_with_another_encoder_are_not_used(tmp_path: Path) -> None:
    with filled(tmp_path, LEMON) as collection, pytest.raises(EncoderError, match=r"axes@1.*docs/semantic\.md"):
        Matcher(collection)


def test_a_long_message_is_compared_by_its_passages(tmp_path: Path) -> None:
    letter = "word " * 90 + "lemonade heals tumours " + "word " * 90
    with filled(tmp_path, LEMON, STORM) as collection:
        whole = float(AxisEncoder().encode([letter])[0] @ document_vectors(AxisEncoder(), [LEMON])[0])

        assert cosine(collection, letter, "lemon") > whole + 0.1


def test_passages_cover_every_word_and_overlap_by_half() -> None:
    words = [f"w{i}" for i in range(100)]

    whole, *windows = passages(" ".join(words))

    assert whole.split() == words
    assert {word for window in windows for word in window.split()} == set(words)
    assert all(len(window.split()) <= PASSAGE_WORDS for window in windows)
    assert windows[1].split()[0] == words[PASSAGE_STEP_WORDS]


@pytest.mark.parametrize(("n_words", "n_passages"), [(0, 1), (1, 1), (32, 1), (33, 3), (48, 3), (5_000, PASSAGES_MAX)])
def test_short_messages_are_one_passage_and_long_ones_are_bounded(n_words: int, n_passages: int) -> None:
    assert len(passages(" ".join(["word"] * n_words))) == n_passages


def test_a_document_stands_between_its_title_and_its_claim() -> None:
    both = Document(id="b", title="storm", claim="cancer")
    only = [Document(id="t", title="storm"), Document(id="c", claim="cancer"), Document(id="y", body="citrus")]

    middle, title, claim, body = document_vectors(AxisEncoder(), [both, *only])

    assert float(middle @ title) == pytest.approx(float(middle @ claim), abs=1e-6)
    assert np.linalg.norm(middle) == pytest.approx(1, abs=1e-6)
    assert body.argmax() == 0


def test_no_more_than_the_ranked_documents_come_back(tmp_path: Path) -> None:
    many = [Document(id=f"d{i}", claim=f"storm number {i}", language="en") for i in range(RANKED_DOCUMENTS + 40)]
    with filled(tmp_path, *many) as collection:
        assert len(found(collection, "storm number 7")) == RANKED_DOCUMENTS

"""Evidence is the same whatever else is asked; the ranking puts first what a reader would."""

from pathlib import Path

import numpy as np
import pytest

from thuchu.matching import Collection, Document, Matcher
from thuchu.matching.calibration import INPUTS, inputs, probabilities
from thuchu.matching.features import FEATURES
from thuchu.matching.ranker import evidence, rank, relative, shared_words
from thuchu.matching.reading import read
from thuchu.matching.weights import calibration, ranking_weights
from thuchu.text.folding import strip_accents


def fact_check(name: str, title: str, claim: str) -> Document:
    return Document(id=name, title=title, claim=claim, language="vi")


FACT_CHECKS = [
    Document(
        id="muoi", title="Nước muối không diệt được vi rút", claim="Súc miệng nước muối diệt sạch vi rút", language="vi"
    ),
    fact_check("thue", "Chưa có thuế mới với xe đạp", "Xe đạp sắp phải đóng thuế đường bộ"),
    Document(
        id="dien",
        title="Ngành điện không thu phí đổi công tơ",
        claim="Mỗi nhà nộp hai triệu đổi công tơ điện",
        language="vi",
    ),
    Document(
        id="may", title="Máy bay không phun thuốc đêm nay", claim="Đêm nay máy bay phun thuốc trừ dịch", language="vi"
    ),
]
ASKED = {
    "muoi": "cả nhà ơi súc miệng bằng nước muối là diệt sạch vi rút đúng không",
    "thue": "nghe nói xe đạp cũng sắp phải đóng thuế đường bộ hả mọi người",
    "dien": "có người tới bảo mỗi nhà nộp hai triệu để đổi công tơ điện",
    "may": "tối nay máy bay phun thuốc trừ dịch nên mọi người ở yên trong nhà",
}


@pytest.fixture(scope="module")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    opened = Collection.open(tmp_path_factory.mktemp("ranker"))
    opened.put(FACT_CHECKS)
    opened.commit(1)
    return opened


@pytest.mark.parametrize(("right", "message"), ASKED.items())
def test_the_fact_check_about_it_comes_first_with_accents_and_without(
    collection: Collection, right: str, message: str
) -> None:
    for typed in (message, strip_accents(message)):
        assert Matcher(collection).rank(typed)[0][0] == right


def test_accents_are_put_back_from_what_the_documents_write(collection: Collection) -> None:
    typed = evidence(ASKED["dien"], collection.snapshot)
    stripped = evidence(strip_accents(ASKED["dien"]), collection.snapshot)

    surface = FEATURES.index("surface")
    assert stripped.matrix[0, surface] == pytest.approx(typed.matrix[0, surface], rel=0.25)


def test_every_feature_of_every_document_is_a_finite_number(collection: Collection) -> None:
    for message in [*ASKED.values(), "", "x", "123 456", "👍", "nước " * 400]:
        matrix = evidence(message, collection.snapshot).matrix

        assert matrix.shape[1] == len(FEATURES)
        assert np.isfinite(matrix).all()


def test_a_document_left_out_is_neither_ranked_nor_its_words_lost_to_others(collection: Collection) -> None:
    found = Matcher(collection).rank(ASKED["muoi"], without=["muoi"])

    assert "muoi" not in [name for name, _ in found]


def test_probabilities_never_rise_down_the_ranking(collection: Collection) -> None:
    for message in ASKED.values():
        ranking = rank(message, collection.snapshot)
        found = ranking.evidence
        sure = probabilities(calibration("vi"), found.matrix[ranking.best], ranking.scores, found.message, 4).tolist()

        assert sure == sorted(sure, reverse=True)
        assert all(0 <= p <= 1 for p in sure)


def test_the_words_named_are_the_message_s_own_weightiest_first(collection: Collection) -> None:
    ranking = rank(ASKED["thue"], collection.snapshot)
    best = int(ranking.rows[0])
    words = shared_words(ranking.evidence, [best])[best]

    assert set(words) <= set(ASKED["thue"].split())
    assert "thuế" in words[:4]


def test_words_that_any_two_texts_share_are_no_reason(tmp_path: Path) -> None:
    with Collection.open(tmp_path) as desk:
        desk.put(
            Document(id=str(n), claim=f"the story of number {n} is in the paper", language="en") for n in range(60)
        )
        desk.put([Document(id="bleach", claim="Drinking bleach is the cure", language="en")])
        desk.commit(1)

        ranking = rank("is it the truth that drinking bleach is the best cure in the world", desk.snapshot)
        best = int(ranking.rows[0])
        words = shared_words(ranking.evidence, [best])[best]

    assert set(words) == {"drinking", "bleach", "cure"}


def test_a_clear_lead_is_surer_than_a_narrow_one(collection: Collection) -> None:
    found = evidence(ASKED["muoi"], collection.snapshot)
    row = found.matrix[:1].repeat(2, axis=0)

    clear = probabilities(calibration("vi"), row, np.array([30.0, 3.0]), found.message, 1_000)[0]
    narrow = probabilities(calibration("vi"), row, np.array([30.0, 29.0]), found.message, 1_000)[0]

    assert clear > narrow


@pytest.mark.parametrize("kind", ["vi", "en", "other"])
def test_weights_name_what_is_measured_and_thresholds_are_probabilities(kind: str) -> None:
    fitted = calibration(kind)

    assert set(fitted.inputs) <= set(INPUTS)
    assert ranking_weights(kind).shape == (len(FEATURES),)
    assert 0 < fitted.suggest_probability < fitted.answer_probability < 1


def test_ranking_weighs_what_a_document_reaches_of_what_the_best_one_does(collection: Collection) -> None:
    """A letter of which the best document holds a tenth is ranked as a line that it holds whole."""
    matrix = evidence(ASKED["muoi"], collection.snapshot).matrix
    last = FEATURES.index("run") + 1
    letter = matrix.copy()
    letter[:, :last] /= 10

    assert relative(letter) == pytest.approx(relative(matrix))
    assert (relative(matrix)[:, last:] == matrix[:, last:]).all()


def test_evidence_that_says_nothing_stays_nothing() -> None:
    assert relative(np.zeros((0, len(FEATURES)))).shape == (0, len(FEATURES))
    assert (relative(np.zeros((3, len(FEATURES)))) == 0).all()


def test_a_word_in_two_syllables_is_worth_one_word(tmp_path: Path) -> None:
    """`kinh tế` is written together wherever it stands; `kinh` and `nghiệm` are found apart, too."""
    with Collection.open(tmp_path) as written:
        texts = (
            [f"kinh tế số {n}" for n in range(30)] + [f"gạo {n}" for n in range(30)] + [f"{n} muối" for n in range(30)]
        )
        written.put(Document(id=str(n), claim=text, language="vi") for n, text in enumerate(texts))
        written.commit(1)

        alone = read("giá kinh tế và gạo muối", written.snapshot).alone

    assert alone["kinh"] == alone["te"] == pytest.approx(0.5, abs=0.02)
    assert alone["gao"] == alone["muoi"] == 1.0


def test_inputs_have_a_column_a_name(collection: Collection) -> None:
    found = evidence(ASKED["may"], collection.snapshot)

    seen = inputs(found.matrix, np.zeros(len(found.matrix)), found.message, 4)

    assert seen.shape == (len(found.pool), len(INPUTS))


def test_a_long_collection_changes_no_answer_of_a_message_it_says_nothing_about(tmp_path: Path) -> None:
    with Collection.open(tmp_path) as larger:
        larger.put([*FACT_CHECKS, Document(id="khac", claim="zeta omega kappa", language="vi")])
        larger.commit(1)

        assert [Matcher(larger).rank(message)[0][0] for message in ASKED.values()] == list(ASKED)

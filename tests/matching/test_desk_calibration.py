"""What a desk learns of itself: how sure is sure enough here."""

from pathlib import Path

import numpy as np
import pytest

from thuchu.matching import Collection, Document, Matcher
from thuchu.matching.calibration import INPUTS
from thuchu.matching.desk_calibration import desk_calibration
from thuchu.matching.fitting import sigmoid
from thuchu.matching.weights import calibration

# Syllables from which claims are made up: each claim holds five of its own.
_SYLLABLES = [a + b for a in "b c d g h k l m n p r s t v x".split() for b in "a e i o u an en in on un".split()]
N_CLAIMS = 260


def claim(number: int) -> str:
    chance = np.random.default_rng(number)
    return " ".join(chance.choice(_SYLLABLES, 9))


def message(number: int) -> str:
    words = claim(number).split()
    return f"mọi người ơi nghe nói {' '.join(words[:6])} có đúng không ạ"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Collection:
    opened = Collection.open(tmp_path_factory.mktemp("desk"))
    opened.put([Document(id=str(n), claim=claim(n), language="vi") for n in range(N_CLAIMS)])
    opened.commit(1)
    opened.learn([(message(n), str(n)) for n in range(N_CLAIMS)])
    return opened


def test_a_desk_that_has_answered_much_has_a_calibration_of_its_own(desk: Collection) -> None:
    own = desk_calibration("vi", desk.snapshot.learned)

    assert own is not None
    assert own.inputs == INPUTS
    assert 0 < own.answer_probability < 1


def test_where_answered_messages_were_always_right_it_dares_more_than_what_ships(desk: Collection) -> None:
    new = Collection.open(desk._folder.parent / "new desk")
    new.put([Document(id=str(n), claim=claim(n), language="vi") for n in range(N_CLAIMS)])
    new.commit(1)

    told = [Matcher(desk).find(message(n)) for n in range(0, N_CLAIMS, 5)]
    told_new = [Matcher(new).find(message(n)) for n in range(0, N_CLAIMS, 5)]

    answers = [decision.kind == "answer" for decision in told]
    assert sum(answers) > sum(decision.kind == "answer" for decision in told_new)
    assert all(decision.matches[0].id == str(n) for n, decision in zip(range(0, N_CLAIMS, 5), told, strict=True))


def test_without_its_document_a_message_is_not_answered(desk: Collection) -> None:
    told = [Matcher(desk).find(message(n), without=[str(n)]) for n in range(0, N_CLAIMS, 5)]

    assert not any(decision.kind == "answer" for decision in told)


def test_the_same_messages_in_any_order_teach_the_same(desk: Collection, tmp_path: Path) -> None:
    other = Collection.open(tmp_path)
    other.put([Document(id=str(n), claim=claim(n), language="vi") for n in range(N_CLAIMS)])
    other.commit(1)

    other.learn([(message(n), str(n)) for n in reversed(range(N_CLAIMS))])

    assert (desk.snapshot.learned["desk_vi"] == other.snapshot.learned["desk_vi"]).all()


def test_few_answered_messages_teach_no_calibration(tmp_path: Path) -> None:
    young = Collection.open(tmp_path)
    young.put([Document(id=str(n), claim=claim(n), language="vi") for n in range(40)])
    young.commit(1)

    young.learn([(message(n), str(n)) for n in range(40)])

    assert desk_calibration("vi", young.snapshot.learned) is None


def test_messages_whose_document_is_gone_teach_nothing(desk: Collection, tmp_path: Path) -> None:
    emptied = Collection.open(tmp_path)
    emptied.put([Document(id="another", claim=claim(9_999), language="vi")])
    emptied.commit(1)

    emptied.learn([(message(n), str(n)) for n in range(N_CLAIMS)])

    assert desk_calibration("vi", emptied.snapshot.learned) is None


def test_a_calibration_of_another_version_is_passed_over() -> None:
    assert desk_calibration("vi", {"desk_vi": np.zeros(3)}) is None


@pytest.mark.parametrize("kind", ["vi", "en", "other", "en+meaning"])
def test_what_ships_is_a_probability_for_any_evidence(kind: str) -> None:
    fitted = calibration(kind)

    assert set(fitted.inputs) <= set(INPUTS)
    assert 0 < fitted.suggest_probability < fitted.answer_probability <= 1
    assert 0 <= sigmoid(np.array([fitted.constant]))[0] <= 1

"""Lessons and sets as they are shipped: whole in both languages, balanced, plain; and what a bad file is told."""

import re
from collections import Counter

import pytest

from thuchu.desk.training import items, lessons
from thuchu.desk.training.content import BadContent, blocks_of
from thuchu.desk.training.items import Stratum, faults_of, item_sets
from thuchu.privacy import scrub

OFFICIALESE = ("vui lòng", "quý khách", "kính mong", "đối tượng", "vi phạm", "tiến hành", "!")
ACCENTED = set("ăâđêôơưáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")
# Rule 10: how, when and where to vote; never who should win.  What a lesson says about keeping away from it is allowed.
MERITS = ("đảng", "ứng cử viên", "tỉ lệ phiếu", "thắng cử", "party", "parties", "turnout", "campaign", "poll of")
# What a quarter of an hour holds, exercises and examples in it: people read about 200 words a minute, slower when they
# think along.
LESSON_WORDS_MIN, LESSON_WORDS_MAX = 700, 1_500


def texts(value, language):
    """Every text in one language, however deep it lies."""
    if isinstance(value, dict):
        if isinstance(value.get(language), str):
            yield value[language]
        elif language in value:
            yield from (line for block in value[language] for line in block.lines)
        else:
            for each in value.values():
                yield from texts(each, language)
    elif isinstance(value, tuple | list):
        for each in value:
            yield from texts(each, language)
    elif hasattr(value, "__slots__"):
        for name in value.__slots__:
            yield from texts(getattr(value, name), language)


def everything(language):
    return [*texts(lessons.lessons(), language), *texts(item_sets(), language)]


def test_there_are_six_lessons_with_two_examples_and_five_exercises_each():
    found = lessons.lessons()

    assert [each.number for each in found] == [1, 2, 3, 4, 5, 6]
    for each in found:
        assert (len(each.examples), len(each.items), each.minutes) == (2, 5, 15)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_lesson_fits_a_quarter_of_an_hour(language):
    for each in lessons.lessons():
        words = sum(len(text.split()) for text in texts(each, language))

        assert LESSON_WORDS_MIN <= words <= LESSON_WORDS_MAX, (each.number, words)


def test_the_known_answer_is_not_always_in_one_place():
    places = Counter(list(item.answers).index(item.outcome) for lesson in lessons.lessons() for item in lesson.items)

    assert max(places.values()) <= 0.6 * sum(places.values())


def test_there_are_sixty_items_in_three_sets_over_four_strata():
    sets = item_sets()

    assert len(sets) >= 3
    assert sum(len(each.asked) for each in sets) >= 60
    for each in sets:
        assert {item.stratum for item in each.asked} == set(Stratum)


def test_every_set_is_balanced():
    for each in item_sets():
        assert faults_of(each.asked) == []
        assert sum(item.truth == "true" for item in each.asked) >= 0.3 * len(each.asked)


@pytest.mark.parametrize(
    ("keep", "said"),
    [
        (lambda item: item.truth != "true", "0 of 11 are about true claims"),
        (lambda item: item.truth in ("true", None), "0 of 11 are about claims that aren't so"),
        (lambda item: item.topic in ("health", "places"), "2 topics; at least 6"),
        (lambda item: item.topic in ("health", "places"), "are about health; at most 25%"),
        (lambda item: item.stratum is not Stratum.ENOUGH, "0 items ask enough; at least 4"),
        (lambda item: item.outcome != "not_helpful", "3 items ask helpful; at least 4"),
        (lambda item: item.outcome != "not_checkable", "3 of 3 that ask checkable are checkable; at most 70%"),
    ],
)
def test_a_set_that_rewards_a_habit_has_faults(keep, said):
    faults = faults_of([item for item in item_sets()[0].items if keep(item)])

    assert any(said in fault for fault in faults), faults


def test_no_message_stands_twice():
    messages = Counter(item.message["vi"] for each in item_sets() for item in each.items)

    assert set(messages.values()) == {1}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_nothing_in_them_is_personal_data(language):
    assert not [text for text in everything(language) if scrub(text).findings]


def test_their_vietnamese_is_plain_and_really_vietnamese():
    for text in everything("vi"):
        assert not [word for word in OFFICIALESE if word in text.lower()], text
        assert len(text) < 25 or set(text.lower()) & ACCENTED, text
        assert not re.search(r"[\u0300-\u036f]", text), f"not in its normal form: {text}"


def test_their_english_is_no_vietnamese_left_behind():
    names = {"Hà", "Nội", "Hoa", "Gạo", "Đồng", "Sen", "Suối", "Nhài", "Cà", "Mau", "Phan", "Xi", "Păng", "Ba", "Bể"}
    names |= {"Tết", "vối", "Tre"}

    for text in everything("en"):
        foreign = {word for word in re.findall(r"\w+", text) if set(word.lower()) & ACCENTED - set("éèê")} - names
        assert not foreign, (foreign, text)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_of_elections_they_speak_of_procedure_only(language):
    for text in everything(language):
        assert not [word for word in MERITS if re.search(rf"\b{re.escape(word)}\b", text.lower())], text


def test_a_text_becomes_paragraphs_and_lists():
    found = blocks_of("Một đoạn\nhai dòng.\n\n- một\n- hai\n\nHết.")

    assert [(each.lines, each.is_list) for each in found] == [
        (("Một đoạn hai dòng.",), False),
        (("một", "hai"), True),
        (("Hết.",), False),
    ]


@pytest.fixture
def folder(tmp_path):
    """Copies of the shipped files, to be spoilt."""
    for path in [*items.FOLDER.glob("*.toml"), *lessons.FOLDER.glob("*.toml")]:
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    return tmp_path


def spoil(folder, name, old, new, count=-1):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), "utf-8")


def test_the_copies_are_read(folder):
    assert items.load(folder) == item_sets()
    assert lessons.load(folder) == lessons.lessons()


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("set1.toml", 'topic = "weather"', 'topic = "gossip"', "'gossip' is none of"),
        ("set1.toml", 'outcome = "checkable"', 'outcome = "maybe"', "'maybe' is none of"),
        ("set1.toml", 'id = "1-market"', 'id = "1-rain"', "two items have this id"),
        ("set1.toml", "version = 1", "version = 0", "whole number from 1 on"),
        ("set1.toml", "version = 1", 'version = 1\nsecret = "x"', "secret: nothing of this name"),
        ("set1.toml", "number = 1", "number = 7", "numbered 1, 2, 3"),
        ("set1.toml", 'message.vi = "', 'message.fr = "', "exactly message.vi and message.en"),
        ("set1.toml", "[[items]]", "[[items]", "set1.toml"),
        ("set2.toml", 'outcome = "unproven"', 'outcome = "true"', "what is known of the claim"),
        ("set1.toml", 'why.vi = "Có nơi', 'why.vi = "' + "a" * 601 + "Có nơi", "characters; at most 600"),
    ],
)
def test_a_bad_set_is_told_where_and_what(folder, name, old, new, said):
    spoil(folder, name, old, new)

    with pytest.raises(BadContent, match=said):
        items.load(folder)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('outcome = "no"', 'outcome = "perhaps"', r"items\[1\].outcome: 'perhaps' is none of no, yes"),
        ("[[examples]]", "[[sections]]", "message: nothing of this name|examples: it is missing"),
        ("minutes = 15", "", "minutes: it is missing"),
        ('goal.en = "', 'goal.en = "" # ', "goal.en: a text belongs here"),
    ],
)
def test_a_bad_lesson_is_told_where_and_what(folder, old, new, said):
    spoil(folder, "lesson1.toml", old, new)

    with pytest.raises(BadContent, match=said):
        lessons.load(folder)


def test_a_folder_without_files_is_no_folder_of_lessons(tmp_path):
    with pytest.raises(BadContent, match=r"no lesson\*.toml"):
        lessons.load(tmp_path)


def test_an_item_that_is_withdrawn_has_its_day_and_its_reason(folder):
    gone = 'id = "1-rain"\nwithdrawn.on = 2027-01-05\nwithdrawn.vi = "Trạm đã sửa số."\nwithdrawn.en = "Corrected."'
    spoil(folder, "set1.toml", 'id = "1-rain"', gone)

    first = items.load(folder)[0]

    assert len(first.asked) == len(first.items) - 1
    assert first.items[0].withdrawn.why["en"] == "Corrected."
    spoil(folder, "set1.toml", "withdrawn.on = 2027-01-05", 'withdrawn.on = "soon"')
    with pytest.raises(BadContent, match=r"withdrawn: withdrawn.on \(a day\)"):
        items.load(folder)

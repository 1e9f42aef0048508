"""Chosen names: no two that look alike, none that speaks for the desk, none that leads to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import DESK

from thuchu.desk.accounts import names, refusals
from thuchu.desk.accounts.models import NAME_CHARS_MAX, NAME_KEY_CHARS_MAX, Pseudonym
from thuchu.privacy import scrub


def check(name):
    return names.check(scrub(name), desk_name=DESK)


@pytest.mark.parametrize(
    "name", ["An Nguyên", "Bút Chì", "lan_92x", "O'Hara", "Cá Rô-Đồng", "Мария", "สมชาย", "badminton.hn", "N. V. Khế"]
)
def test_a_name_of_letters_and_figures_may_be_chosen(name):
    assert check(name) == name


def test_spaces_around_and_between_are_made_one():
    assert check("  An \t Nguyên ") == "An Nguyên"


@pytest.mark.parametrize("name", ["", "An", "m" * 31, "a" * 5_000])
def test_a_name_has_3_to_30_characters(name):
    with pytest.raises(refusals.NameLength):
        check(name)


@pytest.mark.parametrize(
    "name",
    [
        "12345", "1 2 3 a", "An 😀 Bình", "<b>An</b>", "An--Bình", "-An-", "An\u0335\u0336\u0337\u0338", "An/Bình",
        "An. . Bình", "ﷺ" * 8,
    ],
)  # fmt: skip
def test_a_name_of_anything_else_is_refused(name):
    with pytest.raises(refusals.NameLetters):
        check(name)


@pytest.mark.parametrize("name", ["An 0912345678", "an.nguyen@thu.example", "An 51G-678.90", "@nguyenvanmau_95"])
def test_a_name_that_leads_to_its_person_is_refused(name):
    with pytest.raises(refusals.NamePersonal):
        check(name)


@pytest.mark.parametrize(
    "name",
    [
        "Thực Hư", "thuc hu", "Thục_Hử 24h", "Admin", "аdmin", "Adm1n", "ADMIN-An", "An admin", "Điều phối viên",
        "dieu phoi", "Coordinator", "C00rdinator", "The coordinator", "superAdministrator", "Quản trị", "Operator An",
        "Người đóng góp 7F3K2M", "M0derator", "ban biên tập", "ОFFICIAL An",
    ],
)  # fmt: skip
def test_a_name_that_speaks_for_the_desk_is_refused(name):
    with pytest.raises(refusals.NameOfficial):
        check(name)


@pytest.mark.parametrize("name", ["Bàn Thật", "bàn thật 2"])
def test_nobody_is_called_as_the_desk_is(name):
    with pytest.raises(refusals.NameOfficial):
        names.check(scrub(name), desk_name="Bàn Thật")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("An Nguyên", "an nguyen"),
        ("An Nguyên", "AN NGUYỄN"),
        ("An Nguyên", "An_Nguyên"),
        ("An Nguyên", "Аn Nguyên"),
        ("Lan1", "Lanl"),
        ("Lan1", "LanI"),
        ("Bình", "B1nh"),
        ("Modern", "Modem"),
        ("Oanh", "0anh"),
        ("Đức", "duc"),
        ("Ｌａｎ", "Lan"),
    ],
)
def test_names_that_look_alike_are_one(one, other):
    assert names.key(one) == names.key(other)


@pytest.mark.parametrize(("one", "other"), [("Lan", "Loan"), ("An Nguyên", "Ân Nguyệt"), ("Lan 2", "Lan 3")])
def test_names_that_do_not_are_two(one, other):
    assert names.key(one) != names.key(other)


def test_text_that_was_not_scrubbed_is_no_name():
    with pytest.raises(TypeError):
        names.check("An Nguyên", desk_name=DESK)


def test_what_is_left_of_a_name_is_free_and_could_not_have_been_chosen(db):
    name = names.for_who_left()

    assert names.is_free(name)
    assert len(name) <= NAME_CHARS_MAX
    with pytest.raises(refusals.NameOfficial):
        check(name)


@given(text=st.text(max_size=60))
def test_whatever_is_typed_is_a_name_or_a_sentence_and_never_breaks(text):
    try:
        name = check(text)
    except refusals.NameRefused:
        return

    assert 3 <= len(name) <= NAME_CHARS_MAX
    assert 0 < len(names.key(name)) <= NAME_KEY_CHARS_MAX
    assert check(name) == name


@given(text=st.text(max_size=60))
def test_the_key_of_a_name_in_other_letter_case_is_the_same(text):
    assert names.key(text) == names.key(names.normalise(text))


def test_the_database_itself_keeps_one_name_one_person(desk, now):
    an = desk.person("An Nguyên")

    with pytest.raises(refusals.NameTaken):
        desk.person("AN NGUYEN")
    assert Pseudonym.objects.filter(key=names.key("An Nguyên")).get().pk == an.view().pseudonym_id

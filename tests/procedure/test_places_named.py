"""The place that a question means: by its name, with or without accents and kind; none where two could be meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.procedure import AreaName, area_named, names_a_stranger
from thuchu.text.folding import strip_accents

TABLE = (
    AreaName(code="tinh", name_vi="Tỉnh Mẫu", name_en="Mau Province"),
    AreaName(code="ab", name_vi="Xã An Bình", name_en="An Binh Commune", parent="tinh"),
    AreaName(code="hl", name_vi="Phường Hòa Lạc", name_en="Hoa Lac Ward", parent="tinh"),
    AreaName(code="ds", name_vi="Xã Đông Sơn", name_en="Dong Son Commune", parent="tinh"),
    AreaName(code="dsh", name_vi="Xã Đông Sơn Hạ", name_en="Dong Son Ha Commune", parent="tinh"),
    AreaName(code="tp", name_vi="Phường Tân Phú", name_en="Tan Phu Ward", parent="tinh"),
    AreaName(code="tp2", name_vi="Xã Tân Phú", name_en="Tan Phu Commune", parent="tinh"),
)


@pytest.mark.parametrize(
    ("question", "code"),
    [
        ("Xã An Bình bầu cử ở đâu?", "ab"),
        ("o an binh may gio mo cua", "ab"),
        ("polling hours in An Binh commune", "ab"),
        ("p. Hoà Lạc bỏ phiếu đến mấy giờ", "hl"),
        ("P.Hòa Lạc bỏ phiếu đến mấy giờ", "hl"),
        ("anbinh đi bầu ở đâu", "ab"),
        ("Xã Đông Sơn Hạ", "dsh"),
        ("xa dong son tinh mau", "ds"),
        ("phường Tân Phú", "tp"),
        ("Tan Phu ward", "tp"),
        ("Tân Phú bầu ở đâu", None),
        ("An Bình hay Hòa Lạc", None),
        ("xã tôi bầu ở đâu", None),
        ("", None),
    ],
)
def test_the_place_that_is_named(question, code):
    assert area_named(question, TABLE) == code


def test_a_place_that_is_not_in_the_table_is_noticed():
    assert names_a_stranger("Phường Bến Nghé bầu ở đâu?", TABLE)
    assert names_a_stranger("Tân Phú bầu ở đâu?", TABLE)
    assert names_a_stranger("When do polls open in Ben Nghe ward?", TABLE)
    assert not names_a_stranger("xã mình bầu ở đâu", TABLE)
    assert not names_a_stranger("Xã An Bình bầu ở đâu", TABLE)


@given(st.text(max_size=80))
def test_any_text_names_one_place_of_the_table_or_none(text):
    found = area_named(text, TABLE)

    assert found is None or found in {area.code for area in TABLE}
    assert area_named(strip_accents(text), TABLE) == found
    assert isinstance(names_a_stranger(text, TABLE), bool)


def test_a_table_that_goes_round_in_a_circle_ends():
    circle = (
        AreaName(code="a", name_vi="Xã An Bình", parent="b"),
        AreaName(code="b", name_vi="Xã Bình An", parent="a"),
    )

    assert area_named("Xã An Bình", circle) == "a"

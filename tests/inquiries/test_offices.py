"""An answer is an office's: whoever signs it for the office isn't named."""

import pytest

from thuchu.desk.inquiries.offices import names_a_person


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Phòng Y tế",
        "Chánh Văn phòng",
        "Giám đốc Bệnh viện Phạm Ngọc Thạch",
        "UBND phường Trần Hưng Đạo",
        "Ủy ban nhân dân Thành phố Hồ Chí Minh",
        "Sở Y tế TP. Hồ Chí Minh",
        "Trường THPT Lê Quý Đôn",
        "Sở Y tế Hà Nội",
        "UBND tỉnh Cao Bằng",
        "Office of the Principal",
    ],
)
def test_an_office_may_be_called_after_somebody(words):
    assert not names_a_person(words)


@pytest.mark.parametrize(
    "words",
    [
        "Nguyễn Văn An",
        "Ông Nguyễn Văn An",
        "bà Hoa",
        "Giám đốc: Trần Thị B",
        "Giám đốc, Trần Thị B",
        "Trần Văn A, Giám đốc",
        "Phó Giám đốc Lê Văn Tám",
        "BS. Hoa, Phòng Y tế",
        "Mr Smith, Office of the Principal",
    ],
)
def test_a_persons_name_is_none(words):
    assert names_a_person(words)

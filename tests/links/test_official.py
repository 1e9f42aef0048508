"""The table of official hosts: what is bundled, what a desk adds, and how a wrong row is reported."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.links import BadOfficialTable, bundled_official, look_alike, parse_address, read_official

HEADER = "name,kind,words,short_words,hosts,namesakes"


def test_the_bundled_table_has_banks_wallets_portals_and_shops() -> None:
    bodies = bundled_official().bodies

    assert len(bodies) >= 80
    assert {body.kind for body in bodies} >= {
        "bank",
        "wallet",
        "portal",
        "shop",
        "carrier",
        "delivery",
        "power",
        "global",
    }


def test_a_body_is_named_once_and_no_host_is_a_namesake_of_its_own() -> None:
    bodies = bundled_official().bodies

    assert len({body.name for body in bodies}) == len(bodies)
    assert [body.name for body in bodies if set(body.hosts) & set(body.namesakes)] == []


def test_everything_below_an_official_host_is_its_bodys() -> None:
    body = bundled_official().body_of("ebank.vietcombank.com.vn")

    assert body is not None
    assert body.name == "Vietcombank"


def test_a_desk_adds_its_own_rows() -> None:
    rows = read_official([HEADER, "Hợp tác xã An Bình,shop,htxanbinh,,htxanbinh.example,"])
    official = bundled_official().with_bodies(rows)

    found = look_alike(parse_address("htxanbinh-khuyenmai.com"), official)

    assert found is not None
    assert found.official_host == "htxanbinh.example"
    assert look_alike(parse_address("htxanbinh-khuyenmai.com"), bundled_official()) is None


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("An,bank,an bình,,an.example", "row 2: 5 columns"),
        (",bank,anbinh,,an.example,", "row 2, column name"),
        ("An,trường,anbinh,,an.example,", "row 2, column kind"),
        ("An,bank,Anbinh,,an.example,", "row 2, column words"),
        ("An,bank,,ab,an.example,", "row 2, column short_words"),
        ("An,bank,anbinh,,,", "row 2, column hosts"),
        ("An,bank,anbinh,,com.vn,", "row 2, column hosts"),
        ("An,bank,anbinh,,an.example,không", "row 2, column namesakes"),
    ],
)
def test_a_wrong_row_is_named_with_its_column(row: str, named: str) -> None:
    with pytest.raises(BadOfficialTable, match=named):
        read_official([HEADER, row])


def test_another_header_is_refused() -> None:
    with pytest.raises(BadOfficialTable, match="row 1"):
        read_official(["host,name"])


@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_rows_are_read_or_refused_by_name(rows: list[str]) -> None:
    try:
        bodies = read_official([HEADER, *rows])
    except BadOfficialTable:
        return

    assert all(body.hosts for body in bodies)

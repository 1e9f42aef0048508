"""Look-alikes: what bears an official name and isn't official; ordinary sites are never accused."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.links import NotAnAddress, bundled_official, look_alike, parse_address

OFFICIAL = bundled_official()
SITES = (Path(__file__).parent / "ordinary_sites.txt").read_text(encoding="utf-8").splitlines()
ORDINARY = [host for line in SITES if not line.startswith("#") for host in line.split()]


@pytest.mark.parametrize(
    ("host", "reason", "official"),
    [
        ("vietcombank-khuyenmai.example", "brand_inside", "vietcombank.com.vn"),
        ("lazada-ctv.example", "brand_inside", "lazada.vn"),
        ("tiki-khuyenmai88.example", "brand_inside", "tiki.vn"),
        ("acb-online.example", "brand_inside", "acb.com.vn"),
        ("vcb-digibamk.example", "brand_inside", "vietcombank.com.vn"),
        ("anhbamomo.fun", "brand_inside", "momo.vn"),
        ("shopee.top", "wrong_suffix", "shopee.vn"),
        ("vneid.com", "wrong_suffix", "vneid.gov.vn"),
        ("vietcombank.com.vn.an.example", "brand_subdomain", "vietcombank.com.vn"),
        ("dichvucong.gov.vn.an.example", "brand_subdomain", "dichvucong.gov.vn"),
        ("bidv.an.example", "brand_subdomain", "bidv.com.vn"),
        ("shopee.an.example", "brand_subdomain", "shopee.vn"),
        ("vietconbank.example", "changed_letters", "vietcombank.com.vn"),
        ("vietcobmank.example", "changed_letters", "vietcombank.com.vn"),
        ("viietcombank.example", "added_letters", "vietcombank.com.vn"),
        ("vietcombannk.example", "added_letters", "vietcombank.com.vn"),
        ("vietcmbank.example", "missing_letters", "vietcombank.com.vn"),
        ("v1etcombank.example", "homoglyphs", "vietcombank.com.vn"),
        ("sh0pee-sale.example", "homoglyphs", "shopee.vn"),
        ("vietсombank.com.vn", "homoglyphs", "vietcombank.com.vn"),
        ("vietcombạnk.com.vn", "punycode", "vietcombank.com.vn"),
        ("https://vietcombank.com.vn@an.example/", "userinfo", "vietcombank.com.vn"),
        ("https://vietcombank.com.vn@103.28.36.10/", "userinfo", "vietcombank.com.vn"),
    ],
)
def test_a_name_on_a_strangers_host_is_seen_with_its_reason(host: str, reason: str, official: str) -> None:
    found = look_alike(parse_address(host), OFFICIAL)

    assert found is not None
    assert (found.reason, found.official_host) == (reason, official)


@pytest.mark.parametrize("below", ["", "www.", "m.", "ebank.", "login.", "a.b."])
def test_no_official_host_and_nothing_below_it_is_warned_of(below: str) -> None:
    hosts = [below + host for body in OFFICIAL.bodies for host in (*body.hosts, *body.namesakes)]

    assert [host for host in hosts if look_alike(parse_address(host), OFFICIAL)] == []


def test_no_ordinary_site_is_warned_of() -> None:
    assert len(set(ORDINARY)) >= 500
    assert [host for host in ORDINARY if look_alike(parse_address(host), OFFICIAL)] == []


def test_no_part_of_the_government_is_warned_of() -> None:
    hosts = ["dichvucong.hanoi.gov.vn", "vneid.abc.gov.vn", "shopee.hust.edu.vn", "bidv.gov", "momo.ac.jp"]

    assert [host for host in hosts if look_alike(parse_address(host), OFFICIAL)] == []


def test_a_firm_that_owns_its_name_under_an_ordinary_ending_is_not_warned_of() -> None:
    hosts = ["vietcombank.vn", "tiki.com", "acb.net", "microsoft.fr", "momo.com.vn"]

    assert [host for host in hosts if look_alike(parse_address(host), OFFICIAL)] == []


def test_a_name_in_a_path_is_no_look_alike() -> None:
    assert look_alike(parse_address("an.example/vietcombank.com.vn/login"), OFFICIAL) is None


LABEL = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?", fullmatch=True) | st.text(max_size=12)


@given(st.lists(LABEL, min_size=1, max_size=4), st.sampled_from(["vn", "com", "com.vn", "xyz", "gov.vn"]))
def test_every_host_gets_an_answer(labels: list[str], suffix: str) -> None:
    try:
        address = parse_address(".".join([*labels, suffix]))
    except NotAnAddress:
        return

    found = look_alike(address, OFFICIAL)

    assert found is None or OFFICIAL.body_of(found.official_host) is not None
    assert not (found and OFFICIAL.spares(address.host))

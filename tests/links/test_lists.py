"""Lists of hosts: four formats, line by line; what would accuse strangers is refused with its reason."""

import time
import tracemalloc
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.links import ListedHosts, ListEntry, Listing, Refusal, bundled_official, parse_address, read_list
from thuchu.links.lists import RefusalReason

OFFICIAL = bundled_official()


def read(*lines: str) -> list[ListEntry | Refusal]:
    return list(read_list(lines, OFFICIAL))


def test_a_plain_list_gives_hosts_and_pages() -> None:
    assert read("# danh sách", "", "www.Qua.example", "https://qua2.example/a/", "*.qua3.example  # mới") == [
        ListEntry("qua.example"),
        ListEntry("qua2.example", "/a"),
        ListEntry("qua3.example"),
    ]


def test_a_hosts_file_gives_its_names_but_not_the_machines_own() -> None:
    assert read("127.0.0.1 localhost", "0.0.0.0 qua.example qua2.example # chặn", "::1 ip6-localhost") == [
        ListEntry("qua.example"),
        ListEntry("qua2.example"),
    ]


def test_an_adblock_list_gives_its_hosts() -> None:
    lines = ["[Adblock Plus 2.0]", "! tiêu đề", "||qua.example^", "||qua2.example^$third-party", "||qua3.example/a^"]

    assert read(*lines) == [ListEntry("qua.example"), ListEntry("qua2.example"), ListEntry("qua3.example", "/a")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_is_read_by_its_header(separator: str) -> None:
    rows = [
        ["id", "url", "first_seen"],
        ["1", "https://qua.example/", "2025-11-28 10:00"],
        ["2", "b.example", "3/2/2026"],
    ]

    found = read(*(separator.join(row) for row in rows), f'3{separator}"c.example"{separator}hôm qua')

    assert found == [
        ListEntry("qua.example", since=date(2025, 11, 28)),
        ListEntry("b.example", since=date(2026, 2, 3)),
        ListEntry("c.example"),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("com.vn", "public_suffix"),
        ("github.io", "public_suffix"),
        ("vietcombank.com.vn", "official_host"),
        ("www.facebook.com", "official_host"),
        ("bit.ly", "shortener"),
        ("192.168.1.1", "private_ip"),
        ("qua.khong-co", "unreadable"),
        ("chữ có dấu cách", "unreadable"),
        ("qua*.example", "pattern"),
        ("qua.example##.quang-cao", "pattern"),
        ("@@||qua.example^", "exception"),
        ("a" * 5_000, "too_long"),
    ],
)
def test_a_line_that_gives_no_entry_is_refused_with_its_reason(line: str, reason: str) -> None:
    found = read("# dòng đầu", line)

    assert [(refusal.line, refusal.reason) for refusal in found if isinstance(refusal, Refusal)] == [(2, reason)]


def test_a_csv_row_without_a_host_is_refused() -> None:
    assert read("host,since", ",2025-01-01") == [Refusal(2, "no_host", ",2025-01-01")]


def test_an_entry_covers_its_host_and_everything_below_and_nothing_above() -> None:
    listed = ListedHosts().with_list("Báo An", [ListEntry("a.qua.example", since=date(2026, 1, 2))])

    def is_listed(host: str) -> bool:
        return bool(listed.find(parse_address(host)))

    assert is_listed("a.qua.example/x")
    assert is_listed("b.a.qua.example")
    assert not is_listed("qua.example")
    assert not is_listed("aa.qua.example")


def test_an_entry_with_a_path_warns_of_that_page_only() -> None:
    listed = ListedHosts().with_list("Báo An", read("https://www.facebook.com/hoi-nhom-an"))  # type: ignore[arg-type]

    def is_listed(address: str) -> bool:
        return bool(listed.find(parse_address(address)))

    assert is_listed("https://m.facebook.com/hoi-nhom-an/?utm_source=x")
    assert is_listed("facebook.com/hoi-nhom-an/anh")
    assert not is_listed("facebook.com")
    assert not is_listed("facebook.com/hoi-nhom-an-2")


def test_an_entry_with_a_query_warns_of_that_page_only() -> None:
    listed = ListedHosts().with_list("Báo An", [ListEntry("qua.example", "/p", "id=1")])

    assert listed.find(parse_address("qua.example/p?x=2&id=1"))
    assert not listed.find(parse_address("qua.example/p?id=2"))


def test_a_new_list_replaces_the_old_one_of_its_publisher_only() -> None:
    first = ListedHosts().with_list("Báo An", [ListEntry("a.example")]).with_list("Hội Bình", [ListEntry("b.example")])

    second = first.with_list("Báo An", [ListEntry("c.example")])

    assert not second.find(parse_address("a.example"))
    assert second.find(parse_address("b.example")) == (Listing("Hội Bình", None, "b.example"),)
    assert first.find(parse_address("a.example"))
    assert second.without("Hội Bình").publishers == ("Báo An",)
    assert (second.count("Báo An"), second.count("Không ai")) == (1, 0)


def test_of_two_publishers_the_earlier_comes_first() -> None:
    listed = ListedHosts().with_list("Báo An", [ListEntry("a.example", since=date(2026, 3, 1))])
    listed = listed.with_list("Hội Bình", [ListEntry("a.example", since=date(2026, 2, 1))])

    assert [listing.publisher for listing in listed.find(parse_address("a.example"))] == ["Hội Bình", "Báo An"]


def test_two_hundred_thousand_hosts_stay_small_and_quick() -> None:
    tracemalloc.start()
    listed = ListedHosts().with_list("Báo An", (ListEntry(f"qua{number}.example") for number in range(200_000)))
    size_bytes = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    address = parse_address("a.b.qua199999.example")

    began = time.process_time()
    for _ in range(10_000):
        listed.find(address)
    lookup_seconds = (time.process_time() - began) / 10_000

    assert listed.count("Báo An") == 200_000
    assert size_bytes < 60_000_000
    assert lookup_seconds < 50e-6


@given(
    st.lists(st.text(max_size=120) | st.sampled_from(["host,since", "||a.example^", "0.0.0.0 b.example"]), max_size=8)
)
def test_any_lines_give_entries_or_named_refusals(lines: list[str]) -> None:
    found = list(read_list(lines, OFFICIAL))

    listed = ListedHosts().with_list("Báo An", (entry for entry in found if isinstance(entry, ListEntry)))
    for entry in found:
        if isinstance(entry, ListEntry):
            assert not (OFFICIAL.body_of(entry.host) and not entry.path and not entry.query)
            assert listed.count("Báo An") > 0
        else:
            assert 1 <= entry.line <= len(lines)


def test_every_reason_for_leaving_a_line_out_is_a_sentence():
    for reason in RefusalReason.__args__:
        assert str(Refusal(7, reason, "x")).startswith("line 7: ")

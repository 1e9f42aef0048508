"""Link lists: loaded, replaced, removed; and what an asker is told of a link."""

import json
from datetime import timedelta

import pytest

from thuchu.desk import journey
from thuchu.desk.ledger.models import Entry
from thuchu.desk.library import link_lists
from thuchu.desk.library.models import ListedHost

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tmp_path, home, now):
    def take(text, publisher="Chống Lừa", at=now):
        path = tmp_path / "list.txt"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return journey.take_in_links(path, publisher=publisher, now=at)

    return take


def links_of(message, now):
    return journey.ask(message, door="web", page_language="vi", now=now).answer.links


def test_a_listed_host_is_named_with_its_list_and_day(load, now):
    load("nhanqua-tet.example\n")

    (link,) = links_of("Vào nhanqua-tet[.]example nhận quà ngay nhé mọi người ơi", now)

    assert (link.warning, link.publisher, link.since) == ("listed", "Chống Lừa", now.date())


def test_a_new_list_takes_the_place_of_the_old_one_and_hosts_keep_their_first_day(load, now):
    load("a-cu.example\nb-cu.example\n")
    load("b-cu.example\nc-moi.example\n", at=now + timedelta(days=9))

    since = dict(ListedHost.objects.values_list("host", "since"))

    assert since == {"b-cu.example": now.date(), "c-moi.example": (now + timedelta(days=9)).date()}


def test_two_publishers_lists_live_beside_each_other(load, now):
    load("chung.example\n", publisher="Một")
    load("chung.example\n", publisher="Hai")

    assert [link.publisher for link in links_of("chung.example có thật không mọi người", now)] in (
        ["Một", "Hai"],
        ["Hai", "Một"],
    )


def test_an_entry_with_a_path_warns_of_that_path_only(load, now):
    load("https://chia-se.example/lua-dao\n")

    warned = links_of("xem https://chia-se.example/lua-dao/1 có thật không", now)
    silent = links_of("xem https://chia-se.example/tin-khac có thật không", now)

    assert [link.warning for link in warned] == ["listed"]
    assert [link.warning for link in silent] == [None]


def test_unreadable_lines_are_counted_and_skipped(load):
    loaded = load(b"tot.example\n\xff\xfe\x00 rac\n*.mau.example*\n127.0.0.1 localhost\n||quangcao.example^\n")

    assert loaded.entries == 2
    assert {refusal.line for refusal in loaded.refusals} == {2, 3}


def test_a_wrong_file_does_not_take_a_good_list_away(load):
    load("tot.example\n")

    loaded = load("đây không phải danh sách\n")

    assert loaded.entries == 0
    assert ListedHost.objects.get().host == "tot.example"


def test_a_removed_list_warns_no_more(load, now):
    load("tot.example\n")

    assert journey.take_away_links("Chống Lừa", now=now) == 1
    assert [link.warning for link in links_of("vào tot.example xem thử nhé cả nhà", now)] == [None]


def test_a_look_alike_of_an_official_host_is_told_without_any_list(home, now):
    (link,) = links_of("Vào https://vietcombank-xacthuc.example để xác nhận tài khoản", now)

    assert (link.warning, link.official) == ("look_alike", "vietcombank.com.vn")


def test_the_private_page_still_warns_of_what_only_the_typed_message_showed(home, now):
    asked = journey.ask(
        "Đăng nhập https://vietcombank.com.vn@trang-la.example để nhận tiền", door="web", page_language="vi", now=now
    )

    view = journey.look_again(asked.token, now=now)

    assert "look_alike" in [link.warning for link in asked.answer.links]
    assert "look_alike" in [link.warning for link in view.answer.links]


def test_a_desk_may_add_its_own_official_hosts(home, now):
    header = "name,kind,words,short_words,hosts,namesakes\n"
    (home / "official.csv").write_text(header + "Quỹ Xóm Bàng,bank,quyxombang,,quyxombang.vn,\n", "utf-8")

    (link,) = links_of("Vào https://quyxombang-vay.example vay tiền nhanh", now)

    assert link.official == "quyxombang.vn"


def test_loading_and_removing_are_entries(load, now):
    load("tot.example\nxau\n")
    journey.take_away_links("Chống Lừa", now=now)

    kinds = list(Entry.objects.values_list("kind", flat=True))
    assert kinds == ["publisher.added", "link_list.imported", "link_list.removed"]
    assert json.loads(Entry.objects.get(seq=2).body)["entries"] == 1


def test_lists_are_read_again_only_when_one_changes(load, django_assert_num_queries):
    load("tot.example\n")
    link_lists.listed_hosts()

    with django_assert_num_queries(1):
        link_lists.listed_hosts()


def test_a_listed_page_with_personal_data_in_its_address_is_not_kept(load):
    loaded = load("xau.example\nhttps://tot.example/goi/0912345678\nhttps://tot.example/lua-dao\n")

    assert (loaded.entries, loaded.personal) == (2, 1)
    assert "0912345678" not in str(list(ListedHost.objects.values_list()))


@pytest.mark.parametrize("content", [b"name,kind\nx,y\n", b"\xff\xfe\x00"])
def test_a_broken_table_of_official_hosts_stops_no_answer_and_the_doctor_names_it(home, now, content):
    (home / "official.csv").write_bytes(content)

    (link,) = links_of("Vào https://vietcombank-xacthuc.example để xác nhận tài khoản", now)

    assert link.official == "vietcombank.com.vn"
    assert link_lists.own_official_trouble(home)

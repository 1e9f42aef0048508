"""The tree of areas and where it comes from; events, their time box and their pinned sources."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from waiting_desk import AN, BINH, POWER_CUT, SALT_WATER

from thuchu.desk.claims import reads
from thuchu.desk.claims.areas import VIET_NAM, BadAreas, load_areas, set_areas
from thuchu.desk.claims.events import (
    change_event,
    confirm_source,
    open_event,
    pin_source,
    put_under_event,
    take_down_source,
    take_from_event,
)
from thuchu.desk.claims.models import Area, PinnedSource
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.topics import TOPICS_MAX, add_topic, set_topics
from thuchu.desk.claims.wishes import Wishes
from thuchu.desk.ledger.models import Entry
from thuchu.privacy import scrub
from thuchu.privacy.small_counts import SHOWN_MIN, shown_counts

HEAD = "code,kind,name_vi,name_en,parent,valid_from,valid_to\n"
COUNTRY = "vn,country,Việt Nam,Viet Nam,,2025-07-01,\n"


@pytest.fixture
def load(tmp_path, desk):
    def load_text(text):
        path = tmp_path / "areas.csv"
        path.write_text(text, "utf-8")
        return load_areas(path, now=desk.now)

    return load_text


def code_of(call, *values, **named):
    with pytest.raises(ClaimRefused) as found:
        call(*values, **named)
    return found.value.code


def test_the_file_that_ships_holds_todays_34_provinces_and_names_its_source(desk):
    loaded = load_areas(VIET_NAM, now=desk.now)

    (country,) = reads.areas(date(2026, 11, 24))
    names = [province.name_vi for province in country.children]
    assert (loaded.added, len(names), len(set(names))) == (35, 34, 34)
    assert {"Hà Nội", "Huế", "Đắk Lắk", "Cà Mau", "Thành phố Hồ Chí Minh"} <= set(names)
    assert not {"Hà Giang", "Bình Dương", "Kon Tum", "Quảng Nam"} & set(names), "these are no provinces any more"
    assert "202/2025/QH15" in VIET_NAM.read_text("utf-8")
    assert reads.areas(date(2025, 6, 30)) == ()


def test_loading_a_file_again_changes_nothing(desk):
    load_areas(VIET_NAM, now=desk.now)

    again = load_areas(VIET_NAM, now=desk.now)

    assert (again.added, again.changed, again.unchanged) == (0, 0, 35)
    assert Entry.objects.filter(kind="areas.loaded").count() == 1


def test_a_desk_adds_its_communes_and_ends_what_is_no_more(desk, load):
    load_areas(VIET_NAM, now=desk.now)
    load(HEAD + "vn-hue-a,commune,Phường A,Ward A,vn-hue,2025-07-01,\n")

    loaded = load(HEAD + "vn-hue-a,commune,Phường A,Ward A,vn-hue,2025-07-01,2025-12-31\n")

    assert loaded.changed == 1
    before, after = (
        [area.code for area in reads.areas(day)[0].children if area.code == "vn-hue" and area.children]
        for day in (date(2025, 12, 31), date(2026, 1, 1))
    )
    assert (before, after) == (["vn-hue"], [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty; its first line names the columns"),
        ("mã,tên\n", "line 1: the columns are mã,tên; wanted: code,kind"),
        (HEAD, "the file names its columns, but no area"),
        (HEAD + "# a note\nvn,country\n", "line 3: 2 cells, 7 are wanted"),
        (HEAD + "v n,country,V,V,,2025-07-01,\n", "line 2: code “v n”"),
        (HEAD + "vn,realm,V,V,,2025-07-01,\n", "line 2: kind “realm”: one of country, province, commune"),
        (HEAD + "vn,country,,V,,2025-07-01,\n", "line 2: name_vi has 0 characters"),
        (HEAD + "vn,country,V,V,xx,2025-07-01,\n", "line 2: parent “xx”: a country has none"),
        (HEAD + "vn,country,V,V,,1/7/2025,\n", "line 2: valid_from “1/7/2025”: a day such as 2025-07-01"),
        (
            HEAD + "vn,country,V,V,,2025-07-01,2025-06-30\n",
            "line 2: valid_to 2025-06-30 is before valid_from",
        ),
        (HEAD + COUNTRY + COUNTRY, "line 3: the code vn stands on line 2 already"),
        (HEAD + "h,province,H,H,vn,2025-07-01,\n", "line 2: parent vn is neither in this file nor here"),
        (
            HEAD + COUNTRY + "h,commune,H,H,vn,2025-07-01,\n",
            "line 3: parent vn is a country; a commune",
        ),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_loaded(load, text, said):
    with pytest.raises(BadAreas) as found:
        load(text)

    assert said in str(found.value)
    assert not Area.objects.exists()


def test_every_wrong_line_is_named_at_once(load):
    with pytest.raises(BadAreas) as found:
        load(HEAD + COUNTRY + "a,realm,V,V,vn,2025-07-01,\nb,province,V,V,vn,soon,\n")

    assert [line.split(":")[0] for line in found.value.lines] == ["line 3", "line 4"]


def test_coordinators_say_where_a_claim_is_about(desk):
    load_areas(VIET_NAM, now=desk.now)
    number = desk.claim(POWER_CUT)

    set_areas(number, ["vn-hue", "vn-da-nang"], by=AN, now=desk.now)
    set_areas(number, ["vn-da-nang", "vn-hue"], by=AN, now=desk.now)

    assert [area.code for area in reads.claim(number, now=desk.now).areas] == ["vn-da-nang", "vn-hue"]
    assert Entry.objects.filter(kind="claim.areas_set").count() == 1
    assert code_of(set_areas, number, ["atlantis"], by=AN, now=desk.now) == "no_such_area"


def test_topics_are_few_and_a_claim_has_fewer(desk):
    for number in range(TOPICS_MAX):
        add_topic(f"t{number}", name_vi=scrub(f"Chủ đề {number}"), name_en=scrub("Topic"), by=AN, now=desk.now)
    names = {"name_vi": scrub("Khác"), "name_en": scrub("Other")}

    assert code_of(add_topic, "t0", **names, by=AN, now=desk.now) == "name_is_taken"
    assert code_of(add_topic, "more", **names, by=AN, now=desk.now) == "too_many"
    assert code_of(add_topic, "Có dấu", **names, by=AN, now=desk.now) == "wrong_code"
    claim = desk.claim(SALT_WATER)
    assert code_of(set_topics, claim, [f"t{n}" for n in range(4)], by=AN, now=desk.now) == "too_many"
    assert code_of(set_topics, claim, ["none"], by=AN, now=desk.now) == "no_such_topic"


def test_small_counts_by_area_are_not_shown_and_cannot_be_worked_out(desk):
    load_areas(VIET_NAM, now=desk.now)
    for code, count in (("vn-hue", 12), ("vn-da-nang", 15), ("vn-ca-mau", 3)):
        for _ in range(count):
            number = desk.ask(POWER_CUT, wishes=Wishes(area=code)).claim_id

    # 30 ask, 27 of them shown: the reader would know the three.
    assert reads.askers_by_area(number) == {"vn-da-nang": 15}


@pytest.mark.parametrize(
    ("parts", "shown"),
    [
        ({}, {}),
        ({"a": 9}, {}),
        ({"a": 10}, {"a": 10}),
        ({"a": 10, "b": 9}, {}),
        ({"a": 50, "b": 11, "c": 1}, {"a": 50}),
        ({"a": 50, "b": 6, "c": 5}, {"a": 50}),
    ],
)
def test_what_is_left_out_is_never_a_small_sum(parts, shown):
    assert shown_counts(parts) == shown
    left_out = sum(parts.values()) - sum(shown.values())
    assert left_out == 0 or left_out >= SHOWN_MIN or not shown


def an_event(desk, kind="election", **more):
    values = {
        "names": (scrub("Bầu cử Hội đồng nhân dân"), scrub("Council election")),
        "times": (desk.now, desk.now + timedelta(days=30)),
        "areas": [],
        "by": AN,
        "now": desk.now,
    }
    return open_event(kind, **{**values, **more})


def pin(desk, event, about="dates", address="https://baucu.example/lich", by=AN):
    return pin_source(
        event,
        about,
        title=scrub("Lịch bầu cử"),
        address=address,
        words=scrub("Ngày bầu cử là Chủ nhật, 15 tháng 3."),
        by=by,
        now=desk.now,
    )


def test_an_event_has_a_time_box_areas_and_claims(desk):
    load_areas(VIET_NAM, now=desk.now)
    number = desk.claim(POWER_CUT)
    event = an_event(desk, areas=["vn-hue"])
    put_under_event(event, number, by=AN, now=desk.now)
    put_under_event(event, number, by=AN, now=desk.now)

    view = reads.event(event, now=desk.now)
    assert (view.is_running, [area.code for area in view.areas], view.claims) == (True, ["vn-hue"], 1)
    assert [each.code for each in reads.claim(number, now=desk.now).events] == [str(event)]
    take_from_event(event, number, by=AN, now=desk.now)
    assert reads.event(event, now=desk.now).claims == 0
    change_event(
        event,
        names=(scrub("Bầu cử"), scrub("Election")),
        times=(desk.now - timedelta(days=9), desk.now - timedelta(days=1)),
        areas=[],
        by=AN,
        now=desk.now,
    )
    assert reads.events(now=desk.now, only_running=True) == ()
    assert reads.events(now=desk.now)[0].name_vi == "Bầu cử"


@pytest.mark.parametrize("days", [0, -1, 500])
def test_an_event_has_an_end_in_sight(desk, days):
    assert code_of(an_event, desk, times=(desk.now, desk.now + timedelta(days=days))) == "wrong_time"


def test_a_pinned_source_counts_when_another_person_has_read_it(desk):
    source = pin(desk, an_event(desk))

    assert code_of(confirm_source, source, by=AN, now=desk.now) == "same_person"
    with pytest.raises(IntegrityError), transaction.atomic():
        PinnedSource.objects.filter(pk=source).update(confirmed_by=AN, confirmed_at=desk.now)
    confirm_source(source, by=BINH, now=desk.now)

    view = reads.events(now=desk.now)[0].sources[0]
    assert (view.confirmed_by, view.words) == (BINH, "Ngày bầu cử là Chủ nhật, 15 tháng 3.")
    take_down_source(source, by=BINH, now=desk.now)
    assert reads.events(now=desk.now)[0].sources == ()
    assert code_of(take_down_source, source, by=BINH, now=desk.now) == "no_such_source"


@pytest.mark.parametrize(
    "address",
    [
        "http://baucu.example/",
        "https://baucu.example/goi/0912345678",
        "javascript:alert(1)",
        "https://",
        "",
        "https://" + "a" * 3000,
    ],
)
def test_a_source_has_an_address_that_a_browser_may_follow(desk, address):
    assert code_of(pin, desk, an_event(desk), address=address) == "wrong_address"

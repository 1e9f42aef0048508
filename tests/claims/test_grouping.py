"""From a question to its claim: what is surely the same is one claim, what may be is offered, never joined."""

from datetime import date, timedelta

import pytest
from waiting_desk import POWER_CUT, SALT_WATER

from thuchu.desk.claims.join import JOIN_DAYS_MAX, OFFERS_MAX, Near, join_or_open
from thuchu.desk.claims.models import Area, Claim, ForwardDoor, Grouping, LinkDoor, Offer
from thuchu.desk.claims.wishes import Wishes
from thuchu.desk.ledger.models import Entry

PAGE = "https://tin.example/2026/11/nuoc-muoi"


def test_a_question_nobody_asked_before_opens_a_claim_in_its_words(desk):
    joined = desk.ask(SALT_WATER)

    row = desk.row(joined.claim_id)
    assert (joined.is_new, joined.how) == (True, "opened")
    assert (row.wording, row.wording_by, row.state, row.askers) == (SALT_WATER, None, "open", 1)
    assert Entry.objects.get().kind == "claim.opened"


def test_the_same_words_in_any_spelling_are_one_claim_at_once(desk):
    first = desk.ask(SALT_WATER)

    again = [
        desk.ask(text)
        for text in (
            SALT_WATER,
            SALT_WATER.upper(),
            SALT_WATER + " ??? 😱",
            "nghe noi uong nuoc muoi loang moi sang diet duoc vi rut trong co hong co dung khong moi nguoi",
        )
    ]

    assert {(joined.claim_id, joined.how) for joined in again} == {(first.claim_id, "forward")}
    assert desk.row(first.claim_id).askers == 5


def test_a_forward_with_its_header_is_the_same_message(desk):
    long_text = f"{SALT_WATER}. {POWER_CUT}"
    first = desk.ask(long_text)

    forwarded = desk.ask("Chuyển tiếp: " + long_text)

    assert (forwarded.claim_id, forwarded.how) == (first.claim_id, "forward")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bảy giờ", "chín giờ"),
        ("phường mình", "phường 5"),
        ("ngày 12/11", "ngày 13/11"),
        ("phạt 1.000.000 đồng", "phạt 3.000.000 đồng"),
    ],
)
def test_another_number_day_or_sum_makes_another_claim(desk, one, other):
    text = f"Thông báo của tổ dân phố: {one}, mọi người trong khu nhớ chuẩn bị và báo lại cho nhau biết trước nhé"
    first = desk.ask(text)

    second = desk.ask(text.replace(one, other))

    assert second.claim_id != first.claim_id


def test_the_same_link_is_the_same_claim_whatever_stands_around_it(desk):
    first = desk.ask(f"Mọi người xem giúp bài này có đúng không ạ {PAGE}")

    second = desk.ask(f"Mẹ mình gửi cái này, tin được không? {PAGE}?utm_source=zalo")

    assert (second.claim_id, second.how) == (first.claim_id, "exact_link")


def test_the_same_frame_around_another_link_is_another_claim(desk):
    frame = "Mọi người trong nhóm xem giúp em bài viết này có đúng sự thật không ạ, em cảm ơn nhiều {}"
    first = desk.ask(frame.format(PAGE))

    second = desk.ask(frame.format("https://tin.example/2026/11/bao-so-chin"))

    assert second.claim_id != first.claim_id


def test_a_bare_host_names_no_page_and_groups_nothing(desk):
    first = desk.ask("Trang này có uy tín không vnexpress.example, nhà mình hay đọc tin sức khỏe ở đó lắm")

    second = desk.ask("Nghe bảo vnexpress.example vừa đăng tin giá vàng giảm một nửa vào sáng hôm nay")

    assert second.claim_id != first.claim_id


def test_links_that_lead_to_two_claims_are_offered(desk):
    other = "https://tin.example/2026/11/bao-so-chin"
    one, two = desk.claim(f"Bài này đúng không {PAGE}"), desk.claim(f"Còn bài này thì sao {other}")

    third = desk.ask(f"Hai bài này có liên quan gì không {PAGE} {other}")

    assert (third.is_new, third.how) == (True, "offered")
    assert set(Offer.objects.filter(claim=third.claim_id).values_list("near", flat=True)) == {one, two}


@pytest.mark.parametrize("text", ["Bà Tám nói đúng không?", "Có thật không"])
def test_few_words_are_the_same_only_letter_by_letter(desk, text):
    first = desk.ask(text)

    assert desk.ask(text.lower() + "!").claim_id == first.claim_id
    assert desk.ask(text.replace("à", "á").replace("ậ", "a")).claim_id != first.claim_id


def test_what_matching_is_sure_of_is_joined(desk):
    first = desk.claim(SALT_WATER)

    second = desk.ask(
        "Có phải uống nước muối loãng mỗi buổi sáng là diệt được vi rút ở trong cổ họng không vậy",
        near=[Near(claim_id=first, probability=0.99, sure=True)],
    )

    assert (second.claim_id, second.how) == (first, "similar")


def test_what_matching_is_not_sure_of_is_offered(desk):
    first = desk.claim(SALT_WATER)

    second = desk.ask(
        "Nước muối ấm súc miệng hằng ngày có phòng được cúm mùa này không mọi người",
        near=[Near(claim_id=first, probability=0.7, sure=False)],
    )

    offer = Offer.objects.get()
    assert (second.is_new, second.how) == (True, "offered")
    assert (offer.claim_id, offer.near_id, offer.why, offer.probability_milli) == (
        second.claim_id,
        first,
        "similar",
        700,
    )


@pytest.mark.parametrize(
    "more", ["https://tin.example/khac", "vào ngày 25", "trang moi.example"], ids=["a link", "a number", "a host"]
)
def test_what_words_cannot_say_keeps_similarity_from_joining(desk, more):
    first = desk.claim(SALT_WATER)

    second = desk.ask(
        f"Uống nước muối loãng mỗi buổi sáng có diệt được vi rút ở trong cổ họng thật không vậy {more}",
        near=[Near(claim_id=first, probability=0.99, sure=True)],
        links=[more] if "." in more else [],
    )

    assert (second.is_new, second.how) == (True, "offered")


STORM = "Bão số chín sẽ đổ bộ vào Đà Nẵng tối nay với sức gió cấp mười bảy phải không"


@pytest.mark.parametrize(
    ("waiting", "asked"),
    [
        (STORM, STORM.replace("Đà Nẵng", "Huế")),
        (STORM, STORM.replace("chín", "tám")),
        (POWER_CUT, POWER_CUT.replace("điện", "nước")),
        (SALT_WATER, "Uống nước muối loãng mỗi sáng không diệt được vi rút trong cổ họng mọi người ơi"),
    ],
    ids=["another place", "another number", "another thing", "denied"],
)
def test_one_other_word_makes_another_claim_however_sure_matching_is(desk, waiting, asked):
    first = desk.claim(waiting)

    second = desk.ask(asked, near=[Near(claim_id=first, probability=0.999, sure=True)])

    assert (second.is_new, second.how) == (True, "offered")


def test_a_long_forward_about_another_place_is_offered_not_joined(desk):
    text = (
        "Cảnh báo khẩn: công an vừa thông báo có một nhóm người lạ mặt đi xe bảy chỗ chuyên bắt cóc trẻ em "
        "trước cổng trường ở khu vực Huế, bà con nhớ đưa đón con đúng giờ và chia sẻ cho nhiều người cùng biết nhé"
    )
    first = desk.ask(text)

    elsewhere = desk.ask(text.replace("Huế", "Vinh"))
    again = desk.ask(text.replace("cùng biết nhé", "cùng biết nha"))

    assert (elsewhere.is_new, elsewhere.how) == (True, "offered")
    assert (again.claim_id, again.how) == (first.claim_id, "forward")


def test_under_eight_words_similarity_joins_nothing(desk):
    first = desk.claim(SALT_WATER)

    second = desk.ask("Nước muối diệt vi rút không", near=[Near(claim_id=first, probability=1.0, sure=True)])

    assert second.is_new


def test_a_claim_nobody_asked_about_for_long_takes_nothing_in_by_itself(desk):
    first = desk.claim(POWER_CUT)
    desk.pass_time(days=JOIN_DAYS_MAX, seconds=1)

    second = desk.ask(POWER_CUT, near=[Near(claim_id=first, probability=1.0, sure=True)])

    assert second.is_new
    assert Offer.objects.get().near_id == first


def test_a_claim_that_is_asked_now_and_then_stays_one(desk):
    first = desk.claim(POWER_CUT)
    for _ in range(3):
        desk.pass_time(days=JOIN_DAYS_MAX)
        assert desk.ask(POWER_CUT).claim_id == first


def test_a_message_with_a_link_elsewhere_is_never_joined_by_its_words(desk):
    first = desk.claim(SALT_WATER)
    desk.claim(f"Bài này đúng không {PAGE}")
    desk.claim("Còn bài này https://tin.example/khac")

    second = desk.ask(
        f"Nghe nói uống nước muối loãng diệt vi rút, xem {PAGE} và https://tin.example/khac nhé mọi người",
        near=[Near(claim_id=first, probability=1.0, sure=True)],
    )

    assert second.is_new


def test_offers_are_few_and_never_closed_claims(desk):
    claims = [desk.claim(f"Tin đồn số {number} về chuyện hoàn toàn khác nhau ở trong xóm") for number in range(8)]
    desk.close(claims[0])

    second = desk.ask("Chuyện gì đó", near=[Near(claim_id=pk, probability=0.5, sure=False) for pk in claims])

    offered = set(Offer.objects.filter(claim=second.claim_id).values_list("near", flat=True))
    assert len(offered) == OFFERS_MAX
    assert claims[0] not in offered


def test_a_merged_claims_words_lead_to_where_it_was_merged(desk):
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    desk.merge(one, two)

    third = desk.ask(SALT_WATER)

    assert third.claim_id == two
    assert Grouping.objects.latest("pk").placed_in_id == one


def test_the_very_words_of_a_closed_claim_lead_to_its_kind_reason(desk):
    closed = desk.claim("Ca sĩ nào hát hay nhất nước mình thì mọi người nói thử xem nào")
    desk.close(closed)

    again = desk.ask("Ca sĩ nào hát hay nhất nước mình thì mọi người nói thử xem nào")

    assert again.claim_id == closed


def test_what_an_asker_wishes_is_kept_with_the_question(desk):
    country = Area.objects.create(
        code="vn", name_vi="Việt Nam", name_en="Viet Nam", kind="country", valid_from=date(2025, 7, 1)
    )
    day = (desk.now + timedelta(days=2)).date()

    joined = desk.ask(POWER_CUT, wishes=Wishes(area="vn", needed_by=day))

    grouping = Grouping.objects.get()
    assert (grouping.area, grouping.needed_by) == (country, day)
    assert desk.row(joined.claim_id).needed_by == day


@pytest.mark.parametrize(
    "wishes",
    [
        Wishes(area="atlantis"),
        Wishes(needed_by=date(2020, 1, 1)),
        Wishes(needed_by=date(2090, 1, 1)),
    ],
)
def test_a_wish_that_cannot_be_used_never_loses_the_question(desk, wishes):
    joined = desk.ask(POWER_CUT, wishes=wishes)

    assert desk.row(joined.claim_id).needed_by is None
    assert Grouping.objects.get().area is None


def test_a_storm_of_one_text_keeps_one_sketch(desk):
    for _ in range(5):
        desk.ask(f"{SALT_WATER}. {POWER_CUT}")

    assert ForwardDoor.objects.count() == 16
    assert Claim.objects.count() == 1


def test_no_link_is_kept_but_its_digest(desk):
    desk.ask(f"Bài này đúng không {PAGE}")

    assert "tin.example" not in str(list(LinkDoor.objects.values()) + list(Grouping.objects.values()))


def test_text_that_was_not_scrubbed_opens_nothing(desk):
    number = desk.question(SALT_WATER)

    with pytest.raises(TypeError):
        join_or_open(number, "0912345678", "vi", links=[], now=desk.now)

    assert not Claim.objects.exists()

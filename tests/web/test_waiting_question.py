"""The asker's page while the question waits: how many ask, where and by when, none of these, and what was decided."""

from datetime import timedelta

import pytest
from claims_desk import CAT, SALT_WATER, ClaimsDesk
from small_library import EGGS, SALT, STORM, text_of

from thuchu.desk.claims import reads
from thuchu.desk.claims.areas import VIET_NAM, load_areas
from thuchu.desk.claims.models import Appeal, Claim, Grouping
from thuchu.desk.intake.models import Submission

pytestmark = pytest.mark.django_db
UNKNOWN = "Cá heo biết đọc báo và viết thư tình bằng tiếng Latinh cổ"
NEAR = "nước muối"


@pytest.fixture
def desk(db, home):
    return ClaimsDesk()


@pytest.fixture
def asked(vi, ask):
    """Asks and gives back the private page's address."""
    return lambda message: ask(vi, message).request["PATH_INFO"]


def test_the_page_says_where_the_question_waits_and_who_else_asks(vi, desk, asked):
    first, _second = asked(UNKNOWN), asked(UNKNOWN)
    asked(UNKNOWN)

    page = text_of(vi.get(first))

    assert "2 người khác cũng hỏi điều này" in page
    assert f'href="/c/{Claim.objects.get().pk}"' in page
    alone = text_of(vi.get(asked(CAT)))
    assert "Bạn là người đầu tiên hỏi điều này." in alone


def test_where_and_by_when_are_kept_and_shown_again(vi, desk, asked):
    load_areas(VIET_NAM, now=desk.now)
    path, day = asked(UNKNOWN), (desk.now + timedelta(days=2)).date()

    done = vi.post(f"{path}/wishes", {"area": "vn-hue", "needed_by": day.isoformat()})

    assert (done.status_code, done["Location"]) == (303, f"{path}#waits")
    grouping = Grouping.objects.select_related("area", "claim").get()
    assert (grouping.area.code, grouping.needed_by, grouping.claim.needed_by) == ("vn-hue", day, day)
    page = text_of(vi.get(path))
    assert '<option value="vn-hue" selected>' in page
    assert f'value="{day.isoformat()}"' in page
    vi.post(f"{path}/wishes", {"area": "", "needed_by": ""})
    grouping = Grouping.objects.select_related("claim").get()
    assert (grouping.area, grouping.needed_by, grouping.claim.needed_by) == (None, None, None)


@pytest.mark.parametrize("typed", [{"area": "atlantis", "needed_by": "soon"}, {"needed_by": "2001-01-01"}, {}])
def test_wishes_that_cannot_be_used_are_left_out(vi, desk, asked, typed):
    path = asked(UNKNOWN)

    assert vi.post(f"{path}/wishes", typed).status_code == 303
    assert Grouping.objects.get().needed_by is None


def test_a_day_taken_back_leaves_the_soonest_of_the_others(vi, desk, asked):
    one, two = asked(UNKNOWN), asked(UNKNOWN)
    days = [(desk.now + timedelta(days=n)).date() for n in (2, 5)]
    for path, day in zip((one, two), days, strict=True):
        vi.post(f"{path}/wishes", {"needed_by": day.isoformat()})
    assert Claim.objects.get().needed_by == days[0]

    vi.post(f"{one}/wishes", {"needed_by": ""})

    assert Claim.objects.get().needed_by == days[1]


def test_none_of_these_puts_the_question_into_the_queue_once(vi, desk, take_in, asked):
    take_in(SALT, STORM, EGGS)
    path = asked(NEAR)
    before = text_of(vi.get(path))
    assert f'action="{path}/none"' in before
    assert "Câu hỏi của bạn đã vào hàng chờ" not in before
    assert not Claim.objects.exists()

    for _ in range(2):
        done = vi.post(f"{path}/none")
        assert (done.status_code, done["Location"]) == (303, f"{path}#waits")

    assert Claim.objects.get().askers == 1
    after = text_of(vi.get(path))
    assert f'action="{path}/none"' not in after
    assert "Bạn là người đầu tiên hỏi điều này." in after


def test_suggestions_that_were_all_refused_still_offer_the_queue(vi, desk, take_in, asked):
    take_in(SALT, STORM, EGGS)
    path = asked(NEAR)
    while 'value="is_not_it"' in (page := text_of(vi.get(path))):
        name = page.split('name="fact_check" value="')[1].split('"')[0]
        vi.post(f"{path}/said", {"fact_check": name, "says": "is_not_it"})
        if "Bạn cho biết" in page and page.count('value="is_not_it"') == 0:
            break

    assert f'action="{path}/none"' in text_of(vi.get(path))


def test_a_closed_question_is_explained_kindly_and_its_asker_appeals_unnamed(vi, desk, asked):
    path = asked(CAT)
    number = Claim.objects.get().pk
    desk.close(number)
    page = text_of(vi.get(path))
    assert "Bằng chứng không phân xử được điều này nên chúng tôi không kết luận" in page
    assert "“Bằng chứng không phân xử được điều này.”" in page
    assert "Chưa kiểm chứng" not in page

    empty = vi.post(f"{path}/appeal", {"words": "  "})
    done = vi.post(f"{path}/appeal", {"words": "Con mèo ở số 5, gọi 0912 345 678."})

    assert empty.status_code == 422
    assert "Còn một ô trống" in text_of(empty)
    assert (done.status_code, done["Location"]) == (303, f"{path}#waits")
    row = Appeal.objects.get()
    assert row.by is None
    assert "0912" not in row.words
    again = vi.post(f"{path}/appeal", {"words": "Xem lại giúp tôi."})
    assert again.status_code == 409
    assert "Xem lại giúp tôi." in text_of(again)


def test_a_private_matters_asker_is_not_blamed(vi, desk, asked):
    path = asked(CAT)
    desk.close(Claim.objects.get().pk, "private")

    page = text_of(vi.get(path))

    assert "Chúng tôi không có ý trách bạn." in page
    assert "con mèo" not in page
    assert vi.post(f"{path}/none").status_code == 404


def test_a_merge_moves_the_question_and_the_page_says_where(vi, desk, asked):
    path, other = asked(UNKNOWN), desk.claim(SALT_WATER)
    number = reads.claim_of_question(Submission.objects.first().pk).id
    desk.merge(number, other)

    page = text_of(vi.get(path))

    assert f'href="/c/{other}"' in page
    assert "1 người khác cũng hỏi điều này" in page


@pytest.mark.parametrize("act", ["none", "wishes", "appeal"])
def test_an_unknown_link_opens_nothing(vi, desk, act):
    for token in ("nothing", "x" * 24):
        assert vi.post(f"/q/{token}/{act}", {"words": "Xem lại."}).status_code == 404
        assert vi.get(f"/q/{token}/{act}").status_code == 405


@pytest.mark.parametrize("others", [2, 20])
def test_the_askers_page_asks_few_questions_of_the_database(vi, desk, asked, django_assert_max_num_queries, others):
    load_areas(VIET_NAM, now=desk.now)
    path = asked(UNKNOWN)
    for _ in range(others):
        asked(UNKNOWN)

    with django_assert_max_num_queries(30):
        assert vi.get(path).status_code == 200

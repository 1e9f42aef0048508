"""The list of everything: search, filters, pages."""

import pytest
from small_library import EGGS, SALT, STORM, TOWERS, review, text_of

from thuchu.desk.library.models import Publisher

pytestmark = pytest.mark.django_db


def claims_in(response):
    """The claims a list shows, in order."""
    page = text_of(response)
    return [piece.split("“")[1].split("”")[0] for piece in page.split('<h2 class="claim">')[1:]]


def test_everything_is_listed_newest_first(vi, take_in):
    take_in(TOWERS, SALT)

    response = vi.get("/f/")

    assert claims_in(response) == [SALT["claimReviewed"], TOWERS["claimReviewed"]]
    assert "2 bản kiểm chứng" in text_of(response)


@pytest.mark.parametrize(
    ("query", "claims"),
    [
        ({"verdict": "misleading"}, [STORM["claimReviewed"]]),
        ({"language": "en"}, [TOWERS["claimReviewed"]]),
        ({"until": "2025-12-31"}, [TOWERS["claimReviewed"]]),
        ({"until": "31/12/2025"}, [TOWERS["claimReviewed"]]),
        ({"since": "2026-01-01", "verdict": "true"}, [EGGS["claimReviewed"]]),
        ({"verdict": "unproven"}, []),
    ],
)
def test_a_filter_leaves_what_was_asked_for(vi, take_in, query, claims):
    take_in(SALT, STORM, EGGS, TOWERS)

    assert claims_in(vi.get("/f/", query)) == claims


def test_one_publishers_work_can_be_read_alone(vi, take_in):
    take_in(SALT)
    take_in(review("https://khac.example/1", "Mèo biết bay"), publisher="Báo Khác", hosts=("khac.example",))

    response = vi.get("/f/", {"publisher": Publisher.objects.get(name="Báo Khác").pk})

    assert claims_in(response) == ["Mèo biết bay"]


def test_words_find_a_claim_without_its_accents(vi, take_in):
    take_in(SALT, STORM, EGGS, TOWERS)

    found = claims_in(vi.get("/f/", {"q": "luoc trung ga voi giam"}))

    assert found[0] == EGGS["claimReviewed"]


def test_nothing_found_has_a_next_step(vi, take_in):
    take_in(SALT)

    page = text_of(vi.get("/f/", {"verdict": "true"}))

    assert "Chúng tôi chưa biết bản kiểm chứng nào như vậy" in page
    assert "Hỏi về một tin" in page


def test_a_day_that_cannot_be_read_is_said_and_left_out(vi, take_in):
    take_in(SALT)

    response = vi.get("/f/", {"since": "hôm kia <b>"})

    assert "Chúng tôi chưa đọc được ngày này: “hôm kia <b>”." in text_of(response)
    assert "hôm kia <b>" not in response.content.decode()
    assert claims_in(response) == [SALT["claimReviewed"]]


@pytest.mark.parametrize(
    "query",
    [
        {"verdict": "maybe"},
        {"publisher": "x"},
        {"publisher": "-1"},
        {"publisher": str(10**30)},
        {"page": "0"},
        {"page": "x"},
        {"page": str(10**30)},
        {"language": "x" * 200},
        {"q": "x" * 1000},
        {"q": "\x00"},
        {"since": "9999-99-99"},
        {"nothing": "at all"},
    ],
)
def test_an_odd_address_shows_the_list_all_the_same(vi, take_in, query):
    take_in(SALT)

    assert vi.get("/f/", query).status_code == 200


def test_a_long_list_is_read_page_by_page_with_its_filters_kept(vi, take_in):
    take_in(*(review(f"https://tin.example/{n}", f"Tin số {n}") for n in range(45)))

    first = vi.get("/f/", {"verdict": "false"})
    last = vi.get("/f/", {"verdict": "false", "page": "3"})

    assert "trang 1 trong 3" in text_of(first)
    assert 'href="?verdict=false&page=2"' in text_of(first)
    assert len(claims_in(first)) == 20
    assert len(claims_in(last)) == 5
    assert 'rel="next"' not in text_of(last)


def test_the_list_asks_the_database_at_most_ten_times(vi, take_in, django_assert_max_num_queries):
    take_in(*(review(f"https://tin.example/{n}", f"Tin số {n}") for n in range(25)))

    with django_assert_max_num_queries(10):
        vi.get("/f/")

"""A fact-check's permanent page."""

import json
import re

import pytest
from small_library import EGGS, SALT, STORM, TOWERS, review, text_of

from thuchu.desk import journey
from thuchu.desk.library.reads import by_url
from thuchu.desk.sample import PUBLISHER

pytestmark = pytest.mark.django_db


def page_of(client, url, **headers):
    return client.get(by_url(url).page_path, headers=headers)


def test_the_verdict_word_stands_before_the_claim_wherever_a_link_is_previewed(vi, en, take_in):
    take_in(SALT)

    page = text_of(page_of(vi, SALT["url"]))

    said = f"Sai: “{SALT['claimReviewed']}”"
    assert f"<title>{said} · Thực Hư</title>" in page
    assert f'<meta property="og:title" content="{said}">' in page
    assert '<meta property="og:description" content="Nước muối làm dịu cổ họng.' in page
    assert "<title>False: “" in text_of(page_of(en, SALT["url"]))


def test_a_verdict_that_is_none_of_ours_is_previewed_in_the_publishers_words(vi, take_in):
    take_in(review(SALT["url"], "Mèo bay được", "Ba phần tư củ khoai"))

    page = text_of(page_of(vi, SALT["url"]))

    assert "<title>Ba phần tư củ khoai: “Mèo bay được”" in page
    assert "Theo lời nơi công bố" in page
    assert "chưa chắc lời kết luận của nơi công bố ứng với kết luận nào" in page


def test_it_carries_its_claim_review_for_machines(vi, take_in):
    take_in(SALT)

    page = page_of(vi, SALT["url"]).content.decode()
    written = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])

    assert written["@type"] == "ClaimReview"
    assert written["url"] == SALT["url"]
    assert written["claimReviewed"] == SALT["claimReviewed"]
    assert written["author"]["name"] == "Báo Thử"
    assert written["reviewRating"]["alternateName"] == "Sai"


def test_no_claim_can_end_the_script_that_carries_it(vi, take_in):
    take_in(review(SALT["url"], "Uống </script><script>alert(1)</script><!-- mỗi sáng", "</script><b>Sai & dở"))

    page = page_of(vi, SALT["url"]).content.decode()
    written = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1]

    assert "<script>alert" not in page
    assert json.loads(written)["claimReviewed"] == by_url(SALT["url"]).claim


def test_it_shows_sources_dates_and_the_whole_explanation(vi, take_in):
    take_in(SALT | {"dateModified": "2026-04-05"})

    page = text_of(page_of(vi, SALT["url"]))

    assert 'href="https://www.who.int/" rel="noopener noreferrer nofollow"' in page
    assert "Bạn nên đi khám khi sốt cao." in page
    assert "<dd>2/3/2026</dd>" in page
    assert "<dd>Tiếng Việt</dd>" in page
    assert "<dd>5/4/2026</dd>" in page


def test_an_admitted_publishers_check_may_answer_and_says_so(vi, take_in):
    take_in(SALT)

    assert "chúng tôi có thể trả lời bằng bản này" in text_of(page_of(vi, SALT["url"]))


def test_a_check_off_the_publishers_hosts_says_why_it_is_only_suggested(vi, take_in):
    take_in(SALT, hosts=())

    assert "không nằm trên trang đã được nhận của Báo Thử" in text_of(page_of(vi, SALT["url"]))


def test_what_it_said_before_stays_readable(vi, take_in):
    take_in(SALT)
    take_in(SALT | {"reviewRating": {"@type": "Rating", "alternateName": "Gây hiểu lầm"}})

    page = text_of(page_of(vi, SALT["url"]))

    history = page.split("Trước đây viết gì")[1]
    assert "Đến ngày 24/11/2026" in history
    assert "<span>Sai</span>" in history


def test_a_withdrawn_check_leaves_a_page_that_says_so(vi, take_in, now):
    take_in(SALT)
    path = by_url(SALT["url"]).page_path
    journey.withdraw_from(SALT["url"], "nguồn đã đính chính", now=now)

    response = vi.get(path)
    page = text_of(response)

    assert response.status_code == 410
    assert "Bản kiểm chứng này không còn hiệu lực" in page
    assert "“nguồn đã đính chính”" in page
    assert "application/ld+json" not in page


def test_a_page_read_before_is_not_sent_again_until_the_ledger_moves(vi, take_in):
    take_in(SALT)
    etag = page_of(vi, SALT["url"])["ETag"]

    again = page_of(vi, SALT["url"], **{"if-none-match": etag, "accept-language": "vi"})
    take_in(STORM)
    moved = page_of(vi, SALT["url"], **{"if-none-match": etag, "accept-language": "vi"})

    assert again.status_code == 304
    assert moved.status_code == 200


def test_the_two_languages_have_different_versions(vi, en, take_in):
    take_in(SALT)

    assert page_of(vi, SALT["url"])["ETag"] != page_of(en, SALT["url"])["ETag"]
    assert {"Cookie", "Accept-Language"} <= set(page_of(vi, SALT["url"])["Vary"].split(", "))


def test_a_public_page_sets_no_cookie(vi, take_in):
    take_in(SALT)

    assert not page_of(vi, SALT["url"]).cookies


def test_a_sample_address_leads_to_its_page(vi, take_in, settings):
    here = settings.THUCHU_ADDRESS
    take_in(review(f"{here}/sample/nuoc-muoi", "Nước muối diệt vi rút"), publisher=PUBLISHER, hosts=[here])

    response = vi.get("/sample/nuoc-muoi")

    assert response.status_code == 302
    assert response["Location"].startswith("/f/")
    assert vi.get("/sample/khong-co").status_code == 404


def test_another_languages_claim_is_marked_as_such(vi, take_in):
    take_in(TOWERS)

    assert '<h1 class="claim" lang="en">“5G towers kill birds in city parks”</h1>' in text_of(
        page_of(vi, TOWERS["url"])
    )


def test_an_unknown_name_is_nowhere(vi, home):
    assert vi.get("/f/nothing-here").status_code == 404


def test_its_page_asks_the_database_at_most_ten_times(vi, take_in, django_assert_max_num_queries):
    take_in(SALT, STORM, EGGS)
    path = by_url(SALT["url"]).page_path

    with django_assert_max_num_queries(10):
        vi.get(path)

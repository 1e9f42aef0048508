"""Where coordinators keep order: a second person confirms, a third decides, notices are seen, near claims looked at."""

import pytest
from claims_desk import CAT, POWER_CUT, SALT_WATER, ClaimsDesk
from small_library import text_of

from thuchu.desk.claims.appeals import appeal
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.models import Appeal, Claim, Notice, Offer, Proposal, Topic
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db
WHY = scrub("Tôi đã đọc cả hai.")


@pytest.fixture
def desk(db):
    return ClaimsDesk()


@pytest.fixture
def merge(desk):
    """The number of a merge that An proposes."""
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    return propose_merge(one, two, WHY, by=desk.an.pseudonym_id, now=desk.now)


def test_nothing_to_do_is_said_in_every_part(desk):
    page = text_of(desk.browser(desk.an).get("/order/"))

    assert "Không có đề nghị nào đang chờ." in page
    assert "Không có khiếu nại nào đang chờ." in page
    assert "Không có hai điều nào giống nhau." in page


def test_ones_own_proposal_is_shown_without_a_button_to_confirm(desk, merge):
    own, others = (text_of(desk.browser(who).get("/order/")) for who in (desk.an, desk.binh))

    assert f"/order/proposals/{merge}/confirm" not in own
    assert f"/order/proposals/{merge}/take-back" in own
    assert f"/order/proposals/{merge}/confirm" in others
    assert f"/order/proposals/{merge}/take-back" not in others
    assert "An Nhiên đề nghị ngày" in others
    assert f"“{SALT_WATER}”" in others
    assert "“Tôi đã đọc cả hai.”" in others


def test_the_second_person_confirms_and_it_takes_effect(desk, merge):
    done = desk.browser(desk.binh).post(f"/order/proposals/{merge}/confirm")

    claim = Proposal.objects.get(pk=merge).claim
    assert (done.status_code, done["Location"]) == (303, f"/c/{claim.pk}")
    assert claim.state == "merged"


def test_nobody_confirms_their_own_however_they_ask(desk, merge):
    response = desk.browser(desk.an).post(f"/order/proposals/{merge}/confirm")

    assert response.status_code == 422
    assert "Việc này cần một người khác" in text_of(response)
    assert not Claim.objects.filter(state="merged").exists()


def test_a_proposal_is_declined_or_taken_back_once(desk, merge):
    an, binh = desk.browser(desk.an), desk.browser(desk.binh)

    assert binh.post(f"/order/proposals/{merge}/take-back").status_code == 422
    assert binh.post(f"/order/proposals/{merge}/decline")["Location"] == "/order/"
    late = an.post(f"/order/proposals/{merge}/take-back")
    assert late.status_code == 409
    assert "Đã có người quyết việc này" in text_of(late)
    assert binh.post("/order/proposals/9999/confirm").status_code == 404
    assert binh.post("/order/proposals/9999/decline").status_code == 422


def test_a_third_person_decides_an_appeal(desk, vi):
    number = desk.claim(CAT)
    act = desk.close(number)
    asked = appeal(act, scrub("Con mèo có thật."), by=None, now=desk.now)
    for who in (desk.an, desk.binh):
        page = text_of(desk.browser(who).get("/order/"))
        assert "Bạn đã tham gia việc này nên người khác quyết định." in page
        assert f'href="/order/appeals/{asked}"' not in page
        refused = desk.browser(who).post(f"/order/appeals/{asked}", {"outcome": "overturned", "answer": "Đúng vậy."})
        assert refused.status_code == 422
        assert "Đúng vậy." in text_of(refused)
    chi = desk.browser(desk.chi)
    assert f'href="/order/appeals/{asked}"' in text_of(chi.get("/order/"))
    assert "Khiếu nại của một người đã hỏi" in text_of(chi.get(f"/order/appeals/{asked}"))

    done = chi.post(f"/order/appeals/{asked}", {"outcome": "overturned", "answer": "Chuyện này có thể kiểm chứng."})

    assert done.status_code == 303
    assert Claim.objects.get(pk=number).state == "open"
    page = text_of(vi.get(f"/c/{number}"))
    assert "Chi Mai trả lời ngày" in page
    assert "“Chuyện này có thể kiểm chứng.”" in page
    again = chi.post(f"/order/appeals/{asked}", {"outcome": "upheld", "answer": "Thôi."})
    assert again.status_code == 409


def test_a_reopened_private_matter_needs_new_words(desk):
    number = desk.claim(CAT)
    act = desk.close(number, "private")
    asked = appeal(act, scrub("Đây là việc công."), by=desk.writer.pseudonym_id, now=desk.now)
    chi = desk.browser(desk.chi)
    assert 'name="wording"' in text_of(chi.get(f"/order/appeals/{asked}"))
    decision = {"outcome": "overturned", "answer": "Là việc công."}

    without = chi.post(f"/order/appeals/{asked}", decision)
    done = chi.post(f"/order/appeals/{asked}", {**decision, "wording": "Phường bán đất công."})

    assert without.status_code == 422
    assert done.status_code == 303
    assert Claim.objects.get(pk=number).wording == "Phường bán đất công."


def test_a_burst_is_noticed_and_seen(desk):
    for _ in range(20):
        desk.ask(SALT_WATER)
    an = desk.browser(desk.an)
    notice = Notice.objects.get().pk
    assert "20 người hỏi trong một giờ" in text_of(an.get("/order/"))

    assert an.post(f"/order/notices/{notice}/seen").status_code == 303

    assert "trong một giờ" not in text_of(an.get("/order/"))
    assert an.post("/order/notices/9999/seen").status_code == 422


def test_near_claims_are_put_together_or_said_to_be_two(desk):
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    offer = Offer.objects.create(claim_id=two, near_id=one, why="similar", probability_milli=700, at=desk.now)
    an = desk.browser(desk.an)
    page = text_of(an.get("/order/"))
    assert f'href="/c/{two}/merge?into={one}"' in page
    assert SALT_WATER in text_of(an.get(f"/c/{two}/merge?into={one}"))

    assert an.post(f"/order/offers/{offer.pk}/decline").status_code == 303

    assert "/merge?into=" not in text_of(an.get("/order/"))


def test_a_topic_is_added_once(desk, vi):
    an, typed = desk.browser(desk.an), {"code": "suc-khoe", "name_vi": "Sức khoẻ", "name_en": "Health"}

    assert an.post("/order/topics", typed).status_code == 303
    again = an.post("/order/topics", typed)

    assert again.status_code == 409
    assert "Đã có chủ đề với mã này" in text_of(again)
    assert an.post("/order/topics", {**typed, "code": "Sức Khoẻ"}).status_code == 422
    assert Topic.objects.count() == 1
    assert "Sức khoẻ" in text_of(vi.get("/queue/"))


def test_keeping_order_is_for_coordinators(desk, vi):
    for path in ("/order/", "/order/topics", "/order/appeals/1"):
        assert vi.get(path)["Location"].startswith("/signin/")
        assert desk.browser(desk.writer).get(path).status_code == 403
    assert desk.browser(desk.an, "en").get("/order/").status_code == 200


@pytest.mark.parametrize("rows", [3, 30])
def test_the_page_asks_few_questions_of_the_database(desk, django_assert_max_num_queries, rows):
    for n in range(rows):
        number = desk.claim(f"{CAT} lần thứ {n} ở nhà số {n}")
        by = {"by": desk.an.pseudonym_id, "now": desk.now}
        if n % 2:
            appeal(desk.close(number), scrub("Không phải vậy."), by=None, now=desk.now)
        else:
            propose_not_checkable(number, "not_a_fact", WHY, has_helpful_note=False, **by)
    assert Appeal.objects.count() + Proposal.objects.filter(state="proposed").count() == rows
    an = desk.browser(desk.an)

    with django_assert_max_num_queries(20):
        assert an.get("/order/").status_code == 200

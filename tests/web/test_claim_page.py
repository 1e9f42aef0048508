"""A claim's page in every state, and the forms of what people do to it."""

import pytest
from claims_desk import CAT, POWER_CUT, SALT_WATER, ClaimsDesk
from small_library import text_of

from thuchu.desk import journey
from thuchu.desk.claims import reads
from thuchu.desk.claims.appeals import appeal
from thuchu.desk.claims.areas import VIET_NAM, load_areas
from thuchu.desk.claims.events import open_event
from thuchu.desk.claims.models import Claim, Grouping, Proposal
from thuchu.desk.claims.topics import add_topic
from thuchu.desk.claims.withhold import propose_withhold
from thuchu.desk.ledger.models import Entry
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db
WHY = "Để mọi người dễ tìm, tôi đã đọc cả hai."


@pytest.fixture
def desk(db):
    return ClaimsDesk()


def test_a_waiting_claim_is_quoted_and_says_that_nobody_knows(vi, desk):
    number = desk.claim(SALT_WATER)
    desk.ask(SALT_WATER)

    response = vi.get(f"/c/{number}")
    page = text_of(response)

    assert response.status_code == 200
    assert f"<title>Chờ người kiểm chứng: “{SALT_WATER[:60]}" in page
    assert f'<h1 class="claim" lang="vi">“{SALT_WATER}”</h1>' in page
    assert "Chưa ai kiểm chứng, nên chúng tôi chưa biết." in page
    assert "2 người hỏi" in page
    assert "Chưa ai viết ghi chú về điều này." in page
    assert '<meta name="robots" content="noindex">' in page


def test_the_same_in_english(en, desk):
    page = text_of(en.get(f"/c/{desk.claim(SALT_WATER)}"))

    assert "Nobody has checked it yet, so we don't know." in page
    assert f"“{SALT_WATER}”" in page


def test_notes_stand_under_not_enough_agreement_with_their_evidence(vi, desk):
    number = desk.claim(SALT_WATER)
    desk.people.note(desk.writer, number, ai_drafted=True)

    page = text_of(vi.get(f"/c/{number}"))

    assert "Ghi chú chưa đủ đồng thuận" in page
    assert "Vân Sơn" in page
    assert "Súc miệng bằng nước muối không diệt được vi rút." in page
    assert "yte.example" in page
    assert '<meta name="robots" content="noindex">' in page


def test_a_closed_claim_is_explained_kindly_and_can_be_appealed(vi, desk):
    number = desk.claim(CAT)
    act = desk.close(number)

    page = text_of(vi.get(f"/c/{number}"))

    assert "Bằng chứng không phân xử được điều này nên chúng tôi không kết luận" in page
    assert "An Nhiên đề nghị, Bình Minh đồng ý" in page
    assert "“Bằng chứng không phân xử được điều này.”" in page
    assert f"/c/{number}/appeal/{act}" in text_of(desk.browser(desk.newcomer).get(f"/c/{number}"))
    assert f"/c/{number}/appeal/{act}" not in page


def test_a_private_matter_shows_no_word_of_it(vi, desk):
    number = desk.claim(CAT)
    desk.people.note(desk.writer, number)
    desk.close(number, "private")

    page = text_of(vi.get(f"/c/{number}"))

    assert "Điều ở đây là chuyện riêng của một người" in page
    assert "con mèo" not in page
    assert "Súc miệng" not in page


def test_a_merged_claim_leads_on(vi, desk):
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    desk.merge(one, two)

    merged, target = text_of(vi.get(f"/c/{one}")), text_of(vi.get(f"/c/{two}"))

    assert f'<a href="/c/{two}">“{POWER_CUT}”</a>' in merged
    assert "“Hai câu này là một.”" in merged
    assert f'Đã gộp vào đây: <a href="/c/{one}">{one}</a>' in target


def test_a_hidden_passage_is_a_gap_with_its_reason_and_its_order(vi, desk):
    number = desk.claim(SALT_WATER)
    desk.freeze(number)
    start = SALT_WATER.index("nước muối")
    desk.agreed(
        propose_withhold(
            number,
            "court_order",
            (start, start + 9),
            scrub(WHY),
            court_order=scrub("Quyết định số 7 của toà."),
            by=desk.an.pseudonym_id,
            now=desk.now,
        )
    )

    page = text_of(vi.get(f"/c/{number}"))

    assert "nước muối" not in page
    assert "uống […] loãng" in page
    assert "Toà yêu cầu: “Để mọi người dễ tìm" in page
    assert "Quyết định số 7 của toà." in page


def test_an_erased_claim_keeps_its_address(vi, desk, home):
    asked = journey.ask(CAT, door="web", page_language="vi", now=desk.now)
    number = Claim.objects.get().pk
    journey.erase_question(asked.token, now=desk.now)

    gone, never = vi.get(f"/c/{number}"), vi.get("/c/99999")

    assert gone.status_code == 410
    assert "Điều này không còn nữa" in text_of(gone)
    assert never.status_code == 404
    assert vi.get("/c/" + "9" * 40).status_code == 404


def test_words_are_bettered_until_they_are_frozen(desk):
    number = desk.claim(SALT_WATER)
    writer = desk.browser(desk.writer)
    assert SALT_WATER in text_of(writer.get(f"/c/{number}/reword"))

    done = writer.post(f"/c/{number}/reword", {"wording": "Uống nước muối loãng diệt được vi rút trong họng."})
    assert (done.status_code, done["Location"]) == (303, f"/c/{number}")
    assert "lời của Vân Sơn" in text_of(writer.get(f"/c/{number}"))

    desk.freeze(number)
    refused = writer.post(f"/c/{number}/reword", {"wording": "Lời khác hẳn."})
    assert refused.status_code == 409
    assert "Lời của điều này giữ nguyên" in text_of(refused)
    assert "Lời khác hẳn." in text_of(refused)


def test_a_translation_stands_beside_it(desk, en):
    number = desk.claim(SALT_WATER)
    writer = desk.browser(desk.writer)

    done = writer.post(f"/c/{number}/translate", {"language": "en", "wording": "Drinking salt water kills viruses."})
    wrong = writer.post(f"/c/{number}/translate", {"language": "xx yy zz aa bb", "wording": "Drinking."})

    assert done.status_code == 303
    assert '<span lang="en">“Drinking salt water kills viruses.”</span>' in text_of(en.get(f"/c/{number}"))
    assert wrong.status_code == 422


def test_topics_areas_and_events_are_set_by_coordinators(vi, desk):
    load_areas(VIET_NAM, now=desk.now)
    by = {"by": desk.an.pseudonym_id, "now": desk.now}
    add_topic("dien", name_vi=scrub("Điện nước"), name_en=scrub("Power and water"), **by)
    span = (desk.now, desk.now.replace(year=desk.now.year + 1))
    event = open_event("storm", names=(scrub("Bão số chín"), scrub("Storm nine")), times=span, areas=[], **by)
    number, an = desk.claim(POWER_CUT), desk.browser(desk.an)
    for page in ("topics", "areas", "events"):
        assert an.get(f"/c/{number}/{page}").status_code == 200

    an.post(f"/c/{number}/topics", {"topic": ["dien"]})
    an.post(f"/c/{number}/areas", {"area": ["vn-hue"]})
    an.post(f"/c/{number}/events", {"event": [str(event)]})

    page = text_of(vi.get(f"/c/{number}"))
    assert '<a href="/queue/?topic=dien">Điện nước</a>' in page
    assert '<a href="/queue/?area=vn-hue">' in page
    assert f'<a href="/e/{event}">Bão số chín</a>' in page
    an.post(f"/c/{number}/events", {})
    assert f'<a href="/e/{event}">' not in text_of(vi.get(f"/c/{number}"))
    assert an.post(f"/c/{number}/areas", {"area": ["atlantis"]}).status_code == 422


def test_a_merge_is_proposed_and_nothing_has_happened_yet(desk, vi):
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    an = desk.browser(desk.an)
    assert "Một điều phối viên thứ hai nói có hoặc không." in text_of(an.get(f"/c/{one}/merge"))

    done = an.post(f"/c/{one}/merge", {"into": f"/c/{two}", "reason": WHY})

    number = Proposal.objects.get().pk
    assert (done.status_code, done["Location"]) == (303, f"/order/#proposal-{number}")
    assert "Chờ người kiểm chứng" in text_of(vi.get(f"/c/{one}"))


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"into": "", "reason": WHY}, "Điều này không còn ở đây"),
        ({"into": "999", "reason": WHY}, "Điều này không còn ở đây"),
        ({"into": "9" * 15, "reason": WHY}, "Điều này không còn ở đây"),
        ({"into": "self", "reason": WHY}, "Đó chính là điều này"),
        ({"into": "other", "reason": " "}, "Còn một ô trống"),
        ({"into": "other", "reason": "a" * 501}, "501 ký tự"),
    ],
)
def test_a_merge_that_cannot_be_says_why_and_keeps_what_was_typed(desk, typed, says):
    one, two = desk.claim(SALT_WATER), desk.claim(POWER_CUT)
    into = {"self": str(one), "other": str(two)}.get(typed["into"], typed["into"])

    response = desk.browser(desk.an).post(f"/c/{one}/merge", {**typed, "into": into})

    assert response.status_code == 422
    assert says in text_of(response)
    assert typed["reason"].strip() in text_of(response)
    assert not Proposal.objects.exists()


def test_a_split_moves_what_was_ticked_with_all_of_the_same_text(desk):
    number = desk.claim(SALT_WATER)
    other = "Nước muối loãng chữa khỏi ung thư họng trong ba ngày, bác sĩ nói vậy có đúng không mọi người nhỉ"
    for question in (desk.question(other), desk.question(other)):
        row = Grouping.objects.get(claim=number, submission=Grouping.objects.filter(claim=number).first().submission_id)
        Grouping.objects.create(
            submission_id=question,
            claim_id=number,
            placed_in_id=number,
            how="similar",
            at=desk.now,
            text_digest=str(question),
            marks_digest=row.marks_digest,
        )
    Claim.objects.filter(pk=number).update(askers=3)
    ticked = Grouping.objects.filter(claim=number).order_by("submission")[1].submission_id
    an = desk.browser(desk.an)
    page = text_of(an.get(f"/c/{number}/split"))
    assert page.count("chữa khỏi ung thư") == 1
    assert "× 2" in page

    done = an.post(f"/c/{number}/split", {"question": [str(ticked)], "reason": WHY})

    assert done.status_code == 303
    assert reads.proposals_waiting()[0].questions == 2
    assert an.post(f"/c/{number}/split", {"reason": WHY}).status_code == 422


def test_closing_knows_two_reasons(desk):
    number, an = desk.claim(CAT), desk.browser(desk.an)
    page = text_of(an.get(f"/c/{number}/not-checkable"))
    assert page.count('name="code"') == 2

    assert an.post(f"/c/{number}/not-checkable", {"code": "opinion", "reason": WHY}).status_code == 422
    assert an.post(f"/c/{number}/not-checkable", {"code": "not_a_fact", "reason": WHY}).status_code == 303


def test_a_passage_to_hide_is_copied_not_counted(desk):
    number, an = desk.claim(SALT_WATER), desk.browser(desk.an)
    desk.freeze(number)
    assert an.get(f"/c/{number}/withhold").status_code == 200

    wrong = an.post(f"/c/{number}/withhold", {"code": "danger", "passage": "không có ở đây", "reason": WHY})
    order = an.post(f"/c/{number}/withhold", {"code": "court_order", "passage": "nước muối", "reason": WHY})
    done = an.post(f"/c/{number}/withhold", {"code": "danger", "passage": "nước muối", "reason": WHY})

    assert wrong.status_code == order.status_code == 422
    assert "Đoạn này không có trong điều trên" in text_of(wrong)
    assert done.status_code == 303


def test_an_act_is_appealed_and_proposed_to_be_taken_back(desk):
    number = desk.claim(CAT)
    act = desk.close(number)
    newcomer = desk.browser(desk.newcomer)
    assert newcomer.get(f"/c/{number}/appeal/{act}").status_code == 200

    done = newcomer.post(f"/c/{number}/appeal/{act}", {"words": "Con mèo này có thật, gọi 0912 345 678."})

    assert (done.status_code, done["Location"]) == (303, f"/c/{number}")
    page = text_of(newcomer.get(f"/c/{number}"))
    assert "Khiếu nại của Tân Lê" in page
    assert "0912" not in page
    again = newcomer.post(f"/c/{number}/appeal/{act}", {"words": "Xem lại đi."})
    assert again.status_code == 409
    assert "Xem lại đi." in text_of(again)
    chi = desk.browser(desk.chi)
    assert chi.get(f"/c/{number}/undo/{act}").status_code == 200
    assert chi.post(f"/c/{number}/undo/{act}", {"reason": WHY}).status_code == 303
    assert chi.get(f"/c/{number}/undo/9999").status_code == 404
    assert chi.get(f"/c/{number}/undo/" + "9" * 30).status_code == 404


COORDINATING = ["topics", "areas", "events", "merge", "split", "not-checkable", "withhold"]


@pytest.mark.parametrize("act", COORDINATING)
def test_what_keeps_order_is_for_coordinators(vi, desk, act):
    number = desk.claim(CAT)

    assert vi.get(f"/c/{number}/{act}")["Location"].startswith("/signin/")
    for who in (desk.writer, desk.newcomer):
        assert desk.browser(who).get(f"/c/{number}/{act}").status_code == 403
        assert desk.browser(who).post(f"/c/{number}/{act}", {"reason": WHY}).status_code == 403
    assert desk.browser(desk.an).get(f"/c/{number}/{act}").status_code == 200
    assert desk.browser(desk.an, "en").get(f"/c/{number}/{act}").status_code == 200


def test_no_form_stores_what_was_not_scrubbed(desk):
    number, other, an = desk.claim(SALT_WATER), desk.claim(POWER_CUT), desk.browser(desk.an)
    phone = "0912 345 678"

    an.post(f"/c/{number}/reword", {"wording": f"Gọi {phone} để được chữa."})
    an.post(f"/c/{number}/translate", {"language": "en", "wording": f"Call {phone} to be cured."})
    an.post(f"/c/{number}/merge", {"into": other, "reason": f"Hỏi {phone}."})
    an.post(f"/c/{number}/not-checkable", {"code": "private", "reason": f"Hỏi {phone}."})

    assert phone not in Claim.objects.get(pk=number).wording
    assert all(phone not in proposal.reason for proposal in Proposal.objects.all())
    assert len(Proposal.objects.all()) == 2
    assert phone not in "".join(str(entry.body) for entry in Entry.objects.all())


@pytest.mark.parametrize("times", [2, 20])
def test_the_page_asks_few_questions_of_the_database(desk, django_assert_max_num_queries, times):
    number = desk.claim(SALT_WATER)
    for n in range(times):
        desk.people.note(desk.people.person(f"Người {'abcdeghkmnpqrstuvwxyz'[n]}{n} viết"), number)
        act = desk.close(number)
        appeal(act, scrub("Tôi nghĩ khác."), by=desk.writer.pseudonym_id, now=desk.now)
        desk.undo(act)
    an = desk.browser(desk.an)

    with django_assert_max_num_queries(30):
        assert an.get(f"/c/{number}").status_code == 200

"""Prebunks on pages: written by whoever may write, public once agreed, shown beside an answer and never as one."""

from datetime import timedelta

import pytest
from at_work import as_person
from django.test import Client
from django.utils import timezone
from small_library import text_of

from publishing.test_rounds_of_a_desk import TwoCamps
from thuchu.desk import journey
from thuchu.desk.claims.events import confirm_source, open_event, pin_source
from thuchu.desk.claims.models import Claim, Prebunk
from thuchu.desk.intake.models import Submission
from thuchu.desk.library.agreed import name_of
from thuchu.desk.notes import refusals
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db
HALF_AN_HOUR = timedelta(minutes=30)
TRUE = "Cử tri bỏ phiếu ở khu vực ghi trên thẻ cử tri, danh sách niêm yết ở trụ sở ủy ban xã"
WRONG = "Cử tri được bỏ phiếu ở bất kỳ khu vực nào, không cần xem thẻ cử tri"
PAGE = "https://hoidongbaucu.example/noi-bo-phieu"
TYPED = {"step": "places", "wording": TRUE, "look_up": PAGE, "twist_1": WRONG, "twist_2": ""}
WHY = "Luật bầu cử và thông báo của hội đồng bầu cử ghi rõ mỗi cử tri bỏ phiếu ở một khu vực trong thẻ."


def browser(view):
    """A browser in which somebody is signed in."""
    return as_person(Client(headers={"accept-language": "vi"}), view)


@pytest.fixture
def camps(home):
    desk = TwoCamps(timezone.now() - timedelta(hours=3))
    names = (scrub("Bầu cử Hội đồng nhân dân"), scrub("Council election"))
    times = (desk.now, desk.now + timedelta(days=30))
    desk.event = open_event("election", names=names, times=times, areas=[], by=1, now=desk.now)
    words = {"title": scrub("Hội đồng Bầu cử"), "words": scrub("Nơi bỏ phiếu ghi trên thẻ cử tri.")}
    source = pin_source(desk.event, "places", address=PAGE, **words, by=1, now=desk.now)
    confirm_source(source, by=2, now=desk.now)
    return desk


@pytest.fixture
def prebunk(camps):
    """Written on its page; gives back the claim's number."""
    done = browser(camps.writers[0]).post(f"/e/{camps.event}/prebunk", TYPED)
    assert done.status_code == 303
    return int(done["Location"].rpartition("/")[2])


@pytest.fixture
def published(camps, prebunk):
    """Agreed by people who usually disagree; gives back the name of its fact-check."""
    note = camps.note(camps.writers[0], prebunk, text=WHY, verdict="true")
    for person in camps.raters:
        camps.rate(person, note)
    journey.settle(now=camps.now)
    journey.settle(now=camps.now + HALF_AN_HOUR)
    return name_of(note)


def test_it_is_written_in_one_form_and_stands_as_a_claim(camps, prebunk, vi, en):
    writer = browser(camps.writers[0])
    assert "bằng lời của bạn" in text_of(writer.get(f"/e/{camps.event}/prebunk"))

    page = text_of(vi.get(f"/c/{prebunk}"))
    assert "Viết trước" in page
    assert "Chưa ai kiểm chứng" in page
    assert f'href="{PAGE}"' in page
    assert WRONG in page
    assert "first asked" not in text_of(en.get(f"/c/{prebunk}"))
    event = text_of(en.get(f"/e/{camps.event}"))
    assert "1 more is being checked" in event
    assert "No claim belongs to it yet." in event


def test_what_is_refused_stays_in_the_form(camps):
    writer = browser(camps.writers[0])

    refused = writer.post(f"/e/{camps.event}/prebunk", {**TYPED, "twist_1": "ĐI ĐÂU CŨNG được bầu!"})

    assert refused.status_code == 422
    assert "khẩu hiệu" in text_of(refused)
    assert TRUE in text_of(refused)
    assert "ĐI ĐÂU CŨNG được bầu!" in text_of(refused)
    assert not Prebunk.objects.exists()


def test_it_is_changed_until_the_first_rating(camps, prebunk):
    writer = browser(camps.writers[1])
    assert WRONG in text_of(writer.get(f"/c/{prebunk}/prebunk"))

    assert writer.post(f"/c/{prebunk}/prebunk", {**TYPED, "twist_1": "Không cần thẻ."}).status_code == 303

    assert Prebunk.objects.get().twists.get().words == "Không cần thẻ."
    assert writer.get(f"/c/{Claim.objects.first().pk}/prebunk").status_code == 404


def test_a_note_on_it_says_that_it_is_true(camps, prebunk):
    with pytest.raises(refusals.VerdictMisfits):
        camps.note(camps.writers[1], prebunk, text=WHY, verdict="false")
    with pytest.raises(refusals.VerdictMisfits):
        camps.note(camps.writers[1], prebunk, text=WHY, verdict="outdated")


def test_agreed_it_has_a_page_of_what_is_true_where_to_look_and_how_it_is_twisted(camps, published, vi, en):
    page = text_of(vi.get(f"/f/{published}"))
    order = [page.index(words) for words in (TRUE, PAGE, WRONG)]
    assert order == sorted(order)
    assert "Viết trước" in page
    assert "We never answer a message with it" in text_of(en.get(f"/f/{published}"))
    event = text_of(vi.get(f"/e/{camps.event}"))
    assert f'href="/f/{published}"' in event
    assert published in vi.get(f"/feeds/vi/event/{camps.event}.atom").content.decode()


@pytest.mark.parametrize("message", [WRONG, TRUE])
def test_who_asks_something_like_it_may_read_it_and_is_answered_by_nothing(camps, published, vi, message):
    answer = journey.ask(message, door="web", page_language="vi", now=timezone.now())

    assert answer.answer.kind == "none"
    assert [each.fact_check.id for each in answer.answer.prebunks] == [published]
    page = text_of(vi.get(f"/q/{answer.token}"))
    assert f'href="/f/{published}"' in page
    assert "không phải kết luận về tin của bạn" in page
    assert Submission.objects.latest("pk").tellings[0][1] == "none"
    said = {"fact_check": published, "says": "is_it"}
    assert vi.post(f"/q/{answer.token}/said", said).status_code == 400


def test_other_answers_are_what_they_would_be_without_it(camps, published):
    about_another = Claim.objects.filter(prebunk=None).first().wording
    before = journey.ask(about_another, door="web", page_language="vi", now=timezone.now()).answer

    assert published not in {each.fact_check.id for each in before.shown}

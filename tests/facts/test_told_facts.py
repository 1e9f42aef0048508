"""A question about how the vote goes is answered from a fact; when it changes, everybody who was told is told (rule 9)."""

from datetime import timedelta

import pytest
from election_desk import BINH, LATER_HOURS, SAID

from replies.post_office import PostOffice
from thuchu.desk import journey
from thuchu.desk.claims.wishes import Wishes
from thuchu.desk.facts.keeping import archive_over, check_again, take_down
from thuchu.desk.facts.pinning import confirm
from thuchu.desk.intake.models import Submission
from thuchu.desk.journey import ask, look_again
from thuchu.desk.library import index
from thuchu.desk.replies.figures import told_again
from thuchu.desk.replies.models import Reply, ReplyAddress
from thuchu.desk.replies.send import send_due
from thuchu.desk.replies.sending import letterhead
from thuchu.desk.replies.smtp import connected

pytestmark = pytest.mark.django_db
HOURS = "Mấy giờ mở cửa điểm bầu cử?"
HOUR = timedelta(hours=1)


@pytest.fixture
def office(settings):
    office = PostOffice()
    office.open()
    settings.THUCHU_SMTP_URL = office.server
    yield office
    office.close()


def asked(message, now, **wishes):
    return ask(message, door="web", page_language="vi", now=now, wishes=Wishes(**wishes))


def subscribe(token, now, name="an", language="vi"):
    journey.be_told_by_mail(token, f"{name}@thu.example", language=language, now=now)
    ReplyAddress.objects.filter(state="asked").update(state="confirmed")
    Reply.objects.filter(kind="confirm", state="waiting").update(state="dropped", ended_at=now)


def change(desk, now):
    number = desk.pin("opening_hours", words=LATER_HOURS, now=now)
    confirm([number], by=BINH, now=now)
    return number


def test_seven_words_are_answered_from_a_fact(desk, now):
    number = desk.fact("opening_hours")

    answer = asked("may gio bau cu", now).answer

    assert (answer.kind, [fact.id for fact in answer.facts]) == ("fact", [number])


def test_a_rumour_about_a_field_gets_the_fact(desk, now):
    desk.fact("election_day")

    answer = asked("Nghe nói ngày bầu cử dời sang 30/5, có đúng không?", now).answer

    assert answer.facts[0].value_vi == SAID["election_day"]


@pytest.mark.parametrize(
    "message", ["Nên bầu cho ai?", "Giờ mở cửa siêu thị", "Tỷ lệ cử tri đi bầu bao nhiêu", "Bầu cử ở Mỹ ngày nào"]
)
def test_what_is_no_field_waits_like_any_question(desk, now, message):
    desk.fact("opening_hours")
    desk.fact("election_day")

    answer = asked(message, now).answer

    assert answer.kind != "fact"
    assert answer.wanted is None


def test_where_communes_differ_the_page_asks_and_the_choice_answers(desk, now):
    desk.fact("opening_hours", "mau-an-binh")
    desk.fact("opening_hours", "mau-hoa-lac")
    question = asked(HOURS, now)
    assert (question.answer.kind, len(question.answer.wanted.areas)) == ("none", 2)

    assert journey.wish_for(question.token, Wishes(area="mau-hoa-lac"), now=now)

    facts = look_again(question.token, now=now).answer.facts
    assert [fact.area.code for fact in facts] == ["mau-hoa-lac"]
    assert asked(HOURS, now, area="mau-an-binh").answer.facts[0].area.code == "mau-an-binh"


def test_a_changed_fact_is_told_on_the_page_of_who_was_told_the_old_one(desk, now):
    before = desk.fact("opening_hours")
    token = asked(HOURS, now).token
    after = change(desk, now + HOUR)

    status = look_again(token, now=now + HOUR)

    assert status.changed
    assert [told.fact_check for told in status.told_before.told] == [f"fact:{before}"]
    assert [fact.id for fact in status.answer.facts] == [after]
    assert not look_again(token, now=now + HOUR).answer.wanted


def test_everybody_who_was_told_the_old_fact_is_told_within_one_run(desk, now, office):
    before = desk.fact("opening_hours")
    people = 12
    for number in range(people):
        subscribe(asked(HOURS, now).token, now, f"an{number}", "en" if number % 2 else "vi")
    assert journey.tell_askers(now=now) == 0
    change(desk, now + HOUR)

    assert journey.tell_askers(now=now + HOUR) == people
    assert journey.tell_askers(now=now + HOUR) == 0
    with connected(office.server) as post:
        assert send_due(post, letterhead(), now=lambda: now + HOUR) == people

    told = {letter["To"]: letter.get_content() for letter in office.letters}
    assert len(told) == people
    assert all(LATER_HOURS in words for words in told.values())
    assert "nguồn chính thức" in told["an0@thu.example"]
    assert "what an official source said" in told["an1@thu.example"]
    assert told_again({f"fact:{before}": now + HOUR}, end=now + 2 * HOUR) == {f"fact:{before}": (people, people)}


@pytest.mark.parametrize("how", ["taken_down", "stale", "expired"])
def test_a_fact_that_answers_no_more_is_taken_back(desk, now, office, how):
    number = desk.fact("opening_hours", **({"valid_until": now + timedelta(days=2)} if how == "expired" else {}))
    token = asked(HOURS, now).token
    subscribe(token, now)
    later = now + timedelta(days=8)
    if how == "taken_down":
        take_down(number, by=BINH, now=later)

    assert journey.tell_askers(now=later) == 1

    status = look_again(token, now=later)
    assert status.answer.kind == "none"
    assert status.claim.situation == "waiting"


def test_checked_again_in_time_nobody_hears_a_thing(desk, now, office):
    number = desk.fact("opening_hours")
    token = asked(HOURS, now).token
    subscribe(token, now)
    check_again(number, by=BINH, now=now + timedelta(days=6))

    assert journey.tell_askers(now=now + timedelta(days=8)) == 0
    assert not look_again(token, now=now + timedelta(days=8)).changed


def test_after_the_event_nothing_is_taken_back(desk, now, office):
    desk.fact("opening_hours")
    token = asked(HOURS, now).token
    subscribe(token, now)
    over = now + timedelta(days=21)
    archive_over(now=over)

    assert journey.tell_askers(now=over) == 0
    assert look_again(token, now=over).answer.facts[0].standing == "archived"
    assert asked(HOURS, over).answer.kind == "none"


def test_what_was_told_is_remembered_as_an_answer_and_waits_under_no_claim(desk, now):
    desk.fact("opening_hours")
    token = asked(HOURS, now).token

    assert Submission.objects.get().told_kind == "answer"
    assert look_again(token, now=now).claim is None
    index.close(desk.home)

"""What nothing answers waits under a claim: through every door, on the asker's page, until it is erased."""

from datetime import timedelta

import pytest

from claims.waiting_desk import AN, BINH, CAT, POWER_CUT, SALT_WATER
from thuchu.desk import journey, reactions
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.models import Claim, Grouping
from thuchu.desk.claims.proposals import confirm
from thuchu.desk.intake.models import Submission
from thuchu.desk.intake.receive import receive
from thuchu.desk.intake.tellings import Telling
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db


def ask(now, text=POWER_CUT, door="web", **more):
    return journey.ask(text, door=door, page_language="vi", now=now, **more)


def test_a_question_that_nothing_answers_waits_and_its_page_says_with_how_many(home, now):
    asked = [ask(now, door=door) for door in ("web", "api", "cli")]

    views = [journey.look_again(each.token, now=now) for each in asked]

    assert {(view.claim.id, view.claim.situation, view.claim.others) for view in views} == {
        (Claim.objects.get().pk, "waiting", 2)
    }
    assert not views[0].is_erased


def test_what_is_near_a_waiting_claim_is_found_once_the_job_has_run(home, now):
    ask(now)
    ask(now, CAT)
    reactions.catch_up_claims()

    ask(now, "Mai phường mình cúp điện từ 7 giờ sáng tới 5 giờ chiều để sửa trạm biến áp đúng không")

    assert Grouping.objects.latest("pk").how in ("similar", "offered")


def test_erasing_a_question_erases_its_claim(home, now):
    asked = ask(now)

    assert journey.erase_question(asked.token, now=now)
    assert not journey.erase_question(asked.token, now=now)

    assert not Claim.objects.exists()
    assert journey.look_again(asked.token, now=now) is None


def test_the_erase_page_tells_claims_too(home, now, client):
    asked = ask(now)

    client.post(f"/q/{asked.token}/erase")

    assert not Claim.objects.exists()
    assert not Submission.objects.exists()


def test_questions_whose_time_is_over_take_their_claims_along(home, now, settings):
    ask(now - timedelta(days=settings.THUCHU_KEEP_DAYS + 1), CAT)
    ask(now)

    assert journey.erase_old(now=now) == 1

    assert [row.wording for row in Claim.objects.all()] == [POWER_CUT]


def test_the_page_of_a_private_matter_says_so_and_shows_nothing_of_it(home, now):
    asked = ask(now, CAT)
    number = propose_not_checkable(
        Claim.objects.get().pk, "private", scrub("Chuyện riêng của một nhà."), by=AN, now=now, has_helpful_note=False
    )
    confirm(number, by=BINH, now=now)

    view = journey.look_again(asked.token, now=now + timedelta(days=1))

    assert (view.is_erased, view.answer.shown, view.answer.kind) == (True, (), "none")
    assert (view.claim.situation, view.claim.why) == ("private", "Chuyện riêng của một nhà.")
    assert "mèo" not in str(view)


def test_a_private_page_opens_after_its_text_was_erased(home, now, client):
    asked = ask(now, CAT)
    number = propose_not_checkable(
        Claim.objects.get().pk, "private", scrub("Chuyện riêng."), by=AN, now=now, has_helpful_note=False
    )
    confirm(number, by=BINH, now=now)

    assert client.get(f"/q/{asked.token}").status_code == 200


def test_looking_again_writes_nothing_where_nothing_changed(home, now):
    asked = ask(now)
    before = list(Grouping.objects.values()), list(Claim.objects.values())

    journey.look_again(asked.token, now=now + timedelta(days=1))

    assert (list(Grouping.objects.values()), list(Claim.objects.values())) == before


def kept_without_a_claim(words, at):
    """A question as a desk kept it before there were claims."""
    telling = Telling(at=at, kind="none", told=())
    return receive(scrub(words), door="web", language="vi", page_language="vi", telling=telling, links=(), now=at)


def test_questions_from_before_there_were_claims_wait_from_when_they_were_asked(home, now):
    long_ago = now - timedelta(days=9)
    for at in (long_ago, long_ago + timedelta(days=1)):
        kept_without_a_claim(SALT_WATER, at)

    moved = journey.let_wait(now=now)

    claim = Claim.objects.get()
    assert moved == claim.askers == 2
    assert (claim.opened_at, claim.last_asked_at) == (long_ago, long_ago + timedelta(days=1))
    assert claim.asks_day == 0


def test_letting_them_wait_twice_is_doing_it_once(home, now):
    kept_without_a_claim(SALT_WATER, now - timedelta(days=9))
    journey.ask(SALT_WATER, door="web", page_language="vi", now=now)

    journey.let_wait(now=now)

    assert journey.let_wait(now=now) == 0
    claim = Claim.objects.get()
    assert (claim.askers, claim.last_asked_at) == (2, now)

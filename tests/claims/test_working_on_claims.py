"""Taking and giving back, notices, words and translations, and what the review counts."""

from datetime import timedelta

import pytest
from waiting_desk import AN, BINH, CAT, CHI, POWER_CUT, SALT_WATER

from thuchu.desk.claims import reads
from thuchu.desk.claims.appeals import appeal, decide_appeal
from thuchu.desk.claims.assign import (
    EXTENSIONS_MAX,
    TAKE_HOURS,
    TAKES_MAX,
    extend,
    free_expired,
    release,
    release_all,
    take,
)
from thuchu.desk.claims.figures import figures, longest_wait_days, waiting
from thuchu.desk.claims.join import Near
from thuchu.desk.claims.models import Assignment, Notice
from thuchu.desk.claims.notices import BURST_ASKS, see
from thuchu.desk.claims.offers import decline_offer
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.wording import WORDING_CHARS_MAX, reword, translate
from thuchu.privacy import scrub


def code_of(call, *values, **named):
    with pytest.raises(ClaimRefused) as found:
        call(*values, **named)
    return found.value.code


def test_a_claim_is_taken_by_one_person_for_two_days(desk):
    number = desk.claim(SALT_WATER)

    until = take(number, person=AN, now=desk.now)

    assert until == desk.now + timedelta(hours=TAKE_HOURS)
    assert take(number, person=AN, now=desk.now) == until
    assert code_of(take, number, person=BINH, now=desk.now) == "taken"
    assert reads.claim(number, now=desk.now).assignment.person == AN


def test_a_claim_is_free_when_its_time_is_over_before_anybody_tidies(desk):
    number = desk.claim(SALT_WATER)
    take(number, person=AN, now=desk.now)
    desk.pass_time(hours=TAKE_HOURS)

    assert reads.claim(number, now=desk.now).assignment is None
    assert code_of(extend, number, person=AN, now=desk.now) == "not_taken"
    take(number, person=BINH, now=desk.now)

    assert Assignment.objects.get().person == BINH
    desk.pass_time(hours=TAKE_HOURS)
    assert free_expired(now=desk.now) == 1
    assert free_expired(now=desk.now) == 0


def test_more_time_is_given_twice(desk):
    number = desk.claim(SALT_WATER)
    take(number, person=AN, now=desk.now)
    for _ in range(EXTENSIONS_MAX):
        desk.pass_time(hours=40)
        assert extend(number, person=AN, now=desk.now) == desk.now + timedelta(hours=TAKE_HOURS)

    assert code_of(extend, number, person=AN, now=desk.now) == "too_many"


def test_what_is_given_back_is_free_and_nobody_gives_back_anothers(desk):
    number = desk.claim(SALT_WATER)
    take(number, person=AN, now=desk.now)

    assert code_of(release, number, person=BINH, now=desk.now) == "not_taken"
    release(number, person=AN, now=desk.now)

    take(number, person=BINH, now=desk.now)
    assert release_all(person=BINH) == 1


def test_nobody_takes_more_than_they_can_do(desk):
    claims = [
        desk.claim(f"Chuyện thứ {number} ở trong xóm có thật không bà con cô bác ơi") for number in range(TAKES_MAX + 1)
    ]
    for number in claims[:-1]:
        take(number, person=AN, now=desk.now)

    assert code_of(take, claims[-1], person=AN, now=desk.now) == "too_many"


def test_what_is_closed_is_not_taken(desk):
    number = desk.claim(SALT_WATER)
    desk.close(number)

    assert code_of(take, number, person=AN, now=desk.now) == "claim_is_closed"
    assert code_of(take, 999, person=AN, now=desk.now) == "no_such_claim"


def test_a_wave_of_one_message_raises_one_notice(desk):
    for _ in range(BURST_ASKS + 10):
        desk.ask(POWER_CUT)
        desk.pass_time(seconds=30)

    notice = reads.notices(now=desk.now)[0]
    assert Notice.objects.count() == 1
    assert (notice.kind, notice.asks, notice.wording) == ("burst", BURST_ASKS, POWER_CUT)
    see(notice.id, by=AN)
    see(notice.id, by=BINH)
    desk.ask(POWER_CUT)
    assert reads.notices(now=desk.now) == ()
    assert Notice.objects.get().seen_by == AN


def test_as_many_over_a_day_are_no_wave(desk):
    for _ in range(BURST_ASKS + 5):
        desk.ask(POWER_CUT)
        desk.pass_time(minutes=10)

    assert not Notice.objects.exists()


def test_a_contributor_says_it_better_and_the_words_are_theirs(desk):
    number = desk.claim(SALT_WATER)

    reword(number, scrub("Nước muối loãng diệt được vi rút."), by=AN, now=desk.now)

    view = reads.claim(number, now=desk.now)
    assert (view.wording, view.wording_by) == ("Nước muối loãng diệt được vi rút.", AN)


@pytest.mark.parametrize(("words", "code"), [("", "empty"), ("a " * WORDING_CHARS_MAX, "too_long")])
def test_words_that_are_none_or_a_story_are_refused(desk, words, code):
    assert code_of(reword, desk.claim(SALT_WATER), scrub(words), by=AN, now=desk.now) == code


def test_a_translation_stands_beside_the_words_and_says_when_it_is_of_others(desk):
    number = desk.claim(SALT_WATER)
    translate(number, "en", scrub("Salt water kills viruses."), by=AN, now=desk.now)
    translate(number, "en", scrub("Weak salt water kills viruses."), by=BINH, now=desk.now)
    assert reads.claim(number, now=desk.now).translations[0].is_current

    reword(number, scrub("Nước muối loãng diệt được vi rút."), by=AN, now=desk.now)

    translation = reads.claim(number, now=desk.now).translations[0]
    assert (translation.text, translation.is_current) == ("Weak salt water kills viruses.", False)
    assert code_of(translate, number, "vi", scrub("x"), by=AN, now=desk.now) == "wrong_code"


def test_an_offer_that_was_declined_is_shown_no_more(desk):
    one = desk.claim(SALT_WATER)
    two = desk.ask(CAT, near=[Near(claim_id=one, probability=0.6, sure=False)]).claim_id
    offer = reads.offers(two, now=desk.now)[0]
    assert (offer.near, offer.near_wording, offer.probability) == (one, SALT_WATER, 0.6)

    decline_offer(offer.id, by=AN)

    assert reads.offers(two, now=desk.now) == ()
    assert code_of(decline_offer, 999, by=AN) == "no_such_offer"


def test_a_merge_takes_its_offer_away(desk):
    one = desk.claim(SALT_WATER)
    two = desk.ask(CAT, near=[Near(claim_id=one, probability=0.6, sure=False)]).claim_id

    desk.merge(two, one)

    assert reads.offers(two, now=desk.now) == ()


def test_an_asker_sees_the_claim_and_how_many_others_ask(desk):
    number = desk.claim(SALT_WATER)
    for _ in range(2):
        desk.ask(SALT_WATER)

    asked = reads.claim_of_question(reads.questions_of(number)[0])

    assert (asked.id, asked.situation, asked.others) == (number, "waiting", 2)
    assert reads.claim_of_question(999) is None


def test_the_askers_of_a_claim_are_walked_in_order(desk):
    number = desk.claim(SALT_WATER)
    for _ in range(4):
        desk.ask(SALT_WATER)

    first = reads.questions_of(number, limit=3)

    assert first + reads.questions_of(number, after=first[-1]) == reads.questions_of(number)


def test_the_review_counts_what_came_and_what_was_done(desk):
    since = desk.now
    one, two, three = desk.claim(SALT_WATER), desk.claim(POWER_CUT), desk.claim(CAT)
    desk.ask(SALT_WATER)
    desk.merge(one, two)
    act = desk.close(three)
    number = appeal(act, scrub("Xin xem lại."), by=None, now=desk.now)
    decide_appeal(number, "overturned", scrub("Đúng vậy."), by=CHI, now=desk.now)
    desk.pass_time(days=3)

    counted = figures(since, desk.now)

    assert counted.opened == 3
    assert counted.questions == {"opened": 3, "offered": 0, "exact_link": 0, "forward": 1, "similar": 0}
    assert counted.acts == {"merge": 1, "split": 0, "not_checkable": 1, "withhold": 0}
    assert counted.closings == {"not_a_fact": 1, "private": 0}
    assert (counted.undone, counted.appealed, counted.appeals) == (1, 1, {"upheld": 0, "overturned": 1})
    assert (waiting(), longest_wait_days(desk.now)) == (2, 3)
    assert figures(desk.now, desk.now + timedelta(days=1)).opened == 0

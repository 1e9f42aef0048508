"""Prebunks: written before the day, checked like any claim, asked by nobody and answered to nobody."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from waiting_desk import AN, BINH, SALT_WATER

from thuchu.desk.claims import figures, index, prebunk_reads, reads
from thuchu.desk.claims.events import confirm_source, open_event, pin_source, take_from_event
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.models import Claim, Grouping, Prebunk, Twist
from thuchu.desk.claims.prebunk import change_prebunk, steps_of, write_prebunk
from thuchu.desk.claims.queue import queue
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.wording import reword
from thuchu.desk.ledger.models import Entry
from thuchu.privacy import scrub

TRUE = "Nơi bỏ phiếu của mỗi người ghi trên thẻ cử tri, và niêm yết ở trụ sở ủy ban xã."
WRONG = "Ai cũng có thể bỏ phiếu ở bất kỳ điểm nào."
PAGE = "https://hoidongbaucu.example/noi-bo-phieu"


@pytest.fixture
def election(desk):
    names = (scrub("Bầu cử Hội đồng nhân dân"), scrub("Council election"))
    times = (desk.now, desk.now + timedelta(days=30))
    event = open_event("election", names=names, times=times, areas=[], by=AN, now=desk.now)
    words = {"title": scrub("Hội đồng Bầu cử"), "words": scrub("Nơi bỏ phiếu ghi trên thẻ cử tri.")}
    source = pin_source(event, "places", address="https://hoidongbaucu.example/a", **words, by=AN, now=desk.now)
    confirm_source(source, by=BINH, now=desk.now)
    return event


def written(desk, event, *, step="places", wording=TRUE, look_up=PAGE, twists=(WRONG,)):
    clean = [scrub(each) for each in twists]
    return write_prebunk(event, step, scrub(wording), look_up=look_up, twists=clean, by=AN, now=desk.now)


def code_of(act):
    with pytest.raises(ClaimRefused) as refused:
        act()
    return refused.value.code


def test_a_prebunk_is_a_claim_of_its_event_that_nobody_asked(desk, election):
    number = written(desk, election, twists=(WRONG, "Thẻ cử tri không cần thiết."))

    view = prebunk_reads.of_claim(number, now=desk.now)
    assert (view.step, view.wording, view.look_up) == ("places", TRUE, PAGE)
    assert view.twists == (WRONG, "Thẻ cử tri không cần thiết.")
    claim = reads.claim(number, now=desk.now)
    assert (claim.situation, claim.askers, claim.wording_by) == ("waiting", 0, AN)
    assert [each.code for each in claim.events] == [str(election)]
    entry = Entry.objects.latest("seq")
    assert (entry.kind, entry.subject) == ("event.prebunk_written", f"event:{election}")
    assert not Entry.objects.filter(kind="claim.opened").exists()


def test_it_counts_as_no_question_anywhere(desk, election):
    number = written(desk, election)
    end = desk.now + timedelta(days=1)

    assert figures.waiting() == 0
    assert figures.longest_wait_days(desk.now + timedelta(days=9)) == 0
    assert list(figures.opened_between(desk.now - timedelta(days=1), end)) == []
    assert figures.opened_at([number]) == {}
    assert figures.figures(desk.now - timedelta(days=1), end).opened == 0
    assert reads.event(election, now=desk.now).claims == 0
    assert reads.claims_of_event(election, now=desk.now).items == ()
    assert [row.is_prebunk for row in queue(now=desk.now).rows] == [True]


def test_no_question_comes_to_it(desk, election, home):
    number, asked = written(desk, election), desk.claim(SALT_WATER)
    index.catch_up(home)

    assert index.behind(home) == ""
    assert [near.claim_id for near in index.near(home, scrub(TRUE))] != [number]
    assert code_of(lambda: propose_merge(asked, number, scrub("Là một."), by=AN, now=desk.now)) == "is_a_prebunk"
    assert code_of(lambda: propose_merge(number, asked, scrub("Là một."), by=AN, now=desk.now)) == "is_a_prebunk"
    with pytest.raises(IntegrityError), transaction.atomic():
        Grouping.objects.filter(claim=asked).update(claim=number)
    with pytest.raises(IntegrityError), transaction.atomic():
        Prebunk.objects.create(
            claim_id=asked, event_id=election, step="dates", look_up=PAGE, written_by=AN, written_at=desk.now
        )


@pytest.mark.parametrize(
    "twist",
    [
        "“Đi đâu bầu cũng được”",
        'Họ nói "đi đâu cũng được"',
        "Đi đâu bầu cũng được!",
        "Xem #baucu để biết",
        "ĐI ĐÂU BẦU cũng được",
        "Nghe nói ‘bầu đâu cũng được’",
    ],
)
def test_slogans_are_not_repeated(desk, election, twist):
    assert code_of(lambda: written(desk, election, twists=(twist,))) == "slogan"


@pytest.mark.parametrize(
    "words", ["UBND TP phát thẻ ở trụ sở.", "It doesn't matter where one votes.", "Không cần CCCD."]
)
def test_what_offices_and_apostrophes_look_like_is_no_slogan(desk, election, words):
    assert written(desk, election, twists=(words,))


@pytest.mark.parametrize("words", ["Gọi 0912 345 678 để bầu hộ.", "Theo ông Nguyễn thì bầu ở đâu cũng được."])
def test_nobody_is_named_in_what_is_true_or_wrong(desk, election, words):
    assert code_of(lambda: written(desk, election, twists=(words,))) == "names_somebody"
    assert code_of(lambda: written(desk, election, wording=words)) == "names_somebody"
    number = written(desk, election)
    assert code_of(lambda: reword(number, scrub(words), by=AN, now=desk.now)) == "names_somebody"


def test_one_to_five_wrong_versions_are_wanted(desk, election):
    for number in (0, 6):
        assert code_of(lambda n=number: written(desk, election, twists=[WRONG] * n)) == "twists_are_wanted"
    assert code_of(lambda: written(desk, election, twists=("",))) == "empty"


def test_it_is_looked_up_on_an_official_host(desk, election):
    wanted = "not_official"
    assert code_of(lambda: written(desk, election, look_up="https://blog.example/a")) == wanted
    assert code_of(lambda: written(desk, election, look_up="http://hoidongbaucu.example/a")) == "wrong_address"
    assert code_of(lambda: written(desk, election, look_up="https://xhoidongbaucu.example/a")) == wanted
    assert written(desk, election, look_up="https://tp.hoidongbaucu.example/a")


def test_a_source_that_nobody_confirmed_makes_no_host_official(desk, election):
    words = {"title": scrub("Trang khác"), "words": scrub("Ngày bầu cử.")}
    pin_source(election, "dates", address="https://khac.example/a", **words, by=AN, now=desk.now)

    assert code_of(lambda: written(desk, election, look_up="https://khac.example/a")) == "not_official"


def test_it_comes_before_the_end_of_the_event(desk, election):
    desk.pass_time(days=31)

    assert code_of(lambda: written(desk, election)) == "event_is_over"


def test_it_may_be_said_better_until_its_first_rating(desk, election):
    number = written(desk, election)
    change = {"look_up": PAGE, "twists": [scrub("Không ai cần thẻ.")], "by": BINH, "now": desk.now}
    change_prebunk(number, "papers", **change)
    view = prebunk_reads.of_claim(number, now=desk.now)
    assert (view.step, view.twists) == ("papers", ("Không ai cần thẻ.",))
    assert Entry.objects.latest("seq").kind == "event.prebunk_changed"

    desk.freeze(number)

    assert code_of(lambda: change_prebunk(number, "places", **change)) == "words_are_frozen"
    with pytest.raises(IntegrityError), transaction.atomic():
        Prebunk.objects.filter(pk=number).update(look_up="https://khac.example/")
    with pytest.raises(IntegrityError), transaction.atomic():
        Twist.objects.filter(prebunk=number).update(words="Khác.")


def test_it_stays_with_its_event(desk, election):
    number = written(desk, election)

    assert code_of(lambda: take_from_event(election, number, by=AN, now=desk.now)) == "is_a_prebunk"


def test_notes_on_it_say_that_it_is_true_and_later_that_it_is_outdated(desk, election):
    number = written(desk, election)
    assert prebunk_reads.verdicts_on(number) == ("true",)
    desk.freeze(number)
    assert prebunk_reads.verdicts_on(number) == ("true", "outdated")
    assert prebunk_reads.verdicts_on(desk.claim(SALT_WATER)) is None


def test_closed_as_private_its_wrong_versions_go_too(desk, election):
    number = written(desk, election)
    desk.close(number, "private")

    assert not Twist.objects.exists()
    assert Claim.objects.get(pk=number).wording == ""


def test_every_kind_of_event_has_steps():
    assert "shelter" in steps_of("storm")
    assert not set(steps_of("storm")) & set(steps_of("election"))

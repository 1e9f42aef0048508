"""The last day of an election: what changes the rules under people who play by them waits until the polls close."""

from datetime import UTC, datetime, timedelta

import pytest

from claims.waiting_desk import AN, BINH, CAT, CHI, DUNG, POWER_CUT, SALT_WATER, Desk
from thuchu.desk.claims import last_day
from thuchu.desk.claims.appeals import appeal, decide_appeal
from thuchu.desk.claims.events import change_event, open_event, put_under_event, take_from_event
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.models import Event
from thuchu.desk.claims.proposals import confirm, propose_undo
from thuchu.desk.claims.refusals import ClaimRefused
from thuchu.desk.claims.split import propose_split
from thuchu.desk.library.publishers import PublishersFrozen, add_hosts, find_or_add
from thuchu.desk.publishing.models import Round
from thuchu.desk.publishing.round import _params
from thuchu.desk.reactions import SCHEDULE
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db
# 19:00 in Viet Nam on the 15th: quiet from the beginning of the 14th.
POLLS_CLOSE = datetime(2027, 3, 15, 12, tzinfo=UTC)
BEGINS = datetime(2027, 3, 13, 17, tzinfo=UTC)
SECOND = timedelta(seconds=1)
QUIET = (BEGINS, datetime(2027, 3, 15, 0, tzinfo=UTC), POLLS_CLOSE - SECOND)
FREE = (BEGINS - SECOND, POLLS_CLOSE)
REASON = "Hai câu này là một."
NAMES = ("Bầu cử mẫu", "Sample election")


class ElectionDesk(Desk):
    """Three claims of an election: one with a second question, two that two people once merged; one stands outside."""

    def __init__(self):
        super().__init__(datetime(2027, 3, 1, tzinfo=UTC))
        self.times = (self.now + timedelta(days=1), POLLS_CLOSE)
        names = tuple(map(scrub, NAMES))
        self.event = open_event("election", names=names, times=self.times, areas=[], by=AN, now=self.now)
        self.cat, self.power, self.salt = map(self.claim, (CAT, POWER_CUT, SALT_WATER))
        self.ask(CAT)
        self.outside = self.claim(
            "Chợ phường mở cửa lại từ sáng thứ hai tuần sau sau khi sửa mái, có thật không cả nhà"
        )
        self.other = self.claim("Trường tiểu học cho học sinh nghỉ cả tuần để làm sân mới, phụ huynh nào biết không")
        self.merged = self.merge(self.salt, self.power)
        for claim in (self.cat, self.power):
            put_under_event(self.event, claim, by=AN, now=self.now)
        self.questions = [self.first_question(self.cat)]

    def first_question(self, claim):
        from thuchu.desk.claims.models import Grouping

        return Grouping.objects.filter(claim=claim).order_by("pk").values_list("submission_id", flat=True)[0]


def _change(desk, by):
    later = (desk.times[0], POLLS_CLOSE + timedelta(days=2))
    names = tuple(map(scrub, NAMES))
    change_event(desk.event, names=names, times=later, areas=[], by=by, now=desk.now)


def _decide(desk, by):
    number = desk.appeal
    decide_appeal(number, "overturned", scrub("Đó là hai chuyện."), by=by, now=desk.now)


def _wait_merge(desk):
    desk.waiting = propose_merge(desk.cat, desk.power, scrub(REASON), by=CHI, now=desk.now)


def _wait_split(desk):
    desk.waiting = propose_split(desk.cat, desk.questions, scrub(REASON), by=CHI, now=desk.now)


def _wait_undo(desk):
    desk.waiting = propose_undo(desk.merged, scrub(REASON), by=CHI, now=desk.now)


def _wait_appeal(desk):
    desk.appeal = appeal(desk.merged, scrub("Chúng không phải một."), by=None, now=desk.now)


def _confirm(desk, by):
    confirm(desk.waiting, by=by, now=desk.now)


# What is done, and what had been done before the last day.
ACTS = {
    "merge": (lambda desk, by: propose_merge(desk.cat, desk.power, scrub(REASON), by=by, now=desk.now), None),
    "merge one from outside": (
        lambda desk, by: propose_merge(desk.outside, desk.power, scrub(REASON), by=by, now=desk.now),
        None,
    ),
    "confirm a merge": (_confirm, _wait_merge),
    "split": (lambda desk, by: propose_split(desk.cat, desk.questions, scrub(REASON), by=by, now=desk.now), None),
    "confirm a split": (_confirm, _wait_split),
    "take a merge back": (lambda desk, by: propose_undo(desk.merged, scrub(REASON), by=by, now=desk.now), None),
    "confirm that a merge is taken back": (_confirm, _wait_undo),
    "overturn a merge": (_decide, _wait_appeal),
    "take a claim from it": (lambda desk, by: take_from_event(desk.event, desk.cat, by=by, now=desk.now), None),
    "move its times": (_change, None),
}


@pytest.fixture
def desk(db):
    return ElectionDesk()


def ready(desk, act, moment):
    do, before = ACTS[act]
    if before:
        before(desk)
    desk.now = moment
    return do


@pytest.mark.parametrize("moment", QUIET)
@pytest.mark.parametrize("act", ACTS)
def test_it_is_refused_by_whoever_does_it_with_the_moment_from_which_it_can_be_done(desk, act, moment):
    do = ready(desk, act, moment)

    for by in (DUNG, 5, 77):
        with pytest.raises(ClaimRefused) as refused:
            do(desk, by)
        assert refused.value.code in ("last_day", "last_day_times")
        assert refused.value.until == POLLS_CLOSE


@pytest.mark.parametrize("moment", FREE)
@pytest.mark.parametrize("act", ACTS)
def test_it_is_done_a_second_before_and_from_the_moment_on_at_which_the_polls_close(desk, act, moment):
    ready(desk, act, moment)(desk, DUNG)


def test_what_isnt_under_the_election_goes_on(desk):
    desk.now = QUIET[0]

    desk.merge(desk.outside, desk.other)


@pytest.mark.parametrize("moment", QUIET)
def test_no_publisher_comes_in_is_given_hosts_or_admitted(desk, moment):
    quiet = last_day.running(now=moment).ends
    publisher = find_or_add("Báo Thử", frozen_until=None, now=desk.now)
    add_hosts(publisher, ["bao.example"], admit=False, frozen_until=None, now=desk.now)

    with pytest.raises(PublishersFrozen, match="2027-03-15 19:00"):
        find_or_add("Báo Mới", frozen_until=quiet, now=moment)
    with pytest.raises(PublishersFrozen):
        add_hosts(publisher, ["moi.example"], admit=False, frozen_until=quiet, now=moment)
    with pytest.raises(PublishersFrozen):
        add_hosts(publisher, ["bao.example"], admit=True, frozen_until=quiet, now=moment)
    assert find_or_add("Báo Thử", frozen_until=quiet, now=moment) == publisher


def test_an_import_on_that_day_brings_no_publisher_and_the_next_one_does(desk, home, tmp_path):
    from thuchu.desk import journey

    file = tmp_path / "records.jsonl"
    file.write_text("")

    with pytest.raises(PublishersFrozen):
        list(journey.take_in(file, publisher="Báo Mới", hosts=["moi.example"], now=QUIET[1]))
    list(journey.take_in(file, publisher="Báo Mới", hosts=["moi.example"], now=FREE[1]))


def test_rounds_keep_the_rule_set_of_the_last_round_before(desk):
    held = {"up_to": 0, "batch": 1, "n_ratings": 0, "n_raters": 0, "digest": "0" * 64}
    Round.objects.create(number=1, params="desk 1", held_at=BEGINS - timedelta(days=1), **held)

    def name(moment):
        params = _params(moment)
        return f"{params.name} {params.version}"

    assert name(FREE[0]) != "desk 1"
    assert {name(moment) for moment in QUIET} == {"desk 1"}
    assert name(FREE[1]) != "desk 1"


def test_rounds_are_looked_for_every_ten_minutes_at_least():
    every = {each.name: each.every_seconds for each in SCHEDULE}

    assert every["publishing.settle"] <= last_day.ROUND_EVERY_SECONDS_MAX


def test_only_elections_have_a_last_day_and_it_is_one_of_theirs(desk):
    names = tuple(map(scrub, ("Bão mẫu", "Sample storm")))
    storm = open_event("storm", names=names, times=desk.times, areas=[], by=BINH, now=desk.now)

    assert last_day.window(storm) is None
    window = last_day.window(desk.event)
    assert (window.begins, window.ends) == (BEGINS, POLLS_CLOSE)
    assert last_day.running(now=FREE[0]) is None
    assert last_day.running(now=FREE[1]) is None


def test_an_election_that_ends_at_midnight_was_on_the_day_before(desk):
    Event.objects.filter(pk=desk.event).update(ends=datetime(2027, 3, 15, 17, tzinfo=UTC))

    assert last_day.window(desk.event).begins == BEGINS

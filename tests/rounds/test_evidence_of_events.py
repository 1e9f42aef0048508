"""The rule of evidence of an event: declared by two before it begins, computed from entries alone, nobody's act."""

import numpy as np
import pytest
from ledger_facts import HOUR_MS, Ledger, two_camps

from thuchu.rounds import Replay, UnknownParams, decide, params_of
from thuchu.rounds.evidence import chain_of, digest_of_host

EVENT, BEGINS_S = 5, 1_000_000
BEFORE, SINCE = BEGINS_S * 1000 - 1, BEGINS_S * 1000
OFFICIAL = chain_of("www2.baucu.example", "baucu.example")
ONE_PAPER, ANOTHER = chain_of("tin.bao.example", "bao.example"), chain_of("khac.example", "khac.example")
SAME_OWNER = chain_of("thethao.bao.example", "bao.example")
BRIDGING = (3, 6, 9, 12, 15, 18)


class Desk(Ledger):
    """A ledger whose notes say where their evidence is from, and whose events have claims."""

    def __init__(self, **hosts):
        super().__init__()
        self.hosts = hosts.get("hosts", {})

    def write(self, note, *, claim=1, verdict="false"):
        body = {"claim": claim, "verdict": verdict}
        body |= {"hosts": self.hosts[note]} if note in self.hosts else {}
        self.append("note.written", f"note:{note}", body)

    def edit(self, note, version, verdict="false", hosts=()):
        self.append("note.edited", f"note:{note}", {"version": version, "verdict": verdict, "hosts": list(hosts)})

    def open_event(self, time_ms=0):
        self.append("event.opened", f"event:{EVENT}", {"starts": BEGINS_S, "ends": 2 * BEGINS_S}, time_ms)

    def declare(self, time_ms=BEFORE, by=1, confirmed_by=2, hosts=("baucu.example",)):
        body = {"hosts": list(hosts), "by": by, "confirmed_by": confirmed_by}
        self.append("event.evidence_declared", f"event:{EVENT}", body, time_ms)

    def put(self, *claims, time_ms=BEFORE, kind="event.claim_added"):
        for claim in claims:
            self.append(kind, f"event:{EVENT}", {"claim": claim, "by": 1}, time_ms)

    def merge(self, claim, into, act=1):
        self.append("claim.merged", f"claim:{claim}", {"into": into, "proposal": act})

    def rated(self):
        two_camps(self, raters=24, notes=18)
        return self


def said(desk, *notes):
    outcome = decide(desk.replay(), time_ms=0)
    found = {each.note: (each.status, each.rule) for each in outcome.statuses}
    return [found[note] for note in notes]


HELPFUL, HELD = ("helpful", "sides_agree"), ("needs_more_ratings", "event_evidence")
EVIDENCE = {
    3: [OFFICIAL],
    6: [ONE_PAPER],
    9: [ONE_PAPER, ANOTHER],
    12: [ONE_PAPER, SAME_OWNER],
    15: [[], ANOTHER],
    18: [ONE_PAPER],
}


def declared(**more):
    desk = Desk(hosts=EVIDENCE)
    desk.open_event()
    desk.declare(**more)
    return desk


def test_an_official_page_or_two_owners_are_enough_and_nothing_less_is():
    desk = declared()
    desk.put(3, 6, 9, 12, 15)

    assert said(desk.rated(), *BRIDGING) == [HELPFUL, HELD, HELPFUL, HELD, HELD, HELPFUL]


def test_what_isnt_helpful_keeps_the_rule_that_says_so():
    plain, bound = Desk(hosts=EVIDENCE).rated(), declared()
    bound.put(*range(1, 19))

    before = {each.note: each for each in decide(plain.replay(), time_ms=0).statuses}
    after = {each.note: each for each in decide(bound.rated().replay(), time_ms=0).statuses}

    assert {note for note in before if before[note] != after[note]} == {6, 12, 15, 18}


@pytest.mark.parametrize(
    "more",
    [{"time_ms": SINCE}, {"confirmed_by": 1}, {"hosts": ()}],
    ids=["once it has begun", "by one person", "without an official host"],
)
def test_a_declaration_that_isnt_one_binds_nobody_whoever_wrote_it(more):
    desk = declared(**more)
    desk.put(*BRIDGING)

    assert said(desk.rated(), *BRIDGING) == [HELPFUL] * 6
    assert "event_evidence" not in decide(desk.replay(), time_ms=0).params


def test_an_event_that_has_begun_stays_so_whatever_is_said_of_its_times_later():
    desk = Desk(hosts=EVIDENCE)
    desk.open_event()
    desk.put(6, time_ms=SINCE)
    desk.append("event.changed", f"event:{EVENT}", {"starts": 3 * BEGINS_S, "ends": 4 * BEGINS_S}, SINCE + 1)
    desk.declare(time_ms=SINCE + 2)

    assert said(desk.rated(), 6) == [HELPFUL]


def test_once_it_has_begun_nobody_releases_a_note_by_taking_its_claim_from_the_event():
    released, kept = declared(), declared()
    for desk, moment in ((released, BEFORE), (kept, SINCE)):
        desk.put(6)
        desk.put(6, time_ms=moment, kind="event.claim_removed")

    assert said(released.rated(), 6) == [HELPFUL]
    assert said(kept.rated(), 6) == [HELD]


def test_nobody_takes_a_status_away_by_putting_a_claim_under_an_event():
    desk = declared().rated()
    desk.hold(1, decide(desk.replay(), time_ms=0), 0)
    desk.put(6, time_ms=SINCE)

    assert said(desk, 6) == [HELPFUL]
    desk.hold(2, decide(desk.replay(), time_ms=HOUR_MS), HOUR_MS)
    assert decide(desk.replay(), time_ms=2 * HOUR_MS).agreed >= {6}


def test_an_edited_note_is_looked_at_anew():
    desk = declared()
    desk.put(6)
    desk.rated()
    lines = [(6, 2, 1001 + rater, "helpful") for rater in range(24)]
    desk.edit(6, 2, hosts=[ONE_PAPER, ANOTHER])
    desk.rate(*lines, batch=2)

    assert said(desk, 6) == [HELPFUL]


def test_the_note_of_a_merged_claim_is_under_what_its_claim_leads_to():
    desk = declared()
    desk.put(100)
    desk.rated()
    desk.merge(6, 101)
    desk.merge(101, 100, act=2)

    assert said(desk, 6, 18) == [HELD, HELPFUL]


def test_older_entries_say_nothing_of_hosts_and_are_read_as_ever():
    old = Ledger()
    two_camps(old, raters=24, notes=18)

    outcome = decide(old.replay(), time_ms=0)

    assert "event_evidence" not in outcome.params
    assert {each.note for each in outcome.statuses if each.status == "helpful"} == set(BRIDGING)


def test_a_round_says_that_it_asked_the_rule_so_that_nobody_computes_it_without():
    desk = declared()

    params = decide(desk.rated().replay(), time_ms=0).params

    assert params.endswith(" + event_evidence 1")
    assert params_of(params) == params_of(params.partition(" + ")[0])
    with pytest.raises(UnknownParams):
        params_of(params.replace("evidence 1", "evidence 2"))


def test_it_is_a_matter_of_entries_not_of_raters_names():
    desk = declared()
    desk.put(6, 12)
    desk.rated()
    renamed = Replay()
    for seq, time_ms, kind, subject, body in desk.entries:
        ratings = [[n, v, str(9000 - int(r)), level, why] for n, v, r, level, why in body.get("ratings", ())]
        renamed.feed(seq, time_ms, kind, subject, {"ratings": ratings} if ratings else body)

    assert decide(renamed, time_ms=0).digest == decide(desk.replay(), time_ms=0).digest
    assert np.array_equal(renamed.ratings().note, desk.replay().ratings().note)


def test_a_host_is_known_by_digests_up_to_the_name_that_somebody_registered():
    assert chain_of("a.b.example", "b.example") == [digest_of_host("a.b.example"), digest_of_host("b.example")]
    assert chain_of("192.0.2.7", "192.0.2.7") == [digest_of_host("192.0.2.7")]

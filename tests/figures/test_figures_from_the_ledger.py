"""Base tables from the ledger: what is counted in a period, and what a later act does and doesn't change."""

import pytest
from ledgers import Ledger, day, later

from thuchu.figures.compute import figures
from thuchu.figures.from_ledger import KINDS, UnreadableEntry, public_tables
from thuchu.figures.period import Period

FIRST = Period(day(1, 1), day(4, 1))
SECOND = Period(day(4, 1), day(7, 1))
TREE = {"vn": "vn", "p1": "vn", "p2": "vn", "c1": "p1", "c2": "p1", "c3": "p1"}


def tables(ledger, period=FIRST, *, last=None, tree=TREE):
    return public_tables(ledger.entries, period=period, ledger_number=last or ledger.last, tree=tree)


def rows(ledger, name, period=FIRST, **more):
    return set(tables(ledger, period, **more)[name].rows)


def figure(ledger, key, part=None, period=FIRST, **more):
    found = figures(tables(ledger, period, **more), period)
    return next(each for each in found if (each.key, each.part) == (key, part))


@pytest.fixture
def ledger():
    return Ledger()


def test_a_claim_waits_from_its_first_question_to_its_first_fact_check(ledger):
    ledger.opened((day(2, 1), 8), 1)
    ledger.agreed((day(2, 2), 9), 5, 1)
    ledger.agreed((day(2, 3), 9), 6, 1)

    assert tables(ledger)["waits"].rows == ((0, 25 * 3600, "answered"),)


def test_an_answer_given_after_the_period_counts_next_time(ledger):
    ledger.opened((day(3, 31), 0), 1)
    ledger.agreed((day(4, 2), 0), 5, 1)

    assert tables(ledger)["waits"].rows == ((0, 86_400, "open"),)
    assert tables(ledger, SECOND)["waits"].rows == ((86_400, 2 * 86_400, "answered"),)


def test_days_begin_at_midnight_in_viet_nam(ledger):
    ledger.opened((day(3, 31), 23.999), 1)
    ledger.opened((day(4, 1), 0), 2)

    assert figure(ledger, "claims_new").value == "1"
    assert figure(ledger, "claims_new", period=SECOND).value == "1"


def test_merged_claims_are_one_that_waits_since_the_first_was_opened(ledger):
    ledger.opened((day(2, 1), 0), 1)
    ledger.opened((day(2, 2), 0), 2)
    ledger.merged((day(2, 3), 0), 2, 1)
    ledger.agreed((day(2, 4), 0), 5, 1)

    assert tables(ledger)["waits"].rows == ((0, 3 * 86_400, "answered"),)
    assert figure(ledger, "claims_new").value == "1"
    assert figure(ledger, "claims_closed", "merged").value == "1"


def test_a_merge_of_a_later_day_says_which_claims_are_one_but_closes_none_in_the_period(ledger):
    ledger.opened((day(2, 1), 0), 1)
    ledger.opened((day(2, 2), 0), 2)
    ledger.merged((day(4, 3), 0), 2, 1)

    assert figure(ledger, "claims_new").value == "1"
    assert figure(ledger, "claims_closed", "merged").value == "0"


def test_a_merge_that_was_undone_by_the_ledger_number_never_happened(ledger):
    ledger.opened((day(2, 1), 0), 1)
    ledger.opened((day(2, 2), 0), 2)
    act = ledger.merged((day(2, 3), 0), 2, 1)
    before = ledger.last
    ledger.undone((day(4, 4), 0), "merge", 2, act)

    assert figure(ledger, "claims_new").value == "2"
    assert figure(ledger, "claims_new", last=before).value == "1"


def test_a_claim_split_off_waits_since_the_claim_that_its_questions_were_under(ledger):
    ledger.opened((day(2, 1), 0), 1)
    act = ledger.split((day(2, 5), 0), 1, 2)
    ledger.agreed((day(2, 6), 0), 5, 2)

    assert sorted(tables(ledger)["waits"].rows) == [(0, 5 * 86_400, "answered"), (0, 59 * 86_400, "open")]

    ledger.undone((day(2, 7), 0), "split", 1, act)

    assert tables(ledger)["waits"].rows == ((0, 5 * 86_400, "answered"),)


def test_a_closing_ends_waiting_unless_it_was_undone(ledger):
    ledger.opened((day(2, 1), 0), 1)
    act = ledger.closed((day(2, 2), 0), 1)

    assert tables(ledger)["waits"].rows == ((0, 86_400, "not_checkable"),)

    ledger.undone((day(2, 3), 0), "closing", 1, act)

    assert tables(ledger)["waits"].rows == ((0, 59 * 86_400, "open"),)


def test_a_claim_whose_questions_were_erased_was_withdrawn(ledger):
    ledger.opened((day(2, 1), 0), 1)
    ledger.add((day(2, 2), 0), "claim.erased", "claim:1")

    assert tables(ledger)["waits"].rows == ((0, 86_400, "withdrawn"),)


def test_facts_after_the_ledger_number_move_nothing(ledger):
    for claim in range(1, 31):
        ledger.opened((day(2, 1), claim / 2), claim)
        if claim % 3:
            ledger.agreed(later((day(2, 1), claim / 2), claim), claim, claim)
    frozen = ledger.last
    before = {name: table.csv for name, table in tables(ledger).items()}
    ledger.merged((day(4, 3), 0), 3, 1)
    ledger.closed((day(4, 3), 0), 6)
    ledger.add((day(4, 3), 0), "claim.erased", "claim:9")
    ledger.lost((day(4, 3), 0), 1)
    ledger.add((day(4, 3), 0), "contributor.left", "pseudonym:1")

    assert {name: table.csv for name, table in tables(ledger, last=frozen).items()} == before


def test_what_waits_is_counted_each_week_by_how_long(ledger):
    ledger.opened((day(2, 1), 0), 1)
    ledger.opened((day(3, 31), 12), 2)
    ledger.agreed((day(2, 10), 0), 5, 1)

    found = rows(ledger, "backlog")

    assert ("2026-02-02", "1_3d", 1) in found  # a Monday, exactly one day old
    assert ("2026-02-09", "7_30d", 1) in found
    assert ("2026-02-16", "7_30d", 0) in found
    assert ("2026-04-01", "0_1d", 1) in found
    assert figure(ledger, "backlog").value == "1"
    assert figure(ledger, "backlog_age", "oldest").value == str(12 * 3600)


def test_a_claim_whose_fact_check_lost_its_agreement_waits_again_since_then(ledger):
    ledger.opened((day(2, 1), 0), 1)
    ledger.agreed((day(2, 2), 0), 5, 1)
    ledger.lost((day(3, 30), 0), 5)

    assert tables(ledger)["waits"].rows == ((0, 86_400, "answered"),)
    assert figure(ledger, "backlog_age", "oldest").value == str(2 * 86_400)

    ledger.agreed((day(3, 31), 0), 5, 1, version=2)

    assert figure(ledger, "backlog").value == "0"


def test_small_areas_are_counted_with_the_one_around_them(ledger):
    for claim in range(1, 41):
        ledger.opened((day(2, 1), 0), claim)
        ledger.areas((day(2, 1), 1), claim, "c1" if claim <= 25 else "c2" if claim <= 31 else "c3")
    for claim in range(1, 13):
        ledger.agreed((day(2, 2), 0), claim, claim)

    assert rows(ledger, "coverage_area") == {("c1", "own", 25, 12), ("p1", "rest", 15, 0)}


def test_a_few_claims_about_two_small_areas_are_not_many(ledger):
    """Six claims about both communes are six, not twelve."""
    for claim in range(1, 7):
        ledger.opened((day(2, 1), 0), claim)
        ledger.areas((day(2, 1), 1), claim, "c1", "c2")

    assert rows(ledger, "coverage_area") == set()
    assert figure(ledger, "coverage_area").note == "too_few"


def test_claims_of_the_last_three_days_belong_to_the_next_periods_areas(ledger):
    for claim in range(1, 12):
        ledger.opened((day(3, 30), 0), claim)
        ledger.areas((day(3, 30), 0), claim, "c1")

    assert rows(ledger, "coverage_area") == set()
    assert rows(ledger, "coverage_area", SECOND) == {("c1", "own", 11, 0)}


def test_a_fact_check_with_another_verdict_or_other_evidence_has_changed(ledger):
    for note, evidence in ((1, [1]), (2, [1, 2]), (3, [3])):
        ledger.written((day(2, 1), 0), note, note, evidence)
        ledger.agreed((day(2, 2), 0), note, note)
    ledger.agreed((day(2, 3), 0), 1, 1, verdict="misleading")
    ledger.add((day(2, 4), 0), "note.edited", "note:2", version=2, verdict="false", evidence=[9])
    ledger.agreed((day(2, 5), 0), 2, 2, version=2)
    ledger.agreed((day(2, 5), 0), 3, 3)

    assert rows(ledger, "corrections") == {(86_400, "changed"), (3 * 86_400, "changed"), (58 * 86_400, "unchanged")}


def test_reports_of_one_thing_are_one_case_until_it_was_corrected(ledger):
    due = {"due": "2026-03-01"}
    ledger.add((day(2, 1), 0), "report.received", "report:1", about="note:5", **due)
    ledger.add((day(2, 2), 0), "report.received", "report:2", about="note:5", **due)
    ledger.add((day(2, 2), 0), "report.received", "report:3", about="fact_check:x", **due)
    ledger.add((day(2, 3), 0), "report.closed", "report:1", about="note:5", outcome="nothing_wrong")
    ledger.add((day(2, 4), 0), "report.closed", "report:2", about="note:5", outcome="note_edited")

    assert rows(ledger, "correction_waits") == {(3 * 86_400, "corrected"), (58 * 86_400, "open")}


def test_sources_of_standing_notes_are_counted_by_what_was_last_seen(ledger):
    ledger.written((day(2, 1), 0), 1, 1, [1, 2])
    ledger.written((day(2, 1), 0), 2, 1, [2, 3, 4])
    ledger.add((day(2, 1), 0), "note.withdrawn", "note:2", version=1)
    for piece, state in ((1, "gone"), (2, "changed"), (3, "gone")):
        ledger.add((day(2, 2), 0), "evidence.rotted", f"evidence:{piece}", state=state, before="alive")
    ledger.add((day(2, 3), 0), "evidence.recovered", "evidence:2", state="alive", before="changed")

    assert rows(ledger, "evidence") == {("gone", 1), ("shown", 1)}


def test_people_who_rated_are_told_from_ten_on_and_never_one_by_one(ledger):
    def batch(raters):
        lines = [[1, 1, str(2**61 + rater), "helpful", []] for rater in range(raters)]
        ledger.add((day(2, 1), 0), "ratings.entered", "ratings:1", ratings=lines)

    batch(9)

    assert rows(ledger, "raters") == set()
    assert figure(ledger, "raters").note == "too_few"

    batch(12)

    # Nine rated twice, three once: 21 ratings, 9 * 4 + 3 squared.
    assert rows(ledger, "raters") == {(12, 21, 39)}
    assert figure(ledger, "raters", "effective").value == "11.3077"


def test_ratings_of_helpful_notes_are_counted_as_they_stand(ledger):
    lines = [[1, 1, str(rater), "helpful", []] for rater in range(12)] + [[2, 1, "1", "helpful", []]]
    ledger.add((day(2, 1), 0), "ratings.entered", "ratings:1", ratings=lines)
    ledger.add((day(2, 2), 0), "ratings.entered", "ratings:2", ratings=[[1, 1, "3", "retracted", []]])
    changes = [[1, 1, "helpful", "r"], [2, 1, "helpful", "r"], [3, 1, "not_helpful", "r"]]
    ledger.add((day(2, 3), 0), "statuses.changed", "round:1", changes=changes)

    assert rows(ledger, "helpful_ratings") == {(1, 1), (11, 1)}


def test_acts_that_keep_order_are_counted_by_kind(ledger):
    ledger.opened((day(2, 1), 0), 1)
    act = ledger.closed((day(2, 2), 0), 1, "private")
    ledger.undone((day(2, 3), 0), "closing", 1, act)
    ledger.add((day(2, 3), 0), "claim.appealed", "claim:1", act=act, appeal=1, words_digest="00")
    ledger.add((day(4, 3), 0), "claim.appeal_decided", "claim:1", act=act, appeal=1, outcome="upheld")

    assert rows(ledger, "order") == {("closed_private", 1), ("closing_undone", 1), ("appealed", 1)}


def test_inquiries_stand_by_organisation_and_by_what_became_of_them(ledger):
    def sent(number, on, due):
        ledger.add((on, 0), "inquiry.sent", f"inquiry:{number}", organisation="Sở Y tế", on=on.isoformat(), due=due)

    def answered(number, on, outcome="answered"):
        body = {"outcome": outcome, "on": on.isoformat()}
        ledger.add((on, 0), "inquiry.answered", f"inquiry:{number}", **body)

    sent(1, day(2, 1), "2026-02-06")
    answered(1, day(2, 6))
    sent(2, day(2, 1), "2026-02-06")
    answered(2, day(2, 7))
    sent(3, day(2, 1), "2026-02-06")
    sent(4, day(3, 30), "2026-04-06")
    sent(5, day(2, 1), "2026-02-06")
    ledger.add((day(2, 5), 0), "inquiry.extended", "inquiry:5", on="2026-02-05", due="2026-02-20")
    answered(5, day(2, 20))
    sent(6, day(2, 1), "2026-02-06")
    answered(6, day(2, 3), "refused")
    # Entered after the period, of a day within it.
    ledger.add((day(4, 2), 0), "inquiry.answered", "inquiry:3", outcome="answered", on="2026-03-30")

    assert {row[1:] for row in rows(ledger, "inquiries")} == {
        ("answered_on_time", 2),
        ("answered_late", 2),
        ("no_answer_yet", 1),
        ("refused", 1),
    }
    assert rows(ledger, "inquiries", SECOND) == {("Sở Y tế", "open_from_before", 1)}


def test_commitments_due_in_the_period_are_done_on_time_late_or_not(ledger):
    def agreed(number, due, measure="deliverable"):
        body = {"number": number, "due": due, "original_due": due, "measure": measure, "owner": "desk"}
        ledger.add((day(1, 10), 0), "commitment.agreed", f"commitment:CK-2026-{number:03}", **body)

    def done(number, on, evidence=1, *, confirmed=True):
        subject = f"commitment:CK-2026-{number:03}"
        body = {"state": "reported_done", "evidence": evidence, "on": on, "by_role": "desk"}
        ledger.add((day(3, 1), 0), "commitment.updated", subject, **body)
        if confirmed:
            ledger.add((day(4, 2), 0), "commitment.confirmed", subject, on="2026-04-02", by_role="other")

    agreed(1, "2026-02-01")
    done(1, "2026-02-01")
    agreed(2, "2026-02-01")
    done(2, "2026-02-02")
    agreed(3, "2026-03-31")
    agreed(4, "2026-04-01")
    agreed(5, "2026-02-01")
    done(5, "2026-01-20", confirmed=False)
    agreed(6, "2026-02-01")
    done(6, "2026-01-20", evidence=0, confirmed=False)
    agreed(7, "2026-02-01", "figure:wait_median::at_most:86400")
    agreed(10, "2026-02-01")
    done(10, "2026-01-20", confirmed=False)
    body = {"on": "2026-03-02", "by_role": "other", "text_digest": "00"}
    ledger.add((day(3, 2), 0), "commitment.report_refused", "commitment:CK-2026-010", **body)
    agreed(8, "2026-02-01")
    ledger.add((day(1, 20), 0), "commitment.dropped", "commitment:CK-2026-008", resolution=3)
    agreed(9, "2026-02-01")
    ledger.add((day(1, 20), 0), "commitment.extended", "commitment:CK-2026-009", due="2026-05-01", resolution=3)

    found = {"on_time", "late", "overdue", "reported", "no_evidence", "to_be_judged", "dropped", "extended"}
    assert rows(ledger, "commitments") == {(outcome, 1 + (outcome == "overdue")) for outcome in found}
    share = figure(ledger, "commitments")
    assert (share.numerator, share.denominator, share.note) == (1, 7, "too_few")
    assert ("overdue", 2) in rows(ledger, "commitments", SECOND)


def test_a_figure_that_judged_a_commitment_counts_from_the_next_review_on(ledger):
    body = {"number": 1, "due": "2026-03-20", "original_due": "2026-03-20", "owner": "desk"}
    subject = "commitment:CK-2026-001"
    ledger.add((day(1, 10), 0), "commitment.agreed", subject, measure="figure:wait_median::at_most:86400", **body)
    frozen = ledger.last
    ledger.add((day(4, 7), 0), "commitment.judged", subject, outcome="met", review="2026-q1")
    ledger.add((day(4, 7), 0), "commitment.confirmed", subject, on="2026-03-31", by_role="figure")

    assert rows(ledger, "commitments", last=frozen) == {("to_be_judged", 1)}
    assert rows(ledger, "commitments") == {("late", 1)}


def test_the_same_bytes_come_of_entries_of_other_kinds_left_out(ledger):
    ledger.opened((day(2, 1), 0), 1)
    ledger.add((day(2, 1), 0), "publisher.added", "publisher:1", name="A")
    ledger.agreed((day(2, 2), 0), 5, 1)
    read = [entry for entry in ledger.entries if entry[2] in KINDS]

    left_out = public_tables(read, period=FIRST, ledger_number=ledger.last, tree=TREE)

    assert left_out == tables(ledger)


def test_an_entry_that_is_not_what_its_kind_carries_is_named(ledger):
    ledger.opened((day(2, 1), 0), 1)
    ledger.add((day(2, 2), 0), "fact_check.agreed", "fact_check:x", note="five")

    with pytest.raises(UnreadableEntry, match=r"entry 2 \(fact_check.agreed\): "):
        tables(ledger)


def test_an_empty_ledger_gives_every_table_and_says_too_few(ledger):
    found = figures(tables(ledger), FIRST)

    assert {each.key for each in found} >= {"wait_median", "within_24h", "coverage_area", "corrections_90d", "raters"}
    assert all(each.value in (None, "0") for each in found)

"""Each principle test fails when its guard is removed: the guard is taken out of a copy, and the test must notice."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Guard:
    """A line that protects a rule, what stands in its place when it is gone, and the test that must notice."""

    file: str
    line: str
    gone: str
    test: str


GUARDS = [
    Guard(
        "desk/facts/pinning.py",
        "    if row.pinned_by == by:\n",
        "    if False:\n",
        "../facts/test_pinned_facts.py::test_one_person_alone_makes_no_fact",
    ),
    Guard(
        "desk/facts/reads.py",
        '    return "stale" if is_changed or row.next_check_at <= now else "current"\n',
        '    return "current"\n',
        "../facts/test_pinned_facts.py::test_a_fact_past_its_next_check_is_shown_and_answers_nobody",
    ),
    Guard(
        "desk/facts/pinning.py",
        "    if wanted.field not in {field.code for field in fields_of(event.kind)}:\n        raise NoSuchField\n",
        "",
        "../facts/test_pinned_facts.py::test_an_election_has_no_field_for_who_stands_or_how_it_ended",
    ),
    Guard(
        "desk/claims/last_day.py",
        '        raise ClaimRefused("last_day", until=max(ends))\n',
        "        pass\n",
        "test_the_last_day_stands_still.py",
    ),
    Guard(
        "desk/claims/last_day.py",
        '        raise ClaimRefused("last_day_times", until=its_own.ends)\n',
        "        pass\n",
        "test_the_last_day_stands_still.py",
    ),
    Guard(
        "desk/library/publishers.py",
        "        if frozen_until is not None and (new or admit):\n",
        "        if False:\n",
        "test_the_last_day_stands_still.py",
    ),
    Guard(
        "desk/publishing/round.py",
        "    if quiet is None:\n        return DESK\n",
        "    if True:\n        return DESK\n",
        "test_the_last_day_stands_still.py",
    ),
    Guard(
        "rounds/evidence.py",
        "self._has_begun(event, time_ms) or one == other",
        "one == other",
        "../rounds/test_evidence_of_events.py",
    ),
    Guard(
        "desk/reviews/amending.py",
        "        if row.proposed_by == by:\n",
        "        if False:\n",
        "test_rule_4_reviews_decide_no_verdict.py::test_one_person_alone_amends_nothing",
    ),
    Guard(
        "desk/journey.py",
        "    text = privacy.scrub(message)\n",
        "    from thuchu.privacy.clean import build_clean\n    text = build_clean(normalise(message), ())\n",
        "test_nothing_identifying_stored.py::test_no_door_lets_personal_data_onto_the_disk",
    ),
    Guard(
        "desk/library/importing.py",
        "        claim=scrub(record.claim).text,\n",
        "        claim=record.claim,\n",
        "test_nothing_identifying_stored.py::test_no_door_lets_personal_data_onto_the_disk",
    ),
    Guard(
        "desk/logs.py",
        '        line = _STATUS_LINK.sub(r"\\1…", _QUERY.sub("?…", _QUOTING.sub(r"\\1", _line(record))))\n',
        "        line = record.getMessage()\n",
        "test_nothing_identifying_stored.py::test_a_broken_request_leaves_no_words_in_the_log",
    ),
    Guard(
        "desk/intake/receive.py",
        "clean, token = require_clean(text).text, new_token()",
        "clean, token = str(getattr(text, 'text', text)), new_token()",
        "../intake/test_keeping.py::test_text_that_was_not_scrubbed_is_not_taken",
    ),
    Guard(
        "desk/triggers.py",
        "                cursor.execute(statement)\n",
        "                pass\n",
        "test_rule_4_nobody_publishes_by_hand.py",
    ),
    Guard(
        "rounds/decide.py",
        "        if time_ms - replay.rounds[before.since_round].time_ms >= AGREED_AFTER_MS:\n",
        "        if True:\n",
        "../rounds/test_rounds_from_the_ledger.py",
    ),
    Guard(
        "rounds/decide.py",
        "each.version), 0) >= PEOPLE_A_PART_MIN",
        "each.version), 0) >= 1",
        "test_rule_7_plots.py::test_a_picture_stays_until_five_people_said_something_new",
    ),
    Guard(
        "desk/publishing/reports.py",
        "    if person.pseudonym_id in (row.answered_by, author):",
        "    if False:",
        "../publishing/test_reports.py::test_one_person_is_not_two_and_the_author_is_neither",
    ),
    Guard(
        "desk/library/importing.py",
        "    if known.note is not None:\n",
        "    if False:\n",
        "../publishing/test_publishing.py::test_no_import_touches_what_was_agreed",
    ),
    Guard(
        "desk/inquiries/guards.py",
        "AND OLD.question != NEW.question AND NOT",
        "AND FALSE AND NOT",
        "test_rule_4_an_answer_is_no_verdict.py::test_a_question_that_was_sent_keeps_its_words",
    ),
    Guard(
        "log/chain.py",
        "        if head.hash != stored:\n",
        "        if False:\n",
        "test_rule_4_nobody_publishes_by_hand.py",
    ),
    Guard(
        "desk/journey.py",
        "shown[0].fact_check.is_answerable and not disputed",
        "not disputed",
        "test_rule_5_others_answers_stay_theirs.py",
    ),
    Guard(
        "desk/journey.py",
        "admit=bool(hosts) and intake_reads.nobody_has_asked()",
        "admit=bool(hosts)",
        "test_rule_5_others_answers_stay_theirs.py",
    ),
    Guard(
        "desk/library/publishers.py",
        'host == entry or host.endswith("." + entry)',
        "host.endswith(entry)",
        "test_rule_5_others_answers_stay_theirs.py",
    ),
    Guard(
        "matching/matcher.py",
        "ANSWER_WORDS_MIN = 8\n",
        "ANSWER_WORDS_MIN = 0\n",
        "test_rule_8_machines_suggest.py",
    ),
    Guard(
        "desk/jobs/worker.py",
        "        return place_of(type(error), error.__traceback__)\n",
        "        return repr(error)\n",
        "../jobs/test_worker.py::test_what_is_kept_and_logged_of_an_error_quotes_nobody",
    ),
    Guard(
        "desk/reactions.py",
        '    Periodic("intake.erase", every_seconds=3600),\n',
        "",
        "../jobs/test_reactions.py::test_a_worker_erases_the_questions_whose_time_is_over",
    ),
    Guard(
        "desk/accounts/joining.py",
        "    number = 1 + secrets.randbelow(RATER_NUMBER_MAX)\n",
        "    number = 1 + pseudonym_id\n",
        "test_rule_7_rater_numbers.py",
    ),
    Guard(
        "desk/accounts/leave.py",
        "        account.delete()\n",
        "",
        "test_rule_7_rater_numbers.py",
    ),
    Guard(
        "desk/accounts/permissions.py",
        "        Act.CONFIRM_WITHHOLD: _ORDER,\n",
        "        Act.CONFIRM_WITHHOLD: _EVERYBODY,\n",
        "test_rule_4_no_role_publishes.py",
    ),
    Guard(
        "desk/accounts/reads.py",
        "(held if second_factor and strong else frozenset())",
        "held",
        "../accounts/test_sign_in.py",
    ),
    Guard(
        "desk/accounts/session.py",
        "        session.pop(_HELD, None)\n",
        "",
        "../accounts/test_passkeys.py",
    ),
    Guard(
        "desk/accounts/sign_in.py",
        "    require_slow(line)\n",
        "",
        "../accounts/test_sign_in.py",
    ),
    Guard(
        "desk/claims/closing.py",
        "    if row.code == PRIVATE:\n",
        "    if False:\n",
        "test_rule_1_only_facts.py",
    ),
    Guard(
        "desk/claims/closing.py",
        "    if code not in CLOSING_REASONS:\n",
        "    if False:\n",
        "test_rule_1_only_facts.py",
    ),
    Guard(
        "desk/claims/proposals.py",
        '        if row.proposed_by == by:\n            raise ClaimRefused("same_person", rule=4)\n        if has',
        "        if has",
        "test_rule_4_two_people_keep_order.py",
    ),
    Guard(
        "desk/claims/appeals.py",
        "        if by in (row.first_person, row.second_person, row.by):\n",
        "        if False:\n",
        "test_rule_4_two_people_keep_order.py",
    ),
    Guard(
        "desk/claims/events.py",
        "        if about not in allowed:\n",
        "        if False:\n",
        "test_rule_10_elections_are_about_the_vote.py",
    ),
    Guard(
        "desk/triggers.py",
        "                cursor.execute(statement)\n",
        "                pass\n",
        "test_rule_10_elections_are_about_the_vote.py",
    ),
    Guard(
        "desk/journey.py",
        "    let_go(numbers, now=now)\n",
        "",
        "../journey/test_waiting.py::test_erasing_a_question_erases_its_claim",
    ),
    Guard(
        "desk/evidence/addresses.py",
        "    if ip is not None and not is_reachable(ip) and not is_test_server:\n",
        "    if False:\n",
        "../evidence/test_nothing_inside_is_reached.py",
    ),
    Guard(
        "desk/evidence/fetch.py",
        "not all(self._may_reach(ip, target.port) for ip in addresses)",
        "not any(self._may_reach(ip, target.port) for ip in addresses)",
        "../evidence/test_nothing_inside_is_reached.py",
    ),
    Guard(
        "desk/evidence/fetch.py",
        "        return [str(ip) for ip in addresses[:_DIALS_MAX]]\n",
        "        return [target.host]\n",
        "../evidence/test_nothing_inside_is_reached.py",
    ),
    Guard(
        "desk/evidence/capture.py",
        "        return scrub(text).text\n",
        "        return text\n",
        "test_rule_3_evidence_stays_and_is_never_served_raw.py",
    ),
    Guard(
        "desk/evidence/capture.py",
        "    place = place_of(page.final_address)\n",
        "    place = place_of(address)\n",
        "test_rule_3_evidence_stays_and_is_never_served_raw.py",
    ),
    Guard(
        "desk/evidence/sources.py",
        "    _refuse_personal(opened, read.host)\n",
        "",
        "test_rule_3_evidence_stays_and_is_never_served_raw.py",
    ),
    Guard(
        "desk/evidence/capture.py",
        "    kept = body if reading.picture is None else reading.picture\n",
        "    kept = body\n",
        "../evidence/test_capturing.py::test_what_a_camera_wrote_into_a_picture_is_not_kept",
    ),
    Guard(
        "desk/notes/drafts.py",
        "    if not chosen:\n        raise refusals.EvidenceWanted\n",
        "",
        "test_rule_3_no_verdict_without_evidence.py",
    ),
    Guard(
        "desk/triggers.py",
        "                cursor.execute(statement)\n",
        "                pass\n",
        "test_rule_3_no_verdict_without_evidence.py",
    ),
    Guard(
        "desk/notes/rows.py",
        "    if row.author_id != author.pseudonym_id:\n",
        "    if False:\n",
        "../notes/test_note_writing.py::test_nobody_edits_or_withdraws_anothers_note_whatever_their_role",
    ),
    Guard(
        "desk/notes/batch.py",
        "        if n_people < PEOPLE_MIN:\n",
        "        if n_people < 1:\n",
        "test_rule_7_ratings_without_names.py",
    ),
    Guard(
        "desk/notes/batch.py",
        "        (rng or random.SystemRandom()).shuffle(rows)\n",
        "",
        "../notes/test_note_batches.py::test_the_order_within_a_batch_is_that_of_the_dice",
    ),
    Guard(
        "desk/notes/reads.py",
        "        result=_result(counts) if is_own or has_rated else None,\n",
        "        result=_result(counts),\n",
        "../notes/test_note_rating.py::test_no_result_is_shown_before_one_rated",
    ),
    Guard(
        "desk/notes/rate.py",
        "        _require_others_words(row, rater)\n",
        "",
        "../notes/test_note_rating.py::test_nobody_rates_their_own_words",
    ),
    Guard(
        "desk/notes/rows.py",
        "    if type(view) is not AccountView:\n",
        "    if False:\n",
        "test_rule_8_machines_never_rate.py",
    ),
    Guard(
        "desk/notes/lane.py",
        "    if drafted.filter(claim=claim_id).count() >= AI_NOTES_A_CLAIM_MAX:\n",
        "    if False:\n",
        "test_rule_8_machines_never_rate.py",
    ),
    Guard(
        "desk/journey.py",
        "    tell_askers(now=now)\n",
        "",
        "test_rule_9_a_correction_travels.py",
    ),
    Guard(
        "desk/replies/sayings.py",
        "    return before.kind in _SAID_SOMETHING and before != now\n",
        "    return False\n",
        "test_rule_9_a_correction_travels.py",
    ),
    Guard(
        "desk/replies/writing.py",
        "filter(submission=submission, state=CONFIRMED)",
        "filter(submission=submission)",
        "../replies/test_sending_letters.py",
    ),
    Guard(
        "desk/replies/sealing.py",
        '    return nonce + AESGCM(_key("seal")).encrypt(nonce, plain, str(whose).encode())\n',
        "    return plain\n",
        "../replies/test_left_addresses.py::test_the_address_stands_nowhere_in_clear",
    ),
    Guard(
        "desk/commitments/follow.py",
        "    if by_role == owner_name(row) or person.pseudonym_id in {each.by for each in report_of(row)}:\n",
        "    if False:\n",
        "../commitments/test_following_commitments.py::test_whoever_reported_or_speaks_for_the_owner_confirms_nothing",
    ),
    Guard(
        "desk/triggers.py",
        "                cursor.execute(statement)\n",
        "                pass\n",
        "../commitments/test_following_commitments.py::test_the_database_itself_keeps_what_was_agreed",
    ),
    Guard(
        "desk/web/pages/mail.py",
        '    if request.method == "POST":\n        confirm_mail(link, now=now)\n',
        "    confirm_mail(link, now=now)\n",
        "../web/test_mail_pages.py",
    ),
    Guard(
        "desk/accounts/permissions.py",
        "        Act.CONFIRM_MERGE: _ORDER,\n",
        "        Act.CONFIRM_MERGE: _EVERYBODY,\n",
        "test_rule_4_every_role_at_every_door.py",
    ),
    Guard(
        "desk/notes/rows.py",
        "    if row.author_id != author.pseudonym_id:\n",
        "    if False:\n",
        "test_rule_4_every_role_at_every_door.py",
    ),
    Guard(
        "rounds/replay.py",
        "level[last], entries=last)",
        "level[last])",
        "test_rule_6_anyone_can_recompute.py::test_whatever_raters_are_called_every_sum_is_the_same_to_the_bit",
    ),
    Guard(
        "desk/publishing/round.py",
        "Replay(), ledger.last_number() if up_to is None else up_to\n",
        "Replay(), ledger.last_number()\n",
        "test_rule_6_anyone_can_recompute.py::test_what_comes_after_a_round_bears_on_it_no_more",
    ),
    Guard(
        "dump/recompute.py",
        "        if outcome.digest != held.digest:\n",
        "        if False:\n",
        "test_rule_6_anyone_can_recompute.py::test_a_digest_that_is_not_that_of_its_statuses_is_told",
    ),
    Guard(
        "dump/recompute.py",
        "            if got.get(note) != expected.get(note):\n",
        "            if False:\n",
        "../dump/test_checking_dumps.py::test_a_status_that_somebody_set_is_told_with_round_note_and_both_sides",
    ),
    Guard(
        "dump/recompute.py",
        "        if counts != held.counts:\n",
        "        if False:\n",
        "../dump/test_checking_dumps.py::test_a_rating_that_somebody_added_is_told_by_counts_and_digest",
    ),
    Guard(
        "dump/recompute.py",
        '        if agreed is not None and agreed.get(body["note"]) != body["version"]:\n',
        "        if False:\n",
        "../dump/test_checking_dumps.py::test_a_fact_check_that_no_round_agreed_on_is_told",
    ),
    Guard(
        "dump/verify.py",
        "        if params is not None and said != _as_json(params):\n",
        "        if False:\n",
        "../dump/test_checking_dumps.py::test_other_numbers_under_the_same_name_are_told",
    ),
    Guard(
        "dump/verify.py",
        "                chain.require_same(head, known)\n",
        "                pass\n",
        "../dump/test_checking_dumps.py::test_a_head_written_down_earlier_must_be_part_of_the_chain",
    ),
    Guard(
        "dump/verify.py",
        "        if manifest.digest_of(folder / name) != found.files[name]:\n",
        "        if False:\n",
        "../dump/test_checking_dumps.py::test_files_of_reviews_are_checked_like_all_others",
    ),
    Guard(
        "desk/dump/kept.py",
        "found is None or ledger.any_since(TAKES_AWAY, found.seq)",
        "found is None",
        "../dump/test_public_dump.py::test_what_was_hidden_since_is_handed_out_no_more",
    ),
    Guard(
        "consensus/scorer.py",
        "ratings.where(company(ratings, params.notes_per_time) <= params.company_max)",
        "ratings",
        "../consensus/test_independence.py::test_a_bloc_publishes_nothing_that_its_opponents_reject",
    ),
    Guard(
        "consensus/rules.py",
        "(facts.agreed >= params.agreement_probability) & liked",
        "liked",
        "../consensus/test_scorer.py::test_a_note_that_divides_one_side_waits_however_well_it_does_on_the_whole",
    ),
    Guard(
        "consensus/rules.py",
        "(unheard if facts.two_sides else np.ones_like(unheard))",
        "unheard & False",
        "../consensus/test_scorer.py::test_without_a_second_side_nothing_is_helpful",
    ),
    Guard(
        "consensus/rules.py",
        "    few = (facts.used < params.ratings_min) | (facts.used < params.counted_share_min * facts.n_ratings)\n",
        "    few = facts.used < 0\n",
        "../consensus/test_independence.py::test_a_note_that_only_a_bloc_rated_has_too_few_independent_ratings",
    ),
]


def run(test, source):
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("THUCHU_", "PYTEST_"))}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-x", "-p", "no:xdist", str(ROOT / "tests" / "principles" / test)],
        cwd=ROOT,
        env=environment | {"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.long
@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: f"{guard.file} {guard.line.strip()[:40]}")
def test_without_its_guard_a_rule_is_seen_to_be_broken(guard, tmp_path):
    source = tmp_path / "src"
    shutil.copytree(ROOT / "src", source)
    path = source / "thuchu" / guard.file
    text = path.read_text("utf-8")
    assert guard.line in text, f"the guard is written otherwise now: {guard.line!r}"
    path.write_text(text.replace(guard.line, guard.gone), "utf-8")

    done = run(guard.test, source)

    assert done.returncode == 1, f"nobody noticed that the guard is gone:\n{done.stdout[-2000:]}{done.stderr[-500:]}"
    assert "failed" in done.stdout

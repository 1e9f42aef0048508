"""Triggers that keep a claim to its way, its frozen words as they were, and an election to how, when and where.

The checks of the tables say which rows may exist; which row may follow which, only a trigger can say.
"""

from thuchu.desk import triggers
from thuchu.desk.claims.models import (
    CLOSED_STATES,
    ELECTION,
    ELECTION_STEPS,
    ELECTION_SUBJECTS,
    OPEN,
    PRIVATE,
    STEPS,
)


def _listed(values: "tuple[str, ...] | list[str]") -> str:
    return ", ".join(f"'{value}'" for value in values)


_ALLOWED = _listed([f"{before}>{after}" for before, after in sorted(STEPS)])
_CLOSED = _listed(CLOSED_STATES)
_THE_EVENTS_KIND = "(SELECT kind FROM claims_event WHERE id = NEW.event_id)"
_INTO_ERASED = (
    "NEW.state = 'merged' AND EXISTS (SELECT 1 FROM claims_claim c WHERE c.id = NEW.merged_into_id "  # noqa: S608 (ours)
    f"AND c.wording = '' AND c.state IN ({_CLOSED}))"
)
_OFF_THE_VOTE = f"NEW.about NOT IN ({_listed(ELECTION_SUBJECTS)})"
_NO_MERITS = "BEGIN SELECT RAISE(ABORT, 'an election has dates, places, procedure and counting'); END"
_OFF_THE_STEPS = f"NEW.step NOT IN ({_listed(ELECTION_STEPS)})"
_UNASKED = "BEGIN SELECT RAISE(ABORT, 'no question is under a prebunk'); END"
_FROZEN_PREBUNK = "BEGIN SELECT RAISE(ABORT, 'what a prebunk says is frozen'); END"

_SQLITE = {
    "claims_only_known_steps": (
        "BEFORE UPDATE OF state ON claims_claim WHEN OLD.state != NEW.state "
        f"AND OLD.state || '>' || NEW.state NOT IN ({_ALLOWED}) "
        "BEGIN SELECT RAISE(ABORT, 'a claim cannot take this step'); END"
    ),
    "claims_back_to_where_they_were": (
        f"BEFORE UPDATE OF state ON claims_claim WHEN OLD.state IN ({_CLOSED}) AND OLD.state != NEW.state "
        "AND NEW.state != OLD.state_before "
        "BEGIN SELECT RAISE(ABORT, 'a claim goes back to where it was'); END"
    ),
    "claims_close_from_where_they_are": (
        f"BEFORE UPDATE OF state ON claims_claim WHEN NEW.state IN ({_CLOSED}) AND OLD.state NOT IN ({_CLOSED}) "
        "AND NEW.state_before != OLD.state "
        "BEGIN SELECT RAISE(ABORT, 'a closed claim remembers where it was'); END"
    ),
    "claims_begin_open": (
        f"BEFORE INSERT ON claims_claim WHEN NEW.state != '{OPEN}' OR NEW.frozen_at IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'a claim begins open'); END"
    ),
    # The words of a private matter go, whatever was frozen, and with them those of what was merged into it; a claim
    # without words may be given some.
    "claims_frozen_words_stay": (
        "BEFORE UPDATE OF wording ON claims_claim WHEN OLD.frozen_at IS NOT NULL AND NEW.wording != OLD.wording "
        f"AND OLD.wording != '' AND NOT (NEW.wording = '' AND (NEW.closed_reason = '{PRIVATE}' OR {_INTO_ERASED})) "
        "BEGIN SELECT RAISE(ABORT, 'the words of a claim are frozen'); END"
    ),
    "claims_stay_frozen": (
        "BEFORE UPDATE OF frozen_at ON claims_claim "
        "WHEN OLD.frozen_at IS NOT NULL AND (NEW.frozen_at IS NULL OR NEW.frozen_at != OLD.frozen_at) "
        "BEGIN SELECT RAISE(ABORT, 'a claim stays frozen'); END"
    ),
    "claims_election_sources_new": (
        f"BEFORE INSERT ON claims_pinnedsource WHEN {_THE_EVENTS_KIND} = '{ELECTION}' AND {_OFF_THE_VOTE} {_NO_MERITS}"
    ),
    "claims_election_sources_changed": (
        "BEFORE UPDATE OF about, event_id ON claims_pinnedsource "
        f"WHEN {_THE_EVENTS_KIND} = '{ELECTION}' AND {_OFF_THE_VOTE} {_NO_MERITS}"
    ),
    "claims_events_keep_their_kind": (
        "BEFORE UPDATE OF kind ON claims_event WHEN OLD.kind != NEW.kind "
        "BEGIN SELECT RAISE(ABORT, 'an event keeps its kind'); END"
    ),
    "claims_evidence_rules_wait_first": (
        "BEFORE INSERT ON claims_evidencerule WHEN NEW.confirmed_by IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'a rule of evidence is declared by two'); END"
    ),
    "claims_evidence_rules_stay": (
        "BEFORE UPDATE ON claims_evidencerule WHEN OLD.confirmed_by IS NOT NULL OR NEW.hosts != OLD.hosts "
        "OR NEW.event_id != OLD.event_id OR NEW.proposed_by != OLD.proposed_by "
        "BEGIN SELECT RAISE(ABORT, 'a declared rule of evidence stays'); END"
    ),
    "claims_evidence_rules_are_kept": (
        "BEFORE DELETE ON claims_evidencerule WHEN OLD.confirmed_by IS NOT NULL "
        "BEGIN SELECT RAISE(ABORT, 'a declared rule of evidence stays'); END"
    ),
    "claims_election_prebunks_new": (
        f"BEFORE INSERT ON claims_prebunk WHEN {_THE_EVENTS_KIND} = '{ELECTION}' AND {_OFF_THE_STEPS} {_NO_MERITS}"
    ),
    "claims_election_prebunks_changed": (
        "BEFORE UPDATE OF step, event_id ON claims_prebunk "
        f"WHEN {_THE_EVENTS_KIND} = '{ELECTION}' AND {_OFF_THE_STEPS} {_NO_MERITS}"
    ),
    # What was written before anybody asked is no answer to anybody's message (rule 8).
    "claims_no_question_comes_to_a_prebunk": (
        "BEFORE INSERT ON claims_grouping WHEN EXISTS (SELECT 1 FROM claims_prebunk "  # noqa: S608 (ours)
        f"WHERE claim_id IN (NEW.claim_id, NEW.placed_in_id)) {_UNASKED}"
    ),
    "claims_no_question_moves_to_a_prebunk": (
        "BEFORE UPDATE OF claim_id, placed_in_id ON claims_grouping WHEN EXISTS (SELECT 1 FROM claims_prebunk "  # noqa: S608 (ours)
        f"WHERE claim_id IN (NEW.claim_id, NEW.placed_in_id)) {_UNASKED}"
    ),
    "claims_no_asked_claim_becomes_a_prebunk": (
        "BEFORE INSERT ON claims_prebunk "  # noqa: S608 (ours)
        f"WHEN EXISTS (SELECT 1 FROM claims_grouping WHERE claim_id = NEW.claim_id) {_UNASKED}"
    ),
    "claims_rated_prebunks_stay": (
        "BEFORE UPDATE ON claims_prebunk "  # noqa: S608 (ours)
        f"WHEN (SELECT frozen_at FROM claims_claim WHERE id = NEW.claim_id) IS NOT NULL {_FROZEN_PREBUNK}"
    ),
    "claims_rated_prebunks_get_no_twist": (
        "BEFORE INSERT ON claims_twist "  # noqa: S608 (ours)
        f"WHEN (SELECT frozen_at FROM claims_claim WHERE id = NEW.prebunk_id) IS NOT NULL {_FROZEN_PREBUNK}"
    ),
    "claims_rated_prebunks_keep_their_twists": (
        "BEFORE UPDATE ON claims_twist "  # noqa: S608 (ours)
        f"WHEN (SELECT frozen_at FROM claims_claim WHERE id = NEW.prebunk_id) IS NOT NULL {_FROZEN_PREBUNK}"
    ),
    # The people of the act stand in the appeal for its check; they must be those of the act.
    "claims_appeals_name_the_two": (
        "BEFORE INSERT ON claims_appeal WHEN NOT EXISTS (SELECT 1 FROM claims_proposal WHERE id = NEW.proposal_id "
        "AND proposed_by = NEW.first_person AND confirmed_by = NEW.second_person) "
        "BEGIN SELECT RAISE(ABORT, 'an appeal names the two people of the act'); END"
    ),
    "claims_appeals_keep_the_two": (
        "BEFORE UPDATE OF first_person, second_person, proposal_id ON claims_appeal WHEN (OLD.first_person, "
        "OLD.second_person, OLD.proposal_id) != (NEW.first_person, NEW.second_person, NEW.proposal_id) "
        "BEGIN SELECT RAISE(ABORT, 'an appeal names the two people of the act'); END"
    ),
}


def install_guards(using: str = "default") -> None:
    """Create the triggers that are missing; running it again changes nothing."""
    triggers.install(_SQLITE, using)


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    return triggers.missing(_SQLITE, using)

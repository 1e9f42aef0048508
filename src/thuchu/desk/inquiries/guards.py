"""Triggers that keep a question as it was sent, its steps and answers as they were written down, and its way one way.

Words go where a private matter is erased, and nowhere else.
"""

from thuchu.desk import triggers
from thuchu.desk.inquiries.models import DRAFTED, STEPS

_ALLOWED = ", ".join(f"'{before}>{after}'" for before, after in sorted(STEPS))
_WAS_ERASED = "(SELECT erased_at FROM inquiries_inquiry WHERE id = OLD.inquiry_id) IS NOT NULL"
_STATE_NOW = "(SELECT state FROM inquiries_inquiry WHERE id = NEW.inquiry_id)"
_STEP_STAYS = "BEGIN SELECT RAISE(ABORT, 'a step of an inquiry stays as it was'); END"
_ANSWER_STAYS = "BEGIN SELECT RAISE(ABORT, 'an answer stays as it came'); END"

_SQLITE = {
    "inquiries_only_known_steps": (
        "BEFORE UPDATE OF state ON inquiries_inquiry WHEN OLD.state != NEW.state "
        f"AND OLD.state || '>' || NEW.state NOT IN ({_ALLOWED}) "
        "BEGIN SELECT RAISE(ABORT, 'an inquiry cannot take this step'); END"
    ),
    "inquiries_begin_drafted": (
        f"BEFORE INSERT ON inquiries_inquiry WHEN NEW.state != '{DRAFTED}' "
        "BEGIN SELECT RAISE(ABORT, 'an inquiry begins as a draft'); END"
    ),
    "inquiries_sent_words_stay": (
        f"BEFORE UPDATE OF question ON inquiries_inquiry WHEN OLD.state != '{DRAFTED}' "
        "AND OLD.question != NEW.question AND NOT (NEW.question = '' AND NEW.erased_at IS NOT NULL) "
        "BEGIN SELECT RAISE(ABORT, 'a question that was sent keeps its words'); END"
    ),
    "inquiries_sent_to_whom_stays": (
        "BEFORE UPDATE OF organisation_id, office_role, how, sent_on, due_rule ON inquiries_inquiry "
        f"WHEN OLD.state != '{DRAFTED}' AND (OLD.organisation_id != NEW.organisation_id "
        "OR OLD.office_role != NEW.office_role OR OLD.how != NEW.how OR OLD.sent_on != NEW.sent_on "
        "OR OLD.due_rule != NEW.due_rule) "
        "BEGIN SELECT RAISE(ABORT, 'a question that was sent stays as it was sent'); END"
    ),
    "inquiries_erased_stay_erased": (
        "BEFORE UPDATE OF erased_at ON inquiries_inquiry "
        "WHEN OLD.erased_at IS NOT NULL AND (NEW.erased_at IS NULL OR NEW.erased_at != OLD.erased_at) "
        "BEGIN SELECT RAISE(ABORT, 'what was erased is not filled again'); END"
    ),
    "inquiries_sent_are_not_deleted": (
        f"BEFORE DELETE ON inquiries_inquiry WHEN OLD.state != '{DRAFTED}' "
        "BEGIN SELECT RAISE(ABORT, 'a question that was sent stays'); END"
    ),
    "inquiries_sent_keep_their_claims": (
        "BEFORE INSERT ON inquiries_inquiryclaim "
        f"WHEN {_STATE_NOW} != '{DRAFTED}' "
        "BEGIN SELECT RAISE(ABORT, 'a question that was sent stays as it was sent'); END"
    ),
    "inquiries_steps_stay": (
        "BEFORE UPDATE OF inquiry_id, kind, happened_on, by, at, due_on, counted_from, days, unit, counted "
        f"ON inquiries_inquirystep {_STEP_STAYS}"
    ),
    "inquiries_words_of_steps_stay": (
        "BEFORE UPDATE OF words ON inquiries_inquirystep "
        f"WHEN OLD.words != NEW.words AND NOT (NEW.words = '' AND {_WAS_ERASED}) {_STEP_STAYS}"
    ),
    "inquiries_steps_are_not_deleted": f"BEFORE DELETE ON inquiries_inquirystep {_STEP_STAYS}",
    "inquiries_answers_stay": (
        "BEFORE UPDATE OF inquiry_id, outcome, language, document_id, dated, signed_as, received_on, by, at "
        f"ON inquiries_inquiryanswer {_ANSWER_STAYS}"
    ),
    "inquiries_words_of_answers_stay": (
        "BEFORE UPDATE OF quoted ON inquiries_inquiryanswer "
        f"WHEN OLD.quoted != NEW.quoted AND NOT (NEW.quoted = '' AND {_WAS_ERASED}) {_ANSWER_STAYS}"
    ),
    "inquiries_answers_are_not_deleted": f"BEFORE DELETE ON inquiries_inquiryanswer {_ANSWER_STAYS}",
}


def install_guards(using: str = "default") -> None:
    """Create the triggers that are missing; running it again changes nothing."""
    triggers.install(_SQLITE, using)


def missing_guards(using: str = "default") -> list[str]:
    """Names of the triggers that should be there and aren't."""
    return triggers.missing(_SQLITE, using)

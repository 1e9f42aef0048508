"""What a verb says when it doesn't do what was asked: a code that pages translate, and the rule it protects."""

from datetime import datetime
from typing import Literal

from thuchu.privacy import CleanText, require_clean

Code = Literal[
    "no_such_claim",
    "no_such_proposal",
    "no_such_appeal",
    "no_such_event",
    "no_such_source",
    "no_such_topic",
    "no_such_area",
    "no_such_notice",
    "no_such_offer",
    "no_such_question",
    "empty",
    "too_long",
    "words_are_frozen",
    "words_are_wanted",
    "claim_is_closed",
    "claim_is_answered",
    "has_helpful_note",
    "same_claim",
    "all_questions",
    "wrong_code",
    "wrong_passage",
    "wrong_address",
    "wrong_name",
    "wrong_time",
    "wrong_subject",
    "court_order_is_wanted",
    "already_proposed",
    "already_ended",
    "same_person",
    "not_yours",
    "not_in_effect",
    "already_appealed",
    "taken",
    "not_taken",
    "too_many",
    "name_is_taken",
    "last_day",
    "last_day_times",
    "event_has_begun",
    "sources_are_wanted",
    "sources_have_changed",
    "same_rule",
    "event_is_over",
    "not_official",
    "slogan",
    "names_somebody",
    "twists_are_wanted",
    "is_a_prebunk",
]


class ClaimRefused(ValueError):
    """An act that can't be done: `code` says why, `got` and `limit` by how much, `rule` what it protects (or 0).

    until  from when on it can be done; None where waiting doesn't help
    """

    def __init__(
        self, code: Code, *, got: int = 0, limit: int = 0, rule: int = 0, until: datetime | None = None
    ) -> None:
        super().__init__(code)
        self.code: Code = code
        self.got = got
        self.limit = limit
        self.rule = rule
        self.until = until


def words_of(text: CleanText, chars_max: int) -> str:
    """The words of a clean text of 1 to `chars_max` characters; raises TypeError for anything else, ClaimRefused."""
    words = require_clean(text).text
    if not words:
        raise ClaimRefused("empty", limit=chars_max)
    if len(words) > chars_max:
        raise ClaimRefused("too_long", got=len(words), limit=chars_max)
    return words

"""What askers say of an answer: it is about my message, it isn't, or the check is wrong."""

from datetime import datetime
from typing import Literal

from django.db import transaction

from thuchu.desk.intake.models import Feedback, Submission
from thuchu.desk.intake.status_link import digest

Says = Literal["is_it", "is_not_it", "is_wrong"]
SAYS: tuple[Says, ...] = ("is_it", "is_not_it", "is_wrong")
_OPPOSITE = {"is_it": "is_not_it", "is_not_it": "is_it"}
# An answer page shows at most five fact-checks and each can be said three things of; more is somebody's script.
FEEDBACK_ROWS_MAX = 30


def say(token: str, fact_check: str, says: Says, *, now: datetime) -> bool:
    """Keep what the asker says; saying it twice counts once, and the newer of "is it" and "is not it" stands.

    returns  False when the link is unknown, the question was erased, or far too much was said already
    """
    with transaction.atomic():
        submission = Submission.objects.filter(token_digest=digest(token)).first()
        if submission is None or submission.feedback.count() >= FEEDBACK_ROWS_MAX:
            return False
        if says in _OPPOSITE:
            submission.feedback.filter(fact_check=fact_check, says=_OPPOSITE[says]).delete()
        Feedback.objects.get_or_create(
            submission=submission, fact_check=fact_check, says=says, defaults={"said_at": now}
        )
    return True

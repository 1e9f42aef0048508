"""The lane of notes that a machine drafted: narrow, so that people's time goes to what people wrote (rule 8)."""

from thuchu.desk.notes import refusals
from thuchu.desk.notes.models import CURRENT, Note

# Two such notes on a claim show how far a machine comes; a third one takes raters from what people wrote.
AI_NOTES_A_CLAIM_MAX = 2
# Of the desk's current notes. The share at which a reader still meets four notes of people for each of these.
AI_PERCENT_MAX = 20
# A new desk's first ones, before a share of so few notes says anything.
AI_NOTES_FREE = 3


def require_room(claim_id: int) -> None:
    """Is there room for one more such note, on this claim and at this desk? Raises LaneFull where there is none."""
    current = Note.objects.filter(state=CURRENT)
    drafted = current.filter(ai_drafted=True)
    if drafted.filter(claim=claim_id).count() >= AI_NOTES_A_CLAIM_MAX:
        raise refusals.ClaimLaneFull(most=AI_NOTES_A_CLAIM_MAX)
    n_drafted = drafted.count()
    # The note that comes is counted on both sides.
    if n_drafted >= AI_NOTES_FREE and (n_drafted + 1) * 100 > AI_PERCENT_MAX * (current.count() + 1):
        raise refusals.DeskLaneFull(percent=AI_PERCENT_MAX)

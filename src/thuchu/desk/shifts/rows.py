"""Finding a shift's row for a verb."""

from thuchu.desk.shifts import refusals
from thuchu.desk.shifts.models import Shift


def shift_row(shift_id: int) -> Shift:
    """The row of that number, held for this transaction; raises NoSuchShift."""
    row = Shift.objects.select_for_update().filter(pk=shift_id).first()
    if row is None:
        raise refusals.NoSuchShift
    return row


def event_subject(event_id: int) -> str:
    """How the ledger names the event of a shift."""
    return f"event:{event_id}"

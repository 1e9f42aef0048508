"""Finding a commitment's row for a verb, who speaks in whose name, and writing what became of it with its entry."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from thuchu.desk.accounts.permissions import Act, may
from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.commitments import refusals
from thuchu.desk.commitments.models import (
    CHAIR,
    CONTRIBUTORS,
    COORDINATORS,
    DUTY,
    OPEN_STATES,
    OPERATOR,
    ORGANISATION,
    REPORTED_DONE,
    SECRETARY,
    Commitment,
    Update,
)
from thuchu.desk.commitments.timeliness import (
    Step,
)
from thuchu.desk.evidence.models import Quote
from thuchu.desk.ledger.append import append
from thuchu.desk.reviews.models import Resolution
from thuchu.desk.wording import day_in_viet_nam
from thuchu.log.entry import Value
from thuchu.privacy import CleanText, require_clean

# Fewer is no sentence; a commitment or a report that is longer is a paper, and belongs behind an address.
WORDS_CHARS_MIN, WORDS_CHARS_MAX = 10, 1_000

# In whose names somebody may speak, by what they are here: what the desk knows of anybody.
_SPEAK_FOR: Mapping[Act, tuple[str, ...]] = {
    Act.FOLLOW_COMMITMENT: (DUTY, CONTRIBUTORS),
    Act.HOLD_REVIEW: (COORDINATORS, CHAIR, SECRETARY),
    Act.SEE_SETTINGS: (OPERATOR,),
}


def open_row(number: str) -> Commitment:
    """The row of a commitment that isn't over, held for this transaction; raises NoSuchCommitment, AlreadyEnded."""
    row = Commitment.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise refusals.NoSuchCommitment
    if row.state not in OPEN_STATES:
        raise refusals.AlreadyEnded
    return row


def speakers(person: AccountView) -> tuple[str, ...]:
    """The roles in whose name this person may speak."""
    return tuple(role for act, roles in _SPEAK_FOR.items() if may(person, act) for role in roles)


def owner_name(row: Commitment) -> str:
    """In whose name its owner speaks."""
    return row.owner_role or ORGANISATION


def require_speaker(row: Commitment, person: AccountView, by_role: str) -> None:
    """Raises SpeakerUnknown where this person can't speak for that."""
    known = (*speakers(person), *((ORGANISATION,) if owner_name(row) == ORGANISATION else ()))
    if by_role not in known:
        raise refusals.SpeakerUnknown


def words(typed: CleanText) -> str:
    """A sentence of somebody's; raises WordsWanted, WordsTooLong, TypeError for text that wasn't scrubbed."""
    text = require_clean(typed).text
    if len(text) < WORDS_CHARS_MIN:
        raise refusals.WordsWanted(least=WORDS_CHARS_MIN)
    if len(text) > WORDS_CHARS_MAX:
        raise refusals.WordsTooLong(got=len(text), most=WORDS_CHARS_MAX)
    return text


def subject(row: Commitment) -> str:
    """How the ledger names a commitment."""
    return f"commitment:{row.number}"


def steps_of(updates: Sequence[Update]) -> list[Step]:
    """What `timeliness` reads, from a commitment's updates in their order."""
    return [
        Step(
            said_on=day_in_viet_nam(each.at),
            on=each.on,
            kind=each.kind,
            state_after=each.state_after,
            due_after=each.due_after,
            has_evidence=bool(each.evidence_address) or each.evidence_id is not None,
        )
        for each in updates
    ]


def report_of(row: Commitment) -> list[Update]:
    """The report that waits, with what was added to it; empty where none does."""
    found: list[Update] = []
    for update in row.updates.order_by("-number"):
        if update.state_after != REPORTED_DONE:
            break
        found.append(update)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of a commitment, by whom and in whose name; `person` None where a frozen figure says it."""

    kind: str
    person: AccountView | None
    by_role: str
    now: datetime
    text: str = ""
    evidence_address: str = ""
    evidence: Quote | None = None
    resolution: Resolution | None = None
    on: date | None = None


def write(row: Commitment, entry: str, body: Mapping[str, Value], said: Said) -> None:
    """The entry and the update beside it, then the row as it was handed over; in the caller's transaction."""
    seq = append(entry, subject(row), body, now=said.now).seq
    Update.objects.create(
        commitment=row,
        number=row.updates.count() + 1,
        at_entry=seq,
        kind=said.kind,
        at=said.now,
        on=said.on or day_in_viet_nam(said.now),
        by=said.person.pseudonym_id if said.person else None,
        by_role=said.by_role,
        text=said.text,
        evidence_address=said.evidence_address,
        evidence=said.evidence,
        resolution=said.resolution,
        state_after=row.state,
        due_after=row.due_on,
    )
    row.save(update_fields=["state", "due_on", "replaced_by"])

"""What a form about commitments offers: resolutions in force, who may own or help, in whose name somebody speaks."""

from dataclasses import dataclass

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.commitments import meetings, rows, wording
from thuchu.desk.commitments.models import ORGANISATION, ROLE, ROLES
from thuchu.desk.commitments.reads import CommitmentView
from thuchu.desk.commitments.wording import Words

# Those of some years: older ones are named in the history, nothing new follows from them.
RESOLUTIONS_SHOWN_MAX = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolutionChoice:
    """A resolution in force, by its number and its words."""

    number: str
    text: str


def resolutions() -> tuple[ResolutionChoice, ...]:
    """Those that a commitment may follow from, the newest first."""
    rows_found = meetings.resolutions_in_force(RESOLUTIONS_SHOWN_MAX)
    return tuple(ResolutionChoice(number=row.number, text=row.text) for row in rows_found)


def owners() -> tuple[tuple[str, Words], ...]:
    """(code, words) of everything that may own a commitment or help with it: roles first, then organisations."""
    roles = [(f"{ROLE}:{code}", wording.role(code)) for code in ROLES]
    return (*roles, *((f"{ORGANISATION}:{row.pk}", wording.organisation(row)) for row in meetings.organisations()))


def speakers(person: AccountView, view: CommitmentView) -> tuple[tuple[str, Words], ...]:
    """(code, words) of those in whose name this person may speak of that commitment."""
    codes = rows.speakers(person)
    named = [(code, wording.role(code)) for code in codes]
    return (*named, (ORGANISATION, view.owner)) if view.owner_kind == ORGANISATION else tuple(named)

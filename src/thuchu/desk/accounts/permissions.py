"""Who may do what: one matrix, and nothing beside it. docs/accounts.md shows it; a test compares the two.

No act publishes, un-publishes, hides or edits somebody else's note, or sets a status: such an act exists for nobody
(rule 4).  That two different people are needed where an act is confirmed, the rooms of those acts see to.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from thuchu.desk.accounts.reads import AccountView
from thuchu.desk.accounts.refusals import NotForYou


class Role(StrEnum):
    """Who somebody is here. A visitor isn't signed in; everybody with an account is a contributor, whatever else."""

    VISITOR = "visitor"
    CONTRIBUTOR = "contributor"
    COORDINATOR = "coordinator"
    OPERATOR = "operator"


class Act(StrEnum):
    """Everything that a person can do at the desk."""

    READ = "read"
    ASK = "ask"
    PRACTISE = "practise"
    RATE = "rate"
    WRITE_NOTE = "write_note"
    TAKE_CLAIM = "take_claim"
    TAKE_SHIFT = "take_shift"
    ANSWER_REPORT = "answer_report"
    JUDGE_ANSWER = "judge_answer"
    INVITE = "invite"
    APPEAL = "appeal"
    MAKE_TOKEN = "make_token"  # noqa: S105
    PROPOSE_MERGE = "propose_merge"
    CONFIRM_MERGE = "confirm_merge"
    PROPOSE_SPLIT = "propose_split"
    CONFIRM_SPLIT = "confirm_split"
    PROPOSE_NOT_CHECKABLE = "propose_not_checkable"
    CONFIRM_NOT_CHECKABLE = "confirm_not_checkable"
    PROPOSE_WITHHOLD = "propose_withhold"
    CONFIRM_WITHHOLD = "confirm_withhold"
    DECIDE_APPEAL = "decide_appeal"
    SET_AREAS = "set_areas"
    SET_TOPICS = "set_topics"
    MANAGE_EVENTS = "manage_events"
    HOLD_REVIEW = "hold_review"
    HAND_OVER = "hand_over"
    FOLLOW_COMMITMENT = "follow_commitment"
    ASK_ORGANISATION = "ask_organisation"
    ADMIT_PUBLISHER = "admit_publisher"
    GRANT_ROLE = "grant_role"
    SEE_LETTERS = "see_letters"
    SEE_JOBS = "see_jobs"
    SEE_SETTINGS = "see_settings"


class Cell(StrEnum):
    """What one cell of the matrix says."""

    NO = "–"
    PRACTISED = "after practice"
    YES = "yes"


_N, _P, _Y = Cell.NO, Cell.PRACTISED, Cell.YES


def _row(visitor: Cell, contributor: Cell, coordinator: Cell, operator: Cell) -> Mapping[Role, Cell]:
    return MappingProxyType(dict(zip(Role, (visitor, contributor, coordinator, operator), strict=True)))


# Reasons, where a cell could have been otherwise:
# - Keeping order is for coordinators at both ends: a proposal and its confirmation are two of them (rule 4).
# - An operator runs the machine and has no say on anything public, so its column adds nothing to a contributor's but
#   the machine, and the roles: somebody must name the first coordinator, and each naming is an entry.
# - Whoever holds a role may invite before practice: a new desk has nobody else.
_EVERYBODY = _row(_Y, _Y, _Y, _Y)
_ACCOUNTS = _row(_N, _Y, _Y, _Y)
_PRACTISED = _row(_N, _P, _P, _P)
_ORDER = _row(_N, _N, _Y, _N)
_MACHINE = _row(_N, _N, _N, _Y)
# Whoever keeps the desk working sees to letters that no server took: it says nothing of what is in them.
_LETTERS = _row(_N, _N, _Y, _Y)
MATRIX: Mapping[Act, Mapping[Role, Cell]] = MappingProxyType(
    {
        Act.READ: _EVERYBODY,
        Act.ASK: _EVERYBODY,
        Act.PRACTISE: _ACCOUNTS,
        Act.RATE: _ACCOUNTS,
        Act.WRITE_NOTE: _PRACTISED,
        Act.TAKE_CLAIM: _PRACTISED,
        # Somebody has to say yes to a proposal, too: a coordinator on duty needs no practice for that.
        Act.TAKE_SHIFT: _row(_N, _P, _Y, _P),
        Act.ANSWER_REPORT: _PRACTISED,
        # They read what others asked, scrubbed: those who showed that they work with care.
        Act.JUDGE_ANSWER: _PRACTISED,
        Act.INVITE: _row(_N, _P, _Y, _Y),
        Act.APPEAL: _ACCOUNTS,
        Act.MAKE_TOKEN: _ACCOUNTS,
        Act.PROPOSE_MERGE: _ORDER,
        Act.CONFIRM_MERGE: _ORDER,
        Act.PROPOSE_SPLIT: _ORDER,
        Act.CONFIRM_SPLIT: _ORDER,
        Act.PROPOSE_NOT_CHECKABLE: _ORDER,
        Act.CONFIRM_NOT_CHECKABLE: _ORDER,
        Act.PROPOSE_WITHHOLD: _ORDER,
        Act.CONFIRM_WITHHOLD: _ORDER,
        Act.DECIDE_APPEAL: _ORDER,
        Act.SET_AREAS: _ORDER,
        Act.SET_TOPICS: _ORDER,
        Act.MANAGE_EVENTS: _ORDER,
        Act.HOLD_REVIEW: _ORDER,
        Act.HAND_OVER: _ORDER,
        Act.FOLLOW_COMMITMENT: _ACCOUNTS,
        Act.ASK_ORGANISATION: _ORDER,
        Act.ADMIT_PUBLISHER: _ORDER,
        Act.GRANT_ROLE: _MACHINE,
        Act.SEE_LETTERS: _LETTERS,
        Act.SEE_JOBS: _MACHINE,
        Act.SEE_SETTINGS: _MACHINE,
    }
)


def may(view: AccountView | None, act: Act) -> bool:
    """May this person do that, now? None is a visitor; roles are those that work (`AccountView.roles`)."""
    roles = [Role.VISITOR] if view is None else [Role(role) for role in view.roles]
    cells = {MATRIX[act][role] for role in roles}
    return Cell.YES in cells or (Cell.PRACTISED in cells and view is not None and view.may_write)


def require(view: AccountView | None, act: Act) -> AccountView:
    """`view` itself when its person may do that and has an account; raises NotForYou otherwise."""
    if view is None or not may(view, act):
        raise NotForYou
    return view


def table() -> str:
    """The matrix as docs/accounts.md shows it."""
    rows = [f"| `{act}` | " + " | ".join(MATRIX[act][role] for role in Role) + " |" for act in Act]
    return "\n".join(["| act | " + " | ".join(Role) + " |", "|---" * (len(Role) + 1) + "|", *rows]) + "\n"

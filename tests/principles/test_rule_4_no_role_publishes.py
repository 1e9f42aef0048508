"""Rule 4: no role, the operator's included, can publish, un-publish, hide or edit: such an act exists for nobody."""

import ast
from pathlib import Path

import pytest

from thuchu.desk.accounts.models import GRANTED_ROLES
from thuchu.desk.accounts.permissions import MATRIX, Act, Cell, Role, may
from thuchu.desk.accounts.reads import AccountView

DESK = Path(__file__).parents[2] / "src" / "thuchu" / "desk"
# Everything that somebody could wish to do to a verdict by hand.
FORBIDDEN = {
    "publish", "unpublish", "publisher", "status", "verdict", "edit", "delete", "remove", "hide", "pin", "score",
    "feature", "override", "others",
}  # fmt: skip
CONFIRMED_BY_TWO = ("merge", "split", "not_checkable", "withhold")


def everybody():
    """One view a combination of roles, practised, with a second factor: nobody can be more than these."""
    for roles in ({"contributor"}, {"contributor", "coordinator"}, {"contributor", "operator"}, {*GRANTED_ROLES}):
        yield AccountView(
            id=1,
            pseudonym_id=1,
            name="An Nguyên",
            roles=frozenset(roles),
            held_roles=frozenset(roles),
            may_write=True,
            second_factor=True,
            rater_number=1,
        )


def test_no_act_touches_a_status_a_verdict_or_anothers_words():
    for act in Act:
        words = set(act.replace("admit_publisher", "admit").split("_"))
        assert not words & FORBIDDEN, act


@pytest.mark.parametrize("act", ["publish", "unpublish", "edit_others_note", "set_status"])
def test_such_an_act_cannot_even_be_asked_for(act):
    with pytest.raises(ValueError, match=act):
        Act(act)
    for view in everybody():
        with pytest.raises(KeyError):
            may(view, act)


def test_an_operator_has_no_say_on_anything_public_but_roles():
    more = {act for act, row in MATRIX.items() if row[Role.OPERATOR] != Cell.NO and row[Role.CONTRIBUTOR] == Cell.NO}

    assert more == {Act.GRANT_ROLE, Act.SEE_JOBS, Act.SEE_LETTERS, Act.SEE_SETTINGS}


def test_a_coordinator_rates_and_writes_as_everybody_does():
    for act in (Act.RATE, Act.WRITE_NOTE, Act.PRACTISE, Act.APPEAL):
        assert MATRIX[act][Role.COORDINATOR] == MATRIX[act][Role.CONTRIBUTOR] == MATRIX[act][Role.OPERATOR]


@pytest.mark.parametrize("what", CONFIRMED_BY_TWO)
def test_what_two_people_confirm_has_two_acts(what):
    for act in (Act(f"propose_{what}"), Act(f"confirm_{what}")):
        assert MATRIX[act][Role.COORDINATOR] == Cell.YES
        assert MATRIX[act][Role.CONTRIBUTOR] == MATRIX[act][Role.OPERATOR] == Cell.NO


def test_no_code_asks_for_a_role_by_itself():
    """`if "operator" in view.roles` would be a second matrix; `may(view, act)` is the only one."""
    for path in DESK.rglob("*.py"):
        if path.parent.name == "accounts" or "migrations" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            is_role = isinstance(node, ast.Attribute) and node.attr in ("roles", "held_roles")
            assert not is_role, f"{path.relative_to(DESK)}:{getattr(node, 'lineno', 0)}: ask permissions.may(view, act)"

"""Every cell of the matrix, tried on people who really hold the roles; and the page that shows it."""

from itertools import product
from pathlib import Path

import pytest

from thuchu.desk.accounts.permissions import MATRIX, Act, Cell, Role, may, require, table
from thuchu.desk.accounts.refusals import NotForYou

DOCS = Path(__file__).parents[2] / "docs" / "accounts.md"


@pytest.fixture
def people(desk):
    """(role, has practised) -> the person, as the desk sees them; a visitor is nobody."""
    found = {(Role.VISITOR, False): None, (Role.VISITOR, True): None}
    for number, (role, practised) in enumerate(product(list(Role)[1:], (False, True))):
        granted = () if role == Role.CONTRIBUTOR else (role.value,)
        name = f"Người {'bcdghk'[number]}"
        found[role, practised] = desk.person(name, *granted, may_write=practised).view()
    return found


def test_every_cell_holds_for_people_who_hold_its_role(people):
    for act, role, practised in product(Act, Role, (False, True)):
        wanted = {Cell.YES: True, Cell.PRACTISED: practised, Cell.NO: False}[MATRIX[act][role]]
        assert may(people[role, practised], act) is wanted, (act, role, practised)


def test_the_matrix_has_a_cell_for_every_act_and_role():
    assert set(MATRIX) == set(Act)
    assert all(set(row) == set(Role) for row in MATRIX.values())


def test_the_page_shows_the_matrix_as_it_is():
    assert table() in DOCS.read_text("utf-8"), "put permissions.table() into docs/accounts.md"


def test_nobody_with_a_role_may_less_than_a_contributor():
    order = [Cell.NO, Cell.PRACTISED, Cell.YES]
    for row in MATRIX.values():
        for role in (Role.COORDINATOR, Role.OPERATOR):
            assert order.index(row[role]) >= order.index(row[Role.CONTRIBUTOR])
        assert order.index(row[Role.CONTRIBUTOR]) >= order.index(row[Role.VISITOR])


def test_both_roles_at_once_may_what_either_may(desk):
    both = desk.person("An Nguyên", "coordinator", "operator").view()

    assert may(both, Act.CONFIRM_MERGE)
    assert may(both, Act.SEE_JOBS)


def test_who_may_not_is_told_so(desk):
    an = desk.person("An Nguyên").view()

    assert require(an, Act.RATE) is an
    with pytest.raises(NotForYou):
        require(an, Act.SEE_JOBS)
    with pytest.raises(NotForYou):
        require(None, Act.RATE)

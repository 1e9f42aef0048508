"""The people of a simulation join in the weeks before it begins: one a day, each invited by somebody who was there.

Through the verbs that the pages use, so that the desk's limits hold: a desk lets in few people a week, and a
simulation can't wait for as many weeks as it has people.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from thuchu.desk.accounts import reads
from thuchu.desk.accounts.codes import NewCodes, fresh_secret
from thuchu.desk.accounts.invite import invite, invite_first_operator
from thuchu.desk.accounts.joining import ByPassword, join
from thuchu.desk.accounts.practice import pass_practice
from thuchu.desk.accounts.ways_in import NewPassword, new_password
from thuchu.desk.simulation.world import Person
from thuchu.privacy import scrub

PASSWORD = "một cái tên bịa, một mật khẩu ai cũng biết"  # noqa: S105 (opens nothing but a simulation)
OPERATOR = "Người mở bàn diễn"
_INVITED_BY_ONE = 5

Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Joined:
    """Who is in: the numbers of their accounts, in the order of the people, and the secrets of codes, by name."""

    accounts: tuple[int, ...]
    secrets: dict[str, str]


def let_in(
    people: tuple[Person, ...],
    *,
    with_codes: Collection[str] = (),
    replace: bool = False,
    now: datetime,
    report: Report,
) -> Joined:
    """All of them, practised and with the password that everybody knows.

    with_codes  the names of those whose phones give codes: a role works with them alone
    replace     take the operator's role from who has it: on a copy of a desk, whose own people aren't there
    """
    accounts: list[int] = []
    secrets: dict[str, str] = {name: fresh_secret() for name in with_codes}
    for place, name in enumerate([OPERATOR, *(person.name for person in people)]):
        moment = now - timedelta(days=len(people) - place + 1)
        token = (
            invite(_view(accounts[(place - 1) // _INVITED_BY_ONE]), now=moment)
            if place
            else invite_first_operator(now=moment, replace=replace)
        )
        codes = NewCodes(secret=secrets[name], step=0) if name in secrets else None
        way_in = ByPassword(password=_password(name), codes=codes)
        joined = join(token, scrub(name), way_in, desk_name=settings.THUCHU_NAME, now=moment)
        pass_practice(joined.account_id, moment)
        accounts.append(joined.account_id)
        report(place, len(people))
    return Joined(tuple(accounts[1:]), secrets)


def _password(name: str) -> NewPassword:
    return new_password(PASSWORD, name=name)


def _view(account_id: int) -> reads.AccountView:
    view = reads.account_view(account_id)
    if view is None:
        raise LookupError(account_id)
    return view

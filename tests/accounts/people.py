"""A desk with an operator, and people who join it with a phone or a password."""

from types import SimpleNamespace

from authenticator import Phone
from django.contrib.sessions.backends.db import SessionStore

from thuchu.desk.accounts import passkeys, reads, roles
from thuchu.desk.accounts.invite import invite, invite_first_operator
from thuchu.desk.accounts.joining import ByPasskey, ByPassword, join
from thuchu.desk.accounts.limits import Line
from thuchu.desk.accounts.models import Invitation
from thuchu.desk.accounts.practice import pass_practice
from thuchu.desk.accounts.ways_in import new_password
from thuchu.desk.limits import Limiter
from thuchu.privacy import scrub

DESK = "Thực Hư"
PASSWORD = "bốn con trâu vàng"


def plenty():
    """A line from which nobody has tried anything yet, and that may try a lot."""
    return Line(limiter=Limiter(per_minute=1_000), address="192.0.2.7", clock_s=0.0)


class Desk:
    """People of a desk; the first to join is its operator."""

    def __init__(self, now, site):
        self.now = now
        self.site = site
        self.operator = self._join("Người Mở Bàn", invite_first_operator(now=now))

    def person(self, name, *roles_given, may_write=False):
        """Somebody who joined with a passkey, invited by the operator."""
        someone = self._join(name, invite_for_tests(self.operator.view(), self.now))
        return self._equip(someone, roles_given, may_write)

    def with_password(self, name, *roles_given, codes=None, may_write=False):
        """Somebody who joined with a password, and codes if any."""
        token = invite_for_tests(self.operator.view(), self.now)
        way_in = ByPassword(password=new_password(PASSWORD, name=name), codes=codes)
        joined = join(token, scrub(name), way_in, desk_name=DESK, now=self.now)
        return self._equip(person(joined, None), roles_given, may_write)

    def _join(self, name, token):
        phone = Phone()
        made = register(phone, self.site, name, self.now)
        way_in = ByPasskey(made=made, name=scrub("điện thoại"))
        return person(join(token, scrub(name), way_in, desk_name=DESK, now=self.now), phone)

    def _equip(self, someone, roles_given, may_write):
        if may_write:
            pass_practice(someone.id, self.now)
        for role in roles_given:
            roles.grant_role(self.operator.view(), someone.view().pseudonym_id, role, now=self.now)
        return someone


def invite_for_tests(inviter, now):
    """An invitation that doesn't use up its inviter's share: a desk of tests grows faster than one of people."""
    Invitation.objects.filter(inviter_id=inviter.pseudonym_id, is_used=True).delete()
    return invite(inviter, now=now)


def register(phone, site, name, now, account_id=None):
    """A passkey of this phone, as the desk has verified it."""
    session = SessionStore()
    options = passkeys.begin_registration(session, site, name=name, account_id=account_id, line=plenty(), now=now)
    return passkeys.finish_registration(session, site, phone.create(options), now=now)


def person(joined, phone):
    """One person: their account's number, phone and codes."""
    return SimpleNamespace(
        id=joined.account_id,
        phone=phone,
        recovery_codes=joined.recovery_codes,
        view=lambda strong=True: reads.account_view(joined.account_id, strong=strong),
    )

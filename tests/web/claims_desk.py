"""A desk for the tests of pages about claims: people who signed in, claims that wait, and what happens to them now."""

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone

from claims.waiting_desk import CAT, POWER_CUT, SALT_WATER
from claims.waiting_desk import Desk as WaitingDesk
from notes.notes_desk import Desk as NotesDesk
from thuchu.desk.accounts.models import Account
from thuchu.desk.accounts.session import SignedIn, sign_in
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.proposals import confirm
from thuchu.privacy import scrub

__all__ = ["CAT", "POWER_CUT", "SALT_WATER", "ClaimsDesk"]


class ClaimsDesk(WaitingDesk):
    """A desk whose clock is the real one, as the pages' is."""

    def __init__(self):
        super().__init__(timezone.now())
        self.people = NotesDesk(self.now)
        self.an = self.people.person("An Nhiên", role="coordinator")
        self.binh = self.people.person("Bình Minh", role="coordinator")
        self.chi = self.people.person("Chi Mai", role="coordinator")
        self.writer = self.people.person("Vân Sơn")
        self.newcomer = self.people.person("Tân Lê", may_write=False)

    def browser(self, view, language="vi"):
        """A browser in which that person is signed in, with a second factor."""
        client = Client(headers={"accept-language": language})
        session = SessionStore()
        epoch = Account.objects.get(pk=view.id).epoch
        sign_in(session, SignedIn(account_id=view.id, strong=True, epoch=epoch), now=timezone.now())
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    def agreed(self, number):
        """A proposal of An's that Bình agrees to."""
        confirm(number, by=self.binh.pseudonym_id, now=self.now)
        return number

    def merge(self, claim_id, into):
        why = scrub("Hai câu này là một.")
        return self.agreed(propose_merge(claim_id, into, why, by=self.an.pseudonym_id, now=self.now))

    def close(self, claim_id, code="not_a_fact"):
        why = scrub("Bằng chứng không phân xử được điều này.")
        by = self.an.pseudonym_id
        number = propose_not_checkable(claim_id, code, why, by=by, now=self.now, has_helpful_note=False)
        return self.agreed(number)

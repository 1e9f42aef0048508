"""People in front of the pages: joined by the rooms' own verbs, and signed in in a browser of the tests."""

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.utils import timezone
from people import Desk
from pyotp import TOTP

from thuchu.desk.accounts import codes, session
from thuchu.desk.accounts.models import Account
from thuchu.desk.accounts.session import SignedIn

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def codes_of_now():
    """Codes that a phone has proved to hold; those of the last half-minute were used."""
    now = timezone.now()
    return codes.NewCodes(secret=SECRET, step=codes.matching_step(SECRET, TOTP(SECRET).at(now), now=now) - 1)


def signed_in(account_id, *, strong=True, at=None, language="vi"):
    """A browser with that person signed in; `at` for one who did so a while ago."""
    store = SessionStore()
    proof = SignedIn(account_id=account_id, strong=strong, epoch=Account.objects.get(pk=account_id).epoch)
    session.sign_in(store, proof, now=at or timezone.now())
    store.save()
    client = Client(headers={"accept-language": language})
    client.cookies[settings.SESSION_COOKIE_NAME] = store.session_key
    return client


def people_of(desk: Desk):
    """One person of each kind, by what they are; None for a visitor."""
    return {
        "visitor": None,
        "contributor": desk.person("An Nguyên").view(),
        "practised": desk.person("Bình Yên", may_write=True).view(),
        "coordinator": desk.person("Chi Mai", "coordinator", may_write=True).view(),
        "operator": desk.operator.view(),
    }

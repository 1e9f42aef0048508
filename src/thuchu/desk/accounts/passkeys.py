"""Passkeys: a question from us, an answer that only one device can give, checked with py_webauthn.

    options = begin_registration(session, site, name="An", line=line, now=now)  the browser makes a key
    made = finish_registration(session, site, answer, now=now)               → joining.join or add_passkey

A passkey must find its account by itself (a name is asked for nowhere), so it must be discoverable: without REQUIRED
below, signing in fails later and nothing says why.
"""

import ipaddress
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    bytes_to_base64url,
    parse_authentication_credential_json,
    parse_registration_credential_json,
)
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from thuchu.desk.accounts import refusals
from thuchu.desk.accounts.limits import Line
from thuchu.desk.accounts.models import CREDENTIAL_ID_CHARS_MAX, PASSKEY_NAME_CHARS_MAX, Account, Passkey
from thuchu.desk.accounts.session import CHALLENGE_MINUTES, SignedIn, hold, take_held
from thuchu.privacy import CleanText, require_clean

# A phone, a computer, two keys in a drawer, and as many again while changing them.
PASSKEYS_MAX = 10
# Random bytes that name an account to its own devices (WebAuthn Level 3, section 5.4.3, allows 64).
USER_HANDLE_BYTES = 32
CHALLENGE_BYTES = 32
# What a device answers has about 1 KB; with a long certificate chain some.
ANSWER_CHARS_MAX = 32_000
_NEW, _KNOWN = "new passkey", "sign in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What passkeys are bound to: the host's name, the desk's name that a device shows, the origin of our pages."""

    rp_id: str
    name: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPasskey:
    """A passkey that has proved itself and is kept nowhere yet; only `finish_registration` makes one."""

    credential_id: str
    public_key: bytes
    sign_count: int
    transports: tuple[str, ...]
    user_handle: bytes


def site() -> Site:
    """This desk's, from its settings and from nothing that a request says."""
    return Site(rp_id=settings.THUCHU_RP_ID, name=settings.THUCHU_NAME, origin=settings.THUCHU_ORIGIN)


def has_a_name(where: Site) -> bool:
    """Is the desk reached by a name? Browsers keep no passkey for a bare number."""
    try:
        ipaddress.ip_address(where.rp_id)
    except ValueError:
        return True
    return False


def begin_registration(
    session: SessionBase, where: Site, *, name: str, line: Line, account_id: int | None = None, now: datetime
) -> str:
    """The question for `navigator.credentials.create`, as JSON; its answer is good for CHALLENGE_MINUTES, once.

    name        what the device calls the key's owner: the pseudonym, or the name that somebody is about to take
    account_id  of who is signed in and adds a passkey; None before an account is there
    raises      TooFast, PasskeysNeedAName, PasskeysEnough, NoSuchAccount
    """
    _require_a_name(where)
    handle, known = _owner(account_id)
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    hold(session, _NEW, f"{bytes_to_base64url(challenge)} {bytes_to_base64url(handle)}", line=line, now=now)
    options = generate_registration_options(
        rp_id=where.rp_id,
        rp_name=where.name,
        user_name=name,
        user_id=handle,
        challenge=challenge,
        timeout=CHALLENGE_MINUTES * 60_000,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            require_resident_key=True,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[_descriptor(key) for key in known],
    )
    return options_to_json(options)


def finish_registration(session: SessionBase, where: Site, answer: str, *, now: datetime) -> NewPasskey:
    """The passkey that the device made for our question.

    raises  ChallengeGone, PasskeyNotTaken
    """
    challenge, _, handle = take_held(session, _NEW, now=now).partition(" ")
    made = _verified_registration(where, answer, base64url_to_bytes(challenge))
    if made is None:
        raise refusals.PasskeyNotTaken
    credential_id, public_key, sign_count, transports = made
    return NewPasskey(
        credential_id=credential_id,
        public_key=public_key,
        sign_count=sign_count,
        transports=transports,
        user_handle=base64url_to_bytes(handle),
    )


def begin_sign_in(session: SessionBase, where: Site, *, line: Line, now: datetime) -> str:
    """The question for `navigator.credentials.get`, as JSON: whoever has a passkey of this desk may answer.

    raises  TooFast, PasskeysNeedAName
    """
    _require_a_name(where)
    challenge = secrets.token_bytes(CHALLENGE_BYTES)
    hold(session, _KNOWN, bytes_to_base64url(challenge), line=line, now=now)
    options = generate_authentication_options(
        rp_id=where.rp_id,
        challenge=challenge,
        timeout=CHALLENGE_MINUTES * 60_000,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def finish_sign_in(session: SessionBase, where: Site, answer: str, *, now: datetime) -> SignedIn:
    """Whose passkey answered our question; hand it to `session.sign_in`.

    raises  ChallengeGone, PasskeyNotRecognised
    """
    challenge = base64url_to_bytes(take_held(session, _KNOWN, now=now))
    with transaction.atomic():
        key = _named_by(answer)
        count = None if key is None else _verified_sign_count(where, answer, challenge, key)
        if key is None or count is None:
            raise refusals.PasskeyNotRecognised
        key.sign_count, key.used_on = count, now.date()
        key.save(update_fields=["sign_count", "used_on"])
        # Whoever holds a key has not forgotten how to come in: what strangers tried at the name is over.
        Account.objects.filter(pk=key.account_id).update(failures=0, locked_until=None)
    return SignedIn(account_id=key.account_id, strong=True, epoch=key.account.epoch)


def keep(account: Account, made: NewPasskey, name: CleanText, *, now: datetime) -> Passkey:
    """The row of a passkey that proved itself, inside the caller's transaction.

    raises  PasskeyNameRefused, PasskeysEnough, PasskeyKnown; TypeError for a name that wasn't scrubbed
    """
    called = checked_name(name)
    if bytes(account.user_handle) != made.user_handle:
        # It was made for somebody else: its device would bring another owner's handle at every sign-in.
        raise refusals.PasskeyNotTaken
    if account.passkeys.count() >= PASSKEYS_MAX:
        raise refusals.PasskeysEnough(most=PASSKEYS_MAX)
    try:
        with transaction.atomic():
            return Passkey.objects.create(
                account=account,
                credential_id=made.credential_id,
                public_key=made.public_key,
                sign_count=made.sign_count,
                transports=list(made.transports),
                name=called,
                added_on=now.date(),
            )
    except IntegrityError:
        raise refusals.PasskeyKnown from None


def checked_name(name: CleanText) -> str:
    """What somebody calls their passkey, as it will stand; raises PasskeyNameRefused, TypeError."""
    text = " ".join(require_clean(name).text.split())
    if name.findings or not 1 <= len(text) <= PASSKEY_NAME_CHARS_MAX:
        raise refusals.PasskeyNameRefused(most=PASSKEY_NAME_CHARS_MAX)
    return text


def _require_a_name(where: Site) -> None:
    if not has_a_name(where):
        raise refusals.PasskeysNeedAName(host=where.rp_id)


def _owner(account_id: int | None) -> tuple[bytes, Iterable[Passkey]]:
    if account_id is None:
        return secrets.token_bytes(USER_HANDLE_BYTES), ()
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise refusals.NoSuchAccount
    known = list(account.passkeys.all())
    if len(known) >= PASSKEYS_MAX:
        raise refusals.PasskeysEnough(most=PASSKEYS_MAX)
    return bytes(account.user_handle), known


def _descriptor(key: Passkey) -> PublicKeyCredentialDescriptor:
    transports = [AuthenticatorTransport(value) for value in key.transports]
    return PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential_id), transports=transports)


def _verified_registration(
    where: Site, answer: str, challenge: bytes
) -> tuple[str, bytes, int, tuple[str, ...]] | None:
    """(credential id, public key, sign count, transports) of an answer that holds; None for any other."""
    if len(answer) > ANSWER_CHARS_MAX:
        return None
    try:
        credential = parse_registration_credential_json(answer)
        made = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=where.rp_id,
            expected_origin=where.origin,
            require_user_verification=True,
        )
    except Exception:
        # The bytes come from anywhere, and the library and the parsers below it raise two dozen kinds of errors at
        # them; none of them tells its reader more than that this answer isn't taken.
        return None
    credential_id = bytes_to_base64url(made.credential_id)
    if len(credential_id) > CREDENTIAL_ID_CHARS_MAX:
        return None
    transports = tuple(sorted({transport.value for transport in credential.response.transports or ()}))
    return credential_id, made.credential_public_key, made.sign_count, transports


def _named_by(answer: str) -> Passkey | None:
    """The passkey that an answer names, its row held; None when it names none, or another owner than its own."""
    if len(answer) > ANSWER_CHARS_MAX:
        return None
    try:
        credential: Any = parse_authentication_credential_json(answer)
    except Exception:
        return None
    rows = Passkey.objects.select_for_update().select_related("account")
    key = rows.filter(credential_id=bytes_to_base64url(credential.raw_id)).first()
    handle = credential.response.user_handle
    if key is None or not handle or bytes(key.account.user_handle) != handle:
        return None
    return key


def _verified_sign_count(where: Site, answer: str, challenge: bytes, key: Passkey) -> int | None:
    """What the device counts now, when its answer holds; a count that doesn't rise is a copy's, and holds not."""
    try:
        return verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=where.rp_id,
            expected_origin=where.origin,
            credential_public_key=bytes(key.public_key),
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        ).new_sign_count
    except Exception:
        return None

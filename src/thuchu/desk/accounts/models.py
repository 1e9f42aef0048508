"""Rows of accounts: a public name that stays, and everything private behind it, which goes when its person leaves.

Pseudonym ◄── Account ◄── Passkey · RecoveryCode · RoleGrant · Email · ApiToken    left: public; right: private
    ▲                                                        leaving deletes Account and all behind it
    └──────── Invitation (who invited, never who came)
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

COORDINATOR, OPERATOR, CONTRIBUTOR = "coordinator", "operator", "contributor"
GRANTED_ROLES = (COORDINATOR, OPERATOR)
INVITED_ROLES = (CONTRIBUTOR, OPERATOR)
# What a program may do with a token, beyond what everybody may without one. None writes a note or a rating (rule 8).
CHECK, WISHES = "check", "wishes"
SCOPES = (CHECK, WISHES)
# In one order, so that each set of scopes is written in one way.
SCOPE_SETS = (CHECK, WISHES, f"{CHECK} {WISHES}")

# A name must fit a line on a phone; what a name left behind is called is shorter.
NAME_CHARS_MAX = 30
# Letters that fold into two or three (ß, ligatures) make a key longer than its name.
NAME_KEY_CHARS_MAX = 3 * NAME_CHARS_MAX
# What somebody calls their own passkey: "điện thoại của An".
PASSKEY_NAME_CHARS_MAX = 40
# What somebody calls a token: "hộp thư của thư viện".
TOKEN_NAME_CHARS_MAX = 40
# Of a token's 24 random characters: enough to tell five tokens apart; the 120 bits left are out of reach of guessing.
TOKEN_PREFIX_CHARS = 4
# The longest credential id that WebAuthn allows (Level 3, section 4) is 1,023 bytes: 1,364 characters of base64url.
CREDENTIAL_ID_CHARS_MAX = 1_364
# SHA-256 in hexadecimal.
DIGEST_CHARS = 64
# RFC 5321, section 4.5.3.1.3.
EMAIL_CHARS_MAX = 254
# SQLite and PostgreSQL count in signed 64 bits.
RATER_NUMBER_MAX = 2**63 - 1


class Pseudonym(models.Model):
    """A name under which somebody works here. It stays for ever; its person may leave, and then it is a random one."""

    name = models.CharField(max_length=NAME_CHARS_MAX)
    # What the eye reads (`names.key`): two names that look alike have one key.
    key = models.CharField(max_length=NAME_KEY_CHARS_MAX, unique=True)
    left = models.BooleanField(default=False)
    joined_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = (models.CheckConstraint(condition=~Q(name="") & ~Q(key=""), name="pseudonym_is_named"),)

    def __str__(self) -> str:
        return f"pseudonym {self.pk}"


class Account(models.Model):
    """What belongs to the person behind a pseudonym alone; deleted when they leave."""

    pseudonym = models.OneToOneField(Pseudonym, on_delete=models.PROTECT, related_name="account")
    # Under which their ratings stand: random, of no other use, and unlinked for ever with this row (rule 7).
    rater_number = models.BigIntegerField(unique=True)
    # The one bit that practice leaves.
    may_write = models.BooleanField(default=False)
    # What passkeys call their owner: random, so that a lost phone names nobody.
    user_handle = models.BinaryField(max_length=64, unique=True)
    # As Django's hashers write it; "" when this person signs in with passkeys alone.
    password = models.CharField(max_length=255, default="")
    totp_secret = models.CharField(max_length=64, default="")
    # The last half-minute whose code was used: a code that somebody looked at opens nothing a second time.
    totp_step = models.BigIntegerField(default=0)
    # Failed tries in a row since the last success, and until when the next one has to wait.
    failures = models.PositiveIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    # Raised by "sign out everywhere": a session of an earlier epoch is none.
    epoch = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(
                condition=Q(rater_number__gte=1, rater_number__lte=RATER_NUMBER_MAX), name="rater_number_is_positive"
            ),
            models.CheckConstraint(condition=~Q(rater_number=F("pseudonym")), name="rater_number_is_no_pseudonym"),
            models.CheckConstraint(condition=Q(totp_secret="") | ~Q(password=""), name="totp_stands_beside_a_password"),
            models.CheckConstraint(condition=Q(locked_until=None) | Q(failures__gte=1), name="only_failures_lock"),
        )

    def __str__(self) -> str:
        return f"account {self.pk}"


class RoleGrant(models.Model):
    """One role that an account holds besides that of a contributor, which every account has."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=12, choices=[(r, r) for r in GRANTED_ROLES])
    granted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=Q(role__in=GRANTED_ROLES), name="granted_role_is_known"),
            models.UniqueConstraint(fields=("account", "role"), name="a_role_is_granted_once"),
        )

    def __str__(self) -> str:
        return f"{self.account} {self.role}"


class HandOver(models.Model):
    """A coordinator asks another to take over what they hold, and would go; gone once it is taken, or either leaves."""

    giver = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="hand_over")
    taker = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="hand_overs")
    offered_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=~Q(giver=F("taker")), name="nobody_hands_over_to_themselves"),
        )

    def __str__(self) -> str:
        return f"{self.giver} hands over to {self.taker}"


class Passkey(models.Model):
    """One passkey of an account. The public key opens nothing; the private one never leaves its owner's device."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="passkeys")
    # base64url without padding, as browsers write it.
    credential_id = models.CharField(max_length=CREDENTIAL_ID_CHARS_MAX, unique=True)
    public_key = models.BinaryField()
    # How often its device says it was used; 0 for those that don't count. A copy of a device shows by it.
    sign_count = models.BigIntegerField(default=0)
    transports = models.JSONField(default=list)
    name = models.CharField(max_length=PASSKEY_NAME_CHARS_MAX)
    # Days, not moments: enough to tell which one is old, not when somebody is awake.
    added_on = models.DateField()
    used_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=~Q(credential_id="") & ~Q(name=""), name="passkey_is_named"),
            models.CheckConstraint(condition=Q(sign_count__gte=0), name="passkey_counts_up"),
        )

    def __str__(self) -> str:
        return f"passkey {self.pk}"


class RecoveryCode(models.Model):
    """One way in for when every other is lost: a digest, deleted when its code is used."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=DIGEST_CHARS, unique=True)

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class Email(models.Model):
    """An address that its owner gave to be written to; until it is confirmed, nothing but the question is sent."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="email")
    address = models.CharField(max_length=EMAIL_CHARS_MAX)
    # "" once confirmed.
    token_digest = models.CharField(max_length=DIGEST_CHARS, default="", db_index=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=~Q(address=""), name="email_is_not_empty"),
            models.CheckConstraint(
                condition=Q(token_digest="", confirmed_at__isnull=False)
                | ~Q(token_digest="") & Q(confirmed_at__isnull=True),
                name="email_waits_or_is_confirmed",
            ),
        )

    def __str__(self) -> str:
        return f"email {self.pk}"


class ApiToken(models.Model):
    """What lets a program of somebody's ask more. What it asked is tied to it nowhere: questions know no token."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=TOKEN_NAME_CHARS_MAX)
    digest = models.CharField(max_length=DIGEST_CHARS, unique=True)
    # Its first characters, by which its owner recognises it.
    prefix = models.CharField(max_length=TOKEN_PREFIX_CHARS)
    # Separated by spaces, as OAuth writes them.
    scopes = models.CharField(max_length=40, choices=[(each, each) for each in SCOPE_SETS])
    # Days, not moments: enough to see that one lies about unused, not when its program was asked something.
    made_on = models.DateField()
    used_on = models.DateField(null=True)
    # The last day on which it opens anything.
    expires_on = models.DateField(db_index=True)

    class Meta:
        constraints: ClassVar = (
            models.CheckConstraint(condition=~Q(name="") & ~Q(digest="") & ~Q(prefix=""), name="api_token_is_named"),
            models.CheckConstraint(condition=Q(scopes__in=SCOPE_SETS), name="api_token_scopes_are_known"),
            models.CheckConstraint(condition=Q(expires_on__gt=F("made_on")), name="api_token_ends_later"),
        )

    def __str__(self) -> str:
        return f"api token {self.pk}"


class Invitation(models.Model):
    """One place kept for somebody. Who came with it is written nowhere; the row goes when it no longer counts."""

    token_digest = models.CharField(max_length=DIGEST_CHARS, unique=True)
    # Nobody for the link that a desk without operator prints at its machine.
    inviter = models.ForeignKey(Pseudonym, null=True, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=12, choices=[(r, r) for r in INVITED_ROLES])
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    is_used = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = (
            # A person invites contributors; only the machine's own link makes an operator.
            models.CheckConstraint(
                condition=Q(role=CONTRIBUTOR, inviter__isnull=False) | Q(role=OPERATOR, inviter__isnull=True),
                name="people_invite_contributors",
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="invitation_ends_later"),
        )

    def __str__(self) -> str:
        return f"invitation {self.pk}"

"""Why an account did not do what was asked: one class a reason, each a sentence for its person with a next step.

A sentence is a translatable message and its values, so that a page can say it in the reader's language; `str()` is the
English one, for logs and developers.  Values never hold a name, a code or an address that somebody typed.
"""

from typing import ClassVar

from thuchu.desk.marking import gettext_noop


class AccountRefused(Exception):
    """Nothing was changed; `message % values` says what happened and what the person can do."""

    message: ClassVar[str] = ""

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.message % values)
        self.values = values


class NameRefused(AccountRefused):
    """The chosen name can't be used."""


class NameLength(NameRefused):
    """Fewer than `least` or more than `most` characters: `got`."""

    message = gettext_noop("The name has %(got)s characters; %(least)s to %(most)s fit. Choose another.")


class NameLetters(NameRefused):
    """Something else than letters, figures, spaces and - _ . ' or fewer than two letters."""

    message = gettext_noop(
        "A name here is made of letters and figures, with single spaces, dots, hyphens or underscores between them, "
        "and has two letters at least. Choose another."
    )


class NamePersonal(NameRefused):
    """`privacy.scrub` found personal data in it."""

    message = gettext_noop(
        "This name holds a phone number, an address or another thing that leads to you. "
        "Choose one that says nothing of who you are."
    )


class NameOfficial(NameRefused):
    """It sounds like a role or the desk itself."""

    message = gettext_noop("This name sounds as if it spoke for the desk. Choose another.")


class NameTaken(NameRefused):
    """Somebody has it, or one that looks like it."""

    message = gettext_noop("Somebody here has this name, or one that looks like it. Choose another.")


class InvitationRefused(AccountRefused):
    """About an invitation."""


class InvitationGone(InvitationRefused):
    """Unknown, used, taken back or expired: which of them is nobody's business."""

    message = gettext_noop("This invitation was used, or its time is over. Ask for another one.")


class InvitedEnough(InvitationRefused):
    """This person invited `most` in `days` days."""

    message = gettext_noop("You have invited %(most)s people in %(days)s days, and that is as many as one may. Wait.")


class NoPlaceThisWeek(InvitationRefused):
    """The desk grows by so many a week and no more."""

    message = gettext_noop(
        "All places of this week are taken: the desk grows slowly, so that newcomers are met by people. "
        "Try again in a few days."
    )


class HasOperator(InvitationRefused):
    """The machine's own link is for a desk without operator."""

    message = gettext_noop(
        "This desk has an operator already. An operator can give the role to others on the settings page."
    )


class SignInRefused(AccountRefused):
    """Nobody was signed in."""


class NotRecognised(SignInRefused):
    """Name, password or code: which of them was wrong is not said."""

    message = gettext_noop("Name, password and code don't belong together. Check them; a code lives for half a minute.")


class PasskeyNotRecognised(SignInRefused):
    """The passkey isn't known here, or its answer doesn't hold."""

    message = gettext_noop("This passkey was not recognised here. Try another one, or another way to sign in.")


class ChallengeGone(AccountRefused):
    """The question that the passkey answers was answered before, or is older than `minutes`."""

    message = gettext_noop("This took longer than %(minutes)s minutes, or was done twice. Begin again.")


class TooFast(SignInRefused):
    """Too many tries from one line: wait `seconds`."""

    message = gettext_noop("There were many tries from your connection. Wait %(seconds)s seconds, then try again.")


class LockedFor(SignInRefused):
    """Too many failed tries for this name: wait `seconds`."""

    message = gettext_noop(
        "There were many failed tries for this name, so passwords and codes rest for %(seconds)s seconds. "
        "A passkey opens at once."
    )


class Busy(AccountRefused):
    """Too many passwords are being checked at the same time."""

    message = gettext_noop("Many people are signing in at this moment. Try again in a few seconds.")


class NotForYou(AccountRefused):
    """The permission matrix has no such cell for this person."""

    message = gettext_noop("Your role has no part in this. The page about roles says who has.")


class NoSuchAccount(AccountRefused):
    """The account is gone, or never was."""

    message = gettext_noop("There is no such account here any more.")


class WayInRefused(AccountRefused):
    """A passkey, password or code that can't be added, changed or removed."""


class PasskeyNotTaken(WayInRefused):
    """What the device answered can't be kept as a passkey."""

    message = gettext_noop(
        "Your device's answer could not be kept as a passkey. Begin again; if it happens twice, use a password."
    )


class PasskeyKnown(WayInRefused):
    """This credential is kept already."""

    message = gettext_noop("This passkey is known here already.")


class PasskeysEnough(WayInRefused):
    """An account has at most `most` passkeys."""

    message = gettext_noop("An account keeps at most %(most)s passkeys. Remove one that you no longer use.")


class PasskeyNameRefused(WayInRefused):
    """Empty, longer than `most` characters, or with personal data in it."""

    message = gettext_noop(
        "Call your passkey by what it is kept on, such as “my phone”: 1 to %(most)s characters, no number or address."
    )


class PasskeysNeedAName(WayInRefused):
    """The desk is reached at a bare number, and browsers keep no passkey for that: use `host`."""

    message = gettext_noop(
        "Browsers keep passkeys for names, not for numbers like %(host)s. Open the desk at its name "
        "(on your own machine: localhost), or use a password and code."
    )


class PasswordLength(WayInRefused):
    """Fewer than `least` or more than `most` characters."""

    message = gettext_noop("A password has %(least)s to %(most)s characters. Three or four words in a row are good.")


class PasswordGuessable(WayInRefused):
    """The name, one character again and again, or on every list of passwords."""

    message = gettext_noop("This password is one of the first that anybody would try. Choose another.")


class CodeWrong(WayInRefused):
    """The code isn't the one that the secret gives now."""

    message = gettext_noop(
        "The code is not the one we expect. Wait for the next one; if that fails, too, let your phone set its clock."
    )


class NeedsPassword(WayInRefused):
    """Codes stand beside a password."""

    message = gettext_noop("Codes belong to a password. Set a password first.")


class LastWayIn(WayInRefused):
    """Taking it away would lock its person out."""

    message = gettext_noop(
        "This is your last way in. Add another one first, or leave the desk, which erases everything."
    )


class EmailRefused(AccountRefused):
    """No address that mail can be sent to."""

    message = gettext_noop("This is no e-mail address. Check it, or leave it out: nobody needs one here.")


class EmailLinkGone(AccountRefused):
    """The link that confirms an address was used, or is older than `hours`."""

    message = gettext_noop("This link was used, or is older than %(hours)s hours. Give your address once more.")


class TokenRefused(AccountRefused):
    """A token for programs that can't be made as asked."""


class TokenNameRefused(TokenRefused):
    """Empty, longer than `most` characters, or with personal data in it."""

    message = gettext_noop(
        "Call the token by what uses it, such as “the library's chat”: 1 to %(most)s characters, no number or address."
    )


class TokenScopesRefused(TokenRefused):
    """Nothing was ticked, or something that no token may do."""

    message = gettext_noop("Tick what the token may do, one thing at least.")


class TokenDaysRefused(TokenRefused):
    """None of the times that a token may have."""

    message = gettext_noop("Choose how long the token is good for.")


class TokensEnough(TokenRefused):
    """An account has at most `most` tokens."""

    message = gettext_noop("An account keeps at most %(most)s tokens. Revoke one that you no longer use.")


class RoleRefused(AccountRefused):
    """A role that can't be given or taken as asked."""


class RoleHeld(RoleRefused):
    """They have it, or haven't, already."""

    message = gettext_noop("Nothing was changed: it is so already.")


class NoSuchCoordinator(RoleRefused):
    """Nobody of that number coordinates, or it is oneself."""

    message = gettext_noop("Choose another coordinator of this desk. An operator can name one first.")


class NothingOffered(RoleRefused):
    """It was taken back meanwhile, or its giver left."""

    message = gettext_noop("Nobody offers you their role now: they took it back, or left.")


class LastCoordinator(RoleRefused):
    """They didn't say that nobody will coordinate this desk."""

    message = gettext_noop(
        "You are the only coordinator of this desk. Tick that you know that nobody keeps order here after you, or have "
        "another one named first."
    )


class LastOperator(RoleRefused):
    """A desk has at least one operator."""

    message = gettext_noop("This desk has no other operator. Give the role to somebody else first.")

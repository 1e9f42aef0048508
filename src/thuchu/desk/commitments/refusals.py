"""Why something about a commitment was not done: one class a reason, each a sentence with a next step."""

from typing import ClassVar

from thuchu.desk.marking import gettext_noop


class CommitmentRefused(Exception):
    """Nothing was changed; `message % values` says what happened and what the person can do."""

    message: ClassVar[str] = ""
    # Somebody else did something a moment ago; nothing typed has to change.
    is_conflict: ClassVar[bool] = False

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.message % values)
        self.values = values


class NoSuchCommitment(CommitmentRefused):
    """No commitment has this number."""

    message = gettext_noop("There is no such commitment here. See the register for those there are.")


class ResolutionWanted(CommitmentRefused):
    """None was named, or it isn't in force."""

    message = gettext_noop(
        "Choose the resolution that says so. It counts once it was adopted and a second person confirmed it."
    )


class WordsWanted(CommitmentRefused):
    """`least` characters are wanted."""

    message = gettext_noop("Say it in a sentence: %(least)s characters at least. What you typed is still here.")


class WordsTooLong(CommitmentRefused):
    """`got` characters, `most` may be."""

    message = gettext_noop("This has %(got)s characters, and %(most)s fit. Shorten it; what you typed is still here.")


class OwnerWanted(CommitmentRefused):
    """Nobody, or nobody who can own one."""

    message = gettext_noop(
        "Choose one owner: a role of this desk, or an organisation. A single person owns no commitment."
    )


class HelperUnknown(CommitmentRefused):
    """A helper that isn't there, or that owns it."""

    message = gettext_noop("Choose helpers from the list, and none that owns it.")


class DayWanted(CommitmentRefused):
    """No day, or one that can't be."""

    message = gettext_noop("Say by which day: from today on, and within %(years)s years. Write it like 30/6/2027.")


class DayUnchanged(CommitmentRefused):
    """It is due on that day already."""

    message = gettext_noop("It is due on that day already. Choose a later one.")


class MeasureWanted(CommitmentRefused):
    """Nothing says when it is done."""

    message = gettext_noop(
        "Say how anybody will see that it is done: a figure with its target, or the evidence that is wanted."
    )


class TargetWanted(CommitmentRefused):
    """A figure without a number that it can be held against."""

    message = gettext_noop(
        "Choose a figure that may have a target, and write the target as a number: waiting times in hours, shares in "
        "per cent."
    )


class AreaUnknown(CommitmentRefused):
    """No area has this code."""

    message = gettext_noop("Choose an area from the list, or none for the whole desk.")


class AreaOfFigure(CommitmentRefused):
    """A figure of the whole desk with an area, or one that is counted by area without any: nothing could judge it."""

    message = gettext_noop(
        "Choose an area for the share of an area's claims, and none for any other figure: those are of the whole desk."
    )


class AlreadyEnded(CommitmentRefused):
    """It is done, dropped or replaced."""

    message = gettext_noop("This commitment has ended: it is done, dropped or replaced. See its history.")
    is_conflict = True


class SpeakerUnknown(CommitmentRefused):
    """Not a role that this person can speak for."""

    message = gettext_noop("Choose in whose name you say it: a role that is yours here, or the owner's.")


class OwnersWord(CommitmentRefused):
    """Only the owner says that it is done."""

    message = gettext_noop(
        "Its owner says that it is done. Say in the owner's name that you report it, or add an update."
    )


class EvidenceUnknown(CommitmentRefused):
    """No public page, or no evidence that is kept here."""

    message = gettext_noop(
        "We can't use this as evidence. Paste the address of a public page that begins with https:// and leads to no "
        "single person, or the number of evidence that this desk keeps."
    )


class NotReported(CommitmentRefused):
    """There is nothing to confirm."""

    message = gettext_noop("Nobody has reported it done, so there is nothing to confirm. See how it stands now.")
    is_conflict = True


class ReportWaits(CommitmentRefused):
    """It is reported done."""

    message = gettext_noop("It is reported done. Somebody else confirms that or refuses it first.")
    is_conflict = True


class NothingShown(CommitmentRefused):
    """A report without evidence."""

    message = gettext_noop("The report shows no evidence yet. Ask for some in an update, or refuse the report.")


class SecondPersonWanted(CommitmentRefused):
    """Whoever reported it can't confirm it, and the owner's role neither."""

    message = gettext_noop("Somebody else confirms a report, in the name of another role than the owner's.")


class FiguresSay(CommitmentRefused):
    """It is measured by a figure."""

    message = gettext_noop(
        "This one is measured by a figure: the next review's frozen figures say whether it is met, and nobody else."
    )


class NotItsFollower(CommitmentRefused):
    """What is to take its place can't."""

    message = gettext_noop(
        "Agree the new commitment first, then write its number here: one that is open, and not this one."
    )


class NoMail(CommitmentRefused):
    """This desk has no mail server, or the owner has no commitments."""

    message = gettext_noop("No mail goes out from here. The list of what is due soon stands on your work page.")


class AddressWanted(CommitmentRefused):
    """Nothing, or what no mail server would take."""

    message = gettext_noop("This doesn't look like an e-mail address. Compare it with yours and try again.")


class AskedEnough(CommitmentRefused):
    """Several confirmations went out today."""

    message = gettext_noop(
        "Several confirmations were mailed a short while ago. Look into the mailbox, among unwanted mail too, "
        "or try again tomorrow."
    )

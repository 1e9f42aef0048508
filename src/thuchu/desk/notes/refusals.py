"""Why something about a note was not done: one class a reason, each a sentence for its person with a next step.

A sentence is a translatable message and its values, so that a page can say it in the reader's language; `str()` is the
English one, for logs and developers.  Values are numbers and codes, never what somebody wrote.
"""

from typing import ClassVar

from thuchu.desk.marking import gettext_noop


class NoteRefused(Exception):
    """Nothing was changed; `message % values` says what happened and what the person can do."""

    message: ClassVar[str] = ""

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.message % values)
        self.values = values


class NoSuchNote(NoteRefused):
    """No note has this number."""

    message = gettext_noop("There is no note with this number here. It may have gone with a private matter.")


class NoSuchClaim(NoteRefused):
    """No claim has this number."""

    message = gettext_noop("There is no claim with this number here. Look for it in the queue.")


class ClaimClosed(NoteRefused):
    """Merged, or not checkable."""

    message = gettext_noop("This claim is closed. Its page says why, and where its questions are now.")


class NoteWithdrawn(NoteRefused):
    """Its author took it back."""

    message = gettext_noop("This note was withdrawn by its author, so nothing more happens to it.")


class NotYours(NoteRefused):
    """Only a note's author changes it, whatever roles somebody has (rule 4)."""

    message = gettext_noop("Only its author changes a note. Write one of your own, or rate this one.")


class DraftRefused(NoteRefused):
    """About what was written."""


class VerdictMisfits(DraftRefused):
    """On a prebunk."""

    message = gettext_noop(
        "A prebunk states what is so, and a note on it says that it is true, or, once it has been rated, that it was "
        "so and is outdated. If what it states is wrong, don't rate a note on it helpful, and say why."
    )


class TooFewWords(DraftRefused):
    """`got` words, `least` are wanted."""

    message = gettext_noop("A note explains: %(got)s words are too few, %(least)s are needed. Links don't count.")


class TooManyWords(DraftRefused):
    """`got` words, `most` may be."""

    message = gettext_noop("The note has %(got)s words, and %(most)s at most are read on a phone. Leave something out.")


class TextTooLong(DraftRefused):
    """`got` characters, `most` may be: words or links of unusual length."""

    message = gettext_noop("The note has %(got)s characters, and %(most)s fit. Shorten its words or its links.")


class VerdictUnknown(DraftRefused):
    """Not one of the five."""

    message = gettext_noop("Choose one of the five verdicts: false, misleading, outdated, unproven, true.")


class EvidenceWanted(DraftRefused):
    """None was given (rule 3)."""

    message = gettext_noop("A verdict needs evidence: add at least one source with the sentence that matters.")


class EvidenceUnknown(DraftRefused):
    """A piece that isn't here, or isn't ready."""

    message = gettext_noop("A piece of evidence is not ready. Wait until its page was fetched, or take another one.")


class EvidenceEnough(DraftRefused):
    """`got` pieces, `most` may be."""

    message = gettext_noop("The note has %(got)s pieces of evidence, and %(most)s at most are opened. Keep the best.")


class NothingChanged(DraftRefused):
    """The new version would be the old one."""

    message = gettext_noop("Nothing in the note has changed.")


class WithheldComesBack(DraftRefused):
    """The new words hold a passage that two people withheld."""

    message = gettext_noop(
        "The note holds a passage that is withheld at the moment. Leave it out; on the claim's page you can appeal."
    )


class VersionsEnough(NoteRefused):
    """A note has at most `most` versions."""

    message = gettext_noop("A note has at most %(most)s versions. Withdraw it and write another one.")


class AlreadyWritten(NoteRefused):
    """Their note `number` on this claim stands."""

    message = gettext_noop("You have a note on this claim, number %(number)s. Edit it, or withdraw it first.")


class WrittenEnough(NoteRefused):
    """`most` notes in 24 hours."""

    message = gettext_noop("You have written %(most)s notes in 24 hours, and others have to read them. Wait a little.")


class LaneFull(NoteRefused):
    """About drafts of machines (rule 8)."""


class ClaimLaneFull(LaneFull):
    """The claim has `most` such notes."""

    message = gettext_noop(
        "This claim has %(most)s notes that a machine drafted, and more it does not get. Write it in your own words."
    )


class DeskLaneFull(LaneFull):
    """`percent` of the desk's notes are such."""

    message = gettext_noop(
        "At most %(percent)s%% of the notes here may be drafted by a machine, and that many are. "
        "Write it in your own words, or wait."
    )


class ReuseRefused(NoteRefused):
    """A note that can't be used again there."""


class SameClaim(ReuseRefused):
    """It stands on that claim."""

    message = gettext_noop("The note stands on this claim already. Choose another one.")


class PartWithheld(ReuseRefused):
    """A passage of it is withheld."""

    message = gettext_noop("A passage of this note is withheld at the moment, so it isn't used again. Write your own.")


class RatingRefused(NoteRefused):
    """About a rating."""


class LevelUnknown(RatingRefused):
    """Not one of the three."""

    message = gettext_noop("Choose one: helpful, somewhat helpful, not helpful.")


class ReasonWanted(RatingRefused):
    """None was given."""

    message = gettext_noop("Choose at least one reason, so that its author learns what to do.")


class ReasonMisfits(RatingRefused):
    """Unknown, or of the other kind."""

    message = gettext_noop("A reason does not go with what you chose. Choose among those below it.")


class OwnNote(RatingRefused):
    """Who wrote it, or what it was copied from, doesn't rate it."""

    message = gettext_noop("These words are yours, so others rate them.")


class VersionGone(RatingRefused):
    """The note was edited while its rater read it."""

    message = gettext_noop("The note was edited while you read it. Read what it says now, then rate it.")


class NotRated(RatingRefused):
    """There is nothing to take back."""

    message = gettext_noop("You have no rating on this note.")


class PracticeRefused(NoteRefused):
    """About practice."""


class PracticeGone(PracticeRefused):
    """No practice is open, or its page was sent twice."""

    message = gettext_noop("This practice is over, or its page was sent twice. Begin again; nothing of it was kept.")


class WithholdRefused(NoteRefused):
    """A passage that can't be withheld."""


class PassageUnknown(WithholdRefused):
    """No such passage stands in that version."""

    message = gettext_noop("The note has no such passage. Mark it again in the version that you mean.")

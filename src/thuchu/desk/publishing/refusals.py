"""Why something about what is published was not done: one class a reason, each a sentence with a next step."""

from typing import ClassVar

from thuchu.desk.marking import gettext_noop


class PublishingRefused(Exception):
    """Nothing was changed; `message % values` says what happened and what the person can do."""

    message: ClassVar[str] = ""
    # Somebody else did something a moment ago; nothing typed has to change.
    is_conflict: ClassVar[bool] = False

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.message % values)
        self.values = values


class NotPublished(PublishingRefused):
    """Nothing of this note is published."""

    message = gettext_noop("Nothing of this note is published at the moment, so there is nothing to look at again.")
    is_conflict = True


class OwnWords(PublishingRefused):
    """Its author is the one person who can't say it."""

    message = gettext_noop("You wrote it. Somebody else says whether it holds; you can edit it.")


class LookedAtLately(PublishingRefused):
    """`days` days haven't gone by since."""

    message = gettext_noop("Somebody looked at it less than %(days)s days ago. That is enough for now.")
    is_conflict = True


class SourcesUnread(PublishingRefused):
    """A source was not opened."""

    message = gettext_noop("Open every source, and tick those that still say what is quoted. All of them are needed.")


class SourceGone(PublishingRefused):
    """The desk's own look found otherwise (rule 3)."""

    message = gettext_noop(
        "A source no longer shows what is quoted, so nobody can say that it still does. Write a note on better "
        "evidence, or ask its author to edit it."
    )


class NoSuchReport(PublishingRefused):
    """No report has this number."""

    message = gettext_noop("There is no such report here. It may have gone with a private matter.")


class WordsWanted(PublishingRefused):
    """`least` characters are wanted."""

    message = gettext_noop(
        "Say in a sentence what is wrong: %(least)s characters at least. What you typed is still here."
    )


class WordsTooLong(PublishingRefused):
    """`got` characters, `most` may be."""

    message = gettext_noop("This has %(got)s characters, and %(most)s fit. Shorten it; what you typed is still here.")


class AddressWrong(PublishingRefused):
    """No address of a page, or one that leads to a person."""

    message = gettext_noop(
        "We can't use this address. Paste one of a public page that begins with https:// and leads to no single "
        "person, or leave it out."
    )


class ReportsEnough(PublishingRefused):
    """`most` wait."""

    message = gettext_noop(
        "%(most)s people have said that something is wrong with it, and nobody has answered yet. It will be looked at; "
        "one more changes nothing."
    )
    is_conflict = True


class OutcomeUnknown(PublishingRefused):
    """Not one that fits."""

    message = gettext_noop("Choose one of the outcomes.")


class OutcomeUntrue(PublishingRefused):
    """It says that something was done which the desk's rows don't show."""

    message = gettext_noop("That has not happened: nothing here shows it. Do it first, or choose another outcome.")


class AnswerMoved(PublishingRefused):
    """Somebody else was faster."""

    message = gettext_noop("Somebody else has just answered this report, or closed it. See how it stands now.")
    is_conflict = True


class SamePerson(PublishingRefused):
    """Two people close a report, and neither wrote the note."""

    message = gettext_noop("A second person has to agree: not who answered, and not who wrote the note.")

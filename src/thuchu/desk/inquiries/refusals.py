"""Why something about an inquiry was not done: one class a reason, each a sentence with a next step."""

from typing import ClassVar

from thuchu.desk.marking import gettext_noop


class InquiryRefused(Exception):
    """Nothing was changed; `message % values` says what happened and what the person can do."""

    message: ClassVar[str] = ""
    # Somebody else did something a moment ago; nothing typed has to change.
    is_conflict: ClassVar[bool] = False

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.message % values)
        self.values = values


class NoSuchInquiry(InquiryRefused):
    """No inquiry has this number."""

    message = gettext_noop("There is no such question to an organisation here. It may have been a draft.")


class StepTaken(InquiryRefused):
    """Its way has gone on."""

    message = gettext_noop("Somebody else has just gone on with this question. See how it stands now.")
    is_conflict = True


class OrganisationWanted(InquiryRefused):
    """None that can be asked."""

    message = gettext_noop("Choose the organisation that is asked. One that isn't in the list can be added to it.")


class WordsWanted(InquiryRefused):
    """`least` characters are wanted."""

    message = gettext_noop("Some words are wanted here: %(least)s characters at least. What you typed is still here.")


class WordsTooLong(InquiryRefused):
    """`got` characters, `most` may be."""

    message = gettext_noop("This has %(got)s characters, and %(most)s fit. Shorten it; what you typed is still here.")


class OfficeNotPerson(InquiryRefused):
    """A person's name or data where an office's name belongs."""

    message = gettext_noop(
        "Name an office, such as “Phòng Y tế” or “Chánh Văn phòng”, and nobody by name: who holds it is no matter here."
    )


class ClaimUnknown(InquiryRefused):
    """`number` is no claim that a question can be asked for."""

    message = gettext_noop("There is no claim %(number)s here that one can still ask about. Look at its number again.")


class TooManyClaims(InquiryRefused):
    """`most` may be."""

    message = gettext_noop("One question is asked for %(most)s claims at most. Ask two questions.")


class PlaceUnknown(InquiryRefused):
    """No such area or event."""

    message = gettext_noop("This area or event isn't here any more. Choose another one, or none.")


class DayWrong(InquiryRefused):
    """A day that can't be."""

    message = gettext_noop(
        "This day can't be: it lies in the future, long ago, or before the step that it follows. Look at it again."
    )


class ChoiceWanted(InquiryRefused):
    """Nothing of what is offered was chosen."""

    message = gettext_noop("Choose one of what is offered.")


class DaysWrong(InquiryRefused):
    """1 to `most` days."""

    message = gettext_noop("Between 1 and %(most)s days can be given.")


class CalendarMissing(InquiryRefused):
    """Nobody said which days of `year` are off."""

    message = gettext_noop(
        "No day can be reckoned yet: the holidays of %(year)s aren't here. Who runs the machine loads them with "
        "“thuchu holidays load”."
    )


class DocumentUnknown(InquiryRefused):
    """No such evidence."""

    message = gettext_noop("There is no evidence of this number here. Take one from the list, or leave it out.")

"""Why something about a review was not done: one class a reason, each a sentence with a next step."""

from typing import ClassVar

from thuchu.desk.marking import gettext_noop


class ReviewRefused(Exception):
    """Nothing was changed; `message % values` says what happened and what the person can do."""

    message: ClassVar[str] = ""
    # Somebody else did something a moment ago, or it isn't time; nothing typed has to change.
    is_conflict: ClassVar[bool] = False

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.message % values)
        self.values = values


class NoSuchReview(ReviewRefused):
    """No review has this name."""

    message = gettext_noop("There is no such review here. The list of reviews shows which there are.")


class NoSuchRow(ReviewRefused):
    """It names something that isn't part of this review."""

    message = gettext_noop("This isn't part of the review. Open its page again and choose from there.")


class WrongState(ReviewRefused):
    """The review is elsewhere on its way."""

    message = gettext_noop("The review has moved on, or isn't there yet. Its page shows how it stands now.")
    is_conflict = True


class SamePerson(ReviewRefused):
    """Two different people are wanted."""

    message = gettext_noop("A second person has to confirm this: not the one who recorded it.")


class AlreadyDone(ReviewRefused):
    """Somebody was faster."""

    message = gettext_noop("Somebody else has just done this. See how it stands now.")
    is_conflict = True


class AuditOver(ReviewRefused):
    """Judged by two, by this very person, or gone with its question."""

    message = gettext_noop(
        "This answer needs no more words: two people have judged it, you have already, or its question was erased. "
        "Here is the next one."
    )
    is_conflict = True


class WordsWanted(ReviewRefused):
    """Nothing was written where words are needed."""

    message = gettext_noop("Something is still empty. Write it in a sentence; what you typed is still here.")


class WordsTooLong(ReviewRefused):
    """`got` characters, `most` may be."""

    message = gettext_noop("This has %(got)s characters, and %(most)s fit. Shorten it; what you typed is still here.")


class ChoiceUnknown(ReviewRefused):
    """Not one of what is offered."""

    message = gettext_noop("Choose one of what is offered.")


class TimeWrong(ReviewRefused):
    """Days that are in no order, or no days."""

    message = gettext_noop(
        "These times don't fit: a period ends after it begins, and the meeting is not before today and at most "
        "%(days)s days away."
    )


class LinkWrong(ReviewRefused):
    """It leads to nothing that an item may be about."""

    message = gettext_noop(
        "An item may be about a claim, a figure, a commitment or an inquiry, by its number; never about a person. Look "
        "at “%(link)s” again."
    )


class PlaceWrong(ReviewRefused):
    """No address of a page."""

    message = gettext_noop("The address of the meeting begins with https:// and holds no personal details.")


class Enough(ReviewRefused):
    """`most` wait."""

    message = gettext_noop("%(most)s of these wait already and will be looked at first. Come back in a day or two.")
    is_conflict = True


class OrderWrong(ReviewRefused):
    """Not every item once."""

    message = gettext_noop("Every item of the agenda needs a place of its own. The desk's own items stay first.")


class NotQuorate(ReviewRefused):
    """Too few were there."""

    message = gettext_noop("Too few were at this meeting to resolve anything. It can still be reported.")


class CountsWrong(ReviewRefused):
    """A vote without counts, or consent with some."""

    message = gettext_noop(
        "A show of hands and a secret vote have three counts: for, against, abstaining. Where nobody objected, leave "
        "all three empty."
    )


class SeatTaken(ReviewRefused):
    """There is one chair, one secretary, one row for the public."""

    message = gettext_noop("There is one of these a meeting, and it is on the list already. Change that line instead.")
    is_conflict = True


class ItemsOpen(ReviewRefused):
    """Proposals or objections that nobody has looked at."""

    message = gettext_noop("Something that people sent in still waits for somebody to look at it. Do that first.")
    is_conflict = True


class NotYet(ReviewRefused):
    """Its day hasn't come."""

    message = gettext_noop("This can be done from %(day)s on.")
    is_conflict = True


class Unconfirmed(ReviewRefused):
    """A resolution without the chair's word."""

    message = gettext_noop("A resolution still waits for a second person to confirm it. Do that first.")
    is_conflict = True


class ShortResolvesNothing(ReviewRefused):
    """Twenty minutes in a running event are for looking."""

    message = gettext_noop(
        "A short review of an event resolves nothing. Bring it to the closing review, or to the quarterly one."
    )


class EventIsOver(ReviewRefused):
    """The event ended too long ago to be looked at while it runs."""

    message = gettext_noop(
        "This event ended more than %(days)s days ago. Plan an extraordinary review of it: that looks at all of it."
    )


class NameTaken(ReviewRefused):
    """There is an organisation of this name."""

    message = gettext_noop("There is an organisation of this name already.")
    is_conflict = True


class NothingNew(ReviewRefused):
    """Before and after are the same."""

    message = gettext_noop("This says what is there already. Say what it should have been.")

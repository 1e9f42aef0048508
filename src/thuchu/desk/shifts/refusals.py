"""Why something about a shift was not done: one class a reason, each a sentence with a next step."""

from typing import ClassVar

from thuchu.desk.marking import gettext_noop


class ShiftRefused(Exception):
    """Nothing was changed; `message % values` says what happened and what the person can do."""

    message: ClassVar[str] = ""
    # Somebody else did something a moment ago; nothing typed has to change.
    is_conflict: ClassVar[bool] = False

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.message % values)
        self.values = values


class NoSuchEvent(ShiftRefused):
    """No event has this number."""

    message = gettext_noop("This event is not here.")


class NoSuchShift(ShiftRefused):
    """It was cancelled, or never there."""

    message = gettext_noop("This shift is not here any more. Look at those there are now.")
    is_conflict = True


class WrongTimes(ShiftRefused):
    """No shifts of such lengths fit in."""

    message = gettext_noop(
        "Give a beginning, a later end, and 1 to %(most)s hours for each shift; all of it while the event lasts."
    )


class WrongNumber(ShiftRefused):
    """Too few people, or too many."""

    message = gettext_noop("Say how many people are wanted at once: 1 to %(most)s.")


class ShiftsEnough(ShiftRefused):
    """An event has `most` shifts."""

    message = gettext_noop("An event has %(most)s shifts at most. Make them longer, or cancel some.")


class ShiftOver(ShiftRefused):
    """It has ended."""

    message = gettext_noop("This shift is over. Look at those to come.")
    is_conflict = True


class ShiftFull(ShiftRefused):
    """Others were faster."""

    message = gettext_noop("All places of this shift are taken meanwhile. Others still have some.")
    is_conflict = True


class OnDutyThen(ShiftRefused):
    """Nobody is in two places."""

    message = gettext_noop("You have a shift at that time already. Give that one back first, or offer it.")


class NotOnDuty(ShiftRefused):
    """The person has no place in it."""

    message = gettext_noop("You don't have this shift now: perhaps somebody took it over from you.")
    is_conflict = True


class NothingOffered(ShiftRefused):
    """Nobody offers a place in it any more."""

    message = gettext_noop("Nobody offers a place in this shift now. Its owner kept it, or somebody was faster.")
    is_conflict = True

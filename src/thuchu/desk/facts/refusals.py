"""Why an act about facts can't be done: one class a reason, each a sentence with a next step."""

from typing import ClassVar

from thuchu.desk.marking import gettext_noop


class FactRefused(ValueError):
    """`message % values` says what happened and what to do; `is_conflict` where somebody else was faster."""

    code: ClassVar[str] = ""
    message: ClassVar[str] = ""
    is_conflict: ClassVar[bool] = False
    rule: ClassVar[int] = 0

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.message % values)
        self.values = values


class NoSuchFact(FactRefused):
    """Unknown, or not there any more."""

    code = "no_such_fact"
    is_conflict = True
    message = gettext_noop("This fact isn't there any more. Look at the event's page again.")


class NoSuchEvent(FactRefused):
    """Unknown."""

    code = "no_such_event"
    message = gettext_noop("There is no such event here.")


class EventOver(FactRefused):
    """Its facts are archived."""

    code = "event_over"
    is_conflict = True
    message = gettext_noop("The event is over, and its facts are kept as they were.")


class NoSuchField(FactRefused):
    """Not in the closed list of the event's kind."""

    code = "no_such_field"
    rule = 10
    message = gettext_noop(
        "This kind of event has no such field. Only how, when and where, and whom to ask, can be pinned."
    )


class NoSuchArea(FactRefused):
    """Not loaded, or no more."""

    code = "no_such_area"
    message = gettext_noop("This desk knows no such area. Choose one from the list.")


class NothingFilledIn(FactRefused):
    """Every field of the form was left empty."""

    code = "nothing_filled_in"
    message = gettext_noop("Nothing is filled in yet. Write at least one field as the source has it.")


class ValueTooLong(FactRefused):
    """`got` characters, `most` are allowed."""

    code = "value_too_long"
    message = gettext_noop(
        "“%(field)s” has %(got)s characters, %(most)s are allowed. Copy what matters; the source is linked."
    )


class ValueCovered(FactRefused):
    """Privacy covered something in it."""

    code = "value_covered"
    rule = 2
    message = gettext_noop(
        "“%(field)s” holds what may be somebody's own number or address. Pin a public hotline (1800…, 1900…, 1022) "
        "or say where on the official page the number stands."
    )


class NoSource(FactRefused):
    """No captured source was chosen, or it isn't there."""

    code = "no_source"
    rule = 3
    message = gettext_noop("Choose the source that says so. If it isn't in the list yet, give its address first.")


class QuoteMissing(FactRefused):
    """The sentence isn't on the captured page."""

    code = "quote_missing"
    rule = 3
    message = gettext_noop(
        "The sentence given for “%(field)s” doesn't stand in the source word for word. Copy it from there."
    )


class SourceChanged(FactRefused):
    """At the last look the source didn't show the sentence."""

    code = "source_changed"
    rule = 3
    message = gettext_noop(
        "When we last looked, the source of “%(field)s” no longer showed the sentence. Take the fact down, or pin "
        "what the source says now."
    )


class SamePerson(FactRefused):
    """Two people are needed."""

    code = "same_person"
    rule = 8
    message = gettext_noop("You pinned this one. It counts once another coordinator has read the source.")


class AlreadyConfirmed(FactRefused):
    """Somebody was faster."""

    code = "already_confirmed"
    is_conflict = True
    message = gettext_noop("Somebody has already confirmed this one.")


class WrongTime(FactRefused):
    """Validity, or a step, out of order or out of bounds."""

    code = "wrong_time"
    message = gettext_noop(
        "The days don't fit: until comes after from, and the next check within %(most)s days and before the event ends."
    )


class TooManyFacts(FactRefused):
    """`most` facts at once."""

    code = "too_many_facts"
    message = gettext_noop("An event has at most %(most)s facts at a time. Take down those that aren't needed.")


class NoSuchStep(FactRefused):
    """Not in the template of the event's kind."""

    code = "no_such_step"
    rule = 10
    message = gettext_noop("This kind of event has no such step.")

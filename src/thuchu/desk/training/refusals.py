"""Why an answer to an exercise was not taken: one class a reason, each a sentence for its person with a next step."""

from typing import ClassVar

from thuchu.desk.marking import gettext_noop


class TrainingRefused(Exception):
    """Nothing was changed; `message % values` says what happened and what the person can do."""

    message: ClassVar[str] = ""

    def __init__(self, **values: str | int) -> None:
        super().__init__(self.message % values)
        self.values = values


class SittingGone(TrainingRefused):
    """No sitting is open, or its page was sent twice."""

    message = gettext_noop("This practice is over, or its page was sent twice. Begin again; nothing of it was kept.")


class AnswerMissing(TrainingRefused):
    """None of the answers was chosen."""

    message = gettext_noop("No answer was chosen. Choose the one that fits best, then go on; there is no hurry.")


class SureMissing(TrainingRefused):
    """How sure they are wasn't said."""

    message = gettext_noop("You haven't said how sure you are. 50 %% is a coin's toss, 100 %% is surely.")

"""What an asker was answered, and what became of that answer: said alike in letters and on the page of the question.

An answer that is taken back says nothing of the message: that those who rate agree no longer makes no rumour true.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from thuchu.desk.library.reads import FactCheckView
from thuchu.desk.wording import day, verdict_word


def answered(verdict: str | None, view: FactCheckView | None, at: datetime | None) -> str:
    """What was answered, about which published claim.

    verdict  the one told; None where it was none of ours
    view     the fact-check as it is now, in any state; None once it is erased, and then its words aren't said
    """
    word = verdict_word(verdict) or (view.verdict_words if view else "") or _("Fact-check")
    if view is None:
        return _("On %(day)s we answered you: %(verdict)s.") % {"day": day(at), "verdict": word}
    about = {"day": day(at), "verdict": word, "claim": view.claim}
    return _("On %(day)s we answered you: %(verdict)s, about “%(claim)s”.") % about


def became(verdict: str | None, view: FactCheckView | None) -> str:
    """Why that is no longer our answer."""
    if view is not None and view.state == "no_longer_agreed":
        return _("That verdict is no longer agreed on by those who rate.")
    if view is not None and view.state == "withdrawn":
        return _("That fact-check was withdrawn, so that answer no longer holds.")
    if view is not None and view.verdict == verdict:
        return _("We no longer give you that answer.")
    return _("That answer no longer holds.")


def no_such_fact(at: datetime | None) -> str:
    """What was told of an event, and isn't told any more."""
    return _(
        "On %(day)s we told you what an official source said. Don't rely on that any more: it has changed, or nobody "
        "has checked it again in time."
    ) % {"day": day(at)}


def not_known() -> str:
    """What holds where nothing else is the answer now."""
    return _("We don't know whether the message is true or false.")

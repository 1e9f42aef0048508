"""A note that somebody is writing: its words stay in their session, scrubbed, until the note is sent or they sign out.

What they gathered as evidence stays with room `evidence`, so that it is there on their other phone, too.
"""

from dataclasses import asdict, dataclass, replace
from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from thuchu.privacy import CleanText, restored

_KEY = "drafts"
# Claims that one person can really have open; the draft that was touched longest ago goes first.
DRAFTS_MAX = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What was written so far.

    text     scrubbed
    without  pieces of evidence of the note as it stands that the next version does without
    """

    verdict: str = ""
    text: str = ""
    ai_drafted: bool = False
    without: tuple[int, ...] = ()

    @property
    def clean(self) -> CleanText:
        """The text as rooms take it."""
        return restored(self.text)


def words(session: SessionBase, subject: str) -> Words | None:
    """What somebody wrote so far for `subject`; None for nothing."""
    found = _all(session).get(subject)
    return replace(Words(**found), without=tuple(found["without"])) if found else None


def keep(session: SessionBase, subject: str, written: Words) -> None:
    """Keep it in place of what was there."""
    others = {key: value for key, value in _all(session).items() if key != subject}
    newest = dict(list(others.items())[-(DRAFTS_MAX - 1) :])
    session[_KEY] = {**newest, subject: asdict(written)}


def leave_out(session: SessionBase, subject: str, begun: Words, evidence: int) -> None:
    """The next version does without this piece; `begun` is what stands where nothing was written yet."""
    written = words(session, subject) or begun
    keep(session, subject, replace(written, without=(*dict.fromkeys((*written.without, evidence)),)))


def forget(session: SessionBase, subject: str) -> None:
    """It was sent."""
    session[_KEY] = {key: value for key, value in _all(session).items() if key != subject}


def taken(session: SessionBase) -> dict[str, dict[str, Any]]:
    """All of them, to be put into a session that follows this one."""
    return _all(session)


def put_back(session: SessionBase, begun: dict[str, dict[str, Any]]) -> None:
    """What was taken from an earlier session of the same person."""
    if begun:
        session[_KEY] = begun


def _all(session: SessionBase) -> dict[str, dict[str, Any]]:
    found = session.get(_KEY)
    return found if isinstance(found, dict) else {}

"""The values that enter and leave matching: documents in, decisions out."""

from dataclasses import dataclass, field
from typing import Literal

DecisionKind = Literal["answer", "suggest", "none"]
MatchedBy = Literal["link", "forward", "words"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A fact-check as the collection indexes it.

    id        the caller's own name for it, at most 200 characters
    title     headline; "" when there is none
    claim     the claim checked; "" when only the body is known
    body      explanation or article text; long bodies are cut to BODY_CHARS_MAX by the collection
    language  "vi", "en", … chooses the analyser; "" lets the collection detect it
    links     canonical addresses that identify the same thing exactly (its own page, places where the claim was seen)
    """

    id: str
    title: str = ""
    claim: str = ""
    body: str = ""
    language: str = ""
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a document matched, in parts that a page turns into a sentence.

    by     "link": the message holds the same link · "forward": it is nearly the same text · "words"
    words  the words shared that weighed most, as the message wrote them, weightiest first, at most eight
    link   the shared address where `by` is "link", else ""
    """

    by: MatchedBy
    words: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One candidate: `probability` (0 to 1, calibrated) that this document answers the message."""

    id: str
    probability: float
    why: Why


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What to say to a message: the first match is the answer when `kind` is "answer"; at most five otherwise.

    language  of the message: "vi", "en", another BCP 47 code, or "" when it cannot be told
    """

    kind: DecisionKind
    language: str = ""
    matches: tuple[Match, ...] = field(default=())

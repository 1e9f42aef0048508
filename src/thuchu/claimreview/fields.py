"""A fact-check as published by somebody: the one shape every format is read into and written from.

Who made the claim has no field here: rule 2 of the design drops it at the door.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """The five verdicts; a publisher's own words are kept beside, in `FactCheckRecord.verdict_words`."""

    FALSE = "false"
    MISLEADING = "misleading"
    OUTDATED = "outdated"
    UNPROVEN = "unproven"
    TRUE = "true"


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCheckRecord:
    """One ClaimReview.

    url            the publisher's address of the fact-check, as given (http or https)
    claim          claimReviewed, never empty
    publisher      name of the organisation that checked, never a person; "" where the record names none
    verdict_words  reviewRating.alternateName as published; "" where there is none
    verdict        one of the five where the mapping from the publisher's words is sure, else None
    explanation    reviewBody, ratingExplanation or description: plain text
    language       BCP 47 primary language ("vi", "en", "pt"); "" when the record does not say
    appearances    addresses where the claim was seen; profile links are left out by the importer
    citations      addresses of evidence (citation, isBasedOn)
    date_deleted   the feed says that the publisher has withdrawn it
    """

    url: str
    claim: str
    title: str = ""
    publisher: str = ""
    verdict_words: str = ""
    verdict: Verdict | None = None
    explanation: str = ""
    language: str = ""
    date_published: date | None = None
    date_modified: date | None = None
    date_deleted: date | None = None
    appearances: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()
    licence: str = ""

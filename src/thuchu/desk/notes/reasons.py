"""How helpful a note can be called, and the reasons for it: the vocabulary of Community Notes, under its own names.

A reason's value is the column of the published data, so that a dump is read by whoever reads theirs.  Four columns of
theirs are not offered, because finer ones took their place: helpfulInformative and helpfulUniqueContext
(helpfulImportantContext), helpfulEmpathetic (helpfulUnbiasedLanguage), notHelpfulOpinionSpeculationOrBias (the two that
it was divided into).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from thuchu.desk.marking import gettext_noop


class Helpfulness(StrEnum):
    """What a rater says of a note."""

    HELPFUL = "helpful"
    SOMEWHAT_HELPFUL = "somewhat_helpful"
    NOT_HELPFUL = "not_helpful"


class Reason(StrEnum):
    """Why a rater says so."""

    HELPFUL_CLEAR = "helpfulClear"
    HELPFUL_GOOD_SOURCES = "helpfulGoodSources"
    HELPFUL_ADDRESSES_CLAIM = "helpfulAddressesClaim"
    HELPFUL_IMPORTANT_CONTEXT = "helpfulImportantContext"
    HELPFUL_UNBIASED_LANGUAGE = "helpfulUnbiasedLanguage"
    HELPFUL_OTHER = "helpfulOther"
    NOT_HELPFUL_INCORRECT = "notHelpfulIncorrect"
    NOT_HELPFUL_SOURCES = "notHelpfulSourcesMissingOrUnreliable"
    NOT_HELPFUL_IRRELEVANT_SOURCES = "notHelpfulIrrelevantSources"
    NOT_HELPFUL_MISSING_KEY_POINTS = "notHelpfulMissingKeyPoints"
    NOT_HELPFUL_OUTDATED = "notHelpfulOutdated"
    NOT_HELPFUL_HARD_TO_UNDERSTAND = "notHelpfulHardToUnderstand"
    NOT_HELPFUL_ARGUMENTATIVE = "notHelpfulArgumentativeOrBiased"
    NOT_HELPFUL_SPECULATION = "notHelpfulOpinionSpeculation"
    NOT_HELPFUL_OFF_TOPIC = "notHelpfulOffTopic"
    NOT_HELPFUL_NOT_NEEDED = "notHelpfulNoteNotNeeded"
    NOT_HELPFUL_SPAM = "notHelpfulSpamHarassmentOrAbuse"
    NOT_HELPFUL_OTHER = "notHelpfulOther"


FOR_HELPFUL = tuple(reason for reason in Reason if reason.startswith("helpful"))
FOR_NOT_HELPFUL = tuple(reason for reason in Reason if reason.startswith("notHelpful"))
# Who finds a note somewhat helpful has something to say for it, or against it, or both.
FITTING: Mapping[Helpfulness, frozenset[Reason]] = MappingProxyType(
    {
        Helpfulness.HELPFUL: frozenset(FOR_HELPFUL),
        Helpfulness.SOMEWHAT_HELPFUL: frozenset(Reason),
        Helpfulness.NOT_HELPFUL: frozenset(FOR_NOT_HELPFUL),
    }
)

LEVEL_WORDS: Mapping[Helpfulness, str] = MappingProxyType(
    {
        Helpfulness.HELPFUL: gettext_noop("Helpful"),
        Helpfulness.SOMEWHAT_HELPFUL: gettext_noop("Somewhat helpful"),
        Helpfulness.NOT_HELPFUL: gettext_noop("Not helpful"),
    }
)
REASON_WORDS: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.HELPFUL_CLEAR: gettext_noop("It is clear and well written"),
        Reason.HELPFUL_GOOD_SOURCES: gettext_noop("It quotes good sources"),
        Reason.HELPFUL_ADDRESSES_CLAIM: gettext_noop("It answers exactly what is claimed"),
        Reason.HELPFUL_IMPORTANT_CONTEXT: gettext_noop("It adds what one needs to know"),
        Reason.HELPFUL_UNBIASED_LANGUAGE: gettext_noop("Its words are neutral"),
        Reason.HELPFUL_OTHER: gettext_noop("It helps for another reason"),
        Reason.NOT_HELPFUL_INCORRECT: gettext_noop("Something in it is not right"),
        Reason.NOT_HELPFUL_SOURCES: gettext_noop("Its sources are missing or can't be relied on"),
        Reason.NOT_HELPFUL_IRRELEVANT_SOURCES: gettext_noop("Its sources don't say what it says"),
        Reason.NOT_HELPFUL_MISSING_KEY_POINTS: gettext_noop("It leaves out the main point"),
        Reason.NOT_HELPFUL_OUTDATED: gettext_noop("It was right once and is out of date"),
        Reason.NOT_HELPFUL_HARD_TO_UNDERSTAND: gettext_noop("It is hard to understand"),
        Reason.NOT_HELPFUL_ARGUMENTATIVE: gettext_noop("Its words take sides or pick a quarrel"),
        Reason.NOT_HELPFUL_SPECULATION: gettext_noop("It is an opinion or a guess"),
        Reason.NOT_HELPFUL_OFF_TOPIC: gettext_noop("It is about something else than the claim"),
        Reason.NOT_HELPFUL_NOT_NEEDED: gettext_noop("This claim needs no note"),
        Reason.NOT_HELPFUL_SPAM: gettext_noop("It advertises, harasses or insults"),
        Reason.NOT_HELPFUL_OTHER: gettext_noop("It doesn't help for another reason"),
    }
)

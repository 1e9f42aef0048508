"""What somebody writes, checked: words counted as people count them, one of five verdicts, evidence that is here.

Pure but for the looks whether evidence exists and whether the claim is a prebunk.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from thuchu.desk.claims.prebunk_reads import verdicts_on
from thuchu.desk.evidence import reads as evidence_reads
from thuchu.desk.notes import refusals
from thuchu.desk.notes.models import VERDICTS, WORDS_MAX, WORDS_MIN
from thuchu.privacy import CleanText, require_clean

# 600 of the longest Vietnamese syllables with a space are 4,800 characters; the rest is for links.
TEXT_CHARS_MAX = 6_000
# More sources than this nobody opens.
EVIDENCE_MAX = 10
# Links and placeholders are no words of the explanation.
_NO_WORDS = re.compile(r"https?://\S+|www\.\S+|\[[a-z ]{2,20}\]")
# What a reader reads as one word. Vietnamese writes a syllable, English a word with its apostrophes and hyphens.
_WORD = re.compile(r"[^\W_]+(?:['’\u2010-][^\W_]+)*")
# Scripts without spaces: there a sign counts, as people there count.
_SIGN = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a contributor hands in.

    evidence    numbers of pieces of evidence, the most telling one first
    ai_drafted  its author declares that a machine drafted it
    """

    verdict: str
    text: CleanText
    evidence: Sequence[int]
    ai_drafted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A draft that may become a version."""

    verdict: str
    text: str
    n_words: int
    evidence: tuple[int, ...]
    ai_drafted: bool


def check(draft: Draft) -> Checked:
    """`draft` as it will stand; raises DraftRefused, and TypeError for text that did not go through privacy.scrub."""
    text = require_clean(draft.text).text
    if draft.verdict not in VERDICTS:
        raise refusals.VerdictUnknown
    n_words = count_words(text)
    if n_words < WORDS_MIN:
        raise refusals.TooFewWords(got=n_words, least=WORDS_MIN)
    if n_words > WORDS_MAX:
        raise refusals.TooManyWords(got=n_words, most=WORDS_MAX)
    if len(text) > TEXT_CHARS_MAX:
        raise refusals.TextTooLong(got=len(text), most=TEXT_CHARS_MAX)
    return Checked(
        verdict=draft.verdict,
        text=text,
        n_words=n_words,
        evidence=_evidence(draft.evidence),
        ai_drafted=draft.ai_drafted,
    )


def require_fitting(claim_id: int, checked: Checked) -> None:
    """A note on a prebunk says that what it states is so; raises VerdictMisfits."""
    allowed = verdicts_on(claim_id)
    if allowed is not None and checked.verdict not in allowed:
        raise refusals.VerdictMisfits


def count_words(text: str) -> int:
    """Syllables of Vietnamese, words of English, signs of scripts without spaces; links count nothing."""
    rest = _NO_WORDS.sub(" ", text)
    spaced, n_signs = _SIGN.subn(" ", rest)
    return len(_WORD.findall(spaced)) + n_signs


def _evidence(numbers: Sequence[int]) -> tuple[int, ...]:
    """Each piece once, in the order given."""
    chosen = tuple(dict.fromkeys(numbers))
    if not chosen:
        raise refusals.EvidenceWanted
    if len(chosen) > EVIDENCE_MAX:
        raise refusals.EvidenceEnough(got=len(chosen), most=EVIDENCE_MAX)
    if set(evidence_reads.evidences(chosen)) != set(chosen):
        raise refusals.EvidenceUnknown
    return chosen

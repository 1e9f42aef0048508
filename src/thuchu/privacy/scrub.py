"""`scrub`: the only maker of `CleanText`.  It fails closed: when a recogniser stops, no text passes at all."""

import re

from thuchu.privacy.clean import PLACEHOLDERS, CleanText, Finding, Kind, build_clean
from thuchu.privacy.recognisers import find_personal
from thuchu.text.forms import normalise

_KIND_OF = {placeholder: kind for kind, placeholder in PLACEHOLDERS.items()}
_PLACEHOLDER = re.compile("|".join(re.escape(placeholder) for placeholder in _KIND_OF))

# Taking something out can bring a word of context nearer to the next number, so the text is read until nothing is
# found.  Words reach 45 characters and a placeholder takes at least 6, so about eight rounds can follow each other.
ROUNDS_MAX = 12


class ScrubFailed(Exception):
    """Nothing of the text may be used.  The message names the place, never the text, and no cause is chained."""


def scrub(text: str) -> CleanText:
    """`text` in its normal form, with a typed placeholder for each piece of personal data.

    idempotent   scrub(scrub(x).text) == scrub(x)
    time         linear in the length of the text
    findings     every placeholder of the clean text, in order; also those that already stood in `text`
    raises       ScrubFailed when a recogniser stops or rounds do not settle; TypeError for anything but str
    """
    if not isinstance(text, str):
        raise TypeError(f"scrub reads str, got {type(text).__name__}: decode it first, a CleanText needs no scrub.")
    outcome = _scrubbed(text)
    # A crash report may list the variables of this frame: what was typed must not be among them.
    del text
    if isinstance(outcome, ScrubFailed):
        raise outcome
    return outcome


def restored(text: str) -> CleanText:
    """The `CleanText` of a row that the desk stored: scrubbed once more, so that no row is a way around `scrub`."""
    return scrub(text)


def _scrubbed(text: str) -> CleanText | ScrubFailed:
    """The result, or the failure as a value: raised here it would carry the text in its chain and its frames."""
    try:
        for _ in range(ROUNDS_MAX):
            text = normalise(text)
            found = find_personal(text)
            if not found:
                return build_clean(text, _findings(text))
            text = _replaced(text, found)
    except Exception as error:
        return ScrubFailed(f"scrubbing stopped ({type(error).__name__}); the text was dropped, ask for it again.")
    return ScrubFailed(f"scrubbing did not settle in {ROUNDS_MAX} rounds; the text was dropped, ask for a shorter one.")


def _replaced(text: str, found: list[tuple[int, int, Kind]]) -> str:
    parts, done = [], 0
    for start, end, kind in found:
        parts += [text[done:start], PLACEHOLDERS[kind]]
        done = end
    return "".join([*parts, text[done:]])


def _findings(text: str) -> tuple[Finding, ...]:
    return tuple(Finding(_KIND_OF[m.group()], m.start(), m.end()) for m in _PLACEHOLDER.finditer(text))

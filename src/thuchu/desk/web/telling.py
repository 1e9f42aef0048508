"""One fact-check in a line or two, wherever it is told without its page: feeds, cards, what people pass on.

The verdict stands before the claim, and what is agreed no longer, disputed or withdrawn says so in its place.
"""

from django.conf import settings
from django.utils.translation import gettext

from thuchu.desk.library.reads import FactCheckView
from thuchu.desk.web.templatetags.words import verdict_word

# Two lines in a chat on a small phone.
LINE_CHARS_MAX = 140


def state_of(view: FactCheckView) -> str:
    """current · disputed · no_longer_agreed · withdrawn: what has to be said first."""
    return "disputed" if view.disputed and view.state == "current" else view.state


def word_of(view: FactCheckView) -> str:
    """What stands before the claim: the verdict, ours or the publisher's own, or that there is none any more."""
    state = state_of(view)
    if state == "disputed":
        return gettext("Disputed")
    if state == "no_longer_agreed":
        return gettext("No longer agreed")
    if state == "withdrawn":
        return gettext("Withdrawn")
    return verdict_word(view.verdict) or view.verdict_words or gettext("Fact-check")


def line_of(view: FactCheckView, chars_max: int = LINE_CHARS_MAX) -> str:
    """`Sai: “…”`, the claim cut at a word where the line would be longer than `chars_max`."""
    word = cut(word_of(view), chars_max // 2)
    return f"{word}: “{cut(view.claim, max(chars_max - len(word) - 4, 1))}”"


def title_of(view: FactCheckView) -> str:
    """The same whole, with the publisher's name before what isn't ours (rule 5)."""
    said = f"{word_of(view)}: “{view.claim}”"
    if view.note is not None:
        return said
    return gettext("%(publisher)s reports: %(said)s") % {"publisher": view.publisher_name, "said": said}


def explained(view: FactCheckView) -> str:
    """What there is to say besides: its first sentences while it stands, else that it doesn't."""
    state = state_of(view)
    if state == "disputed":
        return gettext("Agreed notes on this claim come to different verdicts. We show them all and answer with none.")
    if state == "no_longer_agreed":
        return gettext(
            "People who usually rate differently agreed on a note about this. They no longer do: don't rely on what it "
            "said."
        )
    if state == "withdrawn":
        return " ".join(filter(None, [gettext("It answers nobody any more."), view.withdrawn_reason]))
    return view.why


def to_pass_on(view: FactCheckView) -> str:
    """Two plain lines for a chat: the verdict with the claim, and the address."""
    return f"{line_of(view)}\n{settings.THUCHU_ADDRESS}{view.page_path}"


def cut(text: str, chars_max: int) -> str:
    """`text` on one line, cut at a word where it is longer than `chars_max`; inside one that is longer by itself."""
    text = " ".join(text.split())
    if len(text) <= chars_max:
        return text
    kept = text[: max(chars_max - 1, 1)]
    whole = kept.rsplit(" ", 1)[0] if " " in kept and text[len(kept)] != " " else kept
    return whole.rstrip(" ,;:–-") + "…"

"""What the pages say of notes, their evidence and their ratings."""

import re
from collections.abc import Callable, Mapping
from itertools import pairwise

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, gettext_noop

from thuchu.desk.notes.reasons import LEVEL_WORDS, REASON_WORDS, Helpfulness, Reason
from thuchu.desk.publishing.words import RULES
from thuchu.desk.web.forms import Sentence, sentence
from thuchu.desk.web.templatetags.words import message
from thuchu.desk.web.warned_links import lists_of
from thuchu.links import LinkWarning
from thuchu.text.language import detect

register = template.Library()

MEANINGS = {
    "false": gettext_noop("The evidence says otherwise."),
    "misleading": gettext_noop("Something in it is so, but it leads to a wrong conclusion."),
    "outdated": gettext_noop("It was so once and isn't any more."),
    "unproven": gettext_noop("Nobody has shown it, and nobody has shown the opposite."),
    "true": gettext_noop("The evidence says so, too."),
}
ROT = {
    "alive": gettext_noop("The page still says so"),
    "moved": gettext_noop("The page has moved and still says so"),
    "changed": gettext_noop("The page says it otherwise today; we keep a copy of what it said"),
    "gone": gettext_noop("The page is gone; we keep a copy of what it said"),
    "unreachable": gettext_noop("The page doesn't open at the moment; we keep a copy of what it said"),
}
WITHHELD = {
    "court_order": gettext_noop("A court ordered it"),
    "doxxing": gettext_noop("It led to a person"),
    "danger": gettext_noop("It put a person in danger"),
}
CORRECTIONS = {
    "no_longer_agreed": gettext_noop("No longer agreed"),
    "withdrawn": gettext_noop("Withdrawn"),
    "disputed": gettext_noop("Disputed"),
    "another_verdict": gettext_noop("Another verdict"),
    "withheld": gettext_noop("A passage hidden"),
}
TURNS = {
    "agreed": gettext_noop("Agreed"),
    "agreed_again": gettext_noop("Agreed again"),
    "another_version": gettext_noop("Agreed in another version"),
    "disputed": gettext_noop("Disputed, and this one says"),
    "undisputed": gettext_noop("No longer disputed"),
    "no_longer_agreed": gettext_noop("No longer agreed"),
    "shown_again": gettext_noop("The hidden passage is shown again"),
}
STATUSES = {
    "helpful": gettext_noop("Helpful so far"),
    "not_helpful": gettext_noop("Not helpful"),
    "needs_more_ratings": gettext_noop("Not enough agreement yet"),
    "none": gettext_noop("Nothing any more"),
}
_LINK = re.compile(r"https?://[^\s<>“”«»\"]+[^\s<>“”«»\".,;:!?)\]’']")
_PARAGRAPH = re.compile(r"\n\s*\n")


@register.filter
def meaning(verdict: str) -> str:
    """What a verdict says, in one line."""
    return gettext(MEANINGS[verdict])


@register.filter
def rot_word(state: str) -> str:
    """How a source stands today."""
    return gettext(ROT[state])


@register.filter
def withheld_why(code: str) -> str:
    """Why a passage is withheld; "" for a code that is newer than these words."""
    return gettext(WITHHELD[code]) if code in WITHHELD else ""


@register.filter
def correction_word(kind: str) -> str:
    """What became of something that was said."""
    return gettext(CORRECTIONS[kind])


@register.filter
def turn_word(kind: str) -> str:
    """How a fact-check came to stand."""
    return gettext(TURNS[kind])


@register.filter
def level_word(level: str) -> str:
    """How helpful somebody found a note."""
    return gettext(LEVEL_WORDS[Helpfulness(level)])


@register.filter
def reason_word(reason: str) -> str:
    """Why."""
    return gettext(REASON_WORDS[Reason(reason)])


@register.filter
def status_word(status: str) -> str:
    """What a round says of a note."""
    return gettext(STATUSES[status])


@register.filter
def rule_word(rule: str) -> str:
    """Why a round says so; another version's rule by its own name."""
    return gettext(RULES[rule]) if rule in RULES else rule


@register.filter
def said(refusal: Sentence) -> str:
    """A room's refusal as a sentence."""
    return sentence(refusal)


@register.filter
def tongue(text: str) -> str:
    """The language of what somebody wrote, for the browser; the page's own where it can't be told."""
    return detect(text) or get_language() or ""


@register.filter
def in_tongue(texts: Mapping[str, str]) -> str:
    """A text that exists in both languages, in the page's."""
    return texts.get(get_language() or "", texts["vi"])


@register.simple_tag(takes_context=True)
def note_text(context: Context, text: str) -> SafeString:
    """A note's words as paragraphs, and below them what there is to warn of in their addresses."""
    lists = lists_of(context["request"])
    warnings = lists.warnings_in(text)
    # Mostly there is nothing to warn of, and then no address is looked at a second time.
    shown = paragraphs(text, lambda address: bool(warnings and lists.warnings_in(address)))
    return format_html("{}{}", shown, _warned(warnings))


@register.simple_tag(takes_context=True)
def warned_links(context: Context, address: str) -> SafeString:
    """What there is to warn of in one address; "" for one that may be a link."""
    return _warned(lists_of(context["request"]).warnings_in(address))


def paragraphs(text: str, is_warned: Callable[[str], bool]) -> SafeString:
    """Words as paragraphs; addresses are links that vouch for nothing, and those that are warned of are none."""
    parts = [part.strip() for part in _PARAGRAPH.split(text) if part.strip()]
    return format_html_join("\n", "<p>{}</p>", ((_lines(part, is_warned),) for part in parts))


def _warned(warnings: tuple[LinkWarning, ...]) -> SafeString:
    # Where nothing is warned of, nothing is rendered: a page may show a hundred addresses.
    return render_to_string("parts/warned_links.html", {"warnings": warnings}) if warnings else SafeString("")


def _lines(paragraph: str, is_warned: Callable[[str], bool]) -> SafeString:
    found = [match.span() for match in _LINK.finditer(paragraph)]
    ends = [(0, 0), *found, (len(paragraph), len(paragraph))]
    pieces = []
    for before, after in pairwise(ends):
        pieces.append(_link(paragraph[before[0] : before[1]], is_warned) if before != (0, 0) else SafeString(""))
        pieces.append(_broken(paragraph[before[1] : after[0]]))
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _link(address: str, is_warned: Callable[[str], bool]) -> SafeString:
    if is_warned(address):
        return format_html('<span class="address-line">{}</span>', address)
    return format_html('<a href="{0}" rel="nofollow ugc noopener noreferrer">{0}</a>', address)


def _broken(text: str) -> SafeString:
    """Line ends stay line ends."""
    return format_html_join(SafeString("<br>"), "{}", ((message(line),) for line in text.split("\n")))

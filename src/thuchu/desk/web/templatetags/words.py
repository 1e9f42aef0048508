"""What the pages say in small pieces: verdicts, dates, numbers, names of languages, and a message as it was kept."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta, timezone

from django import template
from django.utils import dateformat
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_info, gettext, gettext_noop

from thuchu.desk.library.reads import FactCheckView
from thuchu.privacy import PLACEHOLDERS

register = template.Library()

# The desk's readers live by one clock; Viet Nam has no summer time, so no table of zones is needed.
VIET_NAM = timezone(timedelta(hours=7))

VERDICTS = {
    "false": gettext_noop("False"),
    "misleading": gettext_noop("Misleading"),
    "outdated": gettext_noop("Outdated"),
    "unproven": gettext_noop("Unproven"),
    "true": gettext_noop("True"),
}
COVERED = {
    "phone": gettext_noop("phone number"),
    "email": gettext_noop("e-mail address"),
    "id number": gettext_noop("ID number"),
    "passport": gettext_noop("passport number"),
    "tax code": gettext_noop("tax code"),
    "account": gettext_noop("bank account"),
    "card": gettext_noop("card number"),
    "profile": gettext_noop("personal page"),
    "plate": gettext_noop("number plate"),
    "coordinates": gettext_noop("coordinates"),
}
ENTRY_KINDS = {
    "publisher.added": gettext_noop("A publisher became known"),
    "publisher.hosts_added": gettext_noop("Hosts joined a publisher's list"),
    "publisher.admitted": gettext_noop("A publisher was admitted"),
    "fact_checks.imported": gettext_noop("Fact-checks were imported"),
    "fact_check.withdrawn": gettext_noop("A fact-check was withdrawn"),
    "link_list.imported": gettext_noop("A list of links was loaded"),
    "link_list.removed": gettext_noop("A list of links was taken away"),
    "evidence.captured": gettext_noop("A page was kept as evidence"),
    "evidence.rotted": gettext_noop("The source of a quote no longer shows it"),
    "evidence.recovered": gettext_noop("The source of a quote shows it again"),
    "note.written": gettext_noop("A note was written"),
    "note.edited": gettext_noop("A note was edited"),
    "note.withdrawn": gettext_noop("A note was withdrawn"),
    "notes.erased": gettext_noop("Notes were erased with a private matter"),
    "ratings.entered": gettext_noop("Ratings were entered"),
}
LINK_REASONS = {
    "userinfo": gettext_noop("What stands before the @ sign leads nowhere; the part behind it is what opens."),
    "homoglyphs": gettext_noop("It uses letters or figures that only look like the right ones."),
    "punycode": gettext_noop("It puts an accent on a letter where the real one has none."),
    "brand_subdomain": gettext_noop("The name stands at its beginning, but its end says whose site it is."),
    "wrong_suffix": gettext_noop("The name is the same, but its ending is another."),
    "brand_inside": gettext_noop("The name is in it, with other words around it."),
    "changed_letters": gettext_noop("One letter of the name is another."),
    "added_letters": gettext_noop("The name has a letter too many."),
    "missing_letters": gettext_noop("A letter of the name is missing."),
}
# Django's own Vietnamese calls it "Tiếng Việt Nam", which nobody says.
VIETNAMESE = gettext_noop("Vietnamese")
_KIND_OF = {placeholder: str(kind) for kind, placeholder in PLACEHOLDERS.items()}


@register.filter
def verdict_word(verdict: str | None) -> str:
    """One of our five words; "" for a fact-check that none of them fits for sure."""
    return gettext(VERDICTS[verdict]) if verdict else ""


@register.filter
def quoted_claim(view: FactCheckView) -> str:
    """`Sai: “…”`: the verdict word, ours or the publisher's own, then the claim in quotation marks."""
    word = verdict_word(view.verdict) or view.verdict_words or gettext("Fact-check")
    return f"{word}: “{view.claim}”"


@register.inclusion_tag("parts/verdict.html")
def verdict(code: str | None, size: str = "") -> dict[str, str]:
    """A verdict as colour, shape and word together; never one of them alone."""
    return {"code": code or "unmapped", "word": verdict_word(code), "size": size}


@register.inclusion_tag("parts/shape.html")
def shape(code: str) -> dict[str, str]:
    """The drawing that goes with a verdict, hidden from screen readers: the word says it."""
    return {"code": code}


@register.filter
def day(value: date | datetime | None) -> str:
    """12/11/2026 in Vietnamese, 12 November 2026 in English; "" for no date."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(VIET_NAM).date()
    return dateformat.format(value, "j F Y") if get_language() == "en" else f"{value.day}/{value.month}/{value.year}"


@register.filter
def clock(value: datetime) -> str:
    """The time of day in Viet Nam: 9:05."""
    local = value.astimezone(VIET_NAM)
    return f"{local.hour}:{local.minute:02}"


@register.filter
def number(value: int) -> str:
    """3.418 in Vietnamese, 3,418 in English."""
    written = f"{value:,}"
    return written if get_language() == "en" else written.replace(",", ".")


@register.filter
def spoken(code: str) -> str:
    """The name of a language in the page's language; its code where nobody has told us a name.

    Not `language_name`: Django's own filter of that name, which templates load, always answers in English.
    """
    try:
        name: str = get_language_info(code)["name_translated"]
    except KeyError:
        return code
    return name[:1].upper() + name[1:]


@register.filter
def covered(kinds: Sequence[str]) -> str:
    """Kinds of personal data as a list in words."""
    return join_words([gettext(COVERED[kind]) for kind in kinds])


@register.filter
def quoted_words(words: Sequence[str]) -> str:
    """Words of a message, each between quotation marks."""
    return ", ".join(f"“{word}”" for word in words)


@register.filter
def message(text: str, words: Sequence[str] = ()) -> SafeString:
    """A kept message: the words that matched marked, what was covered in the page's own language."""
    parts = [re.escape(placeholder) for placeholder in _KIND_OF]
    parts += [rf"(?<!\w){re.escape(word)}(?!\w)" for word in sorted(words, key=len, reverse=True)]
    pattern = re.compile("|".join(parts), re.IGNORECASE)
    done, pieces = 0, []
    for found in pattern.finditer(text):
        pieces += [("", text[done : found.start()]), (found.group(), "")]
        done = found.end()
    pieces.append(("", text[done:]))
    return format_html_join("", "{}", ((_piece(hit) if hit else plain,) for hit, plain in pieces))


@register.filter
def entry_kind(kind: str) -> str:
    """What an entry of the ledger records, in words; its own name for a kind that is newer than these words."""
    return gettext(ENTRY_KINDS[kind]) if kind in ENTRY_KINDS else kind


@register.filter
def entry_link(subject: str) -> str:
    """The page about an entry's subject; "" when there is none."""
    room, _, name = subject.partition(":")
    if room == "fact_check":
        return f"/f/{name}"
    if room == "note":
        return f"/n/{name}"
    return f"/publishers/#publisher-{name}" if room == "publisher" else ""


@register.filter
def link_reason(reason: str) -> str:
    """How an address resembles an official one; "" where only that it does is known."""
    return gettext(LINK_REASONS[reason]) if reason in LINK_REASONS else ""


@register.filter
def plain_value(value: object) -> str:
    """A value of an entry's body on one line."""
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def join_words(words: Sequence[str]) -> str:
    """“a, b and c” in the page's language."""
    if len(words) < 2:
        return "".join(words)
    return gettext("%(all_but_last)s and %(last)s") % {"all_but_last": ", ".join(words[:-1]), "last": words[-1]}


def _piece(hit: str) -> SafeString:
    kind = _KIND_OF.get(hit)
    if kind is None:
        return format_html("<mark>{}</mark>", hit)
    return format_html('<span class="covered">{}</span>', gettext(COVERED[kind]))

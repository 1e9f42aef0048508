"""What the pages about reviews say in small pieces: as papers do, and what leads from one page to another."""

from django import template
from django.utils.translation import gettext, gettext_noop

from thuchu.desk.reviews import wording
from thuchu.desk.reviews.views import LinkView

register = template.Library()
for _say in (
    wording.review_title,
    wording.state_word,
    wording.late_word,
    wording.item_title,
    wording.item_kind,
    wording.seat_role,
    wording.seat_words,
    wording.presence_word,
    wording.way_word,
    wording.method_word,
    wording.outcome_of,
    wording.phase_word,
    wording.amended_word,
    wording.judgement_word,
    wording.votes,
    wording.organisation_name,
):
    register.filter(_say)

LINKS = {
    "claim": gettext_noop("Claim %(name)s"),
    "figure": gettext_noop("Figure %(name)s"),
    "commitment": gettext_noop("Commitment %(name)s"),
    "inquiry": gettext_noop("Inquiry %(name)s"),
}


@register.filter
def link_words(link: LinkView) -> str:
    """“Claim 12”."""
    return gettext(LINKS[link.kind]) % {"name": link.target}


@register.filter
def link_page(link: LinkView) -> str:
    """The page about it; "" where it is on this page, or has none."""
    pages = {"claim": "/c/%s", "commitment": "/commitments/%s", "inquiry": "/inquiries/%s", "figure": "#figure-%s"}
    return pages[link.kind] % link.target

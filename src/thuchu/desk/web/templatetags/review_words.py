"""The words of reviews as filters of templates; they stand in the room, since papers say them, too."""

from django import template

from thuchu.desk.reviews import wording
from thuchu.desk.reviews.views import LinkView

register = template.Library()
review_title = register.filter(wording.review_title)
state_word = register.filter(wording.state_word)
late_word = register.filter(wording.late_word)
item_title = register.filter(wording.item_title)
item_kind = register.filter(wording.item_kind)
seat_role = register.filter(wording.seat_role)
seat_words = register.filter(wording.seat_words)
presence_word = register.filter(wording.presence_word)
way_word = register.filter(wording.way_word)
method_word = register.filter(wording.method_word)
outcome_of = register.filter(wording.outcome_of)
phase_word = register.filter(wording.phase_word)
amended_word = register.filter(wording.amended_word)
votes = register.filter(wording.votes)
organisation_name = register.filter(wording.organisation_name)
link_words = register.filter(wording.link_words)


@register.filter
def link_page(link: LinkView) -> str:
    """The page about it; "" where it is on this page, or has none."""
    pages = {"claim": "/c/%s", "commitment": "/commitments/%s/", "inquiry": "/inquiries/%s/", "figure": "#figure-%s"}
    return pages[link.kind] % link.target

"""What the pages of lessons and practice say of items and of how sure somebody was."""

from collections.abc import Mapping

from django import template
from django.utils.formats import number_format
from django.utils.translation import get_language, gettext

from thuchu.desk.training.content import Block
from thuchu.desk.training.items import Stratum
from thuchu.desk.training.words import CHOICES, STRATA
from thuchu.desk.wording import verdict_word

register = template.Library()


@register.filter
def blocks(text: Mapping[str, tuple[Block, ...]]) -> tuple[Block, ...]:
    """A longer text in the page's language, as paragraphs and lists."""
    return text.get(get_language() or "", text["vi"])


@register.filter
def asks(question: str) -> str:
    """What an item asks, in the page's language."""
    return gettext(question)


@register.filter
def choice_word(choice: str) -> str:
    """An answer in words."""
    return gettext(CHOICES[choice]) if choice in CHOICES else verdict_word(choice)


@register.filter
def stratum_word(stratum: str) -> str:
    """What the items of a stratum are about."""
    return gettext(STRATA[Stratum(stratum)])


@register.filter
def hundredths(share: float) -> int:
    """A share between 0 and 1 in percent, to the nearest whole one."""
    return round(100 * share)


@register.filter
def two_places(value: float) -> str:
    """0,17; on English pages 0.17."""
    return str(number_format(value, decimal_pos=2))

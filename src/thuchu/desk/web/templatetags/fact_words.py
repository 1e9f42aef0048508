"""What the pages say of facts of an event."""

from django import template
from django.utils.translation import get_language, gettext

from thuchu.desk.facts.reads import FactView
from thuchu.desk.marking import gettext_noop
from thuchu.procedure import Field

register = template.Library()

_STANDING = {
    "stale": gettext_noop("Not checked again"),
    "expired": gettext_noop("No longer valid"),
    "to_come": gettext_noop("Not valid yet"),
    "waiting": gettext_noop("Waits for a second person"),
    "replaced": gettext_noop("Replaced"),
    "taken_down": gettext_noop("Taken down"),
    "archived": gettext_noop("The event is over"),
}


@register.filter
def fact_value(fact: FactView) -> str:
    """What it says, in the reader's language where the source was put into it."""
    return fact.value(get_language() or "vi")


@register.filter
def fact_language(fact: FactView) -> str:
    """The language of what it says."""
    return "en" if get_language() == "en" and fact.value_en else "vi"


@register.filter
def prompt(field: Field) -> str:
    """What is to be copied into a field."""
    return field.prompt(get_language() or "vi")


@register.filter
def fact_standing(code: str) -> str:
    """How a fact stands that answers nobody; "" for one that does."""
    return gettext(_STANDING[code]) if code in _STANDING else ""

"""Names that exist in both languages."""

from collections.abc import Callable
from operator import attrgetter

from django.utils.translation import get_language

from thuchu.desk.claims.views import NameView


def name(view: NameView) -> str:
    """The name of a topic, an area or an event in the reader's language."""
    return namer()(view)


def namer() -> Callable[[NameView], str]:
    """The same for thousands of them: the language is looked up once."""
    return attrgetter("name_en" if get_language() == "en" else "name_vi")

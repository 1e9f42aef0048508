"""Names that exist in both languages."""

from django.utils.translation import get_language

from thuchu.desk.claims.views import NameView


def name(view: NameView) -> str:
    """The name of a topic, an area or an event in the reader's language."""
    return view.name_en if get_language() == "en" else view.name_vi

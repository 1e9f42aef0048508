"""What is said in Vietnamese and in English, and what people wrote in one of them."""

from collections.abc import Callable, Mapping
from typing import ParamSpec

from django.utils.translation import override

from thuchu.documents.review import Wording
from thuchu.text.language import detect

_P = ParamSpec("_P")


def both(say: Callable[_P, str], *args: _P.args, **named: _P.kwargs) -> Wording:
    """What `say` gives in each language."""
    with override("vi"):
        vi = say(*args, **named)
    with override("en"):
        return Wording(vi=vi, en=say(*args, **named))


def named(words: Mapping[str, str]) -> Wording:
    """Of a room that says both by itself."""
    return Wording(vi=words["vi"], en=words["en"])


def written(text: str, language: str = "") -> Wording:
    """What people wrote, in the language it is in; what nobody can tell is Vietnamese, as the desk is."""
    return Wording(en=text) if (language or detect(text)) == "en" else Wording(vi=text)

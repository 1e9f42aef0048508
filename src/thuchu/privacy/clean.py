"""The type that proves a text was scrubbed.  It refuses to be made by anybody but `thuchu.privacy.scrub`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NoReturn, Self


class Kind(StrEnum):
    """What sort of personal data stood where a placeholder stands now."""

    PHONE = "phone"
    EMAIL = "email"
    ID_NUMBER = "id number"
    PASSPORT = "passport"
    TAX_CODE = "tax code"
    ACCOUNT = "account"
    CARD = "card"
    PROFILE = "profile"
    PLATE = "plate"
    COORDINATES = "coordinates"


# ASCII, lower case, in square brackets: people read it, every encoder writes it, and no recogniser matches it.
PLACEHOLDERS: Mapping[Kind, str] = MappingProxyType({kind: f"[{kind.value}]" for kind in Kind})


@dataclass(frozen=True, slots=True)
class Finding:
    """One placeholder: `text[start:end]` of the clean text.  What it replaced is kept nowhere."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, init=False)
class CleanText:
    """Text without personal data, and where something was taken out.

    Only `scrub` builds it: the constructor, `dataclasses.replace`, subclasses and pickles raise TypeError.
    """

    __slots__ = ("findings", "text")

    text: str
    findings: tuple[Finding, ...]

    def __new__(cls, *_args: object, **_fields: object) -> Self:
        raise TypeError(_ONLY_SCRUB)

    def __init__(self, *_args: object, **_fields: object) -> None:
        # `dataclasses.replace` and `copy.replace` of a copied object end here even where __new__ is stepped around.
        raise TypeError(_ONLY_SCRUB)

    def __init_subclass__(cls, **_options: object) -> None:
        raise TypeError("CleanText has no subclasses: one could fill it with any text. Call privacy.scrub(text).")

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, _memo: dict[int, Any]) -> Self:
        return self

    def __reduce_ex__(self, _protocol: object) -> NoReturn:
        raise TypeError("CleanText is not pickled: a pickle can hold any text. Keep .text, read it with restored().")

    def __setstate__(self, _state: object) -> NoReturn:
        raise TypeError(_ONLY_SCRUB)


_ONLY_SCRUB = "CleanText is built by privacy.scrub only: call scrub(text), or restored(text) for a row of the desk."


def require_clean(value: object) -> CleanText:
    """`value` itself when it is a whole `CleanText`; raises TypeError, which never quotes it, for anything else."""
    if type(value) is not CleanText or not hasattr(value, "text"):
        raise TypeError(f"CleanText is wanted here, got {type(value).__name__}: call privacy.scrub(text) first.")
    return value


def build_clean(text: str, findings: tuple[Finding, ...]) -> CleanText:
    """For `scrub` alone, which has looked at `text`; a test refuses every other importer."""
    clean = object.__new__(CleanText)
    object.__setattr__(clean, "text", text)
    object.__setattr__(clean, "findings", findings)
    return clean

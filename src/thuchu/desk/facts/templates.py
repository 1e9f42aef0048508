"""Templates: which fields and steps an event of a kind usually has.  Steps are data (`templates.json`), days blank."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from thuchu.procedure import Field, fields_of

_FILE = Path(__file__).with_name("templates.json")
# As for fields: the same questions come up.
_LIKE_A_STORM = ("flood", "disaster")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of an event; `days` from its day arranges the page and is no deadline."""

    code: str
    name_vi: str
    name_en: str
    days: int

    def name(self, language: str) -> str:
        """Its name in a page's language."""
        return self.name_en if language == "en" else self.name_vi


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What an event of a kind usually has: fields to copy from official sources, steps to give a moment."""

    kind: str
    fields: tuple[Field, ...]
    steps: tuple[Step, ...]


def template_of(kind: str) -> Template | None:
    """The template of a kind of event; None for a kind without one."""
    return _templates().get(kind)


@cache
def _templates() -> Mapping[str, Template]:
    rows = json.loads(_FILE.read_text("utf-8"))
    rows |= dict.fromkeys(_LIKE_A_STORM, rows["storm"])
    return MappingProxyType(
        {
            kind: Template(
                kind=kind,
                fields=fields_of(kind),
                steps=tuple(
                    Step(code=row["code"], name_vi=row["vi"], name_en=row["en"], days=row["days"]) for row in steps
                ),
            )
            for kind, steps in rows.items()
            if kind != "note"
        }
    )

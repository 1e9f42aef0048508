"""A document as JSON and back, so that it can be handed to the process that makes a file of it.

Each value carries the name of its kind; only the kinds of `tree` are made again, and every check of the tree is made
anew on the other side.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any

from thuchu.documents import tree
from thuchu.documents.tree import Document

_IS = "is"
_KINDS: dict[str, Any] = {
    kind.__name__: kind
    for kind in (
        tree.Told,
        tree.Paragraph,
        tree.Bullets,
        tree.Table,
        tree.Chart,
        tree.Quote,
        tree.Terms,
        tree.Section,
        tree.Signature,
        tree.Document,
    )
}


def packed(document: Document) -> bytes:
    """ASCII JSON; lone surrogates survive it."""
    return json.dumps(_values(document)).encode("ascii")


def unpacked(body: bytes) -> Document:
    """The same document; raises DocumentRefused as its making would."""
    document = _made(json.loads(body))
    if not isinstance(document, Document):
        raise TypeError(f"a {type(document).__name__} was handed over for a Document")
    return document


def _values(one: Any) -> Any:
    if is_dataclass(one) and not isinstance(one, type):
        return {_IS: type(one).__name__} | {field.name: _values(getattr(one, field.name)) for field in fields(one)}
    if isinstance(one, tuple):
        return [_values(part) for part in one]
    if isinstance(one, datetime):
        return {_IS: "datetime", "iso": one.isoformat()}
    if isinstance(one, date):
        return {_IS: "date", "iso": one.isoformat()}
    return one


def _made(values: Any) -> Any:
    if isinstance(values, list):
        return tuple(_made(part) for part in values)
    if not isinstance(values, dict):
        return values
    rest = {name: _made(value) for name, value in values.items() if name != _IS}
    match values[_IS]:
        case "datetime":
            return datetime.fromisoformat(rest["iso"])
        case "date":
            return date.fromisoformat(rest["iso"])
        case name:
            return _KINDS[name](**rest)

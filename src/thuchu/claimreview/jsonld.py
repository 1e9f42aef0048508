"""schema.org ClaimReview in JSON-LD: found wherever it stands in a document, and read whatever shape it has.

Refuses microdata and RDFa.  Who made the claim is never looked at: `itemReviewed.author`, `claimant` and an `author`
who is a person are passed over, as is an author who may be one (a bare name).
"""

from collections.abc import Iterator
from dataclasses import dataclass

from thuchu.claimreview.building import Draft, deletion_date, record_of, web_address
from thuchu.claimreview.fields import FactCheckRecord
from thuchu.claimreview.google import as_schema_org
from thuchu.claimreview.json_text import Ambiguous, bare_name
from thuchu.claimreview.limits import NESTING_MAX
from thuchu.claimreview.outcomes import Outcome, Refusal, Refused, Row, Withdrawal

# Types of schema.org below Organization whose name doesn't end in "Organization".
_ORGANISATIONS = frozenset(
    {"NGO", "Corporation", "Consortium", "CollegeOrUniversity", "School", "LibrarySystem", "OnlineBusiness", "Project"}
)
_NO_REVIEW = "holds no ClaimReview in JSON-LD (microdata and RDFa aren't read)"


@dataclass(frozen=True, slots=True)
class _Around:
    """What the objects around a ClaimReview say about it (a feed's element: its address, its withdrawal)."""

    url: str = ""
    date_deleted: str = ""


def outcomes_in(document: object, *, file: str, line: int) -> Iterator[Outcome]:
    """Every ClaimReview in one document of a page, in its order; other things are passed over."""
    yield from _Reader(document, file, line).inside(document, "", _Around(), 0)


def outcomes_of_element(node: object, *, file: str, line: int | None = None, path: str = "") -> Iterator[Outcome]:
    """What one element of a list, or one line, holds: at least one ClaimReview, a withdrawal, or a refusal."""
    yield from _Reader(node, file, line).element(node, path, _Around(), 0)


class _Reader:
    """One document being read: its place, and its objects by `@id`, to which others refer."""

    def __init__(self, document: object, file: str, line: int | None) -> None:
        self._document = document
        self._file = file
        self._line = line
        self._by_id: dict[str, dict[str, object]] | None = None

    def element(self, node: object, path: str, around: _Around, depth: int) -> Iterator[Outcome]:
        """What `inside` finds; when that is nothing, a withdrawal of the element's address, or a refusal."""
        found = False
        for outcome in self.inside(node, path, around, depth):
            found = True
            yield outcome
        if not found:
            yield self._nothing_inside(node, path)

    def inside(self, node: object, path: str, around: _Around, depth: int) -> Iterator[Outcome]:
        if depth > NESTING_MAX:
            yield self._refusal(path, "", f"nests deeper than {NESTING_MAX} levels; nothing below is read")
        elif isinstance(node, list):
            for index, part in enumerate(node):
                yield from self.inside(part, f"{path}[{index}]", around, depth + 1)
        elif isinstance(node, dict):
            yield from self._inside_object(node, path, around, depth)

    def _inside_object(self, node: dict[str, object], path: str, around: _Around, depth: int) -> Iterator[Outcome]:
        node = as_schema_org(node)
        if _is_claim_review(node):
            yield self._read(node, path, around)
            return
        if isinstance(node, Ambiguous):
            for name in sorted(node.repeated):
                yield self._refusal(path, name, "stands twice with different values; only the last one was read")
            node = dict(node)
        inner = _Around(_first_text(_get(node, "url")), _first_text(_get(node, "dateDeleted")) or around.date_deleted)
        for name, part in node.items():
            place = f"{path}.{name}" if path else name
            if name == "dataFeedElement" and isinstance(part, list):
                for index, element in enumerate(part):
                    yield from self.element(element, f"{place}[{index}]", _Around(), depth + 2)
            else:
                yield from self.inside(part, place, inner, depth + 1)

    def _nothing_inside(self, node: object, path: str) -> Outcome:
        if not isinstance(node, dict):
            return self._refusal(path, "", _NO_REVIEW)
        try:
            deleted = _first_text(_get(node, "dateDeleted"))
            if not deleted:
                return self._refusal(path, "", _NO_REVIEW)
            url = web_address(_first_text(_get(node, "url")))
            return Withdrawal(url=url, date_deleted=deletion_date(deleted), line=self._line, path=path)
        except Refused as refused:
            return self._refusal(path, refused.field, refused.reason)

    def _read(self, node: dict[str, object], path: str, around: _Around) -> Outcome:
        try:
            deleted = _first_text(_get(node, "dateDeleted")) or around.date_deleted
            if deleted and not _first_text(_get(node, "claimReviewed")).strip():
                url = web_address(_own_address(node) or around.url)
                return Withdrawal(url=url, date_deleted=deletion_date(deleted), line=self._line, path=path)
            record, remarks = self._record(node, around.url, deleted)
        except Refused as refused:
            return self._refusal(path, refused.field, refused.reason)
        return Row(record=record, line=self._line, path=path, remarks=tuple(remarks))

    def _record(self, node: dict[str, object], url: str, deleted: str) -> tuple[FactCheckRecord, list[str]]:
        rating = self._rating(_get(node, "reviewRating"))
        publisher, doubt = self._publisher(node)
        record, remarks = record_of(
            Draft(
                url=_own_address(node) or url,
                claim=_first_text(_get(node, "claimReviewed")),
                title=_first_text(_get(node, "name")) or _first_text(_get(node, "headline")),
                publisher=publisher,
                verdict_words=_verdict_words(rating),
                explanation=_explanation(node, rating),
                language=_first_text(_get(node, "inLanguage"), "alternateName", "name"),
                date_published=_first_text(_get(node, "datePublished")),
                date_modified=_first_text(_get(node, "dateModified")),
                date_deleted=deleted,
                appearances=tuple(self._appearances(node)),
                citations=(*_addresses(_get(node, "citation")), *_addresses(_get(node, "isBasedOn"))),
                licence=_first_text(_get(node, "sdLicense"), "url", "name", "@id")
                or _first_text(_get(node, "license"), "url", "name", "@id"),
            )
        )
        several = len(set(_texts(_get(node, "claimReviewed"))))
        if several > 1:
            remarks.append(f"claimReviewed: the first of {several} values is read")
        return record, [*doubt, *remarks]

    def _rating(self, value: object) -> dict[str, object]:
        """The rating that says something in words, of one or several; a bare text is the words."""
        ratings = [self._resolved(part) for part in _listed(value)]
        objects: list[dict[str, object]] = [r for r in ratings if isinstance(r, dict)]
        objects += [{"alternateName": r} for r in ratings if isinstance(r, str)]
        return next((r for r in objects if _first_text(_get(r, "alternateName"))), objects[0] if objects else {})

    def _publisher(self, node: dict[str, object]) -> tuple[str, list[str]]:
        """The checking organisation's name, and a remark where an author was passed over who may be a person."""
        for name in ("author", "publisher", "sourceOrganization", "creator"):
            for part in map(self._resolved, _listed(_get(node, name))):
                if isinstance(part, dict) and _is_organisation(part):
                    title = _first_text(_get(part, "name")) or _first_text(_get(part, "legalName"))
                    if title:
                        return title, []
        unsure = any(isinstance(part, str) for part in _listed(_get(node, "author")))
        doubt = ["author: a bare name, which may be a person's, is left out; name the publisher when importing"]
        return "", doubt if unsure else []

    def _appearances(self, node: dict[str, object]) -> Iterator[str]:
        for item in map(self._resolved, _listed(_get(node, "itemReviewed"))):
            if isinstance(item, dict) and not _is_somebody(item):
                for name in ("appearance", "firstAppearance", "url", "sameAs"):
                    yield from _addresses(_get(item, name))

    def _resolved(self, value: object) -> object:
        """The object that `{"@id": …}` refers to, where the document has it."""
        if not isinstance(value, dict) or "@id" not in value or len(value) > 2:
            return value
        if self._by_id is None:
            self._by_id = dict(_identified(self._document))
        return self._by_id.get(str(value["@id"]), value)

    def _refusal(self, path: str, field: str, reason: str) -> Refusal:
        return Refusal(file=self._file, line=self._line, path=path, field=field, reason=reason)


def _identified(document: object) -> Iterator[tuple[str, dict[str, object]]]:
    waiting = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            if isinstance(node.get("@id"), str) and len(node) > 2:
                yield str(node["@id"]), node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _get(node: dict[str, object], name: str) -> object:
    """The property `name`, None where there is none.

    raises  Refused where it stands twice with different values
    """
    if isinstance(node, Ambiguous) and name in node.repeated:
        raise Refused(name, "stands twice with different values; keep one")
    return node.get(name)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _texts(value: object, *names: str) -> Iterator[str]:
    """Every text in a property: itself, `@value` or one of `names` of an object, or each of a list."""
    for part in _listed(value):
        if isinstance(part, str):
            yield part
        elif isinstance(part, int | float) and not isinstance(part, bool):
            yield str(part)
        elif isinstance(part, dict):
            inner = (part.get("@value"), *(_get(part, name) for name in names))
            yield from (text for text in inner if isinstance(text, str))


def _first_text(value: object, *names: str) -> str:
    return next((text for text in _texts(value, *names) if text.strip()), "")


def _addresses(value: object) -> Iterator[str]:
    return (text for text in _texts(value, "url", "@id") if text.strip())


def _types(node: dict[str, object]) -> set[str]:
    return {bare_name(name) for name in _listed(node.get("@type")) if isinstance(name, str)}


def _is_claim_review(node: dict[str, object]) -> bool:
    types = _types(node)
    return "ClaimReview" in types or (not types and "claimReviewed" in node)


def _is_organisation(node: dict[str, object]) -> bool:
    types = _types(node)
    return "Person" not in types and any(t.endswith("Organization") or t in _ORGANISATIONS for t in types)


def _is_somebody(node: dict[str, object]) -> bool:
    # Old markup reviews the speaker instead of the claim; that object's addresses are the speaker's.
    return "Person" in _types(node) or _is_organisation(node)


def _own_address(node: dict[str, object]) -> str:
    for value in (_get(node, "url"), _get(node, "mainEntityOfPage"), node.get("@id")):
        text = next(_addresses(value), "")
        if text.strip().lower().startswith(("http:", "https:")):
            return text
    return _first_text(_get(node, "url"))


def _verdict_words(rating: dict[str, object]) -> str:
    """`alternateName`; else what stands in its place on many sites: `name`, or words in `ratingValue`."""
    return next((text for name in ("alternateName", "name", "ratingValue") if (text := _words(rating, name))), "")


def _words(rating: dict[str, object], name: str) -> str:
    text = _first_text(_get(rating, name))
    return text if any(c.isalpha() for c in text) else ""


def _explanation(node: dict[str, object], rating: dict[str, object]) -> str:
    return (
        _first_text(_get(node, "reviewBody"))
        or _first_text(_get(rating, "ratingExplanation"))
        or _first_text(_get(node, "description"))
    )

"""Making what a review should have by now: each paper once, a changed one beside the old one, at another address."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from thuchu import __version__
from thuchu.desk import papers
from thuchu.desk.editions.paper import paper_of
from thuchu.desk.editions.reads import FORMATS, LANGUAGES, Due, due, papers_of
from thuchu.desk.ledger.append import append
from thuchu.desk.papers import PaperNotMade
from thuchu.desk.reviews import reads as reviews
from thuchu.desk.reviews.models import Edition, Review
from thuchu.desk.reviews.rows import subject
from thuchu.documents.conclusions import conclusions
from thuchu.documents.minutes import minutes
from thuchu.documents.passing import packed
from thuchu.documents.register import register
from thuchu.documents.report import report
from thuchu.documents.review import ReviewPaper
from thuchu.documents.tree import Document, Format, Kind, Language
from thuchu.log.entry import Value

BUILDERS: Mapping[Kind, Callable[[ReviewPaper, Language], Document]] = {
    "report": report,
    "minutes": minutes,
    "conclusions": conclusions,
    "register": register,
}
# Of the digest of all that a paper was made from.
_TEMPLATE_CHARS = 20


def make_editions(slug: str, *, now: datetime) -> int:
    """Make the papers that are wanting; gives back how many files are new.  Doing it again does nothing.

    raises  PaperNotMade, once all others are made; what was there before is as it was
    """
    folder: Path = settings.THUCHU_HOME / papers.FOLDER
    _take_away(slug, folder)
    wanting = [found for each in due(slug) for found in _wanting(slug, each, folder)]
    new, failed = 0, None
    # Typeset together, outside any transaction.
    for each, made in zip(wanting, papers.made([each.wanted for each in wanting], folder), strict=True):
        if isinstance(made, PaperNotMade):
            failed = failed or made
        else:
            new += _record(slug, each, made, now)
    if failed is not None:
        raise failed
    return new


@dataclass(frozen=True, slots=True)
class _Wanting:
    """The formats of one document that aren't there, and the beginning of the digest of what it is made from."""

    wanted: papers.Wanted
    template: str


def _wanting(slug: str, due: Due, folder: Path) -> Iterator[_Wanting]:
    told = paper_of(slug, due.kind, at=due.at)
    for language in LANGUAGES:
        document = BUILDERS[due.kind](told, language)
        template = hashlib.sha256(packed(document) + __version__.encode()).hexdigest()[:_TEMPLATE_CHARS]
        formats = [form for form in FORMATS if not _is_there(slug, document, form, template, folder)]
        if formats:
            yield _Wanting(papers.Wanted(document, formats), template)


def _record(slug: str, what: _Wanting, made: Sequence[papers.Edition], now: datetime) -> int:
    """Rows and their entries of one document's files; gives back how many are new."""
    with transaction.atomic():
        review = Review.objects.select_for_update().get(slug=slug)
        return sum(_record_one(review, what, each, now) for each in made)


def _is_there(slug: str, document: Document, form: Format, template: str, folder: Path) -> bool:
    rows = Edition.objects.filter(
        review__slug=slug, document=document.kind, format=form, language=document.language, template=template
    )
    return any(papers.size(folder, sha256) is not None for sha256 in rows.values_list("sha256", flat=True))


def _record_one(review: Review, what: _Wanting, made: papers.Edition, now: datetime) -> bool:
    """A row and its entry; False for bytes that have both."""
    address = {
        "document": what.wanted.document.kind,
        "format": made.format,
        "language": made.language,
        "sha256": made.sha256,
    }
    if Edition.objects.filter(review=review, **address).exists():
        return False
    body: dict[str, Value] = {**address, "template": what.template}
    entry = append("review.edition_made", subject(review), body, now=now)
    Edition.objects.create(review=review, template=what.template, made_at=entry.seq, **address)
    return True


def _take_away(slug: str, folder: Path) -> None:
    """Files with a name on them that its bearer took back (rule 2); their rows and digests stay."""
    found = papers_of(slug, reviews.editions_of(slug))
    for each in (*found.latest, *found.earlier):
        if each.is_gone:
            papers.remove(folder, each.sha256)

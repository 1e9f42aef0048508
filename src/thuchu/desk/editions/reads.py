"""What pages and commands may ask of a review's papers: which there are, which are wanting, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from thuchu.desk import papers
from thuchu.desk.editions.trouble import trouble_of
from thuchu.desk.jobs import reads as jobs
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.ledger.reads import EntryView
from thuchu.desk.reviews import reads as reviews
from thuchu.desk.reviews.models import Edition
from thuchu.desk.reviews.rows import PAPERS_JOB
from thuchu.desk.reviews.views import EditionView
from thuchu.documents.tree import Format, Kind, Language

LANGUAGES: tuple[Language, ...] = ("vi", "en")
FORMATS: tuple[Format, ...] = ("pdf", "docx")
KINDS: tuple[Kind, ...] = ("report", "minutes", "conclusions", "register")
_CHANGED = ("review.published", "review.amended")
_NAME_ERASED = "review.name_erased"
# What makes a document, and makes it anew: the first is what it waits for.
STEPS: Mapping[Kind, tuple[str, ...]] = {
    "report": ("review.frozen", "review.corrected", *_CHANGED),
    "minutes": ("review.minutes_out", "review.minutes_final", _NAME_ERASED, "review.amended"),
    "conclusions": ("review.minutes_out", _NAME_ERASED, *_CHANGED),
    "register": ("review.minutes_out", *_CHANGED),
}
# Papers on which the names stand that people wanted there.
WITH_NAMES: tuple[Kind, ...] = ("minutes", "conclusions")


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A document that a review has by now: as of the step that changed it last."""

    kind: Kind
    entry: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """One file; `size` is None where it is missing, and an old one may be `is_gone` with a name that was on it."""

    document: str
    format: str
    language: str
    sha256: str
    size: int | None
    made_at: int
    is_gone: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """A review's papers.

    latest    of each document, format and language the last one that may be shown
    earlier   all before, which stay at their addresses; the last first
    is_due    something newer is on its way
    trouble   why it isn't here yet: a code of `trouble.WHY`, or ""
    """

    latest: tuple[PaperView, ...]
    earlier: tuple[PaperView, ...]
    is_due: bool
    trouble: str


def due(slug: str) -> tuple[Due, ...]:
    """What a review should have by now."""
    return _due(_entries(slug))


def papers_of(slug: str, editions: Iterable[EditionView]) -> Papers:
    """All of one review, of which these are the rows, newest first."""
    entries = _entries(slug)
    found = _views(editions, entries)
    latest: dict[tuple[str, str, str], PaperView] = {}
    for each in found:
        if not each.is_gone:
            latest.setdefault((each.document, each.language, each.format), each)
    wanting = any(
        (last := latest.get((each.kind, language, form))) is None or last.made_at < each.entry
        for each in _due(entries)
        for language in LANGUAGES
        for form in FORMATS
    )
    return Papers(
        latest=tuple(sorted(latest.values(), key=_order)),
        earlier=tuple(each for each in found if latest.get((each.document, each.language, each.format)) is not each),
        is_due=wanting,
        trouble=trouble_of(jobs.last_error(PAPERS_JOB, f"papers:{slug}:")) if wanting else "",
    )


def latest(slug: str, document: str, form: str, language: str) -> str | None:
    """The SHA-256 of the newest such paper; None where there is none."""
    views = _views(reviews.editions_of(slug), _entries(slug))
    wanted = (document, form, language)
    return next(
        (each.sha256 for each in views if (each.document, each.format, each.language) == wanted and not each.is_gone),
        None,
    )


def paper(slug: str, sha256: str) -> PaperView | None:
    """The one with those bytes."""
    views = _views(reviews.editions_of(slug), _entries(slug))
    return next((each for each in views if each.sha256 == sha256), None)


def missing_files() -> list[str]:
    """Papers of which a row tells and whose file isn't there: what a backup brings back."""
    found = []
    slugs = Edition.objects.order_by("review__pk").values_list("review__slug", flat=True).distinct()
    for slug in dict.fromkeys(slugs):
        views = _views(reviews.editions_of(slug), _entries(slug))
        lost = [each for each in views if each.size is None and not each.is_gone]
        found += [f"{slug} {each.document}.{each.format} ({each.language}) {each.sha256[:12]}…" for each in lost]
    return found


def _entries(slug: str) -> list[EntryView]:
    kinds = dict.fromkeys(kind for steps in STEPS.values() for kind in steps)
    return ledger.about([f"review:{slug}"], kinds)


def _due(entries: Sequence[EntryView]) -> tuple[Due, ...]:
    found = []
    for kind, steps in STEPS.items():
        mine = [each for each in entries if each.kind in steps]
        if any(each.kind == steps[0] for each in mine):
            found.append(Due(kind=kind, entry=mine[-1].seq, at=mine[-1].at))
    return tuple(found)


def _views(editions: Iterable[EditionView], entries: Sequence[EntryView]) -> list[PaperView]:
    folder = settings.THUCHU_HOME / papers.FOLDER
    erased = max((each.seq for each in entries if each.kind == _NAME_ERASED), default=0)
    return [
        PaperView(
            document=row.document,
            format=row.format,
            language=row.language,
            sha256=row.sha256,
            size=papers.size(folder, row.sha256),
            made_at=row.made_at,
            is_gone=row.document in WITH_NAMES and row.made_at < erased,
        )
        for row in editions
    ]


def _order(view: PaperView) -> tuple[int, int, int]:
    documents, languages, forms = list(map(str, KINDS)), list(map(str, LANGUAGES)), list(map(str, FORMATS))
    return documents.index(view.document), languages.index(view.language), forms.index(view.format)

"""What other rooms and pages may ask of the library: views, never rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from thuchu.desk.library.models import FactCheck, ListedHost, Publisher, PublisherHost
from thuchu.desk.library.publishers import host_of, is_on
from thuchu.desk.library.rows import modified_on, url_of

PAGE_ITEMS = 20
# What stands under a verdict: two sentences, and never more than a phone shows without scrolling.
WHY_CHARS_MAX = 280
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"”’)]*\s+(?=[^\s])")


@dataclass(frozen=True, slots=True, kw_only=True)
class PastView:
    """What a fact-check said until `until`."""

    until: datetime
    claim: str
    title: str
    verdict: str | None
    verdict_words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FactCheckView:
    """One fact-check as pages and the API show it.

    note           number of the note on this desk that was agreed; None for what was imported
    is_answerable  current and not disputed, with one of our five verdicts, agreed here or on an admitted host of its
                   publisher (rule 5), and no prebunk
    twists         of a prebunk: how the procedure that it states is usually told wrong; empty for everything else
    why            its first two sentences, at most WHY_CHARS_MAX characters
    imported_at    when it came here, or was first agreed; `updated_at` when what is here last changed
    """

    id: str
    note: int | None
    disputed: bool
    url: str
    claim: str
    title: str
    verdict: str | None
    verdict_words: str
    explanation: str
    why: str
    language: str
    publisher_name: str
    publisher_admitted: bool
    is_answerable: bool
    date_published: date | None
    date_modified: date | None
    citations: tuple[str, ...]
    licence: str
    state: str
    withdrawn_reason: str
    withdrawn_at: datetime | None
    imported_at: datetime
    updated_at: datetime
    twists: tuple[str, ...] = ()
    past: tuple[PastView, ...] = ()

    @property
    def said_on(self) -> date | None:
        """The day to name beside the verdict: of what this desk agreed on, since when it says what it says now."""
        return self.date_published if self.note is None else self.date_modified or self.date_published

    @property
    def page_path(self) -> str:
        """Its permanent page on this desk."""
        return f"/f/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherView:
    """A publisher with its public host list: (host, is it admitted) pairs in alphabetical order.

    imported  how many of its fact-checks came from elsewhere; this desk's own, which its people agreed on, need no host
    """

    id: int
    name: str
    hosts: tuple[tuple[str, bool], ...]
    admitted_at: datetime | None
    admitted_reason: str
    fact_checks: int
    imported: int
    listed_hosts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list: `number` counts from 1; `pages` is at least 1."""

    items: tuple[FactCheckView, ...]
    total: int
    number: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a reader of the list wants to see; empty means everything."""

    verdict: str = ""
    publisher: int | None = None
    language: str = ""
    since: date | None = None
    until: date | None = None


def fact_check(public_id: str) -> FactCheckView | None:
    """The fact-check of that name with its past versions, withdrawn ones too; None when there is none."""
    row = _with_publishers().filter(public_id=public_id).first()
    if row is None:
        return None
    past = tuple(
        PastView(
            until=version.until,
            claim=version.claim,
            title=version.title,
            verdict=version.verdict,
            verdict_words=version.verdict_words,
        )
        for version in row.past_versions.order_by("-until")
    )
    return _view(row, past)


def fact_checks(public_ids: Sequence[str]) -> dict[str, FactCheckView]:
    """Current fact-checks by name; a name that is unknown or withdrawn is left out."""
    rows = _with_publishers().filter(public_id__in=public_ids, state=FactCheck.CURRENT)
    return {row.public_id: _view(row) for row in rows}


def by_url(url: str) -> FactCheckView | None:
    """The first fact-check imported from exactly this address."""
    row = _with_publishers().filter(url=url).order_by("pk").first()
    return _view(row) if row else None


def browse(filters: Filters, *, among: Sequence[str] | None = None, number: int = 1) -> Page:
    """Current fact-checks, newest first.

    among   names found by a search, best first: then the list keeps that order
    number  the page, from 1; beyond the last one the last one is shown
    """
    rows = _filtered(filters)
    if among is not None:
        return _ranked_page(rows, among, number)
    return _page(rows.order_by("-date_published", "-id"), rows.count(), number)


def publishers() -> list[PublisherView]:
    """All publishers by name, with their hosts and how much of theirs is here."""
    hosts: dict[int, list[tuple[str, bool]]] = {}
    for row in PublisherHost.objects.order_by("host"):
        hosts.setdefault(row.publisher_id, []).append((row.host, row.admitted_at is not None))
    listed = dict(ListedHost.objects.values_list("publisher").annotate(n=Count("pk")))
    current = Q(fact_checks__state=FactCheck.CURRENT)
    counted = Publisher.objects.annotate(
        n=Count("fact_checks", filter=current),
        imported=Count("fact_checks", filter=current & Q(fact_checks__note__isnull=True)),
    )
    return [
        PublisherView(
            id=publisher.pk,
            name=publisher.name,
            hosts=tuple(hosts.get(publisher.pk, ())),
            admitted_at=publisher.admitted_at,
            admitted_reason=publisher.admitted_reason,
            fact_checks=publisher.n,
            imported=publisher.imported,
            listed_hosts=listed.get(publisher.pk, 0),
        )
        for publisher in counted.order_by("name")
    ]


def languages() -> list[str]:
    """Languages that current fact-checks are written in, alphabetically; unknown ones left out."""
    rows = FactCheck.objects.filter(state=FactCheck.CURRENT).exclude(language="")
    return sorted(rows.values_list("language", flat=True).distinct())


def count() -> int:
    """How many current fact-checks there are."""
    return FactCheck.objects.filter(state=FactCheck.CURRENT).count()


def admitted_hosts() -> list[str]:
    """Hosts of publishers that are admitted."""
    return list(PublisherHost.objects.filter(admitted_at__isnull=False).values_list("host", flat=True))


def prebunks() -> list[str]:
    """Names of the current fact-checks that were written before anybody asked."""
    rows = FactCheck.objects.filter(state=FactCheck.CURRENT, note__isnull=False).exclude(twists=[])
    return list(rows.values_list("public_id", flat=True))


def addresses(publisher_name: str) -> list[str]:
    """The addresses of a publisher's current fact-checks, in the order they came."""
    rows = FactCheck.objects.filter(publisher__name=publisher_name, state=FactCheck.CURRENT).order_by("pk")
    return list(rows.values_list("url", flat=True))


def last_changed(limit: int, *, notes: QuerySet[Any] | None = None) -> tuple[FactCheckView, ...]:
    """Fact-checks in any state, what changed last first: news of them for who follows the desk.

    notes  a query for numbers of notes: only what was agreed of them; everything where it is None
    """
    rows = _with_publishers().order_by("-change")
    if notes is not None:
        rows = rows.filter(note__in=notes)
    return tuple(_view(row) for row in rows[:limit])


def of_notes(notes: Sequence[int]) -> tuple[FactCheckView, ...]:
    """What is published of these notes at the moment."""
    rows = _with_publishers().filter(note__in=notes, state=FactCheck.CURRENT)
    return tuple(_view(row) for row in rows)


def last_row() -> int:
    """The highest number of any fact-check's row; 0 when there is none."""
    return FactCheck.objects.aggregate(last=Max("pk"))["last"] or 0


def current_between(first: int, last: int) -> list[tuple[str, datetime]]:
    """(name, when it last changed) of current fact-checks with rows of these numbers, both included."""
    rows = FactCheck.objects.filter(pk__gte=first, pk__lte=last, state=FactCheck.CURRENT).order_by("pk")
    return list(rows.values_list("public_id", "updated_at"))


def last_change() -> int:
    """The number of the last change to any fact-check; 0 when there was none."""
    return FactCheck.objects.aggregate(last=Max("change"))["last"] or 0


def state() -> tuple[int, int]:
    """(last change, how many are current) as of one moment: an import may commit between two questions."""
    current = Count("pk", filter=Q(state=FactCheck.CURRENT))
    found = FactCheck.objects.aggregate(last=Max("change"), current=current)
    return found["last"] or 0, found["current"]


def _with_publishers() -> QuerySet[FactCheck]:
    return FactCheck.objects.select_related("publisher").prefetch_related("publisher__hosts")


def _filtered(filters: Filters) -> QuerySet[FactCheck]:
    rows = _with_publishers().filter(state=FactCheck.CURRENT)
    if filters.verdict:
        rows = rows.filter(verdict=filters.verdict)
    if filters.publisher is not None:
        rows = rows.filter(publisher_id=filters.publisher)
    if filters.language:
        rows = rows.filter(language=filters.language)
    if filters.since is not None:
        rows = rows.filter(date_published__gte=filters.since)
    if filters.until is not None:
        rows = rows.filter(date_published__lte=filters.until)
    return rows


def _ranked_page(rows: QuerySet[FactCheck], among: Sequence[str], number: int) -> Page:
    found = {row.public_id: row for row in rows.filter(public_id__in=among)}
    ordered = [found[name] for name in among if name in found]
    return _page(ordered, len(ordered), number)


def _page(rows: QuerySet[FactCheck] | list[FactCheck], total: int, number: int) -> Page:
    pages = max(1, -(-total // PAGE_ITEMS))
    number = min(max(1, number), pages)
    shown = rows[(number - 1) * PAGE_ITEMS : number * PAGE_ITEMS]
    return Page(items=tuple(_view(row) for row in shown), total=total, number=number, pages=pages)


def _view(row: FactCheck, past: tuple[PastView, ...] = ()) -> FactCheckView:
    admitted = [entry.host for entry in row.publisher.hosts.all() if entry.admitted_at is not None]
    may_answer = row.note is not None or is_on(host_of(row.url), admitted)
    return FactCheckView(
        id=row.public_id,
        note=row.note,
        disputed=row.disputed,
        url=url_of(row),
        claim=row.claim,
        title=row.title,
        verdict=row.verdict,
        verdict_words=row.verdict_words,
        explanation=row.explanation,
        why=first_sentences(row.explanation),
        language=row.language,
        publisher_name=row.publisher.name,
        publisher_admitted=may_answer,
        is_answerable=_is_current(row) and row.verdict is not None and may_answer and not row.twists,
        date_published=row.date_published,
        date_modified=modified_on(row),
        citations=tuple(row.citations),
        licence=row.licence,
        state=row.state,
        withdrawn_reason=row.withdrawn_reason,
        withdrawn_at=row.withdrawn_at,
        imported_at=row.imported_at,
        updated_at=row.updated_at,
        twists=tuple(row.twists),
        past=past,
    )


def _is_current(row: FactCheck) -> bool:
    return row.state == FactCheck.CURRENT and not row.disputed


def first_sentences(text: str, count: int = 2) -> str:
    """The first `count` sentences of `text`, cut at a word where they are longer than WHY_CHARS_MAX."""
    why = " ".join(_SENTENCE_END.split(" ".join(text.split()), maxsplit=count)[:count])
    if len(why) <= WHY_CHARS_MAX:
        return why
    return why[:WHY_CHARS_MAX].rsplit(" ", 1)[0].rstrip(",;:–- ") + " …"

"""What other rooms and pages may ask of facts: which one answers a question now, and what became of the others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db.models import Max, QuerySet

from thuchu.desk.claims.areas import valid_areas
from thuchu.desk.claims.models import Area, Event, EventArea
from thuchu.desk.claims.views import NameView
from thuchu.desk.evidence import reads as evidence_reads
from thuchu.desk.evidence.models import CHANGED, GONE
from thuchu.desk.evidence.reads import EvidenceView
from thuchu.desk.facts.models import ARCHIVED, CONFIRMED, PINNED, EventStep, PinnedFact
from thuchu.procedure import (
    FIELD_KINDS,
    AreaName,
    Field,
    area_named,
    asked_about,
    field_of,
    fields_of,
    names_a_stranger,
)

# More running events at a time than a country has; each is one look at the question.
EVENTS_LOOKED_AT_MAX = 10
# Buttons on a page; from so many communes on the list of the event's page is searched instead.
CHOICES_MAX = 400
# More than three moments of every fact there can be: an act always counts more than all of them.
_TIMES_PER_CHANGE = 2**24

# A field's place on every page.
_ORDER = {field.code: at for kind in FIELD_KINDS for at, field in enumerate(fields_of(kind))}

Standing = Literal["current", "stale", "expired", "to_come", "waiting", "replaced", "taken_down", "archived"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactView:
    """One fact as pages show it.

    area      None for all of the event
    standing  "current" answers questions; "stale" is past its next check, or its source says otherwise; "expired" and
              "to_come" are outside the time it holds for; "waiting" for a second person; the others ended
    """

    id: int
    event: int
    event_vi: str
    event_en: str
    field: Field
    area: NameView | None
    value_vi: str
    value_en: str
    evidence: EvidenceView | None
    valid_from: datetime
    valid_until: datetime
    checked_at: datetime
    next_check_at: datetime
    standing: Standing
    pinned_by: int
    pinned_at: datetime
    confirmed_by: int | None
    replaces: int | None
    ended_at: datetime | None

    def value(self, language: str) -> str:
        """What it says, in a page's language where the source was put into it."""
        return self.value_en if language == "en" and self.value_en else self.value_vi

    @property
    def name(self) -> str:
        """As tellings and letters name it, beside fact-checks."""
        return f"fact:{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A question whose field is clear and whose place isn't: the areas that there are facts for, by name."""

    event: int
    field: Field
    areas: tuple[NameView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What pinned facts say to a question: facts that answer it, or the place it has to name; neither for most."""

    facts: tuple[FactView, ...] = ()
    wanted: Wanted | None = None


NOTHING = Found()


def _nowhere() -> str:
    return ""


def find(question: str, *, place: Callable[[], str] = _nowhere, now: datetime) -> Found:
    """The facts that answer a question now, or the areas to choose from.

    place  says where the asker is, as a code, "" for nowhere; asked only where some fact may answer, and one that the
           question names counts more
    Only confirmed facts, within the time they hold for and before their next check, of events that aren't over.
    """
    for event in _events_with_facts(now):
        fields = asked_about(question, event.kind)
        if not fields:
            continue
        found = _of_event(event, fields, question, place(), now)
        if found != NOTHING:
            return found
    return NOTHING


def following(names: Sequence[str], *, now: datetime) -> tuple[FactView, ...]:
    """What holds now in place of facts that somebody was told, by name ("fact:12"): themselves, or their successors.

    Facts of an event that is over stay what they were: nothing is told anew.  Those without a successor are left out.
    """
    told = _rows(PinnedFact.objects.filter(pk__in=_numbers(names)))
    holding: dict[int, PinnedFact] = {}
    for row in told:
        if row.state == ARCHIVED:
            holding[row.pk] = row
            continue
        same = PinnedFact.objects.filter(event=row.event_id, field=row.field, area=row.area, state=CONFIRMED)
        current = next(iter(_rows(same)), None)
        if current is not None and _standing(current, now) == "current":
            holding[current.pk] = current
    return tuple(view for view in _views(list(holding.values()), now) if view.standing in ("current", "archived"))


def facts(numbers: Iterable[int], *, now: datetime) -> dict[int, FactView]:
    """Facts by number, whatever became of them."""
    return {view.id: view for view in _views(_rows(PinnedFact.objects.filter(pk__in=set(numbers))), now)}


def named(names: Iterable[str], *, now: datetime) -> dict[str, FactView]:
    """Facts by name ("fact:12"); other names, such as those of fact-checks, are left out."""
    return {view.name: view for view in facts(_numbers(names), now=now).values()}


def of_event(event_id: int, *, now: datetime, ended: bool = False) -> tuple[FactView, ...]:
    """An event's facts, by field as its page has them, those of all areas first; or those that ended, newest first."""
    rows = PinnedFact.objects.filter(event=event_id)
    if ended:
        over = rows.exclude(state__in=(PINNED, CONFIRMED)).order_by("-ended_at", "-pk")
        return _views(_rows(over)[:CHOICES_MAX], now)
    # An archived fact is shown where it stood.
    standing = _rows(rows.filter(state__in=(PINNED, CONFIRMED, ARCHIVED)).order_by("pk"))
    return tuple(sorted(_views(standing, now), key=_place_on_page))


def of_area(event_id: int, code: str, *, now: datetime) -> tuple[FactView, ...]:
    """What holds in one area of an event, one fact a field: its own, else that of what it lies in, else of all."""
    areas = _Areas()
    by_field: dict[str, list[PinnedFact]] = {}
    for row in _rows(PinnedFact.objects.filter(event=event_id, state__in=(CONFIRMED, ARCHIVED)).order_by("pk")):
        by_field.setdefault(row.field, []).append(row)
    nearest = [_nearest(rows, code, areas) for rows in by_field.values()]
    return tuple(sorted(_views([row for row in nearest if row is not None], now), key=_place_on_page))


def areas_to_fill(event_id: int, *, day: date) -> tuple[NameView, ...]:
    """The areas that facts of an event may be for: those it is in and all below, by name, at most CHOICES_MAX."""
    areas = _Areas()
    roots = set(EventArea.objects.filter(event=event_id).values_list("area__code", flat=True))
    valid = valid_areas(day).order_by("name_vi", "code")
    inside = [row for row in valid if not roots or not roots.isdisjoint(areas.above(row.code))]
    return tuple(_name(row) for row in inside[:CHOICES_MAX])


def sources_of(event_id: int) -> tuple[EvidenceView, ...]:
    """Captured pages that facts of an event rest on already, one piece of evidence each, newest first."""
    numbers = PinnedFact.objects.filter(event=event_id).order_by("-pk").values_list("evidence", flat=True)
    views = evidence_reads.evidences(list(numbers)[:CHOICES_MAX])
    return tuple({view.capture: view for view in views.values()}.values())


def events_on(*, now: datetime) -> tuple[NameView, ...]:
    """Events that are on and have facts, the soonest to end first, at most EVENTS_LOOKED_AT_MAX."""
    with_facts = PinnedFact.objects.filter(state=CONFIRMED).values("event")
    rows = Event.objects.filter(starts__lte=now, ends__gt=now, pk__in=with_facts).order_by("ends", "pk")
    return tuple(
        NameView(code=str(row.pk), name_vi=row.name_vi, name_en=row.name_en) for row in rows[:EVENTS_LOOKED_AT_MAX]
    )


def to_check(*, before: datetime) -> tuple[FactView, ...]:
    """Confirmed facts whose next check comes before a moment, soonest first, at most CHOICES_MAX."""
    rows = PinnedFact.objects.filter(state=CONFIRMED, next_check_at__lt=before).order_by("next_check_at", "pk")
    return _views(_rows(rows)[:CHOICES_MAX], before)


def steps_of(event_id: int) -> Mapping[str, datetime]:
    """An event's steps by code ("polls_open", "polls_closed"), those that somebody gave a moment."""
    return dict(EventStep.objects.filter(event=event_id).order_by("at", "pk").values_list("code", "at"))


def last_change(*, now: datetime) -> int:
    """Another number whenever askers may have to be told something else: an act, or a fact whose time came or went."""
    last = PinnedFact.objects.aggregate(last=Max("change"))["last"] or 0
    confirmed = PinnedFact.objects.filter(confirmed_by__isnull=False)
    passed = (
        confirmed.filter(valid_from__lte=now).count()
        + confirmed.filter(valid_until__lte=now).count()
        + confirmed.filter(next_check_at__lte=now).count()
    )
    return int(last) * _TIMES_PER_CHANGE + passed


def _events_with_facts(now: datetime) -> list[Event]:
    """Events that aren't over and have a fact that may answer: running ones first, then the soonest."""
    answering = PinnedFact.objects.filter(
        state=CONFIRMED, valid_from__lte=now, valid_until__gt=now, next_check_at__gt=now
    )
    rows = Event.objects.filter(ends__gt=now, pk__in=answering.values("event")).order_by("starts", "pk")
    return list(rows[:EVENTS_LOOKED_AT_MAX])


def _of_event(event: Event, fields: Sequence[str], question: str, picked: str, now: datetime) -> Found:
    rows = _rows(PinnedFact.objects.filter(event=event, field__in=fields, state=CONFIRMED).order_by("pk"))
    areas = _Areas()
    table = areas.table([event, *rows])
    code = area_named(question, table) or ""
    is_elsewhere = not code and names_a_stranger(question, table)
    answering: list[PinnedFact] = []
    for field in fields:
        of_field = [row for row in rows if row.field == field]
        chosen = _chosen(of_field, code or ("" if is_elsewhere else picked), areas)
        if chosen is not None:
            # A place whose own fact is out of date isn't answered by what holds around it.
            if _standing(chosen, now) == "current":
                answering.append(chosen)
            continue
        local = [row for row in of_field if row.area and _standing(row, now) == "current"]
        if local and not is_elsewhere and not answering:
            names = [_name(row.area) for row in _below(local, code or picked, areas) if row.area]
            if names:
                return Found(wanted=Wanted(event=event.pk, field=field_of(field), areas=tuple(names[:CHOICES_MAX])))
    facts = tuple(view for view in _views(answering, now) if view.standing == "current")
    return Found(facts=facts) if facts else NOTHING


def _chosen(rows: Sequence[PinnedFact], code: str, areas: "_Areas") -> PinnedFact | None:
    """The fact that holds where somebody asks; None where that isn't known, or there is none for the place."""
    if code:
        # Of a province the communes may differ: it is no place to vote.
        inside = [row for row in rows if row.area and code in areas.above(row.area.code)[1:]]
        return None if inside else _nearest(rows, code, areas)
    everywhere = [row for row in rows if row.area is None]
    return everywhere[0] if len(rows) == 1 and everywhere else None


def _nearest(rows: Sequence[PinnedFact], code: str, areas: "_Areas") -> PinnedFact | None:
    """Of an area its own, else of the nearest that it lies in, else what holds everywhere."""
    by_code = {row.area.code if row.area else "": row for row in rows}
    return next((by_code[each] for each in (*areas.above(code), "") if each in by_code), None)


def _below(rows: Sequence[PinnedFact], code: str, areas: "_Areas") -> list[PinnedFact]:
    """Those for areas inside one, where one is known; by name."""
    inside = [row for row in rows if row.area and (not code or code in areas.above(row.area.code))]
    return sorted(inside, key=lambda row: (row.area.name_vi if row.area else "", row.pk))


class _Areas:
    """The tree of areas, read once where somebody needs it."""

    def __init__(self) -> None:
        self._rows: dict[str, AreaName] | None = None

    def _all(self) -> dict[str, AreaName]:
        if self._rows is None:
            # Three thousand communes: rows of models would take longer than all else about a question.
            rows = Area.objects.order_by("code").values_list("code", "name_vi", "name_en", "parent__code")
            self._rows = {
                code: AreaName(code=code, name_vi=vi, name_en=en, parent=parent or "") for code, vi, en, parent in rows
            }
        return self._rows

    def above(self, code: str) -> list[str]:
        """The area itself and what it lies in, outward."""
        found: list[str] = []
        while code and code not in found and (row := self._all().get(code)) is not None:
            found.append(code)
            code = row.parent
        return found

    def table(self, about: Sequence[Event | PinnedFact]) -> list[AreaName]:
        """Names of the areas that an event and its facts are about, with what these lie in, and what lies in them."""
        codes: set[str] = set()
        for each in about:
            if isinstance(each, PinnedFact):
                codes.update(self.above(each.area.code) if each.area else ())
        roots = {
            code
            for each in about
            if isinstance(each, Event)
            for code in each.areas.values_list("area__code", flat=True)
        }
        codes.update(code for code in self._all() if not roots.isdisjoint(self.above(code)))
        return [row for code, row in self._all().items() if code in codes]


def _rows(rows: "QuerySet[PinnedFact]") -> list[PinnedFact]:
    return list(rows.select_related("event", "area"))


def _views(rows: Sequence[PinnedFact], now: datetime) -> tuple[FactView, ...]:
    evidences = evidence_reads.evidences({row.evidence_id for row in rows}) if rows else {}
    changed = {number for number, view in evidences.items() if view.rot in (CHANGED, GONE)}
    return tuple(
        FactView(
            id=row.pk,
            event=row.event_id,
            event_vi=row.event.name_vi,
            event_en=row.event.name_en,
            field=field_of(row.field),
            area=_name(row.area) if row.area else None,
            value_vi=row.value_vi,
            value_en=row.value_en,
            evidence=evidences.get(row.evidence_id),
            valid_from=row.valid_from,
            valid_until=row.valid_until,
            checked_at=row.checked_at,
            next_check_at=row.next_check_at,
            standing=_standing(row, now, is_changed=row.evidence_id in changed),
            pinned_by=row.pinned_by,
            pinned_at=row.pinned_at,
            confirmed_by=row.confirmed_by,
            replaces=row.replaces_id,
            ended_at=row.ended_at,
        )
        for row in rows
    )


def _standing(row: PinnedFact, now: datetime, *, is_changed: bool = False) -> Standing:
    """How a fact stands; `is_changed` where its source no longer showed the sentence when we last looked."""
    if row.state == PINNED:
        return "waiting"
    if row.state != CONFIRMED:
        ended: dict[str, Standing] = {"replaced": "replaced", "taken_down": "taken_down", "archived": "archived"}
        return ended[row.state]
    if now < row.valid_from:
        return "to_come"
    if row.valid_until <= now:
        return "expired"
    return "stale" if is_changed or row.next_check_at <= now else "current"


def _place_on_page(view: FactView) -> tuple[int, str, int]:
    return _ORDER.get(view.field.code, 0), view.area.name_vi if view.area else "", view.id


def _name(row: Area) -> NameView:
    return NameView(code=row.code, name_vi=row.name_vi, name_en=row.name_en)


def _numbers(names: Iterable[str]) -> list[int]:
    return [int(name[5:]) for name in names if name.startswith("fact:") and name[5:].isdecimal()]

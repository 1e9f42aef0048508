"""What other rooms and pages may ask of claims."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from thuchu.desk.claims.areas import valid_areas, with_children
from thuchu.desk.claims.models import (
    ANSWERED,
    CONFIRMED,
    IN_RATING,
    MERGE,
    MERGED,
    NOT_CHECKABLE,
    OPEN,
    PRIVATE,
    PROPOSED,
    UNDONE,
    WAITING_STATES,
    Appeal,
    Area,
    Assignment,
    Claim,
    ClaimArea,
    ClaimTopic,
    ErasedClaim,
    Event,
    EventClaim,
    EvidenceRule,
    Grouping,
    Notice,
    Offer,
    PinnedSource,
    Proposal,
    Topic,
)
from thuchu.desk.claims.rows import next_change, root_of, with_merged
from thuchu.desk.claims.views import (
    AppealView,
    AreaRow,
    AreaView,
    AskedClaim,
    AssignmentView,
    ClaimView,
    EventClaims,
    EventView,
    EvidenceRuleView,
    ListedClaim,
    NameView,
    NoticeView,
    OfferView,
    ProposalView,
    Situation,
    SourceView,
    TranslationView,
    WordedClaim,
)
from thuchu.desk.claims.withheld import shown_words, withheld_of, without
from thuchu.desk.ledger.append import digest
from thuchu.privacy.small_counts import shown_counts

LIST_ITEMS_MAX = 200
# As many claims of an event on a page as of the queue; so deep nobody reads on, and a database would have to.
EVENT_PAGE_ITEMS = 50
EVENT_PAGES_MAX = 200
# Pairs that coordinators look through at a sitting; the next ones stand there when these are done.
OFFERS_SHOWN_MAX = 20
# How many merges in a row a feed follows.
MERGES_FOLLOWED = 3
_IN_FORCE = (CONFIRMED, UNDONE)


def claim(claim_id: int, *, now: datetime) -> ClaimView | None:
    """One claim with all that its page shows; None when there is none (any more)."""
    row = Claim.objects.filter(pk=claim_id).select_related("merged_into").first()
    if row is None:
        return None
    hidden = withheld_of([row.pk], now=now).get(row.pk, ())
    acts = _proposals(Proposal.objects.filter(claim=row, state__in=_IN_FORCE).order_by("pk"))
    closing = _closing(row, acts)
    assignment = Assignment.objects.filter(claim=row, until__gt=now).first()
    return ClaimView(
        id=row.pk,
        wording=without(row.wording, hidden),
        wording_by=row.wording_by,
        is_frozen=row.frozen_at is not None,
        language=row.language,
        state=row.state,
        situation=_situation(row),
        opened_at=row.opened_at,
        last_asked_at=row.last_asked_at,
        askers=row.askers,
        needed_by=row.needed_by,
        leads_to=root_of(row).pk if row.state == MERGED else None,
        merged_here=tuple(with_merged(row.pk)[1:]),
        closed_why=closing.reason if closing else "",
        appealable=closing.id if closing else None,
        translations=_translations(row),
        topics=tuple(_name(each.topic) for each in row.topics.select_related("topic").order_by("topic__code")),
        areas=tuple(_name(each.area) for each in row.areas.select_related("area").order_by("area__code")),
        events=tuple(_event_name(each.event) for each in row.events.select_related("event").order_by("event")),
        assignment=assignment_view(assignment) if assignment else None,
        withheld=hidden,
        acts=acts,
    )


def answerable(claim_ids: Iterable[int], *, now: datetime) -> dict[int, WordedClaim]:
    """Where each of these claims leads now, and in which words, by the number asked for; few queries for many."""
    rows = {row.pk: row for row in Claim.objects.filter(pk__in=list(claim_ids)).select_related("merged_into")}
    roots = {number: root_of(row) for number, row in rows.items()}
    words = shown_words(list({row.pk: row for row in roots.values()}.values()), now=now)
    return {
        number: WordedClaim(id=row.pk, wording=words[row.pk], language=row.language) for number, row in roots.items()
    }


def answered() -> set[int]:
    """Numbers of the claims that stand as answered."""
    return set(Claim.objects.filter(state=ANSWERED).values_list("pk", flat=True))


def was_erased(claim_id: int) -> bool:
    """Did a claim of this number go with its questions?"""
    return ErasedClaim.objects.filter(pk=claim_id).exists()


def claim_of_question(submission_id: int) -> AskedClaim | None:
    """The claim that a question waits under, as its asker sees it; None for a question under none."""
    grouping = Grouping.objects.filter(submission=submission_id).select_related("claim").first()
    if grouping is None:
        return None
    row = grouping.claim
    closing = None
    if row.state == NOT_CHECKABLE:
        acts = Proposal.objects.filter(claim=row, kind=NOT_CHECKABLE, state=CONFIRMED, undoes=None)
        closing = acts.order_by("-pk").first()
    return AskedClaim(
        id=row.pk,
        situation=_situation(row),
        others=max(row.askers - 1, 0),
        why=closing.reason if closing else "",
        appealable=closing.pk if closing else None,
    )


def under_no_claim(submission_ids: Sequence[int]) -> list[int]:
    """Those of these questions that wait under no claim, in the order given."""
    grouped = set(Grouping.objects.filter(submission__in=submission_ids).values_list("submission_id", flat=True))
    return [number for number in submission_ids if number not in grouped]


def joined_in(claim_id: int) -> list[int]:
    """A claim's number, and those of all that were merged into it."""
    return with_merged(claim_id)


def questions_in(state: str) -> "QuerySet[Grouping, Any]":
    """Numbers of the questions under claims in a state, as a part of another room's statement."""
    return Grouping.objects.filter(claim__state=state).values("submission_id")


def questions_touched(after: int) -> set[int]:
    """Numbers of the questions whose claim, or the one they were put in, has changed since that change."""
    touched = Q(claim__change__gt=after) | Q(placed_in__change__gt=after)
    return set(Grouping.objects.filter(touched).values_list("submission_id", flat=True))


def last_change() -> int:
    """The number of the last change to any claim, erased ones counted; 0 when there was none."""
    return next_change() - 1


def questions_of(claim_id: int, *, after: int = 0, limit: int = 1_000) -> list[int]:
    """Numbers of the submissions under a claim, in order, from the one after `after` on: for who must be told."""
    rows = Grouping.objects.filter(claim=claim_id, submission__gt=after).order_by("submission")
    return list(rows.values_list("submission_id", flat=True)[:limit])


def wordings(claim_ids: Sequence[int], *, now: datetime) -> dict[int, str]:
    """Claims' words as everybody may read them, by number."""
    return dict(shown_words(list(Claim.objects.filter(pk__in=claim_ids)), now=now))


def waiting_longest(*, limit: int) -> list[int]:
    """Numbers of the claims that somebody waits for since the earliest day; no prebunk: nobody waits for it."""
    rows = Claim.objects.filter(need__isnull=False, prebunk=None).order_by("opened_at", "pk")
    return list(rows.values_list("pk", flat=True)[:limit])


def where(claim_id: int) -> int | None:
    """The claim where this one's questions are now: itself, or what it was merged into; None where there is none."""
    row = Claim.objects.filter(pk=claim_id).select_related("merged_into").first()
    return root_of(row).pk if row else None


def offers(claim_id: int, *, now: datetime) -> tuple[OfferView, ...]:
    """Claims that may be the same as this one, likeliest first; what somebody looked at and declined is left out."""
    rows = Offer.objects.filter(declined_by=None, claim=claim_id, near__state__in=(*WAITING_STATES, ANSWERED))
    return _offers(rows.order_by("-probability_milli", "pk"), now)


def offers_waiting(*, now: datetime) -> tuple[OfferView, ...]:
    """Near claims that nobody has looked at yet, likeliest first, at most OFFERS_SHOWN_MAX."""
    rows = Offer.objects.filter(
        declined_by=None, claim__state__in=WAITING_STATES, near__state__in=(*WAITING_STATES, ANSWERED)
    )
    return _offers(rows.order_by("-probability_milli", "pk")[:OFFERS_SHOWN_MAX], now)


def askers_by_area(claim_id: int) -> dict[str, int]:
    """How many askers of a claim said which area; small counts, and what would let them be worked out, are left out."""
    rows = Grouping.objects.filter(claim=claim_id).values_list("area__code").annotate(number=Count("pk")).order_by()
    counts = {code or "": number for code, number in rows}
    # Those who named none stand among the parts, since the sum is public.
    return {code: number for code, number in shown_counts(counts).items() if code}


def proposals_waiting() -> tuple[ProposalView, ...]:
    """What waits for a second person, oldest first, at most LIST_ITEMS_MAX."""
    return _proposals(Proposal.objects.filter(state=PROPOSED).order_by("proposed_at", "pk")[:LIST_ITEMS_MAX])


def proposal(proposal_id: int) -> ProposalView | None:
    """One proposal, whatever became of it."""
    found = _proposals(Proposal.objects.filter(pk=proposal_id))
    return found[0] if found else None


def proposals(proposal_ids: Iterable[int]) -> dict[int, ProposalView]:
    """Proposals by number, whatever became of them."""
    return {each.id: each for each in _proposals(Proposal.objects.filter(pk__in=set(proposal_ids)))}


def appeal(appeal_id: int) -> AppealView | None:
    """One appeal, decided or not."""
    row = Appeal.objects.filter(pk=appeal_id).first()
    return _appeal(row) if row else None


def appeals_waiting() -> tuple[AppealView, ...]:
    """What waits for a third person, oldest first, at most LIST_ITEMS_MAX."""
    rows = Appeal.objects.filter(decided_by=None).order_by("at", "pk")[:LIST_ITEMS_MAX]
    return tuple(_appeal(row) for row in rows)


def claims_appealed() -> list[int]:
    """Claims with an appeal that nobody has decided, by number."""
    rows = Appeal.objects.filter(decided_by=None).order_by("proposal__claim")
    return list(rows.values_list("proposal__claim", flat=True).distinct())


def topics() -> tuple[NameView, ...]:
    """All topics by code."""
    return tuple(_name(row) for row in Topic.objects.order_by("code"))


def areas(day: date) -> tuple[AreaView, ...]:
    """The tree of areas there are on a day: its countries, each with what is in it."""
    below: dict[int | None, list[Area]] = defaultdict(list)
    rows = list(valid_areas(day).order_by("code"))
    for row in rows:
        below[row.parent_id].append(row)
    codes = {row.pk: row.code for row in rows}
    return tuple(_area(row, below, codes) for row in below[None])


def provinces(day: date) -> tuple[NameView, ...]:
    """Countries and their provinces on a day, by name: what fits into a list to choose from."""
    rows = valid_areas(day).filter(kind__in=("country", "province"))
    return tuple(_name(row) for row in rows.order_by("kind", "name_vi"))


def area_rows() -> tuple[AreaRow, ...]:
    """Every area there is or was, by code: the tree that a review is held under."""
    return tuple(
        AreaRow(
            code=row.code,
            kind=row.kind,
            parent=row.parent.code if row.parent else "",
            name_vi=row.name_vi,
            name_en=row.name_en,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in Area.objects.select_related("parent").order_by("code")
    )


def has_communes(day: date) -> bool:
    """Did the desk load areas smaller than a province?"""
    return valid_areas(day).filter(kind="commune").exists()


def passage_of(claim_id: int, words: str) -> tuple[int, int] | None:
    """Where these words first stand in a claim's own, withheld or not: (start, end); None where they don't."""
    wording = Claim.objects.filter(pk=claim_id).values_list("wording", flat=True).first() or ""
    start = wording.find(words) if words else -1
    return (start, start + len(words)) if start >= 0 else None


def words_at(passages: Mapping[int, tuple[int, int]]) -> dict[int, str]:
    """What stands at passages that are proposed to be hidden, by claim: for who says yes or no. One query."""
    rows = Claim.objects.filter(pk__in=passages).values_list("pk", "wording") if passages else ()
    return {pk: wording[slice(*passages[pk])] for pk, wording in rows}


def claims_of_event(event_id: int, *, now: datetime, number: int = 1) -> EventClaims:
    """One page of an event's claims, those most people ask first; merged ones and prebunks are left out."""
    number = min(max(number, 1), EVENT_PAGES_MAX)
    rows = Claim.objects.filter(events__event=event_id, prebunk=None).exclude(state=MERGED).order_by("-askers", "pk")
    start = (number - 1) * EVENT_PAGE_ITEMS
    found = list(rows[start : start + EVENT_PAGE_ITEMS + 1])
    words = shown_words(found[:EVENT_PAGE_ITEMS], now=now)
    listed = tuple(
        ListedClaim(
            id=row.pk,
            wording=words[row.pk],
            language=row.language,
            situation=_situation(row),
            askers=row.askers,
        )
        for row in found[:EVENT_PAGE_ITEMS]
    )
    return EventClaims(items=listed, number=number, has_more=len(found) > EVENT_PAGE_ITEMS)


def topic(code: str) -> NameView | None:
    """The topic of that code; None when there is none."""
    row = Topic.objects.filter(code=code).first()
    return _name(row) if row else None


def area(code: str) -> NameView | None:
    """The area of that code, also one that is no more; None when there is none."""
    # PostgreSQL takes no NUL, not even to find nothing.
    row = Area.objects.filter(code=code).first() if code.isprintable() else None
    return _name(row) if row else None


def event_name(event_id: int) -> NameView | None:
    """An event's names; None when there is none."""
    row = Event.objects.filter(pk=event_id).first()
    return _event_name(row) if row else None


def about_topic(code: str) -> "QuerySet[Claim]":
    """A query for the numbers of the claims about a topic, and of what was merged into them."""
    return _and_merged(ClaimTopic.objects.filter(topic__code=code).values("claim"))


def about_area(code: str) -> "QuerySet[Claim]":
    """The same of an area and all below it."""
    return _and_merged(ClaimArea.objects.filter(area__in=with_children(code)).values("claim"))


def about_event(event_id: int) -> "QuerySet[Claim]":
    """The same of an event."""
    return _and_merged(EventClaim.objects.filter(event=event_id).values("claim"))


def event_kinds_of(claim_id: int) -> set[str]:
    """Kinds of the events that a claim belongs to."""
    return set(EventClaim.objects.filter(claim=claim_id).values_list("event__kind", flat=True))


def last_row() -> int:
    """The highest number of any claim; 0 when there is none."""
    return Claim.objects.aggregate(last=Max("pk"))["last"] or 0


def answered_between(first: int, last: int) -> list[int]:
    """Numbers of the claims from `first` to `last` that stand as answered."""
    rows = Claim.objects.filter(pk__gte=first, pk__lte=last, state=ANSWERED).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def event_names(*, now: datetime) -> tuple[NameView, ...]:
    """The events that are running or still to come, what ends first first, at most LIST_ITEMS_MAX."""
    rows = Event.objects.filter(ends__gt=now).order_by("ends", "pk")[:LIST_ITEMS_MAX]
    return tuple(_event_name(row) for row in rows)


def event(event_id: int, *, now: datetime) -> EventView | None:
    """One event with its sources; those that were taken down are left out."""
    found = _events(Event.objects.filter(pk=event_id), now)
    return found[0] if found else None


def evidence_rules(event_id: int) -> tuple[EvidenceRuleView | None, EvidenceRuleView | None]:
    """The rule of evidence of an event that holds, and the one that waits for a second person."""
    rows = EvidenceRule.objects.filter(event=event_id).order_by("pk")
    found = {row.confirmed_by is not None: row for row in rows}
    holds, waits = (_evidence_rule(found[key]) if key in found else None for key in (True, False))
    return holds, waits


def _evidence_rule(row: EvidenceRule) -> EvidenceRuleView:
    return EvidenceRuleView(
        hosts=tuple(row.hosts.splitlines()),
        proposed_by=row.proposed_by,
        confirmed_by=row.confirmed_by,
        declared_at=row.confirmed_at,
    )


def events(*, now: datetime, only_running: bool = False) -> tuple[EventView, ...]:
    """Events, what begins last first, at most LIST_ITEMS_MAX."""
    rows = Event.objects.filter(starts__lte=now, ends__gt=now) if only_running else Event.objects.all()
    return _events(rows.order_by("-starts", "-pk")[:LIST_ITEMS_MAX], now)


def notices(*, now: datetime) -> tuple[NoticeView, ...]:
    """What nobody has seen to yet, newest first, at most LIST_ITEMS_MAX."""
    rows = list(Notice.objects.filter(seen_by=None).select_related("claim").order_by("-at", "-pk")[:LIST_ITEMS_MAX])
    words = shown_words([row.claim for row in rows], now=now)
    return tuple(
        NoticeView(
            id=row.pk, kind=row.kind, claim_id=row.claim_id, wording=words[row.claim_id], asks=row.asks, at=row.at
        )
        for row in rows
    )


def assignment_view(row: Assignment) -> AssignmentView:
    """A row as a value."""
    return AssignmentView(
        claim_id=row.claim_id, person=row.person, taken_at=row.taken_at, until=row.until, extensions=row.extensions
    )


def _and_merged(claims: "QuerySet[Any]") -> "QuerySet[Claim]":
    """Each step of a merge is two people's act; what is further away than MERGES_FOLLOWED is nobody's news."""
    wanted, way = Q(pk__in=claims), "merged_into"
    for _ in range(MERGES_FOLLOWED):
        wanted |= Q(**{f"{way}__in": claims})
        way += "__merged_into"
    return Claim.objects.filter(wanted).values("pk")  # type: ignore[return-value]


def _offers(rows: "QuerySet[Offer]", now: datetime) -> tuple[OfferView, ...]:
    found = list(rows.select_related("claim", "near"))
    words = shown_words([each for row in found for each in (row.claim, row.near)], now=now)
    return tuple(
        OfferView(
            id=row.pk,
            claim=row.claim_id,
            wording=words[row.claim_id],
            near=row.near_id,
            near_wording=words[row.near_id],
            why=row.why,
            probability=row.probability_milli / 1000,
        )
        for row in found
    )


def _situation(row: Claim) -> Situation:
    if row.state == NOT_CHECKABLE:
        return "private" if row.closed_reason == PRIVATE else "not_a_fact"
    known: dict[str, Situation] = {OPEN: "waiting", IN_RATING: "being_rated", ANSWERED: "answered", MERGED: "merged"}
    return known[row.state]


def _closing(row: Claim, acts: Sequence[ProposalView]) -> ProposalView | None:
    """The act by which a claim is closed now."""
    kind = {NOT_CHECKABLE: NOT_CHECKABLE, MERGED: MERGE}.get(row.state)
    in_force = [act for act in acts if act.kind == kind and act.state == CONFIRMED and act.undoes is None]
    return in_force[-1] if in_force else None


def _translations(row: Claim) -> tuple[TranslationView, ...]:
    current = digest(row.wording)
    return tuple(
        TranslationView(language=each.language, text=each.text, by=each.by, is_current=each.of_digest == current)
        for each in row.translations.order_by("language")
    )


def _proposals(rows: "QuerySet[Proposal]") -> tuple[ProposalView, ...]:
    found = list(rows.annotate(questions=Count("parts")).prefetch_related("appeals"))
    return tuple(
        ProposalView(
            id=row.pk,
            kind=row.kind,
            claim_id=row.claim_id,
            undoes=row.undoes_id,
            other=row.other_id,
            code=row.code,
            reason=row.reason,
            subject=row.subject,
            passage=_passage_of(row),
            court_order=row.court_order,
            questions=row.questions,
            state=row.state,
            proposed_by=row.proposed_by,
            proposed_at=row.proposed_at,
            confirmed_by=row.confirmed_by,
            ended_at=row.ended_at,
            until=row.until,
            appeals=tuple(_appeal(each) for each in sorted(row.appeals.all(), key=lambda each: each.pk)),
        )
        for row in found
    )


def _passage_of(row: Proposal) -> tuple[int, int] | None:
    start, end = row.passage_start, row.passage_end
    return None if start is None or end is None else (start, end)


def _appeal(row: Appeal) -> AppealView:
    return AppealView(
        id=row.pk,
        proposal_id=row.proposal_id,
        words=row.words,
        by=row.by,
        at=row.at,
        outcome=row.outcome,
        answer=row.answer,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
    )


def _name(row: Topic | Area) -> NameView:
    return NameView(code=row.code, name_vi=row.name_vi, name_en=row.name_en)


def _event_name(row: Event) -> NameView:
    return NameView(code=str(row.pk), name_vi=row.name_vi, name_en=row.name_en)


def _area(row: Area, below: "dict[int | None, list[Area]]", codes: dict[int, str]) -> AreaView:
    return AreaView(
        code=row.code,
        kind=row.kind,
        name_vi=row.name_vi,
        name_en=row.name_en,
        parent=codes.get(row.parent_id, "") if row.parent_id else "",
        children=tuple(_area(child, below, codes) for child in below.get(row.pk, ())),
    )


def _events(rows: "QuerySet[Event]", now: datetime) -> tuple[EventView, ...]:
    found = list(rows.prefetch_related("areas__area"))
    numbers = [row.pk for row in found]
    sources: dict[int, list[PinnedSource]] = defaultdict(list)
    for source in PinnedSource.objects.filter(event__in=numbers, taken_down_at=None).order_by("about", "pk"):
        sources[source.event_id].append(source)
    asked = EventClaim.objects.filter(event__in=numbers, claim__prebunk=None)
    counts = asked.values_list("event_id").annotate(number=Count("pk"))
    claims = dict(counts.order_by())
    return tuple(
        EventView(
            id=row.pk,
            kind=row.kind,
            name_vi=row.name_vi,
            name_en=row.name_en,
            starts=row.starts,
            ends=row.ends,
            is_running=row.starts <= now < row.ends,
            areas=tuple(sorted((_name(each.area) for each in row.areas.all()), key=lambda name: name.code)),
            sources=_sources(sources[row.pk]),
            claims=claims.get(row.pk, 0),
        )
        for row in found
    )


def _sources(rows: Iterable[PinnedSource]) -> tuple[SourceView, ...]:
    return tuple(
        SourceView(
            id=row.pk,
            about=row.about,
            title=row.title,
            address=row.address,
            words=row.words,
            pinned_by=row.pinned_by,
            pinned_at=row.pinned_at,
            confirmed_by=row.confirmed_by,
        )
        for row in rows
    )

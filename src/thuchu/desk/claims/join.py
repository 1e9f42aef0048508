"""From a question to its claim: an exact door, a sure match of words, or a claim of its own with near ones offered.

A question is put under a claim by itself only when that is sure; the brakes are those other desks learned the hard way:
never by similarity under eight words, never into a claim nobody has asked about for long, never where two doors
lead to two claims.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DateTimeField, F, QuerySet, Value
from django.db.models.functions import Greatest

from thuchu.desk.claims.doors import SURE_WORDS_MIN, Signs, most_alike, read_signs
from thuchu.desk.claims.models import (
    CLOSED_STATES,
    EXACT_LINK,
    FORWARD,
    OFFERED,
    OPENED,
    SIMILAR,
    Claim,
    ForwardDoor,
    Grouping,
    LinkDoor,
    Offer,
)
from thuchu.desk.claims.need import rises, weigh_one
from thuchu.desk.claims.notices import look_for_burst
from thuchu.desk.claims.rows import next_change, root_of, subject
from thuchu.desk.claims.sameness import same_names, same_words
from thuchu.desk.claims.wishes import NO_WISHES, Wishes, bring_forward, usable_area, usable_day
from thuchu.desk.intake import reads as intake_reads
from thuchu.desk.ledger.append import append
from thuchu.privacy import CleanText, require_clean

# The same words half a year later are often about something new: then they are offered, not joined.
JOIN_DAYS_MAX = 180
# Near claims that a coordinator looks at; more are noise.
OFFERS_MAX = 5
# Bands shared with more texts than this are those of a phrase everybody writes.
CANDIDATES_MAX = 200
# As sure as matching is of a link, and of a forward.
LINK_MILLI, FORWARD_MILLI = 990, 980


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A claim that the index found near a message; `sure` when matching would answer with it, far above its bar."""

    claim_id: int
    probability: float
    sure: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Where a question is now: under a claim that waited, or (`is_new`) one opened with it."""

    claim_id: int
    how: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a question may go: a claim that isn't merged, and the one in it that matched."""

    claim: Claim
    placed_in: int
    how: str
    # Of a thousand, calibrated where it comes from words.
    probability_milli: int
    is_sure: bool = True
    is_same_text: bool = False


def join_or_open(
    submission_id: int,
    text: CleanText,
    language: str,
    *,
    links: Sequence[str],
    near: Sequence[Near] = (),
    wishes: Wishes = NO_WISHES,
    now: datetime,
    asked_at: datetime | None = None,
) -> Joined:
    """Put a question under its claim, in the caller's transaction or one of its own.

    links     canonical addresses in `text`
    near      what `index.near` found, looked up before the write lock was taken
    asked_at  when it was asked, where that was not now: it has waited since then
    raises    TypeError for text that did not go through privacy.scrub
    """
    words = require_clean(text).text
    signs = read_signs(words, links)
    with transaction.atomic():
        sure, doubtful = _find(words, signs, near, now)
        at = asked_at or now
        place = sure or _open(submission_id, (words, language), OFFERED if doubtful else OPENED, at, now)
        _put(submission_id, place, signs, wishes, at, now)
        if sure is None:
            _offer(place.claim, doubtful, now)
        if sure is None or wishes.needed_by is not None or rises(place.claim, lately=_is_of_last_day(at, now)):
            weigh_one(place.claim.pk, now=now)
        look_for_burst(place.claim.pk, now=now)
    return Joined(claim_id=place.claim.pk, how=place.how, is_new=sure is None)


def _find(words: str, signs: Signs, near: Sequence[Near], now: datetime) -> tuple[_Place | None, list[_Place]]:
    """Where a question surely belongs, by the surest door; else where it may, likeliest first."""
    same = _by_same_text(signs)
    # The very same words go even to a claim that was closed kindly: its reason is what this asker needs to hear.
    if same and _is_lately_asked(same.claim, now):
        return same, []
    linked, forwarded, similar = _by_links(signs), _by_forward(words, signs), _by_words(near)
    if len(linked) == 1 and _may_join(linked[0], now):
        return linked[0], []
    # A link that leads elsewhere, or to several claims, speaks against every other door.
    if not linked and forwarded and forwarded.is_sure and _may_join(forwarded, now):
        return forwarded, []
    if similar and _is_surely_similar(words, near, signs) and _may_join(similar[0], now):
        return similar[0], []
    doubtful = [*linked, *(place for place in (same, forwarded) if place), *similar]
    return None, [place for place in doubtful if place.claim.state not in CLOSED_STATES]


def _is_surely_similar(words: str, near: Sequence[Near], signs: Signs) -> bool:
    """Is the nearest one meant? What a link holds, words can't say; and one other word may make another claim."""
    if not near[0].sure or signs.n_words < SURE_WORDS_MIN or signs.has_links:
        return False
    wording = Claim.objects.filter(pk=near[0].claim_id).values_list("wording", flat=True).first()
    return wording is not None and same_words(words, wording)


def _is_of_last_day(at: datetime, now: datetime) -> bool:
    return at > now - timedelta(days=1)


def _is_lately_asked(claim: Claim, now: datetime) -> bool:
    return claim.last_asked_at >= now - timedelta(days=JOIN_DAYS_MAX)


def _may_join(place: _Place, now: datetime) -> bool:
    return place.claim.state not in CLOSED_STATES and _is_lately_asked(place.claim, now)


def _by_same_text(signs: Signs) -> _Place | None:
    place = _latest(Grouping.objects.filter(text_digest=signs.text_digest), FORWARD, 1000)
    return replace(place, is_same_text=True) if place else None


def _by_links(signs: Signs) -> list[_Place]:
    """One place a claim that a link of the message leads to."""
    found: dict[int, _Place] = {}
    for digest in signs.pages:
        place = _latest(Grouping.objects.filter(links__digest=digest), EXACT_LINK, LINK_MILLI)
        if place:
            found.setdefault(place.claim.pk, place)
    return list(found.values())


def _by_forward(words: str, signs: Signs) -> _Place | None:
    """The claim of nearly the same text with the same numbers and links, the most alike one."""
    bands = signs.bands
    if not bands:
        return None
    numbers = ForwardDoor.objects.filter(band__in=bands).order_by("-grouping_id").values_list("grouping_id", flat=True)
    groupings = Grouping.objects.filter(pk__in=list(numbers[:CANDIDATES_MAX]), marks_digest=signs.marks_digest)
    candidates = list(groupings.order_by("-pk").select_related("claim"))
    best = most_alike(words, [bytes(row.sketch) for row in candidates])
    if best is None:
        return None
    row = candidates[best]
    text = intake_reads.texts([row.submission_id]).get(row.submission_id, "")
    return _Place(row.claim, row.placed_in_id, FORWARD, FORWARD_MILLI, is_sure=same_names(words, text))


def _by_words(near: Sequence[Near]) -> list[_Place]:
    """Where the index says it may be, in its order; one place a claim, merged ones where they lead to."""
    rows = Claim.objects.in_bulk([found.claim_id for found in near])
    places: dict[int, _Place] = {}
    for found in near:
        if found.claim_id in rows:
            claim = root_of(rows[found.claim_id])
            place = _Place(claim, found.claim_id, SIMILAR, round(found.probability * 1000))
            places.setdefault(claim.pk, place)
    return list(places.values())


def _latest(groupings: "QuerySet[Grouping]", how: str, probability_milli: int) -> _Place | None:
    row = groupings.select_related("claim").order_by("-pk").first()
    return _Place(row.claim, row.placed_in_id, how, probability_milli) if row else None


def _open(submission_id: int, said: tuple[str, str], how: str, at: datetime, now: datetime) -> _Place:
    words, language = said
    claim = Claim.objects.create(
        wording=words,
        wording_of_id=submission_id,
        language=language,
        opened_at=at,
        last_asked_at=at,
        need=0,
        change=next_change(),
    )
    append("claim.opened", subject(claim.pk), {"language": language}, now=now)
    return _Place(claim, claim.pk, how, 1000)


def _put(submission_id: int, place: _Place, signs: Signs, wishes: Wishes, at: datetime, now: datetime) -> None:
    # A text whose sketch already stands here needs no second one: a storm is one text a hundred thousand times.
    is_known = place.is_same_text or Grouping.objects.filter(text_digest=signs.text_digest, claim=place.claim).exists()
    needed_by = usable_day(wishes.needed_by, now)
    grouping = Grouping.objects.create(
        submission_id=submission_id,
        claim=place.claim,
        placed_in_id=place.placed_in,
        how=place.how,
        at=at,
        area=usable_area(wishes.area, now),
        needed_by=needed_by,
        text_digest=signs.text_digest,
        marks_digest=signs.marks_digest,
        sketch=b"" if is_known else signs.sketch,
    )
    LinkDoor.objects.bulk_create(LinkDoor(grouping=grouping, digest=digest) for digest in signs.pages)
    if not is_known:
        ForwardDoor.objects.bulk_create(ForwardDoor(grouping=grouping, band=band) for band in signs.bands)
    asked = Claim.objects.filter(pk=place.claim.pk)
    lately = int(_is_of_last_day(at, now))
    last = Greatest(F("last_asked_at"), Value(at, DateTimeField()))
    asked.update(askers=F("askers") + 1, asks_day=F("asks_day") + lately, last_asked_at=last)
    if needed_by is not None:
        bring_forward(place.claim.pk, needed_by, now=now)


def _offer(claim: Claim, places: Sequence[_Place], now: datetime) -> None:
    nearest = {place.claim.pk: place for place in reversed(places)}
    chosen = sorted(nearest.values(), key=lambda place: -place.probability_milli)[:OFFERS_MAX]
    Offer.objects.bulk_create(
        Offer(claim=claim, near=place.claim, why=place.how, probability_milli=place.probability_milli, at=now)
        for place in chosen
    )

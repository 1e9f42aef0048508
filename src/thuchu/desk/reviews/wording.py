"""What pages and papers say of reviews in small pieces: names, states, kinds, roles, what is late."""

from collections.abc import Mapping

from django.utils.translation import get_language, gettext, ngettext

from thuchu.desk.claims.naming import name
from thuchu.desk.marking import gettext_noop
from thuchu.desk.reviews.organisations import OrganisationView
from thuchu.desk.reviews.views import ItemView, ResolutionView, ReviewLine, SeatView
from thuchu.desk.wording import day, number
from thuchu.privacy.small_counts import SHOWN_MIN

STATES = {
    "planned": gettext_noop("Planned"),
    "open": gettext_noop("The agenda is open"),
    "frozen": gettext_noop("Figures are frozen, the meeting is to come"),
    "held": gettext_noop("Held, minutes are being written"),
    "not_quorate": gettext_noop("Held with too few people, minutes are being written"),
    "minutes_out": gettext_noop("Minutes are out for objections"),
    "published": gettext_noop("Held, and published"),
    "cancelled": gettext_noop("Not held"),
}
LATE = {
    "meeting": gettext_noop("The meeting's day is over and nobody has said that it was held"),
    "minutes": gettext_noop("The minutes are overdue"),
    "final": gettext_noop("The final papers are overdue"),
}
ITEMS = {
    "figures": gettext_noop("What the figures say"),
    "carried_over": gettext_noop("What was committed to, and what became of it"),
    "incident": gettext_noop("Corrections, and answers that were wrong"),
}
ITEM_KINDS = {
    **ITEMS,
    "resolution": gettext_noop("Something to resolve"),
    "training": gettext_noop("Training"),
    "event": gettext_noop("An event to prepare for"),
    "open_floor": gettext_noop("Anything else"),
}
ROLES = {
    "desk": gettext_noop("the desk itself"),
    "visitor": gettext_noop("a visitor"),
    "chair": gettext_noop("chair"),
    "secretary": gettext_noop("secretary"),
    "contributor": gettext_noop("contributor"),
    "coordinator": gettext_noop("coordinator"),
    "partner": gettext_noop("partner"),
    "observer": gettext_noop("observer"),
    "public": gettext_noop("the public"),
}
PRESENCES = {
    "invited": gettext_noop("invited"),
    "present": gettext_noop("present"),
    "excused": gettext_noop("excused"),
    "absent": gettext_noop("absent"),
}
WAYS = {
    "room": gettext_noop("in the room"),
    "online": gettext_noop("online"),
    "written": gettext_noop("in writing"),
}
METHODS = {
    "consent": gettext_noop("Nobody objected"),
    "show_of_hands": gettext_noop("Show of hands"),
    "secret": gettext_noop("Secret vote"),
}
OUTCOMES = {"adopted": gettext_noop("Adopted"), "rejected": gettext_noop("Rejected")}
PHASES = {
    "draft": gettext_noop("Being written"),
    "out": gettext_noop("Out for objections"),
    "final": gettext_noop("Final"),
}
JUDGEMENTS = {
    "right": gettext_noop("Yes, it was about this"),
    "wrong": gettext_noop("No, it was about something else"),
    "cant_tell": gettext_noop("I can't tell"),
}
AMENDED = {
    "figure": gettext_noop("A figure"),
    "resolution": gettext_noop("A resolution"),
    "minutes": gettext_noop("Minutes"),
    "attendance": gettext_noop("Who was there"),
}


def _said(codes: Mapping[str, str], code: str) -> str:
    return gettext(codes[code])


def review_title(line: ReviewLine) -> str:
    """“Quarterly review, 4th quarter of 2026”."""
    if line.event is not None:
        said = {"event": name(line.event), "day": day(line.meeting_at)}
        if line.is_closing:
            return gettext("Closing review of %(event)s") % said
        if line.is_short:
            return gettext("Short review of %(event)s, %(day)s") % said
        return gettext("Review of %(event)s") % said
    if line.kind == "extraordinary":
        return gettext("Extraordinary review of %(day)s") % {"day": day(line.meeting_at)}
    quarter = (line.period_start.month - 1) // 3 + 1
    return gettext("Quarterly review %(quarter)s/%(year)s") % {"quarter": quarter, "year": line.period_start.year}


def state_word(code: str) -> str:
    """How far a review is."""
    return _said(STATES, code)


def late_word(code: str) -> str:
    """What should be done by now."""
    return _said(LATE, code)


def item_title(item: ItemView) -> str:
    """What is spoken of; the desk's own items in the reader's language."""
    return item.title or _said(ITEMS, item.kind)


def item_kind(code: str) -> str:
    """What kind of item it is."""
    return _said(ITEM_KINDS, code)


def seat_role(code: str) -> str:
    """As what somebody speaks or sits at the table."""
    return _said(ROLES, code)


def seat_words(seat: SeatView) -> str:
    """“partner, Thư viện phường 4”: never more than that of anybody who didn't ask for it."""
    if seat.role == "public":
        if seat.people < SHOWN_MIN:
            return gettext("the public: under %(least)s people") % {"least": SHOWN_MIN}
        shown = {"shown": number(seat.people)}
        return ngettext("the public: %(shown)s person", "the public: %(shown)s people", seat.people) % shown
    parts = [_said(ROLES, seat.role)]
    parts += [organisation_name(seat.organisation)] if seat.organisation else []
    return ", ".join([*parts, seat.name] if seat.name else parts)


def presence_word(code: str) -> str:
    """Invited, present, excused or absent."""
    return _said(PRESENCES, code)


def way_word(code: str) -> str:
    """In the room, online, in writing."""
    return _said(WAYS, code)


def method_word(code: str) -> str:
    """How it was resolved."""
    return _said(METHODS, code)


def outcome_of(code: str) -> str:
    """Adopted or rejected."""
    return _said(OUTCOMES, code)


def phase_word(code: str) -> str:
    """How far minutes are."""
    return _said(PHASES, code)


def judgement_word(code: str) -> str:
    """Was an answer about what was asked?"""
    return _said(JUDGEMENTS, code)


def amended_word(code: str) -> str:
    """What was put right."""
    return _said(AMENDED, code)


def votes(resolution: ResolutionView) -> str:
    """“for 9, against 2, abstaining 1”; "" where nobody objected."""
    if resolution.votes is None:
        return ""
    counts = dict(zip(("agreed", "against", "abstaining"), map(number, resolution.votes), strict=True))
    return gettext("for %(agreed)s, against %(against)s, abstaining %(abstaining)s") % counts


def organisation_name(organisation: OrganisationView) -> str:
    """In the reader's language."""
    return organisation.name_en if get_language() == "en" else organisation.name_vi

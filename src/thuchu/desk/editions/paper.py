"""A review as its documents tell it, filled from what other rooms say of it; a name stands in it only as it was typed.

Nothing is made up: where nobody wrote a part that a report has a place for, the paper says so.
"""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext

from thuchu.desk.claims.naming import name
from thuchu.desk.commitments import reads as commitments
from thuchu.desk.commitments.reads import CommitmentView, Shown
from thuchu.desk.editions.both import both, named, written
from thuchu.desk.editions.figures import figures, in_short
from thuchu.desk.inquiries import reads as inquiries
from thuchu.desk.inquiries.reads import InquiryView
from thuchu.desk.inquiries.wording import standing
from thuchu.desk.ledger import reads as ledger
from thuchu.desk.library.changes import Change
from thuchu.desk.publishing.corrections import corrections
from thuchu.desk.reviews import reads as reviews
from thuchu.desk.reviews import wording as say
from thuchu.desk.reviews.views import AmendmentView, ItemView, ResolutionView, ReviewView, SeatView
from thuchu.desk.wording import VIET_NAM, day, verdict_word
from thuchu.documents.review import (
    AgendaPaper,
    AmendmentPaper,
    AttendancePaper,
    CommitmentPaper,
    CorrectionPaper,
    InquiryPaper,
    Method,
    ObjectionPaper,
    Phase,
    ResolutionPaper,
    ReviewPaper,
    Wording,
)
from thuchu.documents.tree import Kind
from thuchu.privacy.small_counts import SHOWN_MIN

_METHODS: dict[str, Method] = {"consent": "consent", "show_of_hands": "show_of_hands", "secret": "secret"}
# Of a digest, as people compare them.
_DIGITS_SHOWN = 16
_PHASES: dict[str, Phase] = {"draft": "draft", "out": "out", "final": "final"}


class NotFrozen(LookupError):
    """There is no such review, or its figures aren't frozen: nothing can be written of it yet."""


def paper_of(slug: str, kind: Kind, *, at: datetime) -> ReviewPaper:
    """The review as that document tells it, dated `at`; raises NotFrozen.

    A register has every commitment there is; the other documents have those of this meeting and those it found open.
    """
    view = reviews.review(slug, now=at)
    if view is None or view.frozen is None:
        raise NotFrozen(slug)
    line, minutes = view.line, view.minutes
    address = f"{settings.THUCHU_ADDRESS}/reviews/{slug}/"
    found = commitments.of_review(slug, now=at)
    new = found.new if found else ()
    shown = commitments.register(now=at) if kind == "register" else (*new, *(found.carried if found else ()))
    is_written = minutes is not None and minutes.phase != "draft"
    return ReviewPaper(
        slug=slug,
        desk=_same(settings.THUCHU_NAME),
        area=both(lambda: name(line.area) if line.area else gettext("all areas of this desk")),
        seat=Wording(),
        quarter=both(say.review_title, line),
        period=(line.period_start, line.period_end),
        address=address,
        register_csv=f"{settings.THUCHU_ADDRESS}/commitments.csv",
        dated=at.astimezone(VIET_NAM),
        as_of=at.astimezone(VIET_NAM).date(),
        began=(minutes.begun_at if minutes and minutes.begun_at else line.meeting_at).astimezone(VIET_NAM),
        ended=minutes.ended_at.astimezone(VIET_NAM) if minutes and minutes.ended_at else None,
        place=_place(line.place, line.link),
        ledger_number=view.frozen.figures.ledger_number,
        ledger_hash=view.frozen.figures.ledger_hash,
        snapshot_hash=view.frozen.sha256,
        definitions=view.frozen.figures.definitions,
        code=view.frozen.figures.code,
        chair=_seat_of("chair", view.seats),
        secretary=_seat_of("secretary", view.seats),
        phase=_PHASES[minutes.phase] if minutes else "draft",
        corrections_until=minutes.objections_until if minutes else None,
        # A short review of an event resolves nothing, however many were there.
        is_quorate=line.is_short or line.quorate is not False,
        attendance=tuple(_attendance(each) for each in view.seats if each.role not in ("chair", "secretary")),
        summary=in_short(view),
        figures=figures(view),
        difficulties=(_unwritten(),),
        next_quarter=tuple(_plan(each) for each in new) or (_unwritten(),),
        assessment=_said_of_figures(view.items) if is_written else (_unwritten(),),
        follow_up=(_follow_up(view.following),),
        agenda=tuple(_agenda(each, view.resolutions) for each in view.items),
        resolutions=tuple(_resolution(each) for each in view.resolutions if each.is_confirmed),
        commitments=tuple(_commitment(each, slug) for each in shown),
        objections=_objections(view),
        corrections=_corrections(view),
        inquiries=tuple(_inquiry(each) for each in inquiries.all_inquiries(now=at) if _is_of(each, view)),
        amendments=(*_reckoned_again(view), *(_amendment(each) for each in view.amendments if each.at is not None)),
        is_draft=kind != "minutes" and line.state != "published",
        is_quarterly=line.kind == "quarterly",
    )


def _same(text: str) -> Wording:
    """What is the same in every language."""
    return Wording(vi=text, en=text)


def _place(place: str, link: str) -> Wording:
    if place:
        return written(place)
    return both(lambda: gettext("online")) if link else both(lambda: gettext("place not written down"))


def _seat_of(role: str, seats: Sequence[SeatView]) -> AttendancePaper:
    """Who chaired or wrote; before anybody was written down, that nobody was."""
    found = next((each for each in seats if each.role == role), None)
    if found is not None:
        return _attendance(found)
    nobody = both(lambda: gettext("not written down"))
    return AttendancePaper(role=both(say.seat_role, role), presence=nobody, people=None)


def _attendance(seat: SeatView) -> AttendancePaper:
    is_few = seat.role == "public" and seat.people < SHOWN_MIN
    organisation = seat.organisation
    few = both(lambda: gettext("the public: under %(least)s people") % {"least": SHOWN_MIN})
    return AttendancePaper(
        role=few if is_few else both(say.seat_role, seat.role),
        organisation=Wording(vi=organisation.name_vi, en=organisation.name_en) if organisation else Wording(),
        name_shown=seat.name,
        presence=both(say.presence_word, seat.presence),
        people=None if is_few else seat.people,
    )


def _unwritten() -> Wording:
    return both(lambda: gettext("Nobody wrote this part by itself; what was said stands in the minutes."))


def _said_of_figures(items: Sequence[ItemView]) -> tuple[Wording, ...]:
    """What the minutes say of the figures is how the meeting judged the period."""
    said = tuple(written(each.said) for each in items if each.kind == "figures" and each.said)
    return said or (_unwritten(),)


def _plan(view: CommitmentView) -> Wording:
    text = written(view.text)
    said = f"{view.number}: {view.text}"
    return Wording(vi=said) if text.vi else Wording(en=said)


def _follow_up(following: str) -> Wording:
    kept = both(_kept)
    if not following:
        return kept
    again = both(_again, following)
    return Wording(vi=f"{kept.vi} {again.vi}", en=f"{kept.en} {again.en}")


def _kept() -> str:
    said = gettext("Each commitment has its page at %(address)s, with all that becomes of it.")
    return said % {"address": f"{settings.THUCHU_ADDRESS}/commitments/"}


def _again(name: str) -> str:
    return gettext("The next review, %(name)s, looks at those that are open then.") % {"name": name}


def _agenda(item: ItemView, resolutions: Sequence[ResolutionView]) -> AgendaPaper:
    return AgendaPaper(
        title=written(item.title) if item.title else both(say.item_title, item),
        minutes=(written(item.said),) if item.said else (),
        proposed_by=both(say.seat_role, item.proposed_by) if item.proposed_by != "desk" else Wording(),
        resolutions=tuple(each.number for each in resolutions if each.item == item.number and each.is_confirmed),
    )


def _resolution(view: ResolutionView) -> ResolutionPaper:
    return ResolutionPaper(
        number=view.number,
        text=written(view.text),
        method=_METHODS[view.method],
        outcome=both(say.outcome_of, view.outcome),
        votes=view.votes,
        reasons_against=(written(view.reasons_against),) if view.reasons_against else (),
        takes_effect=view.takes_effect_on,
        supersedes=view.supersedes,
    )


def _commitment(view: CommitmentView, slug: str) -> CommitmentPaper:
    measure = written(view.measure["vi"]) if view.measure["vi"] == view.measure["en"] else named(view.measure)
    last = commitments.history(view.number)[-1]
    return CommitmentPaper(
        number=view.number,
        text=written(view.text),
        owner=named(view.owner),
        helpers=tuple(map(named, view.helpers)),
        due=view.due_on,
        original_due=view.original_due_on,
        measure=measure,
        state=named(view.state_words),
        timeliness=named(view.timeliness_words),
        evidence=_evidence(view.evidence),
        last_update=written(last.text) if last.text else named(view.state_words),
        updated_on=view.last_update,
        carried_over=view.review != slug,
    )


def _evidence(shown: Sequence[Shown]) -> Wording:
    """Where the last piece is, and how many there are before it."""
    if not shown:
        return Wording()
    last = shown[-1]
    if last.address:
        return _same(last.address)
    return both(lambda: gettext("evidence %(number)s of this desk") % {"number": last.number})


def _objections(view: ReviewView) -> tuple[ObjectionPaper, ...]:
    shown = [each for each in view.remarks if each.kind == "objection" and each.state == "shown"]
    return tuple(
        ObjectionPaper(
            text=written(each.text),
            by_role=both(say.seat_role, each.said_by),
            on=each.said_on,
        )
        for each in shown
    )


def _corrections(view: ReviewView) -> tuple[CorrectionPaper, ...]:
    """What this desk's own notes said and said otherwise by the period's end, first to last."""
    found: list[Change] = []
    page = corrections(1)
    while True:
        for each in page.items:
            on = each.at.astimezone(VIET_NAM).date()
            if isinstance(each, Change) and each.note and view.line.period_start <= on <= view.line.period_end:
                found.append(each)
        if not page.has_more or (page.items and page.items[-1].at.date() < view.line.period_start):
            break
        page = corrections(page.number + 1)
    return tuple(_correction(each) for each in reversed(found))


def _correction(change: Change) -> CorrectionPaper:
    return CorrectionPaper(
        about=written(change.claim, change.language),
        before=both(lambda: verdict_word(change.said) or change.said_words),
        after=both(_after, change),
        on=change.at.astimezone(VIET_NAM).date(),
    )


def _after(change: Change) -> str:
    if change.kind == "withdrawn":
        return gettext("Withdrawn")
    if change.kind == "disputed":
        return gettext("Disputed")
    if change.kind == "no_longer_agreed":
        return gettext("No longer agreed")
    return verdict_word(change.verdict) or change.verdict_words


def _is_of(inquiry: InquiryView, view: ReviewView) -> bool:
    """Asked in the period, or earlier and still without an answer."""
    if inquiry.sent_on is None or inquiry.sent_on > view.line.period_end:
        return False
    return inquiry.sent_on >= view.line.period_start or bool(inquiry.days_waited)


def _inquiry(view: InquiryView) -> InquiryPaper:
    last = view.answers[-1] if view.answers and view.answers[-1].quoted else None
    return InquiryPaper(
        number=f"#{view.number}",
        organisation=Wording(vi=view.organisation.name_vi, en=view.organisation.name_en),
        question=written(view.question, view.language) if view.question else both(lambda: gettext("Erased.")),
        sent_on=view.sent_on or view.steps[0].happened_on,
        due_on=view.due_on or view.steps[0].happened_on,
        state=both(standing, view),
        answer=written(last.quoted, last.language) if last else Wording(),
        source=both(lambda: gettext("Came on %(day)s") % {"day": day(last.received_on)}) if last else Wording(),
    )


def _reckoned_again(view: ReviewView) -> tuple[AmendmentPaper, ...]:
    """Figures that stand beside the frozen ones, by their digests."""
    entries = ledger.about([f"review:{view.line.slug}"], ["review.corrected"])
    before = [view.frozen, *view.corrected] if view.frozen else []
    return tuple(
        AmendmentPaper(
            what=both(lambda: gettext("Figures, reckoned again")),
            before=_same(one.sha256[:_DIGITS_SHOWN]),
            after=_same(other.sha256[:_DIGITS_SHOWN]),
            why=written(other.why),
            on=entry.at.astimezone(VIET_NAM).date(),
            entry=entry.seq,
        )
        for one, other, entry in zip(before, view.corrected, entries, strict=False)
    )


def _amendment(view: AmendmentView) -> AmendmentPaper:
    about = f"\n{view.about}" if view.what in ("figure", "resolution") else ""
    at = view.at
    if at is None or view.entry is None:
        raise LookupError(f"amendment {view.number} isn't confirmed")
    return AmendmentPaper(
        what=both(lambda: say.amended_word(view.what) + about),
        before=written(view.before),
        after=written(view.after),
        why=written(view.why),
        on=at.astimezone(VIET_NAM).date(),
        entry=view.entry,
    )

"""Biên bản: who met, how it went item by item, what was resolved and how, and who saw it otherwise."""

from thuchu.documents.parts import Teller
from thuchu.documents.review import AgendaPaper, AttendancePaper, ReviewPaper
from thuchu.documents.tree import Block, Cell, Document, Language, Paragraph, Quote, Section
from thuchu.documents.written import clock


def minutes(paper: ReviewPaper, language: Language) -> Document:
    """The minutes in one language; they say whether they are a draft, sent out or final."""
    teller = Teller(paper, language)
    ended = _moment(teller)
    sections = (
        teller.section(
            "1",
            "time_and_place",
            teller.terms(
                ("began", teller.meeting()),
                ("ended", ended),
                ("phase", _phase(teller)),
            ),
        ),
        teller.section("2", "who_was_there", _attendance(teller)),
        teller.section("3", "course", (), _course(teller)),
        teller.section("4", "resolutions", teller.not_quorate(), teller.resolutions("4")),
        teller.section("5", "other_opinions", _objections(teller)),
        *teller.amendments("6"),
    )
    return teller.document("minutes", sections, signed=True)


def _moment(teller: Teller) -> str:
    ended = teller.paper.ended
    if ended is None:
        return ""
    if ended.date() == teller.paper.began.date():
        return clock(ended)
    return f"{clock(ended)}, {teller.day(ended)}"


def _phase(teller: Teller) -> str:
    until = teller.paper.corrections_until
    return teller.say(f"phase_{teller.paper.phase}", day=teller.day(until) if until else teller.say("no_value"))


def _attendance(teller: Teller) -> tuple[Block, ...]:
    paper = teller.paper
    everybody = (
        (teller.say("chair"), paper.chair),
        (teller.say("secretary"), paper.secretary),
        *((None, one) for one in paper.attendance),
    )
    rows = tuple(_attendant(teller, role, one) for role, one in everybody)
    columns = ("role", "organisation", "name", "people", "presence")
    return teller.table("present_table", columns, rows, (21, 30, 28, 13, 17))


def _attendant(teller: Teller, role: str | None, one: AttendancePaper) -> tuple[Cell, ...]:
    return (
        role or teller.told(one.role),
        teller.told(one.organisation),
        one.name_shown,
        one.people,
        teller.told(one.presence),
    )


def _course(teller: Teller) -> tuple[Section, ...]:
    return tuple(
        teller.part(f"3.{place}", teller.told(item.title), _item(teller, item))
        for place, item in enumerate(teller.paper.agenda, start=1)
    )


def _item(teller: Teller, item: AgendaPaper) -> tuple[Block, ...]:
    proposed = teller.say("proposed_by", role=teller.words(item.proposed_by)) if item.proposed_by else ""
    resolved = ", ".join(teller.say("resolution", number=one) for one in item.resolutions)
    return (
        *((Paragraph(proposed),) if proposed else ()),
        *teller.texts(item.minutes),
        *((Paragraph(f"→ {resolved}"),) if resolved else ()),
    )


def _objections(teller: Teller) -> tuple[Block, ...]:
    return tuple(
        Quote(teller.told(one.text), teller.say("opinion_of", role=teller.words(one.by_role), day=teller.day(one.on)))
        for one in teller.paper.objections
    )

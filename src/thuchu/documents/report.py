"""Báo cáo quý: what the quarter was like, with every figure's count, interval and method."""

from thuchu.documents.parts import Teller
from thuchu.documents.review import CorrectionPaper, FigurePaper, InquiryPaper, ReviewPaper
from thuchu.documents.tree import Block, Cell, Document, Language, Paragraph, Quote, Section, Text


def report(paper: ReviewPaper, language: Language) -> Document:
    """The quarterly report in one language; the same numbers of sections in both."""
    teller = Teller(paper, language)
    first, last = map(teller.day, paper.period)
    about = teller.terms(
        ("desk", teller.told(paper.desk)),
        ("area", teller.told(paper.area)),
        ("period", teller.say("period_days", first=first, last=last)),
        ("meeting", teller.meeting()),
    )
    carried = [one for one in paper.commitments if one.carried_over]
    sections = (
        teller.section("1", "about", about),
        teller.section("2", "summary", teller.points(paper.summary)),
        teller.section("3", "results", (), _figures(teller)),
        teller.section("4", "last_commitments", _carried(teller) if carried else ()),
        teller.section("5", "corrections", _corrections(teller)),
        teller.section("6", "asked", _inquiries(teller)),
        teller.section("7", "difficulties", teller.points(paper.difficulties)),
        teller.section("8", "next_quarter", teller.points(paper.next_quarter)),
        teller.section("9", "appendix", (), _appendix(teller)),
        *teller.amendments("10"),
    )
    return teller.document("report", sections)


def _figures(teller: Teller) -> tuple[Section, ...]:
    return tuple(
        teller.part(f"3.{place}", teller.told(figure.label), _figure(teller, figure))
        for place, figure in enumerate(teller.paper.figures, start=1)
    )


def _figure(teller: Teller, figure: FigurePaper) -> tuple[Block, ...]:
    shown: tuple[Block, ...] = (Paragraph(teller.told(figure.sees)),)
    if figure.chart:
        shown = (teller.chart(figure.chart, figure.sees),)
    terms = teller.terms(
        ("value", teller.told(figure.value)),
        ("interval", teller.told(figure.interval)),
        ("counted", _counted(teller, figure)),
        ("last_quarter", teller.told(figure.last_quarter)),
        ("change", teller.told(figure.change)),
    )
    return terms + shown + tuple(teller.data_table(each) for each in figure.tables)


def _counted(teller: Teller, figure: FigurePaper) -> str:
    if figure.numerator is None or not figure.denominator:
        return ""
    numerator, denominator = teller.number(figure.numerator), teller.number(figure.denominator)
    return teller.say("of", numerator=numerator, denominator=denominator)


def _carried(teller: Teller) -> tuple[Block, ...]:
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.number, teller.told(one.text), teller.told(one.owner), one.due, teller.told(one.timeliness))
        for one in teller.paper.commitments
        if one.carried_over
    )
    columns = ("no", "text", "owner", "due", "state")
    return teller.table("last_commitments_table", columns, rows, (19, 38, 20, 18, 21))


def _corrections(teller: Teller) -> tuple[Block, ...]:
    columns = ("on", "correction_of", "before", "after", "told")
    rows = tuple(_correction(teller, one) for one in teller.paper.corrections)
    return teller.table("corrections_table", columns, rows, (18, 34, 24, 24, 13))


def _correction(teller: Teller, one: CorrectionPaper) -> tuple[Cell, ...]:
    return (one.on, teller.told(one.about), teller.told(one.before), teller.told(one.after), one.told)


def _inquiries(teller: Teller) -> tuple[Block, ...]:
    columns = ("no", "organisation", "question", "sent_on", "due_on", "state")
    rows = tuple(_inquiry(teller, one) for one in teller.paper.inquiries)
    table = teller.table("inquiries_table", columns, rows, (19, 23, 32, 18, 18, 20))
    return table + tuple(block for one in teller.paper.inquiries if one.answer for block in _answer(teller, one))


def _answer(teller: Teller, one: InquiryPaper) -> tuple[Block, ...]:
    said = teller.say("answer_of", number=one.number, organisation=teller.words(one.organisation))
    return (Paragraph(said), Quote(teller.told(one.answer), teller.told(one.source)))


def _inquiry(teller: Teller, one: InquiryPaper) -> tuple[Cell, ...]:
    return (
        one.number,
        teller.told(one.organisation),
        teller.told(one.question),
        one.sent_on,
        one.due_on,
        teller.told(one.state),
    )


def _appendix(teller: Teller) -> tuple[Section, ...]:
    paper = teller.paper
    columns = ("figure", "value", "counted", "who_recomputes")
    rows = tuple(
        (teller.told(one.label), teller.told(one.value), _counted(teller, one), teller.say(one.figure_class))
        for one in paper.figures
    )
    # What is reckoned alike is said once.
    alike: dict[Text, list[str]] = {}
    for one in paper.figures:
        if one.method:
            alike.setdefault(teller.told(one.method), []).append(teller.words(one.label))
    methods = [("; ".join(labels), method) for method, labels in alike.items()]
    ledger = teller.terms(
        ("ledger_number", teller.number(paper.ledger_number)),
        ("ledger_hash", paper.ledger_hash),
        ("snapshot_hash", paper.snapshot_hash),
        ("definitions", paper.definitions),
        ("code", paper.code),
    )
    return (
        teller.part("9.1", teller.say("all_figures"), teller.table("figures_table", columns, rows, (36, 27, 21, 28))),
        teller.part("9.2", teller.say("how_counted"), teller.named(methods)),
        teller.part("9.3", teller.say("ledger"), ledger),
    )

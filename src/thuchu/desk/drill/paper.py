"""What a drill found, as a document that a community can publish."""

from thuchu.desk.drill.findings import PARTS, Drill, Finding, Part
from thuchu.desk.drill.wording import say
from thuchu.desk.wording import VIET_NAM
from thuchu.documents.tree import Document, Language, Paragraph, Section, Table

_WIDTHS = (9, 4, 3, 3)


def paper(drill: Drill, language: Language) -> Document:
    """The document in one language."""
    day = drill.played_at.astimezone(VIET_NAM).strftime("%d/%m/%Y" if language == "vi" else "%-d %B %Y")
    parts = (_part(str(place), part, drill, language) for place, part in enumerate(PARTS, start=2))
    return Document(
        kind="drill",
        language=language,
        title=say("title", language),
        subtitle=say("subtitle", language),
        organisation=drill.desk,
        number=say("number", language, seed=drill.seed),
        place_and_date=say("date", language, day=day),
        notice=say("notice", language),
        dated=drill.played_at,
        sections=(_summary(drill, language), *parts),
    )


def _summary(drill: Drill, language: Language) -> Section:
    held = say("held", language, held=drill.held, asked=drill.asked)
    again = say("again", language, seed=drill.seed, version=drill.version)
    return Section("1", say("summary", language), (Paragraph(held), Paragraph(again)))


def _part(number: str, part: Part, drill: Drill, language: Language) -> Section:
    rows = tuple(_row(each, language) for each in drill.findings if each.part == part)
    columns = tuple(say(name, language) for name in ("what", "found", "bar", "verdict"))
    heading = say(part, language)
    table = Table(caption=heading, columns=columns, rows=rows, widths=_WIDTHS)
    return Section(number, heading, (Paragraph(say(f"{part}_about", language)), table))


def _row(finding: Finding, language: Language) -> tuple[str, ...]:
    held = "only_told" if finding.held is None else "yes" if finding.held else "no"
    return (say(finding.code, language), finding.found, finding.bar or say("only_told", language), say(held, language))

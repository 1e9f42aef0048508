"""What several documents of a review share: the frame, tables of commitments and resolutions, amendments.

A `Teller` writes one document in one language and remembers, section by section, whether words of the other language
stand in it: then the section begins by saying so, once.
"""

from collections.abc import Iterable
from datetime import date

from thuchu.documents.review import (
    AmendmentPaper,
    ChartPaper,
    CommitmentPaper,
    DataTable,
    ResolutionPaper,
    ReviewPaper,
    Wording,
)
from thuchu.documents.tree import (
    Block,
    Bullets,
    Cell,
    Chart,
    Document,
    Kind,
    Language,
    Paragraph,
    Section,
    Signature,
    Table,
    Terms,
    Text,
    Told,
)
from thuchu.documents.words import say
from thuchu.documents.written import clock, counted, day, number, short_day


class Teller:
    """One review, told in one language."""

    def __init__(self, paper: ReviewPaper, language: Language) -> None:
        self.paper = paper
        self.language = language

    def say(self, key: str, **values: str) -> str:
        return say(key, self.language, **values)

    def told(self, wording: Wording) -> Text:
        return wording.to(self.language)

    def words(self, wording: Wording) -> str:
        """For a place inside our own sentence, which has one language."""
        text = self.told(wording)
        return text.text if isinstance(text, Told) else text

    def day(self, value: date) -> str:
        return day(value, self.language)

    def number(self, value: int) -> str:
        return number(value, self.language)

    def texts(self, wordings: Iterable[Wording]) -> tuple[Block, ...]:
        """A paragraph each."""
        return tuple(Paragraph(self.told(one)) for one in wordings if one)

    def points(self, wordings: Iterable[Wording]) -> tuple[Block, ...]:
        """A list, or nothing."""
        items = tuple(self.told(one) for one in wordings if one)
        return (Bullets(items),) if items else ()

    def terms(self, *pairs: tuple[str, Text | None]) -> tuple[Block, ...]:
        """Key and text of each that there is."""
        known = tuple((self.say(key), text) for key, text in pairs if text)
        return (Terms(known),) if known else ()

    def part(self, at: str, heading: Text, blocks: Iterable[Block]) -> Section:
        """A section inside another one, which says what there is to say of languages."""
        return Section(at, heading, tuple(blocks) or (Paragraph(self.say("nothing")),))

    def section(self, at: str, heading: str, blocks: Iterable[Block], parts: Iterable[Section] = ()) -> Section:
        """A section under words of ours; it says when there is nothing in it, or words only in the other language."""
        below, inside = tuple(parts), tuple(blocks)
        if not (inside or below):
            inside = (Paragraph(self.say("nothing")),)
        texts: list[Cell] = [part.heading for part in below]
        texts += [
            text for block in (*inside, *(one for part in below for one in part.blocks)) for text in _texts(block)
        ]
        foreign = {text.language for text in texts if isinstance(text, Told)} - {self.language}
        only = tuple(Paragraph(self.say(f"only_{other}")) for other in sorted(foreign))
        return Section(at, self.say(heading), only + inside, below)

    def document(
        self, kind: Kind, sections: Iterable[Section], *, signed: bool = False, entries: bool = True
    ) -> Document:
        """The frame that all share; sections are numbered by who made them."""
        paper, language, numbered = self.paper, self.language, tuple(sections)
        dated = paper.dated
        filed = self.say("filed", slug=paper.slug)
        if entries:
            filed = f"{filed} · {self.say('ledger_number').lower()} {self.number(paper.ledger_number)}"
        signatures = (
            Signature(self.say("chair"), paper.chair.name_shown),
            Signature(self.say("secretary"), paper.secretary.name_shown),
        )
        return Document(
            kind=kind,
            language=language,
            title=self.say("other_report" if kind == "report" and not paper.is_quarterly else kind),
            subtitle=self.say(f"{kind}_of", quarter=self.words(paper.quarter), area=self.words(paper.area)),
            organisation=self.words(paper.desk),
            number=filed,
            place_and_date=self.say(
                "place_and_date" if paper.seat else "only_date",
                place=self.words(paper.seat),
                day=str(dated.day),
                month=str(dated.month),
                year=str(dated.year),
                date=self.day(dated),
            ),
            notice=self._notice(numbered),
            dated=dated,
            sections=numbered,
            signatures=signatures if signed else (),
            national_heading=paper.national_heading,
        )

    def _notice(self, sections: tuple[Section, ...]) -> str:
        """Where the page is; before that, where to find what was changed since the first edition."""
        notice = self.say("notice", address=self.paper.address)
        if self.paper.is_draft:
            notice = self.say("is_draft", notice=notice)
        if not self.paper.amendments:
            return notice
        count, section = len(self.paper.amendments), sections[-1].number
        return counted("amended", self.language, count, section=section, notice=notice)

    def short_day(self, value: date) -> str:
        return short_day(value, self.language)

    def named(self, pairs: Iterable[tuple[str, Text]]) -> tuple[Block, ...]:
        """Terms whose names aren't ours."""
        known = tuple((name, text) for name, text in pairs if name)
        return (Terms(known),) if known else ()

    def meeting(self) -> str:
        paper = self.paper
        return self.say(
            "meeting_at", clock=clock(paper.began), day=self.day(paper.began), place=self.words(paper.place)
        )

    def commitments(self, caption: str, commitments: Iterable[CommitmentPaper]) -> tuple[Block, ...]:
        """Text, owner, helpers, due, measure: as a meeting reads them."""
        rows = tuple(
            (
                one.number,
                self.told(one.text),
                self.told(one.owner),
                self.joined(one.helpers),
                self.due(one),
                self.told(one.measure),
            )
            for one in commitments
        )
        columns = ("no", "text", "owner", "helpers", "due", "measure")
        return self.table(caption, columns, rows, (20, 30, 19, 18, 21, 22), rest_at=self.paper.register_csv)

    def table(
        self,
        caption: str,
        columns: tuple[str, ...],
        rows: tuple[tuple[Cell, ...], ...],
        widths: tuple[int, ...],
        *,
        rest_at: str = "",
    ) -> tuple[Block, ...]:
        """A table whose columns have names of ours; nothing without a row.  The rest of a long one is on the page."""
        if not rows:
            return ()
        names = tuple(self.say(key) for key in columns)
        whole_at = rest_at or self.paper.address
        return (Table(caption=self.say(caption), columns=names, rows=rows, widths=widths, rest_at=whole_at),)

    def data_table(self, table: DataTable) -> Table:
        return Table(
            caption=self.words(table.caption),
            columns=tuple(self.words(name) for name in table.columns),
            rows=tuple(tuple(self.told(one) if isinstance(one, Wording) else one for one in row) for row in table.rows),
            widths=table.widths,
            rest_at=table.rest_at,
        )

    def chart(self, chart: ChartPaper, sees: Wording) -> Chart:
        return Chart(
            svg=self.words(chart.svg),
            alt=self.words(chart.alt),
            sentence=self.words(sees),
            table=self.data_table(chart.table),
        )

    def resolution(self, one: ResolutionPaper) -> tuple[Block, ...]:
        """One resolution: its words, then how it came about."""
        votes = None
        if one.votes:
            agreed, against, abstained = map(self.number, one.votes)
            votes = self.say("votes", agreed=agreed, against=against, abstained=abstained)
        return (
            Paragraph(self.told(one.text)),
            *self.terms(
                (
                    "item",
                    next((self.told(item.title) for item in self.paper.agenda if one.number in item.resolutions), None),
                ),
                ("method", self.say(one.method)),
                ("counts", votes),
                ("outcome", self.told(one.outcome)),
                ("takes_effect", self.day(one.takes_effect) if one.takes_effect else None),
                ("supersedes", one.supersedes),
            ),
            *((Paragraph(self.say("reasons_against") + ":"),) if any(one.reasons_against) else ()),
            *self.points(one.reasons_against),
        )

    def resolutions(self, above: str) -> tuple[Section, ...]:
        """A section each, under the section numbered `above`."""
        return tuple(
            self.part(f"{above}.{place}", self.say("resolution", number=one.number), self.resolution(one))
            for place, one in enumerate(self.paper.resolutions, start=1)
        )

    def not_quorate(self) -> tuple[Block, ...]:
        return () if self.paper.is_quorate else (Paragraph(self.say("not_quorate")),)

    def amendments(self, at: str) -> tuple[Section, ...]:
        """The last section of every document that was changed since it was published."""
        amendments = sorted(self.paper.amendments, key=lambda one: one.entry, reverse=True)
        if not amendments:
            return ()
        rows = tuple(self._amendment(one) for one in amendments)
        columns = ("on", "what", "before", "after", "why", "entry")
        table = self.table("amendments_table", columns, rows, (20, 24, 23, 23, 23, 13))
        return (self.section(at, "amendments", table),)

    def _amendment(self, one: AmendmentPaper) -> tuple[Cell, ...]:
        return (one.on, *map(self.told, (one.what, one.before, one.after, one.why)), one.entry)

    def joined(self, wordings: tuple[Wording, ...]) -> Text:
        """Names with commas between; marked as foreign only where all of them are."""
        texts = [self.told(one) for one in wordings if one]
        written = ", ".join(text.text if isinstance(text, Told) else text for text in texts)
        foreign = {text.language if isinstance(text, Told) else self.language for text in texts}
        return Told(written, foreign.pop()) if len(foreign) == 1 else written

    def due(self, one: CommitmentPaper) -> Cell:
        """The day, or both where a resolution moved it."""
        if one.due == one.original_due:
            return one.due
        first, now = short_day(one.original_due, self.language), short_day(one.due, self.language)
        return self.say("due_moved", first=first, now=now)


def _texts(block: Block) -> Iterable[Cell]:
    match block:
        case Paragraph(text):
            return [text]
        case Bullets(items):
            return items
        case Table():
            return [one for row in block.rows for one in row]
        case Chart():
            return _texts(block.table)
        case Terms(pairs):
            return [text for _, text in pairs]
        case _:
            return [block.verbatim, block.source]

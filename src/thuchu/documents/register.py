"""Bảng theo dõi cam kết: every commitment that is followed, as one table."""

from thuchu.documents.parts import Teller
from thuchu.documents.review import CommitmentPaper, ReviewPaper
from thuchu.documents.tree import Block, Cell, Document, Language, Paragraph
from thuchu.documents.written import counted


def register(paper: ReviewPaper, language: Language) -> Document:
    """The register in one language; above 500 commitments PDF and DOCX say where all of them are."""
    teller = Teller(paper, language)
    said = counted("commitments_counted", language, len(paper.commitments), day=teller.day(paper.as_of))
    columns = ("no", "text", "owner", "first_due", "due_now", "state", "evidence", "updated", "last_update")
    rows = tuple(_row(teller, one) for one in paper.commitments)
    widths = (68, 144, 80, 63, 63, 78, 80, 63, 67)
    table = teller.table("commitments_table", columns, rows, widths, rest_at=paper.register_csv)
    blocks: tuple[Block, ...] = (Paragraph(said), *table)
    return teller.document("register", (teller.section("1", "commitments", blocks), *teller.amendments("2")))


def _row(teller: Teller, one: CommitmentPaper) -> tuple[Cell, ...]:
    return (
        one.number,
        teller.told(one.text),
        teller.told(one.owner),
        one.original_due,
        one.due,
        teller.told(one.timeliness),
        teller.told(one.evidence),
        one.updated_on,
        teller.told(one.last_update),
    )

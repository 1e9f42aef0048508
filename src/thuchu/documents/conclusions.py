"""Thông báo kết luận: what the meeting resolved, item by item, and who does what by when."""

from thuchu.documents.parts import Teller
from thuchu.documents.review import ReviewPaper
from thuchu.documents.tree import Document, Language, Paragraph
from thuchu.documents.written import clock


def conclusions(paper: ReviewPaper, language: Language) -> Document:
    """The conclusions in one language, signed by the chair."""
    teller = Teller(paper, language)
    grounds = teller.say(
        "grounds_text",
        quarter=teller.words(paper.quarter),
        desk=teller.words(paper.desk),
        clock=clock(paper.began),
        day=teller.day(paper.began),
        place=teller.words(paper.place),
        entry=teller.number(paper.ledger_number),
    )
    new = [one for one in paper.commitments if not one.carried_over]
    sections = (
        teller.section("1", "grounds", (Paragraph(grounds),)),
        teller.section("2", "assessment", teller.texts(paper.assessment)),
        teller.section("3", "each_item", teller.not_quorate(), teller.resolutions("3")),
        teller.section("4", "commitments", teller.commitments("new_commitments_table", new)),
        teller.section("5", "follow_up", teller.texts(paper.follow_up)),
        *teller.amendments("6"),
    )
    return teller.document("conclusions", sections, signed=True)

"""Small documents, built where a test needs to see every word of them."""

from datetime import UTC, datetime

from thuchu.documents.tree import Bullets, Chart, Document, Paragraph, Quote, Section, Table, Terms, Told

DATED = datetime(2026, 4, 17, 2, 0, tzinfo=UTC)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="10"><rect width="30" height="10" fill="#345"/></svg>'


def document(*blocks, kind="report", language="vi", **changed):
    """One section with these blocks."""
    fields = {
        "kind": kind,
        "language": language,
        "title": "Báo cáo quý",
        "subtitle": "Quý 1/2026",
        "organisation": "Bàn Thực Hư",
        "number": "Kỳ rà soát 2026-q1",
        "place_and_date": "Hướng Dương, ngày 17 tháng 4 năm 2026",
        "notice": "Bản gốc mà ai cũng đọc được: https://ban.example/ra-soat/2026-q1/",
        "dated": DATED,
        "sections": (Section("1", "Tóm tắt", blocks),),
    }
    return Document(**(fields | changed))


def table(*rows, columns=("Mã", "Nội dung"), **changed):
    fields = {"caption": "Cam kết", "columns": columns, "rows": rows, "widths": (1,) * len(columns)}
    return Table(**(fields | changed))


def chart(**changed):
    fields = {"svg": SVG, "alt": "Một cột", "sentence": "Cột này dài.", "table": table(("A", 1))}
    return Chart(**(fields | changed))


def long_table(count):
    """So many rows, and where all of them are."""
    rows = tuple((f"CK-2026-{place:04}", f"Trả lời câu hỏi thứ {place}") for place in range(1, count + 1))
    return table(*rows, rest_at="https://ban.example/cam-ket.csv")


def said_everywhere(text):
    """A document with the same text in every place that takes one."""
    return document(
        Paragraph(text),
        Paragraph(Told(text, "en")),
        Bullets((text,)),
        Terms(((text, text),)),
        Quote(text, text),
        table((text, Told(text, "en")), columns=(text, text), caption=text),
        chart(alt=text, sentence=text),
        title=text,
        subtitle=text,
        organisation=text,
        number=text,
        place_and_date=text,
        notice=text,
    )

"""The DOCX as an office opens it: headings, header rows, languages and the words of pictures are where they belong."""

import io
import zipfile
from dataclasses import replace

import docx
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_review import REVIEW
from small_documents import SVG, chart, document, long_table, said_everywhere

from thuchu.documents import docx as docx_file
from thuchu.documents.conclusions import conclusions
from thuchu.documents.plain import plain
from thuchu.documents.register import register
from thuchu.documents.report import report
from thuchu.documents.tree import Paragraph, Told


def read(made):
    return docx.Document(io.BytesIO(docx_file.render(made)))


def test_headings_have_styles_and_their_numbers():
    file = read(report(REVIEW, "vi"))

    found = [(one.style.name, one.text) for one in file.paragraphs if one.style.name.startswith("Heading")]
    assert found[:4] == [
        ("Heading 1", "1. Về báo cáo này"),
        ("Heading 1", "2. Tóm tắt"),
        ("Heading 1", "3. Kết quả"),
        ("Heading 2", "3.1. Có bao nhiêu câu hỏi"),
    ]
    assert [one.text for one in file.paragraphs if one.style.name == "Title"] == ["BÁO CÁO QUÝ"]


def test_every_row_of_the_register_is_read_back():
    table = read(register(REVIEW, "vi")).tables[0]

    assert len(table.rows) == 41
    assert [cell.text for cell in table.rows[3].cells][:5] == [
        "CK-2026-003",
        "Mở buổi tập “Nguồn tin đầu tiên” cho 15 người ở thôn Đông và thôn Thượng",
        "Hội Phụ nữ xã",
        "17/3/2026",
        "16/4/2026",
    ]


def test_the_header_row_repeats_and_rows_stay_whole():
    rows = read(conclusions(REVIEW, "vi")).tables[0]._tbl.tr_lst

    assert [bool(row.findall(f".//{qn('w:tblHeader')}")) for row in rows] == [True] + [False] * 20
    assert all(row.findall(f".//{qn('w:cantSplit')}") for row in rows)


def test_a_table_says_what_it_is():
    (named,) = read(register(REVIEW, "vi")).tables[0]._tbl.tblPr.findall(qn("w:tblCaption"))

    assert named.get(qn("w:val")) == "Mọi cam kết đang theo dõi"


def test_the_language_is_that_of_the_document_and_of_each_part():
    file = read(document(Paragraph(Told("The office is looking.", "en"))))

    assert {one.get(qn("w:val")) for one in file.styles.element.iter(qn("w:lang"))} == {"vi-VN"}
    marked = [run for run in file.element.body.iter(qn("w:r")) if run.findall(f"{qn('w:rPr')}/{qn('w:lang')}")]
    assert [run.text for run in marked] == ["The office is looking."]
    assert file.core_properties.language == "vi-VN"


def test_a_picture_has_its_words():
    file = read(document(chart()))

    assert [one.get("descr") for one in file.element.body.iter(qn("wp:docPr"))] == ["Một cột"]
    assert len(file.tables) == 1


def test_a_tall_picture_is_no_higher_than_most_of_a_page():
    (shape,) = read(document(chart(svg=SVG.replace('width="40" height="10"', 'width="10" height="400"')))).inline_shapes

    assert round(shape.height.mm) == 110
    assert round(shape.width.mm, 1) == 2.8


def test_the_letters_are_those_of_offices_with_a_name_for_who_lacks_them():
    file = read(document(Paragraph("Một câu.")))

    assert {file.styles[name].font.name for name in ("Normal", "Heading 1", "Title", "Caption")} == {"Times New Roman"}
    (fonts,) = [part.blob for part in file.part.package.iter_parts() if part.partname == "/word/fontTable.xml"]
    assert b'<w:altName w:val="Liberation Serif"/>' in fonts


def test_pages_are_a4_with_the_margins_of_the_pdf_and_the_register_lies():
    upright, lying = (read(build(REVIEW, "vi")).sections[0] for build in (report, register))

    assert [round(side.mm) for side in (upright.page_width, upright.page_height, upright.left_margin)] == [210, 297, 30]
    assert [round(side.mm) for side in (lying.page_width, lying.page_height)] == [297, 210]
    assert upright.different_first_page_header_footer


def test_a_long_table_is_cut_with_its_address():
    file = read(document(long_table(501)))

    assert len(file.tables[0].rows) == 201
    assert any("https://ban.example/cam-ket.csv" in one.text for one in file.paragraphs)


def test_a_letter_outside_our_fonts_is_kept_as_the_office_may_have_it():
    assert any(one.text == "Tin “😀中” là giả." for one in read(document(Paragraph("Tin “😀中” là giả."))).paragraphs)


def test_the_zip_knows_no_hour_of_the_machine():
    with zipfile.ZipFile(io.BytesIO(docx_file.render(report(REVIEW, "en")))) as file:
        assert {one.date_time for one in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert file.infolist()[0].filename == "[Content_Types].xml"


def test_the_only_time_inside_is_the_one_of_the_document():
    known = read(replace(document(Paragraph("Một câu.")))).core_properties

    assert known.created == known.modified
    assert f"{known.created:%Y-%m-%d %H:%M}" == "2026-04-17 02:00"


def test_a_name_longer_than_the_format_allows_is_shortened_in_its_properties_alone():
    file = read(said_everywhere("ban " * 100))

    assert len(file.core_properties.title) == 255
    assert file.paragraphs[0].text == ("ban " * 100).strip()


@settings(max_examples=12, deadline=None)
@given(st.text(min_size=1).filter(plain))
def test_any_text_makes_a_file_that_opens_and_says_it(typed):
    file = read(said_everywhere(typed))

    assert file.tables[0].cell(1, 0).text == plain(typed).replace("\t", " ")

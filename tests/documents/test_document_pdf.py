"""The PDF as a person and as a screen reader meet it: right letters, tags, and nothing in a text that runs."""

from dataclasses import replace

import pdf_reading
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_review import REVIEW
from small_documents import SVG, chart, document, long_table, said_everywhere, table

from thuchu.documents import letters, pdf
from thuchu.documents.conclusions import conclusions
from thuchu.documents.minutes import minutes
from thuchu.documents.plain import plain
from thuchu.documents.register import register
from thuchu.documents.report import report
from thuchu.documents.tree import Paragraph, Section, Terms, Told

HARD = "ẮẰẲẴẶữựửỵỷỹ≥≤→₫"
# Every letter that Vietnamese writes, in both cases.
BARE = "aăâeêioôơuưy"
MARKED = {plain(letter + mark) for letter in BARE for mark in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")}
VIETNAMESE = sorted(MARKED | {letter.upper() for letter in MARKED} | {"đ", "Đ"})
# Two renderers smooth the same outline a little differently; another letter is further away than this.
SAME = 0.08


@pytest.fixture(scope="module")
def report_pdf():
    return pdf.render(report(REVIEW, "vi"))


@pytest.mark.parametrize(
    ("style", "block"),
    [
        ("Regular", Paragraph(" ".join(HARD))),
        ("Bold", Terms(((" ".join(HARD), "x"),))),
        ("Italic", table(("x", 1), caption=" ".join(HARD))),
    ],
)
def test_page_one_shows_the_very_letters_of_the_font(style, block):
    """Text that is read back right may still be drawn wrong: so the pictures are compared, letter by letter."""
    drawn = pdf_reading.drawn_letters(pdf.render(document(block)), HARD, after="Tóm tắt")

    for letter in HARD:
        near = min(HARD, key=lambda other: pdf_reading.unlike(drawn[letter], pdf_reading.font_letter(other, style)))
        assert near == letter, f"{letter} is drawn like {near}"
        assert pdf_reading.unlike(drawn[letter], pdf_reading.font_letter(letter, style)) < SAME
        assert pdf_reading.unlike(drawn[letter], pdf_reading.font_letter("\ue999", style)) > SAME, "an empty box"


def test_every_vietnamese_letter_is_drawn_and_no_two_are_alike():
    lines = [VIETNAMESE[at : at + 24] for at in range(0, len(VIETNAMESE), 24)]

    body = pdf.render(document(*(Paragraph(" ".join(line)) for line in lines)))
    drawn = pdf_reading.drawn_letters(body, VIETNAMESE, after="Tóm tắt")

    assert len(VIETNAMESE) == 146
    assert len({picture.tobytes() for picture in drawn.values()}) == 146
    for letter in VIETNAMESE:
        near = min(VIETNAMESE, key=lambda other: pdf_reading.unlike(drawn[letter], pdf_reading.font_letter(other)))
        assert near == letter, f"{letter} is drawn like {near}"


@pytest.mark.parametrize("build", [report, minutes, conclusions, register])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_all_letters_stand_in_the_file_and_the_language_and_tags_too(build, language):
    body = pdf.render(build(REVIEW, language))

    fonts = pdf_reading.fonts(body)
    assert fonts
    assert all(fonts.values())
    assert {name.split("+")[-1].split("-")[0] for name in fonts} <= {"LiberationSerif"}
    assert pdf_reading.language(body) == {"vi": "vi-VN", "en": "en-GB"}[language]
    assert pdf_reading.is_tagged(body)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in body


def test_a_screen_reader_finds_headings_lists_tables_and_the_words_of_pictures(report_pdf):
    tags = pdf_reading.tags(report_pdf)

    assert len(tags.every("H1")) == 9
    assert len(tags.every("H2")) == 6
    assert len(tags.every("Title")) == 1
    assert tags.every("LI")
    assert tags.every("Caption")
    assert {one.alt for one in tags.every("Figure")} == {REVIEW.figures[0].chart.alt.vi}
    assert {one.attributes["Scope"] for one in tags.every("TH")} == {"Column"}


def test_words_in_another_language_say_so_to_a_screen_reader():
    tags = pdf_reading.tags(pdf.render(document(Paragraph(Told("The office is looking.", "en")))))

    assert "en-GB" in {one.language for kind in ("P", "Span") for one in tags.every(kind)}


def test_page_one_says_where_the_accessible_original_is(report_pdf):
    page = pdf_reading.opened(report_pdf)[0].get_textpage().get_text_range()

    assert REVIEW.address in page.replace("\r\n", "")


def test_only_our_own_address_can_be_followed():
    body = pdf.render(document(Paragraph("Xem https://lua-dao.example/")))

    assert len(pdf_reading.tags(body).every("Link")) == 1
    assert b"/URI(https://ban.example/ra-soat/2026-q1/)" in body
    assert b"/URI(https://lua-dao" not in body


def test_pages_are_a4_and_numbered_from_the_second(report_pdf):
    pages = list(pdf_reading.opened(report_pdf))
    first_lines = [page.get_textpage().get_text_range().split("\r\n")[0] for page in pages]

    assert {tuple(round(side) for side in page.get_size()) for page in pages} == {(595, 842)}
    assert first_lines[0] == "Bàn Thực Hư xã Hướng Dương"
    assert first_lines[1:] == [str(number) for number in range(2, len(pages) + 1)]


def test_only_the_register_lies():
    (width, height) = pdf_reading.opened(pdf.render(register(REVIEW, "en")))[0].get_size()

    assert width > height


def test_what_a_table_leaves_out_is_said_with_its_address():
    text = pdf_reading.text_of(pdf.render(document(long_table(501)))).replace("\r\n", " ")

    assert "CK-2026-0200" in text
    assert "CK-2026-0201" not in text
    assert "200 dòng đầu trong 501 dòng" in text
    assert "https://ban.example/cam-ket.csv" in text


def test_a_small_table_stays_on_one_page_and_a_long_row_may_need_two():
    small = table(*((f"CK-{place}", "Trả lời") for place in range(8)))
    long_rows = table(*((f"CK-{place}", "Trả lời trong 24 giờ. " * 400) for place in range(2)))

    pages = {
        kind: [page.get_textpage().get_text_range() for page in pdf_reading.opened(pdf.render(document(*blocks)))]
        for kind, blocks in (("small", (*[Paragraph("Một câu đệm.")] * 25, small)), ("long", (long_rows,)))
    }

    assert [sum(f"CK-{place}" in page for place in range(8)) for page in pages["small"]] == [0, 8]
    assert "".join("".join(pages["long"]).split()).count("24giờ.") == 800


def test_a_letter_that_no_font_draws_is_a_box_and_page_one_says_how_many():
    text = pdf_reading.text_of(pdf.render(document(Paragraph("Tin “😀😀中” là giả."))))

    assert "Tin “□□□” là giả." in text
    assert "Có 3 ký tự" in text


@pytest.mark.parametrize("long_word", ["9f86d081884c7d65" * 4, "https://huong-duong.example/" + "a" * 90, "ế" * 80])
def test_a_word_longer_than_its_column_breaks_and_is_copied_whole(long_word):
    body = pdf.render(document(table((long_word, "x", "y"), columns=("a", "b", "c")), Paragraph(long_word)))

    page = pdf_reading.opened(body)[0]
    text = page.get_textpage()
    words = text.get_text_range()
    boxes = [text.get_charbox(place) for place in range(len(words)) if words[place].strip()]
    # Columns are 54 mm wide from 30 mm on; the page ends 18 mm from its edge.
    assert max(right for _, _, right, _ in boxes) <= page.get_width() - 18 / 25.4 * 72 + 1
    # A dash at a line's end is given back as a mark of pdfium's own.
    assert "".join(words.replace("\ufffe", "-").split()).count(long_word) == 2


@pytest.mark.parametrize(
    "typed",
    [
        '#panic("x")',
        '#read("/etc/passwd")',
        '#import "@preview/x:0.1.0": *',
        "$ x^2 $ `raw` *bold* _it_ <label> @label",
        "= Heading\n- item\n+ item\n/ term: x",
        "\\u{41} \\ // comment /* comment */ ~ --- -- ...",
        '"); #panic("',
        "]] } ) #{ [",
        "https://a.example/#b",
    ],
)
def test_what_looks_like_typst_is_only_text(typed):
    text = pdf_reading.text_of(pdf.render(said_everywhere(typed)))

    # In the heading line, the paragraph, twice in the table, and so on; letters alone tell it.
    expected = "".join(typed.split())
    assert "".join(text.split()).count(expected) >= 8


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="#$*_`<>@=-+/\\~\"'[](){}|&;:,.!?%^0Aaắữ \n", min_size=1, max_size=60).filter(str.strip))
def test_no_text_of_signs_changes_anything_but_the_text(typed):
    body = pdf.render(document(Paragraph(f"x{typed}x")))

    words = pdf_reading.text_of(body).partition("1. Tóm tắt")[2]
    assert sorted("".join(words.split())) == sorted("".join(f"x{plain(typed)}x".split()))


@settings(max_examples=60, deadline=None)
@given(st.text(min_size=1).filter(plain))
def test_any_text_makes_a_document(typed):
    assert len(pdf_reading.opened(pdf.render(said_everywhere(typed)))) >= 1


def test_a_title_whose_capital_is_not_drawn_makes_a_document_too():
    assert pdf.render(document(Paragraph("Một câu."), title="ʇ"))


def test_letters_of_the_three_styles_are_those_that_the_fonts_draw():
    assert letters.letters() >= set(VIETNAMESE) | set("≥≤→₫□–—…“”‘’·×%") | set(map(chr, range(0x20, 0x7F)))
    assert not letters.letters() & set("😀中\ue000\x01")


def test_a_chart_may_be_named_in_letters_of_the_web():
    """A family that isn't here is drawn with ours: no chart loses its words."""
    words = '<text x="2" y="9" font-size="8" font-family="Be Vietnam Pro, sans-serif">Tuần</text></svg>'
    plain_chart, named = (pdf.render(document(chart(svg=svg))) for svg in (SVG, SVG.replace("</svg>", words)))

    pictures = [pdf_reading.opened(body)[0].render(scale=2).to_pil().tobytes() for body in (plain_chart, named)]
    assert pictures[0] != pictures[1]


def test_a_tall_picture_stays_on_its_page_with_its_sentence():
    tall = SVG.replace('width="40" height="10"', 'width="10" height="400"')
    page = pdf_reading.opened(pdf.render(document(chart(svg=tall))))[0]

    lowest = min(piece.get_bounds()[1] for piece in page.get_objects(max_depth=10))
    assert lowest > 60
    assert "Cột này dài." in page.get_textpage().get_text_range()


def test_the_national_heading_is_there_only_when_it_was_asked_for(report_pdf):
    nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"

    assert nation not in pdf_reading.text_of(report_pdf)
    entitled = pdf.render(report(replace(REVIEW, national_heading=True), "vi"))
    assert nation in pdf_reading.opened(entitled)[0].get_textpage().get_text_range()


def test_sections_without_a_word_still_have_their_heading():
    body = pdf.render(document(sections=(Section("1", "Một"), Section("2", "Hai"))))

    assert [len(pdf_reading.tags(body).every("H1"))] == [2]

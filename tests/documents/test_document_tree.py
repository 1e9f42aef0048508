"""A document that would leave somebody out isn't made, and the error says where; what is made survives the way."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_up_review import REVIEW
from small_documents import SVG, chart, document, long_table, table

from thuchu.documents.errors import DocumentRefused
from thuchu.documents.minutes import minutes
from thuchu.documents.passing import packed, unpacked
from thuchu.documents.plain import plain
from thuchu.documents.report import report
from thuchu.documents.tree import Bullets, Paragraph, Quote, Section, Terms, Told

IN_THE_FIRST_BLOCK = "report, section 1 “Tóm tắt”, block 1"


@pytest.mark.parametrize(
    ("block", "what"),
    [
        (chart(alt=" "), "a chart without a text alternative"),
        (chart(alt="\u200b\u00ad"), "a chart without a text alternative"),
        (chart(sentence=""), "a chart without its sentence"),
        (chart(svg="<html>"), "a chart must be one <svg>"),
        (chart(svg=SVG.replace("<rect", "<script>alert(1)</script><rect")), "without script"),
        (chart(svg=SVG.replace("<rect", '<image href="https://x.example/a.png"/><rect')), "foreign picture"),
        (chart(svg="<svg>" + " " * 500_000), "more than 500000 bytes"),
        (chart(table=table(("A", 1), caption="")), "a table without a caption"),
        (table(("A", "B"), caption=" "), "a table without a caption"),
        (table(("A", "B"), columns=("Mã", " ")), "a column without a heading"),
        (table(("A", "B", "C")), "row 1 of “Cam kết” has 3 cells for 2 columns"),
        (table(("A", "B"), widths=(1,)), "needs a width of 1 or more for each column"),
        (table(("A", "B"), widths=(1, 0)), "needs a width of 1 or more for each column"),
        (replace(long_table(501), rest_at=""), "more than 500 rows and says not where the rest is"),
        (Paragraph(" \n"), "an empty paragraph"),
        (Bullets(()), "a list without items"),
        (Bullets(("một", "")), "a list without items, or with an empty one"),
        (Quote("Chúng tôi đang xem.", ""), "a quote needs its words and whose they are"),
        (Terms(()), "a list of terms without terms"),
        (Terms((("Giá trị", Told(" ", "en")),)), "a list of terms without terms, or with an empty one"),
    ],
)
def test_a_block_that_somebody_could_not_read_is_refused_and_the_error_says_where(block, what):
    with pytest.raises(DocumentRefused) as refused:
        document(block)

    assert refused.value.where == IN_THE_FIRST_BLOCK
    assert what in refused.value.what


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"title": " "}, "has no title"),
        ({"notice": ""}, "has no notice"),
        ({"language": "fr"}, "must be one of ('vi', 'en')"),
        ({"dated": datetime(2026, 4, 17)}, "without a time zone"),  # noqa: DTZ001
        ({"sections": (Section("", "Tóm tắt"),)}, "needs a number and a heading"),
        ({"sections": (Section("1", "A", (), (Section("1.1", "B", (), (Section("1.1.1", "C"),)),)),)}, "two levels"),
    ],
)
def test_a_document_without_what_every_reader_needs_is_refused(changed, what):
    with pytest.raises(DocumentRefused, match="report") as refused:
        document(Paragraph("Một câu."), **changed)

    assert what in refused.value.what


def test_a_table_of_five_hundred_rows_is_shown_whole_and_one_more_is_cut():
    assert len(long_table(500).rows_shown) == 500
    assert len(long_table(501).rows_shown) == 200


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("build", [report, minutes])
def test_a_document_arrives_at_the_child_as_it_was_sent(build, language):
    sent = build(REVIEW, language)

    assert unpacked(packed(sent)) == sent


@settings(deadline=None)
@given(st.text(min_size=1).filter(plain), st.integers(), st.dates())
def test_odd_words_numbers_and_days_arrive_as_they_were_sent(text, number, day):
    sent = document(table((text, number, day, None), columns=tuple("abcd")), Paragraph(text))

    assert unpacked(packed(sent)) == sent


def test_what_is_handed_over_in_place_of_a_document_is_refused():
    with pytest.raises(TypeError, match="a str was handed over for a Document"):
        unpacked(b'"x"')

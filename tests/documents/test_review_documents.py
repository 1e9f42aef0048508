"""The four documents of a review: their parts in order, the same in both languages, and nothing that was never said."""

import re
from dataclasses import replace
from string import Formatter

import pytest
from made_up_review import AMENDMENT, REVIEW

from thuchu.documents import words
from thuchu.documents.conclusions import conclusions
from thuchu.documents.minutes import minutes
from thuchu.documents.register import register
from thuchu.documents.report import report
from thuchu.documents.review import CommitmentPaper, ReviewPaper, Wording
from thuchu.documents.tree import Bullets, Chart, Document, Paragraph, Quote, Table, Terms, Told

BUILDERS = (report, minutes, conclusions, register)

REPORT = [
    "1 Về báo cáo này",
    "2 Tóm tắt",
    "3 Kết quả",
    "3.1 Có bao nhiêu câu hỏi",
    "3.2 Trả lời được bao nhiêu",
    "3.3 Chờ bao lâu",
    "4 Cam kết kỳ trước",
    "5 Sai sót và đính chính",
    "6 Cơ quan đã hỏi",
    "7 Khó khăn, nguyên nhân",
    "8 Phương hướng quý sau",
    "9 Phụ lục",
    "9.1 Bảng số",
    "9.2 Cách tính",
    "9.3 Sổ công khai",
]
MINUTES = [
    "1 Thời gian, địa điểm",
    "2 Chủ trì, thư ký, thành phần",
    "3 Trình tự, diễn biến",
    "3.1 Số liệu của quý",
    "3.2 Cam kết kỳ trước",
    "3.3 Ai trực ngày lễ?",
    "4 Kết luận, biểu quyết",
    "4.1 Kết luận 01/2026-q1",
    "4.2 Kết luận 02/2026-q1",
    "5 Ý kiến khác",
]
CONCLUSIONS = [
    "1 Căn cứ",
    "2 Đánh giá chung",
    "3 Kết luận từng mục",
    "3.1 Kết luận 01/2026-q1",
    "3.2 Kết luận 02/2026-q1",
    "4 Cam kết",
    "5 Tổ chức theo dõi",
]


def told(text):
    return text.text if isinstance(text, Told) else text


def headings(document: Document) -> list[str]:
    return [f"{section.number} {told(section.heading)}" for section, _ in document.headings()]


def section(document: Document, number: str):
    return next(one for one, _ in document.headings() if one.number == number)


def every_text(document: Document) -> list[str]:
    """All that stands in the sections, in reading order."""
    found = []
    for one, _ in document.headings():
        found.append(told(one.heading))
        for block in one.blocks:
            match block:
                case Paragraph(text):
                    found.append(told(text))
                case Bullets(items):
                    found += map(told, items)
                case Terms(pairs):
                    found += [told(text) for pair in pairs for text in pair]
                case Quote(verbatim, source):
                    found += [told(verbatim), told(source)]
                case Table() | Chart():
                    grid = block.table if isinstance(block, Chart) else block
                    found += [str(told(cell)) for row in grid.rows for cell in row]
    return found


@pytest.mark.parametrize(
    ("build", "title", "parts"),
    [
        (report, "Báo cáo quý", REPORT),
        (minutes, "Biên bản", MINUTES),
        (conclusions, "Thông báo kết luận", CONCLUSIONS),
        (register, "Bảng theo dõi cam kết", ["1 Cam kết"]),
    ],
)
def test_a_document_has_its_parts_in_the_order_that_a_meeting_knows(build, title, parts):
    made = build(REVIEW, "vi")

    assert made.title == title
    assert headings(made) == parts


@pytest.mark.parametrize("build", BUILDERS)
def test_the_english_twin_has_the_same_numbers_and_the_same_kinds_of_blocks(build):
    vietnamese, english = build(REVIEW, "vi"), build(REVIEW, "en")

    numbers = [one.number for one, _ in vietnamese.headings()]
    assert [one.number for one, _ in english.headings()] == numbers
    for number in numbers:
        kinds = [type(block) for block in section(vietnamese, number).blocks]
        twins = [
            type(block) for block in section(english, number).blocks if block != Paragraph(words.say("only_vi", "en"))
        ]
        assert twins == kinds


def test_the_twin_shows_what_people_wrote_as_it_is_and_says_in_which_language_once_a_section():
    english = minutes(REVIEW, "en")

    course = section(english, "3")
    assert course.blocks == (Paragraph("What people wrote stands here only in Vietnamese, as they wrote it."),)
    assert section(english, "3.2").blocks[0] == Paragraph(
        Told("Xem từng cam kết quá hạn; hai cam kết được dời hạn.", "vi")
    )
    assert "only in Vietnamese" not in " ".join(map(str, section(english, "2").blocks))
    assert not [text for text in every_text(minutes(REVIEW, "vi")) if "chỉ có bản" in text]


def test_words_only_in_english_are_marked_in_the_vietnamese_document():
    made = report(replace(REVIEW, difficulties=(Wording(en="Nine days with one person on duty."),)), "vi")

    assert section(made, "7").blocks == (
        Paragraph("Phần do mọi người viết ở đây chỉ có bản tiếng Anh, giữ nguyên như lúc viết."),
        Bullets((Told("Nine days with one person on duty.", "en"),)),
    )


def test_numbers_shares_and_days_are_written_as_pages_write_them():
    vietnamese, english = " ".join(every_text(report(REVIEW, "vi"))), " ".join(every_text(report(REVIEW, "en")))

    assert "1.873 trên 2.640" in vietnamese
    assert "71 %" in vietnamese
    assert "từ 1/1/2026 đến hết 31/3/2026" in vietnamese
    assert "184.220" in vietnamese
    assert "1,873 of 2,640" in english
    assert "1 January 2026 to 31 March 2026" in english


def test_a_figure_stands_with_its_count_its_interval_and_how_it_was_counted():
    made = report(REVIEW, "vi")

    assert section(made, "3.2").blocks[0] == Terms(
        (
            ("Giá trị", "71 %"),
            ("Khoảng", "từ 61 đến 79 trên 100, tương đương khoảng 96 điều khác nhau"),
            ("Đếm được", "1.873 trên 2.640"),
            ("Quý trước", "68 %"),
            ("Thay đổi", "không thấy khác biệt rõ"),
        )
    )
    methods = dict(section(made, "9.2").blocks[0].pairs)
    assert methods["Trả lời được bao nhiêu"].startswith("Wilson 95 %")
    assert REVIEW.ledger_hash in every_text(made)
    assert REVIEW.snapshot_hash in every_text(made)


@pytest.mark.parametrize("build", BUILDERS)
def test_page_one_says_where_the_accessible_original_is(build):
    assert REVIEW.address in build(REVIEW, "vi").notice
    assert build(REVIEW, "en").notice == f"The accessible original is the page at {REVIEW.address}"


@pytest.mark.parametrize("build", BUILDERS)
def test_no_authority_is_borrowed_unless_the_host_says_that_it_is_entitled(build):
    assert not build(REVIEW, "vi").national_heading
    assert build(replace(REVIEW, national_heading=True), "vi").national_heading


@pytest.mark.parametrize(
    ("phase", "said"),
    [
        ("draft", "Bản nháp của thư ký."),
        ("out", "Đã gửi; người có mặt góp ý đến hết ngày 24/4/2026."),
        ("final", "Bản cuối."),
    ],
)
def test_minutes_say_whether_they_are_final(phase, said):
    assert said in every_text(minutes(replace(REVIEW, phase=phase), "vi"))


def test_an_amendment_stands_with_what_was_before_and_why():
    texts = every_text(minutes(replace(REVIEW, amendments=(AMENDMENT,)), "vi"))

    assert texts[texts.index("Sửa đổi sau khi công bố") + 1 :] == [
        "2026-04-20",
        "Thành phần",
        "22 người dân",
        "23 người dân",
        "Đếm sót một người đến muộn.",
        "184377",
    ]


@pytest.mark.parametrize(("build", "place"), [(report, "10"), (minutes, "6"), (conclusions, "6"), (register, "2")])
def test_page_one_of_an_amended_document_says_where_the_changes_stand(build, place):
    made = build(replace(REVIEW, amendments=(AMENDMENT,)), "vi")

    assert made.notice.startswith(f"Có một chỗ sửa sau khi công bố, xem mục {place}. Bản gốc")
    assert made.sections[-1].number == place


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [("vi", "Có một chỗ sửa", "Có 2 chỗ sửa"), ("en", "Changed in one place after", "Changed in 2 places after")],
)
def test_one_of_anything_is_said_as_one(language, one, two):
    for said, amendments in ((one, (AMENDMENT,)), (two, (AMENDMENT, AMENDMENT))):
        assert report(replace(REVIEW, amendments=amendments), language).notice.startswith(said)
    alone = register(replace(REVIEW, commitments=REVIEW.commitments[:1]), "en")
    assert any(text.startswith("One commitment, as it stood on ") for text in every_text(alone))


def test_an_empty_part_says_that_there_is_nothing_instead_of_being_left_out():
    made = report(replace(REVIEW, corrections=(), inquiries=(), figures=(), commitments=()), "vi")

    assert section(made, "5").blocks == (Paragraph("Không có."),)
    assert section(made, "6").blocks == (Paragraph("Không có."),)
    assert section(made, "3").blocks == (Paragraph("Không có."),)
    assert section(made, "4").blocks == (Paragraph("Không có."),)


def test_a_meeting_that_was_not_quorate_says_that_nothing_was_resolved():
    made = conclusions(replace(REVIEW, is_quorate=False, resolutions=()), "en")

    assert "Too few took part by the desk's charter: the meeting resolved nothing." in every_text(made)


def test_a_moved_date_stands_beside_the_first_one():
    table = section(conclusions(REVIEW, "vi"), "4").blocks[0]

    assert next(row for row in table.rows if row[0] == "CK-2026-003")[4] == "16/4/2026\n(gốc 17/3/2026)"


def test_every_word_of_documents_exists_in_both_languages_with_the_same_gaps():
    for key, (vietnamese, english) in words._WORDS.items():
        if key.startswith(("only_", "place_and_date")):
            continue
        assert vietnamese, key
        assert english, key
        gaps = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (vietnamese, english)]
        assert gaps[0] == gaps[1], key


def test_words_of_documents_are_plain_and_calm():
    for key, (vietnamese, english) in words._WORDS.items():
        assert "!" not in vietnamese + english, key
        assert not re.search("vui lòng|quý khách|kính mong|đối tượng|vi phạm|tiến hành", vietnamese.lower()), key


def test_no_value_of_a_review_has_a_place_for_counts_of_a_person():
    """Rule 7: what is shown of people is a role, an organisation, and a name that they typed for the meeting."""
    fields = {name for kind in (ReviewPaper, CommitmentPaper) for name in kind.__dataclass_fields__}

    assert not {name for name in fields if re.search("account|pseudonym|contributor|rater|email|rank|score", name)}

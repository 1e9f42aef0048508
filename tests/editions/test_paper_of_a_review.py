"""What other rooms say of a review stands in its papers: commitments, inquiries, resolutions, figures, corrections."""

from datetime import date, timedelta

import pytest

from commitments.meeting_desk import CLASSES, PAGE, by_figure, terms, text
from inquiries.asking_desk import ANSWER, FRIDAY, QUESTION
from reviews.review_desk import RESOLVED, SLUG, ReviewDesk
from thuchu.desk.commitments.agree import agree
from thuchu.desk.commitments.follow import report as report_done
from thuchu.desk.editions import reads
from thuchu.desk.editions.paper import NotFrozen, paper_of
from thuchu.desk.inquiries.answering import Answer, record_answer
from thuchu.desk.inquiries.drafting import Draft, draft
from thuchu.desk.inquiries.sending import Sent, send
from thuchu.desk.reviews import amending
from thuchu.desk.reviews.organisations import add_organisation
from thuchu.privacy import scrub


def fill(desk: ReviewDesk) -> None:
    """A review with one of everything: claims, an inquiry that was answered, commitments, an amendment."""
    for number in range(14):
        desk.claim(f"Tin thứ {number} kể rằng đường làng số {number} sắp bị cấm xe đạp cả năm tới")
    school = add_organisation(desk.an, scrub("Trường Hoa Sen"), scrub("Hoa Sen School"), now=desk.now)
    asked = draft(desk.an, Draft(organisation=school, office=scrub(""), question=scrub(QUESTION)), now=desk.now)
    send(desk.an, asked, Sent(on=FRIDAY, how="mail"), now=desk.now)
    said = Answer(
        outcome="answered",
        quoted=scrub(ANSWER),
        received_on=desk.now.date(),
        dated=None,
        signed_as=scrub(""),
        document=None,
    )
    record_answer(desk.an, asked, said, now=desk.now)
    slug = desk.published()
    later = desk.at(date(2027, 1, 23))
    resolution = f"01/{slug}"
    first = agree(desk.an, resolution, terms(due_on=date(2027, 3, 1)), now=later)
    agree(desk.an, resolution, by_figure(due_on=date(2027, 3, 31)), now=later)
    report_done(desk.lan, first, "duty", text("Hai lớp đã xong, 41 người dự."), text(PAGE), now=later)
    words = scrub(RESOLVED.replace("hai buổi", "một buổi")), scrub("Thư ký nghe nhầm.")
    number = amending.propose(desk.an, slug, "resolution", resolution, *words, now=later)
    amending.confirm(desk.binh, number, now=later + timedelta(hours=1))


@pytest.fixture
def filled(desk):
    fill(desk)
    return desk


def paper(kind):
    due = next(each for each in reads.due(SLUG) if each.kind == kind)
    return paper_of(SLUG, kind, at=due.at)


def test_the_report_says_what_other_rooms_say(filled):
    told = paper("report")

    assert [(each.number, each.text.vi, each.carried_over) for each in told.commitments] == [
        ("CK-2027-001", CLASSES, False),
        ("CK-2027-002", CLASSES, False),
    ]
    assert told.commitments[0].evidence.vi == PAGE
    assert told.commitments[0].last_update.vi == "Hai lớp đã xong, 41 người dự."
    assert told.commitments[1].measure.en.startswith("half of the claims are answered within: at most 24")
    assert [(each.organisation.vi, each.answer.vi) for each in told.inquiries] == [("Trường Hoa Sen", ANSWER)]
    assert told.inquiries[0].state.vi == "Đã hỏi ngày 20/11/2026; trả lời ngày 24/11/2026, trong hạn."
    assert [each.text.vi for each in told.resolutions] == [RESOLVED]
    assert "một buổi" in told.amendments[0].after.vi
    assert [each.vi for each in told.next_quarter] == [f"{each.number}: {CLASSES}" for each in told.commitments]


def test_every_figure_is_there_with_its_numbers_in_both_languages(filled):
    told = paper("report")

    assert len(told.summary) == 5
    for figure in told.figures:
        for wording in (figure.label, figure.sees, figure.method):
            assert wording.vi
            assert wording.en
            assert wording.vi != wording.en, figure.key
        assert bool(figure.value.vi) == bool(figure.value.en)
    new = next(each for each in told.figures if each.key == "claims_new")
    assert new.value.vi == "15"
    assert new.chart is not None
    assert "href" not in new.chart.svg.vi
    assert "class=" not in new.chart.svg.vi


def test_the_part_of_a_note_is_said_in_words(filled):
    told = paper("report")

    assert not [figure.key for figure in told.figures if "`" in figure.method.vi or "`" in figure.method.en]


def test_what_nobody_wrote_is_not_made_up(desk):
    desk.out()
    told = paper("report")

    assert told.difficulties[0].en == "Nobody wrote this part by itself; what was said stands in the minutes."
    assert told.next_quarter == told.difficulties
    assert told.assessment[0].vi == "Cả phòng nghe số liệu quý và hỏi về thời gian chờ."


def test_there_is_no_paper_before_the_figures_are_frozen(desk):
    desk.opened()

    assert reads.due(SLUG) == ()
    with pytest.raises(NotFrozen):
        paper_of(SLUG, "report", at=desk.now)

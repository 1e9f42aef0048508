"""Rule 9: everyone who was told something that no longer holds is told so, by the same door."""

import pytest
from test_rounds_of_a_desk import HALF_AN_HOUR

from replies.mailed_desk import BRIDGING, MINUTE, ONE_SIDED, MailedDesk, words_of
from replies.post_office import PostOffice
from thuchu.desk import journey
from thuchu.desk.library.models import PublisherHost

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(home, now, settings):
    office = PostOffice()
    office.open()
    settings.THUCHU_SMTP_URL = office.server
    yield MailedDesk(now, office)
    office.close()


def test_what_is_no_longer_agreed_is_taken_back_by_every_door_and_at_nobody_who_was_not_told(desk):
    told = [f"nguoi{number}@thu.example" for number in range(3)]
    for address in told:
        desk.subscribe(desk.ask(), address)
    on_the_page_alone = desk.ask()
    desk.subscribe(desk.ask(ONE_SIDED), "khac@thu.example")
    desk.agree()
    assert sorted(to for to, _ in desk.news()) == told
    assert journey.look_again(on_the_page_alone, now=desk.now).answer.kind == "answer"
    desk.office.letters.clear()
    desk.turn_against(BRIDGING)

    desk.settle(desk.now + HALF_AN_HOUR)

    subject = "Đính chính: Không còn đồng thuận, chúng tôi chưa biết đúng hay sai"
    assert sorted(desk.news()) == [(address, subject) for address in told]
    assert f"chúng tôi trả lời bạn là Sai, về tin “{words_of(BRIDGING)}”." in desk.office.last.get_content()
    page = journey.look_again(on_the_page_alone, now=desk.now)
    assert (page.changed, page.told_before.kind, page.answer.kind) == (True, "answer", "none")


def test_a_withdrawn_import_is_taken_back(desk, tmp_path, now):
    """Rule 5: withdrawing leaves a page that says so, and everyone told is told."""
    words = "Uống nước lá ổi mỗi sáng chữa khỏi hẳn bệnh tiểu đường trong hai tuần"
    token = desk.subscribe(journey.ask(words, door="web", page_language="vi", now=now).token)
    file, url = tmp_path / "one.csv", "https://bao.example/la-oi"
    file.write_text(f"url,claim,rating,language,date_published\n{url},{words},false,vi,2026-11-20\n", "utf-8")
    list(journey.take_in(file, publisher="Báo Kiểm Tin", hosts=("bao.example",), now=now))
    PublisherHost.objects.update(admitted_at=now)
    desk.settle(now + MINUTE)
    assert [subject for _, subject in desk.news()] == [f"Sai: “{words}”"]

    journey.withdraw_from(url, "Bài đã được rút.", now=now)
    desk.settle(now + 2 * MINUTE)

    assert desk.news()[-1][1] == "Đính chính: Chúng tôi chưa biết"
    assert "đừng vội tin" in desk.office.last.get_content()
    assert journey.look_again(token, now=desk.now).answer.kind == "none"

"""The same fact through every door: value, sentence, source, and when it was checked."""

import pytest
from election_desk import ADDRESS, SAID

from thuchu.desk.api.answers import answer_out
from thuchu.desk.commands.words import answer_lines
from thuchu.desk.journey import ask

pytestmark = pytest.mark.django_db
HOURS = "Mấy giờ mở cửa điểm bầu cử?"


def answer(now):
    return answer_out(ask(HOURS, door="api", page_language="vi", now=now))


def test_programs_get_it_with_its_source(desk, now):
    desk.fact("opening_hours", "mau-an-binh")
    desk.fact("opening_hours")
    answered = answer_out(ask(f"Xã An Bình: {HOURS}", door="api", page_language="vi", now=now))

    (fact,) = answered.facts

    assert (answered.decision, fact.field, fact.area) == ("fact", "opening_hours", "mau-an-binh")
    assert (fact.value, fact.quote, fact.source_url) == (SAID["opening_hours"], SAID["opening_hours"], ADDRESS)
    assert fact.checked_on.isoformat() == "2026-11-24"
    assert fact.event_url.endswith(f"/e/{desk.event}")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_command_line_prints_it(desk, now, language):
    desk.fact("opening_hours")

    lines = "\n".join(answer_lines(answer(now), language))

    assert SAID["opening_hours"] in lines
    assert ADDRESS in lines
    assert ("Xem lại ngày 2026-11-24" if language == "vi" else "Checked on 2026-11-24") in lines


def test_where_communes_differ_both_say_which_there_are(desk, now):
    desk.fact("opening_hours", "mau-an-binh")
    desk.fact("opening_hours", "mau-hoa-lac")
    answered = answer(now)

    assert (answered.decision, answered.areas_wanted) == ("none", ["mau-hoa-lac", "mau-an-binh"])
    assert "mau-an-binh" in "\n".join(answer_lines(answered, "vi"))

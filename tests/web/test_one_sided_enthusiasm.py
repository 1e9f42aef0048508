"""Thirty people of one mind publish nothing, and the page says by which rule."""

from html import unescape

import pytest

from notes.notes_desk import Desk
from thuchu.desk import journey
from thuchu.desk.library.models import FactCheck
from thuchu.desk.publishing.models import Standing
from thuchu.desk.web.templatetags.note_words import RULES

pytestmark = pytest.mark.django_db


@pytest.fixture
def enthusiasts(home, now):
    """Twelve notes, each found helpful by the same thirty people."""
    desk = Desk(now)
    letters = "abcdefghjk"
    people = [desk.person(f"Người xóm {one}{two}") for one in "xyz" for two in letters]
    notes = []
    for n in range(12):
        claim = desk.claim(f"Tin số {n} nói rằng ở xóm {'abcdefghmnpq'[n] * 3} có chuyện lạ chưa ai kiểm chứng")
        notes.append(desk.note(desk.person(f"Người viết {'abcdefghmnpq'[n]}"), claim))
        for person in people:
            desk.rate(person, notes[-1], "helpful")
    return notes


def test_thirty_like_minded_raters_publish_nothing_and_the_page_names_the_rule(enthusiasts, client, now):
    journey.settle(now=now)
    journey.settle(now=now.replace(year=now.year + 1))

    statuses = set(Standing.objects.values_list("status", "rule", "agreed"))
    assert statuses == {("needs_more_ratings", "too_few_viewpoints", False)}
    assert not FactCheck.objects.exists()
    page = unescape(client.get(f"/n/{enthusiasts[0]}", headers={"accept-language": "en"}).content.decode())
    assert RULES["too_few_viewpoints"] in " ".join(page.split())

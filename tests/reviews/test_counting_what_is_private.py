"""What only the desk can count: every question once in every way, small cells hidden, only what a period knew."""

from datetime import UTC, date, datetime, timedelta

import pytest
from test_rounds_of_a_desk import HALF_AN_HOUR, TwoCamps

from replies.mailed_desk import BRIDGING, words_of
from thuchu.desk import journey
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.models import Grouping
from thuchu.desk.claims.proposals import confirm
from thuchu.desk.intake import reads
from thuchu.desk.intake.feedback import say
from thuchu.desk.intake.models import Submission
from thuchu.desk.intake.receive import receive, tell_again
from thuchu.desk.intake.tellings import Telling, Told
from thuchu.desk.ledger.append import append
from thuchu.desk.library.figures import notes_that_stopped
from thuchu.desk.library.models import FactCheck
from thuchu.desk.reviews.counting import attested_tables
from thuchu.figures import Period
from thuchu.figures.period import week_of
from thuchu.figures.suppression import HIDDEN
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db
QUARTER = Period(date(2026, 10, 1), date(2027, 1, 1))
SALT = "Uống nước muối loãng mỗi sáng thì diệt được vi rút trong cổ họng"
SALT_BARE = "Uong nuoc muoi loang moi sang thi diet duoc vi rut trong co hong"
OURS, THEIRS = "f00000000001", "f00000000002"


def told(now, kind, *names):
    return Telling(at=now, kind=kind, told=tuple(Told(name, "false") for name in names))


def asked(now, kind, *names, text=SALT, door="web", language="vi"):
    """(number, token) of a question that was told so."""
    telling = told(now, kind, *names)
    more = {"door": door, "language": language, "page_language": "vi", "links": ()}
    token = receive(scrub(text), telling=telling, now=now, **more)
    return reads.number(token), token


class Quarter(TwoCamps):
    """Something of everything, twelve times each, and what a person with a pencil would have counted."""

    def __init__(self, now):
        super().__init__(now)
        for _ in range(12):
            journey.ask(words_of(BRIDGING), door="web", page_language="vi", now=now)
        journey.settle(now=now)
        journey.settle(now=now + HALF_AN_HOUR)
        for place in range(12):
            asked(now, "answer", OURS, text=SALT if place % 2 else SALT_BARE)
        for _ in range(12):
            _, token = asked(now, "suggest", OURS, THEIRS, door="api")
            say(token, THEIRS, "is_it", now=now)
        self.close(words_of(0), 12)
        for _ in range(12):
            journey.ask(words_of(1), door="web", page_language="vi", now=now)

    def close(self, words, times):
        for _ in range(times):
            journey.ask(words, door="web", page_language="vi", now=self.now)
        claim = Grouping.objects.filter(submission__text=words).values_list("claim", flat=True).first()
        first, second = (self.person(name, role="coordinator") for name in ("Điều Phối Sông", "Điều Phối Núi"))
        number = propose_not_checkable(
            claim,
            "not_a_fact",
            reason=scrub("Đây là ý kiến, không phải sự kiện."),
            by=first.pseudonym_id,
            now=self.now,
            has_helpful_note=False,
        )
        confirm(number, by=second.pseudonym_id, now=self.now)


@pytest.fixture
def quarter(home, now):
    return Quarter(now)


def rows(tables, name):
    return {row[0]: row[1:] for row in tables[name].rows}


def test_every_question_is_in_one_part_of_what_became_of_it_and_every_way_of_counting_adds_up(
    quarter, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20):
        tables = attested_tables(QUARTER)

    total, fates = Submission.objects.count(), rows(tables, "fate")
    # The claims of the two camps were questions, too: three of them were answered.
    assert {part: fates[part] for part in ("at_once", "suggestion", "later")} == {
        "at_once": (12,),
        "suggestion": (12,),
        "later": (15,),
    }
    assert fates["all"] == rows(tables, "asked_weeks")["all"] == (total,)
    assert rows(tables, "asked_weeks")[week_of(date(2026, 11, 24))] == (total,)
    assert rows(tables, "fate_clusters")["all"][0] == total


def test_what_happened_after_the_period_counts_as_not_yet(quarter, now):
    over = Period(date(2026, 10, 1), date(2026, 11, 25))
    before = attested_tables(over)

    late = datetime(2026, 11, 26, tzinfo=UTC)
    number = asked(now, "none")[0]
    asked(late, "answer", OURS)
    tell_again(number, told(late, "answer", OURS))

    after = attested_tables(over)
    assert rows(after, "fate")["all"][0] == rows(before, "fate")["all"][0] + 1
    for part in ("at_once", "suggestion", "later"):
        assert rows(after, "fate")[part] == rows(before, "fate")[part]


def test_what_the_page_has_told_since_counts_as_answered_later(home, now):
    for _ in range(12):
        number, _ = asked(now, "none")
        tell_again(number, told(now + timedelta(days=1), "answer", OURS))

    tables = attested_tables(QUARTER)

    assert rows(tables, "fate")["later"] == (12,)


def test_people_told_of_a_correction_are_counted_by_who_looked_since(quarter, now):
    fact_check = FactCheck.objects.filter(note=quarter.notes[BRIDGING]).get().public_id
    numbers = [asked(now, "answer", fact_check)[0] for _ in range(14)]
    lost = now + timedelta(days=2)
    FactCheck.objects.filter(public_id=fact_check).update(imported_at=now)
    append("fact_check.no_longer_agreed", f"fact_check:{fact_check}", {"note": 1, "round": 9}, now=lost)
    for number in numbers[:11]:
        tell_again(number, told(lost + timedelta(hours=1), "none"))

    tables = attested_tables(QUARTER)

    ((again, of, squares),) = tables["correction_reach"].rows
    assert of == 14
    assert squares == 14 * 14
    # Three who weren't told are too few to be shown, and with them those who were.
    assert again == HIDDEN
    assert notes_that_stopped(now, lost + timedelta(days=1)) == [quarter.notes[BRIDGING]]


def test_an_empty_desk_has_its_tables(home):
    tables = attested_tables(QUARTER)

    assert set(tables) >= {"asked_weeks", "asked_doors", "fate", "fate_clusters", "before_deadline", "sources"}

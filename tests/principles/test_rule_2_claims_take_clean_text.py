"""Rule 2 in claims: every field that people fill takes clean text and nothing else."""

from datetime import timedelta

import pytest
from django.apps import apps

from claims.waiting_desk import AN, BINH, CAT, POWER_CUT, SALT_WATER, Desk
from thuchu.desk.claims.appeals import appeal, decide_appeal
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.events import open_event, pin_source
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.proposals import propose_undo
from thuchu.desk.claims.reads import questions_of
from thuchu.desk.claims.split import propose_split
from thuchu.desk.claims.topics import add_topic
from thuchu.desk.claims.withhold import propose_withhold
from thuchu.desk.claims.wording import reword, translate
from thuchu.privacy import scrub

PLANTED = "gọi mình 0912 345 678 nhé"


@pytest.fixture
def desk(db, now):
    desk = Desk(now)
    desk.one, desk.two, desk.closed = desk.claim(SALT_WATER), desk.claim(POWER_CUT), desk.claim(CAT)
    desk.ask(SALT_WATER)
    desk.act = desk.close(desk.closed)
    desk.freeze(desk.two)
    return desk


def times(desk):
    return desk.now, desk.now + timedelta(days=2)


def an_event(desk, vi, en):
    return open_event("storm", names=(vi, en), times=times(desk), areas=[], by=AN, now=desk.now)


def an_appeal(desk):
    return appeal(desk.act, scrub("Xin xem lại."), by=None, now=desk.now)


def a_source(desk, title, words):
    event = an_event(desk, scrub("Bão"), scrub("Storm"))
    address = "https://kttv.example/bao"
    return pin_source(event, "warnings", title=title, address=address, words=words, by=AN, now=desk.now)


def court(desk, reason, order):
    return propose_withhold(desk.two, "court_order", (0, 3), reason, court_order=order, by=AN, now=desk.now)


FIELDS = {
    "wording": lambda d, t: reword(d.one, t, by=AN, now=d.now),
    "translation": lambda d, t: translate(d.one, "en", t, by=AN, now=d.now),
    "reason of a merge": lambda d, t: propose_merge(d.one, d.two, t, by=AN, now=d.now),
    "reason of a split": lambda d, t: propose_split(d.one, questions_of(d.one)[:1], t, by=AN, now=d.now),
    "reason of a closing": lambda d, t: propose_not_checkable(
        d.one, "private", t, by=AN, now=d.now, has_helpful_note=False
    ),
    "reason of a withholding": lambda d, t: court(d, t, scrub("Quyết định 12")),
    "court order": lambda d, t: court(d, scrub("Vì vậy."), t),
    "reason of an undoing": lambda d, t: propose_undo(d.act, t, by=BINH, now=d.now),
    "new words of an undoing": lambda d, t: propose_undo(d.act, scrub("Vì vậy."), by=BINH, now=d.now, wording=t),
    "appeal": lambda d, t: appeal(d.act, t, by=None, now=d.now),
    "answer to an appeal": lambda d, t: decide_appeal(an_appeal(d), "upheld", t, by=9, now=d.now),
    "topic": lambda d, t: add_topic("x", name_vi=t, name_en=scrub("X"), by=AN, now=d.now),
    "topic in English": lambda d, t: add_topic("x", name_vi=scrub("X"), name_en=t, by=AN, now=d.now),
    "event": lambda d, t: an_event(d, t, scrub("Storm")),
    "event in English": lambda d, t: an_event(d, scrub("Bão"), t),
    "source's title": lambda d, t: a_source(d, t, scrub("Gió cấp 9.")),
    "source's words": lambda d, t: a_source(d, scrub("Bản tin bão"), t),
}


@pytest.mark.parametrize("field", FIELDS)
def test_a_text_that_was_not_scrubbed_is_no_argument(desk, field):
    with pytest.raises(TypeError):
        FIELDS[field](desk, PLANTED)


@pytest.mark.parametrize("field", FIELDS)
def test_personal_data_in_it_reaches_no_table(desk, field):
    FIELDS[field](desk, scrub(PLANTED))

    for model in apps.get_models():
        assert "345 678" not in str(list(model.objects.values())), model.__name__

"""Whatever is pasted: an answer or a kind refusal, never an error and never a hang."""

import time
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from thuchu.desk import journey
from thuchu.desk.intake.models import Submission
from thuchu.desk.journey import MessageRefused

pytestmark = pytest.mark.django_db

ODD = [
    "🙂👍🏽🇻🇳" * 200,
    "\u202eđảo ngược\u202c " * 50,
    "\u200b\u200d\ufeff" * 500,
    "\x00" * 300,
    "xin\x00chào\x00các\x00bạn",
    "\ud800\udfff nửa chữ",
    unicodedata.normalize("NFD", "Uống nước muối loãng diệt vi rút trong cổ họng cả nhà ơi"),
    "Uá»‘ng nÆ°á»›c muá»‘i loÃ£ng diá»‡t vi rÃºt",
    "a\u0301\u0302\u0303\u0304" * 400,
    "((((((((((" * 300,
    "." * 4000,
    "http://" * 500,
    "0" * 4000,
    "@" * 4000,
    "ﷺ" * 2000,
    "a b " * 1200,
]
anything = st.one_of(
    st.text(st.characters(exclude_categories=()), max_size=400),
    st.lists(
        st.sampled_from([*"aăđ0.@/:[]()", "http", "www.", "vn", " ", "\n", "\u200b", "\ud800", "🙂", "09", "chấm"]),
        max_size=120,
    ).map("".join),
)


def ask(message, now):
    try:
        return journey.ask(message, door="web", page_language="vi", now=now)
    except MessageRefused:
        return None


@pytest.mark.parametrize("message", ODD, ids=range(len(ODD)))
def test_odd_messages_are_answered_or_refused_within_a_second_or_two(home, now, message):
    began = time.process_time()

    asked = ask(message, now)

    assert time.process_time() - began < 3
    assert asked is None or journey.look_again(asked.token, now=now) is not None


def test_a_megabyte_is_refused_at_once(home, now):
    began = time.process_time()

    assert ask("x" * 1_000_000, now) is None
    assert time.process_time() - began < 0.5


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(anything)
def test_any_text_is_answered_or_refused(home, now, message):
    ask(message, now)

    for row in Submission.objects.all():
        row.text.encode()
    Submission.objects.all().delete()


@pytest.mark.long
@settings(max_examples=4000, deadline=None, suppress_health_check=list(HealthCheck))
@given(anything)
def test_any_text_is_answered_or_refused_at_length(home, now, message):
    ask(message, now)

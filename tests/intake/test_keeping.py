"""How questions are kept: behind a link nobody can guess, for a stated time, and gone when their asker says so."""

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from thuchu.desk.intake import erase, feedback, reads
from thuchu.desk.intake.models import Feedback, FirstQuestion, Submission
from thuchu.desk.intake.receive import TELLINGS_MAX, receive, tell_again
from thuchu.desk.intake.status_link import digest, new_token
from thuchu.desk.intake.tellings import Telling, Told, from_row, to_row
from thuchu.desk.limits import BUCKETS_MAX, KEY_SECONDS, Limiter, client_address
from thuchu.privacy import scrub


def nothing(_numbers):
    """No other room holds anything of these questions."""


def keep(now, text="Nghe nói mai cúp điện cả phường phải không mọi người"):
    return receive(
        scrub(text),
        door="web",
        language="vi",
        page_language="vi",
        telling=Telling(now, "none", ()),
        links=[],
        now=now,
    )


@pytest.mark.django_db
def test_the_database_holds_no_token(now):
    token = keep(now)

    row = Submission.objects.get()
    assert token not in str(vars(row))
    assert row.token_digest == digest(token)


@pytest.mark.django_db
def test_text_that_was_not_scrubbed_is_not_taken(now):
    with pytest.raises(TypeError):
        receive(
            "0912345678",
            door="web",
            language="vi",
            page_language="vi",
            telling=Telling(now, "none", ()),
            links=[],
            now=now,
        )

    assert not Submission.objects.exists()


@pytest.mark.django_db
def test_a_question_is_erased_when_its_asker_says_so_with_what_was_said_of_it(now):
    token = keep(now)
    feedback.say(token, "abc", "is_it", now=now)

    assert erase.delete(token, before=nothing)
    assert not erase.delete(token, before=nothing)
    assert reads.submission(token) is None
    assert not Feedback.objects.exists()


@pytest.mark.django_db
def test_a_question_is_erased_when_its_time_is_over_and_not_before(now):
    keep(now)
    keep(now + timedelta(days=5))

    erased = erase.erase_expired(keep_days=180, now=now + timedelta(days=180, hours=1), before=nothing)

    assert erased == 1
    assert Submission.objects.count() == 1


@pytest.mark.django_db
def test_a_newer_answer_keeps_a_question_longer(now):
    token = keep(now)
    tell_again(reads.number(token), Telling(now + timedelta(days=170), "answer", (Told("abc", "false"),)))

    assert erase.erase_expired(keep_days=180, now=now + timedelta(days=181), before=nothing) == 0


@pytest.mark.django_db
def test_the_first_days_are_over_even_when_every_question_was_erased(now):
    assert reads.nobody_has_asked()
    token = keep(now)
    keep(now)
    erase.delete(token, before=nothing)
    Submission.objects.all().delete()

    assert not reads.nobody_has_asked()
    assert FirstQuestion.objects.count() == 1


@pytest.mark.django_db
def test_saying_it_twice_counts_once_and_the_newer_word_stands(now):
    token = keep(now)

    for says in ("is_it", "is_it", "is_not_it", "is_wrong"):
        assert feedback.say(token, "abc", says, now=now)

    assert reads.submission(token).feedback == {"abc": {"is_not_it", "is_wrong"}}


@pytest.mark.django_db
def test_what_a_script_says_without_end_is_not_kept(now):
    token = keep(now)

    kept = [feedback.say(token, f"f{number}", "is_it", now=now) for number in range(40)]

    assert sum(kept) == feedback.FEEDBACK_ROWS_MAX


@pytest.mark.django_db
def test_telling_the_same_again_is_no_change(now):
    token = keep(now)
    before = Submission.objects.get().told_at

    tell_again(reads.number(token), Telling(now + timedelta(days=1), "none", ()))

    assert Submission.objects.get().told_at == before


@pytest.mark.django_db
def test_tellings_are_bounded_and_the_first_one_stays(now):
    token = keep(now)

    for number in range(50):
        tell_again(reads.number(token), Telling(now + timedelta(days=number), "answer", (Told(f"f{number}", None),)))

    tellings = reads.submission(token).tellings
    assert len(tellings) == TELLINGS_MAX
    assert tellings[0].kind == "none"
    assert tellings[-1].told[0].fact_check == "f49"


@given(
    st.datetimes(timezones=st.just(UTC)).map(lambda d: d.replace(microsecond=0)),
    st.lists(st.tuples(st.text(max_size=12), st.none() | st.sampled_from(["true", "false"])), max_size=5),
)
def test_a_telling_comes_back_from_its_row(at, told):
    telling = Telling(at, "suggest", tuple(Told(*t) for t in told))

    assert from_row(to_row(telling)) == telling


def test_tokens_are_long_and_never_the_same():
    tokens = {new_token() for _ in range(1000)}

    assert len(tokens) == 1000
    assert {len(token) for token in tokens} == {24}


@pytest.mark.parametrize("wrong", ["", "short", "A" * 25, "../../../../etc/passwd__", "A" * 23 + "\n"])
def test_what_cannot_be_a_token_opens_nothing(wrong):
    assert digest(wrong) == ""


def test_an_address_may_send_its_share_and_then_waits():
    limiter = Limiter(per_minute=6)

    waits = [limiter.wait_seconds("192.0.2.1", 0.0) for _ in range(7)]

    assert waits[:6] == [0.0] * 6
    assert waits[6] == pytest.approx(10.0)
    assert limiter.wait_seconds("192.0.2.2", 0.0) == 0.0
    assert limiter.wait_seconds("192.0.2.1", 10.1) == 0.0


def test_a_limiter_keeps_no_address_and_forgets_its_key_within_a_day():
    limiter = Limiter(per_minute=1)
    limiter.wait_seconds("192.0.2.77", 0.0)
    first = set(limiter._buckets)

    limiter.wait_seconds("192.0.2.77", KEY_SECONDS)

    assert "192.0.2.77" not in repr(limiter)
    assert first.isdisjoint(limiter._buckets)


def test_a_limiter_never_grows_beyond_its_bound():
    limiter = Limiter(per_minute=1)
    limiter._buckets.update({number.to_bytes(16): (0.0, 0.0) for number in range(BUCKETS_MAX)})

    limiter.wait_seconds("192.0.2.1", 0.0)

    assert len(limiter._buckets) == 1


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.9", "127.0.0.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.1, 198.51.100.9", "198.51.100.9"),
        (2, "203.0.113.1, 198.51.100.9", "203.0.113.1"),
        (1, "", "127.0.0.1"),
        (1, "198.51.100.9:52114", "198.51.100.9"),
        (1, "2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        (1, "[2001:db8:1:2:bbbb::2]:443", "2001:db8:1:2::/64"),
        (1, "::ffff:198.51.100.9", "198.51.100.9"),
        (1, "unknown", "unknown"),
    ],
)
def test_a_forged_forwarding_line_changes_nothing(settings, proxies, forwarded, expected):
    settings.THUCHU_TRUSTED_PROXIES = proxies

    assert client_address({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}) == expected

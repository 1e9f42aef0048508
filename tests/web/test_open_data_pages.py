"""The open-data page and what it hands out, the corrections, the board: public, calm, and moved by no single act."""

import io
import json
import re
import zipfile
from datetime import date, timedelta

import pytest
from django.utils import timezone
from small_library import SALT

from publishing.test_rounds_of_a_desk import TwoCamps
from thuchu.cli import main
from thuchu.desk import journey
from thuchu.desk.board.count import count_days
from thuchu.desk.board.models import Day
from thuchu.desk.board.reads import board
from thuchu.desk.dump.kept import renew
from thuchu.desk.ledger.append import append, head
from thuchu.desk.library.agreed import name_of
from thuchu.desk.library.withdraw import withdraw
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.rate import rate
from thuchu.desk.publishing.corrections import PAGE_ITEMS
from thuchu.dump import manifest

pytestmark = pytest.mark.django_db

HALF_AN_HOUR = timedelta(minutes=30)


@pytest.fixture
def agreed(home):
    camps = TwoCamps(timezone.now() - timedelta(hours=3))
    journey.settle(now=camps.now)
    journey.settle(now=camps.now + HALF_AN_HOUR)
    return camps


def text(client, path):
    return client.get(path).content.decode()


def lose(camps, note, later=2 * HALF_AN_HOUR):
    for person in camps.raters[::2]:
        rate(person, note, "not_helpful", ["notHelpfulIncorrect"], version=1, now=camps.now)
    journey.settle(now=camps.now + later)


def test_there_is_nothing_to_take_while_nothing_was_made(home, vi, en):
    assert "Bản này đang được tạo" in text(vi, "/open-data/")
    assert "It is being made" in text(en, "/open-data/")
    assert vi.get("/open-data/dump.zip").status_code == 404


def test_what_is_handed_out_is_whole_and_asked_for_again_it_is_the_same(agreed, home, vi, settings):
    made = renew(home, now=timezone.now())

    page = text(vi, "/open-data/")
    response = vi.get("/open-data/dump.zip")
    again = vi.get("/open-data/dump.zip", headers={"if-none-match": response["ETag"]})

    assert made.hash in page
    assert f"curl -fsSO {settings.THUCHU_ADDRESS}/open-data/dump.zip" in page
    assert f"--head {made.seq}:{made.hash}" in page
    assert response["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content))) as packed:
        assert set(packed.namelist()) == {manifest.MANIFEST, *manifest.FILES}
        assert json.loads(packed.read(manifest.MANIFEST))["ledger"]["seq"] == made.seq
    assert again.status_code == 304


def test_the_command_names_a_head_that_the_file_offered_there_holds(agreed, home, vi, tmp_path, capsys):
    """It named the head of the ledger, which goes on while the file stays: an honest stranger's check failed."""
    made = renew(home, now=timezone.now())
    append("link_list.removed", "publisher:1", {"entries": 1}, now=timezone.now())

    named = re.search(r"ledger verify dump --head (\S+)</code>", text(vi, "/open-data/"))[1]
    with zipfile.ZipFile(io.BytesIO(b"".join(vi.get("/open-data/dump.zip").streaming_content))) as packed:
        packed.extractall(tmp_path / "dump")

    assert named == f"{made.seq}:{made.hash}" != f"{head().seq}:{head().hash.hex()}"
    assert main(["ledger", "verify", str(tmp_path / "dump"), "--head", named]) == 0
    assert main(["ledger", "verify", str(tmp_path / "dump"), "--head", f"{head().seq}:{head().hash.hex()}"]) == 3
    said = capsys.readouterr()
    assert f"ends before entry {head().seq}" in said.err
    assert "take a newer dump" in said.err
    assert "doesn't hold" not in said.err


def test_the_page_changes_when_a_dump_was_made_though_no_entry_came(agreed, home, vi):
    before = vi.get("/open-data/")["ETag"]

    renew(home, now=timezone.now())

    assert vi.get("/open-data/")["ETag"] != before
    assert vi.get("/open-data/", headers={"if-none-match": before}).status_code == 200


def test_what_was_hidden_since_is_not_handed_out(agreed, home, vi):
    renew(home, now=timezone.now())
    agreed.withhold(agreed.notes[2], (0, 20))

    assert vi.get("/open-data/dump.zip").status_code == 404


def test_about_and_every_foot_lead_to_it(home, vi):
    assert text(vi, "/about/").count('href="/open-data/"') == 2
    assert 'href="/corrections/"' in text(vi, "/")
    assert 'href="/board/"' in text(vi, "/")


def test_nothing_to_correct_is_said(home, vi, en):
    assert "mọi điều đã nói ở đây vẫn còn nguyên" in text(vi, "/corrections/")
    assert "everything that was said here still holds" in text(en, "/corrections/")


def test_what_lost_its_agreement_stands_there_with_what_it_said_and_what_holds(agreed, vi, en):
    note = agreed.notes[2]
    lose(agreed, note)

    page = text(vi, "/corrections/")

    assert f'href="/f/{name_of(note)}"' in page
    assert "Trước đây nói</dt><dd>Sai" in page
    assert "Không còn đồng thuận, không còn dùng để trả lời ai." in page
    assert "No longer agreed" in text(en, "/corrections/")


def test_what_is_agreed_again_keeps_its_correction(agreed, en):
    note = agreed.notes[2]
    lose(agreed, note)
    for person in agreed.raters[::2]:
        rate(person, note, "helpful", ["helpfulClear"], version=1, now=agreed.now)
    journey.settle(now=agreed.now + 3 * HALF_AN_HOUR)
    journey.settle(now=agreed.now + 4 * HALF_AN_HOUR)

    assert "Agreed again: False" in re.sub(r"\s+", " ", text(en, "/corrections/"))


def test_another_verdict_is_told_with_the_one_before(agreed, home, en):
    note, author = agreed.notes[2], agreed.writers[2]
    edit(author, note, agreed.draft(verdict="misleading"), now=agreed.now + HALF_AN_HOUR)
    for person in agreed.raters:
        rate(person, note, "helpful", ["helpfulClear"], version=2, now=agreed.now)
    for number in (2, 3, 4):
        journey.settle(now=agreed.now + number * HALF_AN_HOUR)

    page = re.sub(r"\s+", " ", text(en, "/corrections/"))

    assert "Another verdict" in page
    assert "It was said</dt><dd>False</dd> <dt>Today</dt><dd>Misleading</dd>" in page


def test_a_withdrawn_one_says_by_whom_and_why(take_in, en, now):
    take_in(SALT)
    withdraw(SALT["url"], "Nguồn đã sửa lại bài", now=now)

    page = text(en, "/corrections/")

    assert "Báo Thử" in page
    assert "“Nguồn đã sửa lại bài”" in page
    assert "24 November 2026" in page


def test_a_hidden_passage_is_told_and_not_shown(agreed, en):
    agreed.withhold(agreed.notes[2], (0, 24))

    page = text(en, "/corrections/")

    assert f"Note {agreed.notes[2]}, version 1" in page
    assert "It led to a person" in page
    assert "A passage is hidden, until" in page
    assert "Nước muối loãng chỉ làm" not in page


def test_many_corrections_are_paged_and_a_strange_page_is_the_first(home, en, now, django_assert_max_num_queries):
    for number in range(PAGE_ITEMS + 5):
        body = {"what": "", "reason": "danger", "days": 30, "proposal": 900 + number, "by": 1, "confirmed_by": 2}
        append("claim.withheld", f"claim:{number + 1}", body | {"reason_digest": "0" * 64}, now=now)

    with django_assert_max_num_queries(25):
        first = text(en, "/corrections/")
    second = text(en, "/corrections/?page=2")

    assert first.count('<li class="card item">') == PAGE_ITEMS
    assert second.count('<li class="card item">') == 5
    assert 'rel="next" href="?page=2"' in first
    assert 'rel="prev" href="?page=1"' in second
    assert text(en, "/corrections/?page=zzz").count('<li class="card item">') == PAGE_ITEMS
    assert "The list ends before this page" in text(en, "/corrections/?page=150")


MONDAY = date(2026, 8, 3)


def days(number, **fields):
    """So many days from a Monday on, all alike."""
    told = {"asked": 20, "opened": 4, "waiting": 33} | fields
    Day.objects.bulk_create(Day(day=MONDAY + timedelta(days=n), **told) for n in range(number))


def test_the_board_begins_with_a_sentence(home, vi, en):
    assert "Chưa có ngày nào được đếm" in text(vi, "/board/")
    assert "No day has been counted yet" in text(en, "/board/")


def test_the_board_tells_weeks_months_and_ranges_in_sentences_tables_and_bars(
    home, en, vi, django_assert_max_num_queries
):
    days(70, waits={"3": 1, "50": 1}, batches={"0": 1, "30": 2})

    with django_assert_max_num_queries(25):
        page = re.sub(r"\s+", " ", text(en, "/board/"))

    assert "In the week from 5 October 2026 to 11 October 2026: 140 questions, and 28 claims" in page
    assert "this many claims waited to be checked: 33." in page
    assert "half had waited at most 3 hours, nine of ten at most 2 days." in page
    assert "On 28 of the last 28 days that was so." in page
    assert page.count('role="img"') == 4
    assert page.count("<table>") == 4
    assert '<th scope="row">30 to 99</th><td>140</td>' in page
    assert "<script" not in page.split("<main")[1]
    assert "140 câu hỏi" in text(vi, "/board/")


def test_small_counts_are_not_told(home, en):
    days(14, asked=1, opened=0, waiting=3, waits={})

    page = text(en, "/board/")
    read = board()

    assert "under 10 questions" in page
    assert "too few to say" in page
    assert (read.weeks[0].asked.value, read.weeks[0].asked.is_small) == (None, True)
    assert (read.waiting.value, read.weeks[0].opened.value) == (None, 0)


def test_half_a_week_and_a_week_with_a_gap_are_not_shown(home):
    days(17)
    Day.objects.filter(day=MONDAY + timedelta(days=8)).delete()

    assert [week.begin for week in board().weeks] == [MONDAY]


def test_the_board_stands_still_until_the_next_day(home, en):
    days(14)
    before = en.get("/board/")["ETag"]

    assert en.get("/board/", headers={"if-none-match": before}).status_code == 304
    Day.objects.create(day=MONDAY + timedelta(days=14), asked=1, opened=1)
    assert en.get("/board/", headers={"if-none-match": before}).status_code == 200


def test_a_day_that_is_over_is_counted_once_and_today_never(home):
    camps = TwoCamps(timezone.now() - timedelta(days=2))
    journey.settle(now=camps.now)
    journey.settle(now=camps.now + HALF_AN_HOUR)
    now = timezone.now()

    assert count_days(now=now) == 2
    assert count_days(now=now) == 0

    first, last = Day.objects.order_by("day")
    assert (first.asked, first.opened) == (9, 9)
    assert first.waiting is None
    assert last.waiting == 6
    assert sum(first.waits.values()) + sum(last.waits.values()) == len(camps.bridging)
    assert [*first.batches, *last.batches] == ["10"]


def test_what_is_erased_later_stays_counted(home):
    camps = TwoCamps(timezone.now() - timedelta(days=2))
    count_days(now=timezone.now())

    journey.erase_old(now=timezone.now() + timedelta(days=400))

    assert camps.notes
    assert sum(Day.objects.values_list("asked", flat=True)) == 9

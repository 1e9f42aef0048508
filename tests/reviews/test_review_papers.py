"""Minutes, publication, and what is put right afterwards: nothing that stood there once disappears."""

import json
from datetime import date

import pytest
from django.db import DatabaseError, transaction

from reviews.review_desk import RESOLVED, SLUG
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reviews import amending, attendance, freezing, minutes, publish, reads, refusals, remarks, resolving
from thuchu.desk.reviews.models import AgendaItem, Amendment, Resolution, Snapshot
from thuchu.privacy import scrub

AFTER = "Từ tháng ba, bàn trực thêm một buổi tối mỗi tuần."
WHY = "Thư ký ghi nhầm tháng; người chủ trì đã nói lại trong cuộc họp."


def view(desk):
    return reads.review(SLUG, now=desk.now)


def test_minutes_are_not_out_while_a_resolution_waits_for_the_chair(desk):
    slug, now = desk.held(), desk.at(date(2027, 1, 12), 17)
    number = desk.resolved(slug)
    minutes.draft(desk.an, slug, desk.at(date(2027, 1, 12), 14), now, now=now)

    with pytest.raises(refusals.Unconfirmed):
        minutes.send_out(desk.an, slug, now=now)
    resolving.confirm(desk.binh, number, now=now)
    minutes.send_out(desk.an, slug, now=now)

    found = view(desk).minutes
    assert (found.phase, found.out_on, found.objections_until) == ("out", date(2027, 1, 12), date(2027, 1, 19))


def test_a_meeting_that_was_not_quorate_is_reported_all_the_same(desk):
    slug, now = desk.not_quorate(), desk.at(date(2027, 1, 12), 17)

    minutes.draft(desk.an, slug, desk.at(date(2027, 1, 12), 14), now, now=now)
    minutes.send_out(desk.an, slug, now=now)

    assert view(desk).line.state == "minutes_out"
    assert view(desk).line.quorate is False


def test_minutes_are_final_when_the_week_is_over_and_every_objection_has_its_answer(desk):
    slug = desk.out()
    now = desk.at(date(2027, 1, 21))
    number = remarks.object_to(None, slug, scrub("Mục hai thiếu ý kiến của tổ dân phố 5."), now=now)
    with pytest.raises(refusals.NotYet):
        minutes.finish(desk.an, slug, now=now)
    with pytest.raises(refusals.ItemsOpen):
        minutes.finish(desk.an, slug, now=desk.at(date(2027, 1, 22)))

    item = AgendaItem.objects.get(position=2).pk
    minutes.write(desk.an, slug, item, scrub("Tổ dân phố 5 muốn có tờ rơi."), now=now)
    remarks.answer(desk.binh, number, scrub("Đúng, đã thêm vào mục hai."), is_shown=True, now=now)
    minutes.finish(desk.an, slug, now=desk.at(date(2027, 1, 22)))

    assert view(desk).minutes.phase == "final"
    with pytest.raises(refusals.WrongState):
        minutes.write(desk.an, slug, item, scrub("Khác"), now=now)


def test_nobody_objects_after_the_week(desk):
    slug = desk.out()

    with pytest.raises(refusals.WrongState):
        remarks.object_to(None, slug, scrub("Muộn mất rồi, tôi biết."), now=desk.at(date(2027, 1, 22)))


def test_the_entry_of_publication_names_everything(desk):
    desk.published()

    entry = Entry.objects.get(kind="review.published")
    body, snapshot = json.loads(entry.body), Snapshot.objects.get()
    assert body["snapshots"] == [snapshot.sha256]
    assert len(body["tables"]) == len({row.table_id for row in snapshot.tables.all()})
    assert [each.partition(" ")[0] for each in body["resolutions"]] == ["01/2026-q4"]
    final = json.loads(Entry.objects.get(kind="review.minutes_final").body)
    assert body["minutes_digest"] == final["digest"]
    assert desk.review.published_at == entry.seq


def test_what_isnt_final_isnt_published(desk):
    with pytest.raises(refusals.WrongState):
        publish.publish(desk.an, desk.out(), now=desk.at(date(2027, 1, 22)))


def test_two_coordinators_amend_and_both_versions_are_shown(desk):
    slug, now = desk.published(), desk.at(date(2027, 2, 1))
    number = amending.propose(desk.an, slug, "resolution", "01/2026-q4", scrub(AFTER), scrub(WHY), now=now)
    assert view(desk).amendments[0].at is None
    with pytest.raises(refusals.SamePerson):
        amending.confirm(desk.an, number, now=now)

    amending.confirm(desk.chi, number, now=now)

    found = view(desk)
    (shown,) = found.amendments
    assert (shown.before, shown.after, shown.why) == (RESOLVED, AFTER, WHY)
    assert found.resolutions[0].text == RESOLVED
    assert Entry.objects.get(pk=shown.entry).kind == "review.amended"
    with pytest.raises(DatabaseError), transaction.atomic():
        Amendment.objects.update(after="Khác")


def test_a_second_amendment_begins_where_the_first_one_ended(desk):
    slug, now = desk.published(), desk.at(date(2027, 2, 1))
    first = amending.propose(desk.an, slug, "resolution", "01/2026-q4", scrub(AFTER), scrub(WHY), now=now)
    other = amending.propose(desk.an, slug, "resolution", "01/2026-q4", scrub("Từ tháng tư."), scrub(WHY), now=now)
    amending.confirm(desk.chi, first, now=now)

    with pytest.raises(refusals.AlreadyDone):
        amending.confirm(desk.chi, other, now=now)
    amending.decline(desk.chi, other)
    with pytest.raises(refusals.NothingNew):
        amending.propose(desk.an, slug, "resolution", "01/2026-q4", scrub(AFTER), scrub(WHY), now=now)
    again = amending.propose(desk.an, slug, "resolution", "01/2026-q4", scrub("Từ tháng tư."), scrub(WHY), now=now)
    assert Amendment.objects.get(pk=again).before == AFTER


@pytest.mark.parametrize("what", ["minutes", "attendance"])
def test_minutes_and_attendance_are_amended_too(desk, what):
    slug, now = desk.published(), desk.at(date(2027, 2, 1))
    rows = {"minutes": AgendaItem.objects.first().pk, "attendance": view(desk).seats[0].number}

    number = amending.propose(desk.an, slug, what, str(rows[what]), scrub("Như vậy mới đúng."), scrub(WHY), now=now)
    amending.confirm(desk.binh, number, now=now)

    assert view(desk).amendments[0].what == what


def test_what_is_not_there_is_not_amended(desk):
    slug, now = desk.published(), desk.at(date(2027, 2, 1))

    for what, about in (("resolution", "09/2026-q4"), ("minutes", "0"), ("attendance", "x"), ("figure", "nothing")):
        with pytest.raises(refusals.NoSuchRow):
            amending.propose(desk.an, slug, what, about, scrub(AFTER), scrub(WHY), now=now)
    with pytest.raises(refusals.ChoiceUnknown):
        amending.propose(desk.an, slug, "verdict", "1", scrub(AFTER), scrub(WHY), now=now)
    assert Resolution.objects.get().text == RESOLVED


def test_a_name_goes_from_a_published_review(desk):
    slug = desk.published()
    seat = view(desk).seats[0].number

    with pytest.raises(refusals.AlreadyDone):
        attendance.erase_name(desk.an, slug, seat, now=desk.at(date(2027, 3, 1)))


def test_figures_are_never_reckoned_again_in_place(desk):
    slug, now = desk.published(), desk.at(date(2027, 2, 1))

    with pytest.raises(refusals.NothingNew):
        freezing.correct(desk.an, slug, scrub("Sai cách tính tuần."), now=now)

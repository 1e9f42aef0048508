"""Shifts on pages: coordinators see who, contributors see places, everybody sees about how many."""

from datetime import timedelta

import pytest
from claims_desk import ClaimsDesk
from django.utils import timezone
from small_library import text_of

from thuchu.desk import journey
from thuchu.desk.claims.events import open_event
from thuchu.desk.ledger.models import Entry
from thuchu.desk.shifts import reads, refusals
from thuchu.desk.shifts.forget import KEPT_DAYS, forget_over
from thuchu.desk.shifts.lay_out import SHIFTS_OF_AN_EVENT_MAX, cancel, lay_out
from thuchu.desk.shifts.models import Duty, Shift
from thuchu.desk.shifts.take import give_back, keep, offer, take, take_over
from thuchu.desk.web.templatetags.claim_words import local_time
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return ClaimsDesk()


@pytest.fixture
def event(desk):
    times = (desk.now - timedelta(hours=3), desk.now + timedelta(days=3))
    names = (scrub("Bão số chín"), scrub("Storm nine"))
    return open_event("storm", names=names, times=times, areas=[], by=desk.an.pseudonym_id, now=desk.now)


def laid_out(desk, event, *, hours=4, wanted=1, begin=0, span=8):
    """Shifts from `begin` hours from now on."""
    starts = desk.now + timedelta(hours=begin)
    lay_out(event, times=(starts, starts + timedelta(hours=span)), hours=hours, wanted=wanted, now=desk.now)
    return list(Shift.objects.order_by("starts").values_list("pk", flat=True))


def seen(desk, event, view, *, with_people=False):
    return reads.shifts_of(event, reader=view.pseudonym_id, with_people=with_people, now=desk.now)


def test_a_time_is_divided_into_shifts_the_last_as_long_as_what_is_left(desk, event):
    laid_out(desk, event, hours=3, span=8)

    lengths = [row.ends - row.starts for row in Shift.objects.order_by("starts")]
    assert lengths == [timedelta(hours=3), timedelta(hours=3), timedelta(hours=2)]
    assert Entry.objects.filter(kind="event.shift_laid_out", subject=f"event:{event}").count() == 3


@pytest.mark.parametrize(
    ("hours", "wanted", "span"), [(0, 1, 8), (13, 1, 8), (4, 0, 8), (4, 21, 8), (4, 1, 0), (4, 1, 99)]
)
def test_odd_lengths_numbers_and_times_are_refused(desk, event, hours, wanted, span):
    with pytest.raises((refusals.WrongTimes, refusals.WrongNumber)):
        laid_out(desk, event, hours=hours, wanted=wanted, span=span)
    assert not Shift.objects.exists()


def test_an_event_has_so_many_shifts_and_no_more(desk, event):
    for _ in range(SHIFTS_OF_AN_EVENT_MAX // 70):
        laid_out(desk, event, hours=1, span=70)
    with pytest.raises(refusals.ShiftsEnough):
        laid_out(desk, event, hours=1, span=70)


def test_a_place_is_taken_once_and_by_as_many_as_are_wanted(desk, event):
    first, second = laid_out(desk, event)
    an, binh = desk.an.pseudonym_id, desk.binh.pseudonym_id
    take(first, person=an, now=desk.now)
    take(first, person=an, now=desk.now)

    with pytest.raises(refusals.ShiftFull):
        take(first, person=binh, now=desk.now)
    give_back(first, person=an, now=desk.now)
    take(first, person=binh, now=desk.now)
    with pytest.raises(refusals.NotOnDuty):
        give_back(first, person=an, now=desk.now)
    take(second, person=binh, now=desk.now)
    assert not Entry.objects.exclude(kind__in=("event.opened", "event.shift_laid_out")).exists()


def test_nobody_is_on_duty_twice_at_once(desk, event):
    laid_out(desk, event)
    rows = laid_out(desk, event, begin=2, hours=4, span=4)
    an = desk.an.pseudonym_id
    take(rows[0], person=an, now=desk.now)

    with pytest.raises(refusals.OnDutyThen):
        take(rows[1], person=an, now=desk.now)


def test_a_swap_is_an_offer_that_another_takes(desk, event):
    first, _ = laid_out(desk, event)
    an, binh = desk.an.pseudonym_id, desk.binh.pseudonym_id
    take(first, person=an, now=desk.now)
    with pytest.raises(refusals.NothingOffered):
        take_over(first, person=binh, now=desk.now)
    offer(first, person=an, now=desk.now)
    assert [each.offered for each in seen(desk, event, desk.binh)] == [1, 0]
    keep(first, person=an, now=desk.now)
    with pytest.raises(refusals.NothingOffered):
        take_over(first, person=binh, now=desk.now)
    offer(first, person=an, now=desk.now)

    take_over(first, person=binh, now=desk.now)

    assert list(Duty.objects.values_list("person", "offered")) == [(binh, False)]


def test_what_is_over_is_neither_taken_nor_cancelled(desk, event):
    first, _ = laid_out(desk, event)
    desk.pass_time(hours=5)

    with pytest.raises(refusals.ShiftOver):
        take(first, person=desk.an.pseudonym_id, now=desk.now)
    with pytest.raises(refusals.ShiftOver):
        cancel(first, now=desk.now)


@pytest.mark.parametrize(
    ("people", "said"), [(0, (0, 0)), (1, (1, 2)), (2, (1, 2)), (3, (3, 5)), (9, (6, 9)), (12, (10, None))]
)
def test_everybody_is_told_about_how_many_and_never_just_how_many(desk, event, people, said):
    first, _ = laid_out(desk, event, wanted=15)
    for person in range(people):
        Duty.objects.create(shift_id=first, person=1000 + person)

    number = reads.on_duty(event, now=desk.now)

    assert (number.least, number.most) == said
    assert reads.on_duty(event, now=desk.now + timedelta(days=2)) is None


def test_only_coordinators_are_told_who(desk, event, vi):
    first, _ = laid_out(desk, event, wanted=2)
    take(first, person=desk.writer.pseudonym_id, now=desk.now)

    assert "Vân Sơn" in text_of(desk.browser(desk.an).get(f"/e/{event}/shifts"))
    other = desk.people.person("Người khác")
    page = text_of(desk.browser(other).get(f"/e/{event}/shifts"))
    assert "Vân Sơn" not in page
    assert "Còn 1 trong 2 chỗ" in page
    public = text_of(vi.get(f"/e/{event}"))
    assert "Đang trực: 1 đến 2 người" in public
    assert "Vân Sơn" not in public
    assert not seen(desk, event, other)[0].people
    assert vi.get(f"/e/{event}/shifts").status_code == 303
    assert desk.browser(desk.newcomer).get(f"/e/{event}/shifts").status_code == 403


def test_a_coordinator_lays_them_out_and_contributors_take_and_swap_them_on_pages(desk, event):
    an, writer, chi = (desk.browser(view) for view in (desk.an, desk.writer, desk.chi))
    starts, ends = desk.now + timedelta(minutes=1), desk.now + timedelta(hours=4)
    times = {"starts": local_time(starts), "ends": local_time(ends)}
    assert an.get(f"/e/{event}/shifts/plan").status_code == 200
    assert an.post(f"/e/{event}/shifts/plan", {**times, "hours": "x", "wanted": "1"}).status_code == 422
    assert an.post(f"/e/{event}/shifts/plan", {**times, "hours": "4", "wanted": "1"}).status_code == 303
    shift = Shift.objects.get().pk
    base = f"/e/{event}/shifts/{shift}"

    assert writer.post(f"{base}/take").status_code == 303
    assert chi.post(f"{base}/take").status_code == 409
    assert "của bạn" in text_of(writer.get(f"/e/{event}/shifts"))
    assert writer.post(f"{base}/offer").status_code == 303
    assert chi.post(f"{base}/take-over").status_code == 303
    assert writer.post(f"{base}/give-back").status_code == 409
    assert writer.post(f"{base}/paint").status_code == 404
    assert writer.post(f"{base}/cancel").status_code == 403
    assert an.post(f"{base}/cancel").status_code == 303
    assert an.post(f"{base}/cancel").status_code == 409
    assert not Duty.objects.exists()


def test_who_leaves_leaves_no_shift_behind(desk, event):
    first, _ = laid_out(desk, event)
    take(first, person=desk.writer.pseudonym_id, now=desk.now)

    journey.leave(desk.writer.id, now=desk.now)

    assert not Duty.objects.exists()


def test_two_weeks_after_the_event_only_numbers_are_left(desk, event):
    first, _ = laid_out(desk, event, wanted=2)
    take(first, person=desk.an.pseudonym_id, now=desk.now)
    assert forget_over(now=timezone.now() + timedelta(days=3 + KEPT_DAYS - 1)) == 0

    assert forget_over(now=timezone.now() + timedelta(days=3 + KEPT_DAYS)) == 1
    assert forget_over(now=timezone.now() + timedelta(days=3 + KEPT_DAYS)) == 0

    assert not Duty.objects.exists()
    assert list(Shift.objects.order_by("starts").values_list("covered", flat=True)) == [1, 0]
    entry = Entry.objects.get(kind="event.shifts_over")
    assert '"covered":1' in entry.body.replace(" ", "") if isinstance(entry.body, str) else entry.body["covered"] == 1


def test_no_entry_and_no_column_counts_what_somebody_does():
    assert {field.name for field in Duty._meta.concrete_fields} == {"id", "shift", "person", "offered"}
    assert {field.name for field in Shift._meta.concrete_fields} == {
        "id",
        "event",
        "starts",
        "ends",
        "wanted",
        "covered",
    }

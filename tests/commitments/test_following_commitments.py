"""A commitment from its resolution to its end: who may say what of it, what the ledger keeps, what never changes."""

import contextlib
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from commitments.meeting_desk import CLASSES, PAGE, by_figure, terms, text
from thuchu.desk.accounts.refusals import NotForYou
from thuchu.desk.claims.models import Area
from thuchu.desk.commitments import refusals
from thuchu.desk.commitments.agree import agree
from thuchu.desk.commitments.decide import drop, extend, replace
from thuchu.desk.commitments.follow import confirm, refuse, report, update
from thuchu.desk.commitments.models import Commitment, Update
from thuchu.desk.commitments.reads import commitment
from thuchu.desk.ledger.append import digest
from thuchu.desk.ledger.reads import newest_of

WHY = "Nhà văn hoá sửa đến hết tháng."


def last_entry():
    entry = newest_of([f"commitment.{verb}" for verb in VERBS], limit=1)[0]
    return entry.kind, entry.subject, dict(entry.body)


VERBS = "agreed updated confirmed report_refused judged extended dropped replaced".split()


def test_a_resolution_in_force_makes_a_commitment_with_its_entry(desk):
    number = desk.agree()

    row = desk.row(number)
    assert (number, row.state, row.due_on, row.original_due_on) == (
        "CK-2026-001",
        "agreed",
        date(2026, 12, 31),
        date(2026, 12, 31),
    )
    assert last_entry() == (
        "commitment.agreed",
        "commitment:CK-2026-001",
        {
            "number": "CK-2026-001",
            "resolution": "01/2026-q3",
            "owner_kind": "role",
            "owner": "duty",
            "due": "2026-12-31",
            "original_due": "2026-12-31",
            "measure": "deliverable",
            "text_digest": digest(CLASSES),
        },
    )


def test_numbers_of_a_year_have_no_gaps_and_begin_again_with_the_next(desk):
    first, second = desk.agree(), desk.agree()
    # In Viet Nam the new year has begun.
    desk.now = desk.now.replace(month=12, day=31, hour=17)
    third = desk.agree(due_on=date(2027, 3, 31))

    assert (first, second, third) == ("CK-2026-001", "CK-2026-002", "CK-2027-001")


@pytest.mark.parametrize(
    ("changed", "refused"),
    [
        ({"owner": ""}, refusals.OwnerWanted),
        ({"owner": "role:chi"}, refusals.OwnerWanted),
        ({"owner": "organisation:999"}, refusals.OwnerWanted),
        ({"owner": "pseudonym:1"}, refusals.OwnerWanted),
        ({"helpers": ("role:duty",)}, refusals.HelperUnknown),
        ({"helpers": ("organisation:x",)}, refusals.HelperUnknown),
        ({"due_on": None}, refusals.DayWanted),
        ({"due_on": date(2026, 11, 23)}, refusals.DayWanted),
        ({"due_on": date(2036, 11, 23)}, refusals.DayWanted),
        ({"measure": ""}, refusals.MeasureWanted),
        ({"evidence": text("")}, refusals.MeasureWanted),
        ({"text": text("")}, refusals.WordsWanted),
        ({"text": text("dài " * 400)}, refusals.WordsTooLong),
        ({"measure": "figure", "figure": "claims_new", "target": "5"}, refusals.TargetWanted),
        ({"measure": "figure", "figure": "wait_median", "target": "một ngày"}, refusals.TargetWanted),
        ({"measure": "figure", "figure": "within_72h", "target": "180"}, refusals.TargetWanted),
        ({"measure": "figure", "figure": "within_72h", "target": "80", "area": "nowhere"}, refusals.AreaUnknown),
        ({"measure": "figure", "figure": "coverage_area", "target": "80"}, refusals.AreaOfFigure),
    ],
)
def test_without_owner_day_measure_or_evidence_wanted_there_is_no_commitment(desk, changed, refused):
    with pytest.raises(refused):
        desk.agree(**changed)

    assert not Commitment.objects.exists()


def test_only_the_figure_of_areas_has_an_area(desk):
    Area.objects.create(code="c1", name_vi="An Bình", name_en="An Binh", kind="country", valid_from=date(2025, 7, 1))
    wanted = {"measure": "figure", "target": "80", "area": "c1"}

    number = desk.agree(figure="coverage_area", **wanted)

    assert last_entry()[2]["measure"] == "figure:coverage_area:c1:at_least:0.8"
    assert desk.row(number).figure_area.code == "c1"
    assert commitment(number, now=desk.now).measure == {
        "vi": "tỷ lệ điều của một địa bàn được trả lời trong 72 giờ (An Bình): ít nhất 80 %",
        "en": "share of an area's claims answered within 72 hours (An Binh): at least 80 %",
    }
    with pytest.raises(refusals.AreaOfFigure):
        desk.agree(figure="within_72h", **wanted)


@pytest.mark.parametrize("resolved", [{"outcome": "rejected"}, {"is_confirmed": False}])
def test_only_what_was_adopted_and_confirmed_makes_commitments_or_moves_them(desk, resolved):
    number = desk.agree()
    other = desk.resolution("02/2026-q3", **resolved).number

    for act in (
        lambda: agree(desk.an, other, terms(), now=desk.now),
        lambda: extend(desk.an, number, other, date(2027, 3, 31), text(WHY), now=desk.now),
        lambda: drop(desk.an, number, other, text(WHY), now=desk.now),
        lambda: replace(desk.an, number, number, other, text(WHY), now=desk.now),
        lambda: agree(desk.an, "", terms(), now=desk.now),
    ):
        with pytest.raises(refusals.ResolutionWanted):
            act()


def test_whoever_holds_no_reviews_agrees_on_nothing(desk):
    with pytest.raises(NotForYou):
        agree(desk.chi, desk.in_force().number, terms(), now=desk.now)


def test_the_owner_reports_and_another_person_in_another_role_confirms(desk):
    number = desk.agree()

    update(desk.dung, number, "contributors", text("Đã thuê được phòng."), text(""), now=desk.now)
    assert last_entry()[2]["state"] == "under_way"
    desk.report(number)
    assert last_entry() == (
        "commitment.updated",
        "commitment:CK-2026-001",
        {
            "state": "reported_done",
            "evidence": 1,
            "on": "2026-11-24",
            "by_role": "duty",
            "text_digest": digest("Hai lớp đã xong, 41 người dự."),
        },
    )
    desk.confirm(number)

    assert desk.row(number).state == "confirmed"
    assert last_entry()[2] == {"on": "2026-11-24", "by_role": "coordinators"}
    kinds = Update.objects.order_by("number").values_list("kind", flat=True)
    assert list(kinds) == ["agreed", "updated", "reported", "confirmed"]


def test_whoever_reported_or_speaks_for_the_owner_confirms_nothing(desk):
    number = desk.agree()
    desk.report(number)

    for person, by_role in ((desk.chi, "contributors"), (desk.dung, "duty")):
        with pytest.raises(refusals.SecondPersonWanted):
            confirm(person, number, by_role, now=desk.now)
    for by_role in ("operator", "organisation", "", "coordinators"):
        with pytest.raises(refusals.SpeakerUnknown):
            confirm(desk.dung, number, by_role, now=desk.now)


def test_nobody_but_the_owner_says_that_it_is_done(desk):
    number = desk.agree()

    with pytest.raises(refusals.OwnersWord):
        desk.report(number, by_role="contributors")


def test_an_organisation_speaks_through_anybody_and_is_confirmed_by_a_role(desk):
    number = desk.agree(owner=f"organisation:{desk.library.pk}", helpers=("role:duty",))

    desk.report(number, by_role="organisation")
    with pytest.raises(refusals.SecondPersonWanted):
        desk.confirm(number, by_role="organisation")
    desk.confirm(number, by_role="duty", person=desk.dung)

    assert desk.row(number).state == "confirmed"


def test_a_report_without_evidence_waits_for_some(desk):
    number = desk.agree()
    desk.report(number, evidence="")

    with pytest.raises(refusals.NothingShown):
        desk.confirm(number)
    with pytest.raises(refusals.ReportWaits):
        desk.report(number)
    desk.now += timedelta(days=3)
    update(desk.chi, number, "duty", text("Đây là trang có ảnh lớp học."), text(PAGE), now=desk.now)
    update(desk.chi, number, "duty", text("Lớp thứ ba sẽ mở sau Tết."), text(""), now=desk.now)
    # What is added is of the report's day, and what was shown stays shown.
    said = last_entry()[2]
    assert (said["on"], said["evidence"], said["state"]) == ("2026-11-24", 1, "reported_done")
    desk.confirm(number)

    assert desk.row(number).state == "confirmed"


def test_what_was_reported_may_be_refused_and_is_under_way_again(desk):
    number = desk.agree()
    desk.report(number)

    refuse(desk.an, number, "coordinators", text("Trang ấy nói về một lớp khác."), now=desk.now)

    assert desk.row(number).state == "under_way"
    assert last_entry()[0] == "commitment.report_refused"
    with pytest.raises(refusals.NotReported):
        desk.confirm(number)
    desk.report(number)


@pytest.mark.parametrize(
    "evidence",
    [
        "999",
        "ảnh trên máy tôi",
        "http://",
        "https://www.facebook.com/nguyen.van.mau",
        "https://x.example/?sdt=0912345678",
    ],
)
def test_what_nobody_can_open_or_leads_to_a_person_is_no_evidence(desk, evidence):
    number = desk.agree()

    with pytest.raises(refusals.EvidenceUnknown):
        desk.report(number, evidence=evidence)

    assert desk.row(number).state == "agreed"


def test_evidence_that_the_desk_keeps_is_named_by_its_number(desk):
    number, kept = desk.agree(), desk.people.evidence()
    kept = getattr(kept, "pk", kept)

    desk.report(number, evidence=str(kept))

    assert Update.objects.latest("pk").evidence_id == kept


def test_a_day_moves_by_a_resolution_and_the_first_one_stays(desk):
    number = desk.agree()

    desk.extend(number, date(2027, 3, 31))

    row = desk.row(number)
    assert (row.due_on, row.original_due_on) == (date(2027, 3, 31), date(2026, 12, 31))
    assert last_entry()[2] == {"due": "2027-03-31", "resolution": "01/2026-q3", "reason_digest": digest(WHY)}
    with pytest.raises(refusals.DayUnchanged):
        desk.extend(number, date(2027, 3, 31))


def test_what_is_replaced_leads_to_what_stands_in_its_place(desk):
    old, new = desk.agree(), desk.agree()

    for wrong in ("CK-2020-001", old, ""):
        with pytest.raises(refusals.NotItsFollower):
            replace(desk.an, old, wrong, "01/2026-q3", text(WHY), now=desk.now)
    replace(desk.an, old, new, "01/2026-q3", text(WHY), now=desk.now)

    assert desk.row(old).replaced_by.number == new
    assert last_entry()[2]["by"] == new


def test_what_has_ended_takes_nothing_more(desk):
    number = desk.agree()
    desk.drop(number)

    for act in (
        lambda: update(desk.chi, number, "duty", text("Còn một lớp nữa."), text(""), now=desk.now),
        lambda: report(desk.chi, number, "duty", text("Còn một lớp nữa."), text(PAGE), now=desk.now),
        lambda: desk.confirm(number),
        lambda: desk.extend(number, date(2027, 3, 31)),
        lambda: desk.drop(number),
    ):
        with pytest.raises(refusals.AlreadyEnded):
            act()
    with pytest.raises(refusals.NoSuchCommitment):
        desk.drop("CK-2026-999")


def test_nobody_confirms_what_a_figure_measures(desk):
    number = agree(desk.an, desk.in_force().number, by_figure(), now=desk.now)
    desk.report(number)

    with pytest.raises(refusals.FiguresSay):
        desk.confirm(number)

    row = desk.row(number)
    assert (row.comparator, row.target) == ("at_most", "86400")


FROZEN = [
    {"original_due_on": date(2027, 1, 1)},
    {"text": "Mở một lớp"},
    {"number": "CK-2026-077"},
    {"owner_role": "operator"},
    {"evidence_wanted": "không cần gì"},
    {"due_on": date(2027, 6, 30)},
    {"state": "dropped"},
    {"state": "confirmed", "due_on": date(2027, 6, 30)},
]


@pytest.mark.parametrize("changed", FROZEN)
def test_the_database_itself_keeps_what_was_agreed(desk, changed):
    number = desk.agree()

    with pytest.raises(DatabaseError), transaction.atomic():
        Commitment.objects.filter(number=number).update(**changed)


def test_the_database_itself_keeps_every_update(desk):
    desk.agree()

    for act in (
        lambda: Update.objects.update(text="khác"),
        lambda: Update.objects.all()._raw_delete("default"),
        lambda: Commitment.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_an_act_that_fails_leaves_neither_row_nor_entry(desk):
    number = desk.agree()
    entries = last_entry()

    with contextlib.suppress(RuntimeError), transaction.atomic():
        desk.drop(number)
        raise RuntimeError("the machine stopped here")

    assert (desk.row(number).state, last_entry()) == ("agreed", entries)

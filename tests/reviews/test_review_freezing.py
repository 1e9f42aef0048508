"""Frozen figures: the same bytes for the same entry, whoever reckons and whenever; what happens later moves none."""

import json
from datetime import date, timedelta

import pytest

from reviews.review_desk import SLUG
from thuchu.desk import journey
from thuchu.desk.accounts.leave import leave
from thuchu.desk.claims.areas import VIET_NAM as VIET_NAMS_AREAS
from thuchu.desk.claims.areas import load_areas
from thuchu.desk.dump.write import write_dump
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reviews import freezing, reads
from thuchu.desk.reviews.models import Review, Snapshot, SnapshotTable, Table
from thuchu.figures import Snapshot as Figures
from thuchu.figures.recompute import recompute

FROZEN_ON = date(2027, 1, 5)


@pytest.fixture
def frozen(desk, now):
    """A desk with areas, a note that was written, and figures frozen after all of it."""
    load_areas(VIET_NAMS_AREAS, now=now)
    desk.note(desk.lan, desk.claim("Ăn măng cụt với nước ngọt sinh ra khí độc trong dạ dày, cả lớp đang đồn"))
    desk.frozen()
    return desk


def again(slug=SLUG):
    """The figures reckoned once more, as of the same entry."""
    review = Review.objects.get(slug=slug)
    up_to = Snapshot.objects.get(review=review).ledger_number
    return freezing._compute(review, up_to=up_to).snapshot.written()


def test_the_entry_names_what_was_frozen(frozen):
    entry, snapshot = Entry.objects.get(kind="review.frozen"), Snapshot.objects.get()
    body = json.loads(entry.body)

    assert body["snapshot_digest"] == snapshot.sha256
    assert set(body["tables"]) <= set(Table.objects.values_list("sha256", flat=True))
    assert (body["ledger_number"], body["review"]) == (entry.seq - 1, SLUG)
    assert body["ledger_hash"] == Entry.objects.get(seq=entry.seq - 1).hash.hex()
    assert frozen.review.area_tree == body["area_tree"]


def test_the_clock_is_the_entrys(frozen):
    snapshot = Snapshot.objects.get()

    assert int(snapshot.computed_at.timestamp() * 1000) == Entry.objects.get(seq=snapshot.ledger_number).time_ms


def test_reckoning_twice_gives_the_same_bytes(frozen):
    assert again() == bytes(Snapshot.objects.get().content)


def test_what_happens_later_moves_no_frozen_figure(frozen):
    before = bytes(Snapshot.objects.get().content)
    frozen.now = frozen.at(date(2027, 1, 9))

    for number in range(12):
        frozen.claim(f"Tin thứ {number} kể rằng đường làng số {number} sắp bị cấm xe đạp cả năm tới")
    leave(frozen.lan.id, now=frozen.now)

    assert again() == before
    assert bytes(Snapshot.objects.get().content) == before


def test_figures_read_back_as_they_were_written(frozen):
    content = bytes(Snapshot.objects.get().content)

    figures = Figures.read(content)

    assert figures.written() == content
    assert figures.figure("claims_new").value == "2"
    assert set(figures.tables) <= set(reads.table_names(SLUG))


def test_the_areas_are_frozen_with_their_names_and_days(frozen):
    names = reads.table(SLUG, "area_names").decode().splitlines()

    assert [line.split(",")[2] for line in names if line.startswith("vn-hue,")] == ["Huế"]
    assert SnapshotTable.objects.filter(key="area_names").count() == 1


def test_anybody_reckons_it_again_from_the_public_dump(frozen, tmp_path):
    write_dump(tmp_path / "dump")

    done = recompute(tmp_path / "dump", SLUG)

    assert done.differences == ()
    assert done.public > 0


def test_a_second_review_of_the_same_days_is_frozen_beside_the_first(frozen):
    from thuchu.desk.reviews import planning

    now = frozen.at(date(2027, 1, 6))
    period = (date(2026, 10, 1), date(2027, 1, 1))
    slug = planning.plan_extraordinary(frozen.an, period, now + timedelta(days=3), now=now)
    planning.open_review(frozen.an, slug, now=now)

    journey.freeze_review(frozen.an, slug, now=now)

    assert Snapshot.objects.count() == 2
    # What is the same is kept once.
    assert Table.objects.count() < SnapshotTable.objects.count()


def test_a_corrected_snapshot_stands_beside_the_frozen_one(frozen, monkeypatch):
    from thuchu.desk.reviews import refusals
    from thuchu.privacy import scrub

    why, now = scrub("Bản phần mềm cũ đếm thiếu một tuần."), frozen.at(date(2027, 1, 8))
    with pytest.raises(refusals.NothingNew):
        freezing.correct(frozen.an, SLUG, why, now=now)
    # Another version of the desk computes.
    monkeypatch.setattr(freezing, "__version__", "99.0")

    freezing.correct(frozen.an, SLUG, why, now=now)

    first, second = Snapshot.objects.order_by("number")
    assert (first.ledger_number, second.ledger_number) == (first.ledger_number, first.ledger_number)
    assert first.code != second.code
    view = reads.review(SLUG, now=now)
    assert (view.frozen.sha256, [each.why for each in view.corrected]) == (first.sha256, [why.text])
    assert Entry.objects.latest("seq").kind == "review.corrected"

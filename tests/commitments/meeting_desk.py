"""A desk that held reviews: what they resolved, who is there, and commitments in any state, made by the verbs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from notes.notes_desk import Desk as NotesDesk
from thuchu.desk.commitments.agree import Terms, agree
from thuchu.desk.commitments.decide import drop, extend
from thuchu.desk.commitments.follow import confirm, report
from thuchu.desk.commitments.models import Commitment
from thuchu.desk.reviews.models import Organisation, Resolution, Review
from thuchu.privacy import scrub

PAGE = "https://yte.example/lop-tap-huan"
CLASSES = "Mở hai lớp tập huấn kiểm chứng tin cho người cao tuổi ở nhà văn hoá"
DAY = timedelta(days=1)


def text(words):
    return scrub(words)


def terms(**changed):
    """What a form that would be taken says."""
    filled = Terms(
        text=text(CLASSES),
        owner="role:duty",
        helpers=(),
        due_on=date(2026, 12, 31),
        measure="deliverable",
        figure="",
        target="",
        area="",
        evidence=text("Danh sách buổi học và ảnh lớp, trên trang của thư viện"),
    )
    return replace(filled, **changed)


def by_figure(**changed):
    """The same, measured by a figure."""
    wanted = {"measure": "figure", "figure": "wait_median", "target": "24", "evidence": text("")}
    return terms(**{**wanted, **changed})


# The steps by which a review comes to a state.
_WAYS = {
    "planned": (),
    "open": ("open",),
    "frozen": ("open", "frozen"),
    "held": ("open", "frozen", "held"),
    "cancelled": ("cancelled",),
}


def review_row(slug, start, end, *, state="held", meeting=None):
    """A review of [start, end) that met two weeks after it, unless said."""
    meeting = meeting or datetime(end.year, end.month, end.day, 2, tzinfo=UTC) + 13 * DAY
    row = Review.objects.create(
        slug=slug,
        kind="quarterly",
        period_start=start,
        period_end=end,
        opens_on=(meeting - 30 * DAY).date(),
        freezes_on=(meeting - 7 * DAY).date(),
        meeting_at=meeting,
        minutes_due_on=(meeting + 3 * DAY).date(),
        final_on=(meeting + 10 * DAY).date(),
    )
    for step in _WAYS[state]:
        row.state = step
        row.frozen_at = 1 if step == "frozen" else row.frozen_at
        row.reason = "Bão số chín." if step == "cancelled" else ""
        row.save()
    return row


def resolution_row(number, review, people, *, now, outcome="adopted"):
    """What a meeting resolved; `people` recorded and confirmed it, the second is None where nobody did."""
    recorded_by, confirmed_by = people
    row = Resolution.objects.create(
        review=review,
        number=number,
        text="Bàn mở lớp cho người cao tuổi trong quý tới.",
        method="consent",
        outcome=outcome,
        recorded_by=recorded_by,
        recorded_at=now,
    )
    if confirmed_by:
        row.confirmed_by, row.confirmed_at = confirmed_by, now
        row.save()
    return row


class MeetingDesk:
    """Its people, a review for each quarter, and a clock that the test turns."""

    def __init__(self, now):
        self.now = now
        self.people = NotesDesk(now)
        self.an = self.people.person("An Nhiên", role="coordinator")
        self.binh = self.people.person("Bình Minh", role="coordinator")
        self.chi = self.people.person("Chi Mai")
        self.dung = self.people.person("Dũng Hà")
        self.library, _ = Organisation.objects.get_or_create(
            name_vi="Thư viện tỉnh", defaults={"name_en": "The province's library"}
        )

    def review(self, slug, start, end, **what):
        return review_row(slug, start, end, **what)

    def third_quarter(self):
        return Review.objects.filter(slug="2026-q3").first() or self.review(
            "2026-q3", date(2026, 7, 1), date(2026, 10, 1)
        )

    def resolution(self, number="01/2026-q3", *, review=None, outcome="adopted", is_confirmed=True):
        people = self.an.pseudonym_id, self.binh.pseudonym_id if is_confirmed else None
        return resolution_row(number, review or self.third_quarter(), people, now=self.now, outcome=outcome)

    def in_force(self):
        return Resolution.objects.filter(number="01/2026-q3").first() or self.resolution()

    def agree(self, **changed):
        return agree(self.an, self.in_force().number, terms(**changed), now=self.now)

    def agree_on_figure(self, **changed):
        return agree(self.an, self.in_force().number, by_figure(**changed), now=self.now)

    def report(self, number, *, evidence=PAGE, by_role="duty", person=None):
        report(person or self.chi, number, by_role, text("Hai lớp đã xong, 41 người dự."), text(evidence), now=self.now)

    def confirm(self, number, *, by_role="coordinators", person=None):
        confirm(person or self.an, number, by_role, now=self.now)

    def extend(self, number, day):
        extend(self.an, number, self.in_force().number, day, text("Nhà văn hoá sửa đến hết tháng."), now=self.now)

    def drop(self, number):
        drop(self.an, number, self.in_force().number, text("Không còn ai đăng ký học nữa."), now=self.now)

    def row(self, number):
        return Commitment.objects.get(number=number)

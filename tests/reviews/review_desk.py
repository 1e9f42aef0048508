"""A desk whose people hold reviews: three coordinators, a contributor, an operator, and a calendar to go through."""

from datetime import date, datetime, timedelta

from notes.notes_desk import Desk
from thuchu.desk import journey
from thuchu.desk.reviews import (
    agenda,
    amending,
    attendance,
    minutes,
    planning,
    publish,
    remarks,
    resolving,
)
from thuchu.desk.reviews.attendance import Seat
from thuchu.desk.reviews.models import AgendaItem, Review
from thuchu.desk.reviews.organisations import add_organisation
from thuchu.desk.reviews.resolving import Resolved
from thuchu.desk.wording import VIET_NAM
from thuchu.privacy import scrub

NOTHING = scrub("")
SLUG = "2026-q4"
RESOLVED = "Từ tháng hai, bàn trực thêm hai buổi tối mỗi tuần ở nhà văn hóa phường."


class ReviewDesk(Desk):
    """A desk that somebody has asked something; `at` is a moment in Viet Nam."""

    def __init__(self, now):
        super().__init__(now)
        self.an = self.person("An Nhiên", role="coordinator")
        self.binh = self.person("Bình Minh", role="coordinator")
        self.chi = self.person("Chi Mai", role="coordinator")
        self.lan = self.person("Lan Anh")
        self.quang = self.person("Quang Minh", role="operator")
        self.asked = self.claim()

    @staticmethod
    def at(day, hour=9):
        return datetime(day.year, day.month, day.day, hour, tzinfo=VIET_NAM)

    @property
    def review(self):
        return Review.objects.get(slug=SLUG)

    def planned(self):
        planning.plan_quarterly(now=self.now)
        return SLUG

    def opened(self):
        slug = self.planned()
        planning.open_review(self.an, slug, now=self.at(date(2026, 12, 13)))
        return slug

    def frozen(self):
        slug = self.opened()
        journey.freeze_review(self.an, slug, now=self.at(date(2027, 1, 5)))
        return slug

    def held(self, *, quorate=True):
        slug, day = self.frozen(), self.at(date(2027, 1, 12), 14)
        if quorate:
            self.seats(slug, day)
        attendance.hold(self.an, slug, now=day)
        return slug

    def seats(self, slug, now):
        places = [add_organisation(self.an, scrub(name), scrub(name), now=now) for name in ("Trường A", "Báo B")]
        for role, place in (("chair", places[0]), ("secretary", places[1]), ("contributor", None), ("partner", None)):
            taken = Seat(role=role, organisation=place, presence="present", way="room", name=NOTHING)
            attendance.seat(self.an, slug, taken, now=now)

    def resolved(self, slug, text=RESOLVED, **other):
        what = Resolved(text=scrub(text), method="consent", outcome="adopted", reasons_against=NOTHING, **other)
        return resolving.record(self.an, slug, what, now=self.at(date(2027, 1, 12), 15))

    def out(self):
        slug, day = self.held(), self.at(date(2027, 1, 12), 16)
        resolving.confirm(self.binh, self.resolved(slug), now=day)
        minutes.draft(self.an, slug, day - timedelta(hours=2), day, now=day)
        first = AgendaItem.objects.order_by("position").first().pk
        minutes.write(self.an, slug, first, scrub("Cả phòng nghe số liệu quý và hỏi về thời gian chờ."), now=day)
        minutes.send_out(self.an, slug, now=self.at(date(2027, 1, 14)))
        return slug

    def published(self):
        slug, day = self.out(), self.at(date(2027, 1, 22))
        minutes.finish(self.an, slug, now=day)
        publish.publish(self.an, slug, now=day)
        return slug

    def not_quorate(self):
        return self.held(quorate=False)

    def cancelled(self):
        slug = self.planned()
        planning.cancel(self.an, slug, scrub("Bão về đúng hôm đó."), now=self.now)
        return slug

    def proposed(self, slug, title="Bàn trực buổi tối"):
        return agenda.propose(None, slug, "training", scrub(title), NOTHING, now=self.at(date(2026, 12, 20)))

    # Every verb, with words that it would take; a test tries each in every state.

    def every_verb(self, slug, now):
        first = (
            AgendaItem.objects.filter(state="accepted").order_by("position").values_list("pk", flat=True).first() or 0
        )
        words = scrub("Một câu đủ dài để được nhận.")
        seat = Seat(role="partner", presence="present", way="room", name=NOTHING)
        what = Resolved(text=words, method="consent", outcome="adopted", reasons_against=NOTHING)
        order = list(AgendaItem.objects.filter(state="accepted").order_by("position").values_list("pk", flat=True))
        return {
            "open": lambda: planning.open_review(self.an, slug, now=now),
            "arrange": lambda: planning.arrange(self.an, slug, now + timedelta(days=9), NOTHING, NOTHING, now=now),
            "cancel": lambda: planning.cancel(self.an, slug, words, now=now),
            "propose": lambda: agenda.propose(None, slug, "training", words, NOTHING, now=now),
            "order": lambda: agenda.order(self.an, slug, order, now=now),
            "close_item": lambda: agenda.close_item(self.an, slug, first, now=now),
            "seat": lambda: attendance.seat(self.an, slug, seat, now=now),
            "freeze": lambda: journey.freeze_review(self.an, slug, now=now),
            "ask": lambda: remarks.ask(None, slug, "wait_median", words, now=now),
            "hold": lambda: attendance.hold(self.an, slug, now=now),
            "record": lambda: resolving.record(self.an, slug, what, now=now),
            "draft": lambda: minutes.draft(self.an, slug, now - timedelta(hours=2), now, now=now),
            "send_out": lambda: minutes.send_out(self.an, slug, now=now),
            "object": lambda: remarks.object_to(None, slug, words, now=now),
            "finish": lambda: minutes.finish(self.an, slug, now=now),
            "publish": lambda: publish.publish(self.an, slug, now=now),
            "amend": lambda: amending.propose(self.an, slug, "minutes", str(first), words, words, now=now),
        }

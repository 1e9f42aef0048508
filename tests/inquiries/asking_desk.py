"""A desk for tests of inquiries: a coordinator, an organisation, a question on its way, and a calendar that is here."""

from datetime import UTC, date, datetime

from notes.notes_desk import Desk as NotesDesk
from thuchu.desk.inquiries.answering import Answer, record_answer
from thuchu.desk.inquiries.calendars import calendar
from thuchu.desk.inquiries.drafting import Draft, draft
from thuchu.desk.inquiries.models import CalendarYear
from thuchu.desk.inquiries.sending import Sent, send
from thuchu.desk.reviews.organisations import add_organisation
from thuchu.privacy import scrub

QUESTION = "Trường có cho học sinh nghỉ ngày 27/11 vì mưa lũ không, và thông báo ở đâu?"
ANSWER = "Nhà trường không cho học sinh nghỉ ngày 27/11. Mọi lịch nghỉ đều được đăng ở trang của trường."
FRIDAY = date(2026, 11, 20)
MONDAY_AFTER = datetime(2026, 11, 30, 3, tzinfo=UTC)


class AskingDesk:
    """What a test says of questions and organisations, done through the room itself."""

    def __init__(self, now):
        self.now = now
        self.notes = NotesDesk(now)
        self.an = self.notes.person("An Nhiên", role="coordinator")

    def organisation(self, name="Trường Tiểu học Hoa Sen", english="Hoa Sen Primary School", **more):
        return add_organisation(self.an, scrub(name), scrub(english), now=self.now, **more)

    def draft(self, organisation=None, question=QUESTION, **more):
        said = Draft(
            organisation=organisation or self.organisation(),
            office=scrub(more.pop("office", "")),
            question=scrub(question),
            **more,
        )
        return draft(self.an, said, now=self.now)

    def sent(self, organisation=None, on=FRIDAY, how="mail", question=QUESTION, claims=(), **rule):
        number = self.draft(organisation, question, claims=claims)
        send(self.an, number, Sent(on=on, how=how, **rule), now=self.now)
        return number

    def answered(self, number, outcome="answered", on=None, words=ANSWER, now=None, document=None, signed_as=""):
        on = on or self.now.date()
        answer = Answer(
            outcome=outcome,
            quoted=scrub(words),
            received_on=on,
            dated=None,
            signed_as=scrub(signed_as),
            document=document,
        )
        return record_answer(self.an, number, answer, now=now or self.now)


def with_calendar(*years):
    """Years that don't ship with us, in which all but weekends is worked: for tests whose clock is the real one."""
    for year in set(years) - calendar().years:
        CalendarYear.objects.get_or_create(year=year, defaults={"loaded_at": datetime(2026, 1, 1, tzinfo=UTC)})

"""A desk whose automatic answers are picked from: answers of a week, and people who practised."""

from datetime import date

from reviews.review_desk import ReviewDesk
from thuchu.desk import journey
from thuchu.desk.intake.receive import receive
from thuchu.desk.intake.tellings import Telling, Told
from thuchu.desk.reviews import auditing
from thuchu.desk.reviews.models import SnapshotTable
from thuchu.privacy import scrub

ASKED = "Tin số {} nói rằng cầu Đen cấm xe tải, có đúng không?"
MONDAY = date(2026, 11, 30)


class AuditDesk(ReviewDesk):
    """Answers given at once in the week before `MONDAY`, and people who practised."""

    def __init__(self, now):
        super().__init__(now)
        self.hoa, self.tam = self.person("Hoa Mai"), self.person("Tâm An")
        self.planned()

    def answered(self, number, day=date(2026, 11, 25), kind="answer"):
        told = (Told("f00000000001", "false"),) if kind != "none" else ()
        at = self.at(day)
        return [
            receive(
                scrub(ASKED.format(place)),
                door="web",
                language="vi",
                page_language="vi",
                telling=Telling(at=at, kind=kind, told=told),
                links=(),
                now=at,
            )
            for place in range(number)
        ]

    def keep(self, day, hour=9):
        journey.keep_reviews(now=self.at(day, hour))

    def judged(self, person, word="right"):
        """This person's word on everything that waits for it."""
        done = 0
        while (found := auditing.next_of(person)) is not None:
            auditing.judge(person, found.number, word)
            done += 1
        return done

    def table(self):
        content = SnapshotTable.objects.filter(key="false_answers_audit").values_list("table__content", flat=True)
        return [bytes(each).decode().splitlines()[1] for each in content]

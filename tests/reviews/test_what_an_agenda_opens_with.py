"""What nobody has to propose stands on an agenda when it opens: what is open from before, and what went wrong."""

from datetime import date, timedelta

from commitments.meeting_desk import terms
from inquiries.asking_desk import AskingDesk
from reviews.review_desk import SLUG
from thuchu.desk import journey
from thuchu.desk.claims.appeals import appeal, decide_appeal
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.models import Claim
from thuchu.desk.claims.withhold import propose_withhold
from thuchu.desk.commitments.agree import agree
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reviews import agenda, planning, reads
from thuchu.desk.web.templatetags.review_words import link_page
from thuchu.privacy import scrub

NEXT = "2027-q1"
WHY = scrub("Trong đó có số nhà của một người.")


class Asking(AskingDesk):
    """Questions to organisations by the coordinator of another desk."""

    def __init__(self, desk, now):
        self.now, self.an = now, desk.an


def linked(desk, slug=NEXT):
    found = reads.review(slug, now=desk.now).items
    return {item.kind: [f"{link.kind} {link.target}" for link in item.links] for item in found}


def acted(desk, number, now):
    journey.confirm_act(number, by=desk.binh.pseudonym_id, now=now)
    return number


def claim(desk, words):
    """One whose words stay, since somebody has rated a note on it."""
    number = desk.claim(words)
    Claim.objects.filter(pk=number).update(frozen_at=desk.now)
    return number


def closed(desk, claim, now):
    by = desk.an.pseudonym_id
    return acted(desk, propose_not_checkable(claim, "not_a_fact", WHY, by=by, now=now, has_helpful_note=False), now)


def test_what_is_open_from_before_is_on_the_agenda_when_the_calendar_opens_it(desk):
    slug = desk.published()
    day = desk.at(date(2027, 1, 25))
    promised = agree(desk.an, f"01/{slug}", terms(due_on=date(2027, 3, 31)), now=day)
    asking = Asking(desk, day)
    school = asking.organisation()
    silent = asking.sent(school, on=date(2027, 1, 22), question="Cầu Đen có cấm xe tải từ tháng hai không?")
    told = asking.sent(school, on=date(2027, 1, 22))
    asking.answered(told, on=day.date())
    hidden, doubted, settled = (claim(desk, f"Tin thứ {n} kể chuyện cầu Đen sắp bị cấm xe tải") for n in (1, 2, 3))
    passage = propose_withhold(hidden, "danger", (0, 5), WHY, by=desk.an.pseudonym_id, now=day)
    acted(desk, passage, day)
    appeal(closed(desk, doubted, day), scrub("Đây là việc kiểm được."), by=None, now=day)
    over = appeal(closed(desk, settled, day), scrub("Đây là việc kiểm được."), by=None, now=day)
    decide_appeal(over, "upheld", scrub("Đúng là ý kiến."), by=desk.chi.pseudonym_id, now=day)

    journey.keep_reviews(now=desk.at(date(2027, 3, 20)))

    assert linked(desk) == {
        "figures": [],
        "carried_over": [f"commitment {promised}", f"inquiry {silent}"],
        "incident": [f"claim {hidden}", f"claim {doubted}"],
    }
    opened = Entry.objects.filter(kind="review.opened").latest("seq").body
    assert f"commitment {promised}" in opened


def test_a_coordinator_opens_with_the_same(desk):
    slug = desk.planned()
    hidden = claim(desk, "Cầu Đen sắp bị cấm xe tải cả năm tới")
    passage = propose_withhold(hidden, "danger", (0, 5), WHY, by=desk.an.pseudonym_id, now=desk.now)
    acted(desk, passage, desk.now)

    journey.open_review(desk.an, slug, now=desk.now + timedelta(days=1))

    assert linked(desk, SLUG)["incident"] == [f"claim {hidden}"]


def test_an_agenda_names_the_first_fifty_and_leaves_the_rest_to_the_register(desk):
    slug = desk.planned()

    planning.open_review(None, slug, about={"incident": [f"claim {n}" for n in range(1, 100)]}, now=desk.now)

    assert linked(desk, SLUG)["incident"] == [f"claim {n}" for n in range(1, agenda.DESKS_LINKS_MAX + 1)]


def test_links_lead_to_pages_that_are_there(desk, client):
    slug = desk.planned()
    journey.open_review(desk.an, slug, now=desk.now)
    agenda.propose(None, slug, "open_floor", scrub("Chợ"), scrub(""), links=["inquiry 3"], now=desk.now)

    link = reads.review(slug, now=desk.now).proposals[0].links[0]
    asked = Asking(desk, desk.now).sent()
    assert client.get(link_page(link).replace("3", str(asked))).status_code == 200

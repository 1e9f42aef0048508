"""A desk that holds reviews, for the browser, in a process of its own: python reviewing_desk.py HOME.

`python reviewing_desk.py HOME later SLUG` lets the week of objections to a review's minutes be over, and
`python reviewing_desk.py HOME work` does what waits for a worker.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "accounts")]
CLAIMS = 12


def main():
    os.environ["THUCHU_HOME"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    match sys.argv[2:]:
        case ["later", slug]:
            a_week_later(slug)
        case ["work"]:
            work()
        case _:
            sys.stdout.write(json.dumps(people()))


def people():
    from django.utils import timezone

    from notes.notes_desk import Desk
    from thuchu.desk import schema
    from thuchu.desk.claims.areas import VIET_NAM, load_areas

    schema.migrate()
    now = timezone.now()
    long_ago = now - timedelta(days=20)
    load_areas(VIET_NAM, now=long_ago)
    desk = Desk(long_ago)
    everybody = {name: desk.person(name, role="coordinator") for name in ("an", "binh")}
    for number in range(CLAIMS):
        desk.claim(f"Tin thứ {number} kể rằng đường làng số {number} sắp bị cấm xe đạp cả năm tới")
    reviews = {
        "published": published(everybody, long_ago),
        "live_vi": _called(everybody["an"], now),
        "live_en": _called(everybody["an"], now),
    }
    work()
    answered_at_once(long_ago, now)
    return {"sessions": {name: _signed_in(view) for name, view in everybody.items()}, "reviews": reviews}


def answered_at_once(then, now):
    """Two automatic answers of a week that is over, picked for the random check."""
    from thuchu.desk.intake.receive import receive
    from thuchu.desk.intake.tellings import Telling, Told
    from thuchu.desk.reviews import auditing, planning
    from thuchu.privacy import scrub

    planning.plan_quarterly(now=then)
    for number in (1, 2):
        text = scrub(f"Cầu số {number} có cấm xe tải không, gọi 0912 345 678 hỏi thì không ai nói")
        told = Telling(at=then, kind="answer", told=(Told("f00000000001", "false"),))
        receive(text, door="web", language="vi", page_language="vi", telling=told, links=(), now=then)
    auditing.draw(now=now)


def a_week_later(slug):
    """As if its minutes had gone out eight days ago: nobody waits a week for a test."""
    from thuchu.desk.reviews.models import Minutes

    row = Minutes.objects.get(review__slug=slug)
    row.out_on -= timedelta(days=8)
    row.objections_until -= timedelta(days=8)
    row.save()


def work():
    """Papers are made here: by a job, in a process of their own."""
    import threading

    from django.utils import timezone

    from thuchu.desk.jobs import worker
    from thuchu.desk.reactions import make_papers

    worker.run({make_papers.name: make_papers}, stop=threading.Event(), now=timezone.now, until_empty=True)


def _signed_in(view):
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from thuchu.desk.accounts.models import Account
    from thuchu.desk.accounts.session import SignedIn, sign_in

    session = SessionStore()
    epoch = Account.objects.get(pk=view.id).epoch
    # A role works with a second factor alone.
    sign_in(session, SignedIn(account_id=view.id, strong=True, epoch=epoch), now=timezone.now())
    session.save()
    return session.session_key


def _called(an, now):
    from thuchu.desk.reviews.planning import plan_extraordinary

    day = now.date()
    return plan_extraordinary(an, (day - timedelta(days=60), day + timedelta(days=1)), now, now=now)


def out(everybody, now):
    """A review that An and Bình held then, its minutes out; gives back its name."""
    from reviews.review_desk import NOTHING, RESOLVED
    from thuchu.desk import journey
    from thuchu.desk.reviews import agenda, attendance, minutes, remarks, resolving
    from thuchu.desk.reviews.attendance import Seat
    from thuchu.desk.reviews.models import AgendaItem, Organisation
    from thuchu.desk.reviews.organisations import add_organisation
    from thuchu.privacy import scrub

    an, binh = everybody["an"], everybody["binh"]
    slug = _called(an, now)
    journey.open_review(an, slug, now=now)
    links = ["claim 1", "figure wait_median"]
    asked = agenda.propose(None, slug, "training", scrub("Tập huấn ở chợ"), NOTHING, links=links, now=now)
    agenda.accept(an, slug, asked, 20, now=now)
    other = agenda.propose(None, slug, "open_floor", scrub("Mua loa mới"), NOTHING, now=now)
    agenda.refuse(an, slug, other, scrub("Việc này của nhà văn hóa."), now=now)
    for name in ("Trường A", "Báo B")[Organisation.objects.count() :]:
        add_organisation(an, scrub(name), scrub(name), area="vn-hue", now=now)
    places = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    for role, place in (("chair", places[0]), ("secretary", places[1]), ("partner", None)):
        taken = Seat(role=role, organisation=place, presence="present", way="room", name=scrub("Hoa"))
        attendance.seat(an, slug, taken, now=now)
    public = Seat(role="public", presence="present", way="online", name=NOTHING, people=24)
    attendance.seat(an, slug, public, now=now)
    journey.freeze_review(an, slug, now=now)
    question = remarks.ask(None, slug, "claims_new", scrub("Vì sao ít vậy so với quý trước?"), now=now)
    remarks.answer(an, question, scrub("Vì bàn mới mở."), is_shown=True, now=now)
    attendance.hold(an, slug, now=now)
    what = resolving.Resolved(
        text=scrub(RESOLVED),
        method="show_of_hands",
        outcome="adopted",
        votes=(7, 1, 0),
        reasons_against=scrub("Xa quá."),
        item=asked,
    )
    resolving.confirm(binh, resolving.record(an, slug, what, now=now), now=now)
    minutes.draft(an, slug, now, now + timedelta(hours=2), now=now)
    for item in AgendaItem.objects.filter(review__slug=slug, state="accepted"):
        minutes.write(an, slug, item.pk, scrub("Cả phòng nghe và hỏi về thời gian chờ."), now=now)
    minutes.send_out(an, slug, now=now)
    return slug


def published(everybody, now):
    """One that they published nine days later, and amended."""
    from reviews.review_desk import RESOLVED
    from thuchu.desk.reviews import amending, minutes, publish
    from thuchu.privacy import scrub

    slug, later = out(everybody, now), now + timedelta(days=9)
    minutes.finish(everybody["an"], slug, now=later)
    publish.publish(everybody["an"], slug, now=later)
    words = scrub(RESOLVED.replace("hai buổi", "một buổi")), scrub("Thư ký nghe nhầm.")
    number = amending.propose(everybody["an"], slug, "resolution", f"01/{slug}", *words, now=later)
    amending.confirm(everybody["binh"], number, now=later)
    return slug


if __name__ == "__main__":
    main()

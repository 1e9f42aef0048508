"""Askers with addresses at a desk of two camps that changes its mind, each step in a process that may be killed.

python told_desk.py HOME make ASKERS    two camps, a note that both find helpful, askers who confirmed an address
python told_desk.py HOME turn MINUTES LIKED NOTE RATER…
                                        everybody rates the note so; two rounds; letters; all so much later
python told_desk.py HOME count          what the desk says it told whom, as JSON
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(TESTS), str(TESTS / "web"), str(TESTS / "publishing"), str(TESTS / "replies")]
MAILBOX = "nguoi{}@thu.example"


def main():
    os.environ["THUCHU_HOME"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    way, *more = sys.argv[2:]
    {"make": _make, "turn": _turn, "count": _count}[way](*more)


def _make(askers):
    from askers import link_of
    from django.utils import timezone
    from mailed_desk import BRIDGING, words_of
    from test_rounds_of_a_desk import TwoCamps

    from thuchu.desk import journey
    from thuchu.desk.intake import reads

    before = timezone.now() - timedelta(hours=2)
    camps = TwoCamps(before)
    for number in range(int(askers)):
        token = journey.ask(words_of(BRIDGING), door="web", page_language="vi", now=before).token
        journey.be_told_by_mail(token, MAILBOX.format(number), language="vi", now=before)
        assert journey.confirm_mail(link_of(reads.number(token)), now=before)
    raters = [person.id for person in camps.raters]
    sys.stdout.write(json.dumps({"note": camps.notes[BRIDGING], "raters": raters}))


def _turn(minutes, liked, note, *raters):
    from django.utils import timezone

    from thuchu.desk import journey
    from thuchu.desk.accounts.reads import account_view
    from thuchu.desk.notes.rate import rate
    from thuchu.desk.replies.send import send_due
    from thuchu.desk.replies.sending import letterhead, server
    from thuchu.desk.replies.smtp import connected

    sys.stdout.write("begun\n")
    sys.stdout.flush()

    def now():
        return timezone.now() + timedelta(minutes=int(minutes))

    said = ("helpful", ["helpfulClear"]) if liked == "helpful" else ("not_helpful", ["notHelpfulIncorrect"])
    for rater in raters:
        rate(account_view(int(rater)), int(note), *said, version=1, now=now())
    for later in (0, 31):
        journey.settle(now=now() + timedelta(minutes=later))
    journey.catch_up()
    journey.tell_askers(now=now() + timedelta(minutes=31))
    with connected(server()) as post:
        while send_due(post, letterhead(), now=lambda: now() + timedelta(minutes=45)):
            pass


def _count():
    from thuchu.desk.replies.figures import asked
    from thuchu.desk.replies.models import Reply, ReplyAddress

    rows = Reply.objects.order_by("submission", "number").exclude(kind="confirm")
    letters = [[each.submission_id, each.key, each.state, json.dumps(each.says)] for each in rows]
    told = dict(ReplyAddress.objects.values_list("submission", "told"))
    sys.stdout.write(json.dumps({"letters": letters, "told": told, "asked": asked().asked}))


if __name__ == "__main__":
    main()

"""A desk that reminds, in processes of its own.

python reminding.py make HOME N     a home with N commitments of three owners, each with a confirmed address
python reminding.py work HOME S     plans, gathers and sends whenever the clock moves; its own is S seconds fast

The clock is a file: a number and a moment.  Whoever finds `die-before` or `die-after` takes it away and is killed with
-9 just before a letter is handed over, or just after; whoever finds `extend` gives one commitment another day.
"""

import json
import os
import signal
import sys
import time
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1])]

START = datetime.fromisoformat("2026-12-01T09:00:00+07:00")
TICK_SECONDS = 0.02


def stand_on(home):
    os.environ["THUCHU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()


def make(number):
    from thuchu.desk import schema

    schema.migrate()
    from commitments.meeting_desk import MeetingDesk
    from thuchu.desk.commitments import owner_mail
    from thuchu.desk.commitments.models import Letter, OwnerAddress
    from thuchu.desk.replies.sealing import link_token

    desk = MeetingDesk(START - timedelta(days=30))
    # One of the owners has exactly one commitment.
    desk.agree(owner="role:operator", due_on=date(2026, 12, 20))
    for place in range(1, number):
        owner = "role:duty" if place % 2 else f"organisation:{desk.library.pk}"
        desk.agree(owner=owner, due_on=date(2026, 12, 5) + timedelta(days=place % 30))
    for place, recipient in enumerate(("role:operator", "role:duty", f"organisation:{desk.library.pk}")):
        address = f"chu-tri-{place}@thu.example"
        owner_mail.leave_address(desk.an, recipient, address, language="vi", now=desk.now)
        nonce = OwnerAddress.objects.get(recipient=recipient).nonce
        assert owner_mail.confirm_address(link_token(nonce, "confirm"), now=desk.now)
    # Asked and answered.
    Letter.objects.update(state="sent", ended_at=desk.now)


def extend(now):
    from commitments.meeting_desk import MeetingDesk
    from thuchu.desk.accounts.reads import account_view
    from thuchu.desk.commitments.models import Commitment

    desk = MeetingDesk.__new__(MeetingDesk)
    desk.now, desk.an = now, account_view(1)
    row = Commitment.objects.order_by("-due_on").first()
    desk.extend(row.number, row.due_on + timedelta(days=10))


def clock(home):
    number, _, moment = (Path(home) / "clock").read_text().partition(" ")
    return int(number), datetime.fromisoformat(moment)


def work(home, fast_by):
    from django.db import connection

    from thuchu.desk.commitments import reminders
    from thuchu.desk.replies.compose import Letterhead

    desk = Letterhead(name="Thực Hư", address="https://ban.example", sender="ban@ban.example", host="ban.example")
    outbox = os.open(Path(home) / "outbox", os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def post(letter):
        die_at(home, "die-before")
        said = {"id": letter.extra_headers["Message-ID"], "to": letter.to[0], "body": letter.body}
        os.write(outbox, (json.dumps(said) + "\n").encode())
        die_at(home, "die-after")

    seen = -1
    while True:
        tick, now = clock(home)
        now += fast_by
        if tick == seen:
            time.sleep(TICK_SECONDS)
            continue
        if found(home, "extend"):
            extend(now)
        reminders.plan(now=now)
        reminders.gather(now=now)
        reminders.send(post, desk, now=partial(_same, now))
        seen = tick
        (Path(home) / f"did-{os.getpid()}").write_text(str(tick))
        connection.close()


def _same(moment):
    return moment


def die_at(home, place):
    if found(home, place):
        os.kill(os.getpid(), signal.SIGKILL)


def found(home, name):
    """Is that file there? Whoever finds it takes it away."""
    try:
        (Path(home) / name).unlink()
    except FileNotFoundError:
        return False
    return True


if __name__ == "__main__":
    stand_on(sys.argv[2])
    if sys.argv[1] == "make":
        make(int(sys.argv[3]))
    else:
        work(sys.argv[2], timedelta(seconds=int(sys.argv[3])))

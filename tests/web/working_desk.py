"""A desk at work for the browser, in processes of its own: python working_desk.py HOME people | worker PORT_OF_A_SITE.

`people` makes those who work there and signs them in; `worker` fetches evidence over a wire that may ask the test's own
site on loopback, which no setting of a desk allows.
"""

import json
import os
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
CLAIMS = {
    "scripts": "Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng, cả xóm đang làm theo",
    "no_scripts": "Ngày mai cả phường cúp điện từ bảy giờ sáng tới năm giờ chiều để sửa trạm biến áp",
    "looked_at": "Luộc trứng gà với giấm chữa khỏi bệnh tiểu đường chỉ trong vòng một tuần lễ",
    "begun": "Cá heo biết đọc báo và viết thư tình bằng tiếng Latinh cổ cho thuỷ thủ",
}
NEWCOMERS = {"scripts": "Chi Mai", "no_scripts": "Dung Hoà"}
RATERS = ("Bình Minh", "Em Ba", "Giang Sông")


def main():
    home = Path(sys.argv[1])
    os.environ["THUCHU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    if sys.argv[2] == "people":
        sys.stdout.write(json.dumps(people()))
    else:
        work(home, int(sys.argv[3]))


def people():
    from django.utils import timezone

    from notes.notes_desk import Desk
    from thuchu.desk import schema
    from thuchu.desk.claims.assign import take
    from thuchu.desk.evidence.models import CaptureRequest
    from thuchu.desk.notes.edit import edit

    schema.migrate()
    now = timezone.now()
    desk = Desk(now)
    claims = {name: desk.claim(words) for name, words in CLAIMS.items()}
    everybody = {name: desk.person(name, may_write=False) for name in (*NEWCOMERS.values(), *RATERS)}
    for way, name in NEWCOMERS.items():
        take(claims[way], person=everybody[name].pseudonym_id, now=now)
    # A desk that has been at work for a while: a note in two versions, and one that somebody has begun.
    everybody["An Nhiên"] = an = desk.person("An Nhiên")
    note = desk.note(an, claims["looked_at"])
    desk.rate(everybody["Bình Minh"], note)
    edit(an, note, desk.draft("Giấm và trứng không chữa được tiểu đường, bác sĩ nói rõ như vậy."), now=now)
    asked = {"by": an.pseudonym_id, "subject": f"claim:{claims['begun']}", "created_at": now, "changed_at": now}
    refused = {"refusal_code": "quote_otherwise", "refusal_values": {"nearest": "Cá heo chỉ nghe tiếng huýt sáo."}}
    pieces = {
        "waiting": CaptureRequest.objects.create(address="https://cho.example/", quote="Một câu.", **asked).pk,
        "refused": CaptureRequest.objects.create(address="https://khac.example/", quote="Một câu.", **asked).pk,
        "ready": CaptureRequest.objects.create(address="https://yte.example/", quote="Một câu.", **asked).pk,
    }
    CaptureRequest.objects.filter(pk=pieces["refused"]).update(state="refused", **refused)
    CaptureRequest.objects.filter(pk=pieces["ready"]).update(state="ready", evidence=desk.evidence())
    sessions = {name: _signed_in(view) for name, view in everybody.items()}
    return {"claims": claims, "sessions": sessions, "note": note, "pieces": pieces}


def _signed_in(view):
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from thuchu.desk.accounts.models import Account
    from thuchu.desk.accounts.session import SignedIn, sign_in

    session = SessionStore()
    epoch = Account.objects.get(pk=view.id).epoch
    sign_in(session, SignedIn(account_id=view.id, strong=False, epoch=epoch), now=timezone.now())
    session.save()
    return session.session_key


def work(home, port):
    from django.utils import timezone

    from thuchu.desk.evidence.fetch import HttpWire
    from thuchu.desk.evidence.requests import CAPTURE_JOB, fetch_requested
    from thuchu.desk.jobs import worker
    from thuchu.desk.jobs.pace import Pace
    from thuchu.desk.jobs.queue import Task

    wire = HttpWire(loopback_ports=frozenset({port}))

    def capture(number):
        fetch_requested(number, now=timezone.now(), wire=wire, home=home)

    pace = Pace(lease_seconds=60, poll_seconds=0.2, upkeep_seconds=5, backoff_seconds=1, backoff_seconds_max=1)
    worker.run({CAPTURE_JOB: Task(CAPTURE_JOB, capture)}, stop=threading.Event(), now=timezone.now, pace=pace)


if __name__ == "__main__":
    main()

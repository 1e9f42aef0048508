"""A desk with a made-up election, made in a process of its own: python election_pages_desk.py HOME.

Says as JSON who is signed in with which session, and the numbers of the event and of its prebunk.
`python election_pages_desk.py HOME fetch` fetches what waits for that, from a made-up web that holds the notice.
"""

import json
import os
import sys
from pathlib import Path

_TESTS = Path(__file__).parents[1]
sys.path[:0] = [str(_TESTS), str(_TESTS / "accounts"), str(_TESTS / "facts"), str(Path(__file__).parent)]


def main():
    os.environ["THUCHU_HOME"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    if sys.argv[2:] == ["fetch"]:
        _fetch()
    else:
        sys.stdout.write(json.dumps(_desk()))


def _fetch():
    from django.conf import settings
    from django.utils import timezone
    from election_desk import ADDRESS, PAGE

    from fake_wire import FakeWire
    from thuchu.desk.evidence.models import CaptureRequest
    from thuchu.desk.evidence.requests import fetch_requested

    for waiting in CaptureRequest.objects.filter(state="waiting"):
        fetch_requested(waiting.pk, now=timezone.now(), wire=FakeWire({ADDRESS: PAGE}), home=settings.THUCHU_HOME)


def _desk():
    from django.conf import settings

    from thuchu.desk import schema

    schema.migrate()
    from claims_desk import ClaimsDesk
    from django.utils import timezone
    from election_desk import ADDRESS, OTHER_HOURS, ElectionDesk

    from thuchu.desk.claims.events import confirm_source, pin_source
    from thuchu.desk.claims.prebunk import write_prebunk
    from thuchu.privacy import scrub

    people = ClaimsDesk()
    desk = ElectionDesk(timezone.now(), Path(sys.argv[1]))
    desk.fact("election_day")
    desk.fact("opening_hours", "mau-an-binh")
    desk.fact("opening_hours", "mau-hoa-lac", words=OTHER_HOURS)
    desk.pin("what_to_bring")
    said = {"title": scrub("Thông báo mẫu"), "words": scrub("Thông báo mẫu của hội đồng bầu cử mẫu.")}
    pinned = pin_source(desk.event, "places", address=ADDRESS, **said, by=people.an.pseudonym_id, now=timezone.now())
    confirm_source(pinned, by=people.binh.pseudonym_id, now=timezone.now())
    prebunk = write_prebunk(
        desk.event,
        "early",
        scrub("Người ốm không đi được thì báo tổ bầu cử để hòm phiếu phụ đến tận nhà."),
        look_up=ADDRESS,
        twists=[scrub("Người ốm không đi được thì coi như bỏ phiếu trắng.")],
        by=people.an.pseudonym_id,
        now=timezone.now(),
    )
    sessions = {
        name: people.browser(view).cookies[settings.SESSION_COOKIE_NAME].value
        for name, view in (("an", people.an), ("binh", people.binh))
    }
    return {"sessions": sessions, "event": desk.event, "prebunk": prebunk}


if __name__ == "__main__":
    main()

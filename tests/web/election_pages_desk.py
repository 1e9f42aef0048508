"""A desk with a made-up election, made in a process of its own: python election_pages_desk.py HOME.

Says as JSON who is signed in with which session, and the number of the event.
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
    sys.stdout.write(json.dumps(_desk()))


def _desk():
    from django.conf import settings

    from thuchu.desk import schema

    schema.migrate()
    from claims_desk import ClaimsDesk
    from django.utils import timezone
    from election_desk import OTHER_HOURS, ElectionDesk

    people = ClaimsDesk()
    desk = ElectionDesk(timezone.now(), Path(sys.argv[1]))
    desk.fact("election_day")
    desk.fact("opening_hours", "mau-an-binh")
    desk.fact("opening_hours", "mau-hoa-lac", words=OTHER_HOURS)
    desk.pin("what_to_bring")
    sessions = {
        name: people.browser(view).cookies[settings.SESSION_COOKIE_NAME].value
        for name, view in (("an", people.an), ("binh", people.binh))
    }
    return {"sessions": sessions, "event": desk.event}


if __name__ == "__main__":
    main()

"""The desk of the whole loop, in processes of its own.

python loop_desk.py HOME people            who was there before, with a past in which they disagreed: sessions as JSON
python loop_desk.py HOME worker PORT       captures evidence, over a wire that may ask the test's own site on loopback
python loop_desk.py HOME settle MINUTES    what the worker does with rounds and letters, so much later than now
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

WEB = Path(__file__).parent
sys.path[:0] = [str(WEB), str(WEB.parent), str(WEB.parent / "publishing")]
WRITER = "Vân Sơn"


def main():
    os.environ["THUCHU_HOME"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    way, *more = sys.argv[2:]
    if way == "people":
        sys.stdout.write(json.dumps(_people()))
    elif way == "worker":
        from working_desk import work

        work(Path(sys.argv[1]), int(more[0]))
    else:
        _settle(int(more[0]))


def _people():
    from django.utils import timezone

    from thuchu.desk import schema

    schema.migrate()
    from test_rounds_of_a_desk import TwoCamps
    from working_desk import _signed_in

    from thuchu.desk import journey

    before = timezone.now() - timedelta(hours=2)
    camps = TwoCamps(before)
    journey.settle(now=before)
    journey.settle(now=before + timedelta(minutes=31))
    return {
        "writer": _signed_in(camps.person(WRITER)),
        "raters": [_signed_in(person) for person in camps.raters],
    }


def _settle(minutes):
    from django.utils import timezone

    from thuchu.desk import journey
    from thuchu.desk.replies.send import send_due
    from thuchu.desk.replies.sending import letterhead, server
    from thuchu.desk.replies.smtp import connected

    def now():
        return timezone.now() + timedelta(minutes=minutes)

    journey.settle(now=now())
    with connected(server()) as post:
        send_due(post, letterhead(), now=now)


if __name__ == "__main__":
    main()

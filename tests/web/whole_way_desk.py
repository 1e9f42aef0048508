"""The desk of the whole way, in a process of its own: python whole_way_desk.py HOME PORT_OF_A_SITE.

Makes those who were there before anybody asked, says as JSON with which session each is signed in, and then is the
desk's worker, over a wire that may ask the test's own site on loopback.
"""

import json
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]
RATERS = ("Dung Hoà", "Em Ba", "Giang Sông")
COORDINATORS = ("An Nhiên", "Bình Minh", "Chi Mai")


def main():
    home = Path(sys.argv[1])
    os.environ["THUCHU_HOME"] = str(home)
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    sys.stdout.write(json.dumps(_sessions()) + "\n")
    sys.stdout.flush()
    from working_desk import work

    work(home, int(sys.argv[2]))


def _sessions():
    from claims_desk import ClaimsDesk
    from django.conf import settings

    from thuchu.desk import schema

    schema.migrate()
    desk = ClaimsDesk()
    people = dict(zip(COORDINATORS, (desk.an, desk.binh, desk.chi), strict=True))
    people |= {name: desk.people.person(name, may_write=False) for name in RATERS}
    return {name: desk.browser(view).cookies[settings.SESSION_COOKIE_NAME].value for name, view in people.items()}


if __name__ == "__main__":
    main()

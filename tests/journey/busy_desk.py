"""A desk that is about to be busy, made in a process of its own: python busy_desk.py HOME CLAIMS.

So many claims, a writer for each, and raters; says as JSON who is signed in with which session.
"""

import json
import os
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parents[1] / "web")]
RATERS = ("Dung Hoà", "Em Ba", "Giang Sông")
ANIMALS = "trâu bò lợn gà vịt ngan ngỗng dê cừu chó mèo thỏ rùa ếch lươn ốc cua tôm".split()


def claim_words(number):
    """A claim that no other is like."""
    animal, other = ANIMALS[number % len(ANIMALS)], ANIMALS[number // len(ANIMALS) % len(ANIMALS)]
    return f"Con {animal} thứ {number} ở xã nhà biết làm thơ tặng con {other} hàng xóm mỗi đêm trăng"


def main():
    os.environ["THUCHU_HOME"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    from claims_desk import ClaimsDesk
    from django.conf import settings

    from thuchu.desk.home import make_ready

    make_ready()
    desk = ClaimsDesk()

    def session(view):
        return desk.browser(view).cookies[settings.SESSION_COOKIE_NAME].value

    # None of them is easily taken for another one, so that every name may be used.
    letters = "abcdeghkmnpqtuxy"
    writers = {}
    for number in range(int(sys.argv[2])):
        name = f"Người viết {letters[number // 16]}{letters[number % 16]}"
        writers[desk.claim(claim_words(number))] = session(desk.people.person(name))
    raters = [session(desk.people.person(name, may_write=False)) for name in RATERS]
    sys.stdout.write(json.dumps({"writers": writers, "raters": raters}))


if __name__ == "__main__":
    main()

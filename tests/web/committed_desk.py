"""A desk with commitments in every state, made in a process of its own: python committed_desk.py HOME.

Says as JSON who is signed in with which session, and the numbers of the commitments.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent), str(Path(__file__).parents[1] / "accounts")]


def main():
    os.environ["THUCHU_HOME"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    sys.stdout.write(json.dumps(_desk()))


def _desk():
    from django.conf import settings
    from django.utils import timezone

    from thuchu.desk import schema

    schema.migrate()
    from signing_in import signed_in

    from commitments.meeting_desk import MeetingDesk
    from thuchu.desk.commitments.judging import judge_all
    from thuchu.desk.wording import day_in_viet_nam

    desk = MeetingDesk(timezone.now() - timedelta(days=60))
    soon = day_in_viet_nam(timezone.now()) + timedelta(days=5)
    library = f"organisation:{desk.library.pk}"
    numbers = {
        "agreed": desk.agree(due_on=soon + timedelta(days=60), helpers=(library,)),
        "overdue": desk.agree(due_on=soon - timedelta(days=25), owner=library),
        "reported": desk.agree(due_on=soon),
        "confirmed": desk.agree(due_on=soon),
        "dropped": desk.agree(due_on=soon),
        "extended": desk.agree(due_on=soon - timedelta(days=20)),
        "figure": desk.agree_on_figure(due_on=soon - timedelta(days=20), figure="within_72h", target="80"),
    }
    desk.extend(numbers["extended"], soon + timedelta(days=30))
    desk.drop(numbers["dropped"])
    for name in ("reported", "confirmed"):
        desk.report(numbers[name])
    desk.confirm(numbers["confirmed"])
    start, end = (soon - timedelta(days=80)), soon
    review = desk.review("2026-du", start, end, state="frozen")
    judge_all(review.slug, _snapshot(review, start, end), now=desk.now)
    people = {"an": desk.an, "chi": desk.chi}
    return {
        "numbers": numbers,
        "sessions": {
            name: signed_in(view.id).cookies[settings.SESSION_COOKIE_NAME].value for name, view in people.items()
        },
    }


def _snapshot(review, start, end):
    """One figure: 78 of a hundred within 72 hours."""
    from thuchu.figures import Figure, Period, Snapshot

    share = Figure(
        key="within_72h",
        klass="public",
        value="0.78",
        unit="share",
        ci_low="0.71",
        ci_high="0.84",
        level="95",
        method="aalen_johansen",
        base="b" * 64,
    )
    return Snapshot(
        review=review.slug,
        period=Period(start, end),
        ledger_number=9,
        ledger_hash="c" * 64,
        definitions="2026-11",
        code="0",
        area_tree="d" * 64,
        figures=(share,),
        tables={},
    )


if __name__ == "__main__":
    main()

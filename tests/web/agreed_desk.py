"""A desk with published notes in every state, made in a process of its own: python agreed_desk.py HOME.

Says as JSON who is signed in with which session, and the addresses of what is there.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

WEB = Path(__file__).parent
sys.path[:0] = [str(WEB), str(WEB.parent), str(WEB.parent / "accounts"), str(WEB.parent / "publishing")]
CURRENT, LOST, DISPUTED, ONE_SIDED = 2, 5, 8, 0
IMPORTED = {
    "url": "https://tin.example/{}",
    "author": {"name": "Báo Thử"},
    "reviewRating": {"@type": "Rating", "alternateName": "Sai"},
    "datePublished": "2026-03-02",
    "inLanguage": "vi",
}
CLAIMS = {
    "nuoc-chanh": "Nước chanh nóng chữa khỏi bệnh tiểu đường trong một tuần, không cần thuốc",
    "la-oi": "Lá ổi nấu với gừng chữa khỏi sốt xuất huyết sau ba ngày, bác sĩ giấu không nói",
}
SAID = "Đoạn hai sai: Bộ Y tế đã nói khác từ tháng trước, mời bàn đọc lại."
ANSWER = "Chúng tôi đã đọc lại nguồn; đoạn hai nói đúng như vậy."


def main():
    os.environ["THUCHU_HOME"] = sys.argv[1]
    os.environ["DJANGO_SETTINGS_MODULE"] = "thuchu.desk.settings"
    import django

    django.setup()
    from thuchu.desk.home import make_ready

    make_ready()
    sys.stdout.write(json.dumps(_desk(Path(sys.argv[1]))))


def _desk(home):
    from django.conf import settings
    from django.utils import timezone
    from signing_in import signed_in
    from test_rounds_of_a_desk import TwoCamps

    from thuchu.desk.library.agreed import name_of

    now = timezone.now() - timedelta(hours=3)
    imported = _imported(home, now)
    desk = TwoCamps(now)
    rival = _rival(desk)
    _rounds(desk, now)
    notes = {name: desk.notes[place] for name, place in _PLACES.items()} | {"rival": rival}
    reports = _reports(desk, notes, now)
    rater = desk.raters[0]
    return {
        "notes": notes,
        "fact_checks": {name: name_of(note) for name, note in notes.items()} | imported,
        "reports": reports,
        "sessions": {"rater": signed_in(rater.id).cookies[settings.SESSION_COOKIE_NAME].value},
    }


_PLACES = {"current": CURRENT, "lost": LOST, "disputed": DISPUTED, "one_sided": ONE_SIDED}


def _imported(home, now):
    """Two fact-checks of a publisher, one of them withdrawn since; their names."""
    from thuchu.desk import journey
    from thuchu.desk.library.reads import by_url

    records = home.parent / "records.jsonl"
    rows = [{**IMPORTED, "url": IMPORTED["url"].format(name), "claimReviewed": said} for name, said in CLAIMS.items()]
    records.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    for _ in journey.take_in(records, publisher="Báo Thử", hosts=["tin.example"], now=now):
        pass
    kept, gone = (row["url"] for row in rows)
    names = {"imported": by_url(kept).id, "withdrawn": by_url(gone).id}
    journey.withdraw_from(gone, "Báo đã rút bài này.", now=now)
    return names


def _rival(desk):
    """Another note on a claim, which both sides find helpful, too, and which says otherwise."""
    (claim,) = desk.claims_of({desk.notes[DISPUTED]})
    text = "Chuyện này có thật, phường đã nói rõ như vậy trong thông báo tuần trước."
    rival = desk.note(desk.person("Người viết khác"), claim, verdict="true", text=text)
    for person in desk.raters:
        desk.rate(person, rival)
    return rival


def _rounds(desk, now):
    from thuchu.desk import journey
    from thuchu.desk.notes.rate import rate

    for minutes in (0, 31):
        journey.settle(now=now + timedelta(minutes=minutes))
    for person in desk.raters[::2]:
        why = ["notHelpfulIncorrect"]
        rate(person, desk.notes[LOST], "not_helpful", why, version=1, now=now + timedelta(minutes=40))
    journey.settle(now=now + timedelta(minutes=70))


def _reports(desk, notes, now):
    """One that waits, one that has an answer, one that two people closed."""
    from thuchu.desk.publishing import reports
    from thuchu.privacy import scrub

    words = scrub(SAID)
    found = {
        name: reports.report_note(notes["current"], words, scrub(""), now=now)
        for name in ("waiting", "answered", "closed")
    }
    for name in ("answered", "closed"):
        reports.answer(desk.raters[1], found[name], "nothing_wrong", scrub(ANSWER), now=now)
    reports.agree(desk.raters[2], found["closed"], now=now)
    return found


if __name__ == "__main__":
    main()

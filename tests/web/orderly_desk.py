"""A desk with claims in every state, made in a process of its own: python orderly_desk.py HOME.

Says as JSON who is signed in with which session, and where the claims, acts, events and private pages are.
"""

import json
import os
import sys
from datetime import timedelta
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1]), str(Path(__file__).parent)]


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
    from claims_desk import CAT, POWER_CUT, SALT_WATER, ClaimsDesk

    from thuchu.desk import journey
    from thuchu.desk.claims.appeals import appeal
    from thuchu.desk.claims.areas import VIET_NAM, load_areas, set_areas
    from thuchu.desk.claims.assign import take
    from thuchu.desk.claims.merge import propose_merge
    from thuchu.desk.claims.models import Claim, Offer
    from thuchu.desk.claims.topics import add_topic, set_topics
    from thuchu.desk.claims.wishes import Wishes
    from thuchu.desk.claims.withhold import propose_withhold
    from thuchu.desk.claims.wording import translate
    from thuchu.privacy import scrub

    desk = ClaimsDesk()
    now, by = desk.now, {"by": desk.an.pseudonym_id, "now": desk.now}

    def asked(words):
        return journey.ask(words, door="web", page_language="vi", now=now).token

    load_areas(VIET_NAM, now=now)
    add_topic("suc-khoe", name_vi=scrub("Sức khoẻ"), name_en=scrub("Health"), **by)
    waits, closed = asked(SALT_WATER), asked(CAT)
    salt, cat = Claim.objects.order_by("pk").values_list("pk", flat=True)
    for _ in range(21):
        desk.ask(SALT_WATER, wishes=Wishes(needed_by=(now + timedelta(days=1)).date()))
    set_topics(salt, ["suc-khoe"], **by)
    set_areas(salt, ["vn-hue", "vn-da-nang"], **by)
    take(salt, person=desk.an.pseudonym_id, now=now)
    act = desk.close(cat)
    appealed = appeal(act, scrub("Con mèo nhà số 5 có thật, cả ngõ đều nghe."), by=None, now=now)
    power = desk.claim(POWER_CUT)
    storm = desk.claim("Bão số chín vào thẳng thành phố Huế đêm nay với gió giật cấp mười bảy")
    merged = desk.claim("Đêm nay bão số chín đổ bộ vào Huế, gió giật tới cấp mười bảy, bà con lưu ý")
    desk.merge(merged, storm)
    private = desk.claim("Cô giáo dạy lớp ba ở cuối ngõ nhà mình mới ly dị chồng có đúng không")
    desk.close(private, "private")
    withheld = desk.claim("Ông chủ quán phở ở số nhà mười hai phố Hàng Bún bị bắt vì buôn lậu thuốc")
    desk.freeze(withheld)
    passage = {"court_order": scrub("Quyết định số 7 của toà."), **by}
    desk.agreed(propose_withhold(withheld, "court_order", (11, 40), scrub("Toà chưa xử."), **passage))
    note = desk.people.note(desk.writer, salt)
    desk.people.note(desk.people.person("Giang Sông"), withheld, ai_drafted=True)
    translate(salt, "en", scrub("Drinking diluted salt water kills the virus in your throat."), **by)
    propose_merge(power, storm, scrub("Cùng nói về đêm bão."), **by)
    Offer.objects.create(claim_id=power, near_id=salt, why="similar", probability_milli=700, at=now)
    event = _event(desk, salt)
    people = {"an": desk.an, "binh": desk.binh, "chi": desk.chi, "writer": desk.writer}
    sessions = {name: desk.browser(view).cookies[settings.SESSION_COOKIE_NAME].value for name, view in people.items()}
    return {
        "sessions": sessions,
        "act": act,
        "appeal": appealed,
        "event": event,
        "note": note,
        "inquiries": _inquiries(desk, salt),
        "claims": {
            "salt": salt,
            "cat": cat,
            "power": power,
            "merged": merged,
            "private": private,
            "withheld": withheld,
        },
        "tokens": {"waits": waits, "closed": closed},
    }


def _inquiries(desk, claim):
    """A question that was answered, one that was not, and a draft."""
    from inquiries.asking_desk import ANSWER, QUESTION, with_calendar
    from thuchu.desk.inquiries.answering import Answer, record_answer
    from thuchu.desk.inquiries.drafting import Draft, draft
    from thuchu.desk.inquiries.sending import Sent, send
    from thuchu.desk.reviews.organisations import add_organisation
    from thuchu.desk.wording import day_in_viet_nam
    from thuchu.privacy import scrub

    an, now, today = desk.an, desk.now, day_in_viet_nam(desk.now)
    with_calendar(*{(today + timedelta(days=days)).year for days in (-30, 0, 30)})
    office = scrub("Phòng Nghiệp vụ Y")
    health = add_organisation(an, scrub("Sở Y tế"), scrub("Department of Health"), area="vn-hue", now=now)
    school = add_organisation(an, scrub("Trường Tiểu học Hoa Sen"), scrub("Hoa Sen Primary School"), now=now)
    words = scrub("Nước muối loãng có diệt được vi rút trong cổ họng không?")
    numbers = {}
    for name, organisation, question in (
        ("answered", health, words),
        ("silent", school, scrub(QUESTION)),
        ("draft", school, scrub(QUESTION)),
    ):
        said = Draft(organisation=organisation, office=office, question=question, claims=[claim])
        numbers[name] = draft(an, said, now=now)
    send(an, numbers["answered"], Sent(on=today - timedelta(days=6), how="mail", rule="law"), now=now)
    send(an, numbers["silent"], Sent(on=today - timedelta(days=20), how="letter"), now=now)
    document = desk.people.evidence("Súc miệng bằng nước muối không diệt được vi rút.")
    came = {"received_on": today, "dated": today - timedelta(days=1), "signed_as": office, "document": document}
    record_answer(an, numbers["answered"], Answer(outcome="answered", quoted=scrub(ANSWER), **came), now=now)
    return {**numbers, "organisation": school}


def _event(desk, claim):
    from thuchu.desk.claims.events import confirm_source, open_event, pin_source, put_under_event
    from thuchu.privacy import scrub

    now, by = desk.now, {"by": desk.an.pseudonym_id, "now": desk.now}
    times = (now - timedelta(days=1), now + timedelta(days=9))
    names = (scrub("Bầu cử Hội đồng nhân dân"), scrub("People's Council election"))
    event = open_event("election", names=names, times=times, areas=["vn-hue"], **by)
    words = {"title": scrub("Hội đồng Bầu cử"), "words": scrub("Ngày bầu cử là ngày 15 tháng 3.")}
    source = pin_source(event, "dates", address="https://hoidongbaucu.example/ngay", **words, **by)
    confirm_source(source, by=desk.binh.pseudonym_id, now=now)
    pin_source(event, "places", address="https://hoidongbaucu.example/noi", **words, **by)
    put_under_event(event, claim, **by)
    return event


if __name__ == "__main__":
    main()

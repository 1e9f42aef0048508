"""The last part of a drill: a wrong fact is pinned, people are told it, and then it is put right."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from thuchu.desk import journey
from thuchu.desk.claims.areas import load_areas
from thuchu.desk.claims.events import open_event
from thuchu.desk.claims.models import ELECTION
from thuchu.desk.claims.wishes import Wishes
from thuchu.desk.drill.findings import Finding, exactly
from thuchu.desk.facts.pinning import Holds, Wanted, confirm, pin
from thuchu.desk.facts.refusals import SamePerson
from thuchu.desk.sample_verbs import capture_page
from thuchu.privacy import scrub

# A commune of the drill's own: what the desk has prepared for its own event stays apart.
_COUNTRY, _PROVINCE, _COMMUNE = "drill", "drill-province", "drill-commune"
_AREAS = (
    "code,kind,name_vi,name_en,parent,valid_from,valid_to\n"
    f"{_COUNTRY},country,Nước Diễn Tập,Drill Country,,2020-01-01,\n"
    f"{_PROVINCE},province,Tỉnh Diễn Tập,Drill Province,{_COUNTRY},2020-01-01,\n"
    f"{_COMMUNE},commune,Xã Diễn Tập,Drill Commune,{_PROVINCE},2020-01-01,\n"
)
_FIELD = "opening_hours"
WRONG, RIGHT = "từ 7 giờ đến 12 giờ", "từ 7 giờ đến 19 giờ"
_QUESTIONS = (
    "Điểm bầu cử mở cửa từ mấy giờ đến mấy giờ?",
    "Mấy giờ thì hết giờ bỏ phiếu vậy mọi người?",
    "Nghe nói phòng bỏ phiếu chỉ mở cửa buổi sáng, qua trưa là đóng, có đúng không?",
    "may gio dong cua phong bo phieu vay",
)
_AN_HOUR = timedelta(hours=1)


def mispin(people: Sequence[int], folder: Path, *, now: datetime) -> list[Finding]:
    """Play it; `people` are two coordinators' numbers, `folder` takes the drill's own areas."""
    first, second = people
    event = _event(first, folder, now)
    wrong = _pinned(event, WRONG, first, now)
    alone = _refuses_one_person(wrong, first, now)
    unconfirmed = [_ask(question, now) for question in _QUESTIONS]
    confirm([wrong], by=second, now=now)
    told = [_ask(question, now) for question in _QUESTIONS]
    clock = now + _AN_HOUR
    confirm([_pinned(event, RIGHT, first, clock)], by=second, now=clock)
    journey.tell_askers(now=clock)
    corrected = [_says(token, RIGHT, clock) for token, _ in told]
    late = clock + timedelta(days=40)
    return [
        exactly("fact", "one_person_refused", int(alone), 1),
        exactly("fact", "unconfirmed_answered", sum(said != "" for _, said in unconfirmed), 0),
        exactly("fact", "told_wrong", sum(said == WRONG for _, said in told), len(told)),
        exactly("fact", "told_right", sum(corrected), len(told)),
        exactly("fact", "stale_answered", sum(_ask(question, late)[1] != "" for question in _QUESTIONS), 0),
    ]


def _event(by: int, folder: Path, now: datetime) -> int:
    areas = folder / "areas.csv"
    areas.write_text(_AREAS, encoding="utf-8")
    load_areas(areas, now=now)
    names = (scrub("Ngày bầu cử của buổi diễn tập"), scrub("Election day of the drill"))
    times = (now - timedelta(days=2), now + timedelta(days=60))
    return open_event(ELECTION, names=names, times=times, areas=[_COMMUNE], by=by, now=now)


def _pinned(event: int, hours: str, by: int, now: datetime) -> int:
    sentence = f"Các phòng bỏ phiếu của xã Diễn Tập mở cửa {hours}."
    page = {"name": "thong-bao.html", "title": "Thông báo", "body": [sentence]}
    kept = capture_page(page, sentence, by=by, now=now)
    wanted = Wanted(field=_FIELD, value_vi=scrub(hours), evidence=kept)
    return pin(event, [wanted], holds=Holds(area=_COMMUNE), by=by, now=now)[0]


def _refuses_one_person(fact: int, by: int, now: datetime) -> bool:
    try:
        confirm([fact], by=by, now=now)
    except SamePerson:
        return True
    return False


def _ask(question: str, now: datetime) -> tuple[str, str]:
    """The private page's token, and what a pinned fact said; "" where none did."""
    wishes = Wishes(area=_COMMUNE)
    asked = journey.ask(question, door="cli", page_language="vi", now=now, wishes=wishes)
    return asked.token, asked.answer.facts[0].value_vi if asked.answer.kind == "fact" else ""


def _says(token: str, value: str, now: datetime) -> bool:
    """Does the asker's page say so now?"""
    view = journey.look_again(token, now=now)
    return view is not None and [fact.value_vi for fact in view.answer.facts] == [value]

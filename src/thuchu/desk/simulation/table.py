"""The table that a review is held at: what coordinators send to the desk's pages, from the agenda to publication."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from thuchu.desk.simulation import script
from thuchu.desk.simulation.browser import Browser, PageFailed
from thuchu.desk.simulation.offices import Offices
from thuchu.desk.simulation.script import Promise, Resolved
from thuchu.desk.simulation.visitors import Member
from thuchu.desk.wording import VIET_NAM

_MEETING = timedelta(hours=2)
# Role, and the organisation by its short name: three roles and two organisations, so that they may resolve.
_SEATS = (("chair", "library"), ("secretary", "school"), ("coordinator", ""), ("contributor", ""), ("public", ""))


@dataclass(slots=True)
class Table:
    """Two coordinators, since each confirms what the other recorded, and a contributor who follows what is promised."""

    first: Member
    second: Member
    contributor: Member
    offices: Offices
    _numbers: dict[str, str] = field(default_factory=dict)

    def open_agenda(self, slug: str) -> None:
        """Before the calendar does."""
        self._act(self.first, slug, "open")

    def propose(self, stranger: Browser, slug: str, title: str) -> None:
        """Anybody may; a coordinator puts it on the agenda."""
        fields = {"kind": "training", "title": title, "text": "", "links": ""}
        stranger.send(f"/reviews/{slug}/propose", fields)
        for item in self._rows(slug, "accept", "item"):
            self._act(self.first, slug, "accept", {"item": item, "minutes": "15"})

    def freeze(self, slug: str) -> None:
        """Before the calendar does."""
        self._act(self.first, slug, "freeze")

    def meet(self, slug: str, resolved: Sequence[Resolved]) -> None:
        """Who is there, what is resolved, and the other coordinator's word on it; every item is spoken of."""
        for role, office in _SEATS:
            people = str(script.PUBLIC_PEOPLE if role == "public" else 1)
            place = self.offices.number(office) if office else ""
            seat = {"role": role, "organisation": place, "presence": "present", "way": "room", "name": ""}
            self._act(self.first, slug, "seat", {**seat, "people": people})
        self._act(self.first, slug, "hold")
        for each in resolved:
            self._act(self.first, slug, "record", _recorded(each))
        for number in self._rows(slug, "confirm", "resolution", by=self.second):
            self._act(self.second, slug, "confirm", {"resolution": number})
        for item in self._rows(slug, "close_item", "item"):
            self._act(self.first, slug, "close_item", {"item": item})

    def write_minutes(self, slug: str, met: datetime) -> None:
        """Drafted, written and let out."""
        times = {"begun_at": _as_typed(met), "ended_at": _as_typed(met + _MEETING)}
        self._act(self.first, slug, "draft", times)
        for item in self._rows(slug, "write", "item"):
            self._act(self.first, slug, "write", {"item": item, "text": script.SAID})
        self._act(self.first, slug, "send_out")

    def publish(self, slug: str) -> None:
        """The minutes are final, and all of it is published."""
        self._act(self.second, slug, "finish")
        self._act(self.second, slug, "publish")

    def agree(self, slug: str, promise: Promise, met_on: date) -> None:
        """Write down what a resolution says."""
        terms = {
            "resolution": _resolution(slug, promise.of),
            "text": promise.text,
            "owner": self.offices.owner(promise.owner),
            "helper": [self.offices.owner(each) for each in promise.helpers],
            "due": (met_on + timedelta(days=promise.due)).isoformat(),
            "measure": "figure" if promise.figure else "deliverable",
            "figure": promise.figure,
            "target": promise.target,
            "area": "",
            "evidence": promise.evidence,
        }
        page = self.first.here().send("/commitments/agree", terms)
        self._numbers[promise.text] = page.leads_to.rsplit("/", 1)[1]

    def tell(self, promise: Promise) -> None:
        """How far it is, with something to see."""
        news = {"by_role": "contributors", "text": f"Đang làm: {promise.text}.", "evidence": script.EVIDENCE}
        self._follow(self.contributor, promise, "update", news)

    def report(self, promise: Promise) -> None:
        """Its owner says that it is done."""
        owner = promise.owner if promise.owner not in script.ORGANISATIONS else "organisation"
        done = {"by_role": owner, "text": f"Đã xong: {promise.text}.", "evidence": script.EVIDENCE}
        self._follow(self.contributor, promise, "report", done)

    def confirm(self, promise: Promise) -> None:
        """A second person, in another role, says so, too."""
        self._follow(self.first, promise, "confirm", {"by_role": "coordinators"})

    def move(self, promise: Promise, slug: str, which: int, until: date) -> None:
        """A resolution gives it another day."""
        words = {"resolution": _resolution(slug, which), "due": until.isoformat(), "reason": promise.why}
        self._follow(self.first, promise, "extend", words)

    def drop(self, promise: Promise, slug: str, which: int) -> None:
        """A resolution ends it."""
        words = {"resolution": _resolution(slug, which), "reason": promise.why}
        self._follow(self.first, promise, "drop", words)

    def _act(self, who: Member, slug: str, act: str, fields: Mapping[str, str] | None = None) -> None:
        who.here().send(f"/reviews/{slug}/hold", {"act": act, **(fields or {})})

    def _follow(self, who: Member, promise: Promise, act: str, fields: Mapping[str, str]) -> None:
        who.here().send(f"/commitments/{self._numbers[promise.text]}/{act}", fields)

    def _rows(self, slug: str, act: str, name: str, *, by: Member | None = None) -> list[str]:
        """The rows that the page offers that act for; raises PageFailed for none."""
        path = f"/reviews/{slug}/hold"
        form = rf'name="act" value="{act}"><input type="hidden" name="{name}" value="([^"]+)"'
        found = re.findall(form, (by or self.first).here().open(path).text)
        if not found:
            raise PageFailed(f"{path}: nothing to {act}")
        return found


def _resolution(slug: str, which: int) -> str:
    return f"{which:02}/{slug}"


def _recorded(resolved: Resolved) -> dict[str, str]:
    agreed, against, abstaining = map(str, resolved.votes) if resolved.votes else ("", "", "")
    return {
        "text": resolved.text,
        "item": "",
        "method": "show_of_hands" if resolved.votes else "consent",
        "outcome": "adopted",
        "agreed": agreed,
        "against": against,
        "abstaining": abstaining,
        "reasons_against": resolved.against,
        "takes_effect_on": "",
        "supersedes": "",
    }


def _as_typed(moment: datetime) -> str:
    return moment.astimezone(VIET_NAM).strftime("%Y-%m-%dT%H:%M")

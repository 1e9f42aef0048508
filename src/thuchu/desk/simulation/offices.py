"""The organisations of a play: written down by a coordinator, asked, and heard, each on the desk's own pages."""

import re
from dataclasses import dataclass, field

from thuchu.desk.simulation.script import ORGANISATIONS, Asked
from thuchu.desk.simulation.visitors import Member
from thuchu.desk.wording import day_in_viet_nam

# Calendar days: offices' days off are known for the years that ship with us.
_ANSWER_DAYS = "10"


@dataclass(slots=True)
class Offices:
    """Whom the desk may ask, by the script's short names; a coordinator does it all."""

    coordinator: Member
    _numbers: dict[str, str] = field(default_factory=dict)
    _inquiries: dict[str, str] = field(default_factory=dict)

    def open(self) -> None:
        """Write them down, and learn their numbers from the list."""
        for vietnamese, english in ORGANISATIONS.values():
            fields = {"name_vi": vietnamese, "name_en": english, "area": ""}
            self.coordinator.here().send("/organisations/add", fields)
        listed = self.coordinator.here().open("/inquiries/draft").text
        for short, (vietnamese, _) in ORGANISATIONS.items():
            found = re.search(rf'<option value="(\d+)"[^>]*>{re.escape(vietnamese)}', listed)
            if found is None:
                raise LookupError(vietnamese)
            self._numbers[short] = found[1]

    def number(self, short: str) -> str:
        """Its number on this desk."""
        return self._numbers[short]

    def owner(self, name: str) -> str:
        """How a form names who owns or helps: a role, or an organisation by its short name."""
        return f"organisation:{self._numbers[name]}" if name in self._numbers else f"role:{name}"

    def ask(self, asked: Asked) -> None:
        """Draft the question, and say that its letter went today."""
        browser = self.coordinator.here()
        words = {"organisation": self._numbers[asked.organisation], "office": asked.office, "question": asked.question}
        page = browser.send("/inquiries/draft", {**words, "claims": "", "area": "", "event": ""})
        sent = {"on": self._today(), "how": "letter", "rule": "desk", "days": _ANSWER_DAYS, "unit": "calendar"}
        browser.send(f"{page.leads_to}/send", sent)
        self._inquiries[asked.question] = page.leads_to

    def answered(self, asked: Asked) -> None:
        """What came today, in its own words."""
        said = {"outcome": "answered", "quoted": asked.answer, "signed_as": asked.signed, "document": ""}
        path = f"{self._inquiries[asked.question]}/answer"
        self.coordinator.here().send(path, {**said, "on": self._today(), "dated": self._today()})

    def _today(self) -> str:
        return day_in_viet_nam(self.coordinator.clock.now).isoformat()

"""Who comes to the pages of a play: strangers once, people with an account for as long as their session lasts."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from thuchu.desk.accounts.codes import code_at
from thuchu.desk.simulation.browser import Browser
from thuchu.desk.simulation.clock import Clock
from thuchu.desk.simulation.joining import PASSWORD

# A session ends thirty days after it began; nobody's ends while they are at something.
_SIGNS_IN_AFTER = timedelta(days=25)


@dataclass(slots=True)
class Member:
    """Somebody with an account, at a browser of their own.

    secret  of the codes on their phone; "" for who has none
    """

    name: str
    secret: str
    browser: Browser
    clock: Clock
    _signed_in_at: datetime | None = None

    def here(self) -> Browser:
        """Their browser, signed in."""
        if self._signed_in_at is None or self.clock.now - self._signed_in_at > _SIGNS_IN_AFTER:
            self.sign_in()
        return self.browser

    def sign_in(self) -> None:
        """With name and password, and with a code where they have one."""
        code = code_at(self.secret, self.clock.now) if self.secret else ""
        self.browser.send("/signin/", {"name": self.name, "password": PASSWORD, "code": code})
        self._signed_in_at = self.clock.now

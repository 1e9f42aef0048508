"""A desk whose askers left addresses: what a test says of them, done through the doors themselves."""

from datetime import timedelta

from test_rounds_of_a_desk import HALF_AN_HOUR, TwoCamps

from thuchu.desk import journey
from thuchu.desk.notes.rate import rate
from thuchu.desk.replies.send import send_due
from thuchu.desk.replies.sending import letterhead
from thuchu.desk.replies.smtp import connected

BRIDGING, ONE_SIDED = 2, 0
WORDS = "Tin số {} nói rằng ở phường {} có chuyện lạ chưa ai kiểm chứng"
MINUTE = timedelta(minutes=1)


def words_of(place):
    return WORDS.format(place, "abcdefghi"[place] * 3)


class MailedDesk(TwoCamps):
    """The desk of two camps, a post office, and people who ask what its notes are about."""

    def __init__(self, now, office):
        super().__init__(now)
        self.office = office

    def ask(self, place=BRIDGING, *, language="vi"):
        """Somebody asks about the claim of that note; the token of their page."""
        return journey.ask(words_of(place), door="web", page_language=language, now=self.now).token

    def subscribe(self, token, address="an@thu.example", *, language="vi"):
        """They leave an address, get the letter, and confirm."""
        journey.be_told_by_mail(token, address, language=language, now=self.now)
        self.send()
        link = next(each for each in self.office.links() if "/email/" in each and not each.endswith("/stop"))
        assert journey.confirm_mail(link.rpartition("/")[2], now=self.now)
        return token

    def send(self, at=None):
        with connected(self.office.server) as post:
            return send_due(post, letterhead(), now=lambda: at or self.now)

    def settle(self, at):
        """A round, and the letters of it."""
        self.now = at
        journey.settle(now=at)
        return self.send()

    def agree(self):
        """Two rounds: the bridging notes are published."""
        first = self.now
        self.settle(first)
        self.settle(first + HALF_AN_HOUR)

    def turn_against(self, place=BRIDGING):
        for person in self.raters[::2]:
            rate(person, self.notes[place], "not_helpful", ["notHelpfulIncorrect"], version=1, now=self.now)

    def news(self):
        """(to, subject) of every letter but those that ask for confirmation."""
        asks = ("Bạn xác nhận", "Confirm")
        found = [(str(each["To"]), str(each["Subject"]).strip()) for each in self.office.letters]
        return [(to, subject) for to, subject in found if not subject.startswith(asks)]

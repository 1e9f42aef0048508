"""A desk of two camps whose note is agreed, edited and agreed again with another verdict, a day apart each."""

from datetime import timedelta

from publishing.test_rounds_of_a_desk import HALF_AN_HOUR, TwoCamps
from thuchu.desk import journey
from thuchu.desk.library.agreed import name_of
from thuchu.desk.notes.edit import edit
from thuchu.desk.notes.rate import rate

DAY = timedelta(days=1)


class StandingDesk(TwoCamps):
    """The note is the third; `agreed_at`, `lost_at`, `again_at` are when its fact-check came to stand so."""

    def __init__(self, now):
        super().__init__(now)
        self.number = self.notes[2]
        self.author = self.writers[2]

    @property
    def name(self):
        return name_of(self.number)

    def agree(self):
        """Two rounds, the second of which says that it is agreed."""
        journey.settle(now=self.now)
        self.agreed_at = self.now + HALF_AN_HOUR
        journey.settle(now=self.agreed_at)

    def lose(self, verdict="misleading"):
        """Its author edits it a day later: what people agreed on stands no more."""
        self.lost_at = self.agreed_at + DAY
        edit(self.author, self.number, self.draft(verdict=verdict), now=self.lost_at)
        journey.settle(now=self.lost_at)

    def agree_again(self):
        """Both camps find the new version helpful, too."""
        self.again_at = self.lost_at + DAY
        for person in self.raters:
            rate(person, self.number, "helpful", ["helpfulClear"], version=2, now=self.again_at - HALF_AN_HOUR)
        journey.settle(now=self.again_at - HALF_AN_HOUR)
        journey.settle(now=self.again_at)

"""A desk for tests: people who ask, coordinators who agree, and a clock that the test turns."""

from datetime import timedelta

from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.join import join_or_open
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.models import Claim
from thuchu.desk.claims.proposals import confirm, propose_undo
from thuchu.desk.claims.split import propose_split
from thuchu.desk.claims.wishes import NO_WISHES
from thuchu.desk.claims.wording import freeze
from thuchu.desk.intake.models import Submission
from thuchu.desk.intake.receive import receive
from thuchu.desk.intake.tellings import Telling
from thuchu.links import find_addresses
from thuchu.privacy import scrub

# Coordinators, by the number of their pseudonym.
AN, BINH, CHI, DUNG = 1, 2, 3, 4
SALT_WATER = "Nghe nói uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng, có đúng không mọi người"
POWER_CUT = "Ngày mai cả phường mình cúp điện từ bảy giờ sáng tới năm giờ chiều để sửa trạm biến áp phải không"
CAT = "Chuyện con mèo nhà hàng xóm biết nói tiếng Pháp trôi chảy là thật hay đùa vậy bà con"


class Desk:
    """A desk whose clock the test turns."""

    def __init__(self, now):
        self.now = now

    def pass_time(self, **span):
        self.now += timedelta(**span)

    def question(self, text):
        """A kept question without a claim; gives back its number."""
        receive(
            scrub(text),
            door="web",
            language="vi",
            page_language="vi",
            telling=Telling(self.now, "none", ()),
            links=[],
            now=self.now,
        )
        return Submission.objects.latest("pk").pk

    def ask(self, text, *, near=(), wishes=NO_WISHES, links=None):
        """Ask; gives back where the question is now."""
        clean = scrub(text)
        found = [address.canonical for address in find_addresses(clean.text)] if links is None else links
        number = self.question(text)
        return join_or_open(number, clean, "vi", links=found, near=near, wishes=wishes, now=self.now)

    def claim(self, text):
        """The number of the claim of a question."""
        return self.ask(text).claim_id

    def row(self, claim_id):
        return Claim.objects.get(pk=claim_id)

    def merge(self, claim_id, into):
        number = propose_merge(claim_id, into, scrub("Hai câu này là một."), by=AN, now=self.now)
        confirm(number, by=BINH, now=self.now)
        return number

    def split(self, claim_id, questions):
        number = propose_split(claim_id, questions, scrub("Đây là hai chuyện."), by=AN, now=self.now)
        confirm(number, by=BINH, now=self.now)
        return number

    def close(self, claim_id, code="not_a_fact"):
        reason = scrub("Bằng chứng không phân xử được điều này.")
        number = propose_not_checkable(claim_id, code, reason, by=AN, now=self.now, has_helpful_note=False)
        confirm(number, by=BINH, now=self.now)
        return number

    def undo(self, act, wording=None):
        words = scrub(wording) if wording else None
        number = propose_undo(act, scrub("Chúng tôi nghĩ lại."), by=CHI, now=self.now, wording=words)
        confirm(number, by=DUNG, now=self.now)
        return number

    def freeze(self, claim_id):
        freeze(claim_id, now=self.now)

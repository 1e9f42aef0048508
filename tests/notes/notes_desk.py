"""A desk for tests of notes: people who signed in, claims that somebody asked about, evidence that is kept."""

import hashlib

from django.db.models import Max

from thuchu.desk.accounts import names
from thuchu.desk.accounts.models import Account, Passkey, Pseudonym, RoleGrant
from thuchu.desk.accounts.practice import pass_practice
from thuchu.desk.accounts.reads import account_view
from thuchu.desk.claims import proposals
from thuchu.desk.claims.join import join_or_open
from thuchu.desk.evidence.models import Capture, Quote, Source
from thuchu.desk.intake.models import Submission
from thuchu.desk.intake.receive import receive
from thuchu.desk.intake.tellings import Telling
from thuchu.desk.notes.drafts import Draft
from thuchu.desk.notes.rate import rate
from thuchu.desk.notes.withhold import propose
from thuchu.desk.notes.write import write
from thuchu.privacy import scrub

SALT_WATER = "Uống nước muối loãng mỗi sáng diệt được vi rút trong cổ họng, cả xóm đang làm theo"
ANSWER = (
    "Nước muối loãng chỉ làm sạch miệng, không diệt được vi rút trong cổ họng. "
    "Bộ Y tế nói súc miệng giúp bớt rát, còn uống nhiều nước muối thì hại thận."
)


class Desk:
    """What a test says of people and things, done through the rooms themselves."""

    def __init__(self, now):
        self.now = now
        # After those of another desk's people in the same database.
        last = Account.objects.aggregate(last=Max("rater_number"))["last"]
        self._rater_number = max(last or 0, 9_000_000_000_000_000_000)

    def person(self, name, *, may_write=True, role=None):
        """Somebody who signed in; with a role, they showed a second factor."""
        pseudonym = Pseudonym.objects.create(name=name, key=names.key(name), joined_at=self.now)
        self._rater_number += 1
        account = Account.objects.create(
            pseudonym=pseudonym, rater_number=self._rater_number, user_handle=name.encode().ljust(64, b".")
        )
        if role:
            RoleGrant.objects.create(account=account, role=role, granted_at=self.now)
            Passkey.objects.create(
                account=account, credential_id=f"key{account.pk}", public_key=b"k", name="máy", added_on=self.now.date()
            )
        if may_write:
            pass_practice(account.pk, self.now)
        return account_view(account.pk)

    def people(self, number):
        return [self.person(f"Người thứ {'abcdefghijklmnopqrstuvwxyz'[n]}{n}") for n in range(number)]

    def claim(self, words=SALT_WATER):
        """A claim that one question opened."""
        text = scrub(words)
        telling = Telling(at=self.now, kind="none", told=())
        receive(text, door="web", language="vi", page_language="vi", telling=telling, links=(), now=self.now)
        submission = Submission.objects.order_by("-pk").first()
        return join_or_open(submission.pk, text, "vi", links=(), now=self.now).claim_id

    def evidence(self, sentence="Súc miệng bằng nước muối không diệt được vi rút."):
        """A sentence kept from a page."""
        digest = hashlib.sha256(sentence.encode()).hexdigest()
        address = f"https://yte.example/{digest[:8]}"
        source, _ = Source.objects.get_or_create(key=address, defaults={"address": address, "host": "yte.example"})
        capture, _ = Capture.objects.get_or_create(
            source=source,
            digest=digest,
            how="fetched",
            defaults={
                "text_digest": digest,
                "media_type": "text/html",
                "size_bytes": 100,
                "title": "Bộ Y tế",
                "status": 200,
                "by": 1,
                "fetched_at": self.now,
            },
        )
        quote, _ = Quote.objects.get_or_create(
            capture=capture,
            start=0,
            end=len(sentence),
            defaults={"exact": sentence, "score": 100.0, "created_at": self.now},
        )
        return quote.pk

    def draft(self, text=ANSWER, *, verdict="false", evidence=None, ai_drafted=False):
        return Draft(
            verdict=verdict,
            text=scrub(text),
            evidence=[self.evidence()] if evidence is None else evidence,
            ai_drafted=ai_drafted,
        )

    def note(self, author, claim=None, **draft):
        claim_id = self.claim() if claim is None else claim
        return write(author, claim_id, self.draft(**draft), now=self.now)

    def rate(self, rater, note, helpfulness="helpful", reasons=None, *, version=1):
        fitting = "notHelpfulIncorrect" if helpfulness == "not_helpful" else "helpfulClear"
        rate(rater, note, helpfulness, reasons or [fitting], version=version, now=self.now)

    def withhold(self, note, passage, *, code="doxxing", version=1, order=None):
        """Two coordinators hide a passage."""
        one, other = self._coordinators()
        proposal = propose(
            one,
            note,
            version,
            passage,
            code=code,
            reason=scrub("Câu này chỉ ra nhà của một người."),
            court_order=order and scrub(order),
            now=self.now,
        )
        proposals.confirm(proposal, by=other.pseudonym_id, now=self.now)

    def _coordinators(self):
        held = RoleGrant.objects.filter(role="coordinator").order_by("pk")
        if held.count() < 2:
            return self.person("Điềm", role="coordinator"), self.person("Đạm", role="coordinator")
        return tuple(account_view(grant.account_id) for grant in held[:2])

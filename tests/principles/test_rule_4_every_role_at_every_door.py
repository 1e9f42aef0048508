"""Rule 4 at the doors: every kind of person sends every form of the desk, filled in so that it may be taken, and no
status, no fact-check, no withheld passage, no closed or merged claim is another afterwards by the act of one of them.
"""

import json
import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone
from every_field import fields_read
from test_rounds_of_a_desk import HALF_AN_HOUR, TwoCamps

from claims.waiting_desk import CAT, POWER_CUT, SALT_WATER
from the_router import addresses
from thuchu.desk import journey
from thuchu.desk.accounts import limits as account_limits
from thuchu.desk.claims.appeals import appeal
from thuchu.desk.claims.areas import VIET_NAM, load_areas
from thuchu.desk.claims.closing import propose_not_checkable
from thuchu.desk.claims.events import open_event, pin_source
from thuchu.desk.claims.merge import propose_merge
from thuchu.desk.claims.models import Claim, Grouping, Proposal
from thuchu.desk.claims.proposals import confirm, propose_undo
from thuchu.desk.intake import limits as intake_limits
from thuchu.desk.library.models import FactCheck, PastVersion
from thuchu.desk.notes.models import Note, Version
from thuchu.desk.notes.withhold import propose as propose_withhold
from thuchu.desk.publishing import reports
from thuchu.desk.publishing.models import Change, Round, Standing
from thuchu.desk.replies import limits as mail_limits
from thuchu.privacy import scrub
from web.signing_in import signed_in

pytestmark = pytest.mark.django_db

IMPORTED = {
    "url": "https://tin.example/nuoc-chanh",
    "claimReviewed": "Nước chanh nóng chữa khỏi bệnh tiểu đường trong một tuần",
    "author": {"name": "Báo Thử"},
    "reviewRating": {"@type": "Rating", "alternateName": "Sai"},
    "inLanguage": "vi",
}
WORDS = "Chúng tôi đọc lại biên bản và gọi cho người phụ trách: tin này không đúng, mọi việc vẫn như cũ từ đầu năm."
WHY = scrub("Để mọi người dễ tìm.")
# What a field may plausibly hold, by its name; a form is sent once with the first of each, once with the second, …
CHOICES = {
    "code": ("danger", "not_a_fact", "court_order"),
    "outcome": ("nothing_wrong", "overturned", "withdrawn", "note_withdrawn"),
    "helpfulness": ("not_helpful", "helpful"),
    "reasons": ("notHelpfulIncorrect", "helpfulClear"),
    "verdict": ("true", "misleading"),
    "go": ("on", "preview"),
    "role": ("coordinator", "operator"),
    "act": ("cancel", "amend", "hold", "publish"),
    "version": ("1",),
    "court_order": ("Bản án số 12 của toà án tỉnh, ngày 3 tháng 2",),
    "word": ("wrong", "right"),
    "opened": ("1",),
    "says": ("wrong", "mine"),
    "topic": ("suc-khoe",),
    "area": ("",),
    "kind": ("storm", "election"),
    "knows_last": ("yes",),
    "next": ("/queue/",),
    "name": ("Bình Minh",),
    "to": ("Bình Minh",),
    "email": ("an@thu.example",),
    "language": ("en",),
    "days": ("5",),
    "address": ("https://yte.example/hoi-dap",),
}
VARIANTS = 4
SECOND = {"second coordinator", "third coordinator"}
# Everything that changes by one more person's act, and whose: the second of two, the third who decides an appeal, and
# who takes back their own words.
NEEDS_NO_MORE = {
    ("order_confirm", "acts"): SECOND,
    ("order_confirm", "closed or answered"): SECOND,
    ("order_appeal", "acts"): {"third coordinator"},
    ("withdraw", "notes"): {"author"},
}
# Forms with which somebody could try, and who has them taken: else a test of refusals would say nothing.
CONTRIBUTORS = {"contributor", "author", "operator", "coordinator who proposed", *SECOND}
TAKEN = {
    "wrong_note": {"visitor", "newcomer", *CONTRIBUTORS},
    "wrong_fact_check": {"visitor", "newcomer", *CONTRIBUTORS},
    "erase": {"visitor"},
    "rate_note": {"contributor", "operator", *SECOND},
    "edit": {"author"},
    "withdraw": {"author"},
    "reuse": CONTRIBUTORS,
    "report_answer": {"contributor", "operator", *SECOND},
    "report_agree": {"contributor", "operator", *SECOND},
    "claim_reword": CONTRIBUTORS,
    "claim_merge": {"coordinator who proposed", *SECOND},
    "claim_split": {"coordinator who proposed", *SECOND},
    "claim_not_checkable": {"coordinator who proposed", *SECOND},
    "claim_withhold": {"coordinator who proposed", *SECOND},
    "note_withhold": {"coordinator who proposed", *SECOND},
    "claim_undo": {"coordinator who proposed", *SECOND},
    "claim_appeal": {"newcomer", *CONTRIBUTORS},
    "order_confirm": SECOND,
    "order_decline": SECOND,
    "order_take_back": {"coordinator who proposed"},
    "order_appeal": {"third coordinator"},
    "event_confirm": SECOND,
    "account_leave": {"newcomer", *CONTRIBUTORS},
    "roles": {"operator"},
}


class PublishedDesk(TwoCamps):
    """Notes that were agreed, one with a withheld passage, an imported fact-check, and whatever may wait for a second
    or a third person: each thing that somebody might want to publish, hide or change."""

    def __init__(self, now):
        super().__init__(now)
        journey.settle(now=now)
        journey.settle(now=now + HALF_AN_HOUR)
        self.note, self.hidden, other = sorted(self.bridging)
        self.an, self.binh, self.chi = (
            self.person(name, role="coordinator") for name in ("An Nhiên", "Bình Minh", "Chi Mai")
        )
        self.acts = [self._withheld(self.hidden), self._closed(), self._merged()]
        self.pending = [self._withholding(self.note), self._closing(POWER_CUT), self._merging(CAT, SALT_WATER)]
        self.pending += [self._undoing(act) for act in self.acts[:1]]
        self.appeal = appeal(self._withheld(other), scrub("Xin xem lại."), by=None, now=self.now)
        self.reports = [self._report(), self._report()]
        reports.answer(self.raters[0], self.reports[0], "nothing_wrong", scrub(WORDS), now=self.now)
        self.asker = journey.ask(
            Claim.objects.get(pk=self.claim_of(self.note)).wording, door="web", page_language="vi", now=self.now
        ).token
        self.event = self._event()
        # Two questions that differ, so that it can be split; nothing waits for a second person there.
        self.spare = Proposal.objects.get(pk=self.acts[2]).other_id
        self.own = FactCheck.objects.get(note=self.note).public_id
        self.question = Grouping.objects.filter(claim=self.spare).first().submission_id

    def claim_of(self, note):
        return Note.objects.get(pk=note).claim_id

    def people_at_the_doors(self):
        """By what they are; None for a visitor."""
        return {
            "visitor": None,
            "newcomer": self.person("Tân Lê", may_write=False),
            "contributor": self.raters[5],
            "author": self.writers[self.notes.index(self.note)],
            "coordinator who proposed": self.an,
            "second coordinator": self.binh,
            "third coordinator": self.chi,
            "operator": self.person("Quang Minh", role="operator"),
        }

    def _withholding(self, note):
        return propose_withhold(self.an, note, 1, (0, 9), code="danger", reason=WHY, now=self.now)

    def _closing(self, words):
        by = self.an.pseudonym_id
        claim = self.claim(words)
        return propose_not_checkable(claim, "not_a_fact", WHY, by=by, now=self.now, has_helpful_note=False)

    def _merging(self, one, other):
        return propose_merge(self.claim(one), self.claim(other), WHY, by=self.an.pseudonym_id, now=self.now)

    def _agreed(self, number):
        confirm(number, by=self.binh.pseudonym_id, now=self.now)
        return number

    def _withheld(self, note):
        return self._agreed(self._withholding(note))

    def _closed(self):
        return self._agreed(self._closing("Ông hàng xóm nhà mình là người tốt nhất xã, ai cũng phải nể đúng không"))

    def _merged(self):
        return self._agreed(
            self._merging(
                "Bò sữa ở Ba Vì đẻ ra trứng vàng, cả nước kéo nhau lên xem",
                "Hồ Tây cạn sạch nước sau một đêm vì cá voi",
            )
        )

    def _undoing(self, act):
        return propose_undo(act, WHY, by=self.an.pseudonym_id, now=self.now)

    def _report(self):
        said = scrub("Chỗ này sai vì nơi đó đã đóng cửa từ năm ngoái rồi.")
        return reports.report_note(self.note, said, scrub(""), now=self.now)

    def _event(self):
        by, names = self.an.pseudonym_id, (scrub("Bão số chín"), scrub("Storm nine"))
        times = (self.now, self.now + timedelta(days=4))
        event = open_event("storm", names=names, times=times, areas=("vn-hue",), by=by, now=self.now)
        about = {"title": scrub("Bão"), "address": "https://kttv.example/bao", "words": scrub("Tin bão")}
        pin_source(event, "warnings", **about, by=by, now=self.now)
        return event


@pytest.fixture
def desk(home, tmp_path, settings, monkeypatch):
    settings.THUCHU_CHECKS_PER_MINUTE = 1_000_000
    monkeypatch.setattr(account_limits, "TRIES_PER_MINUTE", 1_000_000)
    monkeypatch.setattr(mail_limits, "ADDRESSES_PER_MINUTE", 1_000_000)
    caches = (account_limits.tries, mail_limits.limiter, intake_limits.limiter)
    for cache in caches:
        cache.cache_clear()
    now = timezone.now() - timedelta(hours=2)
    load_areas(VIET_NAM, now=now)
    records = tmp_path / "records.jsonl"
    records.write_text(json.dumps(IMPORTED, ensure_ascii=False), "utf-8")
    for _ in journey.take_in(records, publisher="Báo Thử", hosts=["tin.example"], now=now):
        pass
    yield PublishedDesk(now)
    for cache in caches:
        cache.cache_clear()


def everything_decided(notes):
    """What people read of verdicts and statuses, of notes that were there, and every act that took effect: what no one
    person may change."""
    return {
        "statuses": list(Standing.objects.order_by("pk").values_list()),
        "rounds": (Round.objects.count(), Change.objects.count()),
        "fact-checks": list(FactCheck.objects.order_by("pk").values_list()),
        "what they said before": PastVersion.objects.count(),
        "notes": list(Note.objects.filter(pk__in=notes).order_by("pk").values_list("pk", "claim", "author", "state")),
        "words": list(Version.objects.filter(note__in=notes, number=1).order_by("pk").values_list()),
        "acts": list(
            Proposal.objects.filter(state__in=("confirmed", "undone"))
            .order_by("pk")
            .values_list("pk", "state", "until")
        ),
        "closed or answered": list(
            Claim.objects.filter(state__in=("answered", "not_checkable", "merged"))
            .order_by("pk")
            .values_list("pk", "state", "closed_reason", "merged_into", "wording")
        ),
    }


def places_of(path, desk):
    """Addresses of what is there, for an address with a number or a word in it."""
    acts = {act: Proposal.objects.get(pk=act).claim_id for act in desk.acts}
    claims = [desk.claim_of(desk.note), *acts.values(), Proposal.objects.get(pk=desk.pending[1]).claim_id]
    claims += [desk.spare, desk.claim_of(desk.notes[0])]
    names = list(FactCheck.objects.values_list("public_id", flat=True))
    own = FactCheck.objects.get(note=desk.note).public_id
    imported = FactCheck.objects.get(note=None).public_id
    assert {own, imported} <= set(names)
    for pattern, found in (
        (r"^/c/1/(undo|appeal)/1$", [rf"/c/{claim}/\1/{act}" for act, claim in acts.items()]),
        (r"^/c/1/", [f"/c/{claim}/" for claim in claims]),
        (r"^/n/1/", [f"/n/{desk.note}/", f"/n/{desk.notes[0]}/"]),
        (r"^/f/nothing/", [f"/f/{own}/", f"/f/{imported}/"]),
        (r"^/order/proposals/1/", [f"/order/proposals/{number}/" for number in desk.pending]),
        (r"^/order/appeals/1$", [f"/order/appeals/{desk.appeal}"]),
        (r"^/reports/1/", [f"/reports/{number}/" for number in desk.reports]),
        (r"^/q/nothing/", [f"/q/{desk.asker}/"]),
        (r"^/e/1/", [f"/e/{desk.event}/"]),
    ):
        if re.search(pattern, path):
            return [re.sub(pattern, each, path) for each in found]
    return [path]


def fillings(module, desk):
    """Every field that the page reads, with something in it that it may take: in a few ways, none twice."""
    text = Version.objects.get(note=desk.note).text
    more = {"passage": (text[30:50], "có chuyện lạ"), "into": (str(desk.claim_of(desk.hidden)),), "claim": ("1",)}
    choices = CHOICES | more | {"question": (str(desk.question),), "fact_check": (desk.own,)}
    names = {name for _, name in fields_read(module)} | {"version"}
    found = []
    for place in range(VARIANTS):
        form = {name: choices[name][place % len(choices[name])] if name in choices else WORDS for name in names}
        if form not in found:
            found.append(form)
    return found


def doors(desk):
    """(name, path, fillings) of every address of the pages that takes a form."""
    for name, path, view in addresses():
        if view.__module__.startswith("thuchu.desk.web") and Client().post(path).status_code != 405:
            for place in places_of(path, desk):
                yield name, place, fillings(view.__module__, desk)


def is_taken(response):
    return response.status_code == 303 and not response["Location"].startswith("/signin/")


def is_shut(response):
    """It takes nothing from this person, whatever stands in the form."""
    return response.status_code in (403, 404, 405, 410) or response.headers.get("Location", "").startswith("/signin/")


@contextmanager
def undone(browser):
    """What a form did is undone, so that the next one finds the same desk and the same session."""
    cookies = browser.cookies.copy()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    browser.cookies = cookies


def sent(browser, path, form, before):
    """(the answer, what is decided otherwise since) of one form."""
    with undone(browser):
        written = rows_written()
        response = browser.post(path, form)
        is_untouched = written is not None and written == rows_written()
        now = before if is_untouched else everything_decided([number for number, *_ in before["notes"]])
    return response, {what for what in now if now[what] != before[what]}


def rows_written():
    """By this connection, which SQLite counts; None where the database doesn't say."""
    return getattr(connection.connection, "total_changes", None)


def everybody_at_every_door(desk):
    """Two tables, by the door's name: who had a form taken there, and what changed by whose act."""
    before = everything_decided(list(Note.objects.values_list("pk", flat=True)))
    browsers = {who: signed_in(view.id) if view else Client() for who, view in desk.people_at_the_doors().items()}
    taken, changed = {}, {}
    for name, path, forms in doors(desk):
        for who, browser in browsers.items():
            for form in forms:
                response, what = sent(browser, path, form, before)
                if is_taken(response):
                    taken.setdefault(name, set()).add(who)
                for each in what:
                    changed.setdefault((name, each), set()).add(who)
                if is_shut(response):
                    break
    return taken, changed


def test_no_one_person_publishes_hides_or_changes_anything_by_any_form(desk):
    taken, changed = everybody_at_every_door(desk)

    assert changed == NEEDS_NO_MORE
    missing = {name: people for name, people in TAKEN.items() if not people <= taken.get(name, set())}
    assert not missing, {name: taken.get(name) for name in missing}

"""The desk that `every_field.py` fills: its people, its claims, its forms as they are taken."""

import json
import threading
from contextlib import contextmanager
from copy import deepcopy as copy
from datetime import date, timedelta

import tantivy
from authenticator import Phone
from claims_desk import CAT, POWER_CUT, SALT_WATER, ClaimsDesk
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, get_resolver
from django.urls.converters import IntConverter
from django.utils import timezone
from every_field import WITNESS, Form, fields_read
from reviewing_desk import published

from commitments.meeting_desk import resolution_row, review_row
from evidence.files import pdf, picture
from fake_wire import FakeWire
from inquiries.asking_desk import with_calendar
from thuchu.desk import journey, wording
from thuchu.desk.accounts import limits
from thuchu.desk.accounts.invite import invite
from thuchu.desk.accounts.models import Passkey
from thuchu.desk.api.urls import api
from thuchu.desk.claims.areas import VIET_NAM, load_areas
from thuchu.desk.claims.models import Appeal, Claim, Event, Grouping, PinnedSource, Prebunk, Proposal
from thuchu.desk.dump.write import write_dump
from thuchu.desk.evidence.requests import CAPTURE_JOB, fetch_requested
from thuchu.desk.home import make_ready
from thuchu.desk.inquiries.models import Inquiry
from thuchu.desk.jobs import worker
from thuchu.desk.jobs.queue import Task
from thuchu.desk.notes.models import Note, Version
from thuchu.desk.publishing.models import Report
from thuchu.desk.reactions import TABLE
from thuchu.desk.replies import limits as mail_limits
from thuchu.desk.reviews.cycles import begin_cycle
from thuchu.desk.reviews.models import AgendaItem, Amendment, Organisation, Participant, Remark, Resolution, Review
from thuchu.desk.reviews.planning import open_review
from thuchu.desk.wording import day_in_viet_nam
from thuchu.matching.analysis import analyse

SENTENCE = "Súc miệng bằng nước muối không diệt được vi rút"
PAGE_ADDRESS = "https://yte.example/hoi-dap"
ARTIST, COPYRIGHT = 0x013B, 0x8298
# Of an index: the terms of a text as it was written, and without accents.
TEXT_FIELDS = ("surface", "folded")
# A busy machine may stop the process that reads a file before it has read it.
TRIES_MAX = 5
# The period of the review whose resolution commitments follow from.
QUARTER = (date(2026, 7, 1), date(2026, 10, 1))
MORE = {
    "merge": (
        "Bò sữa ở Ba Vì đẻ ra trứng vàng, cả nước kéo nhau lên xem",
        "Hồ Tây cạn sạch nước sau một đêm vì cá voi",
    ),
    "undo": "Cô giáo dạy lớp ba ở cuối ngõ nhà mình mới ly dị chồng có đúng không",
    "overturn": "Chú thợ may đầu phố nghe đâu có con riêng với cô bán xôi ở chợ",
    "words": "Xe buýt số chín từ tháng sau chạy miễn phí cho cả thành phố Huế",
    "close": "Ăn măng cụt chung với nước ngọt có ga sẽ sinh ra khí độc trong dạ dày",
}


class Planting:
    """Fills what there is to fill, in the order in which a desk comes to it."""

    def __init__(self, planted):
        make_ready()
        self.planted = planted
        self.taken, self.wrong, self.leaks = [], {}, {}
        limits.TRIES_PER_MINUTE = 100_000
        limits.tries.cache_clear()
        mail_limits.ADDRESSES_PER_MINUTE = 100_000
        mail_limits.limiter.cache_clear()
        load_areas(VIET_NAM, now=timezone.now())
        self.desk = desk = ClaimsDesk()
        self.people = {"an": desk.an, "binh": desk.binh, "chi": desk.chi, "writer": desk.writer}
        self.people["operator"] = desk.people.person("Quang Minh", role="operator")
        self.browsers = {"": Client(), **{name: desk.browser(view) for name, view in self.people.items()}}
        for browser in self.browsers.values():
            browser.raise_request_exception = False
            browser.defaults["HTTP_HOST"] = "localhost:8000"
            browser.defaults["HTTP_USER_AGENT"] = planted.short("a browser's name")
        self.wire = FakeWire({PAGE_ADDRESS: self._page("a page").encode()})

    def all_of_it(self):
        """What was planted where, what was taken, and what was found in a table while it was tried."""
        self._every_address()
        self._every_program()
        for form in filter(self._is_here, self._forms()):
            self._one_field_at_a_time(form)
            self._take(form)
        self._work_off()
        # Everything public, where the files of the home are looked through.
        write_dump(settings.THUCHU_HOME / "public-dump")
        pages = {module: sorted(fields_read(module)) for module in self._modules()}
        return {
            "secrets": self.planted.secrets,
            "taken": self.taken,
            "wrong": self.wrong,
            "leaks": self.leaks,
            "found": self._asked_of_indexes(),
            "read": pages,
        }

    def _forms(self):
        """Every form that takes something, when its turn has come."""
        yield from self._asking()
        yield from self._claims()
        yield from self._order()
        yield from self._events()
        yield from self._notes()
        yield from self._inquiries()
        yield from self._commitments()
        yield from self._reviews()
        yield from self._accounts()

    def _asking(self):
        yield Form("", texts=("message",))
        token = self.browsers[""].post("/", {"message": MORE["close"]})["Location"].rpartition("/")[2]
        day = (timezone.now() + timedelta(days=3)).date().isoformat()
        # The one field that takes an address: it is sealed, so that nothing of it may be found anywhere.
        yield Form("q/{}/mail", (token,), rest={"email": self.planted.kept_sealed()})
        yield Form("q/{}/wishes", (token,), rest={"area": "vn-hue", "needed_by": day})
        self.desk.close(self._claim_of(MORE["close"]))
        yield Form("q/{}/appeal", (token,), texts=("words",))

    def _claims(self):
        number = self.desk.claim(MORE["words"])
        yield Form("c/{}/reword", (number,), "writer", texts=("wording",))
        yield Form("c/{}/translate", (number,), "writer", texts=("wording",), rest={"language": "en"})
        names = {"code": "suc-khoe"}
        yield Form("order/topics", (), "an", texts=("name_vi?", "name_en?"), rest=names)
        yield Form("c/{}/topics", (number,), "an", rest={"topic": "suc-khoe", "more_topic": ""})
        yield Form("c/{}/areas", (number,), "an", rest={"area": "vn-hue", "more_area": "vn-da-nang"})
        yield Form("c/{}/take", (number,), "writer", rest={"next": "/queue/"})

    def _order(self):
        one, other = (self.desk.claim(words) for words in MORE["merge"])
        yield Form("c/{}/merge", (one,), "an", texts=("reason",), rest={"into": other})
        self._agree()
        question = Grouping.objects.filter(claim=other).latest("pk").submission_id
        yield Form("c/{}/split", (other,), "an", texts=("reason",), rest={"question": question})
        number = self.desk.claim(CAT)
        yield Form("c/{}/not-checkable", (number,), "an", texts=("reason",), rest={"code": "not_a_fact"})
        act = self._agree()
        yield Form("c/{}/appeal/{}", (number, act), "writer", texts=("words",))
        number = self.desk.claim(POWER_CUT)
        self.desk.freeze(number)
        passage = {"code": "court_order", "passage": POWER_CUT[8:20]}
        yield Form("c/{}/withhold", (number,), "an", texts=("reason", "court_order"), rest=passage)
        private = self.desk.claim(MORE["undo"])
        act = self.desk.close(private, "private")
        yield Form("c/{}/undo/{}", (private, act), "an", texts=("reason", "wording"))
        other = self.desk.claim(MORE["overturn"])
        act = self.desk.close(other, "private")
        self.browsers["writer"].post(f"/c/{other}/appeal/{act}", {"words": "Đây là chuyện chung."})
        decided = Appeal.objects.latest("pk").pk
        yield Form("order/appeals/{}", (decided,), "chi", texts=("answer", "wording"), rest={"outcome": "overturned"})

    def _events(self):
        now = timezone.localtime()
        times = {"starts": f"{now:%Y-%m-%dT%H:%M}", "ends": f"{now + timedelta(days=4):%Y-%m-%dT%H:%M}"}
        names = {"texts": ("name_vi?", "name_en?"), "rest": {**times, "area": "vn-hue", "more_area": ""}}
        yield Form("events/open", (), "an", names["texts"], {**names["rest"], "kind": "storm"})
        number = getattr(Event.objects.first(), "pk", 1)
        yield Form("e/{}/change", (number,), "an", **names)
        pinned = {"about": "warnings", "address": "https://kttv.example/bao"}
        yield Form("e/{}/pin", (number,), "an", texts=("title?", "words"), rest=pinned)
        yield Form("e/{}/source", (number,), "an", texts=("quote",), rest={"address": PAGE_ADDRESS})
        boxes = tuple(f"shelters-{box}" for box in ("vi", "en", "quote"))
        yield Form("e/{}/prepare", (number,), "an", texts=boxes, rest={"source": 1, "area": "", "days": 7}, status=422)
        yield Form("c/{}/events", (self._claim_of(SALT_WATER),), "an", rest={"event": number})
        yield from self._prebunks(number)

    def _prebunks(self, number):
        """What is written beforehand is refused with personal data in it, not covered."""
        source = PinnedSource.objects.latest("pk").pk
        self.browsers["binh"].post(f"/e/{number}/confirm/{source}")
        fields = {"step": "warning", "look_up": "https://kttv.example/bao"}
        words = {"wording": "Tin bão chính thức có trên trang khí tượng.", "twist_1": "Bão đã đổi hướng ra biển."}
        yield Form("e/{}/prebunk", (number,), "writer", ("wording", "twist_1"), fields, status=422)
        self.browsers["writer"].post(f"/e/{number}/prebunk", {**fields, **words})
        written = Prebunk.objects.latest("pk").pk
        yield Form("c/{}/prebunk", (written,), "writer", ("twist_1",), fields, status=422)

    def _notes(self):
        claim = self._claim_of(SALT_WATER)
        base = f"c/{claim}/write"
        yield Form(base, (), "writer", texts=("description",), rest={"address": PAGE_ADDRESS, "quote": SENTENCE})
        self._work_off()
        yield Form(base, (), "binh", texts=("quote",), rest={"address": PAGE_ADDRESS, "description": ""})
        for ending, body in self._files():
            where = f"{base}/upload {ending}"
            texts = () if ending != "jpg" else ("description",)
            address = {
                "address": f"https://yte.example/{ending}",
                "quote": SENTENCE,
                "file": (f"{self.planted.short(where)}.{ending}", body),
            }
            yield Form(f"{base}/upload", (), "writer", texts=texts, rest=address)
        written = {"verdict": "false", "ai_drafted": "yes", "go": "on"}
        yield Form(f"{base}/words", (), "writer", texts=("text",), rest=written)
        yield Form(f"{base}/preview", (), "writer")
        number = Note.objects.latest("pk").pk
        yield Form(f"n/{number}/edit/words", (), "writer", texts=("text",), rest={**written, "verdict": "unproven"})
        yield Form(f"n/{number}/edit/preview", (), "writer")
        passage = {"code": "court_order", "passage": Version.objects.latest("pk").text[:9], "version": "2"}
        yield Form(f"n/{number}/withhold", (), "an", texts=("reason", "court_order"), rest=passage)
        rating = {"helpfulness": "helpful", "reasons": "helpfulClear", "version": "2"}
        yield Form(f"n/{number}/rate", (), "binh", rest=rating)
        yield Form(f"n/{number}/wrong", (), texts=("words",), rest={"address": "https://yte.example/khac"})
        report = Report.objects.latest("pk").pk
        found = {"outcome": "nothing_wrong"}
        yield Form("reports/{}/answer", (report,), "binh", texts=("answer",), rest=found)
        yield Form(f"n/{number}/reuse", (), "chi", rest={"claim": str(self._claim_of(MORE["words"]))})

    def _inquiries(self):
        """Questions to organisations; an organisation's and an office's name are refused with personal data in them."""
        today = day_in_viet_nam(timezone.now())
        with_calendar(today.year, today.year + 1)
        names, area = ("name_vi?", "name_en?"), {"area": "vn-hue"}
        yield Form("organisations/add", (), "an", texts=names, rest=area, status=422)
        self.browsers["an"].post("/organisations/add", {"name_vi": "Trường Hoa Sen", "name_en": "Hoa Sen School"})
        asked = Organisation.objects.latest("pk").pk
        yield Form("organisations/{}/change", (asked,), "an", texts=names, rest=area, status=422)
        claims = {"claims": self._claim_of(SALT_WATER), "area": "vn-hue", "event": Event.objects.latest("pk").pk}
        draft = {"organisation": asked, **claims}
        question = {"question": "Trường có cho học sinh nghỉ không?"}
        yield Form("inquiries/draft", (), "an", texts=("office?",), rest={**draft, **question}, status=422)
        yield Form("inquiries/draft", (), "an", texts=("question",), rest={**draft, "office": "Văn thư"})
        number = Inquiry.objects.latest("pk").pk
        yield Form("inquiries/{}/edit", (number,), "an", texts=("question",), rest={**draft, "office": "Văn thư"})
        day = {"on": today.isoformat()}
        sent = {**day, "how": "mail", "rule": "desk", "days": "5", "unit": "working"}
        yield Form("inquiries/{}/send", (number,), "an", rest=sent)
        yield Form("inquiries/{}/acknowledge", (number,), "an", rest=day)
        longer = {**day, "days": "5", "unit": "calendar"}
        yield Form("inquiries/{}/extend", (number,), "an", texts=("words",), rest=longer)
        link = {"address": PAGE_ADDRESS, "quote": SENTENCE}
        yield Form("inquiries/{}/document", (number,), "an", texts=("description",), rest=link)
        where = f"{self.planted.short('the file of a letter')}.html"
        copy = {**link, "description": "", "file": (where, self._page("a letter").encode())}
        yield Form("inquiries/{}/document/upload", (number,), "an", rest=copy)
        answer = {**day, "outcome": "answered", "dated": today.isoformat(), "document": ""}
        office = {**answer, "quoted": "Trường không cho nghỉ."}
        yield Form("inquiries/{}/answer", (number,), "an", texts=("signed_as?",), rest=office, status=422)
        yield Form("inquiries/{}/answer", (number,), "an", texts=("quoted",), rest={**answer, "signed_as": "Văn thư"})
        self.browsers["an"].post("/inquiries/draft", {**draft, **question})
        number = Inquiry.objects.latest("pk").pk
        self.browsers["an"].post(f"/inquiries/{number}/send", sent)
        yield Form("inquiries/{}/withdraw", (number,), "an", texts=("words",))

    def _commitments(self):
        now = timezone.now()
        people = self.desk.an.pseudonym_id, self.desk.binh.pseudonym_id
        number = resolution_row("01/2026-q3", review_row("2026-q3", *QUARTER), people, now=now).number
        wanted = {"resolution": number, "owner": "role:duty", "due": f"{now + timedelta(days=40):%Y-%m-%d}"}
        shown = {**wanted, "measure": "deliverable", "helper": "role:coordinators"}
        yield Form("commitments/agree", (), "an", texts=("text", "evidence"), rest=shown)
        figure = {"measure": "figure", "figure": "coverage_area", "target": "80", "area": "vn-hue"}
        yield Form("commitments/agree", (), "an", texts=("text",), rest={**wanted, **figure})
        one, other = (f"CK-{day_in_viet_nam(now).year}-{place:03}" for place in (1, 2))
        by, said = {"by_role": "duty", "evidence": PAGE_ADDRESS}, ("text",)
        yield Form("commitments/{}/update", (one,), "writer", texts=said, rest=by)
        yield Form("commitments/{}/report", (one,), "writer", texts=said, rest=by)
        yield Form("commitments/{}/refuse", (one,), "an", texts=said, rest={"by_role": "coordinators"})
        later = {"resolution": number, "due": f"{now + timedelta(days=80):%Y-%m-%d}"}
        yield Form("commitments/{}/extend", (one,), "an", texts=("reason",), rest=later)
        yield Form("commitments/{}/report", (one,), "writer", texts=said, rest=by)
        yield Form("commitments/{}/confirm", (one,), "an", rest={"by_role": "coordinators"})
        self.browsers["an"].post("/commitments/agree", {**shown, "text": MORE["merge"][0], "evidence": SENTENCE})
        third = {"resolution": number, "by": one[:-1] + "3"}
        yield Form("commitments/{}/replace", (other,), "an", texts=("reason",), rest=third)
        yield Form("commitments/{}/drop", (third["by"],), "an", texts=("reason",), rest={"resolution": number})
        # The other field that takes an address: sealed, too.
        kept = {"owner": "role:duty", "email": self.planted.kept_sealed(), "language": "vi"}
        yield Form("commitments/mail/", (), "an", rest=kept)
        yield Form("commitments/mail/back", (), "an", rest={"owner": "role:duty"})

    def _reviews(self):
        office = getattr(Organisation.objects.first(), "pk", 1)
        now = timezone.now().astimezone(wording.VIET_NAM)
        meeting = {"meeting_at": f"{now:%Y-%m-%dT%H:%M}"}
        days = {"begin": f"{now - timedelta(days=60):%Y-%m-%d}", "end": f"{now:%Y-%m-%d}"}
        event = getattr(Event.objects.first(), "pk", "")
        for _ in range(2):
            yield Form("reviews/plan", (), "an", rest={**days, **meeting, "event": event})
        slug, other = Review.objects.order_by("-pk").values_list("slug", flat=True)[:2]
        yield Form("reviews/{}/hold", (other,), "an", texts=("reason",), rest={"act": "cancel"})
        yield from self._before_a_meeting(slug, office, meeting)
        yield from self._at_a_meeting(slug, now)
        yield Form("reviews/{}/hold", (self._short(),), "an", texts=("said",), rest={"act": "write_down"})
        past = published(self.people, timezone.now() - timedelta(days=20))
        item = AgendaItem.objects.filter(review__slug=past, state="accepted").latest("pk").pk
        amended = {"act": "amend", "what": "minutes", "about": item, "resolved_in": ""}
        yield Form("reviews/{}/hold", (past,), "an", texts=("after", "why"), rest=amended)
        number = Amendment.objects.latest("pk").pk
        yield Form("reviews/{}/hold", (past,), "binh", rest={"act": "agree", "amendment": number})

    def _short(self):
        """A short review of the event, whose meeting was to be yesterday."""
        now, event = timezone.now(), Event.objects.first()
        Event.objects.filter(pk=event.pk).update(ends=now + timedelta(days=4))
        slug = begin_cycle(self.people["an"], event.pk, now=now - timedelta(days=3))
        open_review(self.people["an"], slug, now=now - timedelta(days=3))
        journey.freeze_review(None, slug, now=now)
        return slug

    def _before_a_meeting(self, slug, office, meeting):
        run = "reviews/{}/hold"
        place = {"act": "arrange", **meeting, "link": "https://hop.example/quy"}
        yield Form(run, (slug,), "an", texts=("place?",), rest=place)
        self._holds(slug, act="open")
        asked = {"kind": "training", "links": "claim 1"}
        for act in ("accept", "refuse"):
            yield Form("reviews/{}/propose", (slug,), texts=("title?", "text"), rest=asked)
            item = AgendaItem.objects.latest("pk").pk
            texts, rest = ((), {"minutes": "15"}) if act == "accept" else (("reason",), {})
            yield Form(run, (slug,), "an", texts=texts, rest={"act": act, "item": item, **rest})
        seat = {"act": "seat", "presence": "present", "way": "room", "people": "1"}
        yield Form(run, (slug,), "an", texts=("name?",), rest={**seat, "role": "chair", "organisation": office})
        for role in ("secretary", *["contributor"] * 5):
            self._holds(slug, role=role, organisation="", name="", **seat)
        seat = {"act": "mark", "seat": getattr(Participant.objects.first(), "pk", 1), "presence": "present"}
        yield Form(run, (slug,), "an", rest=seat)
        self._holds(slug, act="freeze")
        yield Form("reviews/{}/figures/claims_new/ask", (slug,), texts=("text",))
        answered = {"act": "answer", "remark": Remark.objects.latest("pk").pk, "shown": "yes"}
        yield Form(run, (slug,), "an", texts=("answer",), rest=answered)
        self._holds(slug, act="hold")

    def _at_a_meeting(self, slug, now):
        run = "reviews/{}/hold"
        item = AgendaItem.objects.filter(state="accepted").latest("pk").pk
        vote = {"method": "show_of_hands", "outcome": "adopted", "agreed": "7", "against": "0", "abstaining": "1"}
        when = {"takes_effect_on": f"{now:%Y-%m-%d}", "supersedes": "", "item": item}
        yield Form(run, (slug,), "an", texts=("text", "reasons_against"), rest={"act": "record", **vote, **when})
        number = Resolution.objects.latest("pk").number
        yield Form(run, (slug,), "binh", rest={"act": "confirm", "resolution": number})
        times = {"begun_at": f"{now:%Y-%m-%d}T00:00", "ended_at": f"{now:%Y-%m-%d}T23:59"}
        yield Form(run, (slug,), "an", rest={"act": "draft", **times})
        yield Form(run, (slug,), "an", texts=("text",), rest={"act": "write", "item": item})
        self._holds(slug, act="send_out")
        yield Form("reviews/{}/object", (slug,), texts=("text",))

    def _holds(self, slug, **sent):
        """What a coordinator does between two forms that are looked at."""
        self.browsers["an"].post(f"/reviews/{slug}/hold", sent)

    def _files(self):
        """Copies of a source, with personal data in their words and in what their makers wrote into them."""
        words = self.planted.words
        yield "html", self._page("an uploaded page").encode()
        yield "pdf", pdf([SENTENCE, self.planted.short("a PDF text")], title=words("a PDF title"))
        yield "jpg", picture("JPEG", exif={ARTIST: words("a picture artist"), COPYRIGHT: words("a picture right")})

    def _accounts(self):
        yield Form(
            "account/tokens/make", (), "writer", texts=("name?",), rest={"scope": "check", "days": "90"}, status=422
        )
        phone = Phone()
        options = self.browsers["writer"].post("/account/passkeys/begin").content.decode()
        answer = {"answer": phone.create(options)}
        yield Form("account/passkeys/add", (), "writer", texts=("name?",), rest=answer, status=422)
        key = Passkey.objects.latest("pk").pk
        yield Form("account/passkeys/{}/rename", (key,), "writer", texts=("name?",), status=422)
        token = invite(self.desk.writer, now=timezone.now())
        yield Form("join/{}", (token,), texts=("name?",), rest={"password": "bốn con trâu vàng"}, status=422)
        yield Form("join/{}/passkey", (token,), texts=("name?",), status=422)

    def _agree(self):
        """The second coordinator says yes to what the first one proposed last; gives back its number."""
        number = Proposal.objects.latest("pk").pk
        self.browsers["binh"].post(f"/order/proposals/{number}/confirm")
        return number

    def _claim_of(self, words):
        """The claim that a question with these words waits under; asked now where nobody has."""
        row = Claim.objects.filter(wording=words).first()
        return row.pk if row else self.desk.claim(words)

    # Round one: whatever a page reads.

    def _every_address(self):
        for path, view in self._addresses():
            sent = {name: self.planted.short(f"{view.__module__} {name}") for _, name in fields_read(view.__module__)}
            for who in ("", "operator" if path.startswith("/machine/") else "an"):
                with self._undone(path):
                    self.browsers[who].get(path, sent)
                    self.browsers[who].post(path, sent)

    def _addresses(self):
        for each in get_resolver().url_patterns:
            if not hasattr(each, "url_patterns"):
                yield "/" + _filled(each.pattern), each.callback

    def _modules(self):
        return sorted({view.__module__ for _, view in self._addresses() if view.__module__.startswith("thuchu.")})

    def _every_program(self):
        described = api.get_openapi_schema()
        for path, methods in described["paths"].items():
            for method, about in methods.items():
                self._one_of_a_program(path, method, about, described["components"]["schemas"])

    def _one_of_a_program(self, path, method, about, schemas):
        where, browser = f"{method} {path}", self.browsers[""]
        asked = {each["name"]: self.planted.short(f"{where} {each['name']}") for each in about.get("parameters", ())}
        content = about.get("requestBody", {}).get("content", {}).get("application/json")
        address = path.replace("{", "").replace("}", "")
        if content is None:
            browser.get(address, asked)
            return
        body = schemas[content["schema"]["$ref"].rpartition("/")[2]]
        filled = {name: self.planted.words(f"{where} {name}") for name in body["properties"]}
        browser.post(address, json.dumps(filled), content_type="application/json", query_params=asked)
        self._look(where)

    def _is_here(self, form):
        """Forms of pages that this desk doesn't have are passed over, so that they may be written before their page."""
        try:
            get_resolver().resolve(self._path(form))
        except Resolver404:
            return False
        return True

    # Round two: one field of a form that would be taken.

    def _one_field_at_a_time(self, form):
        for name in form.rest:
            for value in self.planted.choices(f"{form.route} {name}", name):
                with self._undone(f"{form.route} {name}"):
                    self._post(form, {**self._texts(form), **form.rest, name: value})

    @contextmanager
    def _undone(self, where):
        """What happens here is looked at, if a row changed, and then never was."""
        cookies = {who: copy(browser.cookies) for who, browser in self.browsers.items()}
        with transaction.atomic():
            before = connection.connection.total_changes
            yield
            if connection.connection.total_changes > before:
                self._look(where)
            transaction.set_rollback(True)
        for who, browser in self.browsers.items():
            browser.cookies = cookies[who]

    def _look(self, where):
        """What stands in a table this moment, sessions opened."""
        rows = [str(list(model.objects.values())) for model in apps.get_models()]
        rows += [str(SessionStore().decode(each.session_data)) for each in Session.objects.all()]
        everything = "".join(rows)
        for place, secrets in self.planted.secrets.items():
            if found := [secret for secret in secrets if secret in everything]:
                self.leaks.setdefault(where, {})[place] = found

    # Round three: what is taken.

    def _take(self, form):
        for _ in range(TRIES_MAX):
            answer = self._post(form, {**self._texts(form), **form.rest})
            is_taken = answer.status_code == form.status and not answer.get("Location", "").startswith("/signin/")
            if is_taken:
                break
        else:
            self.wrong[form.route] = answer.status_code
        module = get_resolver().resolve(self._path(form)).func.__module__
        self.taken += [[module, name.rstrip("?"), answer.status_code] for name in (*form.texts, *form.rest)]
        self._look(form.route)

    def _texts(self, form):
        def text(name):
            where = f"{form.route} {name.rstrip('?')}"
            return self.planted.short(where) if name.endswith("?") else self.planted.words(where)

        return {name.rstrip("?"): text(name) for name in form.texts}

    def _post(self, form, sent):
        sent = {name: SimpleUploadedFile(*value) if isinstance(value, tuple) else value for name, value in sent.items()}
        return self.browsers[form.who].post(self._path(form), sent)

    def _path(self, form):
        return "/" + form.route.format(*form.numbers)

    def _page(self, where):
        """A page full of personal data, around the sentence that matters and in it."""
        words = self.planted.words
        head = f"<!doctype html><meta name=author content='{words(where + ' author')}'><title>{words(where + ' title')}"
        body = f"{words(where + ' before')}. {SENTENCE}, gọi {self.planted.secret(where + ' sentence')[0]} để hỏi. "
        return f"{head}</title><!-- {words(where + ' comment')} --><p>{body}{words(where + ' after')}.</p>"

    def _asked_of_indexes(self):
        """How many documents of the desk's indexes hold a term of what was planted in each field, and of the witness.

        Of an address or a profile the terms are words such as "mau" and "thu"; only those with figures are looked for.
        """
        indexes = [tantivy.Index.open(str(path.parent)) for path in settings.THUCHU_HOME.glob("*index/**/meta.json")]
        searchers = [index.searcher() for index in indexes]

        def holding(words):
            return sum(
                searcher.doc_freq(name, term) for searcher in searchers for name in TEXT_FIELDS for term in words
            )

        found = {"witness": holding(_terms(WITNESS))}
        for where, secrets in self.planted.secrets.items():
            found[where] = holding({term for term in _terms(" ".join(secrets)) if any(map(str.isdigit, term))})
        return found

    def _work_off(self):
        def capture(number):
            fetch_requested(number, now=timezone.now(), wire=self.wire, home=settings.THUCHU_HOME)

        table = {**TABLE, CAPTURE_JOB: Task(CAPTURE_JOB, capture)}
        worker.run(table, stop=threading.Event(), now=timezone.now, until_empty=True)
        journey.catch_up_claims()
        for name in ("claims.forget", "evidence.clean"):
            table[name].function()


def _terms(text):
    return [*analyse(text, "vi").surface, *analyse(text, "vi").folded]


def _filled(pattern):
    """The path of a route, with a number or a word where it takes one."""
    route = str(pattern)
    for name, converter in pattern.converters.items():
        value = "1" if isinstance(converter, IntConverter) else "nothing"
        for written in (f"<{name}>", f"<str:{name}>", f"<slug:{name}>", f"<int:{name}>"):
            route = route.replace(written, value)
    return route

"""Reviews on pages: everybody reads and proposes, coordinators hold them, and nothing there needs a script."""

import json
import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from commitments.meeting_desk import terms
from reviews.review_desk import SLUG, ReviewDesk
from thuchu.desk.accounts.models import Account
from thuchu.desk.commitments.agree import agree
from thuchu.desk.editions import boxes
from thuchu.desk.editions.reads import FORMATS, KINDS, LANGUAGES
from thuchu.desk.intake import limits
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reviews import reads
from thuchu.desk.reviews.models import AgendaItem, Edition, Participant, Remark, Resolution, Review, Snapshot
from thuchu.desk.reviews.organisations import organisations
from web.claims_desk import ClaimsDesk

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(home, now):
    return ReviewDesk(now)


def browser(view, language="vi"):
    return ClaimsDesk.browser(None, view, language)


STATES = "planned opened frozen held not_quorate out published cancelled".split()


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("state", STATES)
def test_a_review_is_a_page_in_every_state(desk, client, state, language):
    getattr(desk, state)()

    for path in ("/reviews/", f"/reviews/{SLUG}/", f"/reviews/{SLUG}/meeting/", f"/reviews/{SLUG}/hold"):
        who = browser(desk.an, language)
        response = who.get(path)
        assert response.status_code == 200, path
        assert response["Content-Language"] == language


def test_a_review_is_read_in_the_order_that_matters(desk, client):
    desk.published()

    page = client.get(f"/reviews/{SLUG}/").content.decode()

    places = [page.index(f'id="{name}"') for name in ("resolved", "figures", "agenda", "there")]
    assert places == sorted(places)


def test_of_many_rows_a_page_shows_some_and_leads_to_the_table_of_all(desk, client, monkeypatch):
    desk.frozen()
    assert "dòng đầu theo tên" not in client.get(f"/reviews/{SLUG}/").content.decode()
    monkeypatch.setattr(boxes, "ROWS_SHOWN_MAX", 1)

    page = client.get(f"/reviews/{SLUG}/", headers={"if-none-match": ""}).content.decode()

    assert re.search(r"1 dòng đầu theo tên, trong số [0-9]+\.", page)
    table = re.search(rf'href="(/reviews/{SLUG}/tables/[a-z_]+\.csv)">Tất cả, dưới dạng bảng', page).group(1)
    assert client.get(table).status_code == 200


def test_who_confirms_finds_the_resolution_before_the_form_for_another(desk, client):
    desk.resolved(desk.held())

    page = browser(desk.binh).get(f"/reviews/{SLUG}/hold").content.decode()

    assert page.index('value="confirm"') < page.index('value="record"')


def papers_are_made():
    """Rows of all the papers that a published review has; their files are no matter of the page's questions."""
    review, last = Review.objects.get(slug=SLUG), Entry.objects.latest("seq").seq
    Edition.objects.bulk_create(
        Edition(
            review=review, document=kind, format=form, language=language, sha256="a" * 64, made_at=last, template="1"
        )
        for kind in KINDS
        for form in FORMATS
        for language in LANGUAGES
    )


def test_the_whole_page_takes_few_questions_to_the_database(desk, client, django_assert_max_num_queries):
    desk.published()
    number = Resolution.objects.get().number
    agree(desk.an, number, terms(due_on=date(2027, 3, 1), helpers=("role:contributors",)), now=desk.now)

    papers_are_made()

    with django_assert_max_num_queries(15):
        assert client.get(f"/reviews/{SLUG}/").status_code == 200


def test_a_page_that_was_read_is_read_from_the_cache_until_the_next_entry(desk, client):
    desk.published()
    tag = client.get(f"/reviews/{SLUG}/")["ETag"]

    assert client.get(f"/reviews/{SLUG}/", headers={"if-none-match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/ra-soat/", "/reviews/"),
        ("/ra-soat.atom", "/reviews.atom"),
        (f"/ra-soat/{SLUG}/", f"/reviews/{SLUG}/"),
        (f"/ra-soat/{SLUG}/so-lieu.json", f"/reviews/{SLUG}/figures.json"),
        (f"/ra-soat/{SLUG}/bang/waits.csv", f"/reviews/{SLUG}/tables/waits.csv"),
    ],
)
def test_vietnamese_addresses_lead_there_for_good(db, client, old, new):
    response = client.get(old)

    assert (response.status_code, response["Location"]) == (301, new)


def test_figures_are_a_file_whose_digest_the_ledger_has(desk, client):
    desk.frozen()
    snapshot = Snapshot.objects.get()

    written = client.get(f"/reviews/{SLUG}/figures.json")
    table = client.get(f"/reviews/{SLUG}/tables/areas.csv")

    assert written.content == bytes(snapshot.content)
    assert written["Content-Type"] == "application/json"
    assert table.content == reads.table(SLUG, "areas")
    assert client.get(f"/reviews/{SLUG}/tables/nothing.csv").status_code == 404
    assert client.get(f"/reviews/{SLUG}/figures-2.json").status_code == 404
    assert client.get("/reviews/2020-q1/figures.json").status_code == 404


def test_nothing_of_a_persons_stands_in_the_figures(desk, client):
    desk.frozen()

    keys = {figure["key"] for figure in json.loads(client.get(f"/reviews/{SLUG}/figures.json").content)["figures"]}

    assert keys
    assert not [key for key in keys if re.search("person|account|pseudonym|author|most_active|verdict", key)]


def test_a_stranger_proposes_and_is_told_that_it_came(home, client):
    desk = ReviewDesk(timezone.now())
    row = _open_now(desk)

    sent = {"kind": "training", "title": "Tập huấn ở chợ", "text": "", "links": "claim 1\nfigure wait_median"}
    response = client.post(f"/reviews/{row.slug}/propose", sent)

    assert (response.status_code, response["Location"]) == (303, f"/reviews/{row.slug}/sent")
    item = AgendaItem.objects.get(state="proposed")
    assert [(link.kind, link.target) for link in item.links.order_by("pk")] == [
        ("claim", "1"),
        ("figure", "wait_median"),
    ]
    assert client.get(response["Location"]).status_code == 200


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"title": "x" * 201}, {"kind": "figures"}, {"links": "contributor 3"}]
)
def test_what_a_proposal_lacks_is_said_and_what_was_typed_stays(home, client, wrong):
    row = _open_now(ReviewDesk(timezone.now()))

    sent = {"kind": "training", "title": "Tập huấn ở chợ", "text": "Đoạn này còn đây", "links": "", **wrong}
    response = client.post(f"/reviews/{row.slug}/propose", sent)

    assert response.status_code == 422
    assert "Đoạn này còn đây" in response.content.decode()


def test_proposals_have_a_limit_of_their_line(home, client, settings):
    settings.THUCHU_CHECKS_PER_MINUTE = 1
    limits.limiter.cache_clear()
    row = _open_now(ReviewDesk(timezone.now()))
    sent = {"kind": "training", "title": "Tập huấn ở chợ", "text": "", "links": ""}

    first = client.post(f"/reviews/{row.slug}/propose", sent)
    second = client.post(f"/reviews/{row.slug}/propose", sent)

    limits.limiter.cache_clear()
    assert (first.status_code, second.status_code) == (303, 429)
    assert "Tập huấn ở chợ" in second.content.decode()


def test_coordinators_hold_a_review_from_plan_to_publication_on_its_pages(home):
    desk = ReviewDesk(timezone.now())
    row = _open_now(desk)
    an, binh = browser(desk.an), browser(desk.binh)
    where = f"/reviews/{row.slug}/hold"

    def does(who, **sent):
        response = who.post(where, sent)
        assert response.status_code == 303, response.content.decode()
        return Review.objects.get(pk=row.pk).state

    def on_the_day(state=None):
        # The calendar is put back, not the verbs' own checks.
        Review.objects.filter(pk=row.pk).update(meeting_at=timezone.now())

    Client().post(
        f"/reviews/{row.slug}/propose", {"kind": "training", "title": "Tập huấn ở chợ", "text": "", "links": ""}
    )
    item = AgendaItem.objects.get(state="proposed").pk
    does(an, act="accept", item=item, minutes=20)
    order = [each.pk for each in AgendaItem.objects.filter(state="accepted").order_by("position")]
    does(an, act="order", **{f"place-{pk}": place for place, pk in enumerate(order, 1)})
    for name in ("Trường A", "Báo B"):
        assert an.post("/organisations/add", {"name_vi": name, "name_en": name, "area": ""}).status_code == 303
    places = [each.id for each in organisations()]
    for role, place in (("chair", places[0]), ("secretary", places[1]), ("partner", "")):
        does(an, act="seat", role=role, organisation=place, presence="invited", way="room", name="", people="")
    for seat in Participant.objects.all():
        does(an, act="mark", seat=seat.pk, presence="present")
    assert does(an, act="freeze") == "frozen"
    on_the_day()
    assert does(an, act="hold") == "held"
    does(an, act="close_item", item=item)
    resolved = {"text": "Thêm hai buổi tối.", "method": "show_of_hands", "outcome": "adopted", "item": item}
    does(an, act="record", **resolved, agreed="7", against="0", abstaining="1", reasons_against="")
    number = Resolution.objects.get().number
    assert an.post(where, {"act": "confirm", "resolution": number}).status_code == 422
    does(binh, act="confirm", resolution=number)
    does(an, act="draft", begun_at="2027-01-12T14:00", ended_at="2027-01-12T15:30")
    does(an, act="write", item=item, text="Chợ muốn học buổi sáng.")
    assert does(an, act="send_out") == "minutes_out"
    assert an.post(where, {"act": "finish"}).status_code == 409

    page = Client().get(f"/reviews/{row.slug}/").content.decode()
    assert "Chợ muốn học buổi sáng." in page
    assert "7 đồng ý, 0 không đồng ý, 1 không ý kiến" in page


@pytest.mark.parametrize("act", ["", "nothing", "publish", "agree", "order", "seat", "record", "arrange", "answer"])
def test_what_is_sent_without_sense_is_answered_and_changes_nothing(desk, act):
    slug = desk.opened()

    response = browser(desk.an).post(f"/reviews/{slug}/hold", {"act": act, "place-x": "1", "item": "abc"})

    assert response.status_code in (409, 422)
    assert Review.objects.get().state == "open"


@pytest.mark.parametrize("who", ["lan", "quang"])
def test_only_coordinators_come_to_the_page_that_holds(desk, who):
    desk.opened()

    assert browser(getattr(desk, who)).get(f"/reviews/{SLUG}/hold").status_code == 403
    assert browser(getattr(desk, who)).post(f"/reviews/{SLUG}/hold", {"act": "cancel"}).status_code == 403


def test_a_question_on_a_figure_stands_beside_it_with_its_answer(home, client):
    desk = ReviewDesk(timezone.now())
    row = _open_now(desk)
    an = browser(desk.an)
    an.post(f"/reviews/{row.slug}/hold", {"act": "freeze"})

    sent = client.post(f"/reviews/{row.slug}/figures/claims_new/ask", {"text": "Vì sao ít vậy so với quý trước?"})
    assert sent.status_code == 303
    assert "Vì sao ít vậy" not in client.get(f"/reviews/{row.slug}/").content.decode()
    answer = {"act": "answer", "remark": Remark.objects.get().pk, "answer": "Vì bàn mới mở.", "shown": "yes"}
    an.post(f"/reviews/{row.slug}/hold", answer)

    page = client.get(f"/reviews/{row.slug}/").content.decode()
    box = page[page.index('id="figure-claims_new"') :]
    assert "Vì sao ít vậy" in box[: box.index("</article>\n</article>") if "</article>\n</article>" in box else 6000]
    assert client.get(f"/reviews/{row.slug}/figures/nothing/ask").status_code == 404


def test_amendments_stand_on_top_and_in_place(desk, client):
    from reviews.test_review_papers import AFTER, WHY
    from thuchu.desk.reviews import amending
    from thuchu.privacy import scrub

    slug, now = desk.published(), desk.at(date(2027, 2, 1))
    number = amending.propose(desk.an, slug, "resolution", f"01/{slug}", scrub(AFTER), scrub(WHY), now=now)
    assert AFTER not in client.get(f"/reviews/{slug}/").content.decode()
    amending.confirm(desk.chi, number, now=now)

    page = client.get(f"/reviews/{slug}/").content.decode()
    assert page.count(AFTER) == 2
    assert page.index(f'id="amendment-{number}"') < page.index('id="resolved"')
    feed = client.get("/reviews.atom").content.decode()
    assert f"#amendment-{number}" in feed


def test_the_feed_tells_of_reviews(desk, client):
    desk.published()

    response = client.get("/reviews.atom")

    assert response["Content-Type"].startswith("application/atom+xml")
    assert f"/reviews/{SLUG}/" in response.content.decode()
    assert "/reviews/2027-q1/" in response.content.decode()


def test_a_public_of_few_is_told_as_few(desk, client):
    from reviews.review_desk import NOTHING
    from thuchu.desk.reviews.attendance import Seat, seat

    slug = desk.opened()
    few = Seat(role="public", presence="present", way="room", name=NOTHING, people=4)
    seat(desk.an, slug, few, now=desk.at(date(2026, 12, 20)))

    assert "dưới 10 người" in client.get(f"/reviews/{slug}/").content.decode()


def test_a_review_that_is_none_is_no_page(db, client):
    for path in ("", "meeting/", "propose", "object", "sent", "figures/asked/ask"):
        assert client.get(f"/reviews/2020-q1/{path}").status_code == 404


def _open_now(desk):
    """A review whose agenda is open on the day of this test, whenever that is."""
    from thuchu.desk.reviews import planning

    slug = planning.plan_quarterly(now=timezone.now())
    planning.open_review(desk.an, slug, now=timezone.now())
    assert Account.objects.exists()
    cache.clear()
    return Review.objects.get(slug=slug)

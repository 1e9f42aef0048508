"""Rule 4: a meeting decides about the desk's own work; no resolution, no role and no amendment touches a verdict."""

from datetime import date

import pytest
from django.apps import apps
from django.db import DatabaseError, transaction

from reviews.review_desk import RESOLVED, SLUG, ReviewDesk
from thuchu.desk.accounts.refusals import NotForYou
from thuchu.desk.notes.models import Note
from thuchu.desk.publishing.models import Standing
from thuchu.desk.reviews import amending, publish, reads, refusals, resolving
from thuchu.desk.reviews.models import Amendment, Resolution, Review
from thuchu.figures import DEFINITIONS
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db
AFTER, WHY = scrub("Từ tháng ba, một buổi tối mỗi tuần."), scrub("Thư ký nghe nhầm con số.")


@pytest.fixture
def desk(home, now):
    desk = ReviewDesk(now)
    desk.note(desk.lan, desk.asked)
    return desk


def verdicts():
    return [list(model.objects.order_by("pk").values()) for model in (Note, Standing)]


def test_no_row_of_a_review_leads_to_a_note_a_rating_or_a_status():
    rooms = {
        field.related_model._meta.app_label
        for model in apps.get_app_config("reviews").get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete
    }

    # Of intake it is questions whose automatic answer two people look at: whether it was about what was asked.
    assert rooms == {"reviews", "claims", "intake"}
    columns = {field.name for field in Resolution._meta.get_fields()}
    assert not columns & {"note", "verdict", "status", "fact_check", "claim"}


def test_a_resolution_about_a_verdict_changes_none(desk):
    slug, before = desk.held(), verdicts()
    number = desk.resolved(slug, "Ghi chú số 1 phải đổi thành Đúng và được công bố ngay.")

    resolving.confirm(desk.binh, number, now=desk.at(date(2027, 1, 12), 16))

    assert verdicts() == before


def test_no_verb_of_reviews_imports_what_decides_a_status():
    """What isn't imported isn't called: the room reads counts and knows no round."""
    from pathlib import Path

    import thuchu.desk.reviews as room

    for path in Path(room.__file__).parent.glob("*.py"):
        source = path.read_text("utf-8")
        for other in ("publishing.round", "publishing.publish", "notes.write", "notes.rate", "notes.edit", "journey"):
            assert f"desk.{other}" not in source, f"{path.name} reaches {other}"


def test_an_operator_can_do_nothing_to_a_published_review(desk):
    slug, now = desk.published(), desk.at(date(2027, 2, 1))
    number = amending.propose(desk.an, slug, "resolution", f"01/{SLUG}", AFTER, WHY, now=now)

    for does in (
        lambda: amending.propose(desk.quang, slug, "resolution", f"01/{SLUG}", AFTER, WHY, now=now),
        lambda: amending.confirm(desk.quang, number, now=now),
        lambda: amending.decline(desk.quang, number),
        lambda: publish.publish(desk.quang, slug, now=now),
    ):
        with pytest.raises(NotForYou):
            does()
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.filter(slug=slug).update(place="Nơi khác")


def test_one_person_alone_amends_nothing(desk):
    slug, now = desk.published(), desk.at(date(2027, 2, 1))
    number = amending.propose(desk.an, slug, "resolution", f"01/{SLUG}", AFTER, WHY, now=now)

    with pytest.raises(refusals.SamePerson):
        amending.confirm(desk.an, number, now=now)
    with pytest.raises(DatabaseError), transaction.atomic():
        Amendment.objects.update(confirmed_by=desk.an.pseudonym_id, confirmed_at=now, entry=1)


def test_an_amendment_shows_before_and_after_and_takes_nothing_away(desk, client):
    slug, now = desk.published(), desk.at(date(2027, 2, 1))
    number = amending.propose(desk.an, slug, "resolution", f"01/{SLUG}", AFTER, WHY, now=now)
    amending.confirm(desk.binh, number, now=now)

    page = client.get(f"/reviews/{slug}/").content.decode()

    assert all(words in page for words in (RESOLVED, AFTER.text, WHY.text))
    assert reads.resolution(f"01/{SLUG}").text == RESOLVED


def test_no_figure_counts_verdicts_or_persons():
    words = " ".join(DEFINITIONS).split("_")

    assert not set(words) & {"verdict", "false", "author", "person", "viewpoint", "party", "candidate"} - {"false"}
    assert [key for key in DEFINITIONS if "false" in key] == ["false_answers"]

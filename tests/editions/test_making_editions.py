"""A review's papers are made by a job, once each; what goes wrong is said, and what was there stays."""

import threading
from datetime import timedelta

import pytest
from django.test import Client

from reviews.review_desk import SLUG
from thuchu.desk import papers
from thuchu.desk.commands import review as commands
from thuchu.desk.editions import reads
from thuchu.desk.editions.make import BUILDERS, make_editions
from thuchu.desk.editions.paper import paper_of
from thuchu.desk.jobs import worker
from thuchu.desk.jobs.models import Job
from thuchu.desk.ledger.append import append
from thuchu.desk.ledger.models import Entry
from thuchu.desk.reactions import TABLE
from thuchu.desk.reviews import attendance
from thuchu.desk.reviews import reads as reviews
from thuchu.desk.reviews.models import Edition, Participant, Review
from thuchu.documents.passing import packed
from thuchu.privacy import scrub
from web.claims_desk import ClaimsDesk

# A process that is ended from outside before it has said a word.
ENDED = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"


def work(desk):
    """Do the jobs that are due, as the worker does."""
    later = desk.at(desk.review.final_on + timedelta(days=30))
    while worker.work_once("one", TABLE, stop=threading.Event(), now=lambda: later):
        pass


def shown():
    return reads.papers_of(SLUG, reviews.editions_of(SLUG))


def put(desk, document, body, *, form="pdf", language="vi"):
    """An edition with these bytes, as the job would record one."""
    from django.conf import settings
    from django.db import transaction

    sha256 = papers.keep(settings.THUCHU_HOME / papers.FOLDER, body)
    what = {"document": document, "format": form, "language": language, "template": "t", "sha256": sha256}
    with transaction.atomic():
        entry = append("review.edition_made", f"review:{SLUG}", what, now=desk.now)
        Edition.objects.create(review=desk.review, made_at=entry.seq, **what)
    return sha256


def test_a_frozen_review_gets_a_draft_report_by_a_job_and_only_once(desk, client):
    desk.frozen()
    assert shown().is_due

    work(desk)

    papers_now = shown()
    assert [(each.document, each.language, each.format) for each in papers_now.latest] == [
        ("report", "vi", "pdf"),
        ("report", "vi", "docx"),
        ("report", "en", "pdf"),
        ("report", "en", "docx"),
    ]
    assert not papers_now.is_due
    assert not papers_now.trouble
    named = Entry.objects.filter(kind="review.edition_made").count()
    assert make_editions(SLUG, now=desk.now) == 0
    assert Entry.objects.filter(kind="review.edition_made").count() == named == 4

    page = client.get(f"/reviews/{SLUG}/").content.decode()
    pdf = papers_now.latest[0]
    assert f"/reviews/{SLUG}/papers/{pdf.sha256}.pdf" in page
    assert pdf.sha256[:12] in page
    file = client.get(f"/reviews/{SLUG}/report.pdf?lang=vi", follow=True)
    assert file.content.startswith(b"%PDF-")
    assert file["Content-Type"] == "application/pdf"
    assert file["Content-Disposition"] == f'attachment; filename="{SLUG}-bao-cao.pdf"'
    assert "immutable" in file["Cache-Control"]


def test_a_killed_process_leaves_what_was_there_and_the_page_says_so(desk, monkeypatch):
    desk.frozen()
    old = put(desk, "report", b"%PDF-1.7 the old one")
    monkeypatch.setattr(papers, "_CHILD", ENDED)

    worker.work_once("one", TABLE, stop=threading.Event(), now=lambda: desk.at(desk.review.final_on))

    assert "WasEnded" in Job.objects.get(name="reviews.make_papers").last_error
    pages = {language: Client(headers={"accept-language": language}) for language in ("vi", "en")}
    said = {language: each.get(f"/reviews/{SLUG}/").content.decode() for language, each in pages.items()}
    assert "The newest papers could not be made." in said["en"]
    assert "The system ended the process that made it." in said["en"]
    assert "Hệ thống đã dừng tiến trình làm văn bản." in said["vi"]
    assert pages["vi"].get(f"/reviews/{SLUG}/papers/{old}.pdf").content == b"%PDF-1.7 the old one"
    jobs = ClaimsDesk.browser(None, desk.quang, "en").get("/machine/jobs/").content.decode()
    assert "The system ended the process that made it." in jobs


def test_each_step_lets_papers_follow_with_a_job_of_its_own(desk):
    desk.published()

    jobs = Job.objects.filter(name="reviews.make_papers").order_by("pk")

    steps = ("review.frozen", "review.minutes_out", "review.minutes_final", "review.published")
    entries = Entry.objects.filter(kind__in=steps).order_by("seq").values_list("seq", flat=True)
    assert [job.key for job in jobs] == [f"papers:{SLUG}:{seq}" for seq in entries]
    assert [each.kind for each in reads.due(SLUG)] == ["report", "minutes", "conclusions", "register"]


@pytest.mark.parametrize("state", ["frozen", "held", "not_quorate", "out", "published"])
def test_every_state_is_told_by_its_papers_in_both_languages_and_twice_alike(desk, state):
    getattr(desk, state)()

    for due in reads.due(SLUG):
        paper = paper_of(SLUG, due.kind, at=due.at)
        for language in reads.LANGUAGES:
            first = packed(BUILDERS[due.kind](paper, language))
            assert packed(BUILDERS[due.kind](paper_of(SLUG, due.kind, at=due.at), language)) == first
        assert paper.is_draft == (state != "published" and due.kind != "minutes")


def test_a_draft_says_so_on_page_one(desk):
    desk.frozen()
    due = reads.due(SLUG)[0]

    assert BUILDERS["report"](paper_of(SLUG, "report", at=due.at), "vi").notice.startswith("Bản dự thảo")


def test_only_names_that_were_typed_for_the_review_stand_in_papers(desk):
    desk.out()
    Participant.objects.filter(role="chair").update(name_shown="Cô Ngữ")

    written = b"".join(
        packed(BUILDERS[due.kind](paper_of(SLUG, due.kind, at=due.at), language))
        for due in reads.due(SLUG)
        for language in reads.LANGUAGES
    ).decode()

    assert "C\\u00f4 Ng\\u1eef" in written
    for name in (b"An Nhi\\u00ean", b"B\\u00ecnh Minh", b"Chi Mai", b"Lan Anh", b"Quang Minh"):
        assert name.decode() not in written


def test_a_small_public_is_not_counted_on_paper_either(desk):
    slug = desk.frozen()
    few = attendance.Seat(role="public", presence="present", way="room", name=scrub(""), people=4)
    attendance.seat(desk.an, slug, few, now=desk.at(desk.review.freezes_on))

    paper = paper_of(slug, "report", at=desk.now)

    assert [(each.people, each.role.en) for each in paper.attendance] == [(None, "the public: under 10 people")]


def test_a_name_that_was_taken_back_takes_the_papers_it_stood_on_with_it(desk, client, home):
    slug = desk.out()
    sha256 = put(desk, "minutes", b"%PDF-1.7 with a name")
    kept = put(desk, "report", b"%PDF-1.7 without")
    row = Participant.objects.filter(role="chair").first()
    Participant.objects.filter(pk=row.pk).update(name_shown="Cô Ngữ")
    assert client.get(f"/reviews/{slug}/papers/{sha256}.pdf").status_code == 200

    attendance.erase_name(desk.an, slug, row.pk, now=desk.at(desk.review.final_on))

    assert client.get(f"/reviews/{slug}/papers/{sha256}.pdf").status_code == 410
    assert [each.sha256 for each in shown().earlier] == [sha256]
    assert client.get(f"/reviews/{slug}/minutes.pdf?lang=vi").status_code == 404
    assert (
        "no longer shown: a name was taken off it"
        in client.get(f"/reviews/{slug}/", headers={"accept-language": "en"}).content.decode()
    )
    assert client.get(f"/reviews/{slug}/papers/{kept}.pdf").status_code == 200
    assert Job.objects.filter(name="reviews.make_papers").count() == 3
    assert reads.missing_files() == []


@pytest.mark.parametrize(
    "path",
    [
        "report.pdf",
        "report.exe",
        "nothing.pdf",
        "report.pdf?lang=%00",
        "papers/" + "a" * 64 + ".pdf",
        "papers/..pdf",
        "papers/x.docx",
    ],
)
def test_what_is_no_paper_is_not_there(desk, client, path):
    desk.frozen()

    assert client.get(f"/reviews/{SLUG}/{path}").status_code == 404


@pytest.mark.parametrize(
    ("said", "leads_to"),
    [
        ("bao-cao.pdf", "report.pdf"),
        ("bien-ban.docx", "minutes.docx"),
        ("ket-luan.pdf", "conclusions.pdf"),
        ("cam-ket.docx", "register.docx"),
    ],
)
def test_vietnamese_addresses_lead_there(client, db, said, leads_to):
    response = client.get(f"/ra-soat/{SLUG}/{said}")

    assert response.status_code == 301
    assert response["Location"] == f"/reviews/{SLUG}/{leads_to}?lang=vi"


def test_doctor_names_a_paper_whose_file_is_missing(desk, home):
    desk.frozen()
    sha256 = put(desk, "report", b"%PDF-1.7 lost")
    papers.remove(home / papers.FOLDER, sha256)

    assert reads.missing_files() == [f"{SLUG} report.pdf (vi) {sha256[:12]}…"]


def test_the_command_writes_the_bytes_that_the_page_hands_out(desk, capsys, tmp_path):
    desk.frozen()
    file = tmp_path / "report.pdf"
    assert commands.paper(SLUG, "report", "pdf", "vi", file) == 1
    assert "there is no such paper yet" in capsys.readouterr().err
    sha256 = put(desk, "report", b"%PDF-1.7 here")

    assert commands.paper(SLUG, "report", "pdf", "vi", file) == 0

    assert file.read_bytes() == b"%PDF-1.7 here"
    assert sha256 in capsys.readouterr().out


@pytest.mark.long
def test_a_published_review_has_all_its_papers(desk):
    desk.published()

    work(desk)

    assert len(shown().latest) == len(reads.KINDS) * len(reads.LANGUAGES) * len(reads.FORMATS)
    assert not shown().is_due
    assert Review.objects.get(slug=SLUG).state == "published"

"""A copy from a contributor's hand: marked as one, taken for what its bytes are, and harmless whatever they are."""

import io
import zipfile

import pytest
from files import packed_bomb_pdf, pdf, picture, png_that_says

from thuchu.desk.evidence import reads
from thuchu.desk.evidence.models import Capture, Check, Source
from thuchu.desk.evidence.refusals import (
    EvidenceRefused,
    NotReadable,
    PictureTooLarge,
    PlaceRefused,
    ProfileRefused,
    ReadRefused,
    TooLarge,
    TypeRefused,
    UploadUnnamed,
)
from thuchu.desk.evidence.snapshot import FOLDER, Snapshots
from thuchu.desk.evidence.upload import capture_upload, media_type_of
from thuchu.desk.ledger.models import Entry
from thuchu.privacy import scrub

pytestmark = pytest.mark.django_db

SENTENCE = "Ngày bầu cử vẫn là 23/5, không đổi."
PAGE = f"<!doctype html><title>Thông báo</title><p>{SENTENCE}</p>".encode()
SHOWN = "Ảnh chụp thông báo ngày bầu cử."


@pytest.fixture
def upload(home, now):
    """Uploads as a contributor does; what isn't said is as usual."""

    def make(body, name="thong-bao.html", quote=SENTENCE, *, description="", **more):
        words = {"description": scrub(description), **more}
        return capture_upload(body, scrub(name), scrub(quote), by=7, now=now, home=home, **words)

    return make


def zip_of(**files):
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return kept.getvalue()


def test_an_uploaded_page_is_marked_as_an_upload_with_its_name(upload):
    view = reads.evidence(upload(PAGE, address="https://ubnd.example/thong-bao"))

    assert (view.how, view.upload_name, view.sentence) == ("uploaded", "thong-bao.html", SENTENCE)
    assert (view.address, view.host) == ("https://ubnd.example/thong-bao", "ubnd.example")


def test_nobody_looks_at_the_source_of_an_upload_again(upload):
    view = reads.evidence(upload(PAGE, address="https://ubnd.example/thong-bao"))

    assert (view.rot, view.rot_since) == ("", None)
    assert Source.objects.get().next_check_at is None
    assert not Check.objects.exists()


def test_the_same_copy_twice_is_one(upload):
    assert upload(PAGE) == upload(PAGE, name="ban-sao.html")

    assert Capture.objects.get().upload_name == "thong-bao.html"
    assert Entry.objects.count() == 1


def test_a_copy_without_an_address_has_none(upload):
    view = reads.evidence(upload(PAGE))

    assert (view.address, view.host) == ("", "")


@pytest.mark.parametrize("name", ["thong-bao.jpg", "thong-bao", "thong-bao.html.exe", "../../etc/passwd"])
def test_a_file_is_what_its_bytes_are_whatever_its_name_says(upload, name):
    view = reads.evidence(upload(pdf([SENTENCE]), name=name))

    assert (view.media_type, view.sentence, view.upload_name) == ("application/pdf", SENTENCE, name)


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (PAGE, "text/html"),
        (b"\xef\xbb\xbf  \n<HTML lang=vi>", "text/html"),
        ("\ufeff<html>".encode("utf-16-le"), "text/html"),
        (b"<!-- saved from url=(0025)https://bao.example/ -->\r\n<!DOCTYPE html>", "text/html"),
        (b'<?xml version="1.0"?><html xmlns="x">', "text/html"),
        (b"%PDF-1.7\n", "application/pdf"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
    ],
)
def test_a_kind_is_told_by_the_beginning(body, media_type):
    assert media_type_of(body) == media_type


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"Mot dong chu viet tay",
        b"MZ\x90\0",
        b"GIF89a<html>",
        zip_of(a="<html>"),
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"RIFF\x10\0\0\0WAVEfmt ",
        b"\0<html>",
        b"From: <Saved by Blink>\r\nContent-Type: multipart/related\r\n\r\n<html>",
        b"<!--" * 2_000,
        b" " * 5_000 + b"<html>",
    ],
)
def test_what_is_no_page_document_or_picture_is_refused(upload, body):
    with pytest.raises(TypeRefused):
        upload(body)

    assert not Capture.objects.exists()


@pytest.mark.parametrize("tail", [zip_of(a="tin"), b"<script>alert(1)</script>", b"MZ\x90\0"])
@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_is_something_else_too_is_kept_as_a_picture_alone(upload, home, form, tail):
    number = upload(picture(form) + tail, description=SHOWN)

    kept = Snapshots(home / FOLDER).read(reads.evidence(number).digest)
    assert kept.startswith(b"\xff\xd8\xff")
    assert tail not in kept


def test_a_document_that_is_a_page_too_is_read_as_a_document(upload):
    both = pdf([SENTENCE]) + b"\n<html><p>Ngay bau cu la 30/5, da doi roi nhe.</p></html>"

    with pytest.raises(EvidenceRefused):
        upload(both, quote="Ngay bau cu la 30/5, da doi roi nhe.")
    assert reads.evidence(upload(both)).media_type == "application/pdf"


def test_a_page_disguised_as_a_picture_is_refused(upload):
    with pytest.raises(NotReadable):
        upload(b"\xff\xd8\xff" + PAGE, description=SHOWN)


@pytest.mark.parametrize(
    ("body", "refusal"),
    [
        (png_that_says(100_000, 100_000), PictureTooLarge),
        (png_that_says(7_200, 7_200), PictureTooLarge),
        (PAGE + b" " * 10 * 1024 * 1024, TooLarge),
        (b"%PDF-1.7\n" + bytes(1000), NotReadable),
        (b"\x89PNG\r\n\x1a\n" + bytes(1000), NotReadable),
    ],
)
def test_a_bomb_or_a_broken_file_is_refused_and_nothing_kept(upload, home, body, refusal):
    with pytest.raises(refusal):
        upload(body, description=SHOWN)

    assert not Capture.objects.exists()
    assert not (home / FOLDER).exists()


def test_a_document_that_unpacks_to_a_flood_ends_in_evidence_or_a_refusal(upload):
    try:
        number = upload(packed_bomb_pdf(300), description=SHOWN)
    except ReadRefused:
        assert not Capture.objects.exists()
    else:
        assert reads.evidence(number).description == SHOWN


def test_a_scanned_document_is_described_in_words(upload):
    scanned = packed_bomb_pdf(0)

    assert reads.evidence(upload(scanned, description=SHOWN)).description == SHOWN


def test_a_file_without_a_name_is_refused(upload):
    with pytest.raises(UploadUnnamed):
        upload(PAGE, name="  ")


@pytest.mark.parametrize(
    ("address", "refusal"),
    [("http://192.168.1.1/tin", PlaceRefused), ("https://www.facebook.com/nguyen.van.an", ProfileRefused)],
)
def test_a_copy_of_a_page_that_may_be_no_evidence_is_refused(upload, address, refusal):
    with pytest.raises(refusal):
        upload(PAGE, address=address)

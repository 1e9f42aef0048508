"""Rule 3 (and 2): evidence outlives its source, no raw capture is given to anybody, nobody's data gets into rows."""

import dataclasses
import inspect
import typing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.urls import URLResolver, get_resolver

import thuchu.desk
from fake_wire import FakeWire, fetched
from thuchu.desk.evidence import figures, reads
from thuchu.desk.evidence.capture import capture_address
from thuchu.desk.evidence.models import Capture, Quote
from thuchu.desk.evidence.refusals import NotServed, PersonalAddress, ProfileRefused, QuoteNotFound
from thuchu.desk.evidence.requests import fetch_requested, request_capture
from thuchu.desk.evidence.rot import look_again
from thuchu.desk.evidence.snapshot import FOLDER, Snapshots
from thuchu.desk.evidence.upload import capture_upload
from thuchu.privacy import scrub

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ADDRESS = "https://bao.example/lua-dao"
# Somebody's data as it stands on pages, and how none of it may be found again.
SECRETS = ["0912 345 678", "0912345678", "an.nguyen@thu.example", "079201012345", "facebook.com/an.nguyen.1990"]
PERSONAL = (
    "Kẻ lừa đảo gọi từ số 0912 345 678 và xưng là công an, "
    "thư gửi đến an.nguyen@thu.example, số căn cước 079201012345, trang https://facebook.com/an.nguyen.1990 nữa."
)
PAGE = f"<title>Cảnh báo 0912345678</title><p>Tin ngày 24.</p><p>{PERSONAL}</p><p>Gọi 0912345678 ngay.</p>".encode()

pytestmark = pytest.mark.django_db


def rows_as_text():
    """Everything that stands in the database, as it would be found in its file."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names():
            cursor.execute(f'SELECT * FROM "{table}"')
            found += [str(row) for row in cursor.fetchall()]
    return "\n".join(found)


def test_personal_data_in_page_quote_and_names_reaches_no_row_no_entry_and_no_text(home):
    wire = FakeWire({ADDRESS: PAGE})
    more = {"by": 7, "now": NOW, "home": home}
    described = scrub(f"Ảnh chụp: {PERSONAL}")
    number = request_capture(ADDRESS, scrub(PERSONAL), by=7, now=NOW, description=described)
    missing = request_capture(ADDRESS, scrub("Kẻ lừa đảo gọi từ số 0912 345 678, dặn đừng nói ai"), by=7, now=NOW)
    fetch_requested(number, now=NOW, wire=wire, home=home)
    fetch_requested(missing, now=NOW, wire=wire, home=home)
    capture_upload(b"<html>" + PAGE, scrub("tin 0912 345 678 an.nguyen@thu.example.html"), scrub(PERSONAL), **more)
    look_again(now=NOW + timedelta(days=2), wire=wire)

    quotes = Quote.objects.values_list("pk", flat=True)
    views = [*reads.evidences(quotes).values(), reads.request(number, by=7), reads.request(missing, by=7)]
    shown = repr(views)
    texts = [Snapshots(home / FOLDER).read(row.text_digest).decode() for row in Capture.objects.all()]
    assert len(views) == 4
    assert "[phone]" in shown
    for secret in SECRETS:
        assert secret not in rows_as_text()
        assert secret not in shown
        assert not any(secret in text for text in texts)


def test_the_raw_capture_is_the_one_place_where_a_page_stands_as_it_was(home):
    """Documented in docs/evidence.md: it can be compared with its digest only as it was."""
    capture_address(ADDRESS, scrub("Tin ngày 24."), by=7, now=NOW, wire=FakeWire({ADDRESS: PAGE}), home=home)

    holding = [path for path in home.rglob("*") if path.is_file() and b"0912345678" in path.read_bytes()]

    digest = Capture.objects.get().digest
    assert holding == [home / FOLDER / digest[:2] / digest[2:]]
    assert (home / FOLDER).stat().st_mode & 0o077 == 0


def test_a_captures_sentence_outlives_its_source(home):
    wire = FakeWire({ADDRESS: PAGE})
    number = capture_address(ADDRESS, scrub("Tin ngày 24."), by=7, now=NOW, wire=wire, home=home)
    wire.pages[ADDRESS] = NotServed(status=404)

    look_again(now=NOW + timedelta(days=2), wire=wire)

    view = reads.evidence(number)
    assert (view.rot, view.sentence) == ("gone", "Tin ngày 24.")
    assert Snapshots(home / FOLDER).read(view.digest) == PAGE


def types_in(kind):
    """Every type that a result is made of."""
    yield kind
    for part in typing.get_args(kind):
        yield from types_in(part)
    if dataclasses.is_dataclass(kind):
        for hint in typing.get_type_hints(kind).values():
            yield from types_in(hint)


def test_no_read_gives_a_byte_or_a_file_of_a_capture():
    results = {
        name: typing.get_type_hints(verb)["return"]
        for module in (reads, figures)
        for name, verb in inspect.getmembers(module, inspect.isfunction)
        if verb.__module__ == module.__name__ and not name.startswith("_")
    }

    assert set(results) == {"evidence", "evidences", "hosts_of", "request", "gathered", "figures"}
    for name, result in results.items():
        assert not {bytes, bytearray, memoryview, Path} & set(types_in(result)), name
    assert "text" not in {field.name for field in dataclasses.fields(reads.EvidenceView)}


def test_only_the_room_itself_can_open_captures():
    """Import-linter says it of imports; this says it of the folder's name too."""
    desk = Path(thuchu.desk.__file__).parent

    for path in desk.rglob("*.py"):
        if path.parent.name == "evidence":
            continue
        assert "Snapshots" not in path.read_text("utf-8"), path
        assert "evidence.snapshot" not in path.read_text("utf-8"), path


def routes(resolver, before=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, before + str(entry.pattern))
        else:
            yield before + str(entry.pattern)


def test_no_address_of_the_desk_gives_a_raw_capture(client, home):
    capture_address(ADDRESS, scrub("Tin ngày 24."), by=7, now=NOW, wire=FakeWire({ADDRESS: PAGE}), home=home)
    digest = Capture.objects.get().digest
    wanted = {f"/captures/{digest}", f"/captures/{digest[:2]}/{digest[2:]}", f"/static/captures/{digest}"}
    wanted |= {"/" + route.partition("<")[0] + digest for route in routes(get_resolver())}

    for address in wanted:
        answer = client.get(address, follow=True)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert b"0912345678" not in content, address


@pytest.mark.parametrize(
    ("final", "refusal"),
    [("https://www.facebook.com/an.nguyen.1990", ProfileRefused), (f"{ADDRESS}?goi=0912345678", PersonalAddress)],
)
def test_nobodys_profile_becomes_evidence_however_it_is_reached(home, final, refusal):
    wire = FakeWire({ADDRESS: fetched(ADDRESS, PAGE, final_address=final)})

    for address in (final, ADDRESS):
        with pytest.raises(refusal):
            capture_address(address, scrub("Tin ngày 24."), by=7, now=NOW, wire=wire, home=home)

    assert not Capture.objects.exists()
    assert not (home / FOLDER).exists()


def test_a_sentence_that_is_not_on_the_page_is_no_evidence(home):
    with pytest.raises(QuoteNotFound):
        capture_address(
            ADDRESS, scrub("Công an đã bắt cả nhóm."), by=7, now=NOW, wire=FakeWire({ADDRESS: PAGE}), home=home
        )

    assert not Capture.objects.exists()

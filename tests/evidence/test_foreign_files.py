"""A foreign file gives its text, or a refusal; it can't crash, hold, fill or use the desk."""

import contextlib
import io
import json
import os
import sys
import threading
import time
import unicodedata

import pytest
from files import packed_bomb_pdf, pdf, pdf_of_objects, picture, png_that_says
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from thuchu.desk.evidence import foreign_page, foreign_pdf, foreign_picture, reader, reading
from thuchu.desk.evidence.reading import read_file, run_child
from thuchu.desk.evidence.refusals import (
    NotReadable,
    PictureTooLarge,
    ReaderStopped,
    ReadRefused,
    TooLarge,
    TypeRefused,
)

LINES = [
    "Bộ Y tế: uống nước muối loãng không diệt được vi-rút.",
    "Ngày bầu cử vẫn là 23/5; nghìn lẻ một lời đồn không đổi được.",
    "ẮẰẲẴẶ ẤẦẨẪẬ ẾỀỂỄỆ ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ Đđ “ngoặc kép” – gạch",
]
PAGE = """<!doctype html><html><head><title> Bộ Y tế
 trả lời </title><style>p {color: red}</style><script>var tin = "<p>giả</p>"</script></head>
<body><nav>Trang chủ · Thể thao</nav><header>Báo Mẫu</header><main><h1>Nước muối</h1>
<p>Uống nước muối loãng <b>không</b> diệt <i>được</i>
vi-rút.</p><p>Hai<br>dòng</p><ul><li>một<li>hai</ul><table><tr><td>a<td>b</table><!-- ghi chú --></main>
<div hidden>ẩn</div><footer>Bản quyền</footer></body></html>"""


def test_a_page_gives_its_title_and_text_a_line_a_block():
    read = read_file(PAGE.encode(), "text/html")

    assert read.title == "Bộ Y tế trả lời"
    assert read.text.splitlines() == [
        "Báo Mẫu",
        "Nước muối",
        "Uống nước muối loãng không diệt được vi-rút.",
        "Hai",
        "dòng",
        "một",
        "hai",
        "a",
        "b",
    ]


def test_the_article_is_taken_out_of_what_stands_around_it():
    story = "<p>Câu chuyện dài của một ngày nước lớn.</p>" * 20

    read = read_file(f"<body><div>Đọc nhiều nhất</div><article>{story}</article></body>".encode(), "text/html")

    assert "Đọc nhiều nhất" not in read.text
    assert read.text.startswith("Câu chuyện dài")


def test_text_is_in_nfc_however_the_page_writes_it():
    read = read_file(unicodedata.normalize("NFD", PAGE).encode(), "text/html")

    assert read == read_file(PAGE.encode(), "text/html")


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("<p>Cà phê".encode("windows-1258"), "windows-1258"),
        ("<p>Cà phê".encode("utf-16"), ""),
        ("<meta charset='iso-8859-1'><p>Cà phê".encode("latin-1"), ""),
        ("\ufeff<p>Cà phê".encode(), "latin-1"),
        ("<p>Cà phê".encode(), "khong-co"),
        ("<p>Cà phê".encode(), "rot13"),
        ("<p>Cà phê".encode(), "utf-16"),
    ],
)
def test_a_page_is_read_in_its_own_letters(body, charset):
    assert read_file(body, "text/html", charset).text == "Cà phê"


def test_plain_text_keeps_its_lines():
    read = read_file("Thông báo\r\n\r\nNgày mai cúp điện.  \n".encode(), "text/plain", "utf-8")

    assert (read.title, read.text) == ("Thông báo", "Thông báo\n\nNgày mai cúp điện.")


def test_the_vietnamese_text_of_a_pdf_is_exact():
    read = read_file(pdf(LINES, title="Thông cáo số 1"), "application/pdf")

    assert read.title == "Thông cáo số 1"
    assert read.text.splitlines() == LINES


def test_a_longer_text_than_is_kept_is_cut_and_says_so():
    read = read_file(b"a " * 600_000, "text/plain")

    assert read.is_cut
    assert len(read.text) == reading.TEXT_CHARS_MAX


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_anew_without_what_its_camera_wrote(form):
    """EXIF names a place, a time and a telephone; 0x8825 is where it was taken, 0x010F who made the camera."""
    taken = picture(form, (60, 40), exif={0x010F: "May cua An", 0x0112: 6, 0x8825: {1: "N", 2: (10.0, 46.0, 36.0)}})
    assert b"May cua An" in taken

    made = read_file(taken, f"image/{form.lower()}").picture

    image = Image.open(io.BytesIO(made))
    assert b"May cua An" not in made
    assert (image.format, image.size) == ("JPEG", (40, 60))  # upright
    assert not dict(image.getexif())
    assert image.getpixel((5, 5))[0] > 150


@pytest.mark.parametrize("mode", ["L", "P", "1", "RGBA"])
def test_pictures_of_every_mode_are_read(mode):
    assert read_file(picture("PNG", mode=mode), "image/png").picture


def test_a_large_picture_is_made_smaller():
    made = read_file(picture("JPEG", (5000, 3000)), "image/jpeg").picture

    assert max(Image.open(io.BytesIO(made)).size) == foreign_picture.PICTURE_SIDE_MAX


@pytest.mark.parametrize("size", [(30_000, 30_000), (2**31 - 1, 1), (8_000, 8_000), (1, 60_000_000)])
def test_a_picture_that_declares_too_many_points_is_refused_unread(size):
    with pytest.raises(PictureTooLarge, match="50 million"):
        read_file(png_that_says(*size), "image/png")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "application/pdf"),
        (b"", "image/png"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 500, "application/pdf"),
        (pdf(LINES)[:300], "application/pdf"),
        (png_that_says(100, 100), "image/png"),
        (picture("JPEG")[:200], "image/jpeg"),
        (b"<html>", "image/jpeg"),
        (b"GIF89a" + bytes(100), "image/png"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "image/jpeg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/webp"),
    ],
)
def test_what_is_not_what_it_says_is_refused(body, kind):
    with pytest.raises(NotReadable):
        read_file(body, kind)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<div>" * 400_000, "text/html"),
        (b"<b>" * 400_000 + b"x", "text/html"),
        (b"<table>" * 200_000, "text/html"),
        (b"<p " + b" ".join(b"a%d=1" % number for number in range(20_000)) + b">x", "text/html"),
        (packed_bomb_pdf(200), "application/pdf"),
        (
            pdf_of_objects(
                [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2147483647 >>"]
            ),
            "application/pdf",
        ),
        (pdf_of_objects([b"<< /Type /Catalog /Pages 2 0 R >>", b"[" * 200_000]), "application/pdf"),
    ],
    ids=["deep", "deep inline", "tables", "attributes", "packed pdf", "pdf loop", "pdf depth"],
)
def test_a_bomb_ends_as_a_reading_or_a_refusal_in_time(body, kind):
    start = time.monotonic()

    with contextlib.suppress(ReadRefused):
        assert read_file(body, kind).text is not None

    assert time.monotonic() - start < reading.WALL_SECONDS_MAX + 2


# What the child can't do any more, each tried by a child that has given up everything.
TRIES = {
    "open a file": "open('/etc/hostname')",
    "write a file": "open('/tmp/thuchu-evidence-test', 'w')",
    "open a socket": "import _socket; _socket.socket()",
    "make a pipe": "os.pipe()",
    "list a folder": "os.listdir('/')",
    "take memory": "bytearray(2_000_000_000)",
}


@pytest.mark.parametrize("what", TRIES)
def test_the_reader_can_do_nothing_else(what):
    code = f"""
import os, _socket
from thuchu.desk.evidence.reader import give_up_everything
give_up_everything()
try:
    {TRIES[what].replace("import _socket; ", "")}
    os.write(1, b"done")
except (OSError, MemoryError):
    os.write(1, b"could not")
"""

    assert run_child(["-c", code], b"", 20) == b"could not"


@pytest.mark.skipif(os.geteuid() == 0, reason="whoever may do everything is not held by the count of processes")
def test_the_reader_starts_no_process():
    code = "import os; from thuchu.desk.evidence.reader import give_up_everything as g; g(); os.fork(); print('done')"

    with pytest.raises(ReaderStopped):
        run_child(["-c", code], b"", 20)


def test_the_reader_sees_no_environment(monkeypatch):
    monkeypatch.setenv("THUCHU_HOME", "/bi-mat")

    seen = json.loads(run_child(["-c", "import os, json; print(json.dumps(dict(os.environ)))"], b"", 20))

    assert not any("THUCHU" in name or "bi-mat" in value for name, value in seen.items())


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(60)",
        "while True: pass",
        "import sys\nwhile True: sys.stdout.write('tin ' * 10000)",
        "import os; os.close(0); os.close(1)\nwhile True: pass",
        "import os; os.kill(os.getpid(), 11)",
        "import os; os.abort()",
        "raise SystemExit(77)",
        "bytearray(1) * 10**15",
    ],
)
def test_a_child_that_hangs_floods_or_falls_over_is_a_refusal(code):
    start = time.monotonic()

    with pytest.raises(ReaderStopped, match="so we stopped"):
        run_child(["-c", code], b"a" * 5_000_000, 1.5)

    assert time.monotonic() - start < 5


def test_processor_time_ends_before_the_clock_does():
    code = "import thuchu.desk.evidence.reader as r; r.CPU_SECONDS_MAX = 1; r.give_up_everything()\nwhile True: pass"
    start = time.monotonic()

    with pytest.raises(ReaderStopped):
        run_child(["-c", code], b"", 30)

    assert time.monotonic() - start < 15


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"khong",
        b"[]",
        b"null",
        b"1",
        b'{"title": "a", "text": "b"}',
        b'{"title": 1, "text": "b", "is_cut": false}',
        b'{"title": "a", "text": ["b"], "is_cut": false}',
        b'{"title": "a", "text": "b", "is_cut": 0}',
        b'{"title": "\\ud800", "text": "b", "is_cut": false}',
        b'{"title": "a", "text": "a\\u0000", "is_cut": false}',
        b'{"title": "a", "text": "e\\u0301", "is_cut": false}',
        b'{"title": "a", "text": "b", "is_cut": false, "picture": "%%%"}',
        b'{"title": "a", "text": "b", "is_cut": false, "picture": 5}',
        b'{"title": "a", "text": "b", "is_cut": false, "picture": "PHNjcmlwdD4="}',
        b'{"title": "' + b"a" * 301 + b'", "text": "b", "is_cut": false}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_a_child_that_was_taken_over_is_not_believed(said):
    with pytest.raises(ReaderStopped):
        reading._believed(said)


def test_files_too_large_and_types_unknown_start_no_child(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/khong-co")

    with pytest.raises(TooLarge, match="10 MB"):
        read_file(bytes(reading.FILE_BYTES_MAX + 1), "text/plain")
    with pytest.raises(TypeRefused):
        read_file(b"", "image/svg+xml")


def test_no_thread_and_no_child_is_left_behind():
    before = threading.active_count()

    for _ in range(3):
        with contextlib.suppress(ReadRefused):
            run_child(["-c", "import time; time.sleep(60)"], b"a" * 5_000_000, 0.5)

    deadline = time.monotonic() + 5
    while threading.active_count() > before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert threading.active_count() <= before


def test_the_parent_and_the_child_agree():
    for module in (foreign_page, foreign_pdf, foreign_picture):
        name = module.__name__.rpartition(".")[2]
        assert set(module.READERS) == {kind for kind, reads in reading._READERS.items() if reads == name}
    assert (reader.TEXT_CHARS_MAX, reader.TITLE_CHARS_MAX) == (reading.TEXT_CHARS_MAX, reading.TITLE_CHARS_MAX)
    assert foreign_picture.PICTURE_PIXELS_MAX == reading.PICTURE_MEGAPIXELS_MAX * 1_000_000
    assert reader.EXIT_NOT_READABLE == reading._EXIT_NOT_READABLE
    assert reader.EXIT_PICTURE_TOO_LARGE == reading._EXIT_PICTURE_TOO_LARGE


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=3000), st.sampled_from(sorted(reading._READERS)), st.text(max_size=10))
def test_any_bytes_are_a_reading_or_a_refusal(body, kind, charset):
    with contextlib.suppress(ReadRefused):
        read = read_file(body, kind, charset)
        assert unicodedata.is_normalized("NFC", read.text)

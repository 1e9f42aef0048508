"""What a fact-check's address looks like where it is passed on: two plain lines, and a picture."""

import html
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from small_library import SALT, STORM, review, text_of

import thuchu.desk.web
from publishing.test_rounds_of_a_desk import TwoCamps
from thuchu.desk import journey
from thuchu.desk.library.agreed import name_of
from thuchu.desk.library.reads import by_url
from thuchu.desk.notes.rate import rate
from thuchu.desk.web.card import _LINE_HEIGHT, HEIGHT, WIDTH, Card, _font, draw, drawn
from thuchu.desk.web.telling import cut

HALF_AN_HOUR = timedelta(minutes=30)
STACKED = "ẮẰẲẴẶ ẤẦẨẪẬ ẾỀỂỄỆ ỐỒỔỖỘ ỚỜỞỠỢ ỨỪỬỮỰ ắằẳẵặ ấầẩẫậ ếềểễệ ốồổỗộ ớờởỡợ ứừửữự ỳỷỹỵ ỲỶỸỴ Đđ Ĩĩ Ũũ"


def card(claim="Uống nước muối diệt vi rút", **more):
    said = {"shape": "false", "word": "Sai", "by": "Báo Thử cho biết", "desk": "Thực Hư", "address": "desk.example/f/a"}
    return Card(claim=claim, **(said | more))


def picture(claim, **more):
    return Image.open(io.BytesIO(draw(card(claim, **more))))


def test_the_letters_have_every_vietnamese_one_and_the_marks_fit_their_line():
    font = _font(60, 600)
    missing = bytes(font.getmask("\u4e00"))

    assert drawn(STACKED) == STACKED
    for letter in STACKED.replace(" ", ""):
        assert bytes(font.getmask(letter)) != missing
    top, bottom = font.getbbox(STACKED)[1], font.getbbox(STACKED)[3]
    # No mark above a letter meets one below a letter of the line before.
    assert bottom - top <= 60 * _LINE_HEIGHT


def test_a_card_is_a_picture_of_the_size_that_previews_ask_for_and_always_the_same():
    first = draw(card(STACKED))
    draw.cache_clear()

    assert draw(card(STACKED)) == first
    assert (picture(STACKED).format, picture(STACKED).size) == ("PNG", (WIDTH, HEIGHT))


@pytest.mark.parametrize("claim", [STACKED, "Ngày mai cả phường cúp điện " * 40, "a" * 900, "🌀" * 9, "Ấ" * 400, "5G"])
def test_nothing_is_drawn_over_the_edges(claim):
    page = picture(claim)

    right, top = page.crop((WIDTH - 60, 0, WIDTH, HEIGHT)), page.crop((30, 0, WIDTH, 40))
    assert len(right.getcolors()) == len(top.getcolors()) == 1
    between = page.crop((30, 462, WIDTH, 480))
    assert len(between.getcolors()) == 1


@given(st.text(st.characters(), max_size=60), st.text(st.characters(), max_size=60))
def test_any_text_makes_a_card(claim, word):
    assert draw(card(claim, word=word, by=word))


@given(st.text(max_size=80), st.integers(2, 60))
def test_what_is_cut_is_no_longer_than_asked_for(text, chars_max):
    assert len(cut(text, chars_max)) <= chars_max


def test_a_claim_is_cut_between_words():
    assert cut("Uống nước muối loãng mỗi sáng", 20) == "Uống nước muối…"
    assert cut("Uống nước muối", 20) == "Uống nước muối"


@pytest.mark.django_db
def test_a_page_names_its_card_and_has_two_lines_to_pass_on(vi, en, take_in):
    take_in(SALT)
    path = by_url(SALT["url"]).page_path

    page = html.unescape(vi.get(path).content.decode())
    lines = re.search(r'<textarea id="pass-on-text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)[1]

    assert lines.split("\n") == [f"Sai: “{SALT['claimReviewed']}”", f"http://127.0.0.1:8000{path}"]
    assert f'<meta property="og:image" content="http://127.0.0.1:8000{path}/card.png">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    assert "False: “" in text_of(en.get(path))


@pytest.mark.django_db
def test_a_long_claim_is_passed_on_in_a_line(vi, take_in):
    take_in(review(SALT["url"], "Uống nước muối loãng mỗi sáng " * 20))

    page = html.unescape(vi.get(by_url(SALT["url"]).page_path).content.decode())
    lines = re.search(r'<textarea id="pass-on-text"[^>]*>\n(.*?)</textarea>', page, re.DOTALL)[1].split("\n")

    assert len(lines) == 2
    assert len(lines[0]) <= 140
    assert lines[0].startswith("Sai: “Uống nước")
    assert lines[0].endswith("…”")


@pytest.mark.django_db
def test_a_card_is_not_sent_again_until_something_else_stands_on_it(vi, take_in, now):
    take_in(SALT, STORM)
    path = f"{by_url(SALT['url']).page_path}/card.png"
    first = vi.get(path)
    journey.withdraw_from(STORM["url"], "nguồn đã đính chính", now=now)
    same = vi.get(path, headers={"if-none-match": first["ETag"]})
    journey.withdraw_from(SALT["url"], "nguồn đã đính chính", now=now)
    other = vi.get(path, headers={"if-none-match": first["ETag"]})

    assert (first["Content-Type"], same.status_code, other.status_code) == ("image/png", 304, 200)
    assert other.content != first.content
    assert vi.get("/f/nothing-here/card.png").status_code == 404


@pytest.mark.django_db
def test_what_is_agreed_no_longer_says_so_wherever_it_was_passed_on(home, vi, en):
    camps = TwoCamps(timezone.now() - timedelta(hours=3))
    journey.settle(now=camps.now)
    journey.settle(now=camps.now + HALF_AN_HOUR)
    path = f"/f/{name_of(camps.notes[2])}"
    before = vi.get(f"{path}/card.png").content
    for person in camps.raters[::2]:
        rate(person, camps.notes[2], "not_helpful", ["notHelpfulIncorrect"], version=1, now=camps.now)
    journey.settle(now=camps.now + 2 * HALF_AN_HOUR)

    page = text_of(en.get(path))

    assert vi.get(f"{path}/card.png").content not in (before, b"")
    assert '<meta property="og:title" content="No longer agreed: “' in page
    assert "pass-on-text" not in page


def test_the_letters_come_with_their_licence():
    folder = Path(thuchu.desk.web.__file__).parent

    assert "SIL Open Font License" in (folder / "static/fonts/LICENSE").read_text("utf-8")
    assert "OFL-1.1" in (folder / "card_fonts/PROVENANCE.md").read_text("utf-8")
    assert sum(file.stat().st_size for file in (folder / "card_fonts").glob("*.ttf")) < 1_000_000
